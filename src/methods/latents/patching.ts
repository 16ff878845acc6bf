/** Changing latents for real while the model runs: one at a time for the metric, or several for the whole prediction. */
import { concatAxis, NotFiniteError, readLogits, type Hook, type Model } from '../../model';
import { spliceHooks, type LatentEdit, type LoadedSae } from '../../sae';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { LatentChange } from '../../vocabulary/latent-change';
import { changedActivation } from './change';
import { predict, type Prediction } from '../prediction/prediction';

/** A latent at a position that is given an activation; `head` where the SAE reads each head alone. */
export interface LatentSetting {
  readonly sae: LoadedSae;
  readonly latent: number;
  readonly position: number;
  readonly head: number | null;
  readonly value: number;
}

export interface LatentRunOptions {
  /** The SAEs that are spliced in. */
  readonly saes: readonly LoadedSae[];
  /** Whether each one's error, of this very run, is added to its reconstruction: then only the changed latents change anything. */
  readonly error: boolean;
  readonly signal?: AbortSignal;
}

/** Tokens in one run: bounds memory. */
const TOKENS_AT_ONCE = 2048;

/**
 * The metric logit[positive] - logit[negative] at the prompt's last token, once for each setting, each alone in a run of its own.
 * This is what attribution estimates, with `value` the activation of the other run.
 */
export async function patchLatents(
  model: Model,
  prompt: readonly number[],
  { positive, negative }: { readonly positive: number; readonly negative: number },
  settings: readonly LatentSetting[],
  { saes, error, signal }: LatentRunOptions,
): Promise<number[]> {
  const metrics = settings.map(() => NaN);
  const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / prompt.length));
  for (const sae of new Set(settings.map((setting) => setting.sae))) {
    const own = settings.flatMap((setting, i) => (setting.sae === sae ? [i] : []));
    const layer = error && sae.site.kind === 'block' ? sae.site.layer : 0;
    // With the errors, layers below the SAE are as in the unedited run.
    const below = layer > 0 ? await model.run([prompt], { until: layer, signal }) : undefined;
    for (let start = 0; start < own.length; start += atOnce) {
      const chunk = own.slice(start, start + atOnce);
      const edit = settingEdit(chunk.map((i) => settings[i]));
      const hooks = spliceHooks(error ? [sae] : saes, model, { error, edit: (candidate) => (candidate === sae ? edit : undefined) });
      const from = below && { layer, resid: concatAxis(chunk.map(() => below.resid), 0) };
      const run = await model.run(chunk.map(() => prompt), { hooks, from, signal });
      const ends = chunk.map((_, row) => (row + 1) * prompt.length - 1);
      const { data } = await readLogits(model, run.resid, ends, [positive, negative]);
      chunk.forEach((setting, i) => (metrics[setting] = data[2 * i] - data[2 * i + 1]));
    }
  }
  return metrics;
}

/** Prompt i of the batch gets setting i. */
function settingEdit(settings: readonly LatentSetting[]): LatentEdit {
  const latents = [...new Set(settings.map(({ latent }) => latent))];
  return {
    latents,
    change({ data, shape }, { lengths, positions }) {
      const each = shape[0] / (lengths.length * positions); // rows a position: 1, or one for each head
      settings.forEach(({ sae, latent, position, head, value }, prompt) => {
        const row = (prompt * positions + position) * each + (sae.config.head === null ? (head ?? 0) : 0);
        data[row * latents.length + latents.indexOf(latent)] = value;
      });
    },
  };
}

/** A latent of an open SAE that is changed. */
export interface SaeLatentChange {
  readonly sae: LoadedSae;
  readonly latent: number;
  /** Of the prompt; 'all' reaches an answer's further tokens too. */
  readonly positions: readonly number[] | 'all';
  readonly change: LatentChange;
}

export interface ChangedPrediction {
  /** With the SAEs spliced in, and then with the latents changed as well. */
  readonly before: Prediction;
  readonly after: Prediction;
  /** After minus before, in the order of `after.answers`. */
  readonly change: readonly { readonly label: string; readonly probability: number; readonly logit: number }[];
}

/**
 * The prediction with latents changed, and what that changed.
 * @throws when a latent or position does not exist, a latent is changed twice at one position, or the numbers overflow
 */
export async function setLatents(
  model: Model,
  prompt: readonly number[],
  answers: readonly AnswerTokens[],
  changes: readonly SaeLatentChange[],
  { saes, error, topK, signal }: LatentRunOptions & { topK?: number },
): Promise<ChangedPrediction> {
  for (const { sae, positions } of changes) {
    if (!saes.includes(sae)) throw new Error(`${sae.folder}: a latent of this SAE is to be changed, but the SAE is not spliced in.`);
    const there = (position: number) => Number.isInteger(position) && position >= 0 && position < prompt.length;
    const wrong = positions === 'all' ? undefined : positions.find((position) => !there(position));
    if (wrong !== undefined) throw new Error(`There is no position ${wrong}; the prompt has the positions 0 to ${prompt.length - 1}.`);
  }
  requireOnce(changes);
  const before = await predict(model, prompt, answers, { hooks: changeHooks(model, [], { saes, error }), topK, signal });
  const hooks = changeHooks(model, changes, { saes, error });
  const after = await predict(model, prompt, answers, { hooks, topK, signal }).catch((cause: unknown) => {
    if (!(cause instanceof NotFiniteError)) throw cause;
    throw new Error('With this change the model computes no finite numbers; change the latents by less.', { cause });
  });
  const change = after.answers.map(({ label, probability, logit }) => {
    const old = before.answers.find((answer) => answer.label === label)!;
    return { label, probability: probability - old.probability, logit: logit - old.logit };
  });
  return { before, after, change };
}

/** A latent may be named several times, at other positions each. */
function requireOnce(changes: readonly SaeLatentChange[]): void {
  changes.forEach(({ sae, latent, positions }, i) => {
    for (const other of changes.slice(0, i)) {
      if (other.sae !== sae || other.latent !== latent) continue;
      const all = positions === 'all' || other.positions === 'all';
      const both = all ? undefined : (positions as readonly number[]).find((position) => other.positions.includes(position as never));
      const where = all ? '' : ` at position ${both}`;
      if (all || both !== undefined) throw new Error(`Latent ${latent} of ${sae.config.site} is changed twice${where}; name it once for each position.`);
    }
  });
}

/** Splices the SAEs in, with the changes, for runs that begin at any position: what `predict` and `generate` take. */
export function changeHooks(
  model: Model,
  changes: readonly SaeLatentChange[],
  { saes, error }: Pick<LatentRunOptions, 'saes' | 'error'>,
): (start: number) => Hook[] {
  const edit = (start: number) => (sae: LoadedSae) => changesEdit(changes.filter((change) => change.sae === sae), start);
  return (start) => spliceHooks(saes, model, { error, edit: edit(start) });
}

/** Changes of one SAE's latents in a run that begins at position `start` of the prompt. */
function changesEdit(changes: readonly SaeLatentChange[], start: number): LatentEdit | undefined {
  if (changes.length === 0) return undefined;
  const latents = [...new Set(changes.map(({ latent }) => latent))];
  const columns = changes.map(({ latent }) => latents.indexOf(latent));
  return {
    latents,
    change({ data, shape }, batch) {
      const each = shape[0] / (batch.lengths.length * batch.positions);
      for (let row = 0; row < shape[0]; row++) {
        const position = start + (Math.floor(row / each) % batch.positions);
        changes.forEach(({ positions, change }, i) => {
          const at = row * latents.length + columns[i];
          if (positions === 'all' || positions.includes(position)) data[at] = changedActivation(data[at], change);
        });
      }
    },
  };
}
