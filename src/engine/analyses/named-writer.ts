/** A part of the model that a request names, checked against the model. */
import type { ModelShape } from '../../architectures';
import { checkWriter } from '../../methods/nodes';
import type { NamedWriter } from '../../protocol/reading/nodes';

/** @throws a sentence where the model has no such layer or head; a layer's attention is there where its first head is */
export function checkNamed(shape: ModelShape, node: NamedWriter): void {
  if (node.kind !== 'embed') checkWriter(shape, node.kind === 'attention' ? { ...node, kind: 'head', head: 0 } : node);
}
