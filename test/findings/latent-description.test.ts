import { expect, test } from 'vitest';
import { describeLatent, type DescribedPlace } from '../../src/findings/latent-description';
import { LAST_TOKEN } from '../../src/snippets/prompts/roles';

const ANSWERS = [
  { label: 'TypeError', text: ' TypeError', share: 0.2 }, { label: 'KeyError', text: ' KeyError', share: 0.2 }, { label: 'no error', text: ' NoError', share: 0.6 },
];

const at = (token: string, kind: string, place: string | null = null, more: Partial<DescribedPlace> = {}): DescribedPlace => ({
  token, before: '', role: { kind, place }, activation: 1, answer: null, ...more,
});
const said = (places: DescribedPlace[], promoted: [string, number][] = [], activity = { density: 0.01, times: 100 }) =>
  describeLatent(activity, places, promoted.map(([text, logit]) => ({ text, logit })), ANSWERS);

test('says what most of the activation has in common, and nothing else', () => {
  const quote = at('"', 'closing quote', 'inside print(…)');
  expect(said([quote, quote, quote, at('x', 'name')])).toBe('closing quote inside print(…)');
  expect(said([quote, at('x', 'name', 'in a list'), at('1', 'number', 'in a return')])).toBeNull();
  const strong = { ...quote, activation: 9 };
  expect(said([strong, strong, quote, at('x', 'name'), at('1', 'number')])).toBe('closing quote inside print(…)');
  // Two alone are no pattern, however strong they are.
  expect(said([strong, strong, at('x', 'name'), at('1', 'number')])).toBeNull();
  expect(said([quote, quote])).toBeNull();
  expect(said([at('x', 'name', 'in a list'), at('1', 'number', 'in a list'), at('"', 'closing quote', 'in a list')])).toBe('tokens in a list');
  expect(said([quote])).toBeNull();
  expect(said([])).toBeNull();
});

test('names the token where the kind does not, and what comes before where no place is shared', () => {
  expect(said([at(' x', 'name'), at(' x', 'name'), at('x', 'name')])).toBe('name `x`');
  expect(said([at(' if', 'keyword if'), at('if', 'keyword if'), at('if', 'keyword if')])).toBe('keyword if');
  expect(said([1, 2, 3].map(() => at(' os', 'imported name', null, { before: ' import' })))).toBe('imported name `os` after `import`');
  expect(said([at('a', 'name'), at('b', 'number'), at('a', 'comment'), at('b', 'keyword b')])).toBe('`a` or `b`');
  expect(said([at(' ', 'space'), at(' a', 'name'), at('\n', 'line break'), at('a', 'number')])).toBeNull();
});

test('falls back to coarser kinds', () => {
  expect(said([at('te', 'beginning of a called name'), at('st', 'end of a called name'), at('f', 'called name')])).toBe('called name');
  expect(said([at('",', 'closing quote and comma'), at('")', 'closing quote and closing parenthesis'), at('"', 'closing quote')])).toBe('closing quote');
  expect(said([at('x', 'assigned name'), at('y', 'parameter'), at('z', 'end of a called name')])).toBe('name');
  // Most names are of other kinds anyway: a small majority of them says nothing.
  expect(said([at('x', 'assigned name'), at('y', 'parameter'), at('1', 'number')])).toBeNull();
});

test('names two kinds where there are no others', () => {
  const two = [at('a', 'name'), at('1', 'number'), at('b', 'name'), at('2', 'number'), at('c', 'name')];
  expect(said(two)).toBe('name or number');
  expect(said(two.map((place) => ({ ...place, role: { ...place.role, place: 'in a list' } })))).toBe('name or number in a list');
  expect(said([...two, at('"', 'closing quote')])).toBeNull();
  expect(said(two.slice(0, 3))).toBeNull();
});

test('names the answers that the model gives there, unless it gives them everywhere', () => {
  const answered = (...labels: string[]) => said(labels.map((answer) => at(' a', LAST_TOKEN, null, { answer })));
  expect(answered('KeyError', 'KeyError', 'KeyError')).toBe('the question’s last token · where the model answers KeyError');
  expect(answered('KeyError', 'KeyError')).toBeNull();
  expect(answered('KeyError', 'TypeError', 'KeyError', 'TypeError')).toBe('the question’s last token · where the model answers KeyError or TypeError');
  expect(answered('no error', 'no error', 'no error')).toBe('the question’s last token');
  expect(answered('KeyError', 'no error', 'TypeError')).toBe('the question’s last token');
});

test('names promoted answers that stand out', () => {
  expect(said([], [[' KeyError', 1], ['x', 0.5]])).toBe('promotes KeyError');
  expect(said([], [[' KeyError', 1], [' TypeError', 0.95], ['x', 0.5]])).toBe('promotes KeyError and TypeError');
  expect(said([], [[' KeyError', 1], ['x', 0.95]])).toBeNull();
  expect(said([], [['x', 1], [' KeyError', 0.5]])).toBeNull();
  expect(said([], [[' KeyError', 0], ['x', -1]])).toBeNull();
  expect(said([1, 2, 3].map(() => at('"', 'closing quote')), [[' KeyError', 1]])).toBe('closing quote · promotes KeyError');
});

test('says how often, where that is much, hardly at all or never', () => {
  const often = (density: number, times: number, ...places: DescribedPlace[]) => said(places, [[' KeyError', 1]], { density, times });
  const [name, number] = [at(' x', 'name'), at('1', 'number')];
  expect(often(0.385, 4000, name, name, name)).toBe('most at name `x` (active at 39 % of tokens) · promotes KeyError');
  expect(often(0.385, 4000, name, number, at('"', 'closing quote'))).toBe('active at 39 % of tokens · promotes KeyError');
  const answered = [name, number, at('"', 'closing quote')].map((place) => ({ ...place, answer: 'TypeError' }));
  expect(often(0.385, 4000, ...answered)).toBe('most where the model answers TypeError (active at 39 % of tokens) · promotes KeyError');
  expect(often(0.1, 4000, name, name, name)).toBe('name `x` · promotes KeyError');
  expect(often(1e-5, 1, name)).toBe('once at name `x` · promotes KeyError');
  expect(often(1e-5, 2, name, name)).toBe('twice at name `x` · promotes KeyError');
  expect(often(1e-5, 2, name, number)).toBe('promotes KeyError');
  // Places are of distinct programs, and so there may be more.
  expect(often(1e-5, 3, name, name)).toBe('promotes KeyError');
  expect(often(0, 0)).toBe('never active in held-out code · promotes KeyError');
});
