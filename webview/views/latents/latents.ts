/** Attribution to latents: which sparse latents carry the difference between the code and its near twin, as bars. */
import type { Explanation } from '../../../src/protocol/documents/explanation';
import type { LatentsDocument } from '../../../src/protocol/documents/latents';
import { DENSE } from '../../../src/vocabulary/dense';
import { AnswerStatus } from '../../page/answer-status';
import { AttributionBars } from '../../figures/bars/bars';
import { el } from '../../ui/dom';
import { folding } from '../../ui/folding';
import { exportBar } from '../../page/exports';
import { findingsList } from '../../page/findings';
import { tokenLatentActions, type ActOnLatent } from '../../page/latent-actions';
import { LatentsControls } from './controls';
import { attributedNodes, barRows, isInactive, latentFacts, nodeCell, unitLabel, type Grouping } from './display';
import type { AnalysisId } from '../../../src/protocol/analyses';
import { isUnasked } from '../asked';
import { shownDocument, whyNoLatents, type LatentsOptions, type LatentsShown } from './shown';
import { fileStem, type Page } from '../../page/page';
import { pictureWords } from '../../page/picture-words';
import { latentRows } from '../../page/records';
import { Slot } from '../../ui/slot';
import { TableBehind } from '../../figures/table';
import { decimal, plain } from '../../../src/figures/kinds/text';
import { cellElements } from '../../figures/tooltip';
import { isDenseNode, type AttributedNode } from '../../figures/bars/rows';
import type { SiteName } from '../../../src/vocabulary/sites';

export interface LatentsEvents {
  /** @param byReader as left out, the reader asks; what is not asked for, but looked at, is not begun where it takes long */
  attribute: (options: LatentsOptions, byReader?: boolean) => void;
  /** Null leaves the SAE to the engine. */
  readActivations: (site: SiteName | null, byReader?: boolean) => void;
  cancel: (id: AnalysisId) => void;
  act: ActOnLatent;
}

export interface LatentsView {
  element: HTMLElement;
  show: (shown: LatentsShown) => void;
}

const ORDERS: { value: Grouping; label: string }[] = [
  { value: 'rank', label: 'by size, dense last' },
  { value: 'token', label: 'by token' },
  { value: 'layer', label: 'by layer' },
];

export function attributionView(page: Page, events: LatentsEvents): LatentsView {
  const { selection, controls } = page;
  let explanation: Explanation | null = null;
  let document: LatentsDocument | null = null;
  let grouping: Grouping = 'rank';
  let errors = true;
  let nodes: AttributedNode[] = [];
  let chosen: AttributedNode | null = null;

  const ask = new LatentsControls(controls, () => selection.value.position, events.attribute);
  const status = new AnswerStatus(controls, () => events.attribute(ask.options(false)), () => events.cancel('latents'));
  const [why, doubts, findings, facts, words] = Array.from({ length: 5 }, () => new Slot());
  const readout = el('div', { class: 'readout chosen', 'aria-live': 'polite' });
  const choose = (node: AttributedNode | null) => {
    chosen = node;
    const position = selection.value.position;
    bars.mark(node?.key ?? null, position);
    const actions = node?.latent ? [tokenLatentActions(controls, events.act, node.latent, node.position, isInactive(node))] : [];
    readout.replaceChildren(...(node && document ? cellElements(nodeCell(document, node)) : []), ...actions);
  };
  const bars = new AttributionBars(
    {
      describe: (node) => nodeCell(document!, node),
      onChoose: (node) => {
        choose(node);
        const layer = document!.saes.find(({ site }) => site === node.site)?.layer ?? -1;
        selection.set({ position: node.position, layer });
      },
      onOpen: ({ latent, site, position }) => latent && events.act('show', { site, latent: latent.latent }, position),
    },
    'Attributions to latents',
  );
  selection.onChange(({ position }) => {
    if (chosen && chosen.position !== position) choose(null);
    else bars.mark(chosen?.key ?? null, position);
  });
  const table = new TableBehind(() => nodeTable(document!, nodes));
  const draw = () => {
    if (!document) return;
    nodes = attributedNodes(document, errors);
    bars.show(barRows(document, nodes, grouping), unitLabel(document));
    choose(nodes.find(({ key }) => key === chosen?.key) ?? null);
    table.refresh();
  };
  const order = controls.choice('Order', (value) => {
    grouping = ORDERS.find((one) => one.value === value)?.value ?? 'rank';
    draw();
  });
  order.show(ORDERS, grouping);
  const withErrors = controls.toggle('Error nodes', (on) => {
    errors = on;
    draw();
  }, true);
  withErrors.setAttribute('title', 'Whether what the SAEs do not reconstruct is shown beside the latents, where it is as large');
  const exports = exportBar(page, 'Latents', () =>
    explanation && document
      ? {
          name: `${fileStem(explanation)}-latents`,
          rows: () => latentRows(document!, nodes),
          picture: (theme) => bars.picture(pictureWords('Attributions to latents', explanation!, { metric: document!.metric, variant: document!.counterfactual.description }), theme),
        }
      : null,
  );
  const drawn = el(
    'div',
    { hidden: '' },
    doubts.element,
    folding('Findings and the metric', findings.element, facts.element),
    el('div', { class: 'controls' }, order.element, withErrors, exports),
    folding('What the bars mean', words.element),
    bars.element,
    readout,
    table.element,
  );
  const element = el(
    'section',
    { id: 'attribution', class: 'card', 'aria-label': 'Attribution to latents' },
    el('h2', {}, 'Attribution to latents'),
    folding('Choose SAEs, tokens, method and answers', ask.element),
    status.element,
    why.element,
    drawn,
  );
  return {
    element,
    show: (shown) => {
      const reason = whyNoLatents(shown);
      const before = document;
      ({ explanation } = shown);
      document = shownDocument(shown);
      const metric = document?.metric ?? explanation?.patching?.metric ?? null;
      const labels = explanation?.prediction.answers.map(({ label }) => label) ?? [];
      ask.show(shown.saes, { labels, metric }, reason === null && shown.live && !shown.latents.running);
      status.show(shown.latents);
      why.show([reason, document === null], () => [reason !== null && document === null && el('p', { class: 'muted' }, reason)]);
      drawn.hidden = document === null;
      const unasked = isUnasked({ ...shown.latents, result: document });
      if (shown.looking && reason === null && unasked) events.attribute(ask.options(false), false);
      if (!document || document === before) return;
      const { problems } = document;
      doubts.show(problems, () => problems.map((problem) => el('p', { class: 'notice outdated' }, problem)));
      findings.show(document.findings, () => [document!.findings.length > 0 && findingsList(document!.findings)]);
      facts.show(document, () => [factList(latentFacts(document!))]);
      words.show(document, () => [el('p', { class: 'muted' }, meaning(document!))]);
      draw();
    },
  };
}

function meaning(document: LatentsDocument): string {
  if (document.latents.length === 0) return 'No latent tells the two programs apart at these sites and tokens.';
  return (
    'Each bar estimates how far one latent at one token, given the activation that it has in the original, moves the variant’s answer to the ' +
    'original’s (1: all of the way). Beside it: the token, its position, the activation in the original → in the variant. ' +
    `Dense latents, active at over ${100 * DENSE} % of tokens, stand behind the others.`
  );
}

function factList(facts: readonly [name: string, value: string][]): HTMLElement {
  return el('dl', { class: 'facts' }, ...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', { class: 'wrap' }, value))));
}

function nodeTable(document: LatentsDocument, nodes: readonly AttributedNode[]) {
  const of = (value: number | null) => decimal(value, 4);
  return {
    caption: `Attribution to latents: ${unitLabel(document)}`,
    head: ['site', 'position', 'token', 'latent', 'dense', 'attribution', 'direct effect', 'really patched', 'original', 'variant', 'stands for'],
    rows: nodes.map((node) => {
      const { site, position, token, latent, value, directEffect, patched } = node;
      return [
        site, String(position), token, latent ? String(latent.latent) : 'error', isDenseNode(node) ? 'yes' : '', of(value), of(directEffect), of(patched),
        latent ? decimal(latent.clean, 3) : '–', latent ? decimal(latent.corrupted, 3) : '–', latent?.description ? plain(latent.description) : '–',
      ];
    }),
  };
}
