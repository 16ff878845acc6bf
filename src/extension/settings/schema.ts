/**
 * Settings: what the user may set, as schemas of the same fields as requests and flags. package.json says the same to VS Code, word for
 * word (a test compares them).
 */
import * as z from 'zod';
import { MOST_THREADS, MOST_TOKENS, processorSeconds } from '../../protocol/asked';
import { topK } from '../../protocol/analyses/prediction';
import { checked, choice, said, text, whole } from '../../protocol/fields';
import type { PROVIDERS } from '../../vocabulary/providers';
import { longSite } from '../../vocabulary/sites';

const texts = z.array(text);
/** A colour as #rrggbb. */
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);
/** Most latents that a hover has room for. */
const MOST_HOVERED = 32;

export const SETTINGS = {
  model: said(text, { description: 'The model. Empty for those that come with Latent Lens: `python-errors` is asked which error a program raises, ' +
    '`types` about types and what comes next at a place; a folder with `config.json`, `tokenizer.json` and ' +
      'safetensors, as Hugging Face serves them; a `.gguf` file; `org/name` or `org/name@revision` of the Hugging Face Hub, ' +
      'once it is on this machine; or `ollama:name`. A path may begin with `~`, `${userHome}` or `${workspaceFolder}`. ' +
      '**Latent Lens: Select Model** sets it, and **Latent Lens: Add Model…** gets models.' }).default(''),
  saes: said(texts, { description: 'Folders of sparse autoencoders of the model (SAELens, Gemma Scope or sparsify), or folders above several, or ' +
      '`org/name/folder` of the store; at most one for each site. A path may begin with `~`, `${userHome}` or ' +
      '`${workspaceFolder}`. Empty for those in the model’s own folder `saes`.', words: 'a list of texts' }).default([]),
  explanations: said(z.record(z.string(), z.string()), { description: 'For sites such as `blocks.12.hook_resid_post`, the folder of a source in a Neuronpedia export (with ' +
      '`explanations/batch-0.jsonl.gz` and so on): its explanations describe the latents of the SAE there, before any that ' +
      'are made automatically. A path may begin with `~`, `${userHome}` or `${workspaceFolder}`.', words: 'an object that gives a folder for each site' }).default({}),
  hubEndpoint: said(z.string().regex(/^\s*$|^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/), { description: 'The Hub that **Latent Lens: Add Model…** downloads from, for example a mirror. Empty for `HF_ENDPOINT` in the ' +
      'environment, else `https://huggingface.co`. The token is sent there, and nowhere without encryption but to this ' +
      'machine.', words: 'an address such as https://huggingface.co' }).default(''),
  template: said(text, { description: 'The question: a name from `#latentLens.templates#`, or `python-error-type-few-shot` for three solved examples before ' +
      'the code; or a JSON file with `id`, `title`, `prefix`, `suffix` and `answers`, or `FILE#ID` for one of several in it, ' +
      'where a relative path starts at the workspace folder, and any path may begin with `~`, `${userHome}` or ' +
      '`${workspaceFolder}`. Empty for the question which error Python will raise.' }).default(''),
  templateByModel: said(z.record(z.string(), z.string()), { description: 'For models, named as in `#latentLens.model#`, questions that are theirs alone, named as in `#latentLens.template#`. ' +
      '**Latent Lens: Edit Question…** sets it.', words: 'an object that gives a name or a file for each model' }).default({}),
  // What is in one is checked by the engine, as it is in a file.
  templates: said(z.record(z.string(), z.unknown()), { description: 'Questions of your own by name: `suffix` and `answers`, and perhaps `title`, `prefix`, `examples`, `bos` and `chat`. ' +
      '**Latent Lens: Edit Question…** copies one that is there, to be changed.', words: 'an object with questions by their names' }).default({}),
  answers: said(z.array(z.string().min(1)).max(200), { description: 'The answers among which the model chooses, for example `["TypeError", "NameError", "no error"]`. Empty for all of the ' +
      'template’s.', words: 'a list of at most 200 words' }).default([]),
  topK: said(topK, { description: 'How many of the most probable tokens are listed at each place.' }).default(10),
  contextLimit: whole(0, MOST_TOKENS, { description: 'The most tokens that code and question may have together, where that is fewer than the model reads. Longer code takes ' +
      'longer. 0 for as many as the model reads.' }).default(0),
  'nextToken.readAround': choice(
    {
      automatic: 'Also what is behind the cursor, where something is and the model was trained to fill in the middle.',
      before: 'Only what is before the cursor.',
    },
    { description: 'What the model reads when **Explain Next Token** or **Why This, Not That…** asks about a cursor. The panel says which it was. ' +
      'Of a selection what is around it is read in any case.' },
  ).default('automatic'),
  threads: whole(0, MOST_THREADS, { description: 'Threads of the engine. 0 for as many as there are processors.' }).default(0),
  executionProvider: choice(
    {
      cpu: 'Works everywhere.',
      cuda: 'NVIDIA, on Linux and Windows; needs CUDA’s libraries and ONNX Runtime’s CUDA files beside the extension’s.',
      dml: 'Windows.',
      coreml: 'macOS.',
      webgpu: 'Any graphics processor with Vulkan, Direct3D 12 or Metal.',
    } satisfies Record<(typeof PROVIDERS)[number], string>,
    { description: 'What the engine computes with. It is tried when the model is opened; where it does not work, a message says why, and ' +
      'the CPU computes.' },
  ).default('cpu'),
  sandboxTimeout: said(processorSeconds, { description: 'Seconds of processor time that a program may take when it is run to see which error it raises.' }).default(2),
  'studies.workers': whole(1, 64, { description: 'Processes in which a study that is run from the editor works, each with the model open. More are faster where there are processors and memory for them.' }).default(2),
  'overlay.positive': said(colour, { description: 'The colour of tokens in the code whose patch moves the answer.', words: 'a colour as #rrggbb' }).default('#3f82c6'),
  'overlay.negative': said(colour, { description: 'The colour of tokens in the code whose patch moves the answer the other way.', words: 'a colour as #rrggbb' }).default('#dd8430'),
  'hover.enabled': choice(
    {
      off: 'Never.',
      whenRunning: 'When the engine runs, as it does once some code was explained.',
      always: 'Always: the first hover starts the engine.',
    },
    { description: 'When hovering over Python code shows the token that the model reads there, and the latents that are active at it.' },
  ).default('whenRunning'),
  'hover.site': said(z.string().refine((name) => name.trim() === '' || longSite(name.trim()) !== null), {
    description: 'The site whose latents hovering shows, for example `blocks.2.hook_resid_post`; the model needs an SAE there. Empty for ' +
      'the residual stream after the middle layer.',
    words: 'a site, as blocks.2.hook_resid_post',
  }).default(''),
  'hover.count': whole(1, MOST_HOVERED, { description: 'How many latents hovering shows at a token, the most active first.' }).default(5),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Setting<K extends SettingName> = z.output<(typeof SETTINGS)[K]>;

/**
 * A setting's value; nothing, or null, stands for its default.
 * @throws a sentence that names the setting
 */
export function settingOf<K extends SettingName>(name: K, value: unknown): Setting<K> {
  try {
    return checked(SETTINGS[name], value ?? undefined, `The setting latentLens.${name}`) as Setting<K>;
  } catch (error) {
    throw new Error(`${(error as Error).message} Correct it in the settings.`, { cause: error });
  }
}
