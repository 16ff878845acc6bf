/** Display model of latents' activations: a heatmap of latents and tokens. */
import type { Activations, DescribedLatent } from '../../../src/protocol/documents/latents';
import { decimal, plain, visible } from '../../../src/figures/kinds/text';
import type { CellText, Grid } from '../../../src/figures/kinds/grid';
import { activation, briefDescription } from '../../figures/bars/rows';

const ROWS = 40;
/** Room for "#2047", and for a description beside it. */
const NUMBER_WIDTH = 72;
const DESCRIPTION_WIDTH = 230;

/** The latents with the largest activations at any token, the largest last: heatmaps begin at the bottom. */
export function mostActive({ active, latents }: Activations, limit = ROWS): DescribedLatent[] {
  const largest = new Map<number, number>();
  for (const { latent, activation: value } of active.flat()) largest.set(latent, Math.max(value, largest.get(latent) ?? 0));
  const ordered = [...latents].sort((a, b) => (largest.get(b.latent) ?? 0) - (largest.get(a.latent) ?? 0));
  return ordered.slice(0, limit).reverse();
}

/** Values are null where a token has more active latents than are listed and this is none of those listed. */
export function activationGrid(activations: Activations): Grid {
  const { sae, tokens, active, counts } = activations;
  const rows = mostActive(activations);
  const listed = active.map((list) => new Map(list.map(({ latent, activation: value }) => [latent, value])));
  const values = rows.map(({ latent }) => listed.map((at, position) => at.get(latent) ?? (counts[position] > at.size ? null : 0)));
  const limit = values.flat().reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const described = rows.some(({ description }) => description !== null);
  return {
    rows: rows.map((latent) => ({ label: rowLabel(latent), site: sae.site })),
    rowAxis: { name: 'latent', width: described ? DESCRIPTION_WIDTH : NUMBER_WIDTH },
    axes: ['tokens'],
    columns: tokens.map((token, position) => ({ position, labels: [visible(token.text)], mark: 'same', template: token.start === null })),
    values,
    texts: null,
    scale: { kind: 'sequential', limit: limit || 1, beyond: false, label: 'activation', format: (value) => decimal(value), tick: activation },
    means: null,
  };
}

function rowLabel({ latent, description }: DescribedLatent): string {
  return description === null ? `#${latent}` : `#${latent}  ${briefDescription(plain(description.text))}`;
}

export function activationCell(activations: Activations, row: number, position: number): CellText {
  const { sae, tokens, active, counts } = activations;
  const { latent, description, maximum } = mostActive(activations)[row];
  const rank = active[position].findIndex((one) => one.latent === latent);
  const value = rank < 0 ? (counts[position] > active[position].length ? 'not among those listed' : '0') : decimal(active[position][rank].activation, 3);
  return {
    title: `${sae.site} #${latent}, token ${position}: ${visible(tokens[position].text)}`,
    lines: [
      ['stands for', description === null ? 'not known' : plain(description.text)],
      ['activation', value],
      ...(maximum === null ? [] : ([['largest in held-out code', decimal(maximum)]] as CellText['lines'])),
      ['among the active latents here', rank < 0 ? `none of ${counts[position]}` : `${rank + 1} of ${counts[position]}`],
    ],
  };
}
