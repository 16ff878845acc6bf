/** Which variant answers why, from planted predictions. */
import { expect, test } from 'vitest';
import { LEVELS, rate, surpasses, type Rated } from '../../../src/engine/twins/rate';
import type { Read } from '../../../src/engine/twins/twins';
import type { Prediction } from '../../../src/methods/prediction/prediction';
import type { ProgramEdit } from '../../../src/snippets/edits';
import type { Relation } from '../../../src/snippets/twins/near';

const LABELS = ['TypeError', 'SyntaxError', 'NameError', 'no error'];
const answers = LABELS.map((label, i) => ({ label, text: ` ${label}`, ids: [i] }));

/** The first label with this probability, the others sharing the rest. */
function predicted(label: string, probability: number): Prediction {
  const of = (own: string) => (own === label ? probability : (1 - probability) / (LABELS.length - 1));
  const scored = LABELS.map((own) => ({ label: own, probability: of(own), logProbability: Math.log(of(own)), logit: Math.log(of(own)), logits: [Math.log(of(own))] }));
  scored.sort((a, b) => b.probability - a.probability);
  return { label: scored[0].label, answers: scored, answersProbability: 1, top: [] };
}

const outcome = (label: string, message: string | null = null) => ({ label, message, line: label === 'no error' ? null : 3 });
const original: Read = { outcome: outcome('TypeError'), prediction: predicted('TypeError', 0.9) };

interface Planted {
  relation?: Relation;
  nearness?: number;
  kind?: ProgramEdit['kind'];
  size?: number;
  tokensKept?: boolean;
  does?: string;
  message?: string;
  says: Prediction;
}

function rated(planted: Planted, of: Read = original): Rated {
  const { relation = 'repair', nearness = 0, kind = 'repair-conversion', size = 2, tokensKept = false, does = 'no error', message, says } = planted;
  const change = { start: 0, end: 0, replacement: 'x'.repeat(size) };
  const edit = { kind, description: '', start: 0, end: 0, replacement: change.replacement, changes: [change], original: '', variant: '', line: 3 };
  const own = outcome(does, message ?? null);
  const variant = { edit, outcome: own, alignment: { columns: [], sameLength: tokensKept }, tokensKept, labelChanged: does !== of.outcome?.label, control: false, repair: relation === 'repair' };
  const twin = { variant, outcome: own, prediction: says, near: { edit, relation, nearness }, program: null as never };
  const found = rate(answers, of, twin);
  if ('none' in found) throw new Error(found.none);
  return found;
}

test('a small repair that is read rightly, then the pair that keeps the tokens, then a larger one, then what only moves the prediction', () => {
  const order = [
    rated({ says: predicted('no error', 0.6) }),
    rated({ relation: 'pair', nearness: 1, kind: 'quote-number-drop-bracket', size: 4, tokensKept: true, does: 'SyntaxError', says: predicted('SyntaxError', 0.99) }),
    rated({ size: 5, says: predicted('no error', 0.9) }),
    rated({ says: predicted('NameError', 0.9) }),
    rated({ says: predicted('TypeError', 0.5) }),
    rated({ says: predicted('TypeError', 0.83) }),
    rated({ relation: 'change', nearness: 2, kind: 'rename-use', does: 'NameError', says: predicted('NameError', 0.99) }),
    rated({ relation: 'change', nearness: 2, kind: 'rename-use', does: 'NameError', says: predicted('TypeError', 0.4) }),
    rated({ relation: 'control', nearness: 30, kind: 'over-indent', size: 1, tokensKept: true, does: 'SyntaxError', says: predicted('SyntaxError', 0.99) }),
    rated({ says: predicted('TypeError', 0.89) }),
  ];
  expect(order.map(({ level }) => level)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect([...order].reverse().sort((a, b) => (surpasses(a, b) ? -1 : 1))).toEqual(order);
});

test('a repair that breaks the syntax of a program whose syntax was right is a mistake', () => {
  const does = (label: string, of?: Read) => rated({ does: label, says: predicted('NameError', 0.9) }, of).level;
  expect(does('SyntaxError')).toBe(LEVELS.mistake);
  expect(does('NameError')).toBe(LEVELS.honestAndRight);
  const broken: Read = { outcome: outcome('SyntaxError', 'because'), prediction: predicted('TypeError', 0.9) };
  expect(does('IndentationError', broken)).toBe(LEVELS.honestOtherAnswer);
});

test('of equals the nearer, then the one that keeps the tokens, then the smaller; of controls the one that moves most', () => {
  const says = predicted('no error', 0.8);
  expect(surpasses(rated({ nearness: 0, size: 2, says }), rated({ nearness: 1, size: 1, says }))).toBe(true);
  expect(surpasses(rated({ tokensKept: true, size: 9, says }), rated({ size: 1, says }))).toBe(true);
  expect(surpasses(rated({ size: 1, says }), rated({ size: 2, says }))).toBe(true);
  const control = (probability: number) => rated({ relation: 'control', nearness: 30, says: predicted('no error', probability) });
  expect(surpasses(control(0.99), control(0.5))).toBe(true);
});

test('of what the model goes by only edits that make no mistake that it sees', () => {
  const wrong: Read = { outcome: outcome('TypeError', 'because'), prediction: predicted('SyntaxError', 0.9) };
  const read = (does: string, message: string, says: string, kind: ProgramEdit['kind'] = 'remove-statement') =>
    rated({ relation: 'read', nearness: -1, kind, size: 30, does, message, says: predicted(says, 0.8) }, wrong).level;
  expect(read('TypeError', 'because', 'TypeError')).toBe(LEVELS.honestAndRight);
  expect(read('NameError', 'gone', 'TypeError')).toBe(LEVELS.honestOtherAnswer);
  expect(read('NameError', 'gone', 'NameError')).toBe(LEVELS.mistakeAndRight);
  expect(read('TypeError', 'another', 'TypeError')).toBe(LEVELS.mistakeAndRight);
  expect(read('NameError', 'gone', 'TypeError', 'drop-argument')).toBe(LEVELS.mistake);
});

test('what stood at the error and is gone, so that something behind it fails, is no new mistake', () => {
  const gone = (nearness: number) =>
    rated({ relation: 'change', nearness, kind: 'remove-statement', size: 20, does: 'NameError', says: predicted('NameError', 0.9) }).level;
  expect(gone(3)).toBe(LEVELS.largerAndRight);
  expect(gone(4)).toBe(LEVELS.mistakeAndRight);
});
