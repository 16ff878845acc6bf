/** Text that a command reads: a file, standard input, or a pipe such as a shell's `<(…)`. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { fileProblem } from '../../protocol/words/file-problem';
import { parseJson } from '../../checkpoints/strict-json';
import { decodeSource } from '../../protocol/reading/source-encoding';

/** A data file by mistake; no program that a person edits is so large. */
const MAX_BYTES = 20_000_000;

export interface ReadOptions {
  /** Ends the wait for standard input or a pipe. */
  signal?: AbortSignal;
  stdin?: Readable;
}

/** Whether a command's argument stands for standard input. A file of that name is `./-`. */
export function isStandardInput(file: string): boolean {
  return file === '-' || file === '/dev/stdin';
}

/** A path that a shell has not expanded, as it was quoted or stands behind `=`. */
export function fromHome(file: string): string {
  return /^~[/\\]/.test(file) ? path.join(homedir(), file.slice(2)) : file;
}

/** The text of a UTF-8 file, without a byte order mark. @throws a sentence that names the file and says what to do */
export function readTextFile(file: string, options: ReadOptions = {}): Promise<string> {
  return read(file, (bytes) => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw new Error('is not UTF-8 text; it is a binary file or has another encoding. Convert it to UTF-8 first.');
    }
  }, options);
}

/** What a JSON file holds, which is not checked. @throws a sentence that names the file and says what to do */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readTextFile(file);
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}.`, { cause: error });
  }
}

/** The text of a Python file, in the encoding that it declares. @throws a sentence that names the file and says what to do */
export function readSource(file: string, options: ReadOptions = {}): Promise<string> {
  return read(file, decodeSource, options);
}

async function read(given: string, decode: (bytes: Uint8Array) => string, options: ReadOptions): Promise<string> {
  const file = isStandardInput(given) ? 'Standard input' : fromHome(given);
  const bytes = await bytesOf(isStandardInput(given) ? null : file, options).catch((error: NodeJS.ErrnoException) => {
    if (options.signal?.aborted || error.code === undefined) throw error;
    throw new Error(fileProblem(error, file) ?? `${file} could not be read: ${error.message}.`, { cause: error });
  });
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) throw new Error(`${file} is UTF-16 text, which Python does not read either; save it as UTF-8.`);
  if (bytes.includes(0)) throw new Error(`${file} is ${isStandardInput(given) ? 'binary' : 'a binary file'} (it holds a zero byte); give a text file.`);
  try {
    return decode(bytes);
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}`, { cause: error });
  }
}

/** @param file null for standard input */
async function bytesOf(file: string | null, { signal, stdin }: ReadOptions): Promise<Buffer> {
  if (file !== null) {
    const info = await stat(file);
    if (info.isDirectory()) throw new Error(`${file} is a folder; give a file.`);
    if (!info.isFile() && !info.isFIFO() && !info.isCharacterDevice()) throw new Error(`${file} is neither a file nor a pipe.`);
    if (info.size > MAX_BYTES) throw tooLarge(file, `${info.size.toLocaleString('en-US')} bytes`);
  }
  const stream = file === null ? (stdin ?? process.stdin) : createReadStream(file);
  if (signal) addAbortSignal(signal, stream);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk as Uint8Array));
    if ((size += chunks.at(-1)!.length) > MAX_BYTES) throw tooLarge(file ?? 'Standard input', 'more');
  }
  return Buffer.concat(chunks);
}

function tooLarge(file: string, size: string): Error {
  return new Error(`${file} has ${size}; files of at most ${MAX_BYTES / 1e6} MB are read. Is it really a program?`);
}
