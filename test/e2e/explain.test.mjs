// Explaining code from wherever it is, what the window then shows, and what is said about code that cannot be explained.
import { expect, it } from 'vitest';
import { ghostsIn, marksIn } from './marks.mjs';
import { addFile, EXPLAIN, explained, listVariants, Panel, TEMPERATURE, useSession } from './session.mjs';
import { until } from './workbench.mjs';

const session = useSession();

it('a right click on a selection shows the prediction, what Python raises, findings, variants, and the result in the code', async () => {
  const { workbench } = session;
  await workbench.openFile('temperature.py');
  await workbench.select(...TEMPERATURE.range);
  await workbench.contextMenu(EXPLAIN);
  const panel = await Panel.showing(workbench, 'TypeError');
  await panel.done();
  expect(await panel.text('[data-part="prediction"]')).toMatch(/TypeError\s+\d\d\.\d\s%/);
  const actual = await panel.text('[data-part="actual"]');
  for (const part of ['TypeError', TEMPERATURE.message, 'line 3']) expect(actual).toContain(part);
  expect(await panel.locator('.verdict').getAttribute('data-agreement')).toBe('agree');
  expect(await panel.locator('.findings li').count()).toBeGreaterThan(2);
  // Only the pair that was compared, until all variants are asked for.
  expect(await panel.locator('[data-variant]').count()).toBe(0);
  expect(await panel.text('[data-pair="original"]')).toMatch(/the code as it is\s+TypeError\s+TypeError\s+\d\d\.\d\s%\s*✓/);
  expect(await panel.text('[data-pair="variant"]')).toContain('21 in quotes');
  await listVariants(panel);
  expect(await panel.locator('[data-variant]').count()).toBeGreaterThan(5);
  expect(await panel.locator('[data-variant][aria-current]').count()).toBe(1);
  await until('tokens are coloured', async () => (await marksIn(workbench, '0px')).length > 0);
  // The variant has quotes around the number, and no bracket behind it.
  await until('the variant is a ghost in the code', async () => (await ghostsIn(workbench)).join('') === '""');
  await workbench.screenshot('explain-dark');
});

it('the context menu has the explanation, and a submenu of what else can be done with code', async () => {
  const { workbench } = session;
  await explained(session);
  await workbench.focusCode();
  await workbench.select(...TEMPERATURE.range);
  const ours = (await workbench.contextMenuItems()).filter((label) => label.startsWith('Latent Lens'));
  expect(ours).toEqual([EXPLAIN, 'Latent Lens']);
  const inSubmenu = async () => {
    await workbench.page.keyboard.press('Shift+F10');
    await workbench.page.locator('.monaco-menu .action-label', { hasText: /^Latent Lens$/ }).first().hover();
    const submenu = workbench.page.locator('.monaco-menu .monaco-submenu .action-label:not(.separator)');
    await submenu.first().waitFor();
    const labels = await submenu.allTextContents();
    await workbench.screenshot('context-menu');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Escape');
    return labels.map((label) => label.trim()).filter(Boolean);
  };
  // What was explained and is selected can be ignored.
  await until('the selection can be ignored', async () => (await inSubmenu()).join() === 'Explain Next Token,Run Patching,Ignore This,Clear Highlights');
  await workbench.goTo(1, 1);
  await until('nothing is selected', async () => (await inSubmenu()).join() === 'Explain Next Token,Run Patching,Show Tokens,Clear Highlights');
  await workbench.contextMenu('Latent Lens', 'Show Tokens');
  await workbench.statusItem(/\d+ tokens of code, and \d+ of the question around it/);
});

it('without a selection the code around the cursor is explained', async () => {
  const { workbench } = session;
  addFile(session, 'functions.py', 'def first():\n    return 1\n\n\ndef second():\n    return "a" + 1\n\n\nsecond()\n');
  await workbench.openFile('functions.py');
  await workbench.goTo(2, 5);
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'functions.py');
  expect(await panel.text('header h1')).toMatch(/functions\.py\s+lines? [1-9]/);
});

it('an unsaved file is explained', async () => {
  const { workbench } = session;
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.page.keyboard.insertText('values = [1, 2, 3]\nprint(values[7])');
  await workbench.runCommand('Change Language Mode');
  await workbench.enter('Python');
  await workbench.statusItem('Python');
  await workbench.editor.click();
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'list index out of range');
  await panel.done();
  expect(await panel.text('header h1')).toMatch(/unsaved code\s+lines 1–2/);
  await until('tokens are coloured', async () => (await marksIn(workbench, '0px')).length > 0);
});

it('the cell of a notebook is explained', async () => {
  const { workbench } = session;
  const codeCell = (source) => ({ cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null });
  const metadata = { language_info: { name: 'python' } };
  const notebook = { cells: [codeCell('prices = {"tea": 3}\n'), codeCell('wanted = "milk"\nprint(prices[wanted])')], metadata, nbformat: 4, nbformat_minor: 5 };
  addFile(session, 'shop.ipynb', JSON.stringify(notebook));
  await workbench.openFile('shop.ipynb');
  const cell = workbench.page.locator('.notebookOverlay .cell-list-container .monaco-list-row', { hasText: 'milk' });
  await until('the cell is edited', async () => {
    await cell.locator('.view-line', { hasText: 'milk' }).click();
    return /cell-editor-focus/.test(await cell.locator('.cell').first().getAttribute('class')) || cell.locator('.monaco-editor.focused').isVisible();
  });
  await workbench.rightClick(cell.locator('.view-line', { hasText: 'milk' }), EXPLAIN);
  const panel = await Panel.showing(workbench, 'KeyError');
  await panel.done();
  expect(await panel.text('[data-part="actual"]')).toMatch(/KeyError\s+'milk' · line 2/);
  expect(await panel.text('header')).toMatch(/^shop\.ipynb, cell 2\s+lines 1–2/);
  await until('tokens are coloured', async () => (await marksIn(workbench, '0px')).length > 0);
  await workbench.screenshot('notebook');
});

it('an indented selection is read without its indentation, and coloured where it stands', async () => {
  const { workbench } = session;
  const code = 'def show(width):\n    if width:\n        label = "width: "\n        print(label + 130)\n\n\nshow(3)\n';
  addFile(session, 'indented.py', code);
  const panel = await explained(session, { file: 'indented.py', range: [3, 9, 4, 27] });
  expect(await panel.text('header h1')).toMatch(/^indented\.py\s+lines 3–4/);
  expect(await panel.text('[data-part="actual"]')).toMatch(/^PYTHON[\s\d.]+TypeError\s+can only concatenate str .* · line 4$/i);
  await panel.tab('patching');
  const texts = (await panel.table('patching')).map(([, original]) => original.replaceAll('·', ' '));
  const marks = await until('tokens are coloured', async () => {
    const all = (await marksIn(workbench, '0px')).filter(({ text }) => text.trim() !== '');
    return all.length > 0 && all;
  });
  for (const { text } of marks) expect(texts).toContain(text);
});

it('what cannot be explained is answered with a sentence', async () => {
  const { workbench } = session;
  addFile(session, 'empty.py', '');
  addFile(session, 'blank.py', 'a = 1\n\n\n\nb = 2\n');
  addFile(session, 'too-long.py', 'print("one more line")\n'.repeat(200));

  await workbench.openFile('empty.py');
  await workbench.runCommand(EXPLAIN);
  await workbench.notification('There is no code here yet. Type some Python first.');

  await workbench.openFile('blank.py');
  await workbench.select(2, 1, 4, 1);
  await workbench.runCommand(EXPLAIN);
  await workbench.notification('The selection holds only white space. Select lines with code.');

  await workbench.openFile('README.md');
  expect(await workbench.contextMenuItems()).not.toContain(EXPLAIN);

  addFile(session, 'other.ts', 'const answer: number = 42;\n');
  await workbench.openFile('other.ts');
  await workbench.editor.click();
  await workbench.page.keyboard.press('Control+k');
  await workbench.page.keyboard.press('Control+y');
  await workbench.notification('other.ts is typescript, and Latent Lens reads Python only');
  await workbench.screenshot('other-language');
  await workbench.answer('other.ts is typescript', 'Open Sample');
  await until('the sample is open', async () => /temperature|Temperature/.test(await workbench.editor.innerText()));

  await workbench.openFile('too-long.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'too-long.py');
  await panel.failed(/tokens/);
  await workbench.screenshot('too-long');
});

it('the colours and the ghost go when highlights are cleared, and tokens are shown on demand', async () => {
  const { workbench } = session;
  await explained(session);
  await until('tokens are coloured', async () => (await marksIn(workbench, '0px')).length > 0);
  await workbench.runCommand('Latent Lens: Clear Highlights');
  await until('no token is coloured', async () => (await marksIn(workbench)).length === 0 && (await ghostsIn(workbench)).length === 0);
  await workbench.runCommand('Latent Lens: Show Tokens');
  await workbench.statusItem(/\d+ tokens of code, and \d+ of the question around it/);
  const marked = await until('tokens have boundaries', async () => {
    const all = await marksIn(workbench, '1px');
    return all.length > 10 && all.map(({ text }) => text);
  });
  expect(marked).toEqual(expect.arrayContaining(['city', 'print']));
  await workbench.screenshot('tokens');
  await workbench.runCommand('Latent Lens: Clear Highlights');
  await until('no boundary is left', async () => (await marksIn(workbench)).length === 0);
});
