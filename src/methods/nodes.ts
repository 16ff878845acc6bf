/**
 * Nodes: who writes to the residual stream, who reads it, and which of them reads what which writes. Paths go from writers to readers, and
 * so do the edges of a circuit (Syed et al. 2023, arXiv 2310.10348). Keys and values have the readers that the model has: one for each head
 * that has its own, however many heads of queries share them.
 */
import type { Architecture, ModelShape } from '../architectures';

/** What a head reads: queries, keys, values. */
export const INPUTS = ['q', 'k', 'v'] as const;

/** The embedding with the position's, one head, or an MLP. */
export type Writer =
  | { readonly kind: 'embed' }
  | { readonly kind: 'head'; readonly layer: number; readonly head: number }
  | { readonly kind: 'mlp'; readonly layer: number };

/** The queries of a head, the keys or values of a key-value head, an MLP, or the final norm before the logits. */
export type Reader =
  | { readonly kind: 'logits' }
  | { readonly kind: 'head'; readonly layer: number; readonly head: number; readonly input: (typeof INPUTS)[number] }
  | { readonly kind: 'mlp'; readonly layer: number };

/** All that write, in the order in which they do: 1 + layers · (heads + 1). */
export function writersOf({ layers, heads }: ModelShape): Writer[] {
  return [{ kind: 'embed' }, ...each(layers, (layer): Writer[] => [
    ...each(heads, (head): Writer[] => [{ kind: 'head', layer, head }]), { kind: 'mlp', layer },
  ])];
}

/** The queries, keys and values of a layer's heads. */
export function headReadersOf({ heads, keyValueHeads }: ModelShape, layer: number): Reader[] {
  return INPUTS.flatMap((input) => each(input === 'q' ? heads : keyValueHeads, (head): Reader[] => [{ kind: 'head', layer, head, input }]));
}

/** All that read, in the order in which they do: layers · (heads + 2 · key-value heads + 1) + 1. */
export function readersOf(shape: ModelShape): Reader[] {
  return [...each(shape.layers, (layer): Reader[] => [...headReadersOf(shape, layer), { kind: 'mlp', layer }]), { kind: 'logits' }];
}

/** Whether attention and MLP of a layer read the same stream, so that neither reads the other. */
export function isParallel({ sites }: Architecture): boolean {
  return !sites.includes('hook_resid_mid');
}

/** How much is written before a reader reads: all of the layers below one, and whether that layer's attention is, too. */
export function readUpTo(architecture: Architecture, reader: Reader): { readonly layer: number; readonly attention: boolean } {
  if (reader.kind === 'logits') return { layer: architecture.shape.layers, attention: false };
  return { layer: reader.layer, attention: reader.kind === 'mlp' && !isParallel(architecture) };
}

/** Whether a reader reads what a writer writes. */
export function reads(architecture: Architecture, reader: Reader, writer: Writer): boolean {
  if (writer.kind === 'embed') return true;
  const { layer, attention } = readUpTo(architecture, reader);
  return writer.layer < layer || (writer.layer === layer && writer.kind === 'head' && attention);
}

/** @throws a sentence where the model has no such reader */
export function checkReader({ layers, heads, keyValueHeads }: ModelShape, reader: Reader): void {
  if (reader.kind === 'logits') return;
  if (reader.layer >= layers) {
    throw new Error(`There is no layer ${reader.layer} to receive anything; the model has the layers 0 to ${layers - 1}.`);
  }
  if (reader.kind === 'mlp') return;
  const [count, what] = reader.input === 'q' ? [heads, 'heads'] : [keyValueHeads, 'heads of keys and values'];
  if (reader.head < count) return;
  const few = keyValueHeads < heads && reader.input !== 'q' ? `, each of which ${heads / keyValueHeads} heads share` : '';
  const name = `${reader.layer}.${reader.head}.${reader.input}`;
  throw new Error(`There is no ${name}; layers of this model have the ${what} 0 to ${count - 1}${few}.`);
}

/** @throws a sentence where the model has no such writer */
export function checkWriter({ layers, heads }: ModelShape, writer: Exclude<Writer, { kind: 'embed' }>): void {
  if (writer.layer >= layers) {
    throw new Error(`There is no layer ${writer.layer} to send anything; the model has the layers 0 to ${layers - 1}.`);
  }
  if (writer.kind === 'mlp' || writer.head < heads) return;
  throw new Error(`There is no head ${writer.layer}.${writer.head}; layers of this model have the heads 0 to ${heads - 1}.`);
}

function each<T>(count: number, of: (index: number) => readonly T[]): T[] {
  return Array.from({ length: count }, (_, index) => of(index)).flat();
}
