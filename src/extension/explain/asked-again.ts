/** The explained code as a further question about it needs it. */
import { sameTwin } from './same-twin';
import type { Explainer } from './explainer';
import { askedOf } from '../code/target';
import type { Asked, Compare } from '../../protocol/engine';

export interface AskedAgain {
  asked: Asked;
  /** The near twin that is shown; null without one. */
  compare: Compare | null;
}

/** @throws a sentence when the code is gone or has changed, or is still being explained */
export async function askedAgain(explainer: Explainer): Promise<AskedAgain> {
  const explanation = explainer.whole;
  if (!explanation) throw new Error('The result is not complete. Wait for it, or explain the code again.');
  if (explainer.status.outdated) throw new Error('The code has changed since it was explained. Explain it again first.');
  return { asked: await askedOf(await explainer.liveTarget()), compare: sameTwin(explanation) };
}
