// Hovering over code: tokens and latents, highlighting latents, where they fire, and names of them.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { marksIn } from './marks.mjs';
import { hoverOver, hovers, pointAt } from './hover.mjs';
import { addFile, commandLine, engines, EXPLAIN, Panel, read, useSession } from './session.mjs';
import { plain, until } from './workbench.mjs';

const session = useSession();

const FRESH = 'total = 0\nnames = ["ada", "eva"]\nfor name in names:\n    total = total + len(name)\nprint("letters: " + total)\n';
const THEMES = { light: 'Light Modern', 'hc-dark': 'Dark High Contrast', 'hc-light': 'Light High Contrast', dark: 'Dark Modern' };

/** The first colour of highlighted latents, and those of patching. */
const [LATENT, POSITIVE, NEGATIVE] = ['63, 143, 214', '63, 130, 198', '221, 132, 48'];

/** The colours in the code, once there are some. */
const colours = (workbench) => until('tokens are coloured', async () => {
  const marks = await marksIn(workbench, '0px');
  return marks.length > 0 && [...new Set(marks.map(({ background }) => /\d+, \d+, \d+/.exec(background)[0]))].sort();
});

/** The latents in a hover: number, activation, description. */
async function rowsOf(hover) {
  const rows = await hover.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  return rows.map(([number, , activation, description]) => ({ number: Number(number), activation: Number(activation), description }));
}

async function openFresh({ workbench }, name, text = FRESH) {
  addFile(session, name, text);
  await workbench.openFile(name);
  await workbench.goTo(1);
}

/** Opens a file, and explains its first line. */
async function openExplained(name) {
  const { workbench } = session;
  await openFresh(session, name);
  await workbench.runCommand(EXPLAIN);
  await (await Panel.showing(workbench, name)).done();
  await workbench.focusCode();
}

/** Opens a file while the engine runs: a hover needs no more. */
async function opened(name) {
  if (engines(session).length === 0) await openExplained(name);
  else await openFresh(session, name);
}

it('says nothing while the engine does not run, unless it was asked to', async () => {
  const { workbench } = session;
  await openFresh(session, 'silent.py');
  await workbench.statusItem('Latent Lens');
  await pointAt(workbench, 'names');
  await expect(hovers(workbench).first().waitFor({ timeout: 3000 })).rejects.toThrow();
  expect(engines(session)).toEqual([]);
  const settings = path.join(session.folder, '.vscode', 'settings.json');
  mkdirSync(path.dirname(settings));
  writeFileSync(settings, '{ "latentLens.hover.enabled": "always" }');
  await hoverOver(workbench, 'names');
  expect(engines(session)).toHaveLength(1);
  rmSync(settings);
});

it('shows the token that the model reads, and its latents', async () => {
  const { workbench } = session;
  await opened('fresh.py');
  const hover = await hoverOver(workbench, 'letters');
  expect(plain(await hover.innerText())).toMatch(/Active latents of blocks\.2\.hook_resid_post, the strongest 5 of \d+:/);
  const rows = await rowsOf(hover);
  expect(rows).toHaveLength(5);
  expect(rows.map(({ activation }) => activation)).toEqual(rows.map(({ activation }) => activation).sort((a, b) => b - a));
  expect(rows.every(({ activation }) => activation > 0)).toBe(true);
  expect(await hover.locator('img').evaluateAll((all) => all.every(({ naturalWidth }) => naturalWidth > 0))).toBe(true);
  await workbench.screenshot('hover-dark');
});

it('ablates a latent at the token that was pointed at, in the run that the hover showed', async () => {
  const { workbench } = session;
  await opened('before.py');
  const functions = Array.from({ length: 12 }, (_, n) => `def add_${n}(value):\n    return value + ${n}\n\n`).join('');
  await openFresh(session, 'ablated.py', functions + FRESH);
  await workbench.goTo(functions.split('\n').length);
  const hover = await hoverOver(workbench, 'letters');
  const [{ number }] = await rowsOf(hover);
  const position = /token.(\d+),/.exec(await hover.innerText())[1];
  expect(Number(position)).toBeGreaterThan(150);
  await hover.locator('a', { hasText: 'Ablate' }).first().click();
  const view = await workbench.panelFrame(`Latent ${number}`, 'latents-view');
  await view.locator('.sentence').waitFor();
  await view.locator('[data-export="json"]').click();
  const file = path.join(session.folder, 'ablated.json');
  await workbench.chooseFile(file);
  await workbench.statusItem('Saved ablated.json');
  const latent = `blocks.2.hook_resid_post:${number}@${position}`;
  const { reading, parts: { intervention: { value: { plain, ...changed } } } } = await commandLine(session, 'steer', 'ablated.py', '--latent', latent, '--ablate');
  expect(JSON.parse(read(file))).toEqual({ ...reading, ...changed, prediction: plain });
});

it('highlights a latent in the code, and both follow an edit', async () => {
  const { workbench } = session;
  await openExplained('edited.py');
  const hover = await hoverOver(workbench, 'names');
  const [{ number }] = await rowsOf(hover);
  await hover.locator('a', { hasText: 'Highlight' }).first().click();
  await workbench.statusItem(new RegExp(`hook_resid_post:${number} is active at [1-9]`));
  await until('its colour has taken the place of patching’s', async () => (await colours(workbench)).join() === LATENT);
  expect((await marksIn(workbench, '0px')).some(({ text }) => text.includes('names'))).toBe(true);
  await hoverOver(workbench, 'names', /is.active.with/);

  await workbench.goTo(1, 10);
  await workbench.page.keyboard.type('00');
  const again = await hoverOver(workbench, 'names');
  expect(plain(await again.innerText())).toContain('"names"');
  expect(await colours(workbench)).toEqual([LATENT]);
  await workbench.screenshot('hover-edited');
  await workbench.runCommand('Latent Lens: Explain Again');
  await until('patching’s colours are back', async () => (await colours(workbench)).every((colour) => [POSITIVE, NEGATIVE].includes(colour)));
  await workbench.runCommand('Latent Lens: Clear Highlights');
  await until('no token is coloured', async () => (await marksIn(workbench)).length === 0);
});

it('shows several latents in colours of their own, in every theme', async () => {
  const { workbench } = session;
  await opened('colours.py');
  for (const [name, theme] of Object.entries(THEMES)) {
    await workbench.setTheme(theme);
    await workbench.focusCode();
    const seen = new Set();
    for (const [index, word] of ['names', 'letters', 'len'].entries()) {
      const hover = await hoverOver(workbench, word);
      await hover.locator('a', { hasText: 'Highlight' }).nth(index).click();
      await workbench.statusItem(/is active at|no place/);
    }
    const marks = await until('three colours are seen', async () => {
      const all = await marksIn(workbench);
      for (const { background } of all) seen.add(/\d+, \d+, \d+/.exec(background)[0]);
      return seen.size >= 3 && all;
    });
    expect(marks.every(({ border }) => border === '0px')).toBe(!name.startsWith('hc'));
    await hoverOver(workbench, 'letters');
    await workbench.screenshot(`highlights-${name}`);
    await workbench.runCommand('Latent Lens: Clear Highlights');
    await until('no token is coloured', async () => (await marksIn(workbench)).length === 0);
  }
}, 240_000);

it('finds where a latent fires, in the file and in the workspace', async () => {
  const { workbench } = session;
  await opened('places.py');
  const [{ number }] = await rowsOf(await hoverOver(workbench, 'names'));
  const name = `blocks.2.hook_resid_post:${number}`;
  for (const [scope, file] of [['In This File', 'places.py'], ['In the Workspace', '.py']]) {
    await workbench.runCommand('Latent Lens: Find Where Latent Fires');
    await workbench.quickInput.filter({ hasText: 'Find Where Latent Fires' }).waitFor();
    await workbench.enter(name);
    await workbench.quickPick(scope);
    await workbench.quickInput.filter({ hasText: `Where ${name} Fires: ` }).waitFor();
    const labels = await workbench.quickPicks();
    const strengths = labels.map((label) => parseFloat(label));
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
    expect(await workbench.quickInput.locator('.label-description').first().innerText()).toContain(file);
    await workbench.screenshot(`places-${scope.replaceAll(' ', '-').toLowerCase()}`);
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.statusItem(/^Ln \d+, Col \d+ \(\d+ selected\)/);
  }
});

it('keeps a name and a note, which the hover shows first', async () => {
  const { workbench } = session;
  await opened('named.py');
  const [{ number }] = await rowsOf(await hoverOver(workbench, 'names'));
  const name = async (own, note) => {
    await workbench.runCommand('Latent Lens: Name Latent');
    for (const [title, text] of [['Name Latent', `blocks.2.hook_resid_post:${number}`], ['(1/3)', own], ['(2/3)', note]]) {
      await workbench.quickInput.filter({ hasText: title }).waitFor();
      await workbench.enter(text);
    }
  };
  await name('plural *nouns*', 'seen in loops');
  await workbench.quickPick('In This Workspace');
  const [row] = await rowsOf(await hoverOver(workbench, 'names', /plural/));
  expect(plain(row.description)).toMatch(/^plural \*nouns\* · seen in loops/);
  await workbench.screenshot('hover-named');
  await name('', '');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  const [bare] = await rowsOf(await hoverOver(workbench, 'names'));
  expect(bare.description).not.toContain('plural');
});

it('is switched off, and on again', async () => {
  const { workbench } = session;
  await opened('off.py');
  await workbench.runCommand('Latent Lens: Toggle Hover');
  await workbench.statusItem('Hover shows no tokens and latents');
  await pointAt(workbench, 'names');
  await expect(hovers(workbench).first().waitFor({ timeout: 3000 })).rejects.toThrow();
  await workbench.runCommand('Latent Lens: Toggle Hover');
  await hoverOver(workbench, 'names');
});

it('is switched back to starting the engine, where that is what it did', async () => {
  const { workbench } = session;
  await openFresh(session, 'always.py');
  const settings = path.join(session.folder, '.vscode', 'settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  writeFileSync(settings, '{ "latentLens.hover.enabled": "always" }');
  await hoverOver(workbench, 'names');
  for (const says of ['Hover shows no tokens and latents', /and starts the engine for them/]) {
    await workbench.runCommand('Latent Lens: Toggle Hover');
    await workbench.statusItem(says);
  }
  expect(JSON.parse(read(settings))).toEqual({ 'latentLens.hover.enabled': 'always' });
  rmSync(settings);
});
