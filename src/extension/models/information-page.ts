/** The page about a model, as Markdown. Knows nothing of VS Code. */
import { escaped } from '../ui/markdown';
import { fittingSaes, saesFor } from './saes';
import { bytesText, countText, secondsText } from '../ui/units';
import { exceededBy, memoryWords } from '../../protocol/words/memory-needed';
import type { Catalog, CatalogSaes, ListedSaes, ModelInfo, ModelPlace } from '../../protocol/models/models';

const PLACES: Record<ModelPlace, string> = {
  package: 'comes with Latent Lens', store: 'Latent Lens’s store', huggingface: 'Hugging Face’s cache', ollama: 'Ollama’s store',
};

export function informationPage(info: ModelInfo, catalog: Catalog, saes: readonly ListedSaes[]): string {
  const known = catalog.models.find(({ id }) => info.reference === id || info.reference.startsWith(`${id}@`) || info.reference.startsWith(`${id}:`));
  return [
    `# ${escaped(info.reference)}`,
    ...(known ? [escaped(known.about)] : []),
    ...info.problems.map((problem) => `> **It cannot be opened.** ${escaped(problem)}`),
    table(facts(info, known?.licence ?? null)),
    ...(info.estimate ? ['## What It Takes', ...estimate(info)] : []),
    ...(info.sites.length > 0 ? ['## Sites of Each Block', info.sites.map((site) => `\`${site}\``).join(', ')] : []),
    '## Sparse Autoencoders',
    ...saesPart(info, catalog, saes),
  ].join('\n\n');
}

function facts(info: ModelInfo, licence: string | null): [string, string | null][] {
  const count = (value: number | null) => (value === null ? null : value.toLocaleString('en-US'));
  const yes = (value: boolean, what: string) => (value ? `has ${what}` : `has no ${what}`);
  const heads = info.heads === null ? null : info.heads === info.keyValueHeads ? `${info.heads}` : `${info.heads}, of keys and values ${info.keyValueHeads}`;
  return [
    ['Family', info.family],
    ['Parameters', info.parameters === null ? null : `${countText(info.parameters)} (${count(info.parameters)})`],
    ['Stored as', [info.format === 'gguf' ? 'GGUF' : 'safetensors', ...info.dtypes].join(', ')],
    ['Size', bytesText(info.bytes)],
    ['Layers', count(info.layers)],
    ['Width', count(info.width)],
    ['Heads', heads],
    ['Vocabulary', count(info.vocabulary)],
    ['Context', info.context === null ? null : `${count(info.context)} tokens`],
    ['Tokenizer', yes(info.tokenizer, 'its tokenizer')],
    ['Chat template', yes(info.chatTemplate, 'one').replace('no one', 'none')],
    ['Licence', licence],
    ['Place', info.place === null ? 'of your own' : PLACES[info.place]],
    ['Path', info.path],
    ['Commit', info.commit],
  ];
}

function table(rows: readonly [string, string | null][]): string {
  const lines = rows.flatMap(([name, value]) => (value === null ? [] : [`| ${name} | ${escaped(value)} |`]));
  return ['| | |', '|---|---|', ...lines].join('\n');
}

function estimate({ reference, estimate: takes }: ModelInfo): string[] {
  const { memory, sweep } = takes!;
  const fits = exceededBy(takes!) === null ? `It needs about ${bytesText(memory)} of memory, which this machine has.` : memoryWords(reference, takes!);
  return [
    escaped(fits),
    `A sweep of patching over all layers of ${sweep.tokens} tokens takes about ${secondsText(sweep.seconds)} or more on this machine, by its matrix `
      + 'products alone, and less where the programs begin alike.',
  ];
}

function saesPart(info: ModelInfo, catalog: Catalog, saes: readonly ListedSaes[]): string[] {
  const here = fittingSaes(catalog, info.reference, saes).map(({ site, reference, bytes }) => `- \`${site}\`: ${escaped(reference)}, ${bytesText(bytes)}`);
  const known = saesFor(catalog, info.reference).map((one) => `- ${escaped(releaseText(one))}`);
  return [
    ...(here.length > 0 ? ['In the store:', here.join('\n')] : []),
    ...(known.length > 0 ? ['**Latent Lens: Add SAEs…** downloads these:', known.join('\n')] : ['The catalog knows none for it.']),
  ];
}

/** `gemma-scope-2b-pt-res: blocks.{layer}.hook_resid_post, 26 layers, widths 16384 and 65536` */
export function releaseText({ release, repository, hook, choices, widths, licence }: CatalogSaes): string {
  const layers = choices.layer?.length;
  const wide = widths.length === 0 ? '' : `, ${widths.length > 1 ? 'widths' : 'width'} ${widths.map((width) => width.toLocaleString('en-US')).join(' and ')}`;
  return `${release ?? repository}: ${hook}${layers ? `, ${layers} layers` : ''}${wide}${licence === null ? '' : `, ${licence}`}`;
}
