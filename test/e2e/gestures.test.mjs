// What the reader points at goes on to another question: a cell is put at another, a token or a head is used in a form or seen closer.
import { expect, it } from 'vitest';
import { commandLine, explained, useSession } from './session.mjs';
import { pictures, says } from './twins.mjs';
import { until } from './workbench.mjs';

const session = useSession();

const CODE = 'temperature.py:1-3';
const field = (panel, analysis, name) => panel.locator(`[data-analysis="${analysis}"] [data-param="${name}"] input`).inputValue();

async function use(part, option) {
  const menu = part.getByRole('combobox', { name: 'Use in', exact: true });
  await menu.click();
  await menu.getByRole('option', { name: option, exact: true }).click();
}

it('a cell of the lens that is read is put at another by keys, as the command line does it', async () => {
  const { workbench: { page } } = session;
  const answer = commandLine(session, 'attention', CODE);
  const panel = await explained(session);
  await panel.tab('lens');
  const { reading: { tokens } } = await answer;
  const last = tokens.length - 1;
  const source = await panel.pointAt('lens', /blocks\.2\.hook_resid_post, after token \d+:/);
  const [, position] = /after token (\d+)/.exec(source.text);
  await page.mouse.click(source.x, source.y);
  await page.keyboard.press('r');
  const readout = panel.locator('[data-view="lens"] .readout');
  await until('it is said what is read', async () => (await readout.innerText()).includes(`in layer 2 (token ${position} of the original) is read.`));
  const target = await panel.pointAt('lens', new RegExp(`blocks\\.3\\.hook_resid_post, after token ${last}:`));
  await page.mouse.click(target.x, target.y);
  await until('it can be put here', async () => (await readout.locator('[data-action="putHere"]').getAttribute('title')).includes('Put what is read here'));
  await readout.locator('.toolbar').scrollIntoViewIfNeeded();
  await pictures(session, 'gesture-put-here');
  const places = { from: `2:#${position}`, to: `3:#${last}` };
  const moved = commandLine(session, 'patch', CODE, '--from', places.from, '--to', places.to, '--read', 'original');
  await panel.locator('[data-view="lens"] .scroller').focus();
  await page.keyboard.press('p');
  await panel.locator('[data-view="fromTo"]').waitFor();
  for (const [name, place] of Object.entries(places)) expect(await field(panel, 'fromTo', name)).toBe(place);
  await says(panel, 'fromTo', moved);
  await pictures(session, 'gesture-from-to');
}, 240_000);

it('a cell of patching is dragged to another: from the original into the variant, at the site of the chart', async () => {
  const { workbench: { page } } = session;
  const answer = commandLine(session, 'explain', CODE);
  const panel = await explained(session);
  await panel.tab('patching');
  const { patching, reading } = await answer;
  expect(patching.direction).toBe('denoising');
  const last = reading.tokens.length - 1;
  const at = (layer) => panel.pointAt('patching', new RegExp(`blocks\\.${layer}\\.${patching.site}, token ${last}\\b`));
  const [source, target] = [await at(4), await at(2)];
  await page.mouse.move(source.x, source.y);
  await page.mouse.down();
  await page.mouse.move(target.x, target.y, { steps: 5 });
  await page.mouse.up();
  await panel.locator('[data-view="fromTo"]').waitFor();
  const [from, to] = [await field(panel, 'fromTo', 'from'), await field(panel, 'fromTo', 'to')];
  expect([from, to]).toEqual([`4:#${last}`, expect.stringMatching(/^2:#\d+$/)]);
  const flags = ['--from', from, '--to', to, '--read', 'original', '--into', 'variant', '--site', patching.site];
  await says(panel, 'fromTo', commandLine(session, 'patch', CODE, ...flags));
}, 180_000);

it('a token of the code is used in a form, and the one at the cursor put into a field of it', async () => {
  const { workbench } = session;
  const [third, cursors] = ['#3', '3:2'].map((sources) => commandLine(session, 'knockout', CODE, '--sources', sources));
  const panel = await explained(session);
  await panel.locator('#overview .code .token[data-position="3"]').click();
  await use(panel.locator('#overview'), 'Knock-out: Ignored tokens');
  await panel.locator('[data-view="knockout"]').waitFor();
  expect(await field(panel, 'knockout', 'sources')).toBe('#3');
  await says(panel, 'knockout', third);

  await workbench.focusCode();
  await workbench.goTo(3, 2);
  const form = panel.locator('[data-analysis="knockout"]');
  const choices = form.locator('.folding-toggle');
  if (await choices.isVisible()) await choices.click();
  await form.locator('[data-action="atCursor"][data-field="sources"]').click();
  await until('the cursor’s place is in the field', async () => (await field(panel, 'knockout', 'sources')) === '3:2');
  await form.locator('[data-action="runAnalysis"]').click();
  await says(panel, 'knockout', cursors);
  await pictures(session, 'gesture-at-cursor');
}, 180_000);

it('a head that is chosen shows its pattern, and a token what it reads and who reads it', async () => {
  const { workbench: { page } } = session;
  const panel = await explained(session);
  const attention = await panel.analysed('attention');
  const titled = (figure) => attention.locator(`[data-figure="${figure}"] h3`).innerText();
  const before = await titled('attention-pattern');
  const heads = attention.locator('[data-figure="attention-heads"] .scroller');
  await heads.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const wanted = /head (\d+\.\d+)/.exec(await attention.locator('[data-figure="attention-heads"] .readout').innerText())[1];
  expect(before).not.toContain(wanted);
  await until('its pattern is shown', async () => (await titled('attention-pattern')) === `Pattern of head ${wanted}`);
  expect(await field(panel, 'attention', 'head')).toBe(wanted);

  const answer = commandLine(session, 'attention', CODE, '--token', '#5', '--head', wanted);
  await attention.locator('[data-figure="attention-marks"] .token[data-position="5"]').click();
  await until('who reads it is shown', async () => (await titled('attention-readers')).startsWith('Who reads token 5'));
  expect(await titled('attention-marks')).toBe('The code, as token 5 reads it');
  expect(await titled('attention-pattern')).toBe(`Pattern of head ${wanted}`);
  await says(panel, 'attention', answer);
  await attention.locator('[data-figure="attention-marks"]').scrollIntoViewIfNeeded();
  await pictures(session, 'gesture-attention');
}, 180_000);
