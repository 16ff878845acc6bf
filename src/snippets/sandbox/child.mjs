// The sandbox's process: runs the Python programs that come on standard input, if it is well confined.
//   node <permission flags> child.mjs PYODIDE_FOLDER SNAPSHOT MEMORY_MB TIMEOUT_MS
// One JSON document a line. Out, first: {"ready": true} or {"refused": "why"}. In: a program, as a JSON string, or
// {"cell": "…"} for one that is run as a notebook's cell.
// Out: {"label", "message", "line"}, in the order of the programs; with "last": true when the process ends after it
// (it can't be brought back to where it was). Standard input's end ends the process.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { loadPython } from './interpreter.mjs';

const [folder, snapshot] = process.argv.slice(2);
const [memoryMb, timeoutMs] = process.argv.slice(4).map(Number);
const mostRunsWithoutRestore = 500;

/** What is wrong with this process's confinement, or null. */
function confinementFault() {
  const works = (action) => {
    try {
      action();
      return true;
    } catch (error) {
      return error.code !== 'ERR_ACCESS_DENIED';
    }
  };
  const outside = path.join(path.parse(folder).root, 'etc', 'hostname');
  const { permission } = process;
  if (!permission) return 'the permission model is off';
  if (permission.has('fs.write') || works(() => fs.writeFileSync(outside, ''))) return 'files can be written';
  if (permission.has('fs.read', outside) || works(() => fs.readFileSync(outside))) return 'files can be read';
  if (permission.has('child') || works(() => spawnSync(process.execPath, ['-v']))) return 'processes can be started';
  if (permission.has('worker')) return 'threads can be started';
  const harmless = new Set(['__CF_USER_TEXT_ENCODING', 'SYSTEMROOT', 'ELECTRON_RUN_AS_NODE']);
  if (Object.keys(process.env).some((name) => !harmless.has(name.toUpperCase()))) return 'the environment is not empty';
  try {
    new Function('')();
    return 'strings can become code';
  } catch {
    return null;
  }
}

/** Processor time used so far, in milliseconds. */
function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function answer(document) {
  const bytes = Buffer.from(`${JSON.stringify(document)}\n`);
  for (let at = 0; at < bytes.length; ) at += fs.writeSync(1, bytes, at);
}

/** Lines of standard input, read synchronously: the event loop never turns once programs run. */
function* lines() {
  const chunk = Buffer.alloc(1 << 16);
  let pending = [];
  for (;;) {
    let length = 0;
    try {
      length = fs.readSync(0, chunk);
    } catch (error) {
      if (error.code === 'EAGAIN') continue;
      if (error.code !== 'EOF') throw error;
    }
    if (length === 0) return;
    let start = 0;
    for (let end; (end = chunk.subarray(0, length).indexOf(10, start)) >= 0; start = end + 1) {
      yield Buffer.concat([...pending, chunk.subarray(start, end)]).toString();
      pending = [];
    }
    if (start < length) pending.push(Buffer.from(chunk.subarray(start, length)));
  }
}

/** A verdict that is no exception's. */
const unjudged = (label, message) => ({ label, message, line: null });

/** Runs one program: its outcome, and what must follow: 'go on', 'restore' or 'end' (the interpreter is broken). */
function judge(python, program, asCell) {
  let outcome = unjudged('no error', null);
  let broken = false;
  let clean = false;
  let overflow = false;
  try {
    const raised = python.run(program, asCell);
    if (raised) {
      const { short, ...error } = raised;
      outcome = short ? tooMuch() : { ...error, label: named(error.label) };
    }
    clean = true;
  } catch (error) {
    // Recursion inside the interpreter's own functions can fill the engine's stack before Python's count is reached.
    overflow = error.name === 'RangeError' && /call stack/.test(error.message);
    broken = !overflow;
    outcome = overflow ? { label: 'RecursionError', message: 'maximum recursion depth exceeded', line: null } : ended();
  }
  const after = clean ? python.aftermath() : { ...python.aftermath(), clean: false };
  if (after.contained !== null) outcome = unjudged('not contained', after.contained);
  else if (after.ended) {
    outcome = ended();
    broken = false;
  }
  if (after.left) broken = true;
  let next = broken ? 'end' : after.clean ? 'go on' : 'restore';
  if (python.memoryRefused()) {
    outcome = tooMuch();
    if (next === 'go on') next = 'restore';
  }
  return { outcome, next };
}

const tooMuch = () => unjudged('memory limit', `The program needed more than ${memoryMb} MB.`);
const ended = () => unjudged('exited', 'The program ended the Python interpreter.');

/** Words for a verdict, as `canonicalLabel` (templates.ts) would read them: in lower case, without spaces, '_' and '-'. */
const verdicts = new Set([
  ...['', 'noerror', 'none', 'null', 'ok', 'success', 'noexception', 'nothing'],
  ...['timeout', 'memorylimit', 'notcontained', 'exited', 'notrun', 'notjudged'],
]);

/** An exception's class may be called as a verdict is, and may be called anything: such names are told apart. */
const named = (label) => (verdicts.has(label.toLowerCase().replace(/[\s_-]/g, '')) ? `__main__.${label}` : label);

/** What these see is the same each time only where the interpreter is as it was at the start, as are addresses. */
const asksForMemory = /\b(?:gc|weakref|__del__|getrefcount|getallocatedblocks|tracemalloc|intern)\b/;
const givesAddresses = /\b0x[0-9a-f]{4,}/;

async function serve() {
  const fault = confinementFault();
  if (fault) return answer({ refused: `the process is not confined: ${fault}` });
  // A long loop is interrupted from inside, which is cheap; the parent ends the process of a program that goes on, and
  // should the parent be gone, the process ends itself.
  let started = Infinity;
  let processorTime = 0;
  let late = false;
  const overdue = () => {
    const elapsed = performance.now() - started;
    if (elapsed > 8 * timeoutMs) process.reallyExit(1);
    late = elapsed > 4 * timeoutMs || (elapsed > timeoutMs && processorMs() - processorTime > timeoutMs);
    return late;
  };
  let python;
  try {
    python = await loadPython(folder, memoryMb, fs.readFileSync(snapshot), overdue);
  } catch (error) {
    return answer({ refused: `Python did not load: ${error.message}` });
  }
  answer({ ready: true, python: python.version });
  let runs = 0;
  for (const line of lines()) {
    const sent = JSON.parse(line);
    const asCell = typeof sent !== 'string';
    const program = asCell ? sent.cell : sent;
    const begin = () => {
      started = performance.now();
      processorTime = processorMs();
      late = false;
    };
    const putBack = () => {
      python.restore();
      runs = 0;
    };
    begin();
    if (runs > 0 && asksForMemory.test(program)) putBack();
    let { outcome, next } = judge(python, program, asCell);
    const sawAddresses = python.sawAddresses() || givesAddresses.test(outcome.message);
    if (sawAddresses && runs > 0 && next !== 'end' && !late) {
      putBack();
      begin();
      ({ outcome, next } = judge(python, program, asCell));
    }
    if (late) {
      outcome = { label: 'timeout', message: `The program ran for more than ${timeoutMs} ms.`, line: null };
      if (next === 'go on') next = 'restore';
    }
    if (next === 'end') return answer({ ...outcome, last: true });
    if (next === 'restore' || ++runs >= mostRunsWithoutRestore) putBack();
    answer(outcome);
  }
}

await serve();
process.exit(0);
