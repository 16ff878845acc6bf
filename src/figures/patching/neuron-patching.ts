/** Figures of neuron patching. */
import type { Part } from '../../protocol/analyses';
import type { Counterfactual } from '../../protocol/reading/reading';
import type { Result } from '../../protocol/documents/result';
import type { Figure, GridFigure, Row, TableFigure } from '../kinds/figure';
import { isPending, type CellText, type Grid, type GridColumn } from '../kinds/grid';
import { changeOf, changeScale } from './patching';
import { decimal } from '../kinds/text';
import { alignedColumns } from '../kinds/tokens';
import { blockSiteName } from '../../vocabulary/sites';

type NeuronPatching = Part<'neuronPatching'>;

export function neuronPatchingFigures(result: Result, part: NeuronPatching): Figure[] {
  const { pair } = result;
  if (!pair || part.neurons.length === 0) return [];
  return [...(part.per === 'neuron' ? [] : [gridFigure(result, pair, part)]), table(result, part)];
}

const nameOf = ({ layer, index }: NeuronPatching['neurons'][number]) => `${layer}.${index}`;

/** A share: one neuron moves little, and what moves less has hardly a colour. */
const SMALL = 0.05;

/** Neurons against tokens, the largest on top; those drawn at random below. */
function gridFigure(result: Result, pair: Counterfactual, part: NeuronPatching): GridFigure {
  const { direction, effect, logitDifference, neurons, metric: { positive, negative }, clean, corrupted } = part;
  const { tokens } = result.reading;
  const columns = alignedColumns(tokens, pair, part.behind);
  const at = ({ position, behind }: GridColumn) => (behind === undefined ? position : tokens.length + behind);
  const order = neurons.map((_, i) => neurons.length - 1 - i); // rows are drawn from below
  const values = order.map((i) => columns.map((column) => {
    const where = at(column);
    return where === null ? null : changeOf(part, effect ? { effect: effect[i][where] } : { raw: logitDifference[i][where] });
  }));
  const grid: Grid = {
    rows: order.map((i) => ({ label: nameOf(neurons[i]), site: blockSiteName(neurons[i].layer, 'mlp.hook_post') })),
    rowAxis: { name: 'neuron', width: 64 },
    axes: ['original', 'variant'],
    columns,
    values,
    texts: null,
    scale: changeScale(direction, effect !== null, values, SMALL),
    means: null,
  };
  return {
    kind: 'grid',
    name: 'neuron-patching',
    title: 'Patching of neurons at mlp.hook_post',
    about:
      `How much of logit(${positive}) − logit(${negative}), ${decimal(clean)} in the original and ${decimal(corrupted)} in the variant, ` +
      `one neuron ${direction === 'denoising' ? 'restores' : 'removes'} at one token. ` +
      'Neurons are named by their layer and their number in it; those with the largest estimates are on top, ' +
      `the ${neurons.filter(({ chosen }) => chosen === 'random').length} drawn at random below.`,
    grid,
    describe: (row, column) => cellOf(part, grid, order[row], row, column, at(columns[column])),
    rows: () => rowsOf(result, part),
  };
}

function cellOf(part: NeuronPatching, grid: Grid, neuron: number, row: number, column: number, at: number | null): CellText {
  const { effect, logitDifference, estimates, neurons } = part;
  const { labels, mark } = grid.columns[column];
  const tokens: [string, string][] = [['original', labels[0] ?? '(none)'], ['variant', labels[1] ?? '(none)']];
  const { chosen } = neurons[neuron];
  const title = `neuron ${nameOf(neurons[neuron])}, ${chosen === 'random' ? 'drawn at random' : 'one of the largest'}`;
  const raw = at === null ? null : logitDifference[neuron][at];
  if (raw === null) {
    const why = isPending(grid, row, column) ? 'not done yet' : `only in the ${mark === 'inserted' ? 'variant' : 'original'}: nothing to patch`;
    return { title, lines: [...tokens, ['this patch', why]] };
  }
  return {
    title,
    lines: [
      ...tokens,
      [grid.scale.label, grid.scale.format(grid.values[row][column])],
      ...(effect ? [['normalised (1 as original, 0 as variant)', decimal(effect[neuron][at!], 3)] as [string, string]] : []),
      ['logit difference after the patch', decimal(raw, 3)],
      ['estimated change of it', decimal(estimates[neuron][at!], 3)],
    ],
  };
}

/** Each neuron by its largest patch, and all at once. */
function table(result: Result, part: NeuronPatching): TableFigure {
  const { per, direction, neurons, logitDifference, estimates, clean, corrupted, together, correlation } = part;
  const unpatched = direction === 'denoising' ? corrupted : clean;
  const texts = [...result.reading.tokens, ...part.behind].map(({ text }) => JSON.stringify(text));
  const change = (value: number | null) => (value === null ? null : value - unpatched);
  const cells = neurons.map((one, i) => {
    const changes = logitDifference[i].map(change);
    const at = changes.reduce<number>((best, value, where) => (Math.abs(value ?? 0) > Math.abs(changes[best] ?? 0) ? where : best), 0);
    return [nameOf(one), one.chosen, per === 'neuron' ? 'all' : `${at} ${texts[at]}`, decimal(estimates[i][at], 3), decimal(changes[at], 3)];
  });
  const all = together ? [
    ['all of the largest', 'largest', 'all', '', decimal(change(together.logitDifference), 3)],
    ...(together.random ? [[`as many, ${together.random.draws} times`, 'random', 'all', '', decimal(change(together.random.logitDifference), 3)]] : []),
  ] : [];
  return {
    kind: 'table',
    name: 'neuron-patching-largest',
    title: per === 'neuron' ? 'Neurons, patched at all tokens' : 'Neurons, at the token where each moves most',
    about:
      `By how much a patch is estimated to change the logit difference of ${decimal(unpatched)}, and by how much it does, in logits; ` +
      `then all at once.${correlation === null ? '' : ` Over all patches r = ${decimal(correlation)}.`}`,
    columns: [{ title: 'neuron' }, { title: 'chosen as' }, { title: 'token' }, { title: 'estimated', right: true }, { title: 'patched', right: true }],
    cells: [...cells, ...all],
    rows: () => rowsOf(result, part),
  };
}

/** One row for each neuron, or each at each token of the original; numbers are null where there was nothing to patch. */
function rowsOf({ reading: { tokens } }: Result, part: NeuronPatching): Row[] {
  const { per, direction, behind, neurons, effect, logitDifference, estimates, clean, corrupted } = part;
  const texts = [...tokens, ...behind].map(({ text }) => text);
  return neurons.flatMap(({ layer, index, chosen }, i) => logitDifference[i].map((value, at): Row => ({
    layer,
    neuron: index,
    chosen,
    direction,
    position: per === 'neuron' ? null : at,
    token: per === 'neuron' ? null : texts[at],
    logitDifference: value,
    normalized: effect && effect[i][at],
    estimatedChange: estimates[i][at],
    clean,
    corrupted,
  })));
}
