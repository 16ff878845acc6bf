/** Which of TransformerLens's weight processing an SAE was trained on, as SAELens's files tell. */
import path from 'node:path';
import { UNPROCESSED, type WeightProcessing } from '../../architectures';
import type { Fields } from './cfg-json';

const KEY = 'model_from_pretrained_kwargs';

/** Options of HookedTransformer.from_pretrained that change no activation; center_unembed moves all logits of a position alike. */
const HARMLESS = [
  'center_unembed', 'default_prepend_bos', 'default_padding_side', 'device', 'device_map', 'n_devices', 'move_to_device', 'dtype', 'torch_dtype',
  'revision', 'checkpoint_index', 'checkpoint_value', 'first_n_layers', 'trust_remote_code', 'cache_dir', 'local_files_only', 'token',
  'low_cpu_mem_usage', 'attn_implementation', 'n_ctx',
];

/**
 * Releases from before the key: SAELens's list of releases (pretrained_saes.yaml) says center_writing_weights for them, whatever is in
 * their files. By the names of their repositories on the Hub, and of the list.
 */
const CENTRED_RELEASES = [
  'GPT2-Small-SAEs-Reformatted', 'GPT2-Small-Feature-Splitting-Experiment-Layer-8', 'gpt2-small-mlp-out-saes',
  'gpt2-small-res-jb', 'gpt2-small-res_fs-jb', 'gpt2-small-mlp-tm',
];

/**
 * The options that SAELens gives to HookedTransformer.from_pretrained_no_processing, all off by default. Which release an SAE is of is told
 * by the name of a folder that it lies in, as in the Hub's cache.
 */
export function processingOf(file: string, metadata: Fields): WeightProcessing {
  const folders = path.dirname(file).split(path.sep).map((name) => name.split('--').at(-1)!);
  if (CENTRED_RELEASES.some((release) => folders.includes(release))) return { ...UNPROCESSED, centerWritingWeights: true };
  const options = metadata.nested(KEY);
  options.allow(['fold_ln', 'center_writing_weights', 'fold_value_biases', 'refactor_factored_attn_matrices'], HARMLESS);
  if (options.boolean('refactor_factored_attn_matrices', false)) options.refuse('refactor_factored_attn_matrices', 'is true, which is not supported');
  return {
    foldLn: options.boolean('fold_ln', false),
    centerWritingWeights: options.boolean('center_writing_weights', false),
    foldValueBiases: options.boolean('fold_value_biases', false),
  };
}
