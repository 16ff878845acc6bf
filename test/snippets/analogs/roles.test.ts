import { expect, test } from 'vitest';
import { uniformFrom } from '../../../src/random';
import { Draws } from '../../../src/snippets/analogs/draw';
import type { Side } from '../../../src/snippets/analogs/pair';
import { analogOf, planAnalogs, type Analog } from '../../../src/snippets/analogs/plan';
import { keptRoles, mergeRoles, Roles, type Role } from '../../../src/snippets/analogs/roles';
import { SameTokens } from '../../../src/snippets/analogs/same-tokens';
import { promptTokens, renderPrompt } from '../../../src/snippets/prompts/prompts';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { alignTokens } from '../../../src/snippets/twins/align';
import { kitTokenizer } from '../tokenizer/kit';
import { pairOf, parser } from './kit';

const tokenizer = kitTokenizer();

interface Read {
  roles: Role[];
  texts: string[];
}

interface Readings {
  of: (side: Side, analog: Analog | null) => Read;
  analogs: Analog[];
  isAligned: boolean[];
}

/** Both programs of the given pair and of some like it, with the roles of their tokens. */
async function readings(original: string, variant: string): Promise<Readings> {
  const plan = planAnalogs(await parser(), pairOf(original, variant));
  const draws = new Draws(plan, uniformFrom(3), new Set());
  const substitutions = Array.from({ length: 20 }, () => draws.next());
  const made = substitutions.flatMap((substitution) => {
    const analog = analogOf(plan, substitution);
    return analog ? [{ analog, substitution }] : [];
  });
  const roles = new Roles(plan);
  const sameTokens = new SameTokens(plan, { tokenizer, template: PYTHON_ERROR_TYPE });
  const of = (side: Side, analog: Analog | null) => {
    const prompt = renderPrompt(PYTHON_ERROR_TYPE, (analog ?? plan.pair)[side], null);
    const tokens = promptTokens(tokenizer, prompt);
    return { roles: roles.of(side, analog, prompt, tokens), texts: tokens.map(({ text }) => text) };
  };
  const isAligned = made.map(({ analog, substitution }) => sameTokens.agree(analog, substitution));
  return { of, analogs: made.map(({ analog }) => analog), isAligned };
}

const CODE = 'city = "Lisbon"\nfor letter in city:\n    print("Temperature: " + 21)\n';

test('the roles of a prompt in words, with their places in both programs and by the edit', async () => {
  const { of } = await readings(CODE, CODE.replace('21', '"21"'));
  const merged = mergeRoles([of('original', null).roles, of('variant', null).roles], 'leaf');
  const inCode = merged.filter(({ words }) => !words.includes('from the end of the question'));
  expect(merged.length - inCode.length).toBe(48);
  expect(inCode.map(({ words, byEdit, spans, positions }) => `${words} | ${byEdit} | ${JSON.stringify(spans)} | ${JSON.stringify(positions)}`)).toMatchSnapshot();
});

test.for([
  ['a number in quotes', CODE, CODE.replace('21', '"21"')],
  ['a bracket and a number', 'print("drawer: " + 37)', 'print("drawer: " + "37"'],
  ['a broken original', 'total = round(2.5 * (1 + 7), 2\nprint("Sum:", total)\n', 'total = round(2.5 * (1 + 7), 2)\nprint("Sum:", total)\n'],
  ['a quote that is left open', 'a = "one two"\nb = a + "three four"\n', 'a = "one two"\nb = a + "three four\n'],
  ['a line that is put in', 'n = 0\ndef f(x):\n    n += x\nf(3)\n', 'n = 0\ndef f(x):\n    global n\n    n += x\nf(3)\n'],
  ['line breaks of Windows', 'grüße = "🙂 Welt"\r\nprint(grüße + 12)\r\n', 'grüße = "🙂 Welt"\r\nprint(grüße + "12")\r\n'],
  ['nothing to replace', 'print(len())', 'print()'],
])('of all pairs like a pair agree: %s', async ([, original, variant]) => {
  const { of, analogs, isAligned } = await readings(original, variant);
  for (const side of ['original', 'variant'] as const) {
    const own = of(side, null);
    const all = analogs.map((analog) => of(side, analog));
    for (const one of all) {
      expect(new Set(one.roles.map(({ leaf }) => leaf)).size).toBeGreaterThan(4);
      expect(one.roles.at(-1)?.key).toBe('last whole');
      const orders = one.roles.map(({ order }) => order);
      expect(orders).toEqual([...orders].sort((a, b) => a - b));
      // What is not replaced is in the same role wherever it stands.
      const signs = ({ roles, texts }: Read) => roles.flatMap(({ key }, i) => (/^[()[\]:+=\n,]+$/.test(texts[i]) ? [`${key} ${texts[i]}`] : []));
      expect(signs(one)).toEqual(signs(own));
    }
    // With as many tokens in each word all tokens have the given pair's roles.
    const aligned = all.filter((_, i) => isAligned[i]);
    for (const one of aligned) expect(one.roles.map(({ key }) => key)).toEqual(own.roles.map(({ key }) => key));
    const merged = mergeRoles([own, ...all].map(({ roles }) => roles));
    for (const [i, { roles }] of [own, ...all].entries()) {
      const positions = merged.flatMap((role) => role.positions[i]);
      expect(positions).toEqual(roles.map((_, position) => position)); // each token once, in order
    }
    expect(new Set(merged.map(({ words }) => words)).size).toBe(merged.length);
    for (const { part, positions } of merged) if (part === 'last') expect(positions.every((one) => one.length <= 1)).toBe(true);
  }
});

test.for([
  ['a number in quotes', CODE, CODE.replace('21', '"21"')],
  ['a quote that is left open', 'a = "one two"\nb = a + "three four"\n', 'a = "one two"\nb = a + "three four\n'],
])('of the original and the variant agree where their tokens are the same: %s', async ([, original, variant]) => {
  const { of } = await readings(original, variant);
  const tokens = (code: string) => promptTokens(tokenizer, renderPrompt(PYTHON_ERROR_TYPE, code, null));
  const [here, there] = [tokens(original), tokens(variant)];
  const { columns } = alignTokens(here, there, pairOf(original, variant).changes);
  const [own, other] = [of('original', null).roles, of('variant', null).roles];
  const same = columns.filter((column) => column.original !== null && column.variant !== null && here[column.original].id === there[column.variant].id);
  expect(same.length).toBeGreaterThan(20);
  for (const column of same) expect(other[column.variant!].leaf).toBe(own[column.original!].leaf);
});

test('kept by position each token is one of its own, and readings of another length are refused', async () => {
  const { of } = await readings(CODE, CODE.replace('21', '"21"'));
  const [own, other] = [of('original', null).roles, of('variant', null).roles];
  expect(keptRoles([own, own]).map(({ words, positions }) => [words, positions])).toEqual(own.map(({ words }, i) => [words, [[i], [i]]]));
  expect(() => keptRoles([own, other])).toThrow(`one has ${other.length} and another ${own.length}: merge them by role`);
});
