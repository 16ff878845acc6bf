// The engine's process: started when first asked, cancelled, killed, with another model.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { addFile, engines, EXPLAIN, explained, LONG, Panel, read, sandboxes, TEMPERATURE, useSession } from './session.mjs';
import { until } from './workbench.mjs';

// One thread, so that a machine with many has work for a while too.
const session = useSession({ settings: { 'latentLens.threads': 1 } });

/** Lets the engine run for moments only, so that the window is never behind it, until something is seen; it stays halted then. */
async function inMoments(what, seen) {
  return until(what, async () => {
    const [pid] = engines(session);
    if (pid === undefined) return null;
    process.kill(pid, 'SIGSTOP');
    await setTimeout(150);
    if (await seen()) return pid;
    process.kill(pid, 'SIGCONT');
    await setTimeout(80);
    return null;
  }, 120_000);
}

/** Begins to explain code that takes a while. */
async function explainLong() {
  const { workbench } = session;
  addFile(session, 'long.py', LONG);
  await workbench.openFile('long.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  return Panel.showing(workbench, 'long.py');
}

/**
 * Asks for every cell of a long heatmap, and halts the engine once more of them are there: that run has a while to go, however fast
 * the machine and however slow the window. `goOn` lets the engine go on.
 */
async function haltedRun() {
  const panel = await explainLong();
  await panel.done();
  await panel.tab('patching'); // what is not looked at is not drawn
  const progress = panel.locator('[data-view="patching"] [data-part="progress"]');
  // Estimated cells are there at once; how many are really patched is said.
  const patched = async () => /([\d,]+) of ([\d,]+)/.exec(await progress.innerText())?.slice(1).map((text) => Number(text.replaceAll(',', '')));
  const [before] = await until('how many cells are patched is said', patched);
  await panel.locator('[data-action="patchEveryCell"]').click();
  const pid = await inMoments('more of the heatmap is there', async () => {
    const [done, all] = (await patched()) ?? [];
    return done > before && done < all;
  });
  expect(engines(session)).toEqual([pid]);
  expect(await panel.text('[data-part="stage"]')).toMatch(/Patching/);
  return { panel, pid, goOn: () => process.kill(pid, 'SIGCONT') };
}

it('no engine is started until something is asked', async () => {
  const { workbench } = session;
  await workbench.openFile('temperature.py');
  await workbench.statusItem('Latent Lens'); // active with the first Python file, and does nothing yet
  expect(engines(session)).toEqual([]);
  await workbench.select(...TEMPERATURE.range);
  await workbench.runCommand('Latent Lens: Show Lens');
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  expect(await panel.locator('[data-tab="lens"]').getAttribute('aria-selected')).toBe('true');
  expect(engines(session)).toHaveLength(1);
  await workbench.statusItem('python-errors');
});

it('a long run shows what it has, is cancelled, and the same engine goes on', async () => {
  const { workbench } = session;
  const begun = await explainLong();
  const stage = begun.locator('[data-part="stage"]');
  const halted = await inMoments('variants are looked for', async () => /variants|programs/.test(await stage.innerText()));
  await begun.locator('header [data-action="cancel"]').click();
  process.kill(halted, 'SIGCONT');
  await begun.failed(/^Cancelled\. What is shown was known by then\./);
  await workbench.empty();
  const { panel, pid, goOn } = await haltedRun();
  await workbench.screenshot('partial');
  await panel.locator('header [data-action="cancel"]').click();
  goOn();
  await panel.failed(/^Cancelled\. What is shown is the result before\./);
  await workbench.screenshot('cancelled');
  expect(await panel.locator('[data-region="status"]').isVisible()).toBe(false);
  await explained(session);
  expect(engines(session)).toEqual([pid]);
});

it('an engine that is killed in the middle of a run says so, and is replaced', async () => {
  const { workbench } = session;
  const { panel, pid } = await haltedRun();
  process.kill(pid, 'SIGKILL');
  await panel.failed(/The engine ended unexpectedly \(SIGKILL\)[^]*The next request starts it again\./);
  await workbench.screenshot('killed');
  await until('no engine is left', () => engines(session).length === 0);
  await explained(session);
  expect(engines(session)).toHaveLength(1);
  expect(engines(session)).not.toContain(pid);
});

it('a Python that is killed between runs is replaced', async () => {
  await explained(session);
  const before = await until('Python runs', () => sandboxes(session)[0]);
  process.kill(before, 'SIGKILL');
  await until('it has ended', () => !sandboxes(session).includes(before));
  await session.workbench.empty();
  const panel = await explained(session);
  expect(await panel.text('[data-part="actual"]')).toContain(TEMPERATURE.message);
});

it('a Python that is killed while it runs a program is replaced, and the request ends', async () => {
  const { workbench } = session;
  await explained(session); // Python is there
  addFile(session, 'slow.py', 'total = 0\nfor i in range(10 ** 6):\n    total += i\nprint(total + "!")\n');
  await workbench.openFile('slow.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  const slow = await Panel.showing(workbench, 'slow.py');
  await until('programs are run', async () => /Running programs/.test(await slow.text('[data-part="stage"]')));
  const [before] = sandboxes(session);
  process.kill(before, 'SIGKILL');
  await slow.done(90_000); // what had not been run yet is run by another one
  expect(sandboxes(session)).toHaveLength(1);
  expect(sandboxes(session)).not.toContain(before);
  const panel = await explained(session);
  expect(await panel.text('[data-part="actual"]')).toContain(TEMPERATURE.message);
});

it('a folder that is no model is refused in a sentence, and the one that comes along works again', async () => {
  const { workbench, folder } = session;
  const broken = path.join(folder, 'broken-model');
  mkdirSync(broken, { recursive: true });
  await workbench.openFile('temperature.py');
  await explained(session);
  await workbench.runCommand('Latent Lens: Add Model…');
  await workbench.quickPick('A Folder…');
  await workbench.chooseFile(broken);
  await workbench.notification(/broken-model was not added\. .*config\.json/);
  mkdirSync(path.join(folder, '.vscode'));
  writeFileSync(path.join(folder, '.vscode', 'settings.json'), '{ "latentLens.model": "./broken-model" }');
  await until('the engine has ended', () => engines(session).length === 0);
  await workbench.focusCode();
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'broken-model');
  expect(await panel.error()).toMatch(/broken-model .*config\.json/);
  await workbench.screenshot('broken-model');
  await workbench.runCommand('Latent Lens: Select Model');
  await workbench.screenshot('select-model');
  await workbench.quickPick('python-errors');
  await until('the setting is changed', () => !String(read(path.join(folder, '.vscode', 'settings.json'))).includes('broken-model'));
  rmSync(path.join(folder, '.vscode'), { recursive: true });
  await workbench.empty();
  await explained(session);
});

it('Show Log shows what the engine did', async () => {
  const { workbench } = session;
  await explained(session);
  await workbench.runCommand('Latent Lens: Show Log');
  const lines = workbench.page.locator('.part.panel .monaco-editor .view-lines').first();
  await until('the log has lines', async () => /The\sengine\sis\s(?:ready|busy)\swith/.test(await lines.innerText()));
  await workbench.screenshot('log');
});
