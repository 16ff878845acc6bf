/** The same sweep in TransformerLens, where a Python with its packages is at hand (see peers/requirements.txt). */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export interface PeerFigures {
  shape: string;
  seconds: number;
  layers: number;
  positions: number;
  threads: number;
  versions: Record<string, string>;
}

/** Runs the peer with `LATENT_LENS_PEER_PYTHON`; undefined when that is not set. */
export async function benchPeer(tokens: number, threads: number, flags: readonly string[], runs: number): Promise<PeerFigures | undefined> {
  const python = process.env.LATENT_LENS_PEER_PYTHON;
  if (!python) return undefined;
  const script = path.resolve('bench/peers/transformer_lens_sweep.py');
  const args = [script, ...flags, '--tokens', String(tokens), '--threads', String(threads), '--repeat', String(runs)];
  const { stdout } = await promisify(execFile)(python, args, { maxBuffer: 10_000_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as PeerFigures;
}
