// The key binding, and all of it without a mouse.
import { expect, it } from 'vitest';
import { Panel, TEMPERATURE, useSession } from './session.mjs';
import { until } from './workbench.mjs';

const session = useSession();

async function explainedByKey(workbench) {
  await workbench.openFile('temperature.py');
  await workbench.select(...TEMPERATURE.range);
  await workbench.page.keyboard.press('Control+k');
  await workbench.page.keyboard.press('Control+y');
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  return panel;
}

it('the key binding explains, and VS Code itself does not use it', async () => {
  const { workbench } = session;
  const { page } = workbench;
  await workbench.runCommand('Preferences: Open Default Keyboard Shortcuts (JSON)');
  await page.locator('.tab.active', { hasText: 'Default Keybindings' }).waitFor();
  await workbench.editor.click();
  await page.keyboard.press('Control+f');
  const find = page.locator('.find-widget.visible');
  await find.locator('textarea').first().fill('"ctrl+k ctrl+y"');
  const matches = find.locator('.matchesCount');
  await until('it has been looked for', async () => {
    if (/^\d+ of \d+/.test(await matches.innerText())) return true;
    await page.keyboard.press('Enter'); // counted, but not gone to as yet
    return false;
  });
  expect(await matches.innerText()).toMatch(/of 1$/);
  const line = page.locator('.editor-instance .view-line', { hasText: /"ctrl\+k\sctrl\+y"/ });
  await until('it is ours', async () => /latentLens\.explain/.test(await line.locator('xpath=following-sibling::*').allInnerTexts().then((all) => all.join(' '))) || /latentLens/.test(await workbench.editor.innerText()));

  const panel = await explainedByKey(workbench);
  expect(await panel.text('[data-part="prediction"]')).toContain('TypeError');
});

it('the panel is used by keyboard alone', async () => {
  const { workbench } = session;
  const { page } = workbench;
  const panel = await explainedByKey(workbench);
  await page.keyboard.press('Control+2');
  const focused = () => panel.frame.evaluate(() => {
    const { activeElement: element } = document;
    return element?.getAttribute('data-tab') ?? element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });
  const reach = (what) => until(`${what} has the focus`, async () => {
    if ((await focused()).startsWith(what)) return true;
    await page.keyboard.press('Tab');
    return false;
  });
  await reach('what');
  await page.keyboard.press('ArrowRight');
  await panel.locator('[data-tab="where"][aria-selected="true"]').waitFor();
  await reach('lens');
  await page.keyboard.press('ArrowRight');
  await panel.locator('[data-tab="generation"][aria-selected="true"]').waitFor();
  await page.keyboard.press('ArrowRight');
  await panel.locator('[data-tab="patching"][aria-selected="true"]').waitFor();
  await reach('Activation patching. Arrow keys');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  const readout = panel.locator('[data-view="patching"] .readout');
  await until('a cell is read out', async () => /blocks\.\d\.hook_resid_pre, token 1\b/.test(await readout.innerText()));
  await workbench.screenshot('keyboard');
});
