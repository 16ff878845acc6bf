/** The whole pipeline with tokenizers of other kinds than the shipped model's: beginnings, inserted spaces, chat templates. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { readProgram } from '../../../src/engine/reading/program';
import { openQuestion } from '../../../src/engine/reading/question';
import { divide } from '../../../src/engine/reading/windows';
import { heatmapColumns } from '../../../src/cli/render/explanation';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';
import { PYTHON_ERROR_TYPE, withAnswers, type Template } from '../../../src/snippets/prompts/templates';
import { explained } from '../analysed';
import { fakePython, smallModel, type SmallModel } from '../small-model';

const CODE = 'x = "é"\nprint("a" + 21)\n';
const source = { file: 'a.py', text: CODE };
const QUESTION: Template = { ...withAnswers(PYTHON_ERROR_TYPE, ['TypeError', 'no error']), suffix: '\n# Python will raise a' };

async function withTokenizer(base: LoadedModel, kind: string, config: object = {}): Promise<LoadedModel> {
  const { tokenizer } = JSON.parse(await readFile(`test/fixtures/tokenizers/${kind}.json`, 'utf8')) as { tokenizer: unknown };
  return { ...base, tokenizer: new CodeTokenizer(tokenizer, config, kind) };
}

let small: SmallModel;
let base: LoadedModel;
beforeAll(async () => {
  small = await smallModel();
  base = await loadModel(small.folder, { threads: 1 });
});
afterAll(async () => {
  await base.model.release();
  await small.remove();
});

describe.each([
  ['gemma', '<bos>'], ['llama', '<s>'], ['mistral', '<s>'], ['llama3', '<|begin_of_text|>'], ['gpt2', null], ['neox', null], ['qwen2', null],
])('a tokenizer as of %s', (kind, bos) => {
  test('its beginning is a token of the result that has no place in the file, and there is one of it', async () => {
    const loaded = await withTokenizer(base, kind);
    const result = await explained(loaded, source, {
      template: QUESTION, label: fakePython, asked: { prediction: { topK: 2 }, lens: { topK: 2 } },
    });
    const first = result.tokens[0];
    if (bos === null) expect(first.text).toBe('x');
    else {
      expect(first).toEqual({ id: loaded.tokenizer.bos, text: bos, start: null, end: null });
      expect(heatmapColumns(result, result.patching!)[0]).toMatchObject({ token: bos, question: true });
    }
    expect(result.tokens.filter(({ text }) => text === bos)).toHaveLength(bos === null ? 0 : 1);
    expect(result.counterfactual!.tokens.filter(({ text }) => text === bos)).toHaveLength(bos === null ? 0 : 1);
    expect(result.prompt).toBe(`${CODE.trimEnd()}${QUESTION.suffix}`);
    expect(result.lens.positions).toBe(result.tokens.length);
    expect(result.patching!.logitDifference[0]).toHaveLength(result.tokens.length);
    const covered = new Set(
      result.tokens.flatMap(({ start, end }) => (start === null ? [] : Array.from({ length: end! - start }, (_, i,
    ) => start + i))));
    expect([...covered].sort((a, b) => a - b)).toEqual(Array.from(CODE.trimEnd(), (_, i) => i));
    for (const answer of openQuestion(loaded, QUESTION).answers) expect(answer.ids).not.toContain(loaded.tokenizer.bos);
  });

  test('a template leaves it out', async () => {
    const loaded = await withTokenizer(base, kind);
    const ids = (template: Template) => readProgram(loaded, openQuestion(loaded, template), source).ids;
    expect(ids({ ...QUESTION, bos: false })).toEqual(bos === null ? ids(QUESTION) : ids(QUESTION).slice(1));
  });

  test('every window of long code begins with it', async () => {
    const loaded = await withTokenizer(base, kind);
    const question = openQuestion(loaded, QUESTION);
    const { windows } = await divide(loaded, question, { file: null, text: CODE.repeat(12) });
    expect(windows.length).toBeGreaterThan(1);
    for (const { ids } of windows) {
      expect(ids.length).toBeLessThanOrEqual(question.room);
      if (bos !== null) expect(ids.filter((id) => id === loaded.tokenizer.bos)).toEqual([ids[0]]);
    }
  });
});

test('a question in a chat', async () => {
  const chat_template = "{{ bos_token }}{% for m in messages %}<start_of_turn>{{ m.role }}\n{{ m.content }}<end_of_turn>\n{% endfor %}{{ '<start_of_turn>model\n' }}";
  const loaded = await withTokenizer(base, 'gemma', { bos_token: '<bos>', chat_template });
  const result = await explained(loaded, source, {
    template: { ...QUESTION, chat: true }, label: fakePython, asked: { prediction: { topK: 2 }, lens: { topK: 2 } },
  });
  expect(result.prompt).toBe(`<bos><start_of_turn>user\n${CODE.trimEnd()}${QUESTION.suffix}<end_of_turn>\n<start_of_turn>model\n`);
  expect(result.tokens.slice(0, 2).map(({ text, start }) => [text, start])).toEqual([['<bos>', null], ['<start_of_turn>', null]]);
  const whole = result.tokens.filter(({ start, text }) => start !== null && !/[\\ ]/.test(text));
  for (const { text, start, end } of whole) expect(CODE.slice(start!, end!)).toBe(text);
  expect(result.tokens.filter(({ text }) => text === '<bos>')).toHaveLength(1);
  expect(result.tokens.at(-1)!.text).toBe('\n');
  expect(openQuestion(loaded, { ...QUESTION, chat: true }).answers.map(({ text }) => text)).toEqual(['TypeError', 'NoError']);
  await expect(explained(base, source, { template: { ...QUESTION, chat: true } })).rejects.toThrow('This model has no chat template');
});

test('special tokens in the code are what they spell, as transformers reads them', async () => {
  const loaded = await withTokenizer(base, 'gpt2');
  const text = 'print("<|endoftext|>")';
  const { tokens } = readProgram(loaded, openQuestion(loaded, QUESTION), { file: null, text });
  expect(tokens.filter((token) => token.text === '<|endoftext|>').map(({ start, end }) => text.slice(start!, end!))).toEqual(['<|endoftext|>']);
});

test('more embeddings than tokens are fine, and a token without one is named', async () => {
  const loaded = await withTokenizer(base, 'gpt2');
  expect(loaded.tokenizer.vocabSize).toBeLessThan(base.model.shape.vocabulary);
  const { tokenizer } = JSON.parse(await readFile('test/fixtures/tokenizers/gpt2.json', 'utf8')) as { tokenizer: { added_tokens: object[] } };
  tokenizer.added_tokens.push({ id: base.model.shape.vocabulary, content: '<image>', special: true });
  await writeFile(path.join(small.folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  const wider = await loadModel(small.folder, { threads: 1 });
  try {
    const question = openQuestion(wider, QUESTION);
    expect(readProgram(wider, question, source).ids.length).toBeGreaterThan(5);
    expect(() => readProgram(wider, question, { file: null, text: 'a <image>' })).toThrow('has no embedding for the token <image>');
  } finally {
    await wider.model.release();
  }
});
