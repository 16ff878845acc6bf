import { describe, expect, it } from 'vitest';
import { modelRows, progressText, type Known, type Row } from '../../../src/extension/models/rows';
import type { CatalogModel, ListedModel, ListedSaes, ModelInfo } from '../../../src/protocol/models/models';

const listed = (reference: string, more: Partial<ListedModel> = {}): ListedModel => ({
  reference, place: 'store', format: 'safetensors', path: `/store/${reference}`, bytes: 270e6, commit: 'c'.repeat(40), incomplete: false, removable: true, ...more,
});
const own = listed('python-errors', { place: 'package', path: '/package/models/python-errors', bytes: 13e6, commit: null, removable: false });
const info = (reference: string, more: Partial<ModelInfo> = {}): ModelInfo => ({
  reference, place: 'store', format: 'safetensors', path: `/store/${reference}`, commit: null, problems: [], family: 'llama', layers: 30, width: 576, heads: 9,
  keyValueHeads: 3, vocabulary: 49152, context: 8192, parameters: 134_515_008, dtypes: ['BF16'], bytes: 269e6, tokenizer: true, chatTemplate: false, sites: [],
  estimate: null, ...more,
});
const gemma: CatalogModel = {
  id: 'google/gemma-2-2b', name: 'Gemma 2 2B', family: 'gemma2', parameters: 2.6e9, downloadBytes: 5.2e9, licence: 'gemma', gated: true, languages: ['many'],
  context: 8192, about: 'The study’s model.',
  saes: [{
    release: 'gemma-scope-2b-pt-res', repository: 'google/gemma-scope-2b-pt-res', folder: 'layer_{layer}/width_16k/{l0}',
    choices: { layer: ['0', '12'], l0: ['average_l0_82', 'average_l0_22'] }, hook: 'blocks.{layer}.hook_resid_post', architecture: 'jumprelu', widths: [16384],
    licence: 'cc-by-4.0', neuronpedia: null,
  }],
};
const scope = (layer: number, more: Partial<ListedSaes> = {}): ListedSaes => {
  const reference = `google/gemma-scope-2b-pt-res/layer_${layer}/width_16k/average_l0_82`;
  return { reference, path: `/store/saes/${reference}`, bytes: 300e6, commit: 'd'.repeat(40), incomplete: false, ...more };
};
const known = ({ models = [own], saes = [], problems = [], ...more }: Partial<Known> & Partial<Known['list']> = {}): Known => ({
  list: { store: '/store', bytes: 0, free: 1e11, models, saes, problems },
  catalog: { models: [gemma] }, added: [], current: '', downloads: new Map(), infos: new Map(), ...more,
});
const byReference = (rows: readonly Row[], reference: string) => rows.find((row) => row.reference === reference)!;

describe('rows of the Models view', () => {
  it('begin with the package’s model, which is in use unless another is, and cannot be removed', () => {
    const [row, ...rest] = modelRows(known({ infos: new Map([['python-errors', info('python-errors', { place: 'package', parameters: 3_246_528, bytes: 13e6 })]]) }));
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ description: 'in use · llama · 3.2M · 13 MB', can: ['info', 'reveal'], icon: 'package', problem: false });
    const [other, used] = modelRows(known({ models: [own, listed('org/a')], current: 'org/a' }));
    expect(other.can).toContain('use');
    expect(used).toMatchObject({ description: 'in use · 270 MB', can: ['info', 'reveal', 'remove'] });
  });

  it('say of each of the package’s models what it is asked while no other is chosen', () => {
    const types = listed('types', { place: 'package', path: '/package/models/types', bytes: 9e6, commit: null, removable: false });
    const rows = modelRows(known({ models: [own, types] }));
    expect(rows.map(({ description }) => description)).toEqual(['in use · 13 MB', 'in use · 9 MB']);
    expect(rows.map(({ tooltip }) => tooltip[2])).toEqual([expect.stringMatching(/^Which error/), expect.stringMatching(/^Types, and/)]);
    expect(modelRows(known({ models: [own, types], current: 'types' })).map(({ can }) => can.includes('use'))).toEqual([true, false]);
  });

  it('of other programs’ stores are those that were added or are in use; taking them off the list deletes nothing', () => {
    const models = [own, listed('ollama:smollm', { place: 'ollama', removable: false, format: 'gguf' }), listed('org/cached', { place: 'huggingface', removable: false })];
    expect(modelRows(known({ models })).map(({ reference }) => reference)).toEqual(['python-errors']);
    const rows = modelRows(known({ models, added: ['ollama:smollm'], current: 'org/cached' }));
    expect(rows.map(({ reference }) => reference)).toEqual(['python-errors', 'org/cached', 'ollama:smollm']);
    expect(byReference(rows, 'ollama:smollm').can).toEqual(['use', 'info', 'reveal', 'forget']);
  });

  it('of the user’s own have their file’s name, and their path once it is known', () => {
    const [, folder, file] = modelRows(known({
      added: ['/home/a/tiny/', '/home/a/b.GGUF'],
      infos: new Map([['/home/a/tiny/', info('/home/a/tiny/', { place: null, path: '/home/a/tiny' })]]),
    }));
    expect(folder).toMatchObject({ label: 'tiny', path: '/home/a/tiny', icon: 'file-directory', can: ['use', 'info', 'reveal', 'forget'] });
    expect(file).toMatchObject({ label: '/home/a/b.GGUF', path: null, icon: 'file-binary', can: ['use', 'info', 'forget'] });
  });

  it('say what is wrong', () => {
    const rows = modelRows(known({
      models: [own, listed('org/a'), listed('org/b')], problems: ['/store/x could not be read.'],
      infos: new Map<string, ModelInfo | string>([['org/a', info('org/a', { problems: ['config.json: the model type "t5" is not supported.'] })], ['org/b', 'It is gone.']]),
    }));
    expect(byReference(rows, 'org/a')).toMatchObject({ icon: 'warning', problem: true });
    expect(byReference(rows, 'org/a').tooltip).toContain('config.json: the model type "t5" is not supported.');
    expect(byReference(rows, 'org/b').tooltip).toContain('It is gone.');
    expect(rows.at(-1)).toMatchObject({ kind: 'problem', label: '/store/x could not be read.', can: [] });
  });

  it('show a download while it runs, and what was broken off afterwards', () => {
    const progress = { file: 'model.safetensors', number: 2, files: 4, bytes: 1.2e9, total: 3.4e9, bytesPerSecond: 12e6, waiting: null };
    const fresh = modelRows(known({ downloads: new Map([['org/new', progress]]) }));
    expect(fresh[1]).toMatchObject({ label: 'org/new', description: '35 % · 1.2 GB of 3.4 GB · 12 MB/s', icon: 'sync~spin', can: ['cancel'] });
    const models = [own, listed('org/new', { incomplete: true, bytes: 1.2e9 })];
    expect(modelRows(known({ models, downloads: new Map([['org/new', progress]]) }))[1]).toMatchObject({ can: ['cancel', 'reveal'] });
    const [, left] = modelRows(known({ models }));
    expect(left).toMatchObject({ description: 'incomplete · 1.2 GB are here', icon: 'cloud-download', can: ['resume', 'reveal', 'remove'] });
    expect(left.tooltip.join(' ')).toContain('Resume Download');
  });

  it('hold SAEs below the model that they fit, by their site, and others at the end', () => {
    const loose: ListedSaes = { ...scope(3), reference: 'someone/saes/layer3' };
    const rows = modelRows(known({ models: [own, listed('google/gemma-2-2b')], saes: [scope(12), loose] }));
    const model = byReference(rows, 'google/gemma-2-2b');
    expect(model.can).toContain('saes');
    expect(model.children).toHaveLength(1);
    expect(model.children[0]).toMatchObject({ kind: 'saes', label: 'blocks.12.hook_resid_post', description: '300 MB', can: ['reveal', 'remove'] });
    expect(rows.at(-1)).toMatchObject({ kind: 'saes', label: 'someone/saes/layer3' });
    expect(byReference(rows, 'python-errors').can).not.toContain('saes');
  });
});

it('progress says why nothing comes instead of how fast it comes', () => {
  const progress = { file: 'a', number: 1, files: 1, bytes: 0, total: 0, bytesPerSecond: null, waiting: 'the server asked to wait 5 s' };
  expect(progressText(progress)).toBe('0 kB of 0 kB · the server asked to wait 5 s');
  expect(progressText(null)).toBe('asking the Hub');
});
