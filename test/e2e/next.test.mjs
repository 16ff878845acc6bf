// What comes next at a place in any text, in a workspace that is not trusted, as nothing is run for it: the same as on the command line.
import { expect, it } from 'vitest';
import { ghostsIn, labelsIn } from './marks.mjs';
import { addFile, commandLine, decimal, jsonOf, Panel, sandboxes, useSession } from './session.mjs';
import { pictures } from './twins.mjs';
import { plain, until } from './workbench.mjs';

// It has no sentinels: what is behind a place is not read. test/e2e/types.test.mjs asks the one that has.
const session = useSession({ trust: 'restricted', settings: { 'latentLens.model': 'python-errors' } });

const NEXT = 'Latent Lens: Explain Next Token';
const CONFIG = '{\n  "name": "weather",\n  "version": "1.0",\n  "files": ["a", "b"]\n}\n';

it('in Python: the prediction, what stands there, and the predicted token as a ghost', async () => {
  const { workbench } = session;
  await workbench.openFile('temperature.py');
  await workbench.goTo(3, 7);
  await workbench.contextMenu('Latent Lens', 'Explain Next Token');
  const panel = await Panel.showing(workbench, 'at 3:7');
  await panel.done();
  const { prediction, actual } = await commandLine(session, 'next', 'temperature.py:3:7', '--model', 'python-errors');
  expect(actual).toMatchObject({ label: '"', by: 'the code' });
  const percent = `${(100 * prediction.answers[0].probability).toFixed(1)} %`;
  expect(plain(await panel.text('[data-part="prediction"]'))).toContain(`${prediction.label}\n${percent}`);
  expect(await panel.text('[data-part="actual"]')).toBe('THE CODE\n"');
  expect(await panel.text('[data-part="read"]')).toBe('Read: only what is before the place.');
  expect(await panel.locator('.verdict').getAttribute('data-agreement')).toBe('disagree');
  expect(await panel.locator('[data-region="restricted"]').count()).toBe(0);
  expect(await panel.text('#overview')).not.toMatch(/Python|not run|raises/);
  await until('the predicted token is a ghost', async () => (await ghostsIn(workbench)).join() === prediction.label);
  expect(await labelsIn(workbench)).toEqual([`⟵ predicted, ${Math.round(100 * prediction.answers[0].probability)} %`]);
  expect(sandboxes(session)).toEqual([]);
  await pictures(session, 'next-token', { narrow: true });

  // What is typed behind the place changes nothing; what is typed before it does, and the place has moved with it.
  await workbench.focusCode();
  await workbench.goTo(3, 8);
  await workbench.page.keyboard.type('!');
  await workbench.goTo(3, 6);
  expect(await panel.locator('[data-region="outdated"]').count()).toBe(0);
  await workbench.page.keyboard.type('f');
  await panel.locator('[data-region="outdated"] [data-action="explainAgain"]').click();
  await Panel.showing(workbench, 'at 3:8');
  await panel.done();
  await workbench.focusCode();
  await workbench.select(3, 1, 3, 4);
  await workbench.runCommand(NEXT);
  await workbench.notification('python-errors reads only what is before a place');
});

it('in JSON: why this and not that, a variant of one’s own, and patching between the two', async () => {
  const { workbench } = session;
  addFile(session, 'config.json', CONFIG);
  await workbench.openFile('config.json');
  await workbench.goTo(3, 5);
  await workbench.runCommand('Latent Lens: Why This, Not That…');
  await until('the model’s answers are offered', async () => (await workbench.quickPicks()).length > 5);
  const [first, ...others] = await workbench.quickPicks();
  await workbench.quickPick(first);
  await until('the other answers are offered', async () => (await workbench.quickPicks()).length === others.length);
  await workbench.quickPick((await workbench.quickPicks()).at(-1)); // to type another
  await workbench.enter('license');
  const panel = await Panel.showing(workbench, 'config.json');
  await panel.done();
  const { findings } = await commandLine(session, 'next', 'config.json:3:5', '--model', 'python-errors', '--answer', 'license', '--answers', JSON.stringify([first, 'license']));
  const [preferred] = findings.filter((finding) => finding.startsWith('Of the two that were chosen'));
  expect(plain(await panel.text('.findings'))).toContain(plain(preferred.replaceAll('`', '')));
  await panel.tab('components');
  await panel.analysed('components');
  expect(await panel.text('[data-analysis="components"]')).toContain(`Components of logit(${first}) − logit(license)`);

  await panel.tab('prediction');
  await panel.locator('[data-action="writeVariant"]').click();
  const right = workbench.page.locator('.monaco-diff-editor:visible .modified .view-lines:not(.line-delete)');
  await right.waitFor();
  await workbench.notification('Change the code on the right');
  await right.click();
  await workbench.select(2, 4, 2, 8);
  await workbench.page.keyboard.insertText('v": "v');
  await until('the variant is written', async () => plain(await right.innerText()).includes('"v": "v": "weather"'));
  await workbench.page.locator('.editor-actions .action-label[aria-label*="Run Patching with This Variant"]').click();
  await workbench.quickPick('hook_resid_post');
  await workbench.quickPick('denoising');
  await workbench.quickPick('1');
  const patched = await Panel.showing(workbench, 'name → v": "v'); // the diff was in the page's place
  await patched.done();
  await patched.locator('header [data-action="copyCliCommand"]').click();
  await workbench.statusItem('Copied the command');
  const command = await workbench.page.evaluate(() => navigator.clipboard.readText());
  const { patching, counterfactual } = await jsonOf('sh', ['-c', command.replace(' next ', ' next --json ')], session.folder);
  expect(patching.metric).toMatchObject({ positive: first, negative: 'license', basis: 'chosen' });
  const expected = counterfactual.alignment.columns.map(({ original }) => patching.effect.map((layer) => decimal(original === null ? null : layer[original])));
  expect((await patched.table('patching')).map(([, , , ...layers]) => layers)).toEqual(expected);
  await workbench.screenshot('next-token-patched');

  // A result of before is shown again, at its place.
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Latent Lens"]').click();
  const results = workbench.page.locator('.sidebar .monaco-list-row', { hasText: 'config.json:3:5' });
  await until('both results are listed', async () => (await results.count()) === 2);
  await results.last().click();
  await patched.tab('prediction');
  await until('the earlier result is shown', async () => (await patched.text('#overview')).includes('This was compared with no variant.'));
  expect(await patched.locator('[data-region="outdated"]').count()).toBe(0);
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Explorer"]').click();
});
