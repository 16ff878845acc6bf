/**
 * The whole explanation of ten programs of 3 to 60 lines, each in a process of its own: first cold, then warm, by phases, and as ratios
 * to one forward pass over the same tokens.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { analyse } from '../src/engine/analyses/analyse';
import { loadModel, packageFolder } from '../src/engine/session/load';
import { LazyPython } from '../src/engine/session/python';
import { Reading } from '../src/engine/analyses/reading';
import { Session } from '../src/engine/analyses/session';
import { paramsOf } from '../src/protocol/analyses';
import type { ExplainedPatching } from '../src/protocol/documents/explanation';
import type { PatchingEstimate } from '../src/vocabulary/patching-estimate';
import type { Result, ResultUpdate } from '../src/protocol/documents/result';
import type { Labeller } from '../src/snippets/twins/variants';
import { PYTHON_ERROR_TYPE } from '../src/snippets/prompts/templates';
import { best, note } from './timing';

const PROGRAMS = [
  'examples/temperature.py', 'bench/programs/parcels.py', 'examples/shipping.py', 'bench/programs/seating.py', 'bench/programs/menu.py',
  'bench/programs/library.py', 'bench/programs/tides.py', 'bench/programs/orchard.py', 'bench/programs/trains.py', 'bench/programs/workshop.py',
];
/** The fastest of so many counts. */
const WARM_RUNS = 3;

/** Seconds from the beginning until something is known; Python runs beside the model. */
interface Phases {
  /** Prediction and lens. */
  read: number;
  /** What Python does with the program and its variants. */
  run: number;
  /** The variant to compare with. */
  chosen: number;
  /** A heatmap in which every cell has a number, measured or estimated. */
  filled: number;
  whole: number;
}

interface Measured {
  file: string;
  lines: number;
  tokens: number;
  /** Of one forward pass over the prompt, warm. */
  forward: number;
  /** Loading model and tokenizer. */
  loading: number;
  cold: Phases;
  warm: Phases;
  /** Null where every cell was patched at once. */
  estimate: PatchingEstimate | null;
}

export interface ExplainReport {
  programs: (Measured & { commandLine: number })[];
}

/** One after the other, as they would take the processors from each other. */
export async function benchExplain(): Promise<ExplainReport> {
  const run = promisify(execFile);
  const programs: ExplainReport['programs'] = [];
  for (const program of PROGRAMS) {
    note(`${program} …`);
    const file = path.join(packageFolder(), program);
    const { stdout } = await run(process.execPath, [process.argv[1], '--explain-one', file], { maxBuffer: 1e8 });
    const start = performance.now();
    await run(process.execPath, [path.join(packageFolder(), 'dist/cli/main.mjs'), 'explain', file], { maxBuffer: 1e8 });
    programs.push({ ...(JSON.parse(stdout) as Measured), commandLine: (performance.now() - start) / 1000 });
  }
  return { programs };
}

/** What the process of its own does. */
export async function measureExplain(file: string): Promise<Measured> {
  const text = await readFile(file, 'utf8');
  const begun = performance.now();
  const session = new Session(await loadModel());
  const { loaded } = session;
  const loading = (performance.now() - begun) / 1000;
  const python = new LazyPython();
  python.begin();
  const wanted = { prediction: paramsOf('prediction'), lens: paramsOf('lens'), patching: paramsOf('patching') };
  const timed = async (): Promise<{ phases: Phases; result: Result }> => {
    const watch = new Watch();
    const run = python.labeller(watch.onProgress, new AbortController().signal);
    const label: Labeller = async (codes) => watch.passed('Running programs', await run(codes));
    const reading = await Reading.open(session, PYTHON_ERROR_TYPE, { file, text }, { label });
    const result = await analyse(reading, wanted, { onProgress: watch.onProgress, onPartial: watch.onPartial });
    return { phases: watch.phases(), result };
  };
  const { phases: cold } = await timed();
  let warm = cold;
  let result!: Result;
  for (let i = 0; i < WARM_RUNS; i++) {
    const run = await timed();
    if (i === 0 || run.phases.whole < warm.whole) warm = run.phases;
    result = run.result;
  }
  const ids = result.reading.tokens.map(({ id }) => id);
  const forward = await best(5, () => loaded.model.run([ids]));
  python.close();
  await session.close();
  const { estimate } = result.parts.patching?.value ?? {};
  const lines = text.trimEnd().split('\n').length;
  return { file: path.basename(file), lines, tokens: ids.length, forward, loading, cold, warm, estimate: estimate ?? null };
}

/** When what was known, in seconds. */
class Watch {
  private readonly begun = performance.now();
  private readonly at = new Map<string, number>();

  readonly onProgress = (stage: string): void => {
    if (stage === 'Reading variants') this.at.set('chosen', this.now());
  };

  readonly onPartial = ({ parts }: ResultUpdate): void => {
    this.first('read');
    if (parts?.patching) this.onSweep(parts.patching.value);
  };

  private onSweep({ logitDifference, measured }: ExplainedPatching): void {
    if (measured) this.first('filled');
    else if (logitDifference.some((row) => row.some((value) => value !== null))) this.at.set('filled', this.now());
  }

  passed<T>(stage: string, value: T): T {
    this.first(stage);
    return value;
  }

  phases(): Phases {
    const [read, run, chosen, filled] = ['read', 'Running programs', 'chosen', 'filled'].map((name) => this.at.get(name) ?? this.now());
    return { read, run, chosen, filled, whole: this.now() };
  }

  private now(): number {
    return (performance.now() - this.begun) / 1000;
  }

  private first(name: string): void {
    if (!this.at.has(name)) this.at.set(name, this.now());
  }
}

const COLUMNS = ['program', 'lines', 'tokens', 'forward', 'prediction', 'Python', 'variant', 'heatmap', 'whole', '÷ forward', 'cold', 'command line', 'patched', 'r'];

/** A table, in Markdown; what is in seconds is from the beginning of a warm explanation, but for the two cold ones. */
export function describeExplain({ programs }: ExplainReport): string {
  const rows = programs.map(({ file, lines, tokens, forward, warm, cold, commandLine, estimate }) => [
    file, lines, tokens, `${(forward * 1000).toFixed(0)} ms`, ...[warm.read, warm.run, warm.chosen, warm.filled, warm.whole].map(seconds),
    (warm.whole / forward).toFixed(0), seconds(cold.whole), seconds(commandLine),
    estimate ? `${Math.round((100 * estimate.measuredCells) / estimate.cells)} % of ${estimate.cells}` : 'all',
    estimate?.correlation?.toFixed(2) ?? '',
  ]);
  return `${[COLUMNS, COLUMNS.map((_, i) => (i === 0 ? '---' : '--:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}
