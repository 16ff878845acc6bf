/**
 * A data folder's samples as a few compressed arrays, which a trainer in another language reads (models/python-errors/train-gpu.py): each
 * tokenized once, with the targets of every loss.
 */
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tokenizer } from '@huggingface/tokenizers';
import { gzipSync } from 'node:zlib';
import { answersOf, loadTokenizer } from './make-model';
import { PROBES, probeNames, QUIET_WEIGHT } from './probes';
import { QUIET } from '../../corpus/labelling/labels';
import { configOf, type Recipe } from './recipe';
import { holeRoundsOf } from './hole-rounds';
import { originOf } from './validate-holes';
import { roundsOf } from './rounds';
import { TOKEN_KINDS, type Sample } from './samples';
import { seriesOf, VALIDATION_SERIES, type Draw } from './shards';

/** The real code among the series of shards. */
const REAL_CODE = 'standard library';

interface Totals {
  samples: number;
  tokens: number;
}

export interface PackReport extends Totals {
  bytes: number;
  /** Shards that found no room. */
  leftOut: string[];
}

export interface PackOptions {
  /** What the arrays may take together, compressed. */
  mostBytes: number;
  log?: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Writes `pack.json` and, for `train` and `validation`, gzipped little-endian arrays one after another: `lengths.u16` and `groups.u8` with
 * a number a sample, `ids.u16`, `kinds.u8` and the probes' marks (`syntax.u8` …) with a number a token, as in a Sample. A group is a
 * series of shards, or a source of the validation programs. Shards come in the order of training's rounds, each once, until the next
 * does not fit; `share` in pack.json is a series' share of a round's samples.
 */
export async function writePack(
  recipe: Recipe,
  folders: { data: string; model: string },
  to: string,
  options: PackOptions,
): Promise<PackReport> {
  const { mostBytes, log = () => undefined, signal } = options;
  const tokenizer = await loadTokenizer(folders.model);
  const size = tokenizer.get_vocab().size;
  if (size !== recipe.tokenizer.vocabularySize) {
    throw new Error(
      `The tokenizer in ${folders.model} has ${size} tokens, the recipe says ${recipe.tokenizer.vocabularySize}. ` +
        'Train one for the recipe (latent-lens train tokenizer), or name the folder of another with --out.',
    );
  }
  const { data, validation, samplesOf, realCode } = (recipe.task === 'types' ? holesToPack : roundsOf)(recipe, folders.data, tokenizer);
  const series = [...seriesOf(folders.data)].filter(([name]) => name !== VALIDATION_SERIES);
  const waiting = new Set(series.flatMap(([, files]) => files));
  await mkdir(to, { recursive: true });

  const measured = new PackPart(to, 'validation', [...new Set(validation.map(({ source }) => source))].sort());
  const train = new PackPart(to, 'train', [...series.map(([name]) => name), REAL_CODE]);
  await measured.begin();
  await train.begin();
  for (const source of measured.groups) await measured.add(validation.filter((sample) => sample.source === source), source);
  await train.add(realCode(), REAL_CODE);

  const shards: Record<string, number> = {};
  let full = false;
  for (let draw: Draw = data.draw(undefined); waiting.size > 0 && !full; draw = data.draw(draw)) {
    for (const name of draw.files) {
      if (!waiting.has(name)) continue; // a short series begins again before a long one ends
      const group = name.replace(/-\d+\.jsonl$/, '');
      const samples = await samplesOf(name, signal);
      signal?.throwIfAborted();
      full = !(await train.add(samples, group, mostBytes - measured.bytes));
      if (full) break;
      waiting.delete(name);
      shards[group] = (shards[group] ?? 0) + 1;
      log(`${name}: ${train.totals().tokens} tokens, ${((train.bytes + measured.bytes) / 2 ** 20).toFixed(1)} MiB so far`);
    }
  }
  if (Object.keys(shards).length === 0) throw new Error(`Not one shard of ${folders.data} fits into ${mostBytes} bytes. Give more.`);

  const inRound = series.map(([name]) => (train.samplesOf(name) / (shards[name] ?? 1)) * (recipe.data.shardsInRound?.[name] ?? 1));
  const programs = inRound.reduce((a, b) => a + b, 0);
  const shares = [...inRound.map((count) => (count / programs) * (1 - recipe.data.realCodeShare)), recipe.data.realCodeShare];
  const described = {
    recipe,
    config: configOf(recipe),
    kinds: TOKEN_KINDS,
    ...(recipe.task === 'types' ? { probes: {} } : {
      answers: Object.fromEntries(answersOf(tokenizer)),
      noError: QUIET,
      quietWeight: QUIET_WEIGHT,
      probes: Object.fromEntries(probeNames().map((name) => [name, PROBES[name]])),
    }),
    train: { ...train.totals(), groups: train.groups.map((name, i) => ({ name, samples: train.samplesOf(name), share: shares[i] })) },
    validation: { ...measured.totals(), groups: measured.groups.map((name) => ({ name, samples: measured.samplesOf(name) })) },
  };
  await writeFile(path.join(to, 'pack.json'), `${JSON.stringify(described, null, 1)}\n`);
  return { ...train.totals(), bytes: train.bytes + measured.bytes, leftOut: [...waiting] };
}

/** Holes, measured by where they come from and what kind of type they leave out. */
function holesToPack(recipe: Recipe, folder: string, tokenizer: Tokenizer) {
  const { data, holes, samplesOf } = holeRoundsOf(recipe, folder, tokenizer);
  return {
    data,
    validation: holes.map((sample) => ({ ...sample, source: originOf(sample.row) })),
    samplesOf: (name: string, signal?: AbortSignal) => samplesOf(name, 0, signal),
    realCode: () => [],
  };
}

/** The arrays of one part. They grow by a gzip member an addition, which readers of gzip join. */
export class PackPart {
  bytes = 0;
  private readonly counts = new Map<string, Totals>();

  constructor(
    private readonly folder: string,
    private readonly name: string,
    readonly groups: readonly string[],
  ) {}

  /** Removes what an earlier pack left. */
  async begin(): Promise<void> {
    for (const key of Object.keys(arraysOf([], 0))) await rm(this.file(key), { force: true });
  }

  /** Adds samples of one group; leaves them out and returns false where the part would then take more than `mostBytes`. */
  async add(samples: readonly Sample[], group: string, mostBytes = Infinity): Promise<boolean> {
    const arrays = Object.entries(arraysOf(samples, this.groups.indexOf(group)));
    const packed = arrays.map(([key, array]): [string, Buffer] => [key, gzipSync(array, { level: 9 })]);
    const bytes = packed.reduce((sum, [, { length }]) => sum + length, 0);
    if (this.bytes + bytes > mostBytes) return false;
    for (const [key, member] of packed) await appendFile(this.file(key), member);
    this.bytes += bytes;
    const before = this.counts.get(group) ?? { samples: 0, tokens: 0 };
    const tokens = samples.reduce((sum, { ids }) => sum + ids.length, 0);
    this.counts.set(group, { samples: before.samples + samples.length, tokens: before.tokens + tokens });
    return true;
  }

  samplesOf(group: string): number {
    return this.counts.get(group)?.samples ?? 0;
  }

  totals(): Totals {
    const all = [...this.counts.values()];
    return { samples: all.reduce((sum, { samples }) => sum + samples, 0), tokens: all.reduce((sum, { tokens }) => sum + tokens, 0) };
  }

  private file(key: string): string {
    return path.join(this.folder, `${this.name}.${key}.gz`);
  }
}

function arraysOf(samples: readonly Sample[], group: number): Record<string, Uint8Array> {
  const bytes = (parts: readonly Uint8Array[]) => Buffer.concat(parts);
  const words = (parts: readonly Uint16Array[]) => {
    const buffer = Buffer.alloc(2 * parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) for (const value of part) at = buffer.writeUInt16LE(value, at);
    return buffer;
  };
  const marks = probeNames().map((name): [string, Uint8Array] => [
    `${name}.u8`,
    bytes(samples.map(({ ids, marks: own }) => own?.[name] ?? new Uint8Array(ids.length))),
  ]);
  return {
    'lengths.u16': words([Uint16Array.from(samples, ({ ids }) => ids.length)]),
    'groups.u8': new Uint8Array(samples.length).fill(group),
    'ids.u16': words(samples.map(({ ids }) => ids)),
    'kinds.u8': bytes(samples.map(({ kinds }) => kinds)),
    ...Object.fromEntries(marks),
  };
}
