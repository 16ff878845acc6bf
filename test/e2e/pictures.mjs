// Makes the pictures of the README and the walkthrough anew, from the real editor: node test/e2e/pictures.mjs
import path from 'node:path';
import { hoverOver } from './hover.mjs';
import { EXPLAIN, openSession, Panel, root } from './session.mjs';
import { until } from './workbench.mjs';

const session = await openSession({}, { width: 1280, height: 960 });
const { workbench } = session;
const picture = (name, clip) => workbench.page.screenshot({ path: path.join(root, 'media', `${name}.png`), animations: 'disabled', caret: 'hide', clip });

try {
  await workbench.openFile('temperature.py');
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await picture('walkthrough-sample', { x: 0, y: 0, width: 900, height: 420 });

  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  await workbench.page.mouse.move(300, 700);
  await picture('walkthrough-explain');

  await workbench.runCommand('Latent Lens: Run Patching');
  const rows = workbench.quickInput.locator('.monaco-list-row');
  await rows.filter({ hasText: '21 in quotes' }).first().click();
  for (const choice of ['hook_resid_pre', 'denoising', '1']) await workbench.quickPick(choice);
  await panel.tab('patching');
  await until('the chosen variant is shown', async () => (await panel.text('[data-view="patching"]')).includes('21 in quotes'));
  await panel.done();
  await workbench.page.mouse.move(300, 700);
  await picture('overview');

  await workbench.runCommand('Latent Lens: Select Model');
  await rows.first().waitFor();
  await picture('walkthrough-model', { x: 190, y: 0, width: 900, height: 420 });
  await workbench.page.keyboard.press('Escape');

  await workbench.runCommand('Latent Lens: Add Model…');
  await rows.first().waitFor();
  await picture('walkthrough-add-model', { x: 190, y: 0, width: 900, height: 420 });
  await workbench.page.keyboard.press('Escape');

  await workbench.page.setViewportSize({ width: 1500, height: 940 });
  await workbench.runCommand(EXPLAIN);
  await panel.done();
  await panel.tab('latents');
  await panel.attributed();
  await panel.locator('.bars').scrollIntoViewIfNeeded();
  await workbench.focusCode();
  const hover = await hoverOver(workbench, 'Temperature');
  await hover.locator('tbody tr', { hasNotText: 'no description' }).locator('a').first().click();
  const view = await workbench.panelFrame('Where Does It Fire', 'latents-view');
  await view.locator('.contexts li').first().waitFor();
  await view.locator('[data-action="highlight"]').click();
  await workbench.focusCode();
  await hoverOver(workbench, 'Temperature');
  await picture('latents');
} finally {
  await session.close();
}
