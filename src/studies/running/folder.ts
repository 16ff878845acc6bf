/** The folder of a running study: its manifest, its programs, the logs of its workers, and the table that these become. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseJson } from '../../checkpoints/strict-json';
import { checked } from '../../protocol/fields';
import { manifest, type Manifest } from '../../protocol/studies/manifest';
import { prepared, type Prepared } from '../../protocol/studies/program';
import type { StudyRow } from '../../protocol/studies/rows';
import { fileProblem } from '../../protocol/words/file-problem';
import { linesOf } from '../lines';
import { writeWhole } from '../write-whole';
import { logLines } from './log';

/**
 * What is done with programs: they are made ready, a model is asked about them, steering vectors are made of them and tried, and streams
 * transplanted. Each has logs of its own.
 */
export const STAGES = ['prepare', 'ask', 'learn', 'steer', 'transplant'] as const;
export type Stage = (typeof STAGES)[number];

/** A line of a log. */
export interface Entry<T = unknown> {
  key: string;
  value: T;
}

export class StudyFolder {
  constructor(readonly folder: string) {}

  at(name: string): string {
    return path.join(this.folder, name);
  }

  get exists(): boolean {
    return existsSync(this.at('manifest.json'));
  }

  /** @throws a sentence where there is none, or it is damaged */
  manifest(): Manifest {
    const file = this.at('manifest.json');
    let json: string;
    try {
      json = readFileSync(file, 'utf8');
    } catch (error) {
      throw new Error(`${this.folder} holds no study. Name the folder that "latent-lens study run" was given with --out.`, { cause: error });
    }
    let value: unknown;
    try {
      value = parseJson(json);
    } catch (error) {
      throw new Error(`${file} ${(error as Error).message}.`, { cause: error });
    }
    return checked(manifest, value, file);
  }

  write(name: string, content: string | Uint8Array): void {
    writeWhole(this.at(name), content);
  }

  make(): void {
    try {
      mkdirSync(this.at('logs'), { recursive: true });
    } catch (error) {
      throw new Error(fileProblem(error, this.folder, 'write') ?? (error as Error).message, { cause: error });
    }
  }

  /** The log of a worker. */
  log(stage: Stage, worker: string): string {
    return this.at(path.join('logs', `${stage}-${worker}.jsonl`));
  }

  /** All that was done in a stage, whoever did it; what was done twice comes twice. */
  async *entries<T>(stage: Stage): AsyncGenerator<Entry<T>> {
    const logs = this.at('logs');
    const names = existsSync(logs) ? readdirSync(logs).filter((name) => name.startsWith(`${stage}-`) && name.endsWith('.jsonl')).sort() : [];
    for (const name of names) {
      for await (const line of logLines(path.join(logs, name))) yield line as Entry<T>;
    }
  }

  /** The keys of what is done. */
  async done(stage: Stage): Promise<Set<string>> {
    const keys = new Set<string>();
    for await (const { key } of this.entries(stage)) keys.add(key);
    return keys;
  }

  /** All rows that are known, one of each key, in the order of the keys. */
  async rows(): Promise<StudyRow[]> {
    const rows = new Map<string, StudyRow>();
    for await (const { value } of this.entries<StudyRow[]>('ask')) for (const row of value) rows.set(row.key, row);
    for (const stage of ['steer', 'transplant'] as const) {
      for await (const { value } of this.entries<Record<string, NonNullable<StudyRow['measures']>>>(stage)) {
        for (const [key, measures] of Object.entries(value)) {
          const row = rows.get(key);
          if (row) rows.set(key, { ...row, measures: { ...row.measures, ...measures } });
        }
      }
    }
    return [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async programs(): Promise<Prepared[]> {
    const all: Prepared[] = [];
    for await (const { text, number } of linesOf(this.at('programs.jsonl'))) {
      all.push(checked(prepared, JSON.parse(text), `${this.at('programs.jsonl')}, line ${number}`));
    }
    return all;
  }

  /**
   * Takes the folder for this process, so that no two run one study at once.
   * @returns what gives it back
   * @throws a sentence where another process that lives has it
   */
  take(): () => void {
    const file = this.at('running.json');
    const mine = JSON.stringify({ host: os.hostname(), pid: process.pid });
    for (let tries = 0; ; tries++) {
      try {
        writeFileSync(file, mine, { flag: 'wx' });
        return () => rmSync(file, { force: true });
      } catch (error) {
        const problem = (error as NodeJS.ErrnoException).code === 'EEXIST' ? null : fileProblem(error, file, 'write');
        if (problem !== null || tries > 3) throw new Error(problem ?? (error as Error).message, { cause: error });
      }
      const holder = this.runner();
      if (holder?.alive) throw new Error(`${this.folder} is being run by process ${holder.pid} on ${holder.host}. Wait for it, or stop it first.`);
      rmSync(file, { force: true });
    }
  }

  /** The process that runs the study; one of another machine counts as alive. */
  runner(): { host: string; pid: number; alive: boolean } | null {
    try {
      const { host, pid } = JSON.parse(readFileSync(this.at('running.json'), 'utf8')) as { host: string; pid: number };
      return { host, pid, alive: host !== os.hostname() || isAlive(pid) };
    } catch {
      return null;
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
