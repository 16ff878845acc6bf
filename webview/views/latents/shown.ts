/** What the Latents tab is told, and what of it belongs to the explanation shown: no elements here. */
import type { Answer } from '../../../src/protocol/answer';
import type { Activations, LatentsDocument, ListedSae } from '../../../src/protocol/latents';
import type { Shown } from '../../page/page';

/** What is told besides the explanation. */
export interface LatentsShown extends Shown {
  /** Null before they are known. */
  saes: ListedSae[] | null;
  latents: Answer<LatentsDocument>;
  activations: Answer<Activations>;
  /** Whether the code has changed since it was explained. */
  outdated: boolean;
  /** Whether the reader looks at the tab. */
  looking: boolean;
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
