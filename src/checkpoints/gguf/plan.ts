/** What each tensor of a GGUF file becomes in model.safetensors. */
import { CheckpointError } from '../checkpoint-error';
import type { FloatDtype } from '../dtype';
import type { Change, Config, Family } from './families';
import type { GgufHeader, GgufTensor } from './header';
import { isQuantized } from './tensor-types';

export interface PlannedTensor {
  source: GgufTensor;
  /** transformers' name. */
  name: string;
  shape: readonly number[];
  /** F32 for what is quantised, otherwise as it is stored. */
  dtype: FloatDtype;
  change?: Change;
}

/** The tensors to write: fp32 first, so that all lie at multiples of their size. Refuses a name that the family does not have. */
export function planTensors(header: GgufHeader, family: Family, config: Config): PlannedTensor[] {
  const layers = (config['num_hidden_layers'] ?? config['n_layer']) as number;
  const plan: PlannedTensor[] = [];
  for (const source of header.tensors.values()) {
    if (family.inConfig?.includes(source.name)) continue;
    const split = /^(?:blk\.(\d{1,6})\.)?(\w+)\.(weight|bias)$/.exec(source.name);
    const [, layer, stem, kind] = split ?? [];
    const names = layer === undefined ? family.names.model : family.names.layer;
    if (stem === undefined || !Object.hasOwn(names, stem) || (layer !== undefined && Number(layer) >= layers)) {
      throw new CheckpointError(header.file, `is not one of a ${String(config['model_type'])} model of ${layers} layers.`, source.name);
    }
    const prefix = layer === undefined ? '' : `${family.names.layers}${Number(layer)}.`;
    const change = layer === undefined ? family.change?.(source.name, config) : family.change?.(`${stem}.${kind}`, config);
    plan.push(planned(header.file, source, `${prefix}${names[stem]}.${kind}`, change));
  }
  return plan.sort((a, b) => Number(b.dtype === 'F32') - Number(a.dtype === 'F32'));
}

function planned(file: string, source: GgufTensor, name: string, change: Change | undefined): PlannedTensor {
  const stored = isQuantized(source.type) || change?.kind === 'plus-one' ? 'F32' : source.type;
  const dtype = stored as FloatDtype;
  if (change?.kind === 'transposed') {
    if (source.shape.length !== 2) throw new CheckpointError(file, 'is not a matrix, though its model has one there.', source.name);
    return { source, name, shape: [...source.shape].reverse(), dtype, change };
  }
  if (change?.kind === 'rows') checkPermutation(file, source, change.from);
  return { source, name, shape: source.shape, dtype, change };
}

/** A file whose rows do not fit its heads would be read outside of the tensor. */
function checkPermutation(file: string, source: GgufTensor, from: (row: number) => number): void {
  const rows = source.shape[0]!;
  const seen = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = from(row);
    if (!(at >= 0 && at < rows) || seen[at]++) throw new CheckpointError(file, `has ${rows} rows, which are not whole heads.`, source.name);
  }
}
