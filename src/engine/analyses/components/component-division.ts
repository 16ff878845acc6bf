/** How a reading of the stream at a token is divided: into components, and on the way through one layer's attention by its heads. */
import type { FloatArray } from '../../../graph';
import { valueReaders, readsStream, scopeOf, type Scope } from '../../../methods/components/component-readers';
import {
  attentionTerms, namedComponents, neuronComponents, termsAlong, writersAt, type Components, type Terms, type Writers,
} from '../../../methods/components/components';
import { latentComponents, splitsComponent } from '../../../methods/latents/components';
import type { Model } from '../../../model';
import type { COMPONENT_UNITS, Component } from '../../../protocol/analyses/components';
import type { Part } from '../../../protocol/analyses';
import type { LoadedSae } from '../../../sae';
import { latentName } from '../../../vocabulary/latent-name';
import { blockSite, siteName, type Site } from '../../../vocabulary/sites';

export type Named = Omit<Component, 'variant'>;
export type Unit = keyof typeof COMPONENT_UNITS;

/** Into what a reading is divided. */
export interface Division {
  by: Unit;
  /** Those that divide something of it. */
  saes: readonly LoadedSae[];
  /** What is read; null for a metric, which reads everything. */
  scope: Scope | null;
}

/** The same terms without those that what reads does not get: 0 there. */
export function withinScope(terms: Terms, scope: Scope): Terms {
  const has = (kind: Named['kind'], layer: number | null) => isWithin({ kind, layer }, scope);
  return {
    ...terms,
    embed: has('embed', null) ? terms.embed : 0,
    posEmbed: has('pos_embed', null) ? terms.posEmbed : null,
    heads: terms.heads.map((row, layer) => (has('head', layer) ? row : row.map(() => 0))),
    attentionBias: terms.attentionBias.map((bias, layer) => (has('attn_bias', layer) ? bias : null)),
    mlps: terms.mlps.map((value, layer) => (has('mlp_out', layer) ? value : 0)),
  };
}

/** What has to be read of a run for that. */
export function sitesOf({ shape: { layers } }: Model, { by, saes }: Division): Site[] {
  return by === 'neuron' ? Array.from({ length: layers }, (_, layer) => blockSite(layer, 'mlp.hook_post')) : saes.map(({ site }) => site);
}

/** All components, in the order in which they are written; what reads adds its own biases. */
export async function divide(
  model: Model,
  { sites }: Writers,
  terms: Terms & Partial<Components>,
  { by, saes, scope }: Division,
): Promise<Named[]> {
  const at = (site: Site): FloatArray => sites.get(siteName(site))!;
  const whole = namedComponents(terms)
    .map(({ name, value }): Named => ({ name, value, ...kindOf(name) }))
    .filter((one) => scope === null || isWithin(one, scope));
  if (by === 'head') return whole;
  if (by === 'layer') {
    const attention = attentionTerms(terms);
    const layers = new Set<number>();
    return whole.flatMap((one): Named[] => {
      if (one.kind !== 'head' && one.kind !== 'attn_bias') return [one];
      const layer = one.layer!;
      if (layers.has(layer)) return [];
      layers.add(layer);
      return [{ name: `${layer}_attn_out`, kind: 'attn_out', layer, head: null, value: attention[layer] }];
    });
  }
  if (by === 'neuron') {
    const parts: Named[] = [];
    for (const { layer } of whole.filter(({ kind }) => kind === 'mlp_out')) {
      const { neurons, bias } = await neuronComponents(model, layer!, at(blockSite(layer!, 'mlp.hook_post')), terms);
      const of = { layer, head: null };
      neurons.forEach((value, neuron) => parts.push({ name: `L${layer}N${neuron}`, kind: 'neuron', ...of, value }));
      if (bias !== null) parts.push({ name: `${layer}_mlp_bias`, kind: 'bias', ...of, value: bias });
    }
    return [...whole.filter(({ kind }) => kind !== 'mlp_out'), ...parts];
  }
  let named = whole;
  for (const sae of saes) {
    const site = siteName(sae.site);
    const layer = sae.site.kind === 'block' ? sae.site.layer : null;
    const { latents, error, bias } = await latentComponents(model, sae, at(sae.site), terms);
    const of = { site, layer, head: sae.config.head };
    const parts: Named[] = [
      ...latents.map(({ latent, value }): Named => ({ name: latentName({ site, latent }), kind: 'latent', latent, ...of, value })),
      { name: `${site} error`, kind: 'error', ...of, value: error },
      { name: `${site} bias`, kind: 'bias', ...of, value: bias },
    ];
    named = [...named.filter((one) => !isOf(one, sae.site, sae.config.head)), ...parts];
  }
  return named;
}

/** The SAEs that divide something of what is read, of each component one; of the stream that in the asked or the last layer. */
export function dividing(saes: readonly LoadedSae[], by: Unit, scope: Scope | null, layer: number | null): LoadedSae[] {
  if (by === 'stream') {
    const inside = saes.filter((sae) => !sae.isTranscoder && readsStream(sae) && (scope === null || covers(scope, scopeOf(sae.site)!)));
    const asked = inside.filter(({ site }) => layer === null || (site.kind === 'block' && site.layer === layer));
    return asked.length === 0 ? [] : [asked.reduce((a, b) => (covers(scopeOf(b.site)!, scopeOf(a.site)!) ? b : a))];
  }
  if (by !== 'latent') return [];
  const outputs = new Set(saes.flatMap(({ site }) => (site.kind === 'block' && site.site === 'hook_attn_out' ? [site.layer] : [])));
  const isDivided = ({ site }: LoadedSae) => site.kind === 'block' && site.site === 'attn.hook_z' && outputs.has(site.layer);
  const isRead = ({ site }: LoadedSae) => scope === null || isWithin(writtenAt(site), scope);
  return saes.filter((sae) => splitsComponent(sae) && !isDivided(sae) && isRead(sae));
}

type Loadings = NonNullable<Part<'components'>['loadings']>;

/** What is written below a layer at one token, by the head of that layer that carries it to the one that reads, and past attention. */
export async function loadingsOf(
  model: Model,
  ids: readonly number[],
  { layer, from, to }: { layer: number; from: number; to: number },
  terms: Terms,
  saes: readonly LoadedSae[],
  { by, top }: { by: Unit; top: number },
  signal?: AbortSignal,
): Promise<Loadings> {
  const scope: Scope = { below: layer, attention: false };
  const unit = by === 'neuron' ? 'head' : by;
  const division = { by: unit, saes: dividing(saes, unit, scope, null), scope };
  const [writers] = await writersAt(model, ids, [from], { read: sitesOf(model, division), signal });
  const readers = await valueReaders(model, ids, layer, { from, query: to }, terms, signal);
  const columns: Named[][] = [];
  for (const { direction, bias } of readers) {
    const named = await divide(model, writers, await termsAlong(model, writers, direction), division);
    columns.push([...named, { name: 'values_bias', kind: 'bias', layer, head: null, value: bias }]);
  }
  const straight = from === to ? await divide(model, writers, terms, division) : [];
  const passing = new Map(straight.map(({ name, value }) => [name, value]));
  const ofHead = columns.map((column) => new Map(column.map(({ name, value }) => [name, value])));
  const names = new Map([...columns.flat(), ...straight].map((one) => [one.name, one]));
  const rows = [...names.values()].map(({ name, value: _, ...one }) => {
    return { name, ...one, heads: ofHead.map((values) => values.get(name) ?? 0), bypass: passing.get(name) ?? 0 };
  });
  return { layer, from, rows: fewer(rows, top) };
}

type Row = Loadings['rows'][number];

/** Latents beyond the largest become the rest of their site. */
function fewer(rows: readonly Row[], top: number): Row[] {
  const size = ({ heads, bypass }: Row) => [...heads, bypass].reduce((sum, value) => sum + Math.abs(value), 0);
  const latents = rows.filter(({ kind }) => kind === 'latent').sort((a, b) => size(b) - size(a));
  const rest = new Map<string, Row>();
  for (const { site, layer, heads, bypass } of latents.slice(top)) {
    const before = rest.get(site!) ?? { name: `${site} rest`, kind: 'rest', layer, head: null, site, heads: heads.map(() => 0), bypass: 0 };
    rest.set(site!, { ...before, heads: before.heads.map((value, i) => value + heads[i]), bypass: before.bypass + bypass });
  }
  const kept = new Set(latents.slice(0, top));
  return [...rows.filter((row) => row.kind !== 'latent' || kept.has(row)), ...rest.values()];
}

/** Whether one scope has all that another has. */
function covers(whole: Scope, part: Scope): boolean {
  if (whole.alone) return part.alone === true && part.below === whole.below;
  return part.below < whole.below || (part.below === whole.below && (whole.attention || !part.attention));
}

function isWithin({ kind, layer }: Pick<Named, 'kind' | 'layer'>, { below, attention, alone }: Scope): boolean {
  if (kind === 'embed' || kind === 'pos_embed') return !alone;
  if (layer === null) return false; // biases behind the last layer
  if (kind === 'head' || kind === 'attn_bias' || kind === 'attn_out') {
    return (attention && layer === below) || (!alone && layer < below);
  }
  return !alone && layer < below;
}

/** The component that an SAE's site is. */
function writtenAt(site: Site): Pick<Named, 'kind' | 'layer'> {
  if (site.kind !== 'block') return { kind: 'embed', layer: null };
  return { kind: site.site === 'hook_mlp_out' ? 'mlp_out' : 'attn_out', layer: site.layer };
}

/** Whether a component is what an SAE at a site divides. */
function isOf(one: Named, site: Site, saeHead: number | null): boolean {
  if (one.kind === 'latent' || one.kind === 'error' || one.site) return false;
  if (readsStream({ site })) return isWithin(one, scopeOf(site)!);
  if (site.kind === 'embed') return one.kind === 'embed';
  if (site.kind !== 'block' || site.layer !== one.layer) return false;
  if (site.site === 'hook_mlp_out') return one.kind === 'mlp_out';
  return (one.kind === 'head' && (saeHead === null || one.head === saeHead)) || (one.kind === 'attn_bias' && site.site === 'hook_attn_out');
}

function kindOf(name: string): Pick<Named, 'kind' | 'layer' | 'head'> {
  const [, layer, head] = /^L(\d+)H(\d+)$/.exec(name) ?? [];
  if (layer !== undefined) return { kind: 'head', layer: Number(layer), head: Number(head) };
  const [, inLayer, kind] = /^(\d+)_(attn_bias|mlp_out)$/.exec(name) ?? [];
  if (inLayer !== undefined) return { kind: kind as 'attn_bias' | 'mlp_out', layer: Number(inLayer), head: null };
  return { kind: name === 'embed' || name === 'pos_embed' ? name : 'bias', layer: null, head: null };
}
