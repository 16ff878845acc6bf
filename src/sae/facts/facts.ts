/** Facts about an SAE's latents, and the file that a collection of SAEs keeps them in. */
import path from 'node:path';
import { CheckpointError } from '../../checkpoints/checkpoint-error';
import { writeSafetensors, type NamedArray, type NamedInts } from '../../checkpoints/write-safetensors';

/** Beside the SAEs' folders, or in the folder of one. */
export const FACTS_FILE = 'latents.safetensors';
export const FACTS_FORMAT = 'latent-lens/latent-facts 2';
/** The version without rules, which is read too. */
export const FACTS_FORMAT_1 = 'latent-lens/latent-facts 1';
/** Steps of a histogram, from 0 to a latent's largest activation. */
export const HISTOGRAM_STEPS = 12;
/** Places listed for a latent, tokens that it promotes or suppresses, and latents near to it. */
export const CONTEXTS = 6;
export const EFFECTS = 6;
export const NEAREST = 4;
/** Features of a rule at most, and what is known about how well it tells: harmonic mean, precision, recall, and what chance would give. */
export const RULE_FEATURES = 3;
export const RULE_SCORES = 4;

export interface SaeFacts {
  readonly dSae: number;
  /** The share of the rows (tokens; times heads where the SAE reads each alone) at which each latent is active, [dSae]. */
  readonly density: Float32Array;
  /** Its largest activation, [dSae]; 0 where it never is active. */
  readonly maximum: Float32Array;
  /** How often its activation lies in each step from 0 to its maximum, [dSae, HISTOGRAM_STEPS]. */
  readonly histogram: Int32Array;
  /** Where it is most active, the most active first, [dSae, CONTEXTS]: indices into all prompts' tokens, -1 for none. */
  readonly contexts: { readonly tokens: Int32Array; readonly activations: Float32Array };
  /** Tokens whose logits it raises and lowers most, [dSae, EFFECTS], -1 for none; null where it writes to no residual stream. */
  readonly promoted: LogitEffects | null;
  readonly suppressed: LogitEffects | null;
  /** Latents whose decoder directions are most like its own, with the cosines, [dSae, NEAREST], -1 for none. */
  readonly nearest: { readonly latents: Int32Array; readonly cosines: Float32Array };
  /** Which tokens it is active at, as far as few features can say; null in files of the first version. */
  readonly rules: SaeRules | null;
}

/** For each latent the features of a rule, -1 for none, [dSae, RULE_FEATURES], and its scores, [dSae, RULE_SCORES]. */
export interface SaeRules {
  readonly features: Int32Array;
  readonly scores: Float32Array;
}

/** Logits are per unit of activation, as `tokenEffects` defines them. */
export interface LogitEffects {
  readonly ids: Int32Array;
  readonly logits: Float32Array;
}

/** The question that was asked after each program. */
export interface FactsQuestion {
  readonly template: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly answers: readonly { readonly label: string; readonly text: string }[];
}

/** What the facts of a collection were found on. */
export interface FactsSource {
  readonly modelSha256: string;
  readonly question: FactsQuestion;
  /** Tokens that were counted. */
  readonly tokens: number;
  /** Token ids of each prompt, and the answer that the model gave as an index into the question's. */
  readonly prompts: readonly (readonly number[])[];
  readonly answers: Int32Array;
  /** The names of the rules' features; empty where there are no rules. */
  readonly features: readonly string[];
}

/** Tensors of a site in the file: name, numbers a latent (0 for a vector), and whether they are whole. */
export const FACT_TENSORS = {
  density: { size: 0, whole: false }, maximum: { size: 0, whole: false }, histogram: { size: HISTOGRAM_STEPS, whole: true },
  context_token: { size: CONTEXTS, whole: true }, context_activation: { size: CONTEXTS, whole: false },
  promoted: { size: EFFECTS, whole: true }, promoted_logits: { size: EFFECTS, whole: false },
  suppressed: { size: EFFECTS, whole: true }, suppressed_logits: { size: EFFECTS, whole: false },
  nearest: { size: NEAREST, whole: true }, nearest_cosine: { size: NEAREST, whole: false },
  rule: { size: RULE_FEATURES, whole: true }, rule_score: { size: RULE_SCORES, whole: false },
} as const;
export type FactTensor = keyof typeof FACT_TENSORS;

/** Halves reach to 65,504. */
const LARGEST_HALF = 65_504;

/**
 * Writes the facts of a collection: the prompts' tokens once, and for each site its tensors. Context activations are stored as shares of
 * the latent's maximum.
 * @param sites each with the SHA-256 of its SAE's weights, by which a reader knows that the facts are of the same SAE
 */
export async function writeFacts(
  folder: string,
  source: FactsSource,
  sites: readonly { readonly site: string; readonly sha256: string; readonly facts: SaeFacts }[],
): Promise<string> {
  const file = path.join(folder, FACTS_FILE);
  const { prompts, question } = source;
  const total = prompts.reduce((sum, prompt) => sum + prompt.length, 0);
  if (total >= 2 ** 31) throw new CheckpointError(file, `would hold ${total} tokens; collect facts from fewer programs.`);
  const ints: NamedInts[] = [
    { name: 'prompts', shape: [total], data: Int32Array.from(prompts.flat()) },
    { name: 'prompt_starts', shape: [prompts.length + 1], data: startsOf(prompts) },
    { name: 'prompt_answers', shape: [prompts.length], data: source.answers },
  ];
  const numbers: NamedArray[] = [];
  const metadata: Record<string, string> = {
    format: FACTS_FORMAT, model_sha256: source.modelSha256, tokens: String(source.tokens),
    template: question.template, prefix: question.prefix, suffix: question.suffix, answers: JSON.stringify(question.answers),
    features: JSON.stringify(source.features),
  };
  for (const { site, sha256, facts } of sites) {
    metadata[`sae ${site}`] = sha256;
    for (const [name, data] of Object.entries(tensorsOf(facts))) {
      const { size } = FACT_TENSORS[name as FactTensor];
      const shape = size === 0 ? [facts.dSae] : [facts.dSae, size];
      if (data instanceof Int32Array) ints.push({ name: `${site}/${name}`, shape, data });
      else {
        const full = size === 0 || data.some((value) => Math.abs(value) > LARGEST_HALF);
        numbers.push({ name: `${site}/${name}`, shape, data, dtype: full ? 'F32' : 'F16' });
      }
    }
  }
  const floats = [...numbers].sort((a, b) => Number(a.dtype === 'F16') - Number(b.dtype === 'F16')); // aligned to their size
  await writeSafetensors(file, [...ints, ...floats], { metadata });
  return file;
}

function startsOf(prompts: FactsSource['prompts']): Int32Array {
  const starts = new Int32Array(prompts.length + 1);
  prompts.forEach((prompt, i) => (starts[i + 1] = starts[i] + prompt.length));
  return starts;
}

function tensorsOf(facts: SaeFacts): Partial<Record<FactTensor, Float32Array | Int32Array>> {
  const { density, maximum, histogram, contexts, promoted, suppressed, nearest, rules } = facts;
  const shares = contexts.activations.map((activation, i) => activation / (maximum[Math.floor(i / CONTEXTS)] || 1));
  return {
    density, maximum, histogram, context_token: contexts.tokens, context_activation: shares,
    ...(promoted && { promoted: promoted.ids, promoted_logits: promoted.logits }),
    ...(suppressed && { suppressed: suppressed.ids, suppressed_logits: suppressed.logits }),
    nearest: nearest.latents, nearest_cosine: nearest.cosines,
    ...(rules && { rule: rules.features, rule_score: rules.scores }),
  };
}
