// The engine's process: started when first asked, cancelled, killed, with another model.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { addFile, engines, EXPLAIN, explained, LONG, Panel, read, sandboxes, TEMPERATURE, useSession } from './session.mjs';
import { until } from './workbench.mjs';

// One thread, so that a machine with many has work for a while too.
const session = useSession({ settings: { 'latentLens.threads': 1 } });

/**
 * Explains code that takes a while, and halts the engine once part of the heatmap is there: then the run is not over, however fast
 * the machine and however slow the window. `goOn` lets the engine go on.
 */
async function haltedRun() {
  const { workbench } = session;
  addFile(session, 'long.py', LONG);
  await workbench.openFile('long.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'long.py');
  const stage = panel.locator('[data-part="stage"]');
  await until('the code is being explained', async () => /variants|Patching/.test(await stage.innerText()));
  await panel.tab('patching'); // what is not looked at is not drawn
  const progress = panel.locator('[data-view="patching"] [data-part="progress"]');
  await until('part of the heatmap is there', async () => {
    // Estimated cells are there at once; how many are really patched is said.
    const [done, all] = (/([\d,]+) of ([\d,]+)/.exec(await progress.innerText()) ?? []).slice(1).map((text) => Number(text.replaceAll(',', '')));
    return done > 0 && done < all;
  }, 90_000);
  const running = engines(session);
  expect(running).toHaveLength(1);
  const [pid] = running;
  process.kill(pid, 'SIGSTOP');
  expect(await stage.innerText()).toMatch(/Patching/);
  return { panel, pid, goOn: () => process.kill(pid, 'SIGCONT') };
}

it('no engine is started until something is asked', async () => {
  const { workbench } = session;
  await workbench.openFile('temperature.py');
  await workbench.statusItem('Latent Lens'); // active with the first Python file, and does nothing yet
  expect(engines(session)).toEqual([]);
  await workbench.select(...TEMPERATURE.range);
  await workbench.runCommand('Latent Lens: Show Logit Lens');
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  expect(await panel.locator('[data-tab="lens"]').getAttribute('aria-selected')).toBe('true');
  expect(engines(session)).toHaveLength(1);
  await workbench.statusItem('python-errors');
});

it('a long run shows what it has, is cancelled, and the same engine goes on', async () => {
  const { workbench } = session;
  const { panel, pid, goOn } = await haltedRun();
  await workbench.screenshot('partial');
  await panel.locator('header [data-action="cancel"]').click();
  goOn();
  await panel.failed(/^Cancelled\. What is shown was known by then\./);
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
  await workbench.page.keyboard.press('Control+1');
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
