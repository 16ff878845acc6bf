import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/extension/engine/client';
import { Pending, type Standing } from '../../../src/extension/engine/pending';
import type { Answer } from '../../../src/protocol/answer';

const UNTOLD = { running: null, error: null, result: null };

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
      { running: { stage: 'Starting', done: null, total: null }, error: null, result: null },
      { running: { stage: 'Reading', done: 1, total: 3 }, error: null, result: null },
      { running: null, error: null, result: 'there' },
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
    expect(question.answer).toEqual({ ...UNTOLD, result: 'second' });
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
    expect(question.answer).toEqual({ running: null, error: 'It broke.', result: after });
    expect(failures).toEqual(['It broke.']);
    await answered('another');
    expect(question.answer).toEqual({ ...UNTOLD, result: 'another' });
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
    expect(question.answer).toEqual({ running: null, ...after });
    expect(failures).toEqual([]);
  });

  it('that is dropped is forgotten, whatever comes of it', async () => {
    const { question, told, ask } = kit();
    const { end, settle, signal } = ask();
    question.drop();
    expect(signal.aborted).toBe(true);
    settle.resolve('late');
    await end;
    expect(question.answer).toEqual(UNTOLD);
    const count = told.length;
    question.drop();
    expect(told).toHaveLength(count);
  });
});
