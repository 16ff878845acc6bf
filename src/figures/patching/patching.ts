/** Figures of patching. */
import type { Part } from '../../protocol/analyses';
import { windowLabel } from '../../protocol/analyses/patching';
import type { Counterfactual, PromptToken } from '../../protocol/reading/reading';
import type { Result } from '../../protocol/documents/result';
import { ESTIMATED } from '../../protocol/words/estimate';
import type { Figure, Row } from '../kinds/figure';
import { isPending, type CellText, type Grid, type GridColumn, type GridScale } from '../kinds/grid';
import { decimal } from '../kinds/text';
import { alignedColumns } from '../kinds/tokens';
import { blockSiteName, isPatchSite } from '../../vocabulary/sites';

type ExplainedPatching = Part<'patching'>;

export interface PatchingShown {
  patching: ExplainedPatching | null;
  counterfactual: Counterfactual | null;
  tokens: readonly PromptToken[];
}

export function patchingFigures({ reading: { tokens }, pair }: Result, patching: ExplainedPatching): Figure[] {
  const shown: PatchingShown = { patching, counterfactual: pair, tokens };
  const grid = patchingGrid(shown);
  if (!grid) return [];
  const { positive, negative } = patching.metric;
  return [
    {
      kind: 'grid',
      name: 'patching',
      title: `Patching of ${patching.site}`,
      about: `How much of logit(${positive}) − logit(${negative}), ${decimal(patching.clean)} in the original and ${decimal(patching.corrupted)} in the variant, one patch${patching.window ? ` in ${patching.window} layers at once` : ''} ${patching.direction === 'denoising' ? 'restores' : 'removes'}.`,
      grid,
      describe: (row, column) => patchingCell(shown, grid, row, column),
      rows: () => patchingRows(shown),
    },
  ];
}

/** Whose activations are read, and whose run they are put into. */
const RUNS = {
  denoising: { read: 'original', into: 'variant' },
  noising: { read: 'variant', into: 'original' },
} as const;

/** Patching as a grid over the aligned tokens. Null without patching. */
export function patchingGrid(explanation: PatchingShown): Grid | null {
  const { patching, counterfactual, tokens } = explanation;
  if (!patching || !counterfactual) return null;
  const columns = alignedColumns(tokens, counterfactual, patching.behind?.tokens);
  const values = patching.logitDifference.map((_, layer) => columns.map((column) => change(explanation, layer, column)));
  const estimated = values.map((row, layer) => row.map((value, at) => value !== null && isEstimated(patching, layer, columns[at])));
  return {
    rows: values.map((_, layer) => {
      return { label: windowLabel(layer, patching.window, values.length), site: blockSiteName(layer, patching.site) };
    }),
    axes: ['original', 'variant'],
    columns,
    ...(isPatchSite(patching.site) && !patching.window && { activations: { site: patching.site, ...RUNS[patching.direction] } }),
    values,
    ...(estimated.some((row) => row.includes(true)) && { estimated }),
    texts: null,
    scale: changeScale(patching.direction, patching.effect !== null, values),
    means: { rows: values.map(mean), columns: columns.map((_, at) => mean(values.map((row) => row[at]))) },
  };
}

/** How much one patch changes the run that it is put into: 0 is nothing, 1 (if normalised) all of the difference. */
function change({ patching }: PatchingShown, layer: number, column: GridColumn): number | null {
  if (!patching) return null;
  const { effect, raw } = patchOf(patching, layer, column);
  return changeOf(patching, patching.effect ? { effect } : { raw });
}

/** How much a patch changes its run, from its normalised effect or from the metric after it. */
export function changeOf(
  { direction, clean, corrupted }: Pick<ExplainedPatching, 'direction' | 'clean' | 'corrupted'>,
  patch: { effect: number | null } | { raw: number | null },
): number | null {
  const [value, top, bottom] = 'effect' in patch ? [patch.effect, 1, 0] : [patch.raw, clean, corrupted];
  if (value === null) return null;
  return direction === 'denoising' ? value - bottom : top - value;
}

/**
 * The scale of such changes.
 * @param least the share of the strongest colour at least; small where no single patch moves much, as one of a neuron
 */
export function changeScale(
  direction: ExplainedPatching['direction'],
  normalised: boolean,
  values: readonly (readonly (number | null)[])[],
  least = 1,
): GridScale {
  const largest = values.flat().reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  const limit = normalised ? Math.min(2, Math.max(least, largest)) : Math.max(largest, 1e-6);
  const verb = direction === 'denoising' ? 'restored' : 'removed';
  return {
    kind: 'diverging',
    limit,
    beyond: largest > limit,
    label: normalised ? `share of the logit difference ${verb}` : `logit difference ${verb} (logits)`,
    format: (value) => decimal(value),
  };
}

/** The normalised effect and the metric itself of one patch. */
function patchOf(patching: ExplainedPatching, layer: number, { position, behind }: GridColumn): Record<'effect' | 'raw', number | null> {
  const from = behind === undefined ? patching : patching.behind;
  const at = behind ?? position;
  if (!from || at === null) return { effect: null, raw: null };
  return { effect: from.effect && from.effect[layer][at], raw: from.logitDifference[layer][at] };
}

function isEstimated({ measured, behind: shared }: ExplainedPatching, layer: number, { position, behind }: GridColumn): boolean {
  const made = behind === undefined ? measured : shared?.measured;
  const at = behind ?? position;
  return at !== null && made?.[layer][at] === false;
}

function mean(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

/** Both tokens and both metrics of a cell of patching. */
export function patchingCell(explanation: PatchingShown, grid: Grid, row: number, column: number): CellText {
  const { patching } = explanation;
  const { position, labels, mark, behind } = grid.columns[column];
  const [original, variant] = labels;
  const { effect, raw } = patchOf(patching!, row, grid.columns[column]);
  const place = behind !== undefined ? ', behind both prompts: both answers begin with it' : position === null ? '' : `, token ${position}`;
  const unmade = isPending(grid, row, column) ? 'not done yet' : '';
  const missing = { inserted: 'only in the variant: nothing to patch', deleted: 'only in the original: nothing to patch', same: unmade, changed: unmade }[mark];
  return {
    title: `${grid.rows[row].site}${patching!.window ? `, layers ${grid.rows[row].label} at once` : ''}${place}`,
    lines: [
      ['original', original ?? '(none)'],
      ['variant', variant ?? '(none)'],
      ...(grid.estimated?.[row][column] ? [['this cell', ESTIMATED] as [string, string]] : []),
      ...(missing ? [[unmade ? 'this patch' : 'alignment', missing] as [string, string]] : []),
      ...(missing
        ? []
        : ([
            [grid.scale.label, grid.scale.format(grid.values[row][column])],
            ...(patching!.effect ? [['normalised (1 as original, 0 as variant)', decimal(effect, 3)]] : []),
            [`logit difference after the patch${grid.estimated?.[row][column] ? ', estimated' : ''}`, decimal(raw, 3)],
          ] as [string, string][])),
    ],
  };
}

/** One row for each layer and aligned column; numbers are null where there was nothing to patch, and estimates where it was not. */
export function patchingRows({ patching, counterfactual, tokens }: PatchingShown): Row[] {
  if (!patching || !counterfactual) return [];
  const shared = patching.behind?.tokens ?? [];
  const behind = shared.map((_, i) => ({ original: tokens.length + i, variant: counterfactual.tokens.length + i }));
  const [originals, variants] = [tokens, counterfactual.tokens].map((own) => [...own, ...shared]);
  return patching.logitDifference.flatMap((own, layer) => {
    const row = [...own, ...(patching.behind?.logitDifference[layer] ?? [])];
    const made = patching.measured && [...patching.measured[layer], ...(patching.behind?.measured?.[layer] ?? [])];
    const effect = patching.effect && [...patching.effect[layer], ...(patching.behind?.effect?.[layer] ?? [])];
    return [...counterfactual.alignment.columns, ...behind].map(
      ({ original, variant }): Row => ({
        site: blockSiteName(layer, patching.site),
        direction: patching.direction,
        layer,
        window: patching.window ?? 1,
        originalPosition: original,
        originalToken: original === null ? null : originals[original].text,
        variantPosition: variant,
        variantToken: variant === null ? null : variants[variant].text,
        logitDifference: original === null ? null : row[original],
        normalized: original === null || !effect ? null : effect[original],
        patched: original === null || row[original] === null ? null : (made?.[original] ?? true),
        clean: patching.clean,
        corrupted: patching.corrupted,
      }),
    );
  });
}
