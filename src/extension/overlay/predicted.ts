/** What the model would put at the place that an open question is about, as it is drawn there. Knows nothing of VS Code. */
import type { Explanation } from '../../protocol/documents/explanation';

export interface Predicted {
  /** The place: empty, or what stands there and was left out. */
  start: number;
  end: number;
  /** The answer, with white space as signs. */
  text: string;
  /** Short, as editors beside a panel are narrow. */
  label: string;
  hover: string;
}

/** Null where the question is about no place. */
export function predictedAt({ place, prediction: { label, answers } }: Explanation): Predicted | null {
  if (!place) return null;
  const share = answers.find((answer) => answer.label === label)?.probability ?? 0;
  const percent = `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
  const { start, end } = place;
  return { start, end, text: label, label: `⟵ predicted, ${percent}`, hover: `Latent Lens: the model would put ${label} here (${percent}). It is not in the file.` };
}
