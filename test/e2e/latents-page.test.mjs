// The page of the Latents view alone in a browser, with made-up documents: what it draws, what it asks, and what it keeps.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../tools/browser.mjs';
import { cache } from '../../tools/install.mjs';
import { root } from './session.mjs';

const file = (name) => readFileSync(path.join(root, 'dist', 'webview', name), 'utf8');
const nothing = { running: null, error: null, cancelled: false, result: null, complete: true, cost: null };
const SITE = 'blocks.2.hook_resid_post';
const SAE = { name: SITE, site: SITE, layer: 2, format: 'saelens', architecture: 'topk', width: 96, latents: 2048, k: 32 };
const SAES = { format: 'latent-lens/saes', version: 1, model: { id: 'python-errors', layers: 6 }, saes: [{ folder: `/saes/${SITE}`, sae: SAE, problem: null, warning: null }] };
const HOSTILE = '<img src=x onerror="globalThis.broken = true">\u202e';
const blank = { engine: 'running', saes: { ...nothing, result: SAES }, found: nothing, opened: null, page: nothing, changed: nothing, attributed: null, given: null, names: [], highlighted: [] };

const described = (latent, text, maximum = 8.25) => ({ site: SITE, latent, description: text && { text, source: 'automatic' }, maximum });
const hits = [
  { ...described(12, 'closing quote inside print(…) · promotes SyntaxError'), density: 0.0123, promotes: [' SyntaxError', ' TypeError', '\n'], activation: null },
  { ...described(1907, HOSTILE), density: 0.00002, promotes: [HOSTILE], activation: null },
  { ...described(3, null), density: null, promotes: [], activation: null },
];
const found = (to = {}) => ({ ...nothing, result: { search: { by: 'description', query: 'quote', site: null }, hits, total: 250, token: null, ...to } });
const context = (before, token, after, activation) => ({ before, token, after, activation, role: 'closing quote inside print(…)' });
const page = {
  ...described(12, 'closing quote inside print(…) · promotes SyntaxError'), sae: SAE, link: 'https://www.neuronpedia.org/python-errors/2-res/12', problem: null,
  promotes: [{ id: 1, text: ' SyntaxError', logit: 0.51234 }, { id: 2, text: '\n', logit: 0.2 }],
  suppresses: [{ id: 3, text: ' NameError', logit: -0.75 }],
  facts: {
    tokens: 123456, density: 0.0123, histogram: [400, 350, 300, 210, 120, 60, 33, 20, 11, 6, 2, 1], nearest: [{ ...described(40, 'closing bracket'), cosine: 0.8123 }],
    contexts: [context('x = 1\nprint("Temperature', '"', ' + 21)\n', 8.25), context('', HOSTILE, '', 7), context(`a = ${'b + '.repeat(60)}`, '"', ' + 1\n', 4), context('while True:', '\n', '    x', 1)],
  },
};
const answers = (all) => ({ label: Object.entries(all).sort((a, b) => b[1] - a[1])[0][0], answers: Object.entries(all).map(([label, probability]) => ({ label, probability, logit: Math.log(probability) })), answersProbability: 1, top: [] });
const before = answers({ TypeError: 0.83, NameError: 0.1, ValueError: 0.06, NoError: 0.01 });
const after = answers({ TypeError: 0.41, NameError: 0.52, ValueError: 0.06, NoError: 0.01 });
const changed = {
  format: 'latent-lens/changed-latents', version: 1, model: { id: 'python-errors', sha256: '', layers: 6 }, template: 't', prompt: '',
  source: { file: 'temperature.py', code: '', start: 0, end: 28, firstLine: 1, lastLine: 3 },
  tokens: [{ id: 1, text: 'print', start: 0, end: 5 }, { id: 2, text: '"', start: 5, end: 6 }],
  prediction: before, before, after, errorTerm: true, change: before.answers.map(({ label }) => ({ label, probability: 0, logit: 1.23456 })),
  changes: [{ site: SITE, latent: 12, positions: [1], change: { kind: 'ablate' }, was: [{ position: 1, activation: 3.2 }] }],
  generated: { before: ' TypeError', after: ` NameError${HOSTILE}` },
};
const opened = { ...blank, found: found(), opened: { site: SITE, latent: 12 }, page: { ...nothing, result: page } };

let browser;
let tab;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** The page in a column as wide as a side bar; `said` is what it posts. */
async function open(state, { kept, width = 300 } = {}) {
  await tab?.close();
  tab = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  const policy = "default-src 'none'; script-src 'nonce-x'; style-src 'unsafe-inline'; img-src data: blob:";
  const api = `globalThis.said = []; globalThis.kept = ${JSON.stringify(kept ?? null)}; globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => said.push(message), getState: () => kept, setState: (state) => { kept = state; } });`;
  await tab.route('http://view.test/', (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><html lang="en"><head><title>Latents</title><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${file('latents-view.css')}</style></head>
      <body class="vscode-light"><main id="latents-view"></main><script nonce="x">${api}</script><script nonce="x">${file('latents-view.js')}</script></body></html>`,
  }));
  await tab.goto('http://view.test/');
  await tell({ type: 'state', state });
}

const tell = (message) => tab.evaluate((data) => window.postMessage(data, '*'), message);
const said = (type) => tab.evaluate((wanted) => globalThis.said.filter((message) => message.type === wanted), type);
const shot = (name) => tab.screenshot({ path: path.join(cache, 'screenshots', `latents-page-${name}.png`), fullPage: true });
const text = (selector) => tab.locator(selector).innerText();

it('shows what descriptions quote as code, in the list and on the page', async () => {
  const quoting = described(12, 'after `print` · promotes `<b>`');
  await open({ ...opened, opened: null, found: found({ hits: [{ ...hits[0], ...quoting }] }) });
  expect(await tab.locator('.latent .words code').allInnerTexts()).toEqual(['print', '<b>']);
  expect(await text('.latent .words')).toBe('after print · promotes <b>');
  await tell({ type: 'state', state: { ...opened, page: { ...nothing, result: { ...page, ...quoting } } } });
  await tab.locator('[data-part="description"]').waitFor();
  expect(await tab.locator('[data-part="description"] code').allInnerTexts()).toEqual(['print', '<b>']);
});

it('lists latents, and opens one by keyboard', async () => {
  await open({ ...blank, found: found() }, { kept: { search: { by: 'description', query: 'quote', site: null } } });
  await tab.locator('.latent').first().waitFor();
  await shot('list');
  expect(await text('[data-part="found"]')).toMatch(/^250 latents, 3 shown\. Those that can add most/);
  expect(await text('.latents')).toContain('blocks.2.hook_resid_post:12');
  await tab.locator('[data-part="query"]').press('ArrowDown');
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Enter');
  expect(await said('open')).toEqual([{ type: 'open', ref: { site: SITE, latent: 1907 } }]);
});

it('shows a latent, and what comes of changing it, in text only', async () => {
  await open({ ...opened, highlighted: [{ site: SITE, latent: 12, colour: '#c45a00' }], names: [{ site: SITE, latent: 12, name: HOSTILE, note: 'seen in print' }], changed: { ...nothing, result: changed } });
  await tab.locator('.sentence').waitFor();
  await shot('latent');
  expect(await text('.sentence')).toBe('TypeError 83.0\u00a0% → 41.0\u00a0%, now NameError with 52.0\u00a0%.');
  expect(await text('[data-part="changed"]')).toContain('Latent 12 has the activation 3.20 at token 1, “"”.');
  expect(await tab.locator('[data-answer="NameError"]').innerText()).toMatch(/10\.0\s%[^]*52\.0\s%/);
  expect(await tab.evaluate(() => globalThis.broken ?? document.querySelectorAll('main img').length)).toBe(0);
  expect(await text('.latent-title + div')).toContain('⟨U+202E⟩');
  expect(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

it('brings what came of a change into sight, with the difference before and after, beside what the bars said', async () => {
  await open(opened);
  const running = { ...nothing, running: { stage: 'Changing latents', done: null, total: null } };
  await tell({ type: 'state', state: { ...opened, changed: running } });
  await tab.locator('.intervene .running:not([hidden])').waitFor();
  await tab.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const attributed = { metric: { positive: 'TypeError', negative: 'NameError' }, nodes: [{ position: 1, clean: 3.2, corrupted: 0, attribution: 1.5, patched: 1.25 }] };
  await tell({ type: 'state', state: { ...opened, changed: { ...nothing, result: changed }, attributed } });
  const outcome = tab.locator('[data-part="outcome"]');
  await outcome.waitFor();
  const { top, bottom, height } = await outcome.evaluate((element) => ({ ...element.getBoundingClientRect().toJSON(), height: innerHeight }));
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(height);
  const rows = await outcome.locator('tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  expect(rows[3]).toEqual(['logit of TypeError − logit of NameError', '2.12', '−0.24', '−2.35']);
  expect(await outcome.innerText()).toContain('at token 1, “"”: +1.50 by attribution, +1.25 really patched (3.20 against 0.00 in the variant)');
  await shot('outcome');
});

it('starts nothing by itself, and says how to begin', async () => {
  await open({ ...blank, engine: 'stopped', saes: nothing });
  await tab.locator('[data-action="start"]').waitFor();
  await shot('stopped');
  expect((await tab.evaluate(() => globalThis.said)).map(({ type }) => type)).toEqual(['ready']);
  await tab.locator('[data-action="start"]').click();
  expect(await said('start')).toHaveLength(1);
  await tab.locator('[data-part="query"]').fill('print');
  await tab.waitForFunction(() => globalThis.said.some(({ type }) => type === 'search'));
  expect(await said('search')).toEqual([{ type: 'search', search: { by: 'description', query: 'print', site: null } }]);
});

it('says what is missing, what failed and what is wrong', async () => {
  await open({ ...blank, saes: { ...nothing, result: { ...SAES, saes: [] } } });
  expect(await text('[data-part="no-saes"]')).toContain('There are no SAEs for the model python-errors.');
  const broken = { folder: '/saes/x', sae: null, problem: 'x has no weights. Copy it again.', warning: null };
  await tell({ type: 'state', state: { ...blank, saes: { ...nothing, result: { ...SAES, saes: [broken, ...SAES.saes] } }, found: { ...nothing, error: 'The engine ended.' } } });
  await tab.locator('.problems summary').click();
  expect(await text('.problems')).toContain('/saes/x: x has no weights. Copy it again.');
  expect(await text('[data-region="search"] div[role="alert"]')).toContain('The engine ended.');
  await shot('problems');
  await tab.locator('[data-action="askAgain"]').click();
  expect(await said('search')).toHaveLength(1);
  await tell({ type: 'state', state: { ...blank, found: found({ search: { by: 'description', query: '', site: null }, hits: [], total: 0 }) } });
  await tab.waitForFunction(() => document.querySelector('[data-part="found"]').textContent.startsWith('No latent'));
  await tell({ type: 'state', state: { ...opened, page: { ...nothing, error: 'There is no SAE at this site.' } } });
  expect(await text('[data-region="latent"] > [data-part="answer-status"] div[role="alert"]')).toContain('There is no SAE at this site.');
});

it('asks for a change as the form says, and keeps what was typed', async () => {
  await open(opened);
  await tab.locator('.intervene summary').click();
  const choose = async (label, option) => {
    await tab.locator('.choice', { hasText: label }).locator('vscode-dropdown').click();
    await tab.locator('vscode-option:visible', { hasText: option }).click();
  };
  await choose('Change', 'Steer');
  await choose('Where', 'At the cursor');
  await tab.locator('[data-part="generate"]').fill('21');
  await tab.locator('[data-action="run"]').click();
  expect(await text('.wrong-input')).toBe('Give a whole number of tokens to generate, 0 to 20.');
  expect(await said('run')).toEqual([]);
  await tab.locator('[data-part="generate"]').fill('5');
  await tab.locator('[data-action="run"]').click();
  await tab.locator('[data-part="value"]').fill('-1.5');
  await tab.locator('[data-part="value"]').press('Enter');
  const asked = (by) => ({ type: 'run', intervention: { change: { kind: 'steer', by }, where: 'cursor', errorTerm: true, generate: 5 } });
  expect(await said('run')).toEqual([asked(4.13), asked(-1.5)]);
  const kept = await tab.evaluate(() => globalThis.kept);
  expect(kept).toMatchObject({ opened: { site: SITE, latent: 12 }, form: { kind: 'steer', values: { steer: '-1.5' }, where: 'cursor', generate: '5' } });
  await open(opened, { kept });
  expect(await said('ready')).toMatchObject([{ opened: { site: SITE, latent: 12 } }]);
  expect(await tab.locator('[data-part="value"]').inputValue()).toBe('-1.5');
});

it('shows progress, which can be stopped, and what a command has set', async () => {
  await open(opened);
  await tell({ type: 'form', kind: 'ablate', where: 'given' });
  const running = { ...nothing, running: { stage: 'Writing', done: 3, total: 5 } };
  await tell({ type: 'state', state: { ...opened, given: 'token 12', changed: running } });
  await tab.locator('.intervene [data-action="cancelAnswer"]').click();
  expect(await said('cancel')).toHaveLength(1);
  await tab.locator('.intervene [data-action="run"]').click();
  expect(await said('run')).toMatchObject([{ intervention: { change: { kind: 'ablate' }, where: 'given' } }]);
  await tab.locator('.intervene [data-action="run"]').scrollIntoViewIfNeeded();
  await shot('running');
  await tab.locator('[data-action="back"]').click();
  expect(await said('open')).toEqual([{ type: 'open', ref: null }]);
});
