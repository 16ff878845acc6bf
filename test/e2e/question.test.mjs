// A model that was not trained for the question: what the panel says about its answers, and asking something else.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smallModel } from '../engine/small-model.ts';
import { violations } from './axe.mjs';
import { explained, EXPLAIN, Panel, useSession } from './session.mjs';
import { plain, until } from './workbench.mjs';

const small = await smallModel();
afterAll(() => small.remove());
const session = useSession();
beforeAll(async () => {
  const folder = path.join(session.folder, '.vscode');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ 'latentLens.model': small.folder }));
  await session.workbench.reload(); // or the setting might be read in the middle of a test
});

const EDIT = 'Latent Lens: Edit Question…';
const FEW_SHOT = 'python-error-type-few-shot';

/** What the quick pick's rows say: label, description and detail. */
async function rows({ quickInput }) {
  await quickInput.locator('.monaco-list-row .label-name').first().waitFor();
  const all = await quickInput.locator('.monaco-list-row').evaluateAll((elements) => {
    const parts = ['.label-name', '.label-description', '.quick-input-list-label-meta'];
    return elements.map((element) => parts.map((part) => element.querySelector(part)?.textContent ?? ''));
  });
  return all.map(([label, description, detail]) => ({ label: plain(label).trim(), description: plain(description).trim(), detail: plain(detail).trim() }));
}

/** The names of the questions that are said to be in use. */
const inUse = (offered) => offered.filter(({ description }) => description.startsWith('in use for')).map(({ label }) => label);

async function explainAgain() {
  const { workbench } = session;
  await workbench.focusCode();
  await workbench.select(1, 1, 3, 28);
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  return panel;
}

it('a notice beside the prediction says that the answers say little, and is no alarm in any theme', async () => {
  const { workbench } = session;
  const panel = await explained(session);
  const caution = panel.locator('[data-part="caution"]');
  expect(plain(await caution.innerText())).toMatch(/^The 17 answers together have [\d.<]+ ?[\d.]* % of the probability, so their order says little; the model would rather continue with .*\. Another question, or solved examples before the code, may suit this model better\./);
  expect(await caution.getAttribute('role')).toBe('note');
  for (const [name, theme] of [['light', 'Light Modern'], ['hc-dark', 'Dark High Contrast'], ['dark', 'Dark Modern']]) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`question-notice-${name}`);
    expect(await violations(panel), theme).toEqual([]);
  }
});

it('its button leads to the questions; one with examples is asked of this model alone, and its examples are folded in figures', async () => {
  const { workbench } = session;
  await explained(session).then((panel) => panel.locator('[data-key="editQuestion"]').click());
  const offered = await rows(workbench);
  expect(inUse(offered)).toEqual(['python-error-type']);
  expect(offered.find(({ label }) => label === FEW_SHOT).detail).toMatch(/^17 answers, 3 solved examples: “# When this code/);
  await workbench.screenshot('question-questions');
  await workbench.quickPick(FEW_SHOT);
  await until('it is asked what to do', async () => (await rows(workbench)).some(({ label }) => label === 'Preview Prompt'));
  await workbench.screenshot('question-actions');
  await workbench.quickPick(`Use for ${small.folder}`);
  await workbench.statusItem(`is asked ${FEW_SHOT} from now on`);

  const panel = await explainAgain();
  await panel.tab('lens');
  // The panel may still show the result before: it is done too.
  await until('the examples are read as well', async () => (await panel.table('lens')).length > 100);
  const width = () => panel.frame.evaluate(() => document.querySelector('#lens .track').offsetWidth);
  const before = await width();
  await workbench.screenshot('question-folded');
  const columns = panel.locator('#lens [data-part="drawing"]').getByRole('combobox', { name: 'Columns', exact: true });
  const choose = async (label) => {
    await columns.click();
    await columns.getByRole('option', { name: label, exact: true }).click();
  };
  await choose('all, readable');
  await until('all columns can be scrolled to', async () => (await width()) > before + 60 * 50);
  await choose('what matters'); // it is kept for other panels
  await workbench.runCommand(EDIT);
  expect(inUse(await rows(workbench))).toEqual([FEW_SHOT]);
  await workbench.page.keyboard.press('Escape');
});

it('a prompt is previewed with its tokens counted', async () => {
  const { workbench } = session;
  await workbench.openFile('temperature.py');
  await workbench.select(1, 1, 3, 28);
  await workbench.runCommand(EDIT);
  await workbench.quickPick(FEW_SHOT);
  await workbench.quickPick('Preview Prompt');
  const tab = workbench.page.locator('.tab.active', { hasText: /Prompt \(\d+ of 160 tokens\)/ });
  await tab.waitFor();
  await until('the prompt is shown', async () => plain(await workbench.editor.innerText()).includes('# When this code is executed, Python will raise a IndexError'));
  await workbench.screenshot('question-preview');
});

it('a copy is put into the settings, in use, to be edited', async () => {
  const { workbench } = session;
  await workbench.openFile('temperature.py');
  await workbench.runCommand(EDIT);
  await workbench.quickPick('python-error-type');
  await workbench.quickPick('Duplicate and Edit…');
  await until('a name is asked for', async () => (await workbench.quickInput.locator('.quick-input-box input').inputValue()) === 'python-error-type-2');
  await workbench.enter('my-question');
  await workbench.page.locator('.tab.active', { hasText: 'settings.json' }).waitFor();
  await workbench.screenshot('question-settings');
  const panel = await explained(session);
  expect(plain(await panel.text('[data-part="caution"]'))).toContain('The 17 answers together');
  await workbench.runCommand(EDIT);
  const offered = await rows(workbench);
  expect(inUse(offered)).toEqual(['my-question']);
  await workbench.page.keyboard.press('Escape');
});

it('a question that is missing, and SAEs that are, are said with buttons that help', async () => {
  const { workbench, folder } = session;
  const settings = (more) => writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'latentLens.model': small.folder, ...more }));
  settings({ 'latentLens.templateByModel': { [small.folder]: 'no-such.json' } });
  await workbench.reload(); // or the setting might be read in the middle of the test
  await workbench.openFile('temperature.py');
  await workbench.select(1, 1, 3, 28);
  await workbench.runCommand(EXPLAIN);
  const sentence = 'The question could not be read. There is no file or folder no-such.json.';
  expect(await (await workbench.notification(sentence)).innerText()).not.toMatch(/ENOENT|Error/);
  await workbench.screenshot('question-missing');
  await workbench.answer(sentence, 'Choose Question…');
  await workbench.quickPick('python-error-type');
  await workbench.quickPick(`Use for ${small.folder}`);

  const panel = await explained(session);
  await panel.tab('latents');
  const none = /There are no SAEs for \S+ yet\. Add some that were trained on this model, or name their folder\./;
  await workbench.notification(none);
  await workbench.screenshot('no-saes');
  await workbench.answer(none, 'Add SAEs…');
  await workbench.notification('The catalog knows no SAEs for');
  settings({});
});
