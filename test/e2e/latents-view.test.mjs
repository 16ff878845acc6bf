// The Latents view in the side bar: finding a latent, reading about it, changing it, in every theme.
import path from 'node:path';
import { expect, it } from 'vitest';
import { violations } from './axe.mjs';
import { commandLine, engines, explained, read, useSession } from './session.mjs';
import { until } from './workbench.mjs';

const session = useSession();

const THEMES = { dark: 'Dark Modern', light: 'Light Modern', 'hc-dark': 'Dark High Contrast', 'hc-light': 'Light High Contrast' };

/** Shows the list in the side bar, with the search by description. @returns {Promise<any>} The view's frame. */
async function openView({ workbench }) {
  await workbench.runCommand('Latent Lens: Search Latents');
  const frame = await workbench.panelFrame('Promoted token', 'latents-view');
  await frame.locator('[data-region="search"]').waitFor();
  await way(frame, 'Description');
  return frame;
}

const way = (frame, label) => frame.locator('.ways label', { hasText: label }).click();
const text = (frame, selector) => frame.locator(selector).innerText();

async function openForm(frame) {
  if (!(await frame.locator('[data-action="run"]').isVisible())) await frame.locator('.intervene summary').click();
}

/** Finds latents that are active at a place of the explained code, and opens the first. @returns {Promise<{ site: string, latent: number }>} */
async function openActive({ workbench }, frame, line, column) {
  await workbench.focusCode();
  await workbench.goTo(line, column);
  await way(frame, 'Active here');
  await until('latents at the cursor are listed', async () => new RegExp(`active at “.+” in line ${line}`).test(await text(frame, '[data-part="found"]')), 60_000);
  await frame.locator('.latent:has(.words:not(.muted))').first().click(); // one with a description
  await frame.locator('[data-region="latent"]:visible').waitFor();
  const latent = Number(/Latent (\d+)/.exec(await text(frame, '.latent-title h1'))[1]);
  return { site: (await text(frame, '.latent-title p')).trim(), latent };
}

it('starts no engine by itself; what is active here follows the cursor', async () => {
  const { workbench } = session;
  await workbench.openFile('temperature.py');
  const frame = await openView(session);
  await frame.locator('[data-action="start"]').waitFor();
  expect(engines(session)).toEqual([]);
  await workbench.screenshot('latents-view-stopped');
  await workbench.goTo(3, 7);
  await way(frame, 'Active here');
  const found = () => text(frame, '[data-part="found"]');
  await until('latents at the cursor are listed', async () => /active at “.+” in line 3/.test(await found()), 60_000);
  const first = await found();
  await workbench.screenshot('latents-view-here');
  await workbench.goTo(1, 1);
  await until('the list has followed', async () => /in line 1/.test(await found()) && (await found()) !== first);
});

it('a latent that is found by its description is read about, and its change is what the command line says', async () => {
  const { workbench, folder } = session;
  await explained(session);
  const frame = await openView(session);
  await frame.locator('[data-part="query"]').fill('print');
  await until('latents are listed', async () => /^[\d,]+ latents, 100 shown/.test(await text(frame, '[data-part="found"]')));
  for (const words of await frame.locator('.latent .words').allInnerTexts()) expect(words).toContain('print');
  await workbench.screenshot('latents-view-search');
  await way(frame, 'Promoted token');
  await frame.locator('[data-part="query"]').fill('TypeError');
  await until('the tokens match', async () => (await frame.locator('.latent .tokens').allInnerTexts()).every((tokens) => tokens.includes('TypeError')));
  const { site, latent } = await openActive(session, frame, 3, 23);
  await frame.locator('.contexts li').first().waitFor();
  expect(await frame.locator('[data-part="description"] .tag').innerText()).toBe('automatic');

  await openForm(frame);
  await frame.locator('.intervene .choice', { hasText: 'Where' }).locator('vscode-dropdown').click();
  await frame.locator('vscode-option:visible', { hasText: 'At the cursor' }).click();
  await frame.locator('[data-part="generate"]').fill('3');
  await frame.locator('[data-action="run"]').click();
  await frame.locator('.sentence').waitFor();
  await workbench.screenshot('latents-view-ablated');
  await frame.locator('[data-export="json"]').click();
  const file = path.join(folder, 'changed.json');
  await workbench.chooseFile(file);
  await workbench.statusItem('Saved changed.json');
  const saved = JSON.parse(read(file));
  const [{ positions }] = saved.changes;
  expect(saved.tokens[positions[0]].text).toContain('+');
  const told = await commandLine(session, 'steer', 'temperature.py', '--latent', `${site}:${latent}@${positions}`, '--ablate', '--generate', '3');
  const { reading, parts: { intervention: { value } } } = told;
  const { plain, ...changed } = value;
  expect(saved).toMatchObject({ ...reading, ...changed });
  expect(saved.prediction).toEqual(plain);
  const percent = (of) => `${(100 * of.answers.find(({ label }) => label === saved.before.label).probability).toFixed(1)}\u00a0%`;
  expect(await text(frame, '.sentence')).toContain(`${saved.before.label} ${percent(saved.before)} → ${percent(saved.after)}`);
  expect(engines(session)).toHaveLength(1);
});

it('names and colours of a latent are shown, and all of it is there again after hiding and after a reload', async () => {
  const { workbench } = session;
  await explained(session);
  let frame = await openView(session);
  const { latent } = await openActive(session, frame, 3, 23);
  await frame.locator('[data-action="highlight"]').click();
  await frame.locator('.latent-title .chip').waitFor();
  await frame.locator('[data-action="annotate"]').click();
  await workbench.enter('My plus sign');
  await workbench.enter('');
  await workbench.quickPick('In This Workspace');
  await frame.locator('strong', { hasText: 'My plus sign' }).waitFor();
  await openForm(frame);
  await frame.locator('[data-action="run"]').click();
  const sentence = await text(frame, '.sentence');

  const sideBar = () => workbench.page.keyboard.press('Control+b');
  await sideBar();
  await workbench.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  await sideBar();
  frame = await workbench.panelFrame('My plus sign', 'latents-view');
  expect(await text(frame, '.sentence')).toBe(sentence);
  await workbench.screenshot('latents-view-again');

  await workbench.reload();
  frame = await workbench.panelFrame(`Latent ${latent}`, 'latents-view');
  await frame.locator('[data-action="start"]:visible').waitFor();
  expect(engines(session)).toEqual([]);
  await frame.locator('[data-action="start"]:visible').click();
  await frame.locator('strong', { hasText: 'My plus sign' }).waitFor();
  await frame.locator('.contexts li').first().waitFor();
  await frame.locator('[data-action="back"]').click();
  await way(frame, 'Description');
  await frame.locator('[data-part="query"]').fill('plus sign');
  await frame.locator('.latent', { hasText: 'My plus sign' }).waitFor();
});

it('a latent is shown and ablated from the palette', async () => {
  const { workbench } = session;
  await explained(session);
  await workbench.runCommand('Latent Lens: Ablate Latent');
  await workbench.quickInput.locator('input').first().fill('print');
  const row = workbench.quickInput.locator('.monaco-list-row').first();
  const name = await row.locator('.label-name').first().innerText();
  await row.click();
  const frame = await workbench.panelFrame('Change it and ask again', 'latents-view');
  const [site, latent] = name.split(':');
  await until('its page is shown', async () => (await text(frame, '.latent-title')).includes(`Latent ${latent}`) && (await text(frame, '.latent-title p')) === site);
  await until('it is ablated', async () => (await frame.locator('.sentence').count()) === 1 && (await text(frame, '[data-part="changed"]')).includes(`Latent ${latent} `));
  expect(await text(frame, '[data-part="changed"]')).toMatch(/active at (none|\d+) of/);
  await workbench.runCommand('Latent Lens: Show Latent');
  await workbench.enter('blocks.0.hook_mlp_out:999999');
  await frame.locator('[data-region="latent"] div[role="alert"]', { hasText: '999999 does not exist' }).waitFor();
});

it('in no theme anything hinders people who use assistive technology', async () => {
  const { workbench } = session;
  /** Looks at the page as it is, in every theme, with a part of it in sight. */
  const inThemes = async (frame, what, part) => {
    for (const [name, theme] of Object.entries(THEMES)) {
      await workbench.setTheme(theme);
      await part?.scrollIntoViewIfNeeded();
      await workbench.screenshot(`latents-view-${what}-${name}`);
      expect(await violations({ frame }), `${what}, ${theme}`).toEqual([]);
      expect(await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
  };
  await explained(session);
  const frame = await openView(session);
  await frame.locator('[data-part="query"]').fill('print');
  await frame.locator('.latent').first().waitFor();
  await inThemes(frame, 'list');
  await openActive(session, frame, 3, 23);
  await frame.locator('.contexts li').first().waitFor();
  await inThemes(frame, 'contexts', frame.locator('.contexts'));
  await openForm(frame);
  await frame.locator('[data-action="run"]').click();
  await frame.locator('.sentence').waitFor();
  await inThemes(frame, 'changed', frame.locator('.sentence'));
}, 240_000);
