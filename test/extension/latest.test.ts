import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../src/extension/engine-client';
import { Latest } from '../../src/extension/latest';

/** Requests that end when the test says so. */
function kit() {
  const told: unknown[] = [];
  const latest: Latest<string> = new Latest<string>(() => told.push(latest.answer));
  const asked = (keep = false) => {
    let settle!: { resolve: (value: string) => void; reject: (error: Error) => void };
    let signal!: AbortSignal;
    let progress!: (stage: string, done?: number, total?: number) => void;
    const end = latest.ask((options) => {
      signal = options.signal;
      progress = (stage, done, total) => options.onProgress({ stage, done, total });
      return new Promise((resolve, reject) => (settle = { resolve, reject }));
    }, { keep });
    return { end, settle, signal, progress };
  };
  return { latest, told, asked };
}

describe('the newest request', () => {
  it('says what is being done, and then what came', async () => {
    const { latest, told, asked } = kit();
    const { end, settle, progress } = asked();
    expect(latest.answer).toMatchObject({ error: null, result: null, running: { done: null, total: null } });
    progress('Reading', 1, 3);
    expect(latest.answer.running).toEqual({ stage: 'Reading', done: 1, total: 3 });
    settle.resolve('there');
    await end;
    expect(latest.answer).toEqual({ running: null, error: null, result: 'there' });
    expect(told).toHaveLength(3);
  });

  it('cancels the one before, whose late answer counts for nothing', async () => {
    const { latest, asked } = kit();
    const first = asked();
    const second = asked();
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false]);
    second.settle.resolve('second');
    await second.end;
    first.progress('late');
    first.settle.resolve('first');
    await first.end;
    expect(latest.answer).toEqual({ running: null, error: null, result: 'second' });
  });

  it('keeps the result before only when asked to', async () => {
    const { latest, asked } = kit();
    const first = asked();
    first.settle.resolve('first');
    await first.end;
    const kept = asked(true);
    expect(latest.answer.result).toBe('first');
    kept.settle.reject(new Error('It broke.'));
    await kept.end;
    expect(latest.answer).toEqual({ running: null, error: 'It broke.', result: null });
  });

  it('is cancelled, or forgotten', async () => {
    const { latest, asked } = kit();
    const first = asked();
    latest.cancel();
    expect(first.signal.aborted).toBe(true);
    first.settle.reject(new Cancelled('x'));
    await first.end;
    expect(latest.answer).toEqual({ running: null, error: 'Cancelled.', result: null });
    const second = asked();
    latest.clear();
    second.settle.resolve('late');
    await second.end;
    expect(latest.answer).toEqual({ running: null, error: null, result: null });
  });
});
