/**
 * Measuring types that were left out: an answer is right when the model's most probable tokens are the type's and then the end, which is
 * what it would write greedily. Beside each group the share that is right without a model.
 */
import type { Architecture } from '../../architectures';
import type { Session } from '../../graph';
import { Random } from '../../corpus/random';
import type { TypeRow } from '../../corpus/types/row';
import { groupByLength, makeBatch } from './batches';
import { trainedWeights } from './graph';
import type { HoleSample } from './holes';
import type { State } from './state';
import { ANSWER_ONLY, summary, type ScoredRow, type Validation } from './validate';

/** @param session of evaluationStep */
export async function validateHoles(
  session: Session,
  architecture: Architecture,
  state: State,
  samples: readonly HoleSample[],
  batchTokens: number,
): Promise<Validation> {
  const weights = Object.fromEntries([...trainedWeights(architecture).keys()].map((name) => [name, state[name]]));
  const rows: ScoredRow[] = [];
  for (const group of groupByLength(samples, batchTokens, new Random(0))) {
    const batch = makeBatch(group, ANSWER_ONLY, new Random(0));
    const results = await session.run({ ...weights, ...batch.feeds });
    const scored = group.map(({ row, ids, kinds }) => {
      return { row, length: ids.length, tokens: kinds.filter((kind) => kind === LABEL).length, loss: 0, right: true };
    });
    batch.rows.forEach((at, i) => {
      scored[at].loss += Number(results.losses.data[i]);
      scored[at].right &&= results.predicted.data[i] === batch.feeds.targets.data[i];
    });
    for (const { row, length, tokens, loss, right } of scored) {
      const { kind, type, package: from } = row;
      const origin = languageOf(row);
      rows.push({
        label: type, predicted: right ? type : '', probability: Math.exp(-loss), loss, length,
        source: originOf(row),
        // One token and the end: what can be compared with studies that ask for one token.
        more: [origin, ...(tokens === 2 ? [`${origin}, one token`] : []), ...(from !== undefined && (kind === 'keyword' || kind === 'declared') ? [`all ${kind}`] : [])],
        baseline: row.baseline === undefined ? undefined : row.baseline === type,
      });
    }
  }
  return summary(rows);
}

/** "generated TypeScript declared": where a row comes from, and what kind of type it leaves out. */
export const originOf = (row: TypeRow) => `${languageOf(row)} ${row.kind}`;

const languageOf = ({ language, package: from }: TypeRow) =>
  `${from === undefined ? 'generated ' : ''}${language === 'python' ? 'Python' : 'TypeScript'}`;

/** `label` among TOKEN_KINDS. */
const LABEL = 2;
