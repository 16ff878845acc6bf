/** Which latents of one SAE are active at which tokens, as a heatmap. */
import type { Explanation } from '../../../src/protocol/documents/explanation';
import type { Activations } from '../../../src/protocol/documents/latents';
import { activationCell, activationGrid, mostActive } from './display';
import { AnswerStatus } from '../../page/answer-status';
import { el } from '../../ui/dom';
import { exportBar } from '../../page/exports';
import { focusPositions } from '../../page/focus';
import { Heatmap, type Cell } from '../../figures/heatmap/heatmap';
import { tokenLatentActions } from '../../page/latent-actions';
import type { LatentsEvents, LatentsView } from '../latents/latents';
import { isUnasked, whyNotAsked } from '../asked';
import { shownActivations, type LatentsShown } from '../latents/shown';
import { Slot } from '../../ui/slot';
import { fileStem, type Page } from '../../page/page';
import { pictureWords } from '../../page/picture-words';
import { activationRows } from '../../../src/figures/activations';
import type { SiteName } from '../../../src/vocabulary/sites';

export function activationsView(page: Page, events: LatentsEvents): LatentsView {
  const { selection, controls } = page;
  let explanation: Explanation | null = null;
  let activations: Activations | null = null;
  let row: number | null = null;
  let offered = '';
  const heatmap = new Heatmap(
    { title: 'Activations of latents', minCell: 20, maxCell: 48, controls, drawing: page.drawing },
    {
      describe: (cell) => activationCell(activations!, cell.row, cell.column),
      onSelect: (cell) => {
        row = cell.row < 0 ? null : cell.row;
        selection.set({ position: cell.column, layer: activations!.sae.layer ?? -1 });
      },
      actions: (cell) => tokenLatentActions(controls, events.act, mostActive(activations!)[cell.row], cell.column),
    },
  );
  const selectedCell = (): Cell | null => (selection.value.position === null ? null : { row: row ?? -1, column: selection.value.position });
  selection.onChange((_, origin) => {
    if (origin === 'reset') heatmap.mark(selectedCell());
    else heatmap.select(selectedCell(), origin === 'editor');
  });
  const status = new AnswerStatus(controls, () => events.readActivations(sites.value || null), () => events.cancel('activations'));
  const sites = controls.choice<SiteName | ''>('SAE', (site) => events.readActivations(site || null));
  const exports = exportBar(page, 'Activations', () =>
    explanation && activations
      ? {
          name: `${fileStem(explanation)}-activations`,
          rows: () => activationRows(activations!),
          picture: (theme) => heatmap.picture(pictureWords(`Activations of latents at ${activations!.sae.site}`, explanation!), theme)!,
        }
      : null,
  );
  const meaning = 'The latents that are most active at some token of what the model reads, the most active first.';
  const why = new Slot();
  const drawn = el('div', { hidden: '' }, heatmap.element);
  const element = el(
    'section',
    { id: 'activations', class: 'card', 'aria-label': 'Activations of latents' },
    el('h2', {}, 'Activations'),
    el('p', { class: 'muted' }, meaning),
    el('div', { class: 'controls' }, sites.element, heatmap.choices, exports),
    status.element,
    why.element,
    drawn,
  );
  return {
    element,
    show: (shown) => {
      const before = activations;
      ({ explanation } = shown);
      activations = shownActivations(shown);
      const reason = whyNotAsked(shown, []);
      why.show([reason, activations === null], () => [reason !== null && activations === null && el('p', { class: 'muted' }, reason)]);
      status.show(shown.activations);
      showSites(shown);
      if (shown.looking && reason === null && isUnasked({ ...shown.activations, result: activations })) events.readActivations(null, false);
      drawn.hidden = activations === null;
      if (!activations || activations === before) return;
      if (activations.sae.site !== before?.sae.site) row = null;
      const focus = focusPositions(explanation, explanation.actual, explanation.counterfactual);
      heatmap.show(activationGrid(activations), before ? null : activations.tokens.length - 1, focus);
      heatmap.mark(selectedCell());
    },
  };

  function showSites({ saes, activations: { result, running } }: LatentsShown): void {
    const options = (saes ?? (result ? [result.sae] : [])).map(({ site }) => ({ value: site, label: site }));
    const chosen = result?.sae.site ?? '';
    const key = JSON.stringify([options, chosen]);
    sites.disabled = options.length === 0 || running !== null;
    if (key === offered || options.length === 0) return;
    offered = key;
    sites.show(options, chosen);
  }
}
