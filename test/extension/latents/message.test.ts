import { describe, expect, it } from 'vitest';
import { latentArgument } from '../../../src/extension/latents/message';
import { pageMessage } from '../../../src/extension/ui/page-message';
import { fromLatentsView, type FromLatentsView } from '../../../src/protocol/pages/latents-view';
import { fromPanel, type FromPanel, type PanelMessage } from '../../../src/protocol/pages/panel';
import { latentName, parseLatentName, sameLatent } from '../../../src/vocabulary/latent-name';

const ref = { site: 'blocks.2.hook_resid_post' as const, latent: 12 };
const search = { by: 'promotes' as const, query: 'x', site: null };
const intervention = { change: { kind: 'steer' as const, by: -1.5 }, where: 'cursor' as const, errorTerm: false, generate: 20 };

/** What is heard of a message, and what is logged about it. */
function heard(received: unknown) {
  const logged: string[] = [];
  const message = pageMessage(fromLatentsView, received, 'A message', (line) => logged.push(line));
  return { message, logged };
}

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
    for (const message of messages) expect(heard(structuredClone(message))).toEqual({ message, logged: [] });
  });

  it('is logged, and nothing comes of it, when it is anything else', () => {
    const run = (to: object) => ({ type: 'run', intervention: { ...intervention, ...to } });
    const wrong = [
      { type: 'searchVariants', budget: 0 }, null, 'ready', {}, { type: 'other' }, { type: 'ready' }, { type: 'open' }, { type: 'open', ref: { site: 'x', latent: -1 } },
      { type: 'open', ref: { site: '', latent: 1 } }, { type: 'open', ref: { site: 'x', latent: 0.5 } },
      { type: 'search', search: { ...search, by: 'all' } }, { type: 'search', search: { ...search, query: 'x'.repeat(201) } },
      { type: 'search', search: { ...search, site: 3 } }, { type: 'action', action: 'delete', ref }, { type: 'action', action: 'find' },
      run({ generate: 21 }), run({ generate: 1.5 }), run({ where: 'there' }), run({ errorTerm: 1 }), run({ change: { kind: 'steer', by: NaN } }),
      run({ change: { kind: 'set' } }), run({ change: null }), { type: 'export', name: 'a', kind: 'exe', content: '' },
    ];
    for (const one of wrong) {
      const { message, logged } = heard(one);
      expect(message, JSON.stringify(one)).toBeUndefined();
      expect(logged).toEqual([expect.stringMatching(/^A message.* (?:must be|has no field) .*\. It was ignored\.$/) as string]);
    }
  });

  it('carries nothing that was not asked for', () => {
    expect(heard({ type: 'open', ref: { ...ref, more: 1 }, extra: 2 }).message).toEqual({ type: 'open', ref });
  });

  it('of the panel is read with defaults for what was left out, and is nothing otherwise', () => {
    const read = (message: unknown): PanelMessage | undefined => pageMessage(fromPanel, message, 'A message', () => undefined);
    const patch = { type: 'patch' as const, variant: null, site: 'hook_mlp_out' as const, direction: 'noising' as const, window: 2, exact: true, answers: ['TypeError', 'no error'] as [string, string] };
    const messages: FromPanel[] = [
      { type: 'ready' }, { type: 'selected', position: null, layer: -1, byReader: true }, { type: 'view', view: 'lens' }, patch,
      { type: 'export', name: 'a', kind: 'png', content: 'AAAA' }, { type: 'ask', id: 'activations', params: { site: null }, byReader: false }, { type: 'latent', action: 'show', ref, position: 3 },
      { type: 'action', action: 'listVariants' }, { type: 'searchVariants', budget: 500 },
    ];
    for (const message of messages) expect(read(structuredClone(message))).toEqual(message);
    expect(read({ type: 'patch', variant: 2 })).toEqual({ type: 'patch', variant: 2, site: 'hook_resid_pre' as const, direction: 'denoising', window: 1, exact: false, answers: null });
    const wrong = [
      null, {}, { type: 'other' }, { type: 'selected', position: -1, layer: 0, byReader: true }, { type: 'selected', position: 0, layer: -2, byReader: true }, { type: 'view', view: 'x' },
      { ...patch, site: 'hook_nothing' as const }, { ...patch, answers: ['TypeError'] }, { ...patch, variant: 1.5 }, { type: 'ask', id: 'latents', params: {} }, { type: 'ask', id: 'other', params: {}, byReader: true },
      { type: 'latent', action: 'delete', ref, position: 1 }, { type: 'action', action: 'constructor' }, { type: 'export', name: 'a', kind: 'exe', content: '' },
    ];
    for (const message of wrong) expect(read(message), JSON.stringify(message)).toBeUndefined();
  });
});

describe('arguments of commands', () => {
  it('are a latent and perhaps a place, or nothing', () => {
    expect(latentArgument(undefined)).toBeUndefined();
    expect(latentArgument({ ...ref, position: 3, other: 1 })).toEqual({ ...ref, position: 3 });
    expect(latentArgument({ ...ref, at: { uri: 'file:///x.py', offset: 4 } })).toEqual({ ...ref, at: { uri: 'file:///x.py', offset: 4 } });
    expect(latentArgument(null)).toBeUndefined();
    for (const wrong of ['x', { site: 'x' }, { latent: 1 }, { ...ref, at: { uri: 3, offset: 4 } }, { ...ref, position: -1 }]) {
      expect(() => latentArgument(wrong)).toThrow(/^A latent, as in \{ "site": "blocks\.2\.hook_resid_post", "latent": 12 \}.* is .*; it must be .*\.$/);
    }
  });

  it('are named SITE:NUMBER', () => {
    expect(parseLatentName(` ${latentName(ref)} `)).toEqual(ref);
    for (const wrong of ['12', 'blocks.2.hook_resid_post', 'a b:1', 'x:-1', 'x:1.5']) expect(parseLatentName(wrong)).toBeNull();
    expect([sameLatent(ref, { ...ref }), sameLatent(ref, null), sameLatent(null, null)]).toEqual([true, false, true]);
  });
});
