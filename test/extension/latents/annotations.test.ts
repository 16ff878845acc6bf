import { describe, expect, it } from 'vitest';
import { Annotations } from '../../../src/extension/latents/annotations';
import type { EngineClient } from '../../../src/extension/engine/client';
import type { SaeList } from '../../../src/protocol/documents/latents';
import { blockSiteName } from '../../../src/vocabulary/sites';

type Memento = ConstructorParameters<typeof Annotations>[1];

const SITE = 'blocks.1.hook_resid_post' as const;
const KEY = 'latentAnnotations';

function memento(first: unknown = undefined): Memento & { value: () => unknown } {
  let kept = first;
  return {
    keys: () => [KEY],
    get: <T>(name: string, otherwise?: T) => (name === KEY && kept !== undefined ? (kept as T) : otherwise),
    update: (name: string, value: unknown) => {
      if (name === KEY) kept = JSON.parse(JSON.stringify(value));
      return Promise.resolve();
    },
    value: () => kept,
  } as Memento & { value: () => unknown };
}

function engine(model = 'small', names = ['resid']): Pick<EngineClient, 'request'> {
  const sae = { site: SITE, layer: 1, format: 'saelens' as const, architecture: 'topk', width: 4, latents: 8, k: 1 };
  const saes = names.map((name, i) => ({ folder: name, sae: { ...sae, name, site: i === 0 ? SITE : blockSiteName(i, 'attn.hook_z') }, problem: null, warning: null }));
  const broken = { folder: 'broken', sae: { ...sae, name: 'broken', site: 'blocks.0.hook_mlp_out' as const }, problem: 'It is too wide.', warning: null };
  const list: SaeList = { format: 'latent-lens/saes', version: 1, model: { id: model, layers: 2 }, saes: [...saes, broken] };
  return { request: () => Promise.resolve(list as never) };
}

const ref = { site: SITE, latent: 3 };

describe('annotations', () => {
  it('are read back by another window with the same model, not with another', async () => {
    const [workspace, everywhere] = [memento(), memento()];
    const annotations = new Annotations(engine(), workspace, everywhere);
    let changes = 0;
    annotations.onDidChange(() => changes++);
    await annotations.set(ref, { name: 'closing quote', note: 'in print', scope: 'workspace' });
    expect(changes).toBe(2); // the SAEs are known, and the name
    expect(annotations.of(ref)).toEqual({ name: 'closing quote', note: 'in print', scope: 'workspace' });
    expect(annotations.of({ ...ref, latent: 4 })).toBeNull();

    const again = new Annotations(engine(), workspace, everywhere);
    expect(again.of(ref)).toBeNull();
    await again.ready();
    expect(again.of(ref)?.name).toBe('closing quote');
    expect(again.all()).toEqual([{ ...ref, name: 'closing quote', note: 'in print', scope: 'workspace' }]);
    again.forgetModel();
    expect(again.of(ref)).toBeNull();

    for (const other of [engine('large'), engine('small', ['trained again'])]) {
      const elsewhere = new Annotations(other, workspace, everywhere);
      await elsewhere.ready();
      expect([elsewhere.of(ref), elsewhere.all()]).toEqual([null, []]);
    }
  });

  it('of the workspace count before those that are kept everywhere', async () => {
    const annotations = new Annotations(engine(), memento(), memento());
    await annotations.set(ref, { name: 'global', note: '', scope: 'everywhere' });
    await annotations.set(ref, { name: 'local', note: '', scope: 'workspace' });
    expect(annotations.of(ref)).toMatchObject({ name: 'local', scope: 'workspace' });
    expect(annotations.all()).toHaveLength(1);
    await annotations.remove(ref);
    expect(annotations.of(ref)).toMatchObject({ name: 'global', scope: 'everywhere' });
    await annotations.set(ref, { name: 'local', note: '', scope: 'workspace' });
    await annotations.set(ref, { name: 'new', note: '', scope: 'everywhere' });
    expect(annotations.of(ref)).toMatchObject({ name: 'new', scope: 'everywhere' });
    await annotations.remove(ref);
    expect([annotations.of(ref), annotations.all()]).toEqual([null, []]);
  });

  it('that cannot be read are nothing, and stay as they are', async () => {
    const key = ['small', 'resid', 3].join('\n');
    for (const strange of [null, 'text', [1], 7]) {
      const annotations = new Annotations(engine(), memento(strange), memento());
      await annotations.ready();
      expect([annotations.of(ref), annotations.all()]).toEqual([null, []]);
    }
    const workspace = memento({ [key]: { name: 7, note: [] }, nonsense: 'x', [`${key}x`]: { name: 'a' }, 'small\nresid\n5': { name: 'five', colour: 'red' } });
    const annotations = new Annotations(engine(), workspace, memento());
    await annotations.ready();
    expect(annotations.all()).toEqual([{ site: SITE, latent: 5, name: 'five', note: '', scope: 'workspace' }]);
    await annotations.set(ref, { name: 'three', note: '', scope: 'workspace' });
    expect(workspace.value()).toMatchObject({ nonsense: 'x', [key]: { name: 'three', note: '' }, 'small\nresid\n5': { colour: 'red' } });
  });

  it('need an SAE that can be used', async () => {
    const annotations = new Annotations(engine(), memento(), memento());
    const refused = annotations.set({ site: 'blocks.0.hook_mlp_out' as const, latent: 1 }, { name: 'a', note: '', scope: 'workspace' });
    await expect(refused).rejects.toThrow('The model has no SAE at blocks.0.hook_mlp_out');
    const failing = new Annotations({ request: () => Promise.reject(new Error('No SAEs.')) }, memento(), memento());
    await failing.ready();
    expect(failing.of(ref)).toBeNull();
    await expect(failing.set(ref, { name: 'a', note: '', scope: 'workspace' })).rejects.toThrow('No SAEs.');
  });
});
