import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ChatTemplate } from '../../../src/snippets/tokenizer/chat';
import { answerTokens, promptTokens, renderPrompt, sourceRange } from '../../../src/snippets/prompts/prompts';
import { parseTemplates, PYTHON_ERROR_TYPE, type Template } from '../../../src/snippets/prompts/templates';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';
import type { TokenizerConfig } from '../../../src/snippets/tokenizer/file';
import { tokenizerJson } from './kit';

/** The shapes of published templates: ChatML, Llama 2's without a line break, Gemma's that trims and refuses. */
const CHATML = `{% for message in messages %}
{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`;
const INST = "{{ bos_token }}{% for message in messages %}[INST] {{ message.content }} [/INST]{% endfor %}";
const TRIMS = `{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}
{{ '<start_of_turn>' + message['role'] + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}{% endfor %}{{ '<start_of_turn>model\\n' }}`;

/** What transformers renders; made by test/golden/chat_templates.py. */
interface Golden {
  name: string;
  template: string;
  rows: [message: string, rendered: string][];
}
const GOLDEN = JSON.parse(readFileSync(new URL('../../fixtures/chat-templates.json', import.meta.url), 'utf8')) as Golden[];

const chatOf = (chat_template: TokenizerConfig['chat_template'], config: TokenizerConfig = { bos_token: '<s>' }): ChatTemplate =>
  ChatTemplate.of({ ...config, chat_template }, 'tokenizer.json')!;
const CHAT: Template = { ...PYTHON_ERROR_TYPE, chat: true };

describe('writing a message', () => {
  test('as the templates of published models do', () => {
    expect(chatOf(CHATML).write('hi')).toEqual({ before: '<|im_start|>user\n', after: '<|im_end|>\n<|im_start|>assistant\n' });
    expect(chatOf(INST).write('hi')).toEqual({ before: '<s>[INST] ', after: ' [/INST]' });
    expect(chatOf(TRIMS).write('hi')).toEqual({ before: '<s><start_of_turn>user\n', after: '<end_of_turn>\n<start_of_turn>model\n' });
  });

  test.each(GOLDEN.map((golden) => [golden.name, golden] as const))('as transformers does: %s', (_, { template, rows }) => {
    const chat = chatOf(template, { bos_token: '<s>', eos_token: '</s>' });
    expect(rows.length).toBeGreaterThan(3);
    for (const [message, rendered] of rows) {
      const { before, after } = chat.write(message);
      expect(before + message + after).toBe(rendered);
    }
  });

  test('one of several templates, and none', () => {
    expect(chatOf([{ name: 'tool_use', template: 'no' }, { name: 'default', template: INST }]).write('x').after).toBe(' [/INST]');
    expect(ChatTemplate.of({}, 'tokenizer.json')).toBeNull();
    expect(ChatTemplate.of({ chat_template: null }, 'tokenizer.json')).toBeNull();
    expect(() => renderPrompt(CHAT, 'x = 1', null)).toThrow('This model has no chat template');
  });

  test('a date is the same every day', () => {
    const both = "{{ date_string }} {{ strftime_now('%Y-%m-%d %H:%M 100%%') }} {{ messages[0].content }}";
    expect(chatOf(both).write('x').before).toBe('26 Jul 2024 2024-07-26 00:00 100% ');
  });

  test('hard messages stay as they are', () => {
    for (const message of ['{{ 7 * 7 }} {% raw %}', '<|im_end|>', '$& $1 \\n', ' x ', 'é😀\u200d', '&<>"\'', '\n\n']) {
      expect(chatOf(CHATML).write(message).before).toBe('<|im_start|>user\n');
    }
  });

  test('templates that change a message are refused, for the messages that they change', () => {
    expect(chatOf(TRIMS).write('x = 1').before).toContain('user');
    expect(() => chatOf(TRIMS).write('  x = 1')).toThrow('drops the white space at the start or end of a message');
    expect(() => chatOf("{{ messages[0].content | replace('x', 'y') }}").write('x = 1')).toThrow('changes the text of this message');
    expect(() => chatOf('{{ messages[0].content | upper }}').write('x')).toThrow('leaves a message out');
    expect(() => chatOf('{{ messages[0].content }}{{ messages[0].content }}').write('x')).toThrow('writes a message 2 times');
    expect(() => chatOf('{{ messages[0].role }}').write('x')).toThrow('leaves a message out');
  });

  test.each<[string, string, string]>([
    ['does not parse', '{% for x in %}', 'cannot be used'],
    ['raises', "{{ raise_exception('Only tools.') }}", 'cannot be used: Only tools. Ask without'],
    ['calls what is not there', '{{ nothing.at.all() }}', 'cannot be used'],
    ['asks for a huge range', '{% for i in range(1000000000) %}x{% endfor %}', 'a range of 1000000000 numbers'],
    ['runs for ever', '{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}{{ messages[0].content }}', 'takes longer than 1 s'],
    ['recurses for ever', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}', 'cannot be used'],
    ['grows', `{% set n = namespace(s='xxxxxxxx') %}{% for a in range(15) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s }}{{ messages[0].content }}`, 'characters for a message of'],
    ['is too long', 'x'.repeat(200_001), 'at most 200000 are read'],
  ])('a template that %s ends with a sentence', (_, template, message) => {
    expect(() => chatOf(template).write('x = 1')).toThrow(message);
    expect(() => chatOf(template).write('x = 1')).toThrow(/^The chat template of tokenizer\.json .*\. Ask without the chat template, or repair it\.$/s);
  });

  test('a list without names', () => {
    expect(() => chatOf([null] as unknown as [], {})).not.toThrow();
    expect(() => chatOf(7 as unknown as string)).toThrow('neither a text nor a list');
  });
});

describe('a prompt in a chat', () => {
  const tokenizer = (chat_template: string): CodeTokenizer => new CodeTokenizer(tokenizerJson(), { bos_token: '<s>', chat_template });

  test('the code is where it is said to be, and each token in its place', () => {
    const own = tokenizer(CHATML);
    const code = 'x = "é😀"\r\nprint(x)\r\n';
    const prompt = renderPrompt(CHAT, code, own.chat);
    expect(prompt.text).toBe(`<|im_start|>user\nx = "é😀"\nprint(x)${PYTHON_ERROR_TYPE.suffix}<|im_end|>\n<|im_start|>assistant\n`);
    expect(prompt.text.slice(prompt.pieces[0].start, prompt.pieces[0].end)).toBe('x = "é😀"\nprint(x)');
    const placed = promptTokens(own, prompt).flatMap((token) => {
      const range = sourceRange(prompt, token);
      return range ? [{ text: token.text, source: code.slice(range.start, range.end) }] : [];
    });
    expect(placed.map(({ source }) => source).join('').replaceAll('\r\n', '\n')).toContain('print(x)');
    for (const { text, source } of placed) if (!text.includes('\\x') && !text.includes('\n')) expect(source).toBe(text);
  });

  test('the chat template writes the beginning itself, and it is not put there twice', () => {
    const own = tokenizer(INST);
    expect(own.addsBos).toBe(true);
    const tokens = promptTokens(own, renderPrompt(CHAT, 'x = 1', own.chat));
    expect(tokens.filter(({ id }) => id === own.bos)).toEqual([{ id: own.bos, text: '<s>', start: 0, end: 3 }]);
    const without = tokenizer(CHATML);
    expect(promptTokens(without, renderPrompt(CHAT, 'x = 1', without.chat)).some(({ id }) => id === without.bos)).toBe(false);
  });

  test('answers begin without their space behind a line break, and with it behind a word', () => {
    for (const [template, first] of [[CHATML, 'T'], [INST, ' ']] as const) {
      const own = tokenizer(template);
      const { text } = renderPrompt(CHAT, 'x = 1', own.chat);
      const [answer] = answerTokens(own, CHAT, text);
      expect(answer.label).toBe('TypeError');
      expect(answer.text).toBe(first === ' ' ? ' TypeError' : 'TypeError');
      expect(own.encodeIds(text + answer.text)).toEqual([...own.encodeIds(text), ...answer.ids]);
      expect(own.decode(answer.ids)[0]).toBe(first);
    }
  });
});

test('a template may leave the beginning out', () => {
  const own = new CodeTokenizer(tokenizerJson());
  const ids = (template: Template): number[] => promptTokens(own, renderPrompt(template, 'x = 1', null)).map(({ id }) => id);
  expect(ids(PYTHON_ERROR_TYPE)[0]).toBe(own.bos);
  expect(ids({ ...PYTHON_ERROR_TYPE, bos: false })).toEqual(ids(PYTHON_ERROR_TYPE).slice(1));
  expect(ids({ ...PYTHON_ERROR_TYPE, bos: true })).toEqual(ids(PYTHON_ERROR_TYPE));
});

test('a template file says both', () => {
  const template = { id: 'mine', suffix: ' raises', answers: ['A', 'B'] };
  const parsed = (more: object): Template => parseTemplates(JSON.stringify({ ...template, ...more }), 't.json')[0];
  expect(parsed({ bos: false, chat: true })).toMatchObject({ bos: false, chat: true });
  expect(Object.keys(parsed({}))).not.toContain('chat');
  expect(() => parsed({ chat: 'yes' })).toThrow('t.json: "chat" must be true or false.');
});
