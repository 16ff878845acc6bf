/** Who writes the answer: a program's components, beside those of its near twin where there is one to compare with. */
import type { Scope } from '../../../methods/components/component-readers';
import { cumulative, directComponents, sourceComponents, termsAlong, writersAt, type Terms } from '../../../methods/components/components';
import { logitDifference, type LogitMetric } from '../../../model';
import { parseHead, parseReader, type Component } from '../../../protocol/analyses/components';
import type { Params, Part } from '../../../protocol/analyses';
import { parsePlace } from '../../../protocol/reading/place';
import { positionAt } from '../../reading/places';
import { rounded } from '../../session/rounded';
import type { Pair } from '../../twins/pair';
import { askedOf, readerOf, type Asked, type Read } from './component-asked';
import { divide, dividing, loadingsOf, sitesOf, withinScope, type Division, type Named } from './component-division';
import { componentFindings } from './component-findings';
import { Unanswerable, type Reading } from '../reading';
import type { Run, RunContext } from '../run';

type Value = Part<'components'>;

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
    const problems = [
      ...(params.source !== null && params.across === null ? ['A token at which is written counts with --across LAYER only; the tokens that a head writes through are there for --head.'] : []),
      ...(params.layer !== null && params.by !== 'stream' ? ['A layer counts with --by stream only.'] : []),
    ];
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
