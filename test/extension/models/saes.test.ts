import { describe, expect, it } from 'vitest';
import { bracesOf, fittingSaes, hubIdOf, saesFor, saesReference, saesSetting, siteOf } from '../../../src/extension/models/saes';
import type { Catalog, CatalogSaes, ListedSaes } from '../../../src/protocol/models/models';

const scope: CatalogSaes = {
  release: 'scope', repository: 'g/scope', folder: 'layer_{layer}/width_{width}/l0', choices: { layer: ['0', '1', '11'], width: ['16k', '65k'] },
  hook: 'blocks.{layer}.hook_resid_post', architecture: 'jumprelu', widths: [16384, 65536], licence: null, neuronpedia: null,
};
const twice: CatalogSaes = { ...scope, repository: 'o/twice', folder: 'v5_{layer}/layer.{layer}', choices: { layer: ['0', '1'] } };
const whole: CatalogSaes = { ...scope, repository: 'j/one', folder: '', choices: {}, hook: 'blocks.8.hook_resid_pre' };
const catalog: Catalog = {
  models: [{
    id: 'g/model', name: 'M', family: 'gemma2', parameters: null, downloadBytes: null, licence: null, gated: false, languages: ['many'], context: 1, about: 'x.',
    saes: [scope, twice, whole],
  }],
};
const at = (reference: string, incomplete = false): ListedSaes => ({ reference, path: `/saes/${reference}`, bytes: 1, commit: 'c', incomplete });

describe('SAEs of the catalog', () => {
  it('are found by a model’s name on the Hub, whatever its revision or file', () => {
    expect(['g/model', 'g/model@main', 'g/model@refs/pr/1:x/q8.gguf', 'g/model:q8.gguf'].map(hubIdOf)).toEqual(['g/model', 'g/model', 'g/model', 'g/model']);
    expect(['/g/model', 'ollama:model', 'model', './g/model', ''].map(hubIdOf)).toEqual([null, null, null, null, null]);
    expect(saesFor(catalog, 'g/model@v2')).toHaveLength(3);
    expect(saesFor(catalog, '/g/model')).toEqual([]);
  });

  it('are named by filling in what is chosen, and recognised by it', () => {
    expect(bracesOf(scope)).toEqual(['layer', 'width']);
    expect(bracesOf(twice)).toEqual(['layer']);
    expect(saesReference(scope, { layer: '11', width: '16k' })).toBe('g/scope/layer_11/width_16k/l0');
    expect(siteOf(scope, 'g/scope/layer_11/width_16k/l0@main')).toBe('blocks.11.hook_resid_post');
    expect(siteOf(scope, 'g/scope/layer_2/width_16k/l0')).toBeNull(); // not among the layers
    expect(siteOf(scope, 'g/scope/layer_1/width_16k/l0/more')).toBeNull();
    expect(siteOf(twice, 'o/twice/v5_1/layer.1')).toBe('blocks.1.hook_resid_post');
    expect(siteOf(twice, 'o/twice/v5_1/layer.0')).toBeNull();
    expect(siteOf(twice, 'o/twice/v5_1/layerx1')).toBeNull(); // the dot is a dot
    expect(siteOf(whole, 'j/one')).toBe('blocks.8.hook_resid_pre');
  });

  it('have braces that follow from the layer and are not asked for', () => {
    const canonical: CatalogSaes = { ...scope, folder: 'layer_{layer}/l0_{l0}', choices: { layer: ['0', '1'] }, follows: { l0: { 0: '105', 1: '82' } } };
    expect(bracesOf(canonical)).toEqual(['layer']);
    expect(saesReference(canonical, { layer: '1' })).toBe('g/scope/layer_1/l0_82');
    expect(siteOf(canonical, 'g/scope/layer_1/l0_82')).toBe('blocks.1.hook_resid_post');
    expect(siteOf(canonical, 'g/scope/layer_1/l0_105')).toBeNull(); // another of this layer's
  });
});

describe('the setting of SAEs when a model is used', () => {
  const [one, wide, eleven] = [at('g/scope/layer_1/width_16k/l0'), at('g/scope/layer_1/width_65k/l0'), at('g/scope/layer_11/width_16k/l0')];
  const here = { catalog, saes: [one, wide, eleven, at('g/scope/layer_0/width_16k/l0', true), at('x/other/y')] };

  it('names one for each site, those set already first, and those added last before them', () => {
    expect(fittingSaes(catalog, 'g/model', here.saes).map(({ site }) => site.split('.')[1])).toEqual(['1', '1', '11', '0']);
    expect(saesSetting('g/model', here, [])).toEqual([one.path, eleven.path]);
    expect(saesSetting('g/model', here, [wide.path])).toEqual([wide.path, eleven.path]);
    expect(saesSetting('g/model', here, [wide.path], one.reference)).toEqual([one.path, eleven.path]);
  });

  it('is emptied for a model without any, and left alone when it is right or the user’s own', () => {
    expect(saesSetting('python-errors', here, [one.path])).toEqual([]);
    expect(saesSetting('python-errors', here, [])).toBeNull();
    expect(saesSetting('g/model', here, [one.path, eleven.path])).toBeNull();
    expect(saesSetting('g/model', here, ['/home/a/saes'])).toBeNull();
  });
});
