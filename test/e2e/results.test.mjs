// What stays of a result: over edits and a reload, as a saved file, and as exports.
import path from 'node:path';
import { expect, it } from 'vitest';
import { marksIn } from './marks.mjs';
import { addFile, commandLine, engines, EXPLAIN, explained, listVariants, Panel, read, useSession } from './session.mjs';
import { until } from './workbench.mjs';

const session = useSession();

it('edited code is out of date until it is as it was, or explained again', async () => {
  const { workbench } = session;
  const panel = await explained(session);
  const outdated = panel.locator('[data-region="outdated"]');
  const lens = workbench.page.locator('.codelens-decoration', { hasText: 'out of date: explain again' });
  await workbench.goTo(3, 26);
  await workbench.page.keyboard.type('0');
  await outdated.waitFor();
  await lens.waitFor();
  await until('the code carries nothing of the result', async () => (await marksIn(workbench)).length === 0);
  await workbench.screenshot('outdated');

  await workbench.page.keyboard.press('Control+z');
  await outdated.waitFor({ state: 'hidden' });
  await lens.waitFor({ state: 'hidden' });
  await until('the result is in the code again', async () => (await marksIn(workbench, '0px')).length > 0);

  await workbench.page.keyboard.type('"');
  await lens.locator('a').first().click();
  await outdated.waitFor({ state: 'hidden' });
  await panel.locator('[data-part="actual"]', { hasText: 'SyntaxError' }).waitFor();
  await panel.done();

  await workbench.focusCode();
  await workbench.page.keyboard.press('Control+z');
  await outdated.waitFor();
  await outdated.locator('[data-action="explainAgain"]').click();
  await panel.locator('[data-part="actual"]', { hasText: 'TypeError' }).waitFor();
  await panel.done();
});

it('after a reload the result and the view are there again, and it can be explained again', async () => {
  const { workbench } = session;
  await (await explained(session)).tab('patching');
  await workbench.reload();
  const panel = await Panel.showing(workbench, 'temperature.py');
  await panel.done();
  expect(await panel.locator('[data-tab="patching"]').getAttribute('aria-selected')).toBe('true');
  expect(engines(session)).toEqual([]);
  await workbench.screenshot('restored');
  await panel.tab('prediction');
  await panel.says('[data-part="prediction"]', 'TypeError');
  await panel.locator('header .toolbar [data-action="explainAgain"]').click();
  await until('an engine is started', () => engines(session).length === 1);
  await panel.done();
  await until('the result is in the code', async () => (await marksIn(workbench, '0px')).length > 0);
});

it('a saved result opens again without the engine', async () => {
  const { workbench, folder } = session;
  const answer = commandLine(session, 'explain', 'temperature.py:1-3');
  const panel = await explained(session);
  await listVariants(panel);
  await panel.locator('[data-action="saveResult"]').click();
  const file = path.join(folder, 'saved.latentlens.json');
  await workbench.chooseFile(file);
  const saved = await until('the result is on disk', () => json(file));
  const { patching, prediction } = (await answer).parts;
  expect(saved.parts).toMatchObject({ prediction: { value: prediction.value }, patching: { value: patching.value } });
  await workbench.empty();
  await workbench.reload(); // the engine ends with the window
  await until('no engine is left', () => engines(session).length === 0);
  await workbench.openResult('saved.latentlens.json');
  const opened = await Panel.showing(workbench, 'saved result');
  expect(await opened.text('[data-part="prediction"]')).toContain('TypeError');
  expect(await opened.locator('[data-variant]').count()).toBeGreaterThan(5);
  await opened.tab('patching');
  expect((await opened.table('patching')).length).toBe(saved.reading.tokens.length);
  expect(await opened.locator('header .toolbar [data-action="explainAgain"]').isVisible()).toBe(false);
  expect(engines(session)).toEqual([]);
  await workbench.screenshot('saved-result');

  // Its code is found again, though lines were put above it, and both go on in the panel.
  await workbench.openFile('temperature.py');
  await workbench.goTo(1, 1);
  await workbench.page.keyboard.insertText('import math\n');
  await workbench.openResult('saved.latentlens.json');
  const again = await Panel.showing(workbench, 'saved result');
  await again.locator('header [data-action="patchAgain"]').click();
  const live = await until('the panel shows it', async () => {
    for (const frame of workbench.page.frames()) {
      const text = await frame.evaluate(() => (document.body?.dataset.page === 'panel' ? document.querySelector('header')?.innerText : '')).catch(() => '');
      if (text?.includes('temperature.py') && !text.includes('saved result')) return new Panel(frame);
    }
    return undefined;
  });
  await live.done();
  await live.locator('header [data-action="explainAgain"]').click();
  await until('it is explained where it stands now', async () => /temperature\.py\s+lines 2–4/.test(await live.text('header h1')));
  await live.done();
  await workbench.screenshot('patched-again');

  await workbench.openFile('temperature.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.page.keyboard.insertText('x = 1\n');
  await workbench.openResult('saved.latentlens.json');
  await (await Panel.showing(workbench, 'saved result')).locator('header [data-action="patchAgain"]').click();
  await workbench.notification('No file temperature.py here holds the code of this result as it was read.');
});

it('a saved result without a prediction or a lens opens with what it holds', async () => {
  const { workbench } = session;
  const { parts: { attention }, ...result } = await commandLine(session, 'attention', 'temperature.py:1-3');
  addFile(session, 'heads.latentlens.json', JSON.stringify({ ...result, parts: { attention } }));
  await workbench.openResult('heads.latentlens.json');
  const opened = await Panel.showing(workbench, 'saved result');
  await opened.locator('[data-analysis="attention"] .figure').first().waitFor();
  await opened.tab('lens');
  await opened.says('[data-view="lens"]', 'What is not in it cannot be computed here');
});

it('damaged results are refused in a sentence', async () => {
  const { workbench } = session;
  const explanation = await commandLine(session, 'explain', 'temperature.py:1-3');
  addFile(session, 'cut.latentlens.json', JSON.stringify(explanation).slice(0, 5000));
  addFile(session, 'wrong.latentlens.json', JSON.stringify({ ...explanation, reading: { ...explanation.reading, tokens: 'none' } }));
  addFile(session, 'other.latentlens.json', '{"name": "other"}');
  for (const [name, sentence] of [
    ['cut', /cut\.latentlens\.json is not valid JSON, so it is no saved result/],
    ['wrong', /wrong\.latentlens\.json is damaged: "reading\.tokens" is not what Latent Lens saves/],
    ['other', /other\.latentlens\.json is not a result that Latent Lens saved/],
  ]) {
    await workbench.openResult(`${name}.latentlens.json`);
    await (await Panel.showing(workbench, `${name}.latentlens.json`)).failed(sentence);
  }
  await workbench.screenshot('damaged');
});

it('what the views show is exported as CSV, JSON, SVG and PNG', async () => {
  const { workbench, folder } = session;
  const panel = await explained(session);
  const { prediction, patching, tokens } = await commandLine(session, 'explain', 'temperature.py:1-3');
  const save = async (view, kind) => {
    await panel.tab(view);
    await panel.locator(`[data-view="${view}"] [data-export="${kind}"]`).first().click();
    const file = path.join(folder, `exported-${view}.${kind}`);
    await workbench.chooseFile(file);
    await workbench.statusItem(`Saved exported-${view}.${kind}`); // before that it may be there in part
    return read(file);
  };
  const [header, first] = String(await save('prediction', 'csv')).split('\r\n');
  expect(header).toBe('program,label,probability,logit');
  expect(first).toBe(`original,TypeError,${prediction.answers[0].probability},${prediction.answers[0].logit}`);
  const rows = JSON.parse(await save('patching', 'json'));
  const originals = rows.filter(({ originalPosition }) => originalPosition !== null);
  expect(originals).toHaveLength(patching.logitDifference.length * tokens.length);
  for (const { layer, originalPosition, logitDifference } of originals) expect(logitDifference).toBe(patching.logitDifference[layer][originalPosition]);
  for (const view of ['prediction', 'lens', 'patching']) {
    const svg = String(await save(view, 'svg'));
    const parsed = await workbench.page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').documentElement.outerHTML.slice(0, 200), svg);
    expect(parsed).toMatch(/^<svg [^]*width="\d/);
    expect(svg).not.toMatch(/<script|NaN|undefined/);
    const png = await save(view, 'png');
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(png.readUInt32BE(16)).toBeGreaterThan(500);
    expect(png.length).toBeGreaterThan(5000);
  }
});

it('results of this session are listed in the side bar', async () => {
  const { workbench } = session;
  await explained(session);
  await workbench.openFile('playlist.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'playlist.py');
  await panel.done();
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Latent Lens"]').click();
  const rows = workbench.page.locator('.sidebar .monaco-list-row');
  await rows.filter({ hasText: 'playlist.py:1–6' }).first().waitFor();
  await workbench.screenshot('results-view');
  await rows.filter({ hasText: 'temperature.py:1–3' }).first().click();
  await panel.locator('header h1', { hasText: 'temperature.py' }).waitFor();
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Explorer"]').click();
});

function json(file) {
  try {
    return JSON.parse(read(file));
  } catch {
    return undefined;
  }
}
