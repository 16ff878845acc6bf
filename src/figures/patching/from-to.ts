/** Figures of patches from any place to any other. */
import type { Part } from '../../protocol/analyses';
import type { Result } from '../../protocol/documents/result';
import { blockSiteName } from '../../vocabulary/sites';
import type { Figure, GridFigure, Row, TableFigure } from '../kinds/figure';
import type { Grid, GridColumn } from '../kinds/grid';
import { decimal, percent, shorten, visible } from '../kinds/text';
import { siteLabel } from '../kinds/tokens';
import { writtenTable } from '../kinds/written';

type FromTo = Part<'fromTo'>;

export function fromToFigures(_: Result, part: FromTo): Figure[] {
  const { before, after, matrix } = part;
  return [
    places(part),
    before.answers.length > 0 ? answers(part) : tokens(part),
    ...(before.written && after.written ? [writtenTable('from-to', 'the patch', before.written, after.written)] : []),
    ...(before.lens && after.lens ? [lens(part)] : []),
    ...(matrix ? [layers(part, matrix), predicted(matrix)] : []),
  ];
}

type Spot = FromTo['patches'][number]['from'][number];
const spot = ({ layer, position, text, site, run }: Spot) =>
  [`${layer}:#${position} ${visible(text)}`, ...(site ? [`at ${site}`] : []), ...(run ? [`of ${visible(run)}`] : [])].join(' ');

/** What went where, and whether that changed anything. */
function places({ patches, site, how, read, into, factor, map }: FromTo): TableFigure {
  const run = { original: 'the program', variant: 'the variant' } as const;
  const target = into === 'original' || into === 'variant' ? `the run on ${run[into]}` : `the template ${into}`;
  const apart = patches.some(({ from, to }) => [...from, to].some((each: Spot) => each.site !== undefined || each.run !== undefined));
  const one = apart ? null : run[read];
  const times = how === 'add' || how === 'difference' ? `, times ${factor}` : '';
  const listed = patches.flatMap(({ from, to, changed, ratio }) => from.map((one) => ({ one, to, changed, ratio })));
  return {
    kind: 'table',
    name: 'from-to-places',
    title: `${one === null ? 'Activations' : `${site} of ${one}`} put into ${target}`,
    about: `What is read and where it is put (${how}${times}${map ? `, through ${visible(map.file)}` : ''}), with how large the change is beside what stands there in the unpatched run.`,
    columns: [{ title: 'from' }, { title: 'to' }, { title: 'change', right: true }],
    cells: listed.map(({ one, to, changed, ratio }) => [spot(one), spot(to), changed ? (ratio === null ? '–' : percent(ratio)) : 'none']),
    rows: () => listed.map(({ one, to, changed, ratio }): Row => ({
      site: one.site ?? site, toSite: to.site ?? site, how, factor, changed, ratio,
      read: one.run ?? read, fromLayer: one.layer, fromPosition: one.position, fromToken: one.text,
      into, toLayer: to.layer, toPosition: to.position, toToken: to.text,
    })),
  };
}

const MOST_ANSWERS = 8;

function answers({ before, after, metric, control }: FromTo): TableFigure {
  const was = new Map(before.answers.map((answer) => [answer.label, answer]));
  const rows = after.answers.map(({ label, probability, logit }) => ({
    answer: label, before: was.get(label)!.probability, after: probability, change: logit - was.get(label)!.logit,
  }));
  const difference = metric
    ? ` logit(${metric.positive}) − logit(${metric.negative}): ${decimal(before.metric)} before, ${decimal(after.metric)} after${control ? `, ${decimal(control.metric)} on average from other tokens` : ''}.`
    : '';
  return {
    kind: 'table',
    name: 'from-to-answers',
    title: 'Answers before and after',
    about: `What the model answers without the patch and with it.${difference}`,
    columns: [{ title: 'answer' }, { title: 'before', right: true }, { title: 'after', right: true }, { title: 'change of the logit', right: true }],
    cells: rows.slice(0, MOST_ANSWERS).map((row) => [row.answer, percent(row.before), percent(row.after), decimal(row.change)]),
    rows: () => rows,
  };
}

/** Of a template, which has no answers. */
function tokens({ before, after, control }: FromTo): TableFigure {
  const ranks = after.top.map((token, i) => ({ after: token, before: before.top[i] }));
  const same = control ? ` From ${control.count} other tokens, drawn at random, the first is the same ${control.sameToken} times.` : '';
  return {
    kind: 'table',
    name: 'from-to-tokens',
    title: 'Next tokens before and after',
    about: `The most probable next tokens without the patch and with it.${same}`,
    columns: [{ title: 'before' }, { title: '', right: true }, { title: 'after' }, { title: '', right: true }],
    cells: ranks.map((rank) => [rank.before, rank.after].flatMap((one) => [visible(one.text), percent(one.probability)])),
    rows: () => ranks.map((rank, i): Row => ({
      rank: i, before: rank.before.text, beforeProbability: rank.before.probability,
      after: rank.after.text, afterProbability: rank.after.probability,
    })),
  };
}

function lens({ before, after, lensSites }: FromTo): TableFigure {
  const rows = lensSites.map((site, i) => {
    const [was, now] = [before.lens![i][0], after.lens![i][0]];
    return { site, beforeToken: was.text, beforeProbability: was.probability, afterToken: now.text, afterProbability: now.probability };
  });
  return {
    kind: 'table',
    name: 'from-to-lens',
    title: 'By layer',
    about: 'What each layer would say at the last token, by the logit lens.',
    columns: [{ title: 'layer' }, { title: 'before' }, { title: '', right: true }, { title: 'after' }, { title: '', right: true }],
    cells: rows.map((row, i) => [
      siteLabel(lensSites[i]),
      visible(row.beforeToken), percent(row.beforeProbability),
      visible(row.afterToken), percent(row.afterProbability),
    ]),
    rows: () => rows,
  };
}

type Matrix = NonNullable<FromTo['matrix']>;

const changeLine = (name: string, value: number): [string, string] => [name, decimal(value, 3)];

/** Rows are layers that are read, columns layers that are changed. */
function layers(part: FromTo, { metric: values, top }: Matrix): GridFigure {
  const { patches: [{ from: [from], to }], metric, before, site } = part;
  const changes = top.map((row, i) => row.map(({ probability }, j) => (values ? values[i][j] - before.metric! : probability)));
  const limit = values ? Math.max(1e-6, ...changes.flat().map(Math.abs)) : 1;
  const columns = top.map((_, layer): GridColumn => ({ position: null, labels: [String(layer)], mark: 'same', template: false }));
  const grid: Grid = {
    rows: top.map((_, layer) => ({ label: String(layer), site: blockSiteName(layer, site) })),
    rowAxis: { name: 'from layer', width: 40 },
    axes: ['to layer'],
    columns,
    values: changes,
    texts: top.map((row) => row.map(({ text }) => visible(text))),
    scale: {
      kind: values ? 'diverging' : 'sequential',
      limit,
      beyond: false,
      label: values ? `change of logit(${metric!.positive}) − logit(${metric!.negative})` : 'probability of the top token',
      format: (value) => (value === null ? '–' : values ? decimal(value) : percent(value)),
      ...(values && { tick: (value: number) => decimal(value) }),
    },
    means: null,
  };
  return {
    kind: 'grid',
    name: 'from-to-layers',
    title: 'From every layer into every layer',
    about:
      `${site} at ${visible(from.text)} (#${from.position}) of every layer (rows) put to ${visible(to.text)} (#${to.position}) in every ` +
      'layer (columns), with the token that is then most probable.',
    grid,
    describe: (row, column) => ({
      title: `from layer ${row} into layer ${column}`,
      lines: [
        ['most probable next token', `${visible(top[row][column].text)} ${percent(top[row][column].probability)}`],
        ...(values ? [changeLine(grid.scale.label, changes[row][column]), changeLine('logit difference after the patch', values[row][column])] : []),
      ],
    }),
    rows: () => top.flatMap((cells, fromLayer) => cells.map(({ id, text, probability }, toLayer): Row => ({
      fromLayer, toLayer, logitDifference: values ? values[fromLayer][toLayer] : null, tokenId: id, token: text, probability,
    }))),
  };
}

const LONGEST = 10;

function predicted({ top }: Matrix): TableFigure {
  return {
    kind: 'table',
    name: 'from-to-predicted',
    title: 'The most probable token for each pair of layers',
    about: 'Rows are the layers that are read, columns those that are changed.',
    columns: [{ title: '' }, ...top.map((_, layer) => ({ title: String(layer) }))],
    cells: top.map((row, layer) => [String(layer), ...row.map(({ text }) => shorten(visible(text), LONGEST))]),
    rows: () => top.flatMap((cells, fromLayer) =>
      cells.map(({ text, probability }, toLayer): Row => ({ fromLayer, toLayer, token: text, probability }))),
  };
}
