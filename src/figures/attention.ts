/** Figures of attention. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/result';
import type { Figure, Row } from './figure';
import type { Grid } from './grid';
import { percent, visible } from './text';
import { tokenColumns } from './tokens';
import { blockSiteName } from '../vocabulary/sites';

export function attentionFigures({ reading: { tokens } }: Result, { position, weights }: Part<'attention'>): Figure[] {
  const heads = weights.flatMap((rows, layer) => rows.map((row, head) => ({ layer, head, row })));
  const from = `token ${position}: ${visible(tokens[position].text)}`;
  const grid: Grid = {
    rows: heads.map(({ layer, head }) => ({ label: `${layer}.${head}`, site: blockSiteName(layer, 'attn.hook_pattern') })),
    rowAxis: { name: 'head', width: 40 },
    axes: ['tokens'],
    columns: tokenColumns(tokens),
    values: heads.map(({ row }) => row),
    texts: null,
    scale: { kind: 'sequential', limit: 1, beyond: false, label: 'share of the attention', format: (value) => (value === null ? '–' : percent(value)) },
    means: null,
  };
  return [
    {
      kind: 'grid',
      name: 'attention',
      title: `Attention from ${from}`,
      about: 'How much of each head’s attention every token gets. Heads are named by their layer and their number in it, both from 0.',
      grid,
      describe: (row, column) => ({
        title: `head ${grid.rows[row].label}, from ${from}`,
        lines: [[`to token ${column}: ${visible(tokens[column].text)}`, percent(heads[row].row[column])]],
      }),
      rows: () =>
        heads.flatMap(({ layer, head, row }) =>
          row.map((weight, at): Row => ({
            layer, head, position, token: tokens[position].text, readPosition: at, readToken: tokens[at].text, weight,
          })),
        ),
    },
  ];
}
