/** Figures of attribution patching. */
import type { Part } from '../../protocol/analyses';
import { patchedWords, type PatchedComponent } from '../../protocol/analyses/attribution-patching';
import { componentWords } from '../../protocol/analyses/components';
import type { Result } from '../../protocol/documents/result';
import type { Figure, GridFigure, Row, TableFigure } from '../kinds/figure';
import type { Grid, GridColumn, GridScale } from '../kinds/grid';
import { decimal, plain } from '../kinds/text';
import { writerFigure, writerGrid, type WriterCell } from '../kinds/writers';
import { blockSiteName } from '../../vocabulary/sites';

type AttributionPatching = Part<'attributionPatching'>;
type Cell = WriterCell & { score: number };

export function attributionPatchingFigures(_: Result, part: AttributionPatching): Figure[] {
  const { metric: { positive, negative }, correction, heads, mlps, direction, clean, corrupted, embed } = part;
  const cells = heads.flatMap((row, layer): Cell[] => [
    ...row.map((score, head): Cell => ({ kind: 'head', layer, head, score })),
    { kind: 'mlp_out', layer, head: null, score: mlps[layer] },
  ]);
  const made = writerGrid(cells, ({ score }) => score, (values) => scaleOf(values, correction));
  const into = direction === 'denoising' ? 'the variant’s' : 'the original’s';
  const about =
    'By how much patching each at all tokens is estimated to change ' +
    `logit(${plain(positive)}) − logit(${plain(negative)}) of ${into} run, ` +
    `in logits; it is ${decimal(clean)} in the original and ${decimal(corrupted)} in the variant.`;
  const row = (one: { kind: string; layer: number | null; head: number | null; score: number; change: number | null }): Row =>
    ({ direction, correction, ...one, clean, corrupted });
  const rows = () => [
    ...(embed ? [row({ kind: 'embed', layer: null, head: null, ...embed })] : []),
    ...cells.map(({ kind, layer, head, score }) =>
      row({ kind, layer, head, score, change: reallyPatched(part, { kind, layer, head })?.change ?? null })),
  ];
  const grid = made && writerFigure(made, {
    name: 'attribution-patching',
    title: 'Attribution patching of heads and MLPs',
    about,
    rows,
    describe: (cell) => {
      if (!cell) return { title: 'nothing', lines: [] };
      const really = reallyPatched(part, cell);
      return {
        title: componentWords({ ...cell, name: '' }),
        lines: [
          [correction === 'grad-drop' ? 'estimated size of the change' : 'estimated change', `${decimal(cell.score, 3)} logits`],
          ['really patched', really ? `${decimal(really.change, 3)} logits` : 'no'],
        ],
      };
    },
  });
  const inputs = [part.queries && inputGrid(part, 'query', part.queries), part.keys && inputGrid(part, 'key', part.keys)];
  return [...(grid ? [grid] : []), ...inputs.filter((one) => one !== null), table(part)];
}

/** Queries or keys: layers against the heads that have their own. */
function inputGrid(part: AttributionPatching, kind: 'query' | 'key', scores: readonly (readonly number[])[]): GridFigure {
  const [what, site] = kind === 'query' ? ['queries', 'attn.hook_q'] as const : ['keys', 'attn.hook_k'] as const;
  const values = scores.map((row) => [...row]);
  const grid: Grid = {
    rows: scores.map((_, layer) => ({ label: String(layer), site: blockSiteName(layer, site) })),
    axes: ['head'],
    columns: scores[0].map((_, head): GridColumn => ({ position: null, ...(kind === 'query' && { head }), labels: [String(head)], mark: 'same', template: false })),
    values,
    texts: null,
    scale: scaleOf(values, part.correction),
    means: null,
  };
  return {
    kind: 'grid',
    name: `attribution-patching-${what}`,
    title: `Attribution patching of ${what}`,
    about: `The same for the ${what} of each head, with the softmax computed anew, in logits.`,
    grid,
    describe: (layer, head) => {
      const really = reallyPatched(part, { kind, layer, head });
      return {
        title: `the ${what} of head ${layer}.${head}`,
        lines: [
          ['estimated change', `${decimal(scores[layer][head], 3)} logits`],
          ['really patched', really ? `${decimal(really.change, 3)} logits` : 'no'],
        ],
      };
    },
    rows: () => scores.flatMap((row, layer) => row.map((score, head): Row => {
      return { kind, layer, head, score, change: reallyPatched(part, { kind, layer, head })?.change ?? null };
    })),
  };
}

type Named = { kind: PatchedComponent['kind'] | WriterCell['kind']; layer: number; head: number | null };

function reallyPatched({ top, random }: AttributionPatching, { kind, layer, head }: Named): PatchedComponent | undefined {
  return [...top, ...random].find((one) => one.kind === kind && one.layer === layer && one.index === head);
}

function scaleOf(values: readonly (readonly (number | null)[])[], correction: AttributionPatching['correction']): GridScale {
  const limit = values.flat().reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 1e-6);
  return {
    kind: correction === 'grad-drop' ? 'sequential' : 'diverging',
    limit,
    beyond: false,
    label: correction === 'grad-drop' ? 'estimated size of the change (logits)' : 'estimated change (logits)',
    format: (value) => decimal(value),
    tick: (value) => decimal(value),
  };
}

function table(part: AttributionPatching): TableFigure {
  const { top, neurons, random, embed, agreement: { correlation, sameSign, of } } = part;
  const sets: [string, PatchedComponent[]][] = [['largest', top], ['neuron', neurons], ['random', random]];
  const signs = sameSign === null ? '' : `, ${sameSign} of ${of} with the same sign`;
  return {
    kind: 'table',
    name: 'attribution-patching-checked',
    title: 'Estimated and really patched',
    about:
      'The largest heads and MLPs, the largest neurons, heads and MLPs drawn at random, and the embedding, which all is made from, in logits. ' +
      (correlation === null ? 'Of heads and MLPs either does not vary.' : `Of heads and MLPs r = ${decimal(correlation)}${signs}.`),
    columns: [{ title: 'component' }, { title: 'chosen as' }, { title: 'estimated', right: true }, { title: 'patched', right: true }],
    cells: [
      ...sets.flatMap(([set, some]) => some.map((one) => [patchedWords(one), set, decimal(one.score, 3), decimal(one.change, 3)])),
      ...(embed ? [['the embedding', 'all', decimal(embed.score, 3), decimal(embed.change, 3)]] : []),
    ],
    rows: () => [
      ...sets.flatMap(([set, some]) => some.map(({ name, kind, layer, index, score, change }): Row => {
        return { set, component: name, kind, layer, index, score, change };
      })),
      ...(embed ? [{ set: 'all', component: 'embed', kind: 'embed', layer: null, index: null, ...embed }] : []),
    ],
  };
}
