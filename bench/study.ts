/**
 * The numbers of a study's page: each command in it is run as a reader runs it, and what stands between `<!-- NAME -->` and `<!-- end -->`
 * behind the command is made anew from its result. docs/studies/error-types.md is such a page.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCli } from '../src/cli/program';
import { inertIo } from '../src/cli/io';
import { packageModelFolder } from '../src/engine/session/load';
import type { Result } from '../src/protocol/documents/result';
import { blockOf } from './study-blocks';
import { note } from './timing';

export const STUDY = path.resolve('docs/studies/error-types.md');

const COMMAND = /^```sh\n([\s\S]*?)^```$/gm;
const BLOCK = /^<!-- (\w+) -->\n[\s\S]*?^<!-- end -->$/gm;

/** The commands of a page, in its order. */
export function commandsOf(page: string): string[] {
  return [...page.matchAll(COMMAND)].flatMap(([, block]) => block.trim().split('\n'));
}

interface Ran {
  command: string;
  seconds: number;
  result: Result;
}

/**
 * Runs every command of the page from which numbers are taken, and writes these into it.
 * @param folder keeps what was run, so that it goes on where it was stopped; empty it when code or SAEs have changed
 */
export async function makeStudy(folder?: string): Promise<void> {
  const page = await readFile(STUDY, 'utf8');
  const weights = createHash('sha256').update(await readFile(path.join(packageModelFolder('python-errors'), 'model.safetensors'))).digest('hex');
  const ran = new Map<string, Ran>();
  for (const command of new Set([...page.matchAll(BLOCK)].map(({ index }) => commandAbove(page, index)))) {
    const file = folder && path.join(folder, `${createHash('sha256').update(`${weights} ${command}`).digest('hex').slice(0, 16)}.json`);
    ran.set(command, file && existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Ran) : await runCommand(command));
    if (!file) continue;
    await mkdir(folder, { recursive: true });
    await writeFile(file, JSON.stringify(ran.get(command)));
  }
  const made = page.replace(BLOCK, (_, name: string, index: number) => {
    const { result, seconds } = ran.get(commandAbove(page, index))!;
    return `<!-- ${name} -->\n${blockOf(name, result, seconds)}\n<!-- end -->`;
  });
  await writeFile(STUDY, made);
}

function commandAbove(page: string, index: number): string {
  const command = commandsOf(page.slice(0, index)).at(-1);
  if (command === undefined) throw new Error(`${STUDY}: the block at character ${index} stands behind no command.`);
  return command;
}

async function runCommand(command: string): Promise<Ran> {
  note(command);
  let [out, err] = ['', ''];
  const start = performance.now();
  const io = inertIo({
    out: (text) => void (out += text), err: (text) => void (err += text),
    columns: 80, colours: 'none', line: null, signal: new AbortController().signal,
  });
  const code = await runCli([...command.split(' ').slice(1), '--json'], io);
  if (code !== 0) throw new Error(`${command} failed: ${err}`);
  return { command, result: JSON.parse(out) as Result, seconds: (performance.now() - start) / 1000 };
}

/** What a page says in its block `numbers` behind a command, by their names; empty where it has none. */
export function numbersBehind(page: string, command: string): Map<string, number> {
  const blocks = [...page.matchAll(BLOCK)].filter(({ 1: name, index }) => name === 'numbers' && commandAbove(page, index) === command);
  const rows = blocks.flatMap(([block]) => [...block.matchAll(/^\| ([^|]+) \| ([−\d.]+) \|$/gm)]);
  return new Map(rows.map(([, name, value]) => [name, Number(value.replace('−', '-'))]));
}
