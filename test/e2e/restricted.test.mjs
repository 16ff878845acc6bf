// In a workspace that is not trusted nothing is run.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hovers, pointAt } from './hover.mjs';
import { addFile, engines, explained, sandboxes, useSession } from './session.mjs';

const session = useSession({ trust: 'restricted' });

it('in a restricted workspace its settings cannot make a hover start the engine', async () => {
  const { workbench } = session;
  const settings = path.join(session.folder, '.vscode', 'settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  writeFileSync(settings, '{ "latentLens.hover.enabled": "always" }');
  addFile(session, 'hovered.py', 'names = ["ada"]\nprint(names)\n');
  await workbench.openFile('hovered.py');
  await workbench.statusItem('Latent Lens');
  await pointAt(workbench, 'names');
  await expect(hovers(workbench).first().waitFor({ timeout: 5000 })).rejects.toThrow();
  expect(engines(session)).toEqual([]);
  rmSync(settings);
});

it('in a restricted workspace the model is asked, and no code is run', async () => {
  const { workbench } = session;
  const panel = await explained(session);
  expect(await panel.text('[data-part="prediction"]')).toContain('TypeError');
  expect(await panel.text('[data-part="actual"]')).toContain('not run');
  expect(await panel.locator('.verdict').getAttribute('data-agreement')).toBe('unknown');
  expect(await panel.text('[data-region="restricted"]')).toMatch(/This workspace is restricted, so no code is run[^]*Manage Trust/);
  expect(engines(session)).toHaveLength(1);
  expect(sandboxes(session)).toEqual([]);
  await workbench.screenshot('restricted');
  await panel.tab('lens');
  expect((await panel.table('lens')).length).toBeGreaterThan(20);
  await panel.tab('patching');
  expect((await panel.table('patching')).length).toBeGreaterThan(20);
});
