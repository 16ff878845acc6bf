/** Models for people: what is there, what is known about one, what is worth having. */
import type { Catalog, CatalogSaes, ListedModel, ListedSaes, ModelInfo, ModelList } from '../../protocol/models/models';
import { bytesText } from '../../store/disk';
import { inColumns } from './columns';
import type { Style } from './style';
import { harmless, wrap } from './text';

const PLACES = { package: 'comes with Latent Lens', store: '', huggingface: 'Hugging Face’s cache', ollama: 'Ollama' } as const;

export function renderModels(list: ModelList, style: Style, columns: number): string {
  type Listed = (ListedModel | ListedSaes) & { unpacked?: number };
  const row = ({ reference, bytes, incomplete, unpacked = 0 }: Listed, format: string, where: string) => [
    harmless(reference), format, bytesText(bytes), unpacked ? bytesText(unpacked) : '', incomplete ? style.yellow('not finished: latent-lens models add goes on') : where,
  ];
  const rows = [...list.models.map((model) => row(model, model.format, PLACES[model.place])), ...list.saes.map((saes) => row(saes, 'SAEs', ''))];
  const [head, ...lines] = inColumns([{ title: 'model' }, { title: 'format' }, { title: 'size', right: true }, { title: 'unpacked', right: true }, { title: 'where' }], rows);
  const free = list.free === null ? '' : `, ${bytesText(list.free)} free`;
  const problems = list.problems.flatMap((problem) => wrap(harmless(problem), columns)).map((line) => style.yellow(line));
  return `${[style.dim(head), ...lines, '', `Store: ${list.store} (${bytesText(list.bytes)}${free})`, ...problems].join('\n')}\n`;
}

export function renderModelInfo(info: ModelInfo, style: Style, columns: number): string {
  const { estimate } = info;
  const count = (value: number | null) => value?.toLocaleString('en-US') ?? null;
  const facts: [string, string | null][] = [
    ['path', harmless(info.path)],
    ['commit', info.commit],
    ['family', info.family && harmless(info.family)],
    ['layers', count(info.layers)],
    ['width', count(info.width)],
    ['heads', info.heads === null ? null : `${info.heads}${info.keyValueHeads === info.heads ? '' : `, ${info.keyValueHeads} of keys and values`}`],
    ['vocabulary', count(info.vocabulary)],
    ['context', info.context === null ? null : `${count(info.context)} tokens`],
    ['parameters', count(info.parameters)],
    ['stored as', info.dtypes.length > 0 ? harmless(info.dtypes.join(', ')) : null],
    ['on disk', bytesText(info.bytes)],
    ['tokenizer', info.tokenizer ? `yes${info.chatTemplate ? ', with a chat template' : ''}` : 'missing'],
    ['memory', estimate && `about ${bytesText(estimate.memory)} of ${bytesText(estimate.machine)}${estimate.free === null ? '' : `, ${bytesText(estimate.free)} free now`}`],
    ['sweep', estimate && `about ${seconds(estimate.sweep.seconds)} for ${estimate.sweep.tokens} tokens, less where the programs begin alike`],
  ];
  const lines = facts.flatMap(([name, value]) => (value === null ? [] : [`${style.dim(name.padEnd(11))} ${value}`]));
  const verdict = info.problems.length === 0 ? [style.green('It can be opened.')] : ['It cannot be opened:', ...info.problems.flatMap((problem) => wrap(harmless(problem), columns - 2)).map((line) => `  ${style.red(line)}`)];
  return `${[style.bold(harmless(info.reference)), ...lines, '', ...verdict].join('\n')}\n`;
}

export function renderCatalog({ models }: Catalog, style: Style, columns: number): string {
  const lines: string[] = [];
  for (const { id, parameters, downloadBytes, licence, gated, context, about, saes } of models) {
    const facts = [parameters && `${(parameters / 1e6).toLocaleString('en-US', { maximumSignificantDigits: 3 })} M parameters`, downloadBytes && bytesText(downloadBytes), `${context} tokens`, licence ?? 'licence not known', gated && 'gated'];
    lines.push(`${style.bold(id)}  ${style.dim(facts.filter(Boolean).join(', '))}`, ...wrap(about, columns - 2).map((line) => `  ${line}`));
    lines.push(...saes.map((of) => `  ${style.cyan('SAEs')} ${saesText(of)}`), '');
  }
  return `${[...lines, 'Get one with: latent-lens models add NAME'].join('\n')}\n`;
}

function saesText({ repository, folder, widths, choices }: CatalogSaes): string {
  const layers = choices.layer ?? [];
  const shown = layers.length > 1 ? `layers ${layers[0]} to ${layers.at(-1)}` : `layer ${layers[0] ?? ''}`;
  return `${repository}/${folder} (${shown}, width ${widths.map((width) => width.toLocaleString('en-US')).join(', ')})`;
}

function seconds(value: number): string {
  if (value < 90) return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  return `${Math.round(value / 60)} min`;
}
