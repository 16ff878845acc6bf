// In a workspace that is not trusted nothing is run.
import { expect, it } from 'vitest';
import { engines, explained, sandboxes, useSession } from './session.mjs';

const session = useSession({ trust: 'restricted' });

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
