/** Planted circuits: models whose heads are known, and what each of them does. See plant.ts for their units. */
import { architectureFor } from '../../src/architectures';
import type { Model } from '../../src/model';
import { randomFloats } from '../graph/check';
import { GPT2, oneToOne, plant, writeModel, type Entries } from './plant';

/** A head attends where its score is this, and nowhere else: others have 0, so that e⁻³⁰ of the attention is left to them. */
const SURE = 30;
/** Tokens are 0 to 11; 0 begins every prompt and stands nowhere else, as the first token is its own predecessor. */
export const TOKENS = 12;
const POSITIONS = 16;
/** Where the parts of the stream begin: the token, the position, the token before, and what is predicted. */
const [TOKEN, POSITION, BEFORE, PREDICTED] = [0, TOKENS, TOKENS + POSITIONS, 2 * TOKENS + POSITIONS];

const shape = {
  layers: 2, heads: 4, headSize: 16, vocabulary: TOKENS, context: POSITIONS,
  tokens: oneToOne(TOKENS, 0, TOKEN), positions: oneToOne(POSITIONS, 0, POSITION),
};

/** Every position asks for the key 0 of its own head. */
const everywhere: Entries = Array.from({ length: POSITIONS }, (_, i) => [POSITION + i, 0, SURE] as const);

/**
 * Induction in two layers of attention (Elhage et al. 2021): head 0.1 copies the token before into the stream, head 1.2 finds the place
 * behind an earlier copy of the present token by it, and predicts the token there with a logit of INDUCTION.logit; nothing else does anything.
 * Where the present token has not come before, 1.2 attends evenly.
 */
export const INDUCTION = { previous: { layer: 0, head: 1 }, induction: { layer: 1, head: 2 }, logit: 8 };

export function inductionModel(): Promise<Model> {
  return plant({
    ...shape,
    planted: [
      {
        ...INDUCTION.previous,
        query: Array.from({ length: POSITIONS - 1 }, (_, i) => [POSITION + i + 1, i, SURE] as const),
        key: oneToOne(POSITIONS - 1, POSITION, 0),
        value: oneToOne(TOKENS, TOKEN, 0),
        output: oneToOne(TOKENS, 0, BEFORE),
      },
      {
        ...INDUCTION.induction,
        query: oneToOne(TOKENS, TOKEN, 0, SURE),
        key: oneToOne(TOKENS, BEFORE, 0),
        value: oneToOne(TOKENS, TOKEN, 0),
        output: oneToOne(TOKENS, 0, PREDICTED, INDUCTION.logit),
      },
    ],
    unembedding: oneToOne(TOKENS, PREDICTED, 0),
  });
}

/**
 * Two heads that cancel: 0.0 writes the token at position 1 into the prediction of every later position with a logit of CANCELLING.logit, and 1.3
 * reads that at its own position and takes it away again. So what 0.0 does directly is undone, and a patch of it changes no logit. What
 * is left is the present token's own logit of 1.
 */
export const CANCELLING = { writer: { layer: 0, head: 0 }, eraser: { layer: 1, head: 3 }, logit: 4 };

export function cancellingModel(): Promise<Model> {
  return plant({
    ...shape,
    planted: [
      {
        ...CANCELLING.writer,
        query: everywhere,
        key: [[POSITION + 1, 0, 1]],
        value: oneToOne(TOKENS, TOKEN, 0),
        output: oneToOne(TOKENS, 0, PREDICTED, CANCELLING.logit),
      },
      {
        ...CANCELLING.eraser,
        query: oneToOne(POSITIONS, POSITION, 0, SURE),
        key: oneToOne(POSITIONS, POSITION, 0),
        value: oneToOne(TOKENS, PREDICTED, 0),
        output: oneToOne(TOKENS, 0, PREDICTED, -1),
      },
    ],
    unembedding: [...oneToOne(TOKENS, TOKEN, 0), ...oneToOne(TOKENS, PREDICTED, 0)],
  });
}

/** A random model with norms and MLPs, of which one head writes nothing, whatever it attends to. */
export const DEAD = { layer: 1, head: 1 };

export function deadHeadModel(): Promise<Model> {
  const config = { ...GPT2, n_layer: 3, n_head: 3, n_embd: 24, n_inner: 32, vocab_size: TOKENS, n_positions: POSITIONS, tie_word_embeddings: false };
  const tensors = [...architectureFor(config).weights].map(([name, size]) => {
    const norm = /ln_\w+\.weight$/.test(name);
    const data = randomFloats(`dead ${name}`, size, norm || size.length === 1 ? 0.1 : 0.4).data.map((value) => value + Number(norm));
    if (name === `transformer.h.${DEAD.layer}.attn.c_proj.weight`) data.fill(0, DEAD.head * 8 * 24, (DEAD.head + 1) * 8 * 24);
    return { name, shape: size, data };
  });
  return writeModel(config, tensors);
}
