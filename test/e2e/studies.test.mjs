// Studies in the editor: the smallest is begun with two clicks, stopped, gone on with, and read; a row opens its program.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { violations } from './axe.mjs';
import { useSession } from './session.mjs';
import { until } from './workbench.mjs';

const THEMES = { light: 'Light Modern', 'hc-dark': 'Dark High Contrast', dark: 'Dark Modern' };

const session = useSession();

const pane = () => session.workbench.page.locator('.pane:has(.pane-header[aria-label^="Studies"])');
const row = (name) => pane().locator('.monaco-list-row').filter({ hasText: name }).first();
const smallest = () => path.join(session.folder, 'smallest.study.json');

it('the smallest study is begun with two clicks, stopped and gone on with, and a row opens its program', async () => {
  const { workbench, folder } = session;
  const { page } = workbench;
  rmSync(path.join(folder, 'studies'), { recursive: true });
  await page.locator('.activitybar .action-item a[aria-label^="Latent Lens"]').click();
  await pane().locator('.monaco-button', { hasText: 'Run the Smallest Study' }).click();
  const shown = await workbench.panelFrame('of 40 items', 'study-page');
  expect(existsSync(smallest())).toBe(true);
  const words = () => shown.locator('[data-part="state"]').innerText();
  const done = async () => Number(/^(\d+) of 40/.exec(await words())?.[1]);

  await until('the list shows how far it is', async () => /Asking · [1-9]\d* of 40/.test(await row('Run 1').innerText()));
  await workbench.screenshot('studies-running');
  await workbench.rightClick(row('Run 1'), 'Cancel Study');
  await workbench.notification('was stopped. What is done is kept.');
  await until('the page says that it is stopped', async () => /· stopped/.test(await words()));
  const before = await done();
  expect(before).toBeLessThan(40);
  await until('the list says so too', async () => /stopped · \d+ of 40/.test(await row('Run 1').innerText()));
  await shown.locator('[data-action="resume"]').click();
  await until('all is done', async () => /^40 of 40 items · done/.test(await words()));
  expect(existsSync(path.join(folder, 'smallest.runs', '1', 'rows.parquet'))).toBe(true);
  await until('the list says so too', async () => /done · 40 items/.test(await row('Run 1').innerText()));

  expect(await shown.locator('#accuracy .findings').innerText()).toMatch(/is right on [\d.]+\u00a0% .* of 40 programs/);
  const rows = shown.locator('#rows [role="row"][data-at]');
  await shown.locator('#rows input[type="search"]').fill('KeyError');
  await until('rows are filtered', async () => /^\d\d? of 80 rows/.test(await shown.locator('#rows [role="status"]').innerText()));
  await shown.locator('#rows [data-column="probability"]').click();
  await until('they are sorted', async () => (await shown.locator('[role="columnheader"][aria-sort="ascending"]').count()) === 1);
  await shown.locator('#rows').scrollIntoViewIfNeeded();
  await workbench.screenshot('studies-rows');
  for (const [name, theme] of Object.entries(THEMES)) {
    await workbench.setTheme(theme);
    expect(await violations({ frame: shown }), theme).toEqual([]);
    await workbench.screenshot(`studies-${name}`);
  }
  await rows.first().click();
  const lens = page.locator('.codelens-decoration', { hasText: /says .*: (right|wrong)/ }).first();
  await lens.waitFor();
  expect(await workbench.editor.innerText()).toContain('print');
  await workbench.screenshot('studies-row');
  expect(JSON.parse(readFileSync(smallest(), 'utf8')).title).toContain('Forty');
});
