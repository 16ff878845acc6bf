/** Display model of attributions to latents: what the bars show, as pure functions of the document. */
import type { LatentsDocument, ListedSae } from '../../../src/protocol/documents/latents';
import { decimal, percent, plain, visible } from '../../../src/figures/kinds/text';
import type { CellText } from '../../../src/figures/kinds/grid';
import { type AttributedNode, type BarRow, isDenseNode, latentName } from '../../figures/bars/rows';
import type { SiteName } from '../../../src/vocabulary/sites';

export type Grouping = 'rank' | 'token' | 'layer';

/** Shares of the difference between original and variant, or logits where that difference is too small to divide by. */
export function unitOf({ latents, errors }: LatentsDocument): 'share' | 'logits' {
  return [...latents, ...errors].some(({ attribution }) => attribution === null) ? 'logits' : 'share';
}

export function unitLabel(document: LatentsDocument): string {
  return unitOf(document) === 'share' ? 'share of the logit difference' : 'change of the logit difference (logits)';
}

/** The latents that are listed and, if wanted, the errors that are as large as the smallest of them; the largest first, dense ones last. */
export function attributedNodes(document: LatentsDocument, errors: boolean): AttributedNode[] {
  const share = unitOf(document) === 'share';
  const token = (position: number) => visible(document.tokens[position].text);
  const nodes = document.latents.map((latent): AttributedNode => {
    const { attribution, directEffect, patched } = share ? { ...latent, attribution: latent.attribution! } : latent.logits;
    const { site, position } = latent;
    const key = `${site} ${latent.head ?? ''} ${latent.latent} ${position}`;
    return { key, site, position, token: token(position), latent, value: attribution, directEffect, patched };
  });
  const least = Math.min(...nodes.map(({ value }) => Math.abs(value)));
  const rest = document.errors.map(({ site, position, attribution, logits }): AttributedNode => {
    const value = share ? attribution! : logits;
    return { key: `${site} error ${position}`, site, position, token: token(position), latent: null, value, directEffect: null, patched: null };
  });
  const large = errors ? rest.filter(({ value }) => value !== 0 && Math.abs(value) >= least) : [];
  return [...nodes, ...large].sort((a, b) => Number(isDenseNode(a)) - Number(isDenseNode(b)) || Math.abs(b.value) - Math.abs(a.value));
}

/** In the order of their size, or under a heading for each token or each SAE, in the order of the prompt or of the model. */
export function barRows(document: LatentsDocument, nodes: readonly AttributedNode[], grouping: Grouping): BarRow[] {
  const rows = (of: readonly AttributedNode[]) => of.map((node): BarRow => ({ kind: 'node', node }));
  if (grouping === 'rank') return rows(nodes);
  const groups =
    grouping === 'token'
      ? document.tokens.map((_, at) => ({ heading: tokenHeading(document, at), of: nodes.filter(({ position }) => position === at) }))
      : document.saes.map((sae) => ({ heading: siteHeading(document, sae), of: nodes.filter(({ site }) => site === sae.site) }));
  return groups.flatMap(({ heading: { key, title, note }, of }): BarRow[] =>
    of.length === 0 ? [] : [{ kind: 'heading', key, title, note: note(of) }, ...rows(of)],
  );
}

interface Heading {
  key: string;
  title: string;
  note: (nodes: readonly AttributedNode[]) => string;
}

/** What lies at one site can be added; sites build on each other, so that the same information counts at each. */
function tokenHeading(document: LatentsDocument, position: number): Heading {
  return {
    key: `token ${position}`,
    title: `token ${position}  ${visible(document.tokens[position].text)}`,
    note: (nodes) => {
      const sites = new Set(nodes.map(({ site }) => site)).size;
      if (sites > 1) return `${nodes.length} nodes at ${sites} sites: no sum, as sites build on each other`;
      return `${counted(nodes.length)} at one site, together ${decimal(sum(nodes.map(({ value }) => value)))}`;
    },
  };
}

function siteHeading(document: LatentsDocument, { site, layer, logits }: LatentsDocument['saes'][number]): Heading {
  const total = (value: number) => decimal(inUnit(document, value));
  const error = logits.error === null ? '' : ` · its error ${total(logits.error)}`;
  return {
    key: `site ${site}`,
    title: layer === null ? site : `layer ${layer}  ${site}`,
    note: () => `all its latents at all tokens ${total(logits.latents)}${error}`,
  };
}

function counted(nodes: number): string {
  return `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
}

/** A change of the metric in logits in the unit that is shown. */
function inUnit(document: LatentsDocument, logits: number): number {
  return unitOf(document) === 'share' ? logits / (document.clean - document.corrupted) : logits;
}

/** Whether a latent of the variant is 0 in the original, the explained code. Of an SAE that reads each head alone, others may be active. */
export function isInactive({ latent }: AttributedNode): boolean {
  return latent !== null && latent.clean === 0 && latent.head === null;
}

/** All that is known about a node. */
export function nodeCell(document: LatentsDocument, node: AttributedNode): CellText {
  const { latent, site, position, token } = node;
  const unit = unitLabel(document);
  const share = unitOf(document) === 'share';
  const error = document.errors.find((one) => one.site === site && one.position === position);
  const logits = latent ? latent.logits.attribution : error!.logits;
  const lines: CellText['lines'] = [
    ['token', `${position} ${token}`],
    ...(latent ? ([['stands for', latent.description === null ? 'not known' : plain(latent.description)]] as CellText['lines']) : []),
    ...(latent ? ([['activation, original → variant', `${decimal(latent.clean, 3)} → ${decimal(latent.corrupted, 3)}`]] as CellText['lines']) : []),
    ...(isDenseNode(node) ? ([['dense', `active at ${percent(latent!.density!)} of tokens, so that it tells little by being active`]] as CellText['lines']) : []),
    ...(isInactive(node) ? ([['ablating it here', 'changes nothing: it is inactive in the original']] as CellText['lines']) : []),
    [`attribution, ${unit}`, decimal(node.value, 4)],
    ...(node.directEffect === null ? [] : ([['direct effect', decimal(node.directEffect, 4)]] as CellText['lines'])),
    ...(node.patched === null ? [] : ([['really patched', decimal(node.patched, 4)]] as CellText['lines'])),
    ...(share ? ([['attribution in logits', decimal(logits, 4)]] as CellText['lines']) : []),
  ];
  return { title: `${site} ${latentName(node)}${latent ? '' : ': what the SAE does not reconstruct'}`, lines };
}

/** What the numbers belong to, in words. */
export function latentFacts(document: LatentsDocument): [name: string, value: string][] {
  const { metric, counterfactual, clean, corrupted, withoutErrorTerms, saes, check, errorTerm, method, steps } = document;
  const pair = (of: { clean: number; corrupted: number }) => `${decimal(of.clean)} / ${decimal(of.corrupted)}`;
  const how = method === 'gradient' ? 'one gradient' : `integrated gradients (${steps} steps)`;
  const facts: [string, string][] = [
    ['Variant', plain(counterfactual.description)],
    ['Metric', `logit of ${plain(metric.positive)} − logit of ${plain(metric.negative)}`],
    ['Original / variant', `with error terms ${pair({ clean, corrupted })} · without ${pair(withoutErrorTerms)}`],
    ['Attribution', `${how}, ${errorTerm ? 'with' : 'without'} error terms`],
  ];
  if (errorTerm) facts.push(['Sum of error nodes', errorSum(saes)]);
  if (check) facts.push(['Check', checkWords(check)]);
  return facts;
}

function errorSum(saes: LatentsDocument['saes']): string {
  const sums = saes.map(({ site, logits }) => ({ site, error: logits.error ?? 0 })).sort((a, b) => a.error - b.error);
  if (sums.length === 0) return 'none';
  const say = ({ site, error }: (typeof sums)[number]) => `${decimal(error)} logits at ${site}`;
  return sums.length === 1 ? say(sums[0]) : `from ${say(sums[0])} to ${say(sums.at(-1)!)}`;
}

function checkWords({ correlation, sameSign, count }: NonNullable<LatentsDocument['check']>): string {
  const correlated = correlation === null ? '' : `, correlation ${decimal(correlation)}`;
  return `${sameSign} of ${count} really patched with the same sign${correlated}`;
}

export interface SiteChoice {
  value: string;
  label: string;
  /** Null for those of the layers in which patching moves the difference. */
  sites: SiteName[] | 'all' | null;
}

/** The SAEs that can be chosen together: those of the layers that matter, all, those of a kind, those of a layer. */
export function siteChoices(saes: readonly Pick<ListedSae, 'site' | 'layer'>[]): SiteChoice[] {
  const kinds: [string, RegExp][] = [['Residual stream', /hook_resid_/], ['Attention', /attn/], ['MLP', /mlp/]];
  const layers = [...new Set(saes.flatMap(({ layer }) => (layer === null ? [] : [layer])))].sort((a, b) => a - b);
  const sitesOf = (of: (sae: (typeof saes)[number]) => boolean) => saes.filter(of).map(({ site }) => site);
  const some = [
    ...kinds.map(([label, pattern]) => ({ value: label, label, sites: sitesOf(({ site }) => pattern.test(site)) })),
    ...layers.map((layer) => ({ value: `layer ${layer}`, label: `Layer ${layer}`, sites: sitesOf((sae) => sae.layer === layer) })),
  ];
  return [{ value: '', label: 'Where it moves', sites: null }, { value: 'all', label: 'All', sites: 'all' }, ...some.filter(({ sites }) => sites.length > 0 && sites.length < saes.length)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
