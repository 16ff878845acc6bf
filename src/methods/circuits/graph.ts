/** The graph of a model's parts: who writes to the residual stream, and who reads of it what was written before. */
import type { Model } from '../../model';
import * as nodes from '../nodes';

export { INPUTS } from '../nodes';

/** What a norm behind the heads of a layer leaves when it is straightened; 0 without one, but for rounding. */
export type EdgeWriter = nodes.Writer | { readonly kind: 'remainder'; readonly layer: number };
export type EdgeReader = nodes.Reader;

/** In the order in which they write. */
export function writersOf({ shape: { layers, heads } }: Model): EdgeWriter[] {
  return [{ kind: 'embed' }, ...Array.from({ length: layers }, (_, layer): EdgeWriter[] => [
    ...Array.from({ length: heads }, (_, head): EdgeWriter => ({ kind: 'head', layer, head })), { kind: 'remainder', layer }, { kind: 'mlp', layer },
  ]).flat()];
}

/** In the order in which they read. */
export function readersOf({ shape }: Model): EdgeReader[] {
  return nodes.readersOf(shape);
}

export function headReaders({ shape }: Model, layer: number): EdgeReader[] {
  return nodes.headReadersOf(shape, layer);
}

export function isParallel({ architecture }: Model): boolean {
  return nodes.isParallel(architecture);
}

/** As path patching names readers: `5.3.k`, `3.mlp`, `logits`. */
export function readerName(reader: EdgeReader): string {
  if (reader.kind === 'logits') return reader.kind;
  return reader.kind === 'mlp' ? `${reader.layer}.mlp` : `${reader.layer}.${reader.head}.${reader.input}`;
}

/** How many writers lie before the attention of a layer. */
export function writersBefore({ shape: { heads } }: Model, layer: number): number {
  return 1 + layer * (heads + 2);
}

/** How many of the writers a reader reads: the first so many. */
export function writersRead(model: Model, reader: EdgeReader): number {
  if (reader.kind === 'logits') return writersBefore(model, model.shape.layers);
  return writersBefore(model, reader.layer) + (reader.kind === 'mlp' && !isParallel(model) ? model.shape.heads + 1 : 0);
}

/** Whether heads leave a remainder: not without a norm behind them. */
export function hasRemainder({ architecture }: Model): boolean {
  return architecture.normBehindHeads;
}
