import { describe, expect, it } from 'vitest';
import { latentArgument, latentName, parseLatentName, readMessage, sameLatent } from '../../../src/extension/latents/message';
import type { FromLatentsView } from '../../../src/protocol/latents-view';

const ref = { site: 'blocks.2.hook_resid_post', latent: 12 };
const search = { by: 'promotes' as const, query: 'x', site: null };
const intervention = { change: { kind: 'steer' as const, by: -1.5 }, where: 'cursor' as const, errorTerm: false, generate: 20 };

describe('what the page says', () => {
  it('is read as it was sent', () => {
    const messages: FromLatentsView[] = [
      { type: 'ready', search, opened: null },
      { type: 'ready', search, opened: ref },
      { type: 'start' },
      { type: 'cancel' },
      { type: 'search', search: { by: 'here', query: '', site: ref.site } },
      { type: 'open', ref },
      { type: 'open', ref: null },
      { type: 'run', intervention },
      { type: 'run', intervention: { ...intervention, change: { kind: 'ablate' } } },
      { type: 'run', intervention: { ...intervention, change: { kind: 'set', value: 0 } } },
      { type: 'run', intervention: { ...intervention, change: { kind: 'scale', factor: 2 } } },
      { type: 'action', action: 'find', ref },
      { type: 'export', name: 'a', kind: 'json', content: '{}' },
    ];
    for (const message of messages) expect(readMessage(structuredClone(message))).toEqual(message);
  });

  it('is nothing when it is anything else', () => {
    const run = (to: object) => ({ type: 'run', intervention: { ...intervention, ...to } });
    const wrong = [
      null, 'ready', {}, { type: 'other' }, { type: 'ready' }, { type: 'open' }, { type: 'open', ref: { site: 'x', latent: -1 } },
      { type: 'open', ref: { site: '', latent: 1 } }, { type: 'open', ref: { site: 'x', latent: 0.5 } },
      { type: 'search', search: { ...search, by: 'all' } }, { type: 'search', search: { ...search, query: 'x'.repeat(201) } },
      { type: 'search', search: { ...search, site: 3 } }, { type: 'action', action: 'delete', ref }, { type: 'action', action: 'find' },
      run({ generate: 21 }), run({ generate: 1.5 }), run({ where: 'there' }), run({ errorTerm: 1 }), run({ change: { kind: 'steer', by: NaN } }),
      run({ change: { kind: 'set' } }), run({ change: null }), { type: 'export', name: 'a', kind: 'exe', content: '' },
    ];
    for (const message of wrong) expect(readMessage(message), JSON.stringify(message)).toBeNull();
  });

  it('carries nothing that was not asked for', () => {
    expect(readMessage({ type: 'open', ref: { ...ref, more: 1 }, extra: 2 })).toEqual({ type: 'open', ref });
  });
});

describe('arguments of commands', () => {
  it('are a latent and perhaps a place, or nothing', () => {
    expect(latentArgument(undefined)).toBeUndefined();
    expect(latentArgument({ ...ref, position: 3, other: 1 })).toEqual({ ...ref, position: 3 });
    expect(latentArgument({ ...ref, position: -1, at: { uri: 'file:///x.py', offset: 4 } })).toEqual({ ...ref, at: { uri: 'file:///x.py', offset: 4 } });
    for (const wrong of ['x', { site: 'x' }, { latent: 1 }]) expect(() => latentArgument(wrong)).toThrow(/takes \{ site, latent \}/);
  });

  it('are named SITE:NUMBER', () => {
    expect(parseLatentName(` ${latentName(ref)} `)).toEqual(ref);
    for (const wrong of ['12', 'blocks.2.hook_resid_post', 'a b:1', 'x:-1', 'x:1.5']) expect(parseLatentName(wrong)).toBeNull();
    expect([sameLatent(ref, { ...ref }), sameLatent(ref, null), sameLatent(null, null)]).toEqual([true, false, true]);
  });
});
