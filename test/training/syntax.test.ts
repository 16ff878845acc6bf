import { expect, test } from 'vitest';
import { refusedStates, SYNTAX_STATES, syntaxStates } from '../../src/training/syntax';

/** The state after each character that changes it, as "character state". */
function changes(code: string): string[] {
  const states = [...syntaxStates(code)].map((state) => SYNTAX_STATES[state]);
  return states.flatMap((state, i) => (state === (states[i - 1] ?? 'plain') ? [] : [`${code[i]} ${state}`]));
}

test('brackets say which and how deep', () => {
  expect(changes('f([a], {1: (2)})')).toEqual(['( (1', '[ [2', '] (1', '{ {2', '( (3', ') {2', '} (1', ') plain']);
});

test('strings hide brackets, escapes and comments hide quotes', () => {
  expect(changes(`x = "a(\\"" # it's (\ny`)).toEqual([`" "`, '" plain']);
  expect(changes(`'''a'\n"'''`)).toEqual([`' '''`, `' plain`]);
});

test('an f-string is left and entered again around its fields', () => {
  expect(changes('f"{{a {b[0]} c"')).toEqual(['" "', '{ {1', '[ [2', '] {1', '} "', '" plain']);
  expect(changes('"{a}"')).toEqual(['" "', '" plain']);
});

test('a string that a line ends and a bracket that does not fit break what follows', () => {
  expect(changes('"9\n()')).toEqual(['" "', '\n broken']);
  expect(changes('(1]\n')).toEqual(['( (1', '] broken']);
  expect(changes(')')).toEqual([') broken']);
});

test('a bracket left open stays open', () => {
  expect(SYNTAX_STATES[syntaxStates('x = [1\ny').at(-1)!]).toBe('[1');
});

test('from where Python refuses a program on it is broken or misindented', () => {
  const names = (states: Uint8Array) => [...states].map((state) => SYNTAX_STATES[state]);
  const code = 'if x\n    y\nz';
  expect(names(refusedStates(code, 'SyntaxError', 1)).slice(3, 6)).toEqual(['plain', 'broken', 'broken']);
  expect(names(refusedStates(code, 'IndentationError', 2)).slice(8)).toEqual(['plain', 'misindented', 'misindented', 'misindented']);
  expect(names(refusedStates(code, 'IndentationError', 4))).toEqual(names(syntaxStates(code)));
});
