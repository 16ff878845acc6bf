import { csv } from '../../../../src/figures/kinds/figure';
import { describe, expect, it } from 'vitest';
import { UNASKED } from '../../../../src/protocol/pages/answer';
import { activationCell, activationGrid, mostActive } from '../../../../webview/views/activations/display';
import { axisLimit, barsLayout, legendLines, legendOf, middleOf, rowAt } from '../../../../webview/figures/bars/layout';
import { BarsPainter } from '../../../../webview/figures/bars/paint';
import type { Theme } from '../../../../webview/ui/colours';
import { heatmapPicture } from '../../../../webview/figures/heatmap/picture';
import { attributedNodes, barRows, isInactive, latentFacts, nodeCell, siteChoices, unitLabel, unitOf, type Grouping } from '../../../../webview/views/latents/display';
import { shownActivations, shownDocument, whyNoLatents, type LatentsShown } from '../../../../webview/views/latents/shown';
import { svgPicture } from '../../../../webview/figures/picture';
import { activationRows } from '../../../../src/figures/activations';
import { latentRows } from '../../../../webview/page/records';
import { sampleExplanation } from '../../sample';
import { sae, sampleActivations, sampleLatents } from '../../sample-latents';
import { elements, parseXml } from '../../figures/xml';
import { activationChange, briefDescription, isDenseNode } from '../../../../webview/figures/bars/rows';

const document = sampleLatents();
const nodes = attributedNodes(document, true);
const rows = (grouping: Grouping) => barRows(document, nodes, grouping);
const headings = (grouping: Grouping) => rows(grouping).flatMap((row) => (row.kind === 'heading' ? [[row.title, row.note]] : []));

describe('bars of latents', () => {
  it('are the latents listed and the errors that are as large, by size', () => {
    expect(nodes.filter(({ latent }) => latent).map(({ value }) => value)).toEqual([0.5, 0.3, -0.2, 0.1]);
    const errors = nodes.filter(({ latent }) => !latent);
    expect(errors.map(({ position }) => position)).toEqual(document.tokens.map((_, at) => at).filter((at) => at >= 10).reverse());
    const sizes = nodes.map(({ value }) => Math.abs(value));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(attributedNodes(document, false).every(({ latent }) => latent !== null)).toBe(true);
    expect(attributedNodes({ ...document, latents: [] }, true)).toEqual([]);
    expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length);
  });

  it('put dense latents behind the others, marked', () => {
    const [first, ...others] = document.latents;
    const marked = attributedNodes({ ...document, latents: [{ ...first, density: 0.21 }, ...others.map((one) => ({ ...one, density: 0.2 }))] }, false);
    expect(marked.map(({ value }) => value)).toEqual([0.3, -0.2, 0.1, 0.5]);
    expect(marked.map(isDenseNode)).toEqual([false, false, false, true]);
    expect(Object.fromEntries(nodeCell(document, marked.at(-1)!).lines).dense).toMatch(/^active at 21\.0\s% of tokens/);
    expect(attributedNodes(document, false).some(isDenseNode)).toBe(false); // of documents of before it is not known
  });

  it('have labels without how often a latent is active', () => {
    const text = 'most at the question’s last token · where the model answers TypeError';
    expect(briefDescription(`${text} (active at 15 % of tokens) · promotes TypeError`)).toBe(`${text} · promotes TypeError`);
    expect(briefDescription('closing quote inside print(…)')).toBe('closing quote inside print(…)');
  });

  it('are in logits where the difference is too small to divide by', () => {
    const close = sampleLatents({ normalised: false });
    expect([unitOf(document), unitOf(close)]).toEqual(['share', 'logits']);
    expect(attributedNodes(close, false).map(({ value }) => value)).toEqual([5, 3, -2, 1]);
    expect(unitLabel(close)).toContain('logits');
  });

  it('are grouped by token without a sum over sites, and by site with the sums of all nodes there', () => {
    const byToken = headings('token');
    expect(byToken[0]).toEqual([expect.stringMatching(/^token 2 /), '2 nodes at 2 sites: no sum, as sites build on each other']);
    expect(byToken.at(-1)![1]).toMatch(/^1 node at one site, together 0\.\d\d$/);
    expect(headings('layer')).toEqual([
      ['layer 0  blocks.0.hook_mlp_out', 'all its latents at all tokens 0.40 · its error −0.10'],
      ['layer 1  blocks.1.hook_resid_post', 'all its latents at all tokens 0.90 · its error 0.20'],
    ]);
    for (const grouping of ['rank', 'token', 'layer'] as const) {
      expect(rows(grouping).flatMap((row) => (row.kind === 'node' ? [row.node.key] : [])).sort()).toEqual(nodes.map(({ key }) => key).sort());
    }
  });

  it('say all about a node, with nothing invisible', () => {
    const { title, lines } = nodeCell(document, nodes[0]);
    expect(title).toBe('blocks.1.hook_resid_post #7');
    expect(Object.fromEntries(lines)).toMatchObject({
      'stands for': 'closing⟨U+202E⟩ quote',
      'activation, original → variant': '1.500 → 0.000',
      'attribution, share of the logit difference': '0.5000',
      'direct effect': '0.3000',
      'attribution in logits': '5.0000',
    });
    expect(lines.map(([name]) => name)).not.toContain('ablating it here');
    const inactive = { ...nodes[0], latent: { ...nodes[0].latent!, clean: 0, corrupted: 2 } };
    expect(Object.fromEntries(nodeCell(document, inactive).lines)).toMatchObject({ 'ablating it here': 'changes nothing: it is inactive in the original' });
    expect([nodes[0], inactive, { ...inactive, latent: { ...inactive.latent, head: 1 } }].map(isInactive)).toEqual([false, true, false]);
    expect(activationChange({ ...document.latents[0], clean: 148.31, corrupted: 17.37 })).toBe('148 → 17.4');
  });

  it('come with the numbers with and without error terms', () => {
    const facts = Object.fromEntries(latentFacts(document));
    expect(facts['Original / variant']).toBe('with error terms 6.00 / −4.00 · without 5.00 / −3.00');
    expect(facts['Sum of error nodes']).toBe('from −1.00 logits at blocks.0.hook_mlp_out to 2.00 logits at blocks.1.hook_resid_post');
    const bare = latentFacts(sampleLatents({ errorTerm: false }));
    expect(bare.map(([name]) => name)).not.toContain('Sum of error nodes');
    const checked = Object.fromEntries(latentFacts({ ...document, check: { correlation: 0.9, sameSign: 3, count: 4 } }));
    expect(checked.Check).toBe('3 of 4 really patched with the same sign, correlation 0.90');
  });

  it('are chosen by SAEs of a kind or of a layer, where that is not all or none', () => {
    const all = [sae('hook_embed', null), sae('blocks.0.hook_attn_out', 0), sae('blocks.0.hook_resid_post', 0), sae('blocks.1.hook_resid_post', 1)];
    expect(siteChoices(all).map(({ label, sites }) => [label, sites?.length ?? null])).toEqual([
      ['Where it moves', null], ['All', 'all'.length], ['Residual stream', 2], ['Attention', 1], ['Layer 0', 2], ['Layer 1', 1],
    ]);
    expect(siteChoices([])).toEqual([{ value: '', label: 'Where it moves', sites: null }, { value: 'all', label: 'All', sites: 'all' }]);
    expect(siteChoices([all[2]])).toHaveLength(2);
  });

  it('leave as rows with exact numbers', () => {
    const saved = latentRows(document, nodes);
    expect(saved[0]).toMatchObject({ node: 'latent', layer: 1, position: 5, latent: 7, attribution: 0.5, attributionLogits: 5, directEffect: 0.3 });
    expect(saved.find(({ node }) => node === 'error')).toMatchObject({ site: 'blocks.1.hook_resid_post', latent: null, clean: null });
    expect(csv(saved).trim().split('\r\n')).toHaveLength(1 + nodes.length);
  });
});

const theme: Theme = {
  dark: false, highContrast: false, text: '#111111', muted: 'rgba(20, 30, 40, 0.5)', line: '#dddddd', surface: '#ffffff', accent: '#0b62b8',
  positive: '#0f4c8a', negative: '#b35806', mono: 'monospace', sans: 'sans-serif',
};
const measure = (text: string, font: string) => text.length * 0.6 * Number(/([\d.]+)px/.exec(font)![1]);
const texts = (xml: string) => elements(parseXml(xml), 'text').map(({ text }) => text);

describe('drawing bars', () => {
  it('finds the row under a point, wide and narrow', () => {
    for (const width of [345, 900]) {
      const layout = barsLayout(rows('token'), width);
      rows('token').forEach((_, row) => expect(rowAt(rows('token'), layout, middleOf(layout, row))).toBe(row));
      expect(rowAt(rows('token'), layout, 2)).toBeUndefined();
      expect(rowAt(rows('token'), layout, layout.height + 20)).toBeUndefined();
      expect(middleOf(layout, rows('token').length - 1) + layout.thickness / 2).toBeLessThan(layout.height);
    }
  });

  it('has zero in the middle, room for marks, and a legend of what is there', () => {
    expect(axisLimit(nodes)).toBeGreaterThan(0.5);
    expect(axisLimit([{ ...nodes[0], patched: -3 }])).toBeGreaterThan(3);
    expect(axisLimit([])).toBe(1);
    const plainRows = barRows(document, attributedNodes(document, false).map((node) => ({ ...node, directEffect: null })), 'rank');
    expect(legendOf(plainRows).map(({ mark }) => mark)).toEqual(['positive', 'negative']);
    expect(legendOf(rows('rank')).map(({ mark }) => mark)).toEqual(['positive', 'negative', 'error', 'direct']);
    expect(legendLines(legendOf(rows('rank')), 900)).toHaveLength(1);
    expect(legendLines(legendOf(rows('rank')), 300).length).toBeGreaterThan(1);
  });

  it.each([345, 900])('has every node’s words, value and colour at a width of %d', (width) => {
    const shown = rows('layer');
    const layout = barsLayout(shown, width);
    const draw = (canvas: HTMLCanvasElement, ratio: number) => {
      const painter = new BarsPainter(canvas, { rows: shown, layout, unit: unitLabel(document), theme, selected: nodes[0].key, position: 2 }, ratio);
      return () => painter.destroy();
    };
    const xml = svgPicture({ title: 'Bars', subtitle: ['of a test'], width, height: layout.height, theme, draw }, measure);
    const words = texts(xml);
    for (const expected of ['share of the logit difference', '0.50', '−0.20', '1.50 → 0', 'towards the original', 'layer 0  blocks.0.hook_mlp_out']) {
      expect(words).toContain(expected);
    }
    for (const { latent, site } of nodes) if (latent) expect(words).toContain(`${site} #${latent.latent}`);
    const filled = (colour: string) => elements(parseXml(xml), 'path').filter(({ attributes: { fill } }) => fill === colour).length;
    const framed = nodes.filter(({ latent }) => !latent).length;
    expect([filled(theme.positive), filled(theme.negative)]).toEqual([4 + framed, 2]); // three and one bars, one of each in the legend, frames
  });
});

describe('activations', () => {
  const activations = sampleActivations();

  it('are a grid of the most active latents, the most active on top, with gaps where nothing is known', () => {
    expect(mostActive(activations).map(({ latent }) => latent)).toEqual([1, 6, 5]);
    expect(mostActive(activations, 2).map(({ latent }) => latent)).toEqual([6, 5]);
    const grid = activationGrid(activations);
    expect(grid.rows.map(({ label }) => label)).toEqual(['#1', '#6', '#5']);
    expect(grid.values.map((row) => row.slice(0, 2))).toEqual([[2, null], [4, null], [0, 30]]);
    expect(grid.scale).toMatchObject({ kind: 'sequential', limit: 30 });
  });

  it('are described one by one, and leave as rows', () => {
    const place = 'among the active latents here';
    expect(Object.fromEntries(activationCell(activations, 2, 1).lines)).toMatchObject({ activation: '30.000', [place]: '1 of 2', 'largest in held-out code': '60.00' });
    expect(Object.fromEntries(activationCell(activations, 0, 1).lines)).toMatchObject({ activation: 'not among those listed' });
    expect(Object.fromEntries(activationCell(activations, 2, 0).lines)).toMatchObject({ activation: '0', [place]: 'none of 2' });
    expect(activationRows(activations)).toHaveLength(activations.active.flat().length);
    expect(activationRows(activations)[2]).toMatchObject({ position: 1, latent: 5, activation: 30 });
  });

  it('are drawn with their names and the ends of their scale', () => {
    const picture = heatmapPicture(activationGrid(activations), 900, { minCell: 20, maxCell: 48, fit: false }, { selected: null, numbers: false }, theme, { title: 'A', subtitle: ['B'] });
    const words = texts(svgPicture(picture, measure));
    for (const expected of ['#5', 'latent', '0', '30.0', 'activation']) expect(words).toContain(expected);
    expect(words).not.toContain('layer');
  });
});

describe('the views of latents', () => {
  const unasked = UNASKED;
  const shown = (changes: Partial<LatentsShown> = {}): LatentsShown => ({
    explanation: sampleExplanation(), progress: 'complete', live: true, outdated: false, looking: true,
    saes: null, latents: unasked, activations: unasked, ...changes,
  });

  it('says why nothing can be asked', () => {
    expect(whyNoLatents(shown())).toBeNull();
    expect(whyNoLatents(shown({ live: false }))).toContain('saved result');
    expect(whyNoLatents(shown({ outdated: true }))).toContain('has changed');
    expect(whyNoLatents(shown({ progress: 'running' }))).toContain('comes first');
    expect(whyNoLatents(shown({ progress: 'stopped' }))).toContain('stopped');
    expect(whyNoLatents(shown({ explanation: sampleExplanation({ variant: null }) }))).toContain('no variant');
    expect(whyNoLatents(shown({ explanation: { ...sampleExplanation(), patching: null } }))).toContain('told apart');
  });

  it('shows what belongs to the explanation only', () => {
    const latents = { ...unasked, result: document };
    expect(shownDocument(shown({ latents }))).toBe(document);
    expect(shownDocument(shown({ latents, explanation: sampleExplanation({ code: 'x' }) }))).toBeNull();
    expect(shownDocument(shown({ latents, explanation: sampleExplanation({ variant: 'print(1)' }) }))).toBeNull();
    const activations = { ...unasked, result: sampleActivations() };
    expect(shownActivations(shown({ activations }))).toBe(activations.result);
    expect(shownActivations(shown({ activations, explanation: sampleExplanation({ code: 'x' }) }))).toBeNull();
  });
});
