/** What is asked about components: an answer's logits at a token, or what reads the stream there instead. */
import { latentReader, scopeOf, scoreReader, type Reader } from '../../../methods/components/component-readers';
import { writersAt } from '../../../methods/components/components';
import { readOut } from '../../../model';
import { parseReader } from '../../../protocol/analyses/components';
import type { Params, Part } from '../../../protocol/analyses';
import { parsePlace } from '../../../protocol/reading/place';
import { latentName } from '../../../vocabulary/latent-name';
import { blockSite, siteName } from '../../../vocabulary/sites';
import { positionAt } from '../../reading/places';
import type { Pair } from '../../twins/pair';
import { comparedAnswers } from '../compared-answers';
import { Unanswerable, type Asking, type Reading } from '../reading';

type Value = Part<'components'>;

/** One program's tokens, the one whose next token is asked about, and what is asked. */
export interface Asked {
  ids: number[];
  position: number;
  metric: Value['metric'] & { positiveToken: number };
  behind: number[];
}

/** What reads the stream in the place of a metric. */
export interface Read {
  ids: number[];
  position: number;
  metric: Value['metric'];
  kind: NonNullable<Value['reader']>['kind'];
  other: number | null;
  reader: Reader;
}

/** @throws a sentence where it is not there, or reads nothing there */
export async function readerOf(
  reading: Reading,
  { toward, position: at, other: beside }: Params<'components'>,
  { signal }: Asking,
): Promise<Read> {
  const { program, loaded: { model, tokenizer }, session } = reading;
  const { ids } = program;
  const position = positionAt(program, parsePlace(at));
  const given = parseReader(toward!)!;
  const words = (token: number) => `token ${token} (${JSON.stringify(tokenizer.tokenText(ids[token]))})`;
  const named = (name: string, description: string): Value['metric'] =>
    ({ description, positive: name, negative: null, positiveToken: null, negativeToken: null });
  if (given.kind === 'latent') {
    const name = latentName(given);
    const sae = (await session.saes()).find(({ site }) => siteName(site) === given.site);
    if (!sae) throw new Error(`There is no SAE of ${given.site} open, so ${name} is not known. Name its folder with --sae.`);
    if (scopeOf(sae.site) === null) throw new Error(`${given.site} is no sum of what heads and MLPs write, so nobody's part of ${name} can be told. Latents of the residual stream and of attention's output can.`);
    const [{ sites }] = await writersAt(model, ids, [position], { read: [sae.site], signal });
    const reader = await latentReader(model, sae, sites.get(given.site)!, given.latent);
    if (!reader) throw new Unanswerable(`${name} is not active at ${words(position)}, so it reads nothing there. latent-lens activations shows where it is.`);
    return { ids, position, kind: given.kind, other: null, reader, metric: named(name, `activation of ${name} at ${words(position)}`) };
  }
  const { layer, head, kind } = given;
  const { layers, heads } = model.shape;
  if (layer >= layers || head >= heads) throw new Error(`There is no head ${layer}.${head}; the model has the layers 0 to ${layers - 1} with the heads 0 to ${heads - 1}.`);
  const last = ids.length - 1;
  const chosenOther = beside === null ? null : positionAt(program, parsePlace(beside), 'the variant');
  const other = chosenOther ?? (kind === 'key' ? last : await mostRead(reading, layer, head, position, signal));
  const [query, key] = kind === 'query' ? [position, other] : [other, position];
  if (key > query) throw new Error(`${words(query)} stands before ${words(key)}, so it does not read it; a query reads its own token and earlier ones.`);
  const reader = await scoreReader(model, ids, { layer, head }, { query, key }, kind === 'query' ? 'q' : 'k', signal);
  const description = `score of head ${layer}.${head} from ${words(query)} to ${words(key)} (by what its ${kind} reads)`;
  return { ids, position, kind, other, reader, metric: named(`the ${kind} of head ${layer}.${head}`, description) };
}

/** The token that a head reads most from another. */
async function mostRead(
  { program: { ids }, loaded: { model } }: Reading,
  layer: number,
  head: number,
  query: number,
  signal?: AbortSignal,
): Promise<number> {
  const pattern = blockSite(layer, 'attn.hook_pattern');
  const { sites } = await model.run([ids.slice(0, query + 1)], { until: layer + 1, read: [pattern], signal });
  const size = query + 1;
  const row = sites.get(siteName(pattern))!.data.subarray((head * size + query) * size, (head * size + size) * size);
  return row.indexOf(Math.max(...row));
}

/** The metric: two answers, two tokens that may come next, or one token. @throws a sentence where it is none */
export async function askedOf(
  reading: Reading,
  params: Pick<Params<'components'>, 'position' | 'token' | 'answers'>,
  pair: Pair | null,
  context: Asking & { topK: number },
): Promise<Asked> {
  const { program, loaded: { model, tokenizer } } = reading;
  const at = parsePlace(params.position);
  const place = positionAt(program, at);
  const last = place === program.ids.length - 1;
  const quoted = (...tokens: number[]) => JSON.stringify(tokens.map((id) => tokenizer.tokenText(id)).join(''));
  const where = last ? 'at the last token' : `at token ${place} (${quoted(program.ids[place])})`;
  const of = (positive: string, negative: string | null, positiveToken: number, negativeToken: number | null, words = where) => {
    const subtracted = negativeToken === null ? '' : ` − logit[${quoted(negativeToken)}]`;
    return { positive, negative, positiveToken, negativeToken, description: `logit[${quoted(positiveToken)}]${subtracted} ${words}` };
  };
  const here = { ids: program.ids, position: place, behind: [] };
  if (params.token !== null) {
    const token = tokenizer.idOf(params.token) ?? onlyToken(tokenizer.encodeIds(params.token), params.token);
    if (token >= model.shape.vocabulary) throw new Error(`The model has no logit for the token ${JSON.stringify(params.token)}.`);
    return { ...here, metric: of(tokenizer.tokenText(token), null, token, null) };
  }
  if (!last && params.answers === null) {
    const run = await model.run([program.ids.slice(0, place + 1)], { signal: context.signal });
    const [{ top: [first, second] }] = await readOut(model, run.resid, [place], { topK: 2 });
    return { ...here, metric: of(tokenizer.tokenText(first.id), tokenizer.tokenText(second.id), first.id, second.id) };
  }
  const compared = pair?.metric ?? (await comparedAnswers(reading, params.answers, context));
  const { positive, negative, positiveToken, negativeToken, shared } = compared;
  if (shared.length === 0) return { ...here, metric: of(positive, negative, positiveToken, negativeToken) };
  if (!last) throw new Error(`Both answers begin with ${quoted(...shared)}, so they part behind the prompt only: ask about the last token, or about one token's logit.`);
  const words = `behind ${quoted(...shared)}, with which both answers begin`;
  const ids = [...program.ids, ...shared];
  return { ids, position: ids.length - 1, behind: shared, metric: of(positive, negative, positiveToken, negativeToken, words) };

  function onlyToken(tokens: readonly number[], given: string): number {
    if (tokens.length === 1) return tokens[0];
    throw new Error(`${JSON.stringify(given)} is ${tokens.length} tokens (${tokens.map((id) => quoted(id)).join(', ')}); give one token, with the space before it if it has one.`);
  }
}
