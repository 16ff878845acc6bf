import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/extension/engine/client';
import type { ResultUpdate } from '../../../src/protocol/documents/result';
import { Pending, type Standing } from '../../../src/extension/engine/pending';
import { UNASKED, type Answer } from '../../../src/protocol/pages/answer';

/** A question whose requests end when the test says so. */
function kit(stands?: Standing) {
  const told: Answer<string>[] = [];
  const failures: string[] = [];
  const question = new Pending<string>((answer) => told.push(answer), stands && { stands, failed: ({ message }) => failures.push(message) });
  const ask = () => {
    let settle!: { resolve: (value: string) => void; reject: (error: Error) => void };
    let signal!: AbortSignal;
    let progress!: (stage: string, done?: number, total?: number) => void;
    const end = question.ask((options) => {
      signal = options.signal;
      progress = (stage, done, total) => options.onProgress({ stage, done, total });
      return new Promise((resolve, reject) => (settle = { resolve, reject }));
    });
    return { end, settle, signal, progress };
  };
  const answered = async (result: string) => {
    const { end, settle } = ask();
    settle.resolve(result);
    await end;
  };
  return { question, told, failures, ask, answered };
}

describe('a question', () => {
  it('tells what is being done and what came of it', async () => {
    const { told, ask } = kit();
    const { end, settle, progress } = ask();
    progress('Reading', 1, 3);
    settle.resolve('there');
    await end;
    expect(told).toEqual([
      { ...UNASKED, running: { stage: 'Starting', done: null, total: null } },
      { ...UNASKED, running: { stage: 'Reading', done: 1, total: 3 } },
      { ...UNASKED, result: 'there' },
    ]);
  });

  it('takes the place of an earlier one, which is stopped and says nothing more', async () => {
    const { question, told, ask } = kit();
    const first = ask();
    const second = ask();
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false]);
    second.settle.resolve('second');
    await second.end;
    const count = told.length;
    first.progress('late');
    first.settle.reject(new Cancelled('Cancelled.'));
    await first.end;
    expect(told).toHaveLength(count);
    expect(question.answer).toEqual({ ...UNASKED, result: 'second' });
  });

  it.each<[Standing, (string | null)[]]>([
    ['until asked', [null, null]],
    ['until answered', ['before', null]],
    ['until another', ['before', 'before']],
  ])('has a result that stands %s; what fails is said and told', async (stands, [meanwhile, after]) => {
    const { question, failures, ask, answered } = kit(stands);
    await answered('before');
    const { end, settle } = ask();
    expect(question.answer.result).toBe(meanwhile);
    settle.reject(new Error('It broke.'));
    await end;
    expect(question.answer).toEqual({ ...UNASKED, error: 'It broke.', result: after });
    expect(failures).toEqual(['It broke.']);
    await answered('another');
    expect(question.answer).toEqual({ ...UNASKED, result: 'another' });
  });

  it.each<[Standing, Partial<Answer<string>>]>([
    ['until asked', { error: 'Cancelled.', result: null }],
    ['until another', { error: 'Cancelled. What is shown is the result before.', result: 'before' }],
  ])('that is cancelled says so, and that is no failure; its result stands %s', async (stands, after) => {
    const { question, failures, ask, answered } = kit(stands);
    await answered('before');
    const { end, settle, signal } = ask();
    question.cancel();
    expect(signal.aborted).toBe(true);
    settle.reject(new Cancelled('Cancelled.'));
    await end;
    expect(question.answer).toEqual({ ...UNASKED, cancelled: true, ...after });
    expect(failures).toEqual([]);
  });

  it('keeps what was known by then, where it stops before its end and no result of before stands', async () => {
    const told: Answer<string>[] = [];
    const question = new Pending<string>((answer) => told.push(answer), { stands: 'until asked', soFar: (update, known) => `${known ?? ''}${Object.keys(update)[0]} ` });
    let tell!: (update: ResultUpdate) => void;
    let reject!: (error: Error) => void;
    const ask = (how?: Parameters<typeof question.ask>[1]) => question.ask(({ onProgress }) => {
      tell = (update) => onProgress({ stage: 'Reading', update });
      return new Promise((_, fail) => (reject = fail));
    }, how);
    const first = ask();
    tell({ parts: {} });
    tell({ pair: null });
    expect(question.answer).toMatchObject({ result: 'parts pair ', complete: false });
    reject(new Cancelled('Cancelled.'));
    expect(await first).toBeNull();
    const stopped = { ...UNASKED, error: 'Cancelled. What is shown was known by then.', cancelled: true, result: 'parts pair ', complete: false };
    expect(question.answer).toEqual(stopped);
    const second = ask({ stands: 'until another' });
    expect(question.answer).toMatchObject({ result: 'parts pair ', complete: false });
    tell({ missing: {} });
    expect(question.answer.result).toBe('missing ');
    reject(new Error('It broke.'));
    await second;
    expect(question.answer).toEqual({ ...stopped, error: 'It broke.', cancelled: false });
    question.put('another');
    expect(question.answer).toEqual({ ...UNASKED, result: 'another' });
    const third = ask({ stands: 'until more' });
    tell({ pair: null });
    expect(question.answer).toMatchObject({ result: 'pair ', complete: true });
    reject(new Cancelled('Cancelled.'));
    await third;
    expect(question.answer).toEqual({ ...UNASKED, error: 'Cancelled. What is shown was known by then.', cancelled: true, result: 'pair ' });
    const fourth = ask({ stands: 'until more' });
    reject(new Error('It broke.'));
    await fourth;
    expect(question.answer).toEqual({ ...UNASKED, error: 'It broke.', result: 'pair ' });
  });

  it('that is not begun, as it takes long, says what it takes', async () => {
    const { question, answered } = kit('until another');
    await answered('before');
    const cost = { count: 3400, unit: 'patches', atMost: false, seconds: 90 };
    expect(await question.ask(({ onProgress }) => Promise.resolve(onProgress({ stage: 'Patching', cost })).then(() => null))).toBeNull();
    expect(question.answer).toEqual({ ...UNASKED, cost, result: 'before' });
  });

  it('that is dropped is forgotten, whatever comes of it', async () => {
    const { question, told, ask } = kit();
    const { end, settle, signal } = ask();
    question.drop();
    expect(signal.aborted).toBe(true);
    settle.resolve('late');
    await end;
    expect(question.answer).toEqual(UNASKED);
    const count = told.length;
    question.drop();
    expect(told).toHaveLength(count);
  });
});
