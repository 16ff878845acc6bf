import { expect, test } from 'vitest';
import { RuleSearch, tokenTable, type Firing } from '../../../src/methods/latents/rules';
import { ruleWords } from '../../../src/findings/rule-words';
import { Random } from '../../../src/corpus/random';

const KINDS = ['name', 'number', 'closing quote', 'comma'];
const PLACES = ['in a list', 'inside print(…)', 'in a return'];
const BEFORE = ['after a number', 'after a name', 'after a colon'];

/** Programs of tokens whose kind, place and what stands before are drawn at random. */
function programs(): string[][][] {
  const random = new Random('tokens');
  return Array.from({ length: 60 }, () => Array.from({ length: 50 }, () => [`kind=${random.pick(KINDS)}`, `place=${random.pick(PLACES)}`, `before=${random.pick(BEFORE)}`]));
}

const all = programs();
const tokens = all.flat();
const table = tokenTable(all, 30);
const search = new RuleSearch(table);

function firing(active: (features: readonly string[], token: number) => number): Firing {
  const activations = tokens.map(active);
  const at = activations.flatMap((value, token) => (value > 0 ? [token] : []));
  return { tokens: Int32Array.from(at), activations: Float32Array.from(at, (token) => activations[token]) };
}

const named = (rule: ReturnType<RuleSearch['find']>) => rule!.features.map((feature) => table.names[feature]);

test.each([
  [['kind=closing quote']],
  [['kind=closing quote', 'place=inside print(…)']],
  [['kind=number', 'place=in a list', 'before=after a name']],
])('finds the planted rule %j, and that it tells on the other programs', (planted) => {
  const rule = search.find(firing((features) => (planted.every((feature) => features.includes(feature)) ? 2 : 0)))!;
  expect(named(rule).sort()).toEqual([...planted].sort());
  expect(rule).toMatchObject({ precision: 1, recall: 1, f: 1 });
  expect(rule.chance).toBeLessThan(0.45);
});

test('precision counts tokens, recall weighs activation; both are of the second half alone', () => {
  const random = new Random('noise');
  const planted = 'kind=comma';
  const noise = tokens.map(() => random.float());
  const own = firing((features, token) => (features.includes(planted) ? (noise[token] < 0.8 ? 4 : 0) : noise[token] < 0.05 ? 1 : 0));
  const rule = search.find(own)!;
  expect(named(rule)).toEqual([planted]);
  let [hits, count, weight, total] = [0, 0, 0, 0];
  for (let token = table.split; token < tokens.length; token++) {
    const at = own.tokens.indexOf(token);
    const activation = at < 0 ? 0 : own.activations[at];
    total += activation;
    if (!tokens[token].includes(planted)) continue;
    count++;
    hits += Number(activation > 0);
    weight += activation;
  }
  expect(rule.precision).toBeCloseTo(hits / count, 6);
  expect(rule.recall).toBeCloseTo(weight / total, 6);
  expect(rule.f).toBeCloseTo(2 / (count / hits + total / weight), 6);
});

test('what is active at random is told no better than by chance, and too few activations by nothing', () => {
  const random = new Random('random');
  const rule = search.find(firing(() => (random.chance(0.05) ? 1 + random.float() : 0)))!;
  expect(Math.abs(rule.f - rule.chance)).toBeLessThan(0.06);
  expect(rule.f).toBeLessThan(0.2);
  expect(search.find(firing((_, token) => (token < 3 || token > tokens.length - 9 ? 1 : 0)))).toBeNull();
});

test('words: the kind, its place, and the rest behind commas', () => {
  expect(ruleWords(['before=after a number', 'place=inside print(…)', 'kind=closing quote'])).toBe('closing quote inside print(…), after a number');
  expect(ruleWords(['token=`x`', 'kind=name'])).toBe('name `x`');
  expect(ruleWords(['token=`if`', 'kind=keyword if'])).toBe('keyword if');
  expect(ruleWords(['value=that was given a string'])).toBe('tokens of a name that was given a string');
  expect(ruleWords(['raises=behind the line that raises', 'depth=in a bracket'])).toBe('tokens in a bracket, behind the line that raises');
});
