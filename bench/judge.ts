/** The judge of types on the functions of an evaluation set: its start, warm questions, memory. */
import { readFileSync } from 'node:fs';
import { TypeJudge } from '../src/snippets/judge/judge';

const CANDIDATES = ['string', 'number', 'boolean', 'string[]', 'unknown', 'any', 'Date', 'Error', 'void', 'null'];

interface Row {
  language: 'typescript' | 'tsx';
  prefix: string;
  suffix: string;
  type: string;
}

/** @param file rows with TypeScript around a type, as `test/fixtures/types-typescript.jsonl` */
export async function benchJudge(file: string): Promise<string> {
  const rows = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
  const judge = new TypeJudge();
  const began = performance.now();
  await judge.start();
  const start = performance.now() - began;
  const times = { 'type at a hole': [] as number[], 'ten candidates': [] as number[], sites: [] as number[] };
  const timed = async <T>(name: keyof typeof times, ask: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    const answer = await ask();
    times[name].push(performance.now() - from);
    return answer;
  };
  let errors = 0;
  for (const { language, prefix: before, suffix: after, type } of rows) {
    const { errorCount } = await timed('type at a hole', () => judge.hole({ language, before, after, written: type }));
    if (errorCount > 0) errors++;
    await timed('ten candidates', () => judge.candidates({ language, before, after, truth: type, candidates: CANDIDATES }));
    await timed('sites', () => judge.sites({ language, text: before + type + after }));
  }
  const memory = residentOf(judge.pid);
  judge.dispose();
  const lines = Object.entries(times).map(([name, all]) => `${name}: ${middle(all).toFixed(0)} ms, at most ${Math.max(...all).toFixed(0)} ms`);
  return `${[`${rows.length} programs, ${errors} with errors`, `start: ${start.toFixed(0)} ms`, ...lines, `memory: ${memory}`].join('\n')}\n`;
}

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];

function residentOf(pid: number | undefined): string {
  if (process.platform !== 'linux') return 'not known on this system';
  return `${(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024).toFixed(0)} MB`;
}
