// Stands in for @vscode/spdlog, which needs a C++ compiler: log files, written line by line and at once.
// VS Code shows what an extension writes to an output channel by reading such a file.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'off'];
const SHOWN = { trace: 'trace', debug: 'debug', info: 'info', warn: 'warning', error: 'error', critical: 'critical' };

class Logger {
  #file;
  #level = 2;
  #plain = false;

  constructor(file) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
  }

  #write(name, message) {
    if (LEVELS.indexOf(name) < this.#level) return;
    const text = this.#plain ? message : `${localTime()} [${SHOWN[name]}] ${message}\n`;
    try {
      appendFileSync(this.#file, text);
    } catch {
      // the folder of the logs has been deleted while the editor stops
    }
  }

  trace(message) {
    this.#write('trace', message);
  }

  debug(message) {
    this.#write('debug', message);
  }

  info(message) {
    this.#write('info', message);
  }

  warn(message) {
    this.#write('warn', message);
  }

  error(message) {
    this.#write('error', message);
  }

  critical(message) {
    this.#write('critical', message);
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  setPattern() {
    this.#plain = false;
  }

  clearFormatters() {
    this.#plain = true;
  }

  flush() {}

  drop() {}
}

/** As in "2025-06-03 19:11:28.504", in the machine's time zone: what VS Code's log viewer reads. */
function localTime() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 23).replace('T', ' ');
}

export const setFlushOn = () => {};

export const createAsyncRotatingLogger = async (_name, file) => new Logger(file);

export const createRotatingLogger = createAsyncRotatingLogger;
