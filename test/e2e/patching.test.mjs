// Patching with a variant of one's choice, what the heatmap and the code say about it, and that they agree with the command line.
import { expect, it } from 'vitest';
import { marksIn } from './marks.mjs';
import { addFile, commandLine, decimal, explained, jsonOf, listedLatents, listVariants, LONG, Panel, RUN_PATCHING, useSession } from './session.mjs';
import { until } from './workbench.mjs';

const session = useSession();

/** The row of the quick pick with a variant's number. */
const variantRow = (workbench, number) => workbench.quickInput.locator('.monaco-list-row', { hasText: new RegExp(`^\\s*${number}\\s`) }).first();

async function chooseVariant(number) {
  const { workbench } = session;
  const row = variantRow(workbench, number);
  await row.waitFor({ timeout: 60_000 });
  return row;
}

it('a chosen variant is previewed, and patched as the copied command does it', async () => {
  const { workbench, folder } = session;
  await workbench.openFile('quiz.py');
  await workbench.select(2, 1, 9, 28);
  await workbench.runCommand(RUN_PATCHING);
  // The indentation of the last line, which the model surely tells from the original's missing one: shares of a difference are shown.
  const chosen = await chooseVariant(5);
  await until('the variant is previewed', async () => {
    await workbench.page.keyboard.press((await chosen.getAttribute('class')).includes('focused') ? 'Shift' : 'ArrowDown');
    return workbench.page.locator('.tab.active', { hasText: 'Variant 5:' }).isVisible();
  });
  const diff = workbench.page.locator('.monaco-diff-editor:visible');
  await diff.locator('.line-insert, .char-insert, .line-delete, .char-delete').first().waitFor();
  // What is previewed is not covered by the list.
  const [list, preview] = [await workbench.quickInput.boundingBox(), await diff.boundingBox()];
  expect(preview.y).toBeGreaterThanOrEqual(list.y + list.height);
  expect(preview.height).toBeGreaterThan(150);
  await workbench.screenshot('run-patching-variants');
  await chosen.click();
  await diff.waitFor({ state: 'hidden' });
  await workbench.quickPick('hook_resid_mid');
  await workbench.quickPick('noising');
  await workbench.quickPick('1');
  const panel = await Panel.showing(workbench, 'quiz.py');
  await panel.done();
  expect(await panel.locator('[data-tab="patching"]').getAttribute('aria-selected')).toBe('true');
  const shown = await panel.table('patching');

  await panel.locator('header [data-action="copyCliCommand"]').click();
  await workbench.statusItem('Copied the command');
  const command = await workbench.page.evaluate(() => navigator.clipboard.readText());
  for (const part of ['quiz.py:2-9', '--against 5', '--site hook_resid_mid', '--direction noising']) expect(command).toContain(part);
  const { patching, counterfactual, tokens } = await jsonOf('sh', ['-c', command.replace(' explain ', ' explain --json ')], folder);
  expect(patching).toMatchObject({ site: 'hook_resid_mid', direction: 'noising' });
  const expected = counterfactual.alignment.columns.map(({ original, variant }) => [
    original === null ? '–' : String(original),
    ...patching.effect.map((layer) => decimal(original === null || layer[original] === null ? null : 1 - layer[original])),
    original !== null && variant !== null,
  ]);
  expect(shown.map(([position, , , ...layers]) => [position, ...layers])).toEqual(expected.map((row) => row.slice(0, -1)));
  expect(expected.filter((row) => row.at(-1)).length).toBeGreaterThan(tokens.length / 2);
  await workbench.screenshot('patching-chosen');
});

/** The token of the code that holds the most at the layer that the code is coloured by (see `usualLayer`). */
function strongest({ patching, tokens }) {
  const layers = patching.effect.length;
  const middle = Math.floor(layers / 2);
  const held = (layer) => tokens.map(({ start }, position) => (start === null ? 0 : Math.abs(patching.effect[layer][position] ?? 0)));
  const most = Math.max(...patching.effect.flatMap((_, layer) => held(layer)));
  const order = [...patching.effect.keys()].sort((a, b) => (a > middle) - (b > middle) || Math.abs(a - middle) - Math.abs(b - middle));
  const layer = order.find((each) => Math.max(...held(each)) >= most / 2);
  const position = held(layer).indexOf(Math.max(...held(layer)));
  return { layer, position, token: tokens[position] };
}

const temperature = () => commandLine(session, 'explain', 'temperature.py:1-3');

it('a cell says which tokens, which metrics and how much; a token in the code says its effect', async () => {
  const { workbench } = session;
  const answer = temperature();
  const panel = await explained(session);
  await panel.tab('patching');
  const { patching, tokens, counterfactual } = await answer;
  expect(await panel.locator('.ask').getByRole('combobox', { name: 'Variant', exact: true }).getAttribute('title')).toContain(counterfactual.description.slice(0, 40));
  const { layer, position, token } = strongest({ patching, tokens });
  const cell = await panel.pointAt('patching', new RegExp(`blocks\\.${layer}\\.hook_resid_pre, token ${position}\\b`));
  const column = counterfactual.alignment.columns.find(({ original }) => original === position);
  const number = (value) => value.toFixed(3).replace('-', '−');
  for (const [name, value] of [
    ['original', token.text.trim()],
    ['variant', counterfactual.tokens[column.variant].text.trim()],
    ['normalised (1 as original, 0 as variant)', number(patching.effect[layer][position])],
    ['logit difference after the patch', number(patching.logitDifference[layer][position])],
  ]) expect(cell.text).toMatch(new RegExp(`${escaped(name)}\\s+\\S*${escaped(value)}`));
  await workbench.screenshot('tooltip');
  await workbench.page.mouse.move(1, 1);

  const mark = await until('the token is coloured', async () => (await marksIn(workbench, '0px')).find(({ text }) => text === token.text));
  await workbench.page.mouse.move(mark.x, mark.y);
  const said = new RegExp(`Latent\\sLens:\\spatching\\sblocks\\.${layer}\\.hook_resid_pre\\sat\\stoken\\s${position}\\smoves\\s0\\.\\d{3}\\sof\\sthe\\slogit\\sdifference`);
  await workbench.page.locator('.monaco-hover:visible', { hasText: said }).first().waitFor();
  await workbench.screenshot('hover');
});

it('a click on a cell frames its token in the code, and the cursor in the code chooses the column', async () => {
  const { workbench } = session;
  const answer = temperature();
  const panel = await explained(session);
  await panel.tab('patching');
  const { tokens, ...result } = await answer;
  const { position } = strongest({ tokens, ...result });
  const at = (column) => new RegExp(`blocks\\.1\\.hook_resid_pre, token ${column}\\b`);
  const readout = panel.locator('[data-view="patching"] .readout');
  const { x, y } = await panel.pointAt('patching', at(position));
  await workbench.page.mouse.click(x, y);
  await until('the cell is read out', async () => at(position).test(await readout.innerText()));
  const token = async () => (await marksIn(workbench, '2px')).map(({ text }) => text).join();
  await until('its token is framed', async () => (await token()) === tokens[position].text);
  await workbench.page.mouse.move(1, 1);
  await workbench.page.keyboard.press('ArrowLeft');
  await until('the token before it is framed', async () => (await token()) === tokens[position - 1].text);
  await workbench.screenshot('selected-cell');

  await workbench.focusCode();
  await workbench.goTo(1, 6);
  await until('the column follows the cursor', async () => at(2).test(await readout.innerText()));
  await workbench.goTo(3, 2);
  await until('the column follows the cursor to another line', async () => {
    const text = await readout.innerText();
    const [, position] = /blocks\.1\.hook_resid_pre, token (\d+)/.exec(text) ?? [];
    return Number(position) > 20 && text.includes('print');
  });
});

it('of some 400 tokens the edit, the line of the error and the last one are in sight, wherever the cursor is; what is chosen is kept', async () => {
  const { workbench } = session;
  addFile(session, 'many.py', LONG.split('\n').slice(4).join('\n'));
  const before = workbench.page.viewportSize();
  await workbench.page.keyboard.press('Control+b'); // hides the side bar
  await workbench.page.setViewportSize({ width: 1000, height: 900 });
  try {
    const panel = await explained(session, { file: 'many.py', range: [1, 1, 36, 13] });
    await workbench.focusCode();
    await workbench.goTo(1);
    await panel.tab('patching');
    const rows = await panel.table('patching');
    const [edit] = rows.find(([position, original, variant]) => position !== '–' && original !== variant);
    const last = rows.at(-1)[0];
    expect(Number(last)).toBeGreaterThan(300);
    const [failing] = rows.findLast(([, original]) => original === 'x');
    for (const position of [edit, failing, last]) await panel.pointAt('patching', new RegExp(`blocks\\.\\d\\.hook_resid_pre, token ${position}\\b`));
    const scroller = panel.locator('[data-view="patching"] .scroller');
    expect(await scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    const columns = (of) => of.locator('[data-view="patching"] [data-part="drawing"]').getByRole('combobox', { name: 'Columns', exact: true });
    await columns(panel).click();
    await columns(panel).getByRole('option', { name: 'all, fitted', exact: true }).click();
    await panel.pointAt('patching', /, token 2\d\d\b/);
    await workbench.empty();
    const next = await explained(session);
    await next.tab('patching');
    await until('the next panel remembers', async () => (await columns(next).getAttribute('title')) === 'all, fitted');
  } finally {
    await workbench.page.setViewportSize(before);
    await workbench.page.keyboard.press('Control+b');
  }
});

it('the panel patches with another variant, another site and another direction', async () => {
  const { workbench } = session;
  const panel = await explained(session);
  await listVariants(panel);
  const before = await panel.locator('[data-variant][aria-current]').getAttribute('data-variant');
  const all = await panel.locator('[data-variant]').count();
  const filter = panel.locator('[data-part="variants"]').getByRole('combobox', { name: 'Show', exact: true });
  await filter.click();
  await filter.getByRole('option', { name: /^Python: SyntaxError \(\d+\)$/ }).click();
  await until('only those that Python refuses are listed', async () => (await panel.locator('[data-variant]').count()) < all);
  for (const outcome of await panel.locator('[data-variant] [data-column="actual"]').allInnerTexts()) expect(outcome).toMatch(/^SyntaxError/);
  await filter.click();
  await filter.getByRole('option', { name: /^all \(\d+\)$/ }).click();
  await until('all are listed again', async () => (await panel.locator('[data-variant]').count()) === all);
  const other = before === '1' ? '2' : '1';
  await panel.locator(`[data-patch="${other}"]`).click();
  await panel.locator('[data-view="patching"]').waitFor();
  await panel.tab('prediction'); // what is not looked at is not drawn
  await panel.locator(`[data-variant="${other}"][aria-current]`).waitFor();
  await panel.done();
  await panel.tab('patching');
  for (const [label, option] of [['Site', 'hook_mlp_out'], ['Direction', 'noising'], ['Layers at once', '3']]) {
    const choice = panel.locator('.ask').getByRole('combobox', { name: label, exact: true });
    await choice.click();
    await choice.getByRole('option', { name: option, exact: true }).click();
  }
  await panel.locator('[data-action="patch"]').click();
  await panel.locator('[data-view="patching"]', { hasText: '(hook_mlp_out) from the variant put into the original’s run (noising), in 3 layers at once' }).waitFor();
  await panel.done();
  await workbench.screenshot('patching-other');
});

it('a variant of one’s own is written in a diff and patched', async () => {
  const { workbench } = session;
  await workbench.openFile('temperature.py');
  await workbench.select(1, 1, 3, 28);
  await workbench.runCommand(RUN_PATCHING);
  await chooseVariant(1);
  await workbench.quickInput.locator('.quick-input-box input').fill('own');
  await workbench.quickPick('Write your own variant…');
  const right = workbench.page.locator('.monaco-diff-editor:visible .modified .view-lines:not(.line-delete)');
  await right.waitFor();
  await workbench.notification('Change the code on the right');
  await right.click();
  await workbench.select(3, 25, 3, 27);
  await workbench.page.keyboard.type('"'); // around what is selected
  await until('the variant is written', async () => /\+\s"21"\)/.test(await right.innerText()));
  await workbench.screenshot('own-variant');
  await workbench.page.locator('.editor-actions .action-label[aria-label*="Run Patching with This Variant"]').click();
  await workbench.quickPick('hook_resid_post');
  await workbench.quickPick('denoising');
  await workbench.quickPick('1');
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  await panel.tab('prediction');
  await panel.says('[data-view="prediction"]', 'our own variant: 21 → "21" on line 3');
  expect(await panel.text('.diff')).toMatch(/\+\s*print\("Temperature: " \+ "21"\)/);
  // No tab is left, and nothing asks to be saved.
  expect(await workbench.page.locator('.tab', { hasText: 'Your Variant' }).count()).toBe(0);
  expect(await workbench.page.locator('.tab.dirty').count()).toBe(0);
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Latent Lens"]').click();
  const result = workbench.page.locator('.sidebar .monaco-list-row', { hasText: 'temperature.py:1–3' }).first();
  expect(await result.innerText()).toMatch(/\d\d:\d\d.* · your own variant: 21 → "21" on line 3, hook_resid_post/);
  await workbench.screenshot('own-variant-patched');
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Explorer"]').click();

  const copied = async (command) => {
    await panel.locator('header [data-action="copyCliCommand"]').click();
    await workbench.statusItem('Copied the command');
    const text = await workbench.page.evaluate(() => navigator.clipboard.readText());
    return jsonOf('sh', ['-c', text.replace(` ${command} `, ` ${command} --json `)], session.folder);
  };
  const { patching, counterfactual } = await copied('explain');
  expect(counterfactual).toMatchObject({ description: 'your own variant: 21 → "21" on line 3', code: expect.stringContaining('+ "21")') });
  await panel.tab('patching');
  const shown = await panel.table('patching');
  const expected = counterfactual.alignment.columns.map(({ original }) => patching.effect.map((layer) => decimal(original === null ? null : layer[original])));
  expect(shown.map(([, , , ...layers]) => layers)).toEqual(expected);

  await panel.tab('latents');
  await panel.attributed();
  const { latents, counterfactual: twin } = await copied('latents');
  expect(twin.code).toBe(counterfactual.code);
  expect((await panel.bars()).filter(({ latent }) => latent !== 'error')).toMatchObject(listedLatents(latents));

  // It can be gone on with.
  await workbench.focusCode();
  await workbench.select(1, 1, 3, 28);
  await workbench.runCommand(RUN_PATCHING);
  await chooseVariant(1);
  await workbench.quickInput.locator('.quick-input-box input').fill('last');
  await workbench.quickPick('Go on with your last variant…');
  await until('the variant is there', async () => /\+\s"21"\)/.test(await right.innerText()));
});

function escaped(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

