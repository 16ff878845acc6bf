/** What analyses say that they take, beside what they then do; and what is not begun because of that. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sweepWork } from '../../../src/engine/analyses/patching/patching';
import { loadModel } from '../../../src/engine/session/load';
import { makeVectors } from '../../../src/engine/steering/make';
import type { Cost } from '../../../src/protocol/pages/answer';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { Speed } from '../../../src/engine/session/speed';
import { costWords } from '../../../src/protocol/words/cost';
import { operations } from '../../../src/methods/patching/plan';
import type { ModelShape } from '../../../src/architectures';

describe('what a computation takes', () => {
  it('is said of many programs for steering vectors before they are read, and not of few', async () => {
    const loaded = await loadModel(path.resolve('models/python-errors'));
    const told: (Cost | null)[] = [];
    const make = async (count: number) => {
      const stop = new AbortController();
      const programs = Array.from({ length: count }, (_, i) => ({ file: null, text: `print("Temperature: " + ${i})\n` }));
      const onCost = (cost: Cost | null) => {
        told.push(cost);
        stop.abort();
      };
      const how = { site: 'hook_resid_post', at: { kind: 'last' }, signal: stop.signal, onCost } as const;
      await expect(makeVectors(loaded, PYTHON_ERROR_TYPE, { positive: programs, negative: programs }, 'never.safetensors', how)).rejects.toThrow(/abort/i);
    };
    await make(500);
    await make(2);
    expect(told).toEqual([{ count: 2000, unit: 'passes', atMost: true, seconds: null }, null]);
    await loaded.model.release();
  });

  it('is said in round numbers, with a time where one is known', () => {
    expect(costWords({ count: 3417, unit: 'patches', atMost: false, seconds: 12.3 })).toBe('about 3,400 patches, some 12 s on this machine');
    expect(costWords({ count: 144, unit: 'patches', atMost: true, seconds: null })).toBe('at most 140 patches');
    expect(costWords({ count: 7, unit: 'passes', atMost: false, seconds: 200 })).toBe('about 7 passes, some 3 min on this machine');
    expect(costWords({ count: 7, unit: 'passes', atMost: false, seconds: 20_000 })).toBe('about 7 passes, some 6 h on this machine');
  });

  it('is counted by the layers and tokens behind each patch', () => {
    const shape = { layers: 3, width: 4, heads: 2, keyValueHeads: 1, headSize: 2, mlpWidth: 8 } as ModelShape;
    const weights = 4 * 2 * 2 * 3 + 3 * 4 * 8;
    expect(operations([{ layer: 0, position: 0 }], 5, shape)).toBe(2 * weights * 3 * 5);
    expect(operations([{ layer: 2, position: 4 }, { layer: 1, position: 4 }], 5, shape)).toBe(2 * weights * 3);
  });

  it('is timed by what this session computed: by the same analysis, or else by the last', () => {
    const speed = new Speed();
    const all = (operations: number) => ({ expected: operations, made: operations });
    expect(speed.secondsFor('patching', false, 1e11)).toBeNull();
    speed.add('patching', false, all(1e9), 1); // mostly overhead
    expect(speed.secondsFor('patching', false, 1e11)).toBeNull();
    speed.add('patching', false, all(1e11), 2);
    expect([speed.secondsFor('patching', false, 5e10), speed.secondsFor('headPatching', false, 5e11)]).toEqual([1, 10]);
    speed.add('latents', false, all(1e11), 1);
    expect([speed.secondsFor('patching', false, 5e10), speed.secondsFor('headPatching', false, 5e11), speed.secondsFor('latents', false, 5e11)]).toEqual([1, 5, 5]);
    // Of a sweep that is estimated first twice as much was done as expected: so it will the next time, and other work is as fast.
    speed.add('patching', true, { expected: 1e11, made: 2e11 }, 2);
    expect([speed.secondsFor('patching', true, 1e11), speed.secondsFor('patching', false, 5e10), speed.secondsFor('attention', false, 1e11)]).toEqual([2, 1, 1]);
  });

  it('is, of a sweep that is estimated first, at most all patches, in the time of those that are usually made', () => {
    const shape = { layers: 6, width: 192, heads: 6, keyValueHeads: 6, headSize: 32, mlpWidth: 512 } as ModelShape;
    const cells = Array.from({ length: 2400 }, (_, i) => ({ layer: i % 6, position: Math.floor(i / 6), unit: Math.floor(i / 6) }));
    const all = operations(cells, 400, shape);
    expect(sweepWork(cells, 400, shape, true)).toEqual({ count: 2400, unit: 'patches', operations: all, atMost: false });
    expect(sweepWork(cells, 400, shape, false)).toEqual({ count: 2400, unit: 'patches', operations: 0.2 * all, atMost: true });
    expect(sweepWork(cells.slice(-60), 400, shape, false).atMost).toBe(false);
  });
});
