// Explaining code in the real editor: from the right click to the panel, and back into the code.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { EXPLAIN, openSession, Panel, root } from './session.mjs';
import { until } from './workbench.mjs';

/** Takes some seconds: 40 lines are some 430 tokens. */
const LONG = Array.from({ length: 40 }, (_, i) => `a${i} = ${i} + 1\n`).join('').replace('a39 = 39 + 1', 'a39 = "x" + 1');

let session;
let workbench;

beforeAll(async () => {
  session = await openSession();
  ({ workbench } = session);
  writeFileSync(path.join(session.folder, 'long.py'), LONG);
});
afterAll(() => session?.close());
afterEach(() => expect(workbench.errors).toEqual([]));

/** What the command line says about the same. */
function commandLine(...args) {
  const cli = path.join(root, 'dist', 'cli', 'main.mjs');
  return JSON.parse(execFileSync(process.execPath, [cli, ...args, '--json'], { cwd: session.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 }));
}

/** The numbers of the process that is the engine; one for each window. */
function engines() {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(path.join(root, 'dist', 'engine', 'main.mjs'))).map((line) => Number.parseInt(line, 10));
}

it('a right click on a selection shows what the model predicts, what Python raises, and the findings', async () => {
  await workbench.openFile('temperature.py');
  await workbench.select(1, 1, 3, 28);
  await workbench.contextMenu(EXPLAIN);
  const panel = await Panel.showing(workbench, 'TypeError');
  await panel.done();
  expect(await panel.text('[data-part="prediction"]')).toMatch(/TypeError/);
  expect(await panel.text('[data-part="actual"]')).toMatch(/TypeError[^]*can only concatenate str[^]*line 3/);
  expect(await panel.locator('[data-agreement="agree"]').count()).toBe(1);
  expect(await panel.locator('.findings li').count()).toBeGreaterThan(2);
  expect(await panel.locator('[data-variant]').count()).toBeGreaterThan(5);
  await workbench.screenshot('explain-dark');
});

it('the code carries the effect of patching and the variant', async () => {
  const lines = workbench.page.locator('.editor-instance .monaco-editor').first();
  await until('tokens are coloured', async () => (await lines.locator('.view-overlays [class*="ced-"]').count()) > 0);
  const ghosts = await lines.locator('.view-lines [class*="ced-"]').count();
  expect(ghosts).toBeGreaterThan(0);
});

it('without a selection the code around the cursor is explained, in an unsaved file as well', async () => {
  await workbench.runCommand('Create: New File...');
  await workbench.quickPick('Text File');
  await workbench.page.keyboard.insertText('values = [1, 2, 3]\nprint(values[7])');
  await workbench.runCommand('Change Language Mode');
  await workbench.enter('Python');
  await workbench.editor.click();
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'list index out of range');
  await panel.done();
  expect(await panel.text('header h1')).toMatch(/unsaved code\s+lines 1–2/);
  await workbench.runCommand('View: Revert and Close Editor');
});

it('a cell of patching with a chosen variant has the command line’s number, and says so on hover', async () => {
  await workbench.openFile('quiz.py');
  await workbench.select(1, 1, 5, 1);
  await workbench.runCommand('Latent Lens: Run Patching');
  const second = workbench.quickInput.locator('.monaco-list-row', { hasText: /^2 / }).first();
  await second.waitFor({ timeout: 60_000 });
  await workbench.page.keyboard.press('ArrowDown');
  await workbench.page.locator('.monaco-diff-editor:visible').first().waitFor();
  await workbench.screenshot('run-patching');
  await second.click();
  await workbench.quickPick('hook_resid_post');
  await workbench.quickPick('noising');
  const panel = await Panel.showing(workbench, 'quiz.py');
  await panel.done();

  const lines = readFileSync(path.join(session.folder, 'quiz.py'), 'utf8').split('\n').length - 1;
  const { patching, tokens } = commandLine('explain', `quiz.py:1-${Math.min(4, lines)}`, '--against', '2', '--site', 'hook_resid_post', '--direction', 'noising');
  await panel.locator('[data-view="patching"] details.table > summary').first().click();
  const rows = panel.locator('[data-view="patching"] details.table tbody tr');
  const shown = await rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  const position = tokens.length - 1;
  const row = shown.find(([first]) => first === String(position));
  const expected = patching.effect.map((layer) => (1 - layer[position]).toFixed(2).replace('-', '−').replace('−0.00', '0.00'));
  expect(row.slice(-expected.length)).toEqual(expected);

  const canvas = panel.locator('[data-view="patching"] .scroller canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  await workbench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const tooltip = panel.locator('.tooltip:not([hidden])');
  await tooltip.waitFor();
  expect(await tooltip.innerText()).toMatch(/blocks\.\d\.hook_resid_post[^]*original[^]*variant[^]*logit difference/);
  await workbench.page.mouse.move(1, 1);
});

it('a selected cell lights up its token, and the cursor moves the column', async () => {
  const panel = await Panel.showing(workbench, 'quiz.py');
  const heatmap = panel.locator('[data-view="patching"] .scroller');
  await heatmap.focus();
  await workbench.page.keyboard.press('Home');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp']) await workbench.page.keyboard.press(key);
  const readout = panel.locator('[data-view="patching"] .readout');
  await until('the cell is read out', async () => /token 2/.test(await readout.innerText()));
  await until('the token has a frame in the code', () => workbench.page.evaluate(() => [...document.querySelectorAll('.view-overlays .cdr')].some((element) => getComputedStyle(element).borderTopWidth === '2px')));
  await workbench.page.locator('.tab', { hasText: 'quiz.py' }).first().click();
  await workbench.goTo(1, 1);
  await until('the column follows the cursor', async () => /token 1\b/.test(await readout.innerText()));
});

it('what is edited is out of date until it is as it was, or explained again', async () => {
  await workbench.openFile('temperature.py');
  await workbench.select(1, 1, 3, 28);
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  await workbench.goTo(3, 26);
  await workbench.page.keyboard.type('0');
  await panel.locator('[data-region="outdated"]').waitFor();
  const lens = workbench.page.locator('.codelens-decoration', { hasText: 'out of date: explain again' });
  await lens.waitFor();
  await workbench.screenshot('outdated');
  await workbench.page.keyboard.press('Control+z');
  await panel.locator('[data-region="outdated"]').waitFor({ state: 'hidden' });
  await workbench.page.keyboard.type('"');
  await lens.locator('a').first().click();
  await panel.locator('[data-region="outdated"]').waitFor({ state: 'hidden' });
  await panel.done();
  expect(await panel.text('[data-part="actual"]')).toContain('SyntaxError');
  await workbench.page.locator('.tab', { hasText: 'temperature.py' }).first().click();
  await workbench.page.keyboard.press('Control+z');
  await workbench.runCommand('File: Revert File');
});

it('a long run shows what it has, is cancelled, and the engine goes on', async () => {
  await workbench.openFile('long.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'long.py');
  await until('the sweep is on its way', async () => /Patching/.test(await panel.text('[data-part="stage"]')), 60_000);
  const before = engines();
  await panel.tab('patching');
  await workbench.screenshot('partial');
  await panel.locator('[data-action="cancel"]').click();
  await until('the panel says that it was cancelled', async () => /Cancelled/.test(await panel.text('[role="alert"]')), 10_000);
  await workbench.openFile('temperature.py');
  await workbench.goTo(1);
  await workbench.runCommand(EXPLAIN);
  await (await Panel.showing(workbench, 'temperature.py')).done();
  expect(engines()).toEqual(before);
});

it('an engine that is killed in the middle of a run is replaced', async () => {
  await workbench.openFile('long.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'long.py');
  await until('the sweep is on its way', async () => /Patching/.test(await panel.text('[data-part="stage"]')), 60_000);
  const [pid] = engines();
  process.kill(pid, 'SIGKILL');
  await until('the panel says what happened', async () => /The engine ended unexpectedly \(SIGKILL\)/.test(await panel.text('[role="alert"]')), 10_000);
  await workbench.screenshot('killed');
  await workbench.openFile('temperature.py');
  await workbench.goTo(1);
  await workbench.runCommand(EXPLAIN);
  await (await Panel.showing(workbench, 'temperature.py')).done();
  expect(engines()).not.toContain(pid);
});

it('a result is saved, and opens again without the model', async () => {
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.locator('[data-action="saveResult"]').click();
  await workbench.quickInput.locator('input').waitFor();
  const file = path.join(session.folder, 'saved.latentlens.json');
  await workbench.enter(file);
  const saved = await until('the result is on disk', () => readJson(file));
  expect(saved.prediction).toEqual(commandLine('explain', 'temperature.py:1-3').prediction);
  await workbench.runCommand('Latent Lens: Restart Engine');
  await workbench.openFile('saved.latentlens.json');
  const opened = await Panel.showing(workbench, 'opened from a file');
  expect(await opened.text('[data-part="prediction"]')).toContain('TypeError');
  await workbench.screenshot('saved-result');
  await workbench.runCommand('View: Close Editor');
});

it('what a view shows is exported', async () => {
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.tab('overview');
  for (const kind of ['csv', 'svg', 'png']) {
    await panel.locator(`[data-view="overview"] [data-export="${kind}"]`).first().click();
    await workbench.quickInput.locator('input').waitFor();
    const file = path.join(session.folder, `exported.${kind}`);
    await workbench.enter(file);
    const bytes = await until(`${file} is there`, () => read(file));
    if (kind === 'csv') expect(bytes.toString()).toMatch(/^program,label,probability,logit\r\noriginal,TypeError,0\.9/);
    if (kind === 'svg') expect(bytes.toString()).toMatch(/^<\?xml|^<svg/);
    if (kind === 'png') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  }
});

it('after a reload the panel shows the result again', async () => {
  await (await Panel.showing(workbench, 'temperature.py')).tab('patching');
  await workbench.reload();
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  expect(await panel.locator('[data-tab="patching"]').getAttribute('aria-selected')).toBe('true');
  await workbench.screenshot('restored');
  await panel.tab('overview');
  expect(await panel.text('[data-part="prediction"]')).toContain('TypeError');
});

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
