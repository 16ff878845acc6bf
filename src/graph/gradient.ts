/** Reverse-mode differentiation of traced graphs. It knows no op: each op carries its own rule. */
import { add } from './ops/elementwise';
import { zerosLike } from './ops/index-ops';
import { scalar } from './ops/source';
import { sameShape, shapeError, type Node, type Tensor } from './tensor';

/** The gradient of a float32 scalar with respect to each tensor in `wrt`, as graph tensors of the same shapes. */
export function grad(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (loss.shape.length !== 0 || loss.dtype !== 'float32') throw shapeError('grad', 'needs a float32 scalar', loss);
  return vjp([loss], [scalar(1)], wrt);
}

/**
 * Σᵢ cotangentsᵢ · ∂outputsᵢ/∂w for each w in `wrt` (which may be any tensors on the way, weights or inputs);
 * zeros where nothing depends on w.
 */
export function vjp(outputs: readonly Tensor[], cotangents: readonly Tensor[], wrt: readonly Tensor[]): Tensor[] {
  outputs.forEach((output, i) => {
    if (!sameShape(output.shape, cotangents[i].shape)) throw shapeError('vjp', 'the cotangent has another shape', output, cotangents[i]);
  });
  const nodes = nodesDependingOn(outputs, wrt);
  const flowing = new Map<Tensor, Tensor>();
  const accumulate = (tensor: Tensor, cotangent: Tensor) => {
    const before = flowing.get(tensor);
    flowing.set(tensor, before ? add(before, cotangent) : cotangent);
  };
  outputs.forEach((output, i) => accumulate(output, cotangents[i]));

  for (const node of [...nodes].sort((a, b) => b.order - a.order)) {
    const arriving = node.outputs.map((output) => flowing.get(output));
    if (arriving.every((cotangent) => cotangent === undefined)) continue;
    if (node.op.vjp === 'not differentiable') throw new Error(`${node.op.name}: not differentiable`);
    node.op.vjp(node, arriving).forEach((cotangent, i) => {
      const tensor = node.inputs[i];
      if (cotangent && tensor.dtype === 'float32' && (nodes.has(tensor.node) || wrt.includes(tensor))) accumulate(tensor, cotangent);
    });
  }
  return wrt.map((tensor) => flowing.get(tensor) ?? zerosLike(tensor));
}

/** The nodes between `wrt` and `outputs`: those through which a cotangent must pass. */
function nodesDependingOn(outputs: readonly Tensor[], wrt: readonly Tensor[]): Set<Node> {
  const targets = new Set(wrt);
  const depends = new Map<Node, boolean>();
  const stack = outputs.map((output) => output.node);
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    if (depends.has(node)) {
      stack.pop();
      continue;
    }
    const waiting = node.inputs.filter((tensor) => !depends.has(tensor.node));
    if (waiting.length > 0) {
      stack.push(...waiting.map((tensor) => tensor.node));
      continue;
    }
    depends.set(node, node.inputs.some((tensor) => targets.has(tensor) || depends.get(tensor.node)));
    stack.pop();
  }
  return new Set([...depends].filter(([, yes]) => yes).map(([node]) => node));
}
