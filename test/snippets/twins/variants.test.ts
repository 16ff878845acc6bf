import { expect, test } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import type { Outcome } from '../../../src/snippets/sandbox/sandbox';
import { renderPrompt } from '../../../src/snippets/prompts/prompts';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { findVariants } from '../../../src/snippets/twins/variants';
import { kitTokenizer } from '../tokenizer/kit';

const tokenizer = kitTokenizer();
const outcome = (label: string): Outcome => ({ label, message: null, line: label === 'no error' ? null : 1 });
const options = { tokenizer, render: (code: string) => renderPrompt(PYTHON_ERROR_TYPE, code, null) };

test('verified by really running them, ranked, with a control that changes nothing', async () => {
  const sandbox = await PythonSandbox.start();
  try {
    const code = 'prices = [2, 5]\r\nprint("sum: " + prices[0])\r\n';
    const label = (codes: string[]): Promise<Outcome[]> => sandbox.runMany(codes);
    const { outcome: own, variants } = await findVariants(code, { ...options, label, limitPerKind: 2 });
    expect(own).toMatchObject({ label: 'TypeError', line: 2 });
    const rank = variants.map(({ tokensKept, labelChanged }) => Number(!tokensKept) * 2 + Number(!labelChanged));
    expect(rank).toEqual([...rank].sort((a, b) => a - b));
    expect(rank[0]).toBe(0);
    expect(rank.at(-1)).toBeGreaterThan(1);
    const labels = new Set(variants.map((variant) => variant.outcome.label));
    for (const wanted of ['SyntaxError', 'NameError', 'IndexError', 'IndentationError'])
      expect(labels).toContain(wanted);
    const controls = variants.filter(({ control }) => control);
    expect(controls.length).toBeGreaterThan(0);
    for (const { edit, outcome: kept } of controls) {
      expect(edit.kind).toBe('rename-all');
      expect(kept.label).toBe('TypeError');
    }
    for (const { alignment, tokensKept, edit } of variants) {
      expect(tokensKept).toBe(alignment.sameLength);
      expect(edit.original).toBe(code);
      expect(alignment.columns.at(-1)?.variant).not.toBeNull();
    }
  } finally {
    sandbox.close();
  }
});

test('a renaming that changed the outcome and a program that could not be judged are dropped', async () => {
  const code = 'total = 1\nprint(total)';
  const label = (codes: string[]): Promise<Outcome[]> =>
    Promise.resolve(
      codes.map((text, i) => {
        if (i === 0) return outcome('NoError');
        if (!text.includes('total')) return outcome('ValueError');
        return outcome(text.includes('"') ? 'timeout' : 'no error');
      }),
    );
  const { variants } = await findVariants(code, { ...options, label });
  expect(variants.length).toBeGreaterThan(3);
  expect(variants.some(({ control }) => control)).toBe(false);
  expect(variants.some(({ edit }) => edit.variant.includes('"'))).toBe(false);
  expect(variants.some(({ labelChanged }) => labelChanged)).toBe(false);
  expect(
    (
      await findVariants('while True: x = 1', {
        ...options,
        label: (codes) => Promise.resolve(codes.map(() => outcome('timeout'))),
      })
    ).variants,
  ).toEqual([]);
});

test('a sandbox that answers too little is noticed', async () => {
  const label = (): Promise<Outcome[]> => Promise.resolve([outcome('no error')]);
  await expect(findVariants('print(1)', { ...options, label })).rejects.toThrow('1 outcomes for');
  await expect(findVariants(' \n', { ...options, label })).rejects.toThrow('There is no code here');
});

test('alignments put the change where it was, in files with CRLF too', async () => {
  const label = (codes: string[]): Promise<Outcome[]> => Promise.resolve(codes.map(() => outcome('no error')));
  for (const newline of ['\n', '\r\n']) {
    const code = ['total = 12', 'count = 3', 'print(total, count)', ''].join(newline);
    const { variants } = await findVariants(code, { ...options, label, kinds: ['quote-number', 'rename-all'] });
    const changed = variants.map(({ edit, alignment }) => {
      const prompt = (text: string): string => text.replaceAll('\r', '').trimEnd() + PYTHON_ERROR_TYPE.suffix;
      const [a, b] = [tokenizer.encode(prompt(edit.original)), tokenizer.encode(prompt(edit.variant))];
      const differing = alignment.columns.filter(
        ({ original, variant }) => original === null || variant === null || a[original].id !== b[variant].id,
      );
      const taken = differing.map(({ original }) => (original === null ? '' : a[original].text)).join('');
      const given = differing.map(({ variant }) => (variant === null ? '' : b[variant].text)).join('');
      return { kind: edit.kind, taken, given, columns: alignment.columns.length };
    });
    const quoted = changed.filter(({ kind }) => kind === 'quote-number');
    expect(quoted.map(({ taken, given }) => [taken, given])).toEqual([
      ['', '""'],
      ['', '""'],
    ]);
    const renamed = changed.filter(({ kind }) => kind === 'rename-all');
    expect(renamed).toHaveLength(4);
    // Both places of the name differ and nothing between them does: letters, and the space merged into some.
    for (const { taken } of renamed) expect(taken).toMatch(/^[a-z ]+$/);
  }
});
