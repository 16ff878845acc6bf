import { describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/engine/models/models';
import { isHubId } from '../../src/store/names';
import { parseHub } from '../../src/store/reference';
import { saesReference, bracesOf } from '../../src/extension/models/saes';
import { parseSite } from '../../src/vocabulary/sites';

const { models } = await readCatalog();
const saes = models.flatMap((model) => model.saes.map((release) => ({ model, release })));
const keysOf = (of: object) => Object.keys(of).sort().join();

describe('the catalog', () => {
  test('has the models of the issue, each once', () => {
    expect(models.map(({ id }) => id)).toEqual([...new Set(models.map(({ id }) => id))]);
    for (const part of [/gemma-2-2b$/, /gemma-2-9b$/, /gpt2$/, /pythia/, /tiny_starcoder_py/, /starcoderbase-1b/, /starcoder2-3b/, /codegen-350M-mono/, /Qwen2\.5-Coder-0\.5B/, /Qwen2\.5-Coder-1\.5B/, /deepseek-coder-1\.3b/, /SmolLM2-135M/, /SmolLM2-360M/]) {
      expect(models.some(({ id }) => part.test(id)), String(part)).toBe(true);
    }
  });

  test.each(models.map((model) => [model.id, model] as const))('%s has every field, and of its type', (id, model) => {
    expect(isHubId(id)).toBe(true);
    expect(keysOf(model)).toBe('about,context,downloadBytes,family,gated,id,languages,licence,name,parameters,saes');
    for (const value of [model.parameters, model.downloadBytes]) expect(value === null || (Number.isInteger(value) && value > 1e6)).toBe(true);
    // Weights in 16 or 32 bits, and some numbers besides, such as Pythia's masks.
    if (model.parameters !== null && model.downloadBytes !== null) {
      expect(model.downloadBytes / model.parameters).toBeGreaterThan(1.99);
      expect(model.downloadBytes / model.parameters).toBeLessThan(4.5);
    }
    expect(typeof model.gated).toBe('boolean');
    expect(model.context).toBeGreaterThanOrEqual(1024);
    expect(model.about).toMatch(/^[A-Z].{10,150}\.$/);
    expect(model.languages.length).toBeGreaterThan(0);
  });

  test.each(saes.map(({ model, release }) => [`${model.id}: ${release.repository}/${release.folder}`, release] as const))('%s', (_, release) => {
    const allowed = ['architecture', 'choices', 'folder', 'follows', 'hook', 'licence', 'neuronpedia', 'release', 'repository', 'widths'];
    expect(Object.keys(release).filter((key) => !allowed.includes(key))).toEqual([]);
    expect(bracesOf(release)).toEqual(['layer']);
    expect(release.choices.layer.length).toBeGreaterThan(5);
    const references = release.choices.layer.map((layer) => saesReference(release, { layer }));
    expect(new Set(references).size).toBe(references.length);
    for (const [i, layer] of release.choices.layer.entries()) {
      expect(parseHub(references[i])).toMatchObject({ id: release.repository, revision: null, file: null });
      expect(references[i]).not.toMatch(/[{}]/);
      expect(parseSite(release.hook.replace('{layer}', layer), release.choices.layer.length + 1)).toMatchObject({ kind: 'block', layer: Number(layer) });
    }
    for (const width of release.widths) expect(Number.isInteger(width)).toBe(true);
  });
});

