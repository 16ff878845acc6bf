/** Figures of many pairs: what SAEs keep, where the difference lies by layer and place, who carries it, by what latents. */
import type { Part } from '../../protocol/analyses';
import type { PairsEffect } from '../../protocol/analyses/pairs';
import type { Result } from '../../protocol/documents/result';
import { latentName, shortLatentName } from '../../vocabulary/latent-name';
import { blockSiteName } from '../../vocabulary/sites';
import type { BarsFigure, Figure, GridFigure, Row, TableFigure } from '../kinds/figure';
import type { Grid, GridColumn } from '../kinds/grid';
import { decimal, percent, plain, visible } from '../kinds/text';

type Pairs = Part<'pairs'>;

export function pairsFigures(_: Result, part: Pairs): Figure[] {
  const ofLatents = part.latents ? [latents(part, part.latents), firing(part, part.latents)] : [];
  return [differences(part), patching(part), nodes(part), direct(part), ...ofLatents];
}

const difference = ({ metric: { positive, negative } }: Pairs) => `logit(${plain(positive)}) − logit(${plain(negative)})`;
const over = ({ prompts: { used } }: Pairs) => (used === 1 ? 'in this pair' : `means over ${used} pairs`);
const span = ({ low, high }: Pick<PairsEffect, 'low' | 'high'>) => (low === null ? '' : `${decimal(low)} to ${decimal(high)}`);
const effectRow = (name: string, { mean, low, high, control }: PairsEffect): Row =>
  ({ [name]: mean, [`${name}Low`]: low, [`${name}High`]: high, [`${name}Control`]: control });
const patchedRow = (patched: PairsEffect | null): Row => effectRow('patched', patched ?? { mean: NaN, low: null, high: null, control: null });

const CONTROL = 'beside it the mean size of the same between originals that differ in words and numbers only';

function differences(part: Pairs): TableFigure {
  const { original, variant, saes } = part;
  const line = (name: string, how: string, { original: a, variant: b, signKept }: Pairs['saes'][number]['withErrors']) =>
    ({ name, how, a, b, signKept });
  const rows = saes.flatMap(({ sites, count, withErrors, withoutErrors, randomErrors }) => {
    const name = sites === 'all' ? `all ${count} SAEs` : `${count} of ${sites}`;
    return [line(name, 'with error terms', withErrors), line(name, 'without', withoutErrors), line(name, 'random errors', randomErrors)];
  });
  return {
    kind: 'table',
    name: 'pairs-differences',
    title: difference(part),
    about: `${over(part).charAt(0).toUpperCase()}${over(part).slice(1)}: in the model, and with SAEs in the place of activations, with what they leave out (error terms), without it, and with errors of the same length in random directions.`,
    columns: [{ title: 'SAEs' }, { title: '' }, { title: 'original', right: true }, { title: 'variant', right: true }, { title: 'sign kept', right: true }],
    cells: [
      ['none', '', decimal(original.mean), decimal(variant.mean), ''],
      ...rows.map(({ name, how, a, b, signKept }) => [name, how, decimal(a), decimal(b), percent(signKept)]),
    ],
    rows: () => [
      { saes: 'none', errors: '', original: original.mean, variant: variant.mean, signKept: 1 },
      ...rows.map(({ name, how, a, b, signKept }) => ({ saes: name, errors: how, original: a, variant: b, signKept })),
    ],
  };
}

function columns({ places }: Pairs): GridColumn[] {
  return places.map(({ tokens, label }) => ({ position: tokens.at(-1) ?? null, labels: [visible(label)], mark: 'same', template: false }));
}

/** Layers against places. */
function patching(part: Pairs): GridFigure {
  const { patching: { mean, low, high, control } } = part;
  const share = (value: number | null) => (value === null ? '–' : decimal(value));
  const grid: Grid = {
    rows: mean.map((_, layer) => ({ label: String(layer), site: blockSiteName(layer, 'hook_resid_pre') })),
    axes: ['place'],
    columns: columns(part),
    values: mean,
    texts: null,
    scale: { kind: 'diverging', limit: 1, beyond: mean.flat().some((value) => Math.abs(value ?? 0) > 1), label: 'share of the difference', format: share },
    means: null,
  };
  const words = (place: number) => placeWords(part, place);
  return {
    kind: 'grid',
    name: 'pairs-patching',
    title: 'Residual stream, patched by layer and place',
    about: `Which share of the difference of ${difference(part)} goes along where the residual stream before a layer is the twin’s at a place, ${over(part)}; ${CONTROL}.`,
    grid,
    describe: (row, column) => ({
      title: `before layer ${row}, ${words(column)}`,
      lines: [
        ['share of the difference', share(mean[row][column])],
        ...(low[row][column] === null ? [] : [['95 % of means', `${share(low[row][column])} to ${share(high[row][column])}`] as [string, string]]),
        ...(control[row][column] === null ? [] : [['with other words alone', share(control[row][column])] as [string, string]]),
      ],
    }),
    rows: () => mean.flatMap((cells, layer) => cells.map((value, place): Row => ({
      layer, place: words(place), share: value, low: low[layer][place], high: high[layer][place], control: control[layer][place],
    }))),
  };
}

const placeWords = ({ places }: Pairs, place: number) => plain(places[place].words ?? places[place].label);
const at = ({ places }: Pairs, place: number) => `at ${visible(places[place].label)}`;
const beside = ({ control }: PairsEffect) => (control === null ? '' : ` · other words ${decimal(control, 3)}`);

function nodes(part: Pairs): BarsFigure {
  const { top, random, writers, scores, control } = part.nodes;
  return {
    kind: 'bars',
    name: 'pairs-nodes',
    title: 'Heads and MLPs',
    about: `What each changes where it alone writes at a place what it writes in the twin, really patched, ${over(part)}; those with the largest scores${random === null ? '' : `, while others drawn at random change ${decimal(random, 3)}`}.`,
    unit: 'logits',
    format: (value) => decimal(value, 3),
    bars: top.map(({ name, place, score, patched }) => ({
      label: `${name} ${at(part, place)}`, value: patched!.mean, note: `score ${decimal(score.mean, 3)}${beside(patched!)}`,
    })),
    rows: () => writers.flatMap((writer, i) => scores[i].map((score, place): Row => {
      const patched = top.find((one) => one.name === writer && one.place === place)?.patched ?? null;
      return { node: writer, place: placeWords(part, place), score, scoreControl: control[i][place], ...patchedRow(patched) };
    })).map(withoutNaN),
  };
}

/** Spreadsheets have no NaN. */
function withoutNaN(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number.isNaN(value) ? null : value]));
}

const MOST_DIRECT = 20;

function direct(part: Pairs): BarsFigure {
  const sorted = [...part.direct].sort((a, b) => Math.abs(b.change.mean) - Math.abs(a.change.mean));
  return {
    kind: 'bars',
    name: 'pairs-direct',
    title: 'What is written to the logits directly',
    about: `What each part adds at the last token in the variant less what it adds in the original, ${over(part)}; all together are the difference. ${CONTROL.charAt(0).toUpperCase()}${CONTROL.slice(1)}.`,
    unit: 'logits',
    format: (value) => decimal(value, 3),
    bars: sorted.slice(0, MOST_DIRECT).map(({ name, change }) => ({ label: name, value: change.mean, note: `${span(change)}${beside(change)}` })),
    rows: () => sorted.map(({ name, change }) => ({ component: name, ...effectRow('change', change) })),
  };
}

function latents(part: Pairs, { top, total, random }: NonNullable<Pairs['latents']>): TableFigure {
  const active = ({ activeIn: { original, variant } }: (typeof top)[number]) => `${percent(original)}, ${percent(variant)}`;
  return {
    kind: 'table',
    name: 'pairs-latents',
    title: `${top.length} of ${total} latents at places`,
    about: `Those with the largest scores, ${over(part)}: what each alone changes with its twin’s activation, to first order and really, and what of it goes straight to the logits; in how many originals and variants it is active${random === null ? '' : `. Others drawn at random change ${decimal(random, 3)}`}.`,
    columns: [
      { title: 'latent' }, { title: 'at' }, { title: 'score', right: true }, { title: 'patched', right: true }, { title: 'direct', right: true },
      { title: 'other words', right: true }, { title: 'active in', right: true }, { title: 'stands for' },
    ],
    cells: top.map((one) => [
      one.name, visible(part.places[one.place].label),
      ...[one.score.mean, one.patched?.mean ?? null, one.direct.mean, one.score.control].map((value) => decimal(value, 3)), active(one), plain(one.description ?? ''),
    ]),
    rows: () => top.map((one) => withoutNaN({
      site: one.site, latent: one.latent, place: placeWords(part, one.place),
      ...effectRow('score', one.score), ...patchedRow(one.patched), ...effectRow('direct', one.direct),
      original: one.original, variant: one.variant, activeInOriginal: one.activeIn.original, activeInVariant: one.activeIn.variant,
      density: one.density, description: one.description,
    })),
  };
}

/** Latents against places, and what lies before them. */
function firing(part: Pairs, { firing: { latents: listed, original, variant } }: NonNullable<Pairs['latents']>): GridFigure {
  const order = listed.map((_, i) => i).reverse(); // grids begin at the bottom
  const values = order.map((i) => original[i].map((activation, at) => Math.max(activation, variant[i][at])));
  const column = (at: number) => (at === part.places.length ? 'a token before the first difference' : placeWords(part, at));
  const grid: Grid = {
    rows: order.map((i) => ({ label: shortLatentName(listed[i]), site: listed[i].site, latent: listed[i].latent })),
    rowAxis: { name: 'latent', width: 140 },
    axes: ['place'],
    columns: [...columns(part), { position: null, labels: ['before'], mark: 'same', template: false }],
    values,
    texts: null,
    scale: {
      kind: 'sequential', limit: Math.max(1e-6, ...values.flat()), beyond: false, label: 'activation',
      format: (value) => decimal(value), tick: (value) => decimal(value),
    },
    means: null,
  };
  return {
    kind: 'grid',
    name: 'pairs-firing',
    title: 'Where these latents fire',
    about: `How active each is at a place in the originals or, where that is more, in the variants, ${over(part)}; of several tokens, as of all before the first difference (last), the largest.`,
    grid,
    describe: (row, at) => ({
      title: `${latentName(listed[order[row]])}, ${column(at)}`,
      lines: [
        ['in the originals', decimal(original[order[row]][at], 3)], ['in the variants', decimal(variant[order[row]][at], 3)],
        ['what it stands for', plain(listed[order[row]].description ?? 'nobody knows')],
      ],
    }),
    rows: () => listed.flatMap(({ site, latent }, i) => original[i].map((activation, at): Row => (
      { site, latent, place: column(at), original: activation, variant: variant[i][at] }))),
  };
}
