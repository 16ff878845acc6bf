/** Figures of head patching. */
import type { Part } from '../../protocol/analyses';
import { patchesAllHeads, patchesAllTokens } from '../../protocol/analyses/head-patching';
import { windowLabel } from '../../protocol/analyses/patching';
import type { Counterfactual } from '../../protocol/reading/reading';
import type { Result } from '../../protocol/documents/result';
import { ESTIMATED } from '../../protocol/words/estimate';
import type { Figure, Row } from '../kinds/figure';
import { isPending, type CellText, type Grid, type GridColumn } from '../kinds/grid';
import { changeOf, changeScale } from './patching';
import { decimal } from '../kinds/text';
import { alignedColumns } from '../kinds/tokens';
import { blockSiteName } from '../../vocabulary/sites';

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
  const { grid, places } = patchesAllTokens(part.per) ? wholeHeads(part) : headsByToken(result, pair, part);
  const done = direction === 'denoising' ? 'restore' : 'remove';
  const all = `all heads of ${part.window ? `${part.window} layers` : 'a layer'} at once ${done}`;
  const named = patchesAllHeads(part.per) ? '' : '; heads are named by their layer and their number in it';
  return [
    {
      kind: 'grid',
      name: 'head-patching',
      title: `Patching of heads at ${site}`,
      about:
        `How much of logit(${positive}) − logit(${negative}), ${decimal(clean)} in the original and ${decimal(corrupted)} in the variant, ` +
        `${patchesAllHeads(part.per) ? all : `one head ${done}s`}${patchesAllTokens(part.per) ? ', patched at all tokens' : ` at one token${named}`}.`,
      grid,
      describe: (row, column) => headCell(part, grid, places, row, column),
      rows: () => headRows(result, part),
    },
  ];
}

/** Of rows of patterns. */
const NO_ROW = 'it, or a token before it, is in one program only: no row to patch';

/** Layers against heads. */
function wholeHeads(part: HeadPatching): { grid: Grid; places: Place[][] } {
  const heads = Array.from({ length: part.heads }, (_, head) => head);
  const places = part.logitDifference.map((_, layer) => heads.map((head) => ({ layer, head, column: 0 })));
  const all = patchesAllHeads(part.per);
  const columns = heads.map((head): GridColumn => {
    return { position: null, ...(!all && { head }), labels: [all ? 'all' : String(head)], mark: 'same', template: false };
  });
  const labels = places.map((_, layer) => {
    return { label: windowLabel(layer, part.window, places.length), site: blockSiteName(layer, part.site) };
  });
  return { grid: headGrid(part, places, { rows: labels, axes: ['head'], columns }), places };
}

/** Heads against tokens. */
function headsByToken({ reading: { tokens } }: Result, pair: Counterfactual, part: HeadPatching): { grid: Grid; places: Place[][] } {
  const columns = alignedColumns(tokens, pair, part.behind);
  const heads = part.logitDifference.flatMap((rows, layer) => rows.map((_, head) => ({ layer, head })));
  const at = ({ position, behind }: GridColumn) => (behind === undefined ? position : tokens.length + behind);
  const places = heads.map((head) => columns.map((column) => ({ ...head, column: at(column) })));
  const all = patchesAllHeads(part.per);
  const rows = heads.map(({ layer, head }) => {
    const site = blockSiteName(layer, part.site);
    return all ? { label: windowLabel(layer, part.window, heads.length), site } : { label: `${layer}.${head}`, site, head };
  });
  const grid = headGrid(part, places, {
    rows, ...(!all && { rowAxis: { name: 'head', width: 40 } }), axes: ['original', 'variant'], columns,
  });
  const apart = columns.findIndex(({ position, variant, behind }, i) => behind === undefined && (position !== i || variant !== i));
  if (part.site !== 'attn.hook_pattern' || apart < 0) return { grid, places };
  const none = columns.map((_, i) => i >= apart);
  return { grid: { ...grid, empty: { cells: heads.map(() => none), words: NO_ROW } }, places };
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
  const layers = part.window ? `layers ${grid.rows[row].label}` : `layer ${layer}`;
  const title = `${patchesAllHeads(part.per) ? `all heads, ${layers}` : `head ${layer}.${head}`}, ${grid.rows[row].site}`;
  const raw = at === null ? null : logitDifference[layer][head][at];
  if (raw === null) {
    const why = grid.empty?.cells[row][column] ? NO_ROW : isPending(grid, row, column) ? 'not done yet' : `only in the ${mark === 'inserted' ? 'variant' : 'original'}: nothing to patch`;
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
        head: patchesAllHeads(per) ? null : head,
        window: part.window ?? 1,
        position: patchesAllTokens(per) ? null : at,
        token: patchesAllTokens(per) ? null : texts[at],
        logitDifference: value,
        normalized: effect && effect[layer][head][at],
        patched: value === null ? null : (measured?.[layer][head][at] ?? true),
        clean,
        corrupted,
      })),
    ),
  );
}
