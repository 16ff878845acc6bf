/** Asks before a model is opened that needs more memory than this machine has: once for each model and window. */
import * as vscode from 'vscode';
import { secondsText } from '../ui/units';
import type { OpenModel } from '../../protocol/engine';
import { exceededBy, memoryWords } from '../../protocol/words/memory-needed';
import type { ModelInfo } from '../../protocol/models/models';

export class MemoryQuestion {
  /** By reference: whether the model may be opened. */
  private readonly answers = new Map<string, boolean>();

  /** For EngineClient. @throws a sentence when the user does not want the model opened */
  async mayOpen({ model }: OpenModel, info: () => Promise<ModelInfo>): Promise<void> {
    if (model === null || this.answers.get(model)) return;
    const known = await info().catch(() => null); // what is wrong with it is said when it is opened
    if (!known?.estimate || exceededBy(known.estimate) === null) return;
    const words = memoryWords(model, known.estimate);
    if (!this.answers.has(model)) {
      const { tokens, seconds } = known.estimate.sweep;
      const detail = `A sweep of patching over ${tokens} tokens would take about ${secondsText(seconds)}, and less where the programs begin alike. Without enough memory the engine may be ended, or the whole machine becomes slow.`;
      const anyway = 'Load Anyway';
      this.answers.set(model, (await vscode.window.showWarningMessage(words, { modal: true, detail }, anyway)) === anyway);
    }
    if (!this.answers.get(model)) throw new Error(`${words} So it was not opened. Select another model, or run Latent Lens: Restart Engine to be asked again.`);
  }

  /** Those that were not to be opened are asked about again. */
  forget(): void {
    for (const [model, answer] of this.answers) if (!answer) this.answers.delete(model);
  }
}
