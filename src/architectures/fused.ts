/** Queries, keys and values out of one product, in the orders that several families have. */
import { reshape, slice, type Tensor } from '../graph';
import type { ModelShape } from './architecture';
import type { Projected } from './decoder';

type Heads = Pick<ModelShape, 'heads' | 'keyValueHeads' | 'headSize'>;

/** Columns `from` to `to` of x [b, t, columns] as heads, [b, t, (to - from) / size, size]. */
function headsAt(x: Tensor, from: number, to: number, size: number): Tensor {
  return reshape(slice(x, 2, from, to), [x.shape[0], x.shape[1], (to - from) / size, size]);
}

/** All queries, then all keys, then all values. */
export function oneAfterAnother({ heads, keyValueHeads, headSize }: Heads): (product: Tensor) => Projected {
  const [keys, values, end] = [heads, heads + keyValueHeads, heads + 2 * keyValueHeads].map((count) => count * headSize);
  return (product) => ({
    q: headsAt(product, 0, keys, headSize),
    k: headsAt(product, keys, values, headSize),
    v: headsAt(product, values, end, headSize),
  });
}

/** Query, key and value of the first head, then those of the second, and so on. */
export function headByHead({ heads, headSize }: Heads): (product: Tensor) => Projected {
  return (product) => {
    const [b, t] = product.shape;
    const each = reshape(product, [b, t, heads, 3 * headSize]);
    const [q, k, v] = [0, 1, 2].map((i) => slice(each, 3, i * headSize, (i + 1) * headSize));
    return { q, k, v };
  };
}
