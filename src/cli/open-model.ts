/** Opening the model that --model names, if the machine has the memory for it. */
import type { LoadedModel } from '../engine/session/load';
import type { Progress } from '../engine/session/progress';
import { packageModelFor } from '../vocabulary/package-models';
import { exceededBy, memoryWords } from '../protocol/words/memory-needed';
import type { Io } from './io';
import type { OpenFlags } from './arguments/options';

/**
 * Warnings go to standard error.
 * @param open whether it is asked about a place in code, where no model is named
 * @throws a sentence when the model cannot be opened, or needs more memory than the machine has and --force was not given
 */
export async function openModel({ model, provider, force }: OpenFlags, io: Io, report: Progress, open = false): Promise<LoadedModel> {
  const { loadModel } = await import('../engine/session/load');
  const warn = (sentence: string) => {
    io.line?.('');
    io.err(`${sentence}\n`);
  };
  if (model !== undefined) {
    report('Looking at the model');
    const { modelInfo } = await import('../engine/models/info');
    const { estimate } = await modelInfo({ model, from: process.cwd() });
    const exceeded = estimate && exceededBy(estimate);
    if (exceeded) {
      const words = memoryWords(model, estimate);
      if (exceeded === 'machine' && !force) throw new Error(`${words} Choose a smaller model, or try it with --force.`);
      warn(words);
    }
  }
  report('Loading the model');
  const loaded = await loadModel(model ?? packageModelFor(open), { provider, onProgress: report, signal: io.signal });
  if (loaded.model.provider.notice) warn(loaded.model.provider.notice);
  return loaded;
}
