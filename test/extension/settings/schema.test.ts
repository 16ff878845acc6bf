import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { settingOf, SETTINGS, type SettingName } from '../../../src/extension/settings/schema';
import { asked } from '../../../src/protocol/asked';
import { jsonSchema, metaOf } from '../../../src/protocol/fields';

type Declared = Record<string, unknown> & { type: string; markdownDescription?: string; description?: string };
const declared = (JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { configuration: { properties: Record<string, Declared> } } })
  .contributes.configuration.properties;
const NAMES = Object.keys(SETTINGS) as SettingName[];

describe('settings', () => {
  it('are declared to VS Code, each of them', () => {
    expect(Object.keys(declared).map((name) => name.replace('latentLens.', '')).sort()).toEqual([...NAMES].sort());
  });

  it.each(NAMES)('%s is there as the schema has it', (name) => {
    const made = jsonSchema(SETTINGS[name]);
    const { choices, description } = metaOf(SETTINGS[name]);
    const there = declared[`latentLens.${name}`];
    expect(there.markdownDescription ?? there.description).toBe(description);
    expect(there.default).toEqual(settingOf(name, undefined));
    expect(there.type).toBe(made.type);
    for (const key of ['enum', 'minimum', 'maximum', 'maxItems'] as const) expect(there[key], key).toEqual(made[key]);
    if (choices) expect([there.enum, there.enumDescriptions]).toEqual([Object.keys(choices), Object.values(choices)]);
  });

  it('are at most what a request may say', () => {
    const most = (name: SettingName) => settingOf(name, declared[`latentLens.${name}`].maximum);
    const question = { contextLimit: most('contextLimit') as number, answers: settingOf('answers', ['a', 'b']) };
    expect(asked.safeParse({ text: '', question }).success).toBe(true);
  });
});

test.each<[SettingName, unknown, string]>([
  ['topK', 0, 'The setting latentLens.topK is 0; it must be a whole number from 1 to 100. Correct it in the settings.'],
  ['topK', '5', 'The setting latentLens.topK is "5"; it must be a whole number from 1 to 100. Correct it in the settings.'],
  ['contextLimit', 1.5, 'The setting latentLens.contextLimit is 1.5; it must be a whole number from 0 to 10000000. Correct it in the settings.'],
  ['sandboxTimeout', 61, 'The setting latentLens.sandboxTimeout is 61; it must be a number from 0.1 to 60. Correct it in the settings.'],
  ['executionProvider', 'gpu', 'The setting latentLens.executionProvider is "gpu"; it must be cpu, cuda, dml, coreml or webgpu. Correct it in the settings.'],
  ['hover.enabled', true, 'The setting latentLens.hover.enabled is true; it must be off, whenRunning or always. Correct it in the settings.'],
  ['hover.site', 'layer 3', 'The setting latentLens.hover.site is "layer 3"; it must be a site, as blocks.2.hook_resid_post. Correct it in the settings.'],
  ['hubEndpoint', 'huggingface', 'The setting latentLens.hubEndpoint is "huggingface"; it must be an address such as https://huggingface.co. Correct it in the settings.'],
  ['overlay.positive', 'blue', 'The setting latentLens.overlay.positive is "blue"; it must be a colour as #rrggbb. Correct it in the settings.'],
  ['saes', 'folder', 'The setting latentLens.saes is "folder"; it must be a list of texts. Correct it in the settings.'],
  ['saes', ['a', 3], 'The setting latentLens.saes: "[1]" is 3; it must be a text. Correct it in the settings.'],
  ['templateByModel', { small: 7 }, 'The setting latentLens.templateByModel: "small" is 7; it must be a text. Correct it in the settings.'],
  ['explanations', [], 'The setting latentLens.explanations is []; it must be an object that gives a folder for each site. Correct it in the settings.'],
])('%s cannot be %j, in a sentence', (name, value, sentence) => {
  expect(() => settingOf(name, value)).toThrow(sentence);
});

test('nothing is the default, and what is right is left as it is', () => {
  expect(settingOf('topK', null)).toBe(10);
  expect(settingOf('hover.site', ' 2.resid_post ')).toBe(' 2.resid_post ');
  expect(settingOf('templates', { mine: { suffix: 'x' } })).toEqual({ mine: { suffix: 'x' } });
});
