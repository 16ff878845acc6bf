/** Reading a file of facts about latents without trust: what it holds is checked before it is used. */
import { parseJson } from '../../checkpoints/strict-json';
import { CheckpointError } from '../../checkpoints/checkpoint-error';
import { readInts, readSafetensorsHeader, readTensor, type StoredTensor } from '../../checkpoints/safetensors';
import { CONTEXTS, FACT_TENSORS, FACTS_FORMAT, FACTS_FORMAT_1, RULE_FEATURES, RULE_SCORES, type FactsQuestion, type FactTensor, type SaeFacts } from './facts';

/** As in a template; longer ones are no question. */
const MAX_TEXT = 10_000;
const MAX_ANSWERS = 200;

interface Place {
  prompt: number;
  position: number;
}

/** A collection's facts: the prompts are in memory, a site's tensors are read when they are first asked for. */
export class FactsFile {
  private readonly reading = new Map<string, Promise<SaeFacts>>();

  private constructor(
    readonly file: string,
    readonly modelSha256: string,
    readonly question: FactsQuestion,
    /** Tokens that were counted. */
    readonly tokens: number,
    private readonly ids: Int32Array,
    private readonly starts: Int32Array,
    private readonly promptAnswers: Int32Array,
    private readonly vocabulary: number,
    /** SHA-256 of the weights of the SAE that each site's facts are about. */
    readonly saes: ReadonlyMap<string, string>,
    /** The names of the rules' features, `aspect=words`; none in a file of the first version. */
    readonly features: readonly string[],
    private readonly tensors: ReadonlyMap<string, StoredTensor>,
  ) {}

  /**
   * @param vocabulary tokens that the model knows
   * @throws CheckpointError naming the file, and the tensor or field, when something is missing, damaged or out of range
   */
  static async open(file: string, vocabulary: number): Promise<FactsFile> {
    const { tensors, metadata } = await readSafetensorsHeader(file);
    const field = (name: string): string => {
      if (!Object.hasOwn(metadata, name)) throw new CheckpointError(file, `has no field "${name}" in its metadata; make it again with saes describe.`);
      return metadata[name];
    };
    const format = field('format');
    if (format !== FACTS_FORMAT && format !== FACTS_FORMAT_1) throw new CheckpointError(file, 'is of another version; make it again with saes describe.');
    const tokens = Number(field('tokens'));
    if (!Number.isSafeInteger(tokens) || tokens < 1) throw new CheckpointError(file, 'does not say how many tokens were read; make it again with saes describe.');
    const question = {
      template: text(file, field('template')), prefix: text(file, field('prefix')), suffix: text(file, field('suffix')),
      answers: answersOf(file, field('answers')),
    };
    const vector = async (name: string): Promise<Int32Array> => {
      const tensor = required(file, tensors, name);
      if (tensor.shape.length !== 1) throw new CheckpointError(file, `has the shape [${tensor.shape.join(', ')}] instead of one size.`, name);
      return readInts(tensor);
    };
    const [ids, starts, answers] = [await vector('prompts'), await vector('prompt_starts'), await vector('prompt_answers')];
    inRange(file, 'prompts', ids, 0, vocabulary - 1);
    const ascending = starts.every((start, i) => (i === 0 ? start === 0 : start > starts[i - 1])) && starts.at(-1) === ids.length;
    if (!ascending) throw new CheckpointError(file, 'does not divide the tokens into prompts.', 'prompt_starts');
    if (answers.length !== starts.length - 1) throw new CheckpointError(file, `has ${answers.length} numbers for ${starts.length - 1} prompts.`, 'prompt_answers');
    inRange(file, 'prompt_answers', answers, 0, Math.max(0, question.answers.length - 1));
    const saes = new Map(Object.entries(metadata).flatMap(([name, value]) => (name.startsWith('sae ') ? [[name.slice(4), value]] : [])));
    const features = format === FACTS_FORMAT ? featuresOf(file, field('features')) : [];
    return new FactsFile(file, field('model_sha256'), question, tokens, ids, starts, answers, vocabulary, saes, features, tensors);
  }

  get prompts(): number {
    return this.starts.length - 1;
  }

  /** The token ids of a prompt. */
  prompt(index: number): number[] {
    return [...this.ids.subarray(this.starts[index], this.starts[index + 1])];
  }

  /** What the model answered to a prompt; null when the question has no answers. */
  answerTo(prompt: number): FactsQuestion['answers'][number] | null {
    return this.question.answers[this.promptAnswers[prompt]] ?? null;
  }

  /** The places where a latent is most active, the most active first. */
  contexts({ contexts: { tokens, activations } }: SaeFacts, latent: number): (Place & { activation: number })[] {
    const found = [];
    for (let i = latent * CONTEXTS; i < (latent + 1) * CONTEXTS && tokens[i] >= 0; i++) {
      found.push({ ...this.placeOf(tokens[i]), activation: activations[i] });
    }
    return found;
  }

  /** How many latents a site's facts are about. */
  latents(site: string): number {
    return required(this.file, this.tensors, `${site}/density`).shape[0] ?? 0;
  }

  /** The facts of a site's SAE, which has `dSae` latents. */
  facts(site: string, dSae: number): Promise<SaeFacts> {
    let facts = this.reading.get(site);
    if (!facts) {
      facts = this.read(site, dSae);
      this.reading.set(site, facts);
      facts.catch(() => this.reading.delete(site));
    }
    return facts;
  }

  /** The features that say where a latent is active, and how well they do, as the harmonic mean of precision and recall; null for none. */
  rule({ rules }: SaeFacts, latent: number): { features: string[]; score: number } | null {
    if (!rules) return null;
    const own = [...rules.features.subarray(latent * RULE_FEATURES, (latent + 1) * RULE_FEATURES)].filter((feature) => feature >= 0);
    return own.length === 0 ? null : { features: own.map((feature) => this.features[feature]), score: rules.scores[latent * RULE_SCORES] };
  }

  private placeOf(token: number): Place {
    let low = 0;
    let high = this.prompts - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= token) low = middle;
      else high = middle - 1;
    }
    return { prompt: low, position: token - this.starts[low] };
  }

  private async read(site: string, dSae: number): Promise<SaeFacts> {
    const { file, tensors } = this;
    const stored = (name: FactTensor): StoredTensor => {
      const tensor = required(file, tensors, `${site}/${name}`);
      const { size } = FACT_TENSORS[name];
      const shape = size === 0 ? [dSae] : [dSae, size];
      if (tensor.shape.join() === shape.join()) return tensor;
      throw new CheckpointError(file, `has the shape [${tensor.shape.join(', ')}] instead of [${shape.join(', ')}].`, tensor.name);
    };
    const ints = async (name: FactTensor, least: number, most: number) => inRange(file, `${site}/${name}`, await readInts(stored(name)), least, most);
    const floats = async (name: FactTensor, least: number, most: number) => inRange(file, `${site}/${name}`, await readTensor(stored(name)), least, most);
    const finite = Number.MAX_VALUE;
    const maximum = await floats('maximum', 0, finite);
    const shares = await floats('context_activation', 0, 1);
    const effects = async (ids: 'promoted' | 'suppressed') => {
      if (!tensors.has(`${site}/${ids}`)) return null;
      return { ids: await ints(ids, -1, this.vocabulary - 1), logits: await floats(`${ids}_logits`, -finite, finite) };
    };
    return {
      dSae,
      density: await floats('density', 0, 1),
      maximum,
      histogram: await ints('histogram', 0, 2 ** 31 - 1),
      contexts: {
        tokens: await ints('context_token', -1, this.ids.length - 1),
        activations: shares.map((share, i) => share * maximum[Math.floor(i / CONTEXTS)]),
      },
      promoted: await effects('promoted'),
      suppressed: await effects('suppressed'),
      rules: tensors.has(`${site}/rule`)
        ? { features: await ints('rule', -1, this.features.length - 1), scores: await floats('rule_score', 0, 1) }
        : null,
      nearest: { latents: await ints('nearest', -1, dSae - 1), cosines: await floats('nearest_cosine', -1.01, 1.01) }, // rounded
    };
  }
}

function required(file: string, tensors: ReadonlyMap<string, StoredTensor>, name: string): StoredTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new CheckpointError(file, 'is missing; make the file again with saes describe.', name);
  return tensor;
}

function inRange<T extends Float32Array | Int32Array>(file: string, name: string, values: T, least: number, most: number): T {
  for (const value of values) {
    if (!(value >= least && value <= most)) throw new CheckpointError(file, `holds ${value}, which cannot be; make the file again with saes describe.`, name);
  }
  return values;
}

function text(file: string, value: unknown): string {
  if (typeof value === 'string' && value.length <= MAX_TEXT) return value;
  throw new CheckpointError(file, `has a question or answer that is not a text of at most ${MAX_TEXT} characters.`);
}

const MAX_FEATURES = 65_536;

function featuresOf(file: string, json: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = undefined;
  }
  const fine = Array.isArray(value) && value.length <= MAX_FEATURES && value.every((name) => typeof name === 'string' && name.length <= 200 && name.includes('='));
  if (!fine) throw new CheckpointError(file, `does not list the features of rules (at most ${MAX_FEATURES}) in its metadata; make it again with saes describe.`);
  return value as string[];
}

function answersOf(file: string, json: string): FactsQuestion['answers'] {
  let value: unknown;
  try {
    value = parseJson(json);
  } catch {
    value = undefined;
  }
  if (!Array.isArray(value) || value.length > MAX_ANSWERS) throw new CheckpointError(file, `does not list the answers (at most ${MAX_ANSWERS}) in its metadata.`);
  return value.map((answer: unknown) => {
    const { label, text: written } = (answer ?? {}) as Record<string, unknown>;
    return { label: text(file, label), text: text(file, written) };
  });
}
