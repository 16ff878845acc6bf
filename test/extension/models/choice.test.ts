import { describe, expect, it } from 'vitest';
import { catalogItem, hubIdProblem, hubName } from '../../../src/extension/models/choice';
import { informationPage } from '../../../src/extension/models/information-page';
import { bytesText, countText, secondsText } from '../../../src/extension/ui/units';
import { exceededBy, memoryWords } from '../../../src/protocol/words/memory-needed';
import type { CatalogModel, ModelInfo } from '../../../src/protocol/models/models';
import { parseHub } from '../../../src/store/reference';

const NAMES = [
  'org/name', 'HuggingFaceTB/SmolLM2-135M', 'a/b@main', 'a/b@refs/pr/12', 'a/b:q8_0.gguf', 'a/b@v1:dir/q8.GGUF', 'a/b.c_d-e', 'a/b@c0ffee',
  'name', 'a/', '/b', 'a/b/c', 'a b/c', 'a/b@', 'a/b@../x', 'a/b@-x', 'a/b:', 'a/b:x.bin', 'https://huggingface.co/a/b', 'https://huggingface.co/a/b/blob/main/x.gguf', 'hf.co/a/b:Q4_K_M', 'https://huggingface.co/datasets/a/b', 'https://example.org/a/b', 'gpt2', 'a/b:iq4_xs', 'a/b:Q4', 'a/b:Quite', 'a/../b', 'a/b--c', 'ä/b', `a/${'b'.repeat(96)}`,
  'a/b@x:y:z.gguf', '-a/b', 'a/b.',
];

describe('a name of the Hub while it is written', () => {
  it.each(NAMES)('%s is refused here when the engine refuses it', (name) => {
    let refused = false;
    try {
      refused = parseHub(name).folder !== null; // which names SAEs, not a model
    } catch {
      refused = true;
    }
    expect(hubIdProblem(name, null) !== null).toBe(refused);
  });

  it('is told what is missing', () => {
    expect(hubIdProblem('bert', null)).toBe('Give org/name, as in HuggingFaceTB/SmolLM2-135M.');
    expect(hubIdProblem('https://example.org/a/b', null)).toBe('"https://example.org/a/b" is no address of the Hugging Face Hub. Give org/name, or the address of a model\'s page there.');
    expect(hubName(' https://mirror.example/a/b/tree/v1 ', 'https://mirror.example')).toBe('a/b@v1');
  });
});

const model: CatalogModel = {
  id: 'google/gemma-2-2b', name: 'Gemma 2 2B', family: 'gemma2', parameters: 2_614_341_888, downloadBytes: 5.23e9, licence: 'gemma', gated: true, languages: ['many'],
  context: 8192, about: 'The study’s model.', saes: [],
};

it('the catalog’s models say what a user asks before a download', () => {
  expect(catalogItem(model, false)).toEqual({
    label: '$(cloud-download) Gemma 2 2B', description: 'gemma2 · 2.6B · 5.2 GB · gemma · $(lock) gated', detail: 'The study’s model.',
  });
  const unknown = catalogItem({ ...model, parameters: null, downloadBytes: null, licence: null, gated: false }, true);
  expect(unknown).toMatchObject({ label: '$(check) Gemma 2 2B', description: 'is here · gemma2 · size not known · licence not known' });
});

it('amounts are rounded to what one reads', () => {
  expect([999, 999_999, 1e6, 269_060_000, 1.25e9, 99.94e9, 100e9].map(bytesText)).toEqual(['1 kB', '1000 kB', '1 MB', '269 MB', '1.3 GB', '99.9 GB', '100 GB']);
  expect([12, 1234, 999_600, 3_246_528, 134_515_008, 1.5e9, 9e9].map(countText)).toEqual(['12', '1.2k', '1.0M', '3.2M', '135M', '1.5B', '9.0B']);
  expect([0.01, 40, 89, 90, 5399, 5400, 7200, 200_000].map(secondsText)).toEqual(['1 s', '40 s', '89 s', '2 min', '90 min', '2 h', '2 h', '2 days']);
});

describe('whether a model fits', () => {
  const estimate = { memory: 9.4e9, machine: 8e9, free: 6.1e9, sweep: { tokens: 100, seconds: 100 } };
  it('is asked of all memory, of what is free, and of all where that is not known', () => {
    expect(exceededBy(estimate)).toBe('machine');
    expect(exceededBy({ ...estimate, machine: 16e9 })).toBe('free');
    expect(exceededBy({ ...estimate, machine: 16e9, free: 12e9 })).toBeNull();
    expect(exceededBy({ ...estimate, machine: 16e9, free: null })).toBeNull();
    expect(exceededBy({ ...estimate, machine: 10e9, free: null })).toBe('free');
    expect(memoryWords('a/b', estimate)).toBe('a/b needs about 9.4 GB of memory, and this machine has 8.0 GB, of which 6.1 GB are free.');
    expect(memoryWords('a/b', { ...estimate, free: null })).toBe('a/b needs about 9.4 GB of memory, and this machine has 8.0 GB.');
  });

  it('is on the page about it, where a name is never read as Markdown', () => {
    const info: ModelInfo = {
      reference: '/home/<b>/*m*', place: null, format: 'safetensors', path: '/home/<b>/*m*', commit: null, problems: ['config.json: `x` is not supported.'],
      family: 'llama', layers: 2, width: 8, heads: 4, keyValueHeads: 2, vocabulary: 100, context: 64, parameters: 12_345, dtypes: ['BF16', 'F32'], bytes: 24_690,
      tokenizer: true, chatTemplate: false, sites: ['hook_resid_pre', 'attn.hook_q'], estimate,
    };
    const page = informationPage(info, { models: [model] }, []);
    expect(page).not.toMatch(/<b>|\*m\*|`x`/);
    for (const part of ['| Layers | 2 |', '| Context | 64 tokens |', '| Chat template | has none |', '| Tokenizer | has its tokenizer |', '`attn.hook_q`', 'The catalog knows none for it.']) {
      expect(page).toContain(part);
    }
    expect(page).toMatch(/It cannot be opened/);
    expect(page).toMatch(/9&#46;4 GB of memory/);
  });
});
