/**
 * Scores of edges beside those of TransformerLens 4 and auto-circuit, in one run and on the same models and prompts: how long each takes,
 * and how far its scores are from ours.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { EdgeScores } from '../src/methods/circuits/edges';
import { readerName, type EdgeWriter } from '../src/methods/circuits/graph';
import { Model } from '../src/model';
import { withRandomModel } from './models';
import { best } from './timing';

const TINY = 'test/fixtures/golden/families/gpt2';
const SMALL = {
  model_type: 'gpt2', n_embd: 768, n_layer: 12, n_head: 12, vocab_size: 50257, n_positions: 1024, activation_function: 'gelu_new',
  layer_norm_epsilon: 1e-5, tie_word_embeddings: true,
};

export interface EdgePeerFigures {
  name: string;
  tokens: number;
  edges: number;
  seconds: number;
  peers: {
    package: string;
    seconds: number;
    /** The largest difference of a score, as a share of the largest score. */
    disagreement: number;
  }[];
}

/** @returns a row for each model; no peers where `LATENT_LENS_EDGE_PEERS` names no Python (see peers/edge_scores.py) */
export async function benchEdgePeers(tokens: number, runs: number, threads: number): Promise<EdgePeerFigures[]> {
  const tiny = await beside('A tiny GPT-2', path.resolve(TINY), 8, runs, threads);
  const small = await withRandomModel(SMALL, (folder) => beside("GPT-2 small's shape, random weights", folder, tokens, runs, threads));
  return [tiny, small];
}

async function beside(name: string, folder: string, tokens: number, runs: number, threads: number): Promise<EdgePeerFigures> {
  const model = await Model.load(folder, { threads });
  const { vocabulary } = model.shape;
  const base = Array.from({ length: tokens }, (_, i) => (i * 7919 + 13) % vocabulary);
  const source = base.map((id, i) => (i === 0 || i === tokens >> 1 ? (id + 1) % vocabulary : id));
  const metric = { positive: 5, negative: 17 };
  const read = () => EdgeScores.read(model, { base, source, sourceOf: base.map((_, i) => i), metric });
  const scores = await read(); // also opens the sessions
  const seconds = await best(runs, read);
  await model.release();
  const own = new Map(scores.readers.flatMap((reader, r) =>
    scores.writers.slice(0, scores.readBy(r)).flatMap((writer, w): [string, number][] =>
    (writer.kind === 'remainder' ? [] : [[`${writerName(writer)} -> ${readerName(reader)}`, scores.score(w, r)]]))));
  const largest = Math.max(...[...own.values()].map(Math.abs));
  const peers: EdgePeerFigures['peers'] = [];
  for (const python of (process.env.LATENT_LENS_EDGE_PEERS ?? '').split(path.delimiter).filter((one) => one !== '')) {
    const args = [
      path.resolve('bench/peers/edge_scores.py'), folder, base.join(','), source.join(','), `${metric.positive}`, `${metric.negative}`,
      '--threads', `${threads}`, '--repeat', `${Math.min(runs, 2)}`,
    ];
    const { stdout } = await promisify(execFile)(python, args, { maxBuffer: 100_000_000 });
    const theirs = JSON.parse(stdout.trim().split('\n').at(-1)!) as { package: string; seconds: number; scores: Record<string, number> };
    const known = Object.entries(theirs.scores).filter(([edge]) => own.has(edge));
    if (known.length !== own.size) throw new Error(`${theirs.package} scores ${known.length} of ${own.size} edges.`);
    const disagreement = Math.max(...known.map(([edge, score]) => Math.abs(score - own.get(edge)!))) / largest;
    peers.push({ package: theirs.package, seconds: theirs.seconds, disagreement });
  }
  return { name, tokens, edges: own.size, seconds, peers };
}

function writerName(writer: EdgeWriter): string {
  return writer.kind === 'embed' ? writer.kind : `${writer.layer}.${writer.kind === 'head' ? writer.head : writer.kind}`;
}

export function describeEdgePeers(all: readonly EdgePeerFigures[]): string {
  const time = (seconds: number) => (seconds < 1 ? `${(1000 * seconds).toFixed(0)} ms` : `${seconds.toFixed(1)} s`);
  return all.map(({ name, tokens, edges, seconds, peers }) => {
    const others = peers.map((one) =>
      `, ${one.package} ${time(one.seconds)}, ${(one.seconds / seconds).toFixed(1)} times as long (within ${one.disagreement.toExponential(0)} of the largest)`);
    const none = '; LATENT_LENS_EDGE_PEERS names the Pythons of others (bench/peers/edge_scores.py)';
    return `${name}, ${tokens} tokens: scores of ${edges} edges in ${time(seconds)}${others.length > 0 ? others.join('') : none}\n`;
  }).join('');
}
