/** Figures of components: who writes most, where, up to which layer, and through which tokens. */
import type { Part } from '../protocol/analyses';
import { componentWords, unitOf, type Component } from '../protocol/analyses/components';
import type { Result } from '../protocol/documents/result';
import type { BarsFigure, Figure, GridFigure, Row } from './kinds/figure';
import type { Grid, GridColumn, GridScale } from './kinds/grid';
import { decimal, plain, visible } from './kinds/text';
import { tokenColumns } from './kinds/tokens';
import { blockSiteName } from '../vocabulary/sites';

type Components = Part<'components'>;

export function componentsFigures(result: Result, part: Components): Figure[] {
  const top = result.parts.components?.params.top ?? 20;
  const compared = part.variant ? [changes(part, top)] : [];
  const told = [...throughTokens(result, part), ...acrossAttention(result, part)];
  return [bars(part, top), ...compared, layersByHeads(part), sumsByLayer(part), ...told];
}

function metricOf({ reader, metric: { positive, negative } }: Components): string {
  if (reader) return plain(reader.name);
  return negative === null ? `logit(${plain(positive)})` : `logit(${plain(positive)}) − logit(${plain(negative)})`;
}

function inUnit(part: Components): string {
  return part.reader ? `of its ${unitOf(part)}` : 'in logits';
}

function bars(part: Components, top: number): BarsFigure {
  const { components, sum, difference, capFactor } = part;
  const mean = components.reduce((total, { value }) => total + Math.abs(value), 0) / components.length;
  const cap = capFactor === null ? '' : ` before the soft cap, which makes ${decimal(difference)} of it`;
  return {
    kind: 'bars',
    name: 'components',
    title: `Components of ${metricOf(part)}`,
    about:
      `What each adds to it directly, ${inUnit(part)}; all ${components.length} together ${decimal(sum)}${cap}. ` +
      `${components.length > top ? `These are the ${top} largest; on` : 'On'} average one is ${decimal(mean)} in size.`,
    unit: unitOf(part),
    format: (value) => decimal(value),
    bars: largest(components, top, ({ value }) => value),
    rows: () => components.map((one) => componentRow(part, one)),
  };
}

function changes(part: Components, top: number): BarsFigure {
  const change = ({ value, variant }: Component) => value - variant!;
  return {
    kind: 'bars',
    name: 'components-change',
    title: 'Original minus variant, by component',
    about:
      `What each adds in the original less what it adds in the variant, ${inUnit(part)}; together ${decimal(part.sum - part.variant!.sum)}. ` +
      'Each sum is taken with the norms’ scales of its own run.',
    unit: unitOf(part),
    format: (value) => decimal(value),
    bars: largest(part.components, top, change),
    rows: () => part.components.map((one) => ({ ...componentRow(part, one), change: change(one) })),
  };
}

function largest(components: readonly Component[], top: number, of: (one: Component) => number) {
  const sorted = [...components].sort((a, b) => Math.abs(of(b)) - Math.abs(of(a))).slice(0, top);
  return sorted.map((one) => ({ label: one.name, value: of(one), note: one.description ?? componentWords(one) }));
}

function componentRow({ position, metric }: Components, { name, kind, layer, head, value, variant, description }: Component): Row {
  return {
    position, positive: metric.positive, negative: metric.negative, component: name, kind, layer, head, value,
    variant: variant ?? null, description: description ?? null,
  };
}

function scaleOf(values: readonly (readonly number[])[], label: string): GridScale {
  const limit = values.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return { kind: 'diverging', limit, beyond: false, label, format: (value) => decimal(value), tick: (value) => decimal(value) };
}

/** Layers against heads, and the MLP beside them. */
function layersByHeads(part: Components): GridFigure {
  const { heads, mlps } = part;
  const size = heads[0].length;
  const values = heads.map((row, layer) => [...row, mlps[layer]]);
  const column = (label: string): GridColumn => ({ position: null, labels: [label], mark: 'same', template: false });
  const grid: Grid = {
    rows: heads.map((_, layer) => ({ label: String(layer), site: blockSiteName(layer, 'attn.hook_z') })),
    axes: ['head'],
    columns: [...heads[0].map((_, head) => ({ ...column(String(head)), head })), column('MLP')],
    values,
    texts: null,
    scale: scaleOf(values, `adds to ${metricOf(part)} (${unitOf(part)})`),
    means: null,
  };
  return {
    kind: 'grid',
    name: 'components-heads',
    title: 'By layer and head',
    about: `What each head and each MLP adds directly, ${inUnit(part)}.`,
    grid,
    describe: (row, at) => ({
      title: at === size ? `MLP ${row}` : `head ${row}.${at}`,
      lines: [['adds directly', `${decimal(values[row][at], 3)} ${unitOf(part)}`], ...variantLine(part, row, at)],
    }),
    rows: () => values.flatMap((row, layer) => row.map((value, at): Row => ({
      layer, head: at === size ? null : at, component: at === size ? `${layer}_mlp_out` : `L${layer}H${at}`,
      value, variant: variantOf(part, layer, at),
    }))),
  };
}

function variantOf({ variant, heads }: Components, layer: number, at: number): number | null {
  return variant && (at === heads[0].length ? variant.mlps[layer] : variant.heads[layer][at]);
}

function variantLine(part: Components, layer: number, at: number): [string, string][] {
  const value = variantOf(part, layer, at);
  return value === null ? [] : [['in the variant', `${decimal(value, 3)} ${unitOf(part)}`]];
}

function sumsByLayer(part: Components): Figure {
  const { cumulative, variant } = part;
  const points = ['embed', ...cumulative.slice(1).map((_, layer) => String(layer))];
  const other = variant ? [{ label: 'variant', values: variant.cumulative }] : [];
  const series = [{ label: variant ? 'original' : metricOf(part), values: cumulative }, ...other];
  return {
    kind: 'lines',
    name: 'components-cumulative',
    title: 'The sum after each layer',
    about: part.reader
      ? 'What all components up to a layer add together, the biases of what reads among them.'
      : 'What all components up to a layer add together, biases of the end among them: the logit lens with the final norm’s scale as it is in the end.',
    unit: unitOf(part),
    points,
    series,
    rows: () => points.map((layer, i) => ({ layer, sum: cumulative[i], variant: variant ? variant.cumulative[i] : null })),
  };
}

/** Heads against the tokens that they read. */
function throughTokens({ reading: { tokens } }: Result, part: Components): Figure[] {
  const { sources: { heads, values }, behind, position } = part;
  if (heads.length === 0) return [];
  const all = [...tokens, ...behind];
  const after = behind.map(({ text }, at): GridColumn => ({ position: null, labels: [visible(text)], mark: 'same', behind: at, template: true }));
  const grid: Grid = {
    rows: heads.map(({ layer, head }) => ({ label: `${layer}.${head}`, site: blockSiteName(layer, 'attn.hook_v'), head })),
    rowAxis: { name: 'head', width: 40 },
    axes: ['tokens'],
    columns: [...tokenColumns(tokens), ...after],
    values,
    texts: null,
    scale: scaleOf(values, `adds to ${metricOf(part)} (${unitOf(part)})`),
    means: null,
  };
  const whole = values.map((row) => row.reduce((sum, value) => sum + value, 0));
  return [{
    kind: 'grid',
    name: 'components-sources',
    title: heads.length === 1 ? `Through which tokens head ${heads[0].layer}.${heads[0].head} writes` : 'Through which tokens heads write',
    about:
      `How much of what a head adds comes from each token that it reads, ${inUnit(part)}; ` +
      `a row sums to what the head adds${heads.length === 1 ? `, ${decimal(whole[0])}` : ''}.`,
    grid,
    describe: (row, column) => ({
      title: `head ${grid.rows[row].label}, through token ${column}: ${visible(all[column].text)}`,
      lines: [
        ['adds directly', column > position ? 'nothing: it stands behind the token' : `${decimal(values[row][column], 3)} ${unitOf(part)}`],
        ['of the head’s', `${decimal(whole[row], 3)} ${unitOf(part)}`],
      ],
    }),
    rows: () => heads.flatMap(({ layer, head }, row) => {
      return values[row].map((value, at): Row => ({ layer, head, position, readPosition: at, readToken: all[at].text, value }));
    }),
  }];
}

/** What is written at one token, against the heads that carry it. */
function acrossAttention({ reading: { tokens } }: Result, part: Components): Figure[] {
  if (!part.loadings) return [];
  const { layer, from, rows } = part.loadings;
  const all = [...tokens, ...part.behind];
  const straight = from === part.position;
  const values = rows.map(({ heads, bypass }) => (straight ? [...heads, bypass] : heads));
  const named = [...rows[0].heads.map((_, head) => `${layer}.${head}`), ...(straight ? ['past it'] : [])];
  const whole = values.map((row) => row.reduce((sum, value) => sum + value, 0));
  const grid: Grid = {
    rows: rows.map(({ name, site }) => ({ label: name, site: site ?? blockSiteName(layer, 'attn.hook_v') })),
    rowAxis: { name: 'written by', width: 120 },
    axes: ['heads'],
    columns: named.map((label): GridColumn => ({ position: null, labels: [label], mark: 'same', template: false })),
    values,
    texts: null,
    scale: scaleOf(values, `adds to ${metricOf(part)} (${unitOf(part)})`),
    means: null,
  };
  const token = visible(all[from].text);
  return [{
    kind: 'grid',
    name: 'components-across',
    title: `From ${token} across the attention of layer ${layer}`,
    about:
      `What is written at token ${from} (${token}) below layer ${layer}, by the head that carries it to token ${part.position}` +
      `${straight ? ' and past attention' : ''}, ${inUnit(part)}: attention and the norms’ scales are as they are. A row’s sum is all that ` +
      `goes that way; together ${decimal(whole.reduce((sum, value) => sum + value, 0))}.`,
    grid,
    describe: (row, column) => ({
      title: `${componentWords(rows[row])}, ${straight && column === rows[row].heads.length ? 'past that attention' : `through head ${named[column]}`}`,
      lines: [['adds', `${decimal(values[row][column], 3)} ${unitOf(part)}`], ['of all from it', `${decimal(whole[row], 3)} ${unitOf(part)}`]],
    }),
    rows: () => rows.flatMap(({ name, kind, heads, bypass }): Row[] => [
      ...heads.map((value, head): Row => ({ layer, from, component: name, kind, head, value })),
      { layer, from, component: name, kind, head: null, value: bypass },
    ]),
  }];
}
