import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../src/extension/engine-client';
import { Question } from '../../src/extension/question';
import { sameTwin } from '../../src/extension/same-twin';
import type { Answer } from '../../src/protocol/panel';
import { sampleExplanation } from '../webview/sample';

/** Never answers, and heeds its signal as the engine's client does. */
function held() {
  return ({ signal }: { signal?: AbortSignal }) =>
    new Promise<string>((_, reject) => {
      signal!.addEventListener('abort', () => reject(new Cancelled('Cancelled.')));
    });
}

function asked() {
  const told: Answer<string>[] = [];
  return { question: new Question<string>((answer) => told.push(answer)), told };
}

describe('a question', () => {
  it('tells what is being done and what came of it', async () => {
    const { question, told } = asked();
    await question.ask(({ onProgress }) => {
      onProgress?.({ stage: 'Reading', done: 1, total: 2 });
      return Promise.resolve('a');
    });
    expect(told.map(({ running, result }) => [running?.stage ?? null, result])).toEqual([['Starting', null], ['Reading', null], [null, 'a']]);
  });

  it('that is cancelled says so and keeps the result of before', async () => {
    const { question } = asked();
    await question.ask(() => Promise.resolve('a'));
    const second = question.ask(held());
    question.cancel();
    await second;
    expect(question.answer).toEqual({ running: null, error: 'Cancelled. What is shown is the result before.', result: 'a' });
  });

  it('that fails says why, to the caller too', async () => {
    const { question } = asked();
    await expect(question.ask(() => Promise.reject(new Error('No SAE.')))).rejects.toThrow('No SAE.');
    expect(question.answer).toEqual({ running: null, error: 'No SAE.', result: null });
  });

  it('takes the place of an earlier one, which is stopped and says nothing more', async () => {
    const { question, told } = asked();
    const first = question.ask(held());
    await question.ask(() => Promise.resolve('b'));
    await first;
    expect(question.answer.result).toBe('b');
    expect(told.every(({ error }) => error === null)).toBe(true);
  });

  it('that is dropped is forgotten, whatever comes of it', async () => {
    const { question, told } = asked();
    const asking = question.ask(held());
    question.drop();
    await asking;
    expect(question.answer).toEqual({ running: null, error: null, result: null });
    const count = told.length;
    question.drop();
    expect(told).toHaveLength(count);
  });
});

describe('the same twin', () => {
  it('is a listed variant by its number, another program by its code', () => {
    const explanation = sampleExplanation();
    const { code } = explanation.counterfactual!;
    expect(sameTwin(explanation)).toEqual({ text: code });
    expect(sameTwin({ ...explanation, variants: [{ number: 3, code } as never] })).toEqual({ number: 3 });
    expect(sameTwin({ ...explanation, variants: [{ number: 3, code: 'x' } as never] })).toEqual({ text: code });
    expect(sameTwin(sampleExplanation({ variant: null }))).toBeNull();
  });
});
