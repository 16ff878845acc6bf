/** Parts of the model as documents name them. */
import type { EdgeWriter } from '../../../methods/circuits/graph';
import type { CircuitNode } from '../../../protocol/graphs/circuit';

/** As components are named. */
export function writerName(writer: EdgeWriter): string {
  switch (writer.kind) {
    case 'embed': return 'embed';
    case 'head': return `L${writer.layer}H${writer.head}`;
    case 'mlp': return `${writer.layer}_mlp_out`;
    case 'remainder': return `${writer.layer}_attn_rest`;
  }
}

export function nodeOf(writer: EdgeWriter): Pick<CircuitNode, 'kind' | 'layer' | 'index' | 'label'> {
  return {
    kind: writer.kind,
    layer: writer.kind === 'embed' ? null : writer.layer,
    index: writer.kind === 'head' ? writer.head : null,
    label: writerName(writer),
  };
}
