/** Figures of head patching. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/result';
import { ESTIMATED } from '../protocol/words/estimate';
import type { Figure, Row } from './figure';
import { isPending, type CellText, type Grid, type GridColumn } from './grid';
import { changeOf, changeScale } from './patching';
import { decimal } from './text';
import { alignedColumns } from './tokens';
import { blockSiteName } from '../vocabulary/sites';

type HeadPatching = Part<'headPatching'>;

/** Where a cell of a grid is in a part; `column` is null where the original has no such token. */
interface Place {
  layer: number;
  head: number;
  column: number | null;
}

export function headPatchingFigures(result: Result, part: HeadPatching): Figure[] {
  const { pair } = result;
  if (!pair) return [];
  const { site, direction, metric: { positive, negative }, clean, corrupted } = part;
  const { grid, places } = part.per === 'head' ? wholeHeads(part) : headsByToken(result, part);
  const done = direction === 'denoising' ? 'restores' : 'removes';
  return [
    {
      kind: 'grid',
      name: 'head-patching',
      title: `Patching of heads at ${site}`,
      about:
        `How much of logit(${positive}) − logit(${negative}), ${decimal(clean)} in the original and ${decimal(corrupted)} in the variant, ` +
        `one head ${done}${part.per === 'head' ? ', patched at all tokens' : ' at one token; heads are named by their layer and their number in it'}.`,
      grid,
      describe: (row, column) => headCell(part, grid, places, row, column),
      rows: () => headRows(result, part),
    },
  ];
}

/** Layers against heads. */
function wholeHeads(part: HeadPatching): { grid: Grid; places: Place[][] } {
  const heads = Array.from({ length: part.heads }, (_, head) => head);
  const places = part.logitDifference.map((_, layer) => heads.map((head) => ({ layer, head, column: 0 })));
  const columns = heads.map((head): GridColumn => ({ position: null, head, labels: [String(head)], mark: 'same', template: false }));
  const labels = places.map((_, layer) => ({ label: String(layer), site: blockSiteName(layer, part.site) }));
  return { grid: headGrid(part, places, { rows: labels, axes: ['head'], columns }), places };
}

/** Heads against tokens. */
function headsByToken({ reading: { tokens }, pair }: Result, part: HeadPatching): { grid: Grid; places: Place[][] } {
  const columns = alignedColumns(tokens, pair!, part.behind);
  const heads = part.logitDifference.flatMap((rows, layer) => rows.map((_, head) => ({ layer, head })));
  const at = ({ position, behind }: GridColumn) => (behind === undefined ? position : tokens.length + behind);
  const places = heads.map((head) => columns.map((column) => ({ ...head, column: at(column) })));
  const labels = heads.map(({ layer, head }) => ({ label: `${layer}.${head}`, site: blockSiteName(layer, part.site), head }));
  const rowAxis = { name: 'head', width: 40 };
  return { grid: headGrid(part, places, { rows: labels, rowAxis, axes: ['original', 'variant'], columns }), places };
}

function headGrid(part: HeadPatching, places: readonly Place[][], shape: Pick<Grid, 'rows' | 'rowAxis' | 'axes' | 'columns'>): Grid {
  const { direction, effect, logitDifference, measured } = part;
  const change = ({ layer, head, column }: Place) => {
    if (column === null) return null;
    return changeOf(part, effect ? { effect: effect[layer][head][column] } : { raw: logitDifference[layer][head][column] });
  };
  const values = places.map((row) => row.map(change));
  const guessed = ({ layer, head, column }: Place) => column !== null && measured?.[layer][head][column] === false;
  const estimated = places.map((row) => row.map(guessed));
  return {
    ...shape,
    values,
    ...(estimated.some((row) => row.includes(true)) && { estimated }),
    texts: null,
    scale: changeScale(direction, effect !== null, values),
    means: null,
  };
}

function headCell(part: HeadPatching, grid: Grid, places: readonly Place[][], row: number, column: number): CellText {
  const { logitDifference, effect } = part;
  const { layer, head, column: at } = places[row][column];
  const { labels, mark } = grid.columns[column];
  const tokens: [string, string][] = labels.length === 2 ? [['original', labels[0] ?? '(none)'], ['variant', labels[1] ?? '(none)']] : [];
  const title = `head ${layer}.${head}, ${grid.rows[row].site}`;
  const raw = at === null ? null : logitDifference[layer][head][at];
  if (raw === null) {
    const why = isPending(grid, row, column) ? 'not done yet' : `only in the ${mark === 'inserted' ? 'variant' : 'original'}: nothing to patch`;
    return { title, lines: [...tokens, ['this patch', why]] };
  }
  const guessed = grid.estimated?.[row][column] ?? false;
  return {
    title,
    lines: [
      ...tokens,
      ...(guessed ? [['this cell', ESTIMATED] as [string, string]] : []),
      [grid.scale.label, grid.scale.format(grid.values[row][column])],
      ...(effect ? [['normalised (1 as original, 0 as variant)', decimal(effect[layer][head][at!], 3)] as [string, string]] : []),
      [`logit difference after the patch${guessed ? ', estimated' : ''}`, decimal(raw, 3)],
    ],
  };
}

/** One row for each head, or for each head and token of the original; numbers are null where there was nothing to patch. */
function headRows({ reading: { tokens } }: Result, part: HeadPatching): Row[] {
  const { site, direction, per, behind, effect, logitDifference, measured, clean, corrupted } = part;
  const texts = [...tokens, ...behind].map(({ text }) => text);
  return logitDifference.flatMap((heads, layer) =>
    heads.flatMap((row, head) =>
      row.map((value, at): Row => ({
        site: blockSiteName(layer, site),
        direction,
        layer,
        head,
        position: per === 'head' ? null : at,
        token: per === 'head' ? null : texts[at],
        logitDifference: value,
        normalized: effect && effect[layer][head][at],
        patched: value === null ? null : (measured?.[layer][head][at] ?? true),
        clean,
        corrupted,
      })),
    ),
  );
}
