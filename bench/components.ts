/** Direct logit attribution of every embedding, head, MLP and bias against a plain forward pass that reads the same two logits. */
import { directComponents } from '../src/methods/components/components';
import { logitDifference, Model, readLogits } from '../src/model';
import { alternately, median } from './timing';

export interface ComponentFigures {
  components: number;
  tokens: number;
  forwardSeconds: number;
  seconds: number;
  /** How many forward passes it takes: the median of pairs taken one after the other. */
  ratio: number;
}

export async function benchComponents(folder: string, tokens: number, runs: number, threads: number): Promise<ComponentFigures> {
  const model = await Model.load(folder, { threads });
  const { vocabulary, layers, heads } = model.shape;
  const ids = Array.from({ length: tokens }, (_, i) => (i * 7919 + 13) % vocabulary);
  const answers = [5 % vocabulary, 17 % vocabulary] as const;
  const forward = async () => readLogits(model, (await model.run([ids])).resid, [tokens - 1], answers);
  const direct = () => directComponents(model, ids, tokens - 1, logitDifference(...answers));
  await forward(); // also opens the sessions
  await direct();
  const [forwards, directs] = await alternately(10 * runs, forward, direct);
  await model.release();
  return {
    components: 1 + layers * (heads + 1),
    tokens,
    forwardSeconds: Math.min(...forwards),
    seconds: Math.min(...directs),
    ratio: median(directs.map((one, i) => one / forwards[i])),
  };
}
