/** What the views of latents are told, and what of it belongs to the explanation shown: no elements here. */
import type { AskedParams } from '../../../src/protocol/analyses';
import type { Answer } from '../../../src/protocol/pages/answer';
import { activationsOf, latentsOf, type Activations, type LatentsDocument, type ListedSae } from '../../../src/protocol/documents/latents';
import type { Parts, Result } from '../../../src/protocol/documents/result';
import type { Shown } from '../../page/page';
import { answerOf, type AnalysesShown } from '../asked';

export type LatentsOptions = AskedParams<'latents'>;

/** What is told besides the explanation. */
export interface LatentsShown extends Shown {
  /** Null before they are known. */
  saes: ListedSae[] | null;
  latents: Answer<LatentsDocument>;
  activations: Answer<Activations>;
  /** Whether the code has changed since it was explained. */
  outdated: boolean;
  /** Whether the reader looks at the view. */
  looking: boolean;
}

/** What came of the analyses of latents, with what it is about; the same documents as long as the parts are the same. */
export function latentsTold(): (shown: AnalysesShown & Shown) => LatentsShown {
  const made = new WeakMap<object, unknown>();
  const kept = <T>(part: object, make: () => T) => {
    if (!made.has(part)) made.set(part, make());
    return made.get(part) as T;
  };
  return (shown) => {
    const { result } = shown;
    const withPart = (parts: Parts): Result => ({ ...result, parts: { ...result.parts, ...parts } });
    const [latents, activations] = [answerOf(shown, 'latents'), answerOf(shown, 'activations')];
    const attributed = latents.result && kept(latents.result, () => latentsOf(withPart({ latents: latents.result! })));
    const active = activations.result && kept(activations.result, () => activationsOf(withPart({ activations: activations.result! })));
    return { ...shown, latents: { ...latents, result: attributed }, activations: { ...activations, result: active } };
  };
}

/** The document that belongs to the explanation shown; null when there is none. */
export function shownDocument({ explanation, latents }: LatentsShown): LatentsDocument | null {
  const document = latents.result;
  const same = document?.prompt === explanation.prompt && document.counterfactual.code === explanation.counterfactual?.code;
  return same ? document : null;
}

/** Why nothing can be asked; null when it can. */
export function whyNoLatents({ explanation, progress, live, outdated }: LatentsShown): string | null {
  if (!live) return 'This is a saved result without its code at hand, so its latents cannot be attributed here. Open the code and explain it there.';
  if (outdated) return 'The code has changed since it was explained. Explain it again to see its latents.';
  if (progress === 'running') return 'The explanation comes first: its variant is what the code is compared with.';
  if (progress === 'stopped') return 'The explanation was stopped before it was complete. Explain the code again.';
  if (!explanation.counterfactual) return 'There is no variant that the code was compared with, so there is no difference to attribute.';
  if (!explanation.patching) return 'The answers of the two programs could not be told apart, so there is no difference to attribute.';
  return null;
}

/** Those of the explanation shown; null when there are none. */
export function shownActivations({ explanation, activations: { result } }: LatentsShown): Activations | null {
  const ids = (tokens: Activations['tokens']) => tokens.map(({ id }) => id).join();
  return result && ids(result.tokens) === ids(explanation.tokens) ? result : null;
}
