/** Figures of latents that are active at each token. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/documents/result';
import type { Figure, Row } from './kinds/figure';
import type { Grid } from './kinds/grid';
import { latentName } from '../vocabulary/latent-name';
import { decimal, visible } from './kinds/text';
import { tokenColumns } from './kinds/tokens';

/** Latents that are drawn: those with the largest activations anywhere. All are in the rows. */
const MOST = 20;

/** Values are null where a token has more active latents than are listed and this is none of those listed. */
export function activationsFigures({ reading: { tokens } }: Result, { sae: { site, layer }, active, counts, latents }: Part<'activations'>): Figure[] {
  const largest = new Map<number, number>();
  for (const list of active) for (const { latent, activation } of list) largest.set(latent, Math.max(activation, largest.get(latent) ?? 0));
  const drawn = [...largest].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([latent]) => latent).reverse(); // grids begin at the bottom
  const descriptions = new Map(latents.map(({ latent, description }) => [latent, description?.text ?? null]));
  const values = drawn.map((latent) =>
    active.map((list, position) => list.find((one) => one.latent === latent)?.activation ?? (counts[position] > list.length ? null : 0)),
  );
  const unlisted = values.some((row) => row.includes(null));
  const grid: Grid = {
    rows: drawn.map((latent) => ({ label: String(latent), site, latent })),
    rowAxis: { name: 'latent', width: 60 },
    axes: ['tokens'],
    columns: tokenColumns(tokens),
    values,
    texts: null,
    scale: { kind: 'sequential', limit: Math.max(1e-6, ...largest.values()), beyond: false, label: 'activation', format: (value) => decimal(value), tick: (value) => decimal(value) },
    means: null,
  };
  return [
    {
      kind: 'grid',
      name: 'activations',
      title: `Latents of ${site}`,
      about: `How active each latent is at each token; those with the largest activations first.${unlisted ? ' ○: not among the most active ones there, which are listed.' : ''}`,
      grid,
      describe: (row, column) => ({
        title: `${latentName({ site, latent: grid.rows[row].latent! })} at token ${column}: ${visible(tokens[column].text)}`,
        lines: [
          ['activation', values[row][column] === null ? 'not among those listed' : decimal(values[row][column], 3)],
          ['what it stands for', descriptions.get(drawn[row]) ?? 'nobody knows'],
        ],
      }),
      rows: () => activationRows({ sae: { site, layer }, tokens, active, latents }),
    },
  ];
}

/** One row for each active latent that is listed at a token. */
export function activationRows({ sae: { site, layer }, tokens, active, latents }: ListedActivations): Row[] {
  const descriptions = new Map(latents.map(({ latent, description }) => [latent, description?.text ?? null]));
  return active.flatMap((list, position) =>
    list.map(({ latent, activation }): Row => ({
      site, layer, position, token: tokens[position].text, latent, activation, description: descriptions.get(latent) ?? null,
    })),
  );
}

type ListedActivations = Pick<Part<'activations'>, 'active' | 'latents'> & {
  sae: Pick<Part<'activations'>['sae'], 'site' | 'layer'>;
  tokens: readonly { text: string }[];
};
