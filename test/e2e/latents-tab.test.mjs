// The views of latents: bars that can be chosen, checked and saved, and the heatmap of activations; they agree with the command line.
import path from 'node:path';
import { expect, it } from 'vitest';
import { commandLine, decimal, explained, listedLatents, Panel, read, useSession } from './session.mjs';
import { until } from './workbench.mjs';

const session = useSession();

const ATTRIBUTION = '#attribution';

it('explained code has bars of latents, which agree with the command line; one is chosen by keyboard, and saved as CSV', async () => {
  const { workbench, folder } = session;
  const answer = commandLine(session, 'latents', 'temperature.py:1-3');
  const panel = await explained(session);
  await panel.tab('latents');
  await panel.attributed();
  const { parts } = await answer;
  const { latents, errors, clean, corrupted, withoutErrorTerms } = parts.latents.value;
  const shown = await panel.bars();
  const listed = shown.filter(({ latent }) => latent !== 'error');
  expect(listed).toMatchObject(listedLatents(latents));
  const least = Math.min(...latents.map(({ attribution }) => Math.abs(attribution)));
  expect(shown.length - listed.length).toBe(errors.filter(({ attribution }) => attribution !== 0 && Math.abs(attribution) >= least).length);
  const facts = await panel.text(`${ATTRIBUTION} .facts`);
  const pair = (of) => `${decimal(of.clean)} / ${decimal(of.corrupted)}`;
  expect(facts.replaceAll(/\s+/g, ' ')).toContain(`with error terms ${pair({ clean, corrupted })} · without ${pair(withoutErrorTerms)}`);
  await panel.locator(`${ATTRIBUTION} > div > details.table summary`).click();
  await workbench.screenshot('latents-tab');

  await panel.locator('.bars').focus();
  await workbench.page.keyboard.press('ArrowDown');
  const chosen = panel.locator('.readout.chosen');
  const [{ site, latent, position }] = latents;
  await until('the first latent is read out', async () => (await chosen.innerText()).startsWith(`${site} #${latent}`));
  await chosen.getByText(new RegExp(`^${position} `)).waitFor();
  for (const action of ['show', 'highlight', 'ablate']) await chosen.locator(`[data-action="${action}"]`).waitFor();
  await workbench.screenshot('latents-tab-chosen');
  const ablate = chosen.locator('[data-action="ablate"]');
  for (const inactive of [false, true]) {
    const one = latents.find(({ clean: original }) => (original === 0) === inactive);
    await panel.locator('.bars').focus();
    await workbench.page.keyboard.press('Home');
    await until('it is read out', async () => {
      const said = await chosen.innerText();
      if (said.startsWith(`${one.site} #${one.latent}\n`) && new RegExp(`\\n${one.position} `).test(said)) return true;
      await workbench.page.keyboard.press('ArrowDown');
      return false;
    });
    expect(await ablate.evaluate((button) => button.disabled)).toBe(inactive);
    expect((await chosen.innerText()).includes('changes nothing')).toBe(inactive);
  }
  await workbench.screenshot('latents-tab-inactive');

  await panel.locator(`${ATTRIBUTION} [data-export="csv"]`).click();
  const file = path.join(folder, 'bars.csv');
  await workbench.chooseFile(file);
  const saved = await until('it is saved', () => read(file)?.toString('utf8'));
  const [head, first] = saved.split('\r\n');
  expect(head.split(',').slice(0, 6)).toEqual(['node', 'layer', 'site', 'position', 'token', 'latent']);
  expect(first).toContain(`${site},${position},`);
  expect(saved.trim().split('\r\n').length).toBe(1 + shown.length);
});

it('listed latents are checked by patching, grouped by layer and by token; a cell of the activations is read out', async () => {
  const { workbench } = session;
  const panel = await explained(session);
  await panel.tab('latents');
  await panel.attributed();
  await panel.locator('[data-action="checkLatents"]').click();
  await until('they are checked', async () => /\d+ of 25 really patched with the same sign/.test(await panel.text(`${ATTRIBUTION} .facts`)), 90_000);
  expect((await panel.bars()).filter(({ latent, patched }) => latent !== 'error' && !/^−?\d/.test(patched))).toEqual([]);
  await panel.locator(`${ATTRIBUTION} > div > details.table summary`).click();
  for (const order of ['by layer', 'by token']) {
    const choice = panel.locator(ATTRIBUTION).getByRole('combobox', { name: 'Order', exact: true });
    await choice.click();
    await choice.getByRole('option', { name: order, exact: true }).click();
    await panel.locator('.bars').scrollIntoViewIfNeeded();
    await workbench.screenshot(`latents-tab-${order.replace(' ', '-')}`);
  }
  await panel.tab('prediction');
  await panel.tab('latents');
  expect(await panel.text(`${ATTRIBUTION} .facts`)).toContain('really patched'); // switching tabs keeps it

  await panel.activated();
  const scroller = panel.locator('#activations .scroller');
  await scroller.scrollIntoViewIfNeeded();
  await scroller.focus();
  await workbench.page.keyboard.press('Home');
  await workbench.page.keyboard.press('ArrowUp');
  const readout = panel.locator('#activations .readout');
  await until('a cell is read out', async () => /hook_resid_post #\d+, token 0/.test(await readout.innerText()));
  await workbench.screenshot('latents-tab-activations');
});

it('changed code drops the latents, and says so', async () => {
  const { workbench } = session;
  const panel = await explained(session);
  await panel.tab('latents');
  await panel.attributed();
  await workbench.focusCode();
  await workbench.goTo(1, 1);
  await workbench.page.keyboard.type('x');
  await panel.locator(ATTRIBUTION, { hasText: 'The code has changed since it was explained. Explain it again to see its latents.' }).waitFor();
  await panel.locator('.bars').waitFor({ state: 'hidden' });
  expect(await panel.text(`${ATTRIBUTION} div[role="alert"]`)).toBe('');
});

it('a saved result shows its latents again, without an engine to ask', async () => {
  const { workbench, folder } = session;
  const panel = await explained(session);
  await panel.tab('latents');
  await panel.attributed();
  const shown = await panel.bars();
  await panel.activated();
  await panel.locator('[data-action="saveResult"]').click();
  const file = path.join(folder, 'latents.latentlens.json');
  await workbench.chooseFile(file);
  await until('the result is on disk', () => read(file)?.toString('utf8').endsWith('}\n'));
  await workbench.empty();
  await workbench.openResult('latents.latentlens.json');
  const opened = await Panel.showing(workbench, 'saved result');
  await opened.tab('latents');
  expect(await opened.bars()).toEqual(shown);
  expect(await opened.locator('[data-action="attribute"]').evaluate(({ disabled }) => disabled)).toBe(true);
  await opened.activated(); // they were read when they were looked at, and saved with the rest
});
