/** Who writes the answer: a program's components, beside those of its near twin where there is one to compare with. */
import { latentReader, scopeOf, scoreReader, type Reader, type Scope } from '../../methods/component-readers';
import { cumulative, directComponents, sourceComponents, termsAlong, writersAt, type Terms } from '../../methods/components';
import { logitDifference, readOut, type LogitMetric } from '../../model';
import { parseHead, parseReader, type Component } from '../../protocol/analyses/components';
import type { Params, Part } from '../../protocol/analyses';
import { parsePlace } from '../../protocol/place';
import { latentName } from '../../vocabulary/latent-name';
import { blockSite, siteName } from '../../vocabulary/sites';
import { positionAt } from '../reading/places';
import { rounded } from '../session/rounded';
import type { Pair } from '../twins/pair';
import { comparedAnswers } from './compared-answers';
import { divide, dividing, loadingsOf, sitesOf, withinScope, type Division, type Named } from './component-division';
import { componentFindings } from './component-findings';
import { Unanswerable, type Asking, type Reading } from './reading';
import type { Run, RunContext } from './run';

type Value = Part<'components'>;

/** One program's tokens, the one whose next token is asked about, and what is asked. */
interface Asked {
  ids: number[];
  position: number;
  metric: Value['metric'] & { positiveToken: number };
  behind: number[];
}

/** What was found of one program. */
interface Divided {
  terms: Terms;
  named: Named[];
  /** What of the sum is there before anything is written, besides what the terms say. */
  constant: number;
  /** What the model says, and what it is of the sum where logits have a soft cap. */
  difference: number;
  capFactor: number | null;
}

export const components: Run<'components'> = {
  run: async (reading, params, context) => {
    const { model, tokenizer } = reading.loaded;
    const { signal } = context;
    const problems: string[] = [];
    const divides = params.by === 'latent' || params.by === 'stream';
    const needed = divides || (params.toward !== null && parseReader(params.toward)!.kind === 'latent');
    const saes = needed ? await reading.session.saes() : [];
    const read = params.toward === null ? null : await readerOf(reading, params, context);
    const pair = read || context.against === undefined ? null : await reading.pair(context.against, params.answers, context.topK, context);
    const asked = read ? { ...read, behind: [] } : await askedOf(reading, params, pair, context);
    const { metric, behind, ids, position } = asked;
    const scope = read?.reader.scope ?? null;
    const division: Division = { by: params.by, saes: dividing(saes, params.by, scope, params.layer), scope };
    problems.push(...undivided(params, saes.length, division.saes));

    const own = read ? await ofReader(reading, read, division, context) : await ofMetric(reading, asked as Asked, division, context);
    const other = pair && variantOf(reading, asked as Asked, pair);
    if (pair && !other) problems.push('The variant has no token beside this one, so it is not compared.');
    const against = other && (await ofMetric(reading, { ...(asked as Asked), ...other }, division, context));

    const heads = headsOf(params, own, scope);
    const layerCount = scope === null ? model.shape.layers : scope.below + (scope.attention ? 1 : 0);
    if (params.across !== null && (params.across >= layerCount || (scope?.alone && params.across !== scope.below))) {
      const inside = scope?.alone ? `It reads the attention of layer ${scope.below} alone.` : `Give --across a layer from 0 to ${layerCount - 1}.`;
      throw new Error(`Attention of layer ${params.across} carries nothing to what reads. ${layerCount === 0 ? 'It reads embeddings.' : inside}`);
    }
    const asides = params.across === null ? [] : [params.across];
    const layers = [...new Set([...heads.map(({ layer }) => layer), ...asides])].sort((a, b) => a - b);
    const through = await sourceComponents(model, ids, position, own.terms, layers, {
      signal,
      onProgress: (done, total) => context.onProgress?.('Reading attention', done, total),
    });
    const rowsOf = (layer: number) => through[layers.indexOf(layer)];
    const value: Value = {
      position,
      metric,
      reader: read && { kind: read.kind, name: read.metric.positive, other: read.other },
      ...sums(own),
      components: chosen(own.named, against?.named, params),
      behind: behind.map((id) => ({ id, text: tokenizer.tokenText(id) })),
      sources: { heads, values: heads.map(({ layer, head }) => rowsOf(layer)[head].map(rounded)) },
      loadings: null,
      variant: against && { position: other!.position, ...sums(against) },
    };
    if (params.across !== null) {
      const from = params.source === null ? most(rowsOf(params.across)) : positionAt(reading.program, parsePlace(params.source));
      if (from > position) throw new Error('What is written behind the token that reads cannot reach it; give --source a token up to there.');
      const where = { layer: params.across, from, to: position };
      const { rows, ...found } = await loadingsOf(model, ids, where, own.terms, saes, params, signal);
      value.loadings = { ...found, rows: rows.map((row) => ({ ...row, heads: row.heads.map(rounded), bypass: rounded(row.bypass) })) };
    }
    await describe(reading, [...value.components, ...(value.loadings?.rows ?? [])]);
    return { value, findings: componentFindings(value, reading.program), problems };
  },
};

/** What of SAEs divides nothing, and why. */
function undivided({ by, layer }: Params<'components'>, open: number, used: Division['saes']): string[] {
  if (by === 'stream' && used.length === 0) {
    throw new Unanswerable(`${open === 0 ? 'No SAEs are open' : `None of the SAEs that are open reads the residual stream${layer === null ? '' : ` in layer ${layer}`} below what reads`}, so its latents cannot be told apart. Name a folder that has one with --sae.`);
  }
  if (by !== 'latent' || used.length === open) return [];
  return [
    'SAEs of the residual stream read what all components before them wrote together, so they divide none of these: --by stream puts the latents of one in their place. ' +
      'Of several SAEs of one attention, that of its output does.',
  ];
}

/** The token through which a layer's heads write most. */
function most(rows: readonly (readonly number[])[]): number {
  const sizes = rows[0].map((_, at) => rows.reduce((sum, row) => sum + Math.abs(row[at]), 0));
  return sizes.indexOf(Math.max(...sizes));
}

/** What reads the stream in the place of a metric. */
interface Read {
  ids: number[];
  position: number;
  metric: Value['metric'];
  kind: NonNullable<Value['reader']>['kind'];
  other: number | null;
  reader: Reader;
}

/** @throws a sentence where it is not there, or reads nothing there */
async function readerOf(
  reading: Reading,
  { toward, position: at, other: beside }: Params<'components'>,
  { signal }: RunContext<'components'>,
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
  const chosenOther = beside === null ? null : positionAt(program, parsePlace(beside));
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

/** The variant's tokens, and the one beside the one that is asked about; null where it has none. */
function variantOf({ program }: Reading, { position, behind }: Asked, { variant }: Pair): Pick<Asked, 'ids' | 'position'> | null {
  const ids = [...variant.program.ids, ...behind];
  if (position >= program.ids.length - 1) return { ids, position: ids.length - 1 };
  const beside = variant.alignment.columns.find(({ original }) => original === position)?.variant ?? null;
  return beside === null ? null : { ids, position: beside };
}

async function ofMetric(
  { loaded: { model } }: Reading,
  { ids, position, metric: { positiveToken, negativeToken } }: Asked,
  division: Division,
  { signal }: RunContext<'components'>,
): Promise<Divided> {
  const one: LogitMetric = [{ token: positiveToken, coefficient: 1 }];
  const metric = negativeToken === null ? one : logitDifference(positiveToken, negativeToken);
  const { components: terms, writers } = await directComponents(model, ids, position, metric, { read: sitesOf(model, division), signal });
  const capFactor = terms.metric === terms.uncapped ? null : rounded(terms.metric / terms.uncapped);
  return { terms, named: await divide(model, writers, terms, division), constant: 0, difference: terms.metric, capFactor };
}

async function ofReader(
  { loaded: { model } }: Reading,
  { ids, position, reader: { direction, value, bias, scope } }: Read,
  division: Division,
  { signal }: RunContext<'components'>,
): Promise<Divided> {
  const [writers] = await writersAt(model, ids, [position], { read: sitesOf(model, division), signal });
  const terms = withinScope(await termsAlong(model, writers, direction), scope);
  const named = await divide(model, writers, terms, division);
  named.push({ name: 'reader_bias', kind: 'bias', layer: null, head: null, value: bias });
  return { terms, named, constant: bias, difference: value, capFactor: null };
}

function sums({ terms, named, constant, difference, capFactor }: Divided) {
  return {
    difference: rounded(difference),
    sum: rounded(named.reduce((sum, { value }) => sum + value, 0)),
    capFactor,
    heads: terms.heads.map((row) => row.map(rounded)),
    mlps: terms.mlps.map(rounded),
    cumulative: cumulative(terms).map((value) => rounded(value + constant)),
  };
}

/** Of neurons and latents those of the largest components, in either program, and the rest of each layer or site in one. */
function chosen(own: readonly Named[], other: readonly Named[] | undefined, { top }: Params<'components'>): Component[] {
  const beside = new Map((other ?? []).map((one) => [one.name, one]));
  const names = new Map([...own, ...(other ?? [])].map((one) => [one.name, one]));
  const ownValues = new Map(own.map(({ name, value }) => [name, value]));
  const all = [...names.values()].map((one): Component => ({
    ...one, value: ownValues.get(one.name) ?? 0, ...(other && { variant: beside.get(one.name)?.value ?? 0 }),
  }));
  const isMany = ({ kind }: Component) => kind === 'neuron' || kind === 'latent';
  const size = ({ value, variant = 0 }: Component) => Math.max(Math.abs(value), Math.abs(variant));
  const kept = new Set(all.filter(isMany).sort((a, b) => size(b) - size(a)).slice(0, top));
  const rest = new Map<string, Component>();
  for (const one of all.filter((each) => isMany(each) && !kept.has(each))) {
    const { layer, site, value, variant } = one;
    const name = site ? `${site} rest` : `${layer}_mlp_rest`;
    const none: Component = { name, kind: 'rest', layer, head: null, ...(site && { site }), value: 0, ...(variant !== undefined && { variant: 0 }) };
    const before = rest.get(name) ?? none;
    rest.set(name, { ...before, value: before.value + value, ...(variant !== undefined && { variant: before.variant! + variant }) });
  }
  return [...all.filter((one) => !isMany(one) || kept.has(one)), ...rest.values()].map((one) => ({
    ...one, value: rounded(one.value), ...(one.variant !== undefined && { variant: rounded(one.variant) }),
  }));
}

/** The heads whose tokens are told apart. @throws a sentence for one that is not there */
function headsOf(
  { head: given }: Params<'components'>,
  { terms: { heads } }: Divided,
  scope: Scope | null,
): { layer: number; head: number }[] {
  const isRead = (layer: number) =>
    scope === null || (scope.alone ? layer === scope.below : layer < scope.below + (scope.attention ? 1 : 0));
  const all = heads.flatMap((row, layer) => (isRead(layer) ? row.map((value, head) => ({ layer, head, value })) : []));
  const plain = ({ layer, head }: { layer: number; head: number }) => ({ layer, head });
  if (given === 'none' || all.length === 0) return [];
  if (given === 'all') return all.map(plain);
  if (given === 'most') return [plain(all.reduce((best, one) => (Math.abs(one.value) > Math.abs(best.value) ? one : best)))];
  const { layer, head } = parseHead(given)!;
  if (heads[layer]?.[head] === undefined) throw new Error(`There is no head ${given}; the model has the layers 0 to ${heads.length - 1} with the heads 0 to ${heads[0].length - 1}.`);
  if (!isRead(layer)) throw new Error(`Head ${given} writes nothing that is read there; those of the layers ${all[0].layer} to ${all.at(-1)!.layer} do.`);
  return [{ layer, head }];
}

/** What the latents that are listed stand for. */
async function describe({ session }: Reading, listed: Pick<Component, 'kind' | 'site' | 'latent' | 'description'>[]): Promise<void> {
  const latents = listed.filter(({ kind }) => kind === 'latent');
  if (latents.length === 0) return;
  const described = await (await session.book()).describe(latents.map(({ site, latent }) => ({ site: site!, latent: latent! })));
  latents.forEach((one, i) => (one.description = described[i].description?.text ?? null));
}
