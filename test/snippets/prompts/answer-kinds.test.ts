/** The answers of the built-in questions with every kind of tokenizer: scored behind either prompt, and each pair told apart. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answerTokens, partingTokens, renderPrompt } from '../../../src/snippets/prompts/prompts';
import { TEMPLATES } from '../../../src/snippets/prompts/templates';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';

const FOLDER = new URL('../../fixtures/tokenizers/', import.meta.url);
const KINDS = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== 'texts.json');
const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)';

describe.each(KINDS)('%s', (name) => {
  const { tokenizer: file } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as { tokenizer: unknown };
  const tokenizer = new CodeTokenizer(file, {}, name);

  test.each(TEMPLATES)('$id', (template) => {
    const { text } = renderPrompt(template, CODE, null);
    const answers = answerTokens(tokenizer, template, text);
    const before = tokenizer.encodeIds(text);
    let alike = 0;
    for (const a of answers) {
      expect([...before, ...a.ids]).toEqual(tokenizer.encodeIds(text + a.text));
      for (const b of answers) {
        if (a === b) continue;
        const { shared, tokens } = partingTokens(answers, a.label, b.label);
        expect([...shared, tokens[0]]).toEqual(a.ids.slice(0, shared.length + 1));
        expect([...shared, tokens[1]]).toEqual(b.ids.slice(0, shared.length + 1));
        expect(tokens[0]).not.toBe(tokens[1]);
        if (shared.length > 0) alike++;
      }
    }
    expect(alike).toBeGreaterThan(0); // such small vocabularies make many names begin alike
  });
});
