/** What a study's page says of a result, as Markdown: tables, sentences, and the numbers that a smaller run must come near. */
import type { Part } from '../src/protocol/analyses';
import type { PairsEffect } from '../src/protocol/analyses/pairs';
import { partWords, type CircuitNode, type CircuitPlace } from '../src/protocol/graphs/circuit';
import type { Result } from '../src/protocol/documents/result';
import { shortLatentName } from '../src/vocabulary/latent-name';

type Pairs = Part<'pairs'>;
type Circuit = Part<'circuit'>;

/** @param seconds that the command took, on a machine that may have done other things beside */
export function blockOf(name: string, result: Result, seconds: number): string {
  const block = BLOCKS[name];
  if (!block) throw new Error(`There is no block "${name}"; there are ${Object.keys(BLOCKS).join(', ')}.`);
  return block(result, seconds);
}

const pairsOf = ({ parts: { pairs } }: Result): Pairs => pairs!.value;
const circuitOf = ({ parts: { circuit } }: Result): Circuit => circuit!.value;

const BLOCKS: Readonly<Record<string, (result: Result, seconds: number) => string>> = {
  pair: ({ pair, parts: { prediction }, reading }) => [
    ...prediction!.findings.map((finding) => `> ${finding}`), '>', `> Compared with the variant: ${pair!.description}.`, '>',
    `> Model ${reading.model.id}, SHA-256 ${reading.model.sha256}.`,
  ].join('\n'),
  places: (result) => table(
    ['', 'token', 'what it is in all pairs'],
    pairsOf(result).places.map((place, i) => [String(i), token(place), place.words ?? '']), 'rll',
  ),
  differences: (result) => differences(pairsOf(result)),
  patching: (result) => patching(pairsOf(result)),
  nodes: (result) => nodes(pairsOf(result)),
  direct: (result) => direct(pairsOf(result)),
  latents: (result) => latents(pairsOf(result)),
  firing: (result) => firing(pairsOf(result)),
  circuit: (result) => circuitNodes(circuitOf(result)),
  curve: (result) => curve(circuitOf(result)),
  edges: (result) => edges(circuitOf(result)),
  checked: (result) => checked(circuitOf(result)),
  findings: ({ parts: { pairs, circuit } }) => [pairs, circuit].flatMap((part) => [...(part?.findings ?? []), ...(part?.problems ?? [])])
    .map((sentence) => `> - ${sentence}`).join('\n'),
  numbers: (result, seconds) =>
    `${table(['', 'over these pairs'], numbersOf(result).map(({ name, value, digits }) => [name, fixed(value, digits)]), 'lr')}\n\nIt took ${Math.round(seconds)} seconds on a machine that did other things beside.`,
};

/** A number of a page, and how near a run over a few pairs has to come to it. */
export interface StudyNumber {
  name: string;
  value: number;
  digits: number;
  within: number;
}

export function numbersOf({ parts }: Result): StudyNumber[] {
  return [...(parts.pairs ? numbersOfPairs(parts.pairs.value) : []), ...(parts.circuit ? numbersOfCircuit(parts.circuit.value) : [])];
}

function numbersOfPairs({ original, variant, saes, patching: { mean }, nodes: { agreement, top }, ...part }: Pairs): StudyNumber[] {
  const { latents: found, direct: written } = part;
  const all = saes.at(-1)!;
  const logits = (name: string, value: number) => ({ name, value, digits: 2, within: 0.7 });
  const share = (name: string, value: number) => ({ name, value, digits: 2, within: 0.12 });
  return [
    logits('logit difference of the originals', original.mean), logits('of the variants', variant.mean),
    logits(`of the originals, ${all.count} SAEs without error terms`, all.withoutErrors.original),
    logits('of the variants, the same', all.withoutErrors.variant),
    logits('of the originals, random errors', all.randomErrors.original), logits('of the variants, the same with random errors', all.randomErrors.variant),
    ...mean.map((row, layer) => share(`largest share of a place before layer ${layer}`, Math.max(...row.map((value) => value ?? 0)))),
    logits('largest node, really patched', top[0].patched!.mean),
    share('scores of nodes and patches, r', agreement!),
    logits('largest direct effect', written.map(({ change }) => change.mean).reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))),
    ...(found ? [logits('largest latent, really patched', found.top[0].patched!.mean), share('scores of latents and patches, r', found.agreement!)] : []),
  ];
}

function numbersOfCircuit({ of, nodesKept, faithfulness, completeness, random, whole, empty, errors }: Circuit): StudyNumber[] {
  const share = (name: string, value: number, within = 0.12) => ({ name: `${name} (${of})`, value, digits: 2, within });
  return [
    { ...share('logit difference of all of the model', whole), within: 0.7 }, { ...share('logit difference of none of it', empty), within: 0.7 },
    share('faithfulness', faithfulness!), share('completeness', completeness!), share('faithfulness of random nodes', random.faithfulness!),
    { ...share('share of nodes kept', nodesKept), digits: 3, within: 0.03 },
    ...(errors ? [share('all latents alone', errors.latentsAlone!), share('all error terms alone', errors.errorsAlone!)] : []),
  ];
}

function differences({ original, variant, saes }: Pairs): string {
  const row = (name: string, how: string, { original: a, variant: b, signKept }: Pairs['saes'][number]['withErrors']) =>
    [name, how, signed(a), signed(b), percent(signKept)];
  return table(['SAEs in the model', '', 'original', 'variant', 'sign kept'], [
    ['none', '', `${signed(original.mean)} ${between(original)}`, `${signed(variant.mean)} ${between(variant)}`, ''],
    ...saes.flatMap(({ sites, count, withErrors, withoutErrors, randomErrors }) => {
      const name = sites === 'all' ? `all ${count}` : `${count} of \`${sites}\``;
      return [row(name, 'with error terms', withErrors), row(name, 'without', withoutErrors), row(name, 'random errors of the same length', randomErrors)];
    }),
  ], 'llrrr');
}

/** Columns are places to which any layer gives this share. */
const NOTICEABLE = 0.03;

function patching({ places, patching: { mean, low, high, control } }: Pairs): string {
  const shown = places.flatMap((_, place) => (mean.some((row) => Math.abs(row[place] ?? 0) >= NOTICEABLE) ? [place] : []));
  const cell = (layer: number, place: number) => {
    const value = mean[layer][place];
    if (value === null) return '';
    const [least, most] = [low[layer][place], high[layer][place]];
    return `${percent(value)}${least === null || most === null || Math.abs(value) < NOTICEABLE ? '' : ` (${percent(least)} to ${percent(most)})`}`;
  };
  const words = control.map((row) => Math.max(...row.map((value) => Math.abs(value ?? 0))));
  return table(['before layer', ...shown.map((place) => `${token(places[place])} (${place})`), 'largest of any place by other words'],
    mean.map((_, layer) => [String(layer), ...shown.map((place) => cell(layer, place)), percent(words[layer])]), `r${'r'.repeat(shown.length)}r`);
}

const LISTED = 15;

function nodes({ places, nodes: { top, random, agreement, scores } }: Pairs): string {
  return `${table(['node', 'at', 'score', 'really patched', 'by other words'], top.slice(0, LISTED).map(({ name, place, score, patched }) =>
    [name, token(places[place]), withInterval(score), withInterval(patched!), size(patched!)]), 'llrrr')}

${LISTED} of ${scores.flat().filter((value) => value !== null).length}. Of the ${top.length} largest, scores and patches agree with r = ${fixed(agreement!)}; ${top.length} others drawn at random change ${fixed(random!, 3)} on average when patched.`;
}

function direct({ direct: written }: Pairs): string {
  const sorted = [...written].sort((a, b) => Math.abs(b.change.mean) - Math.abs(a.change.mean));
  const sum = written.reduce((total, { change }) => total + change.mean, 0);
  return `${table(['part', 'variant less original', 'by other words'], sorted.slice(0, LISTED).map(({ name, change }) => [name, withInterval(change), size(change)]), 'lrr')}

${LISTED} of ${written.length}; together they are the whole difference, ${signed(sum)}.`;
}

function latents({ places, latents: found }: Pairs): string {
  const { top, total, random, agreement } = found!;
  return `${table(['latent', 'at', 'score', 'really patched', 'direct', 'by other words', 'active in originals, variants', 'stands for'], top.map((one) => [
    shortLatentName(one), token(places[one.place]), withInterval(one.score), one.patched ? withInterval(one.patched) : '', signed(one.direct.mean), size(one.score),
    `${percent(one.activeIn.original)}, ${percent(one.activeIn.variant)}`, one.description ?? '',
  ]), 'llrrrrrl')}

${top.length} of ${total}. Their scores and patches agree with r = ${fixed(agreement!)}; ${top.length} others drawn at random change ${fixed(random!, 3)} on average when patched.`;
}

function firing({ places, latents: found }: Pairs): string {
  const { latents: listed, original, variant } = found!.firing;
  const rows = listed.map((one, i) => {
    const strongest = (row: readonly number[]) => {
      const sum = row.reduce((total, value) => total + value, 0);
      if (sum === 0) return 'nowhere';
      const sorted = row.map((value, at) => ({ value, at })).sort((a, b) => b.value - a.value);
      const most = sorted.slice(0, 3).filter(({ value }) => value >= 0.1 * sum);
      if (most.length === 0) return 'spread over all';
      return most.map(({ value, at }) => `${at === places.length ? 'before the edit' : token(places[at])} ${fixed(value, 1)}`).join(', ');
    };
    return [shortLatentName(one), strongest(original[i]), strongest(variant[i])];
  });
  return table(['latent', 'most in originals', 'most in variants'], rows, 'lll');
}

function circuitNodes({ graph: { nodes: all, places }, without, ...part }: Circuit): string {
  const kept = all.filter(({ kind }) => kind !== 'logits' && kind !== 'remainder')
    .sort((a, b) => Math.abs(b.score!) - Math.abs(a.score!));
  const rows = kept.slice(0, MOST_ROWS).map((node) =>
    [nodeName(node), token(places[node.place!]), signed(node.score!), without?.[node.id] === undefined || without[node.id] === null ? '' : fixed(without[node.id]!)]);
  const left = kept.length - rows.length;
  return `${table(['node', 'at', 'score', 'faithfulness without it'], rows, 'llrr')}${left > 0 ? `\n\nand ${left} more; ${Math.round(part.nodesKept * part.total)} in all.` : ''}`;
}

const MOST_ROWS = 30;

function curve({ graph: { curve: points }, total }: Circuit): string {
  return table(['nodes', 'share of all', 'faithfulness', 'completeness', 'random nodes'], points.map(({ size: count, faithfulness, completeness, random }) =>
    [String(count), percent(count / total), orDash(faithfulness), orDash(completeness), orDash(random)]), 'rrrrr');
}

function edges({ graph: { nodes: all, edges: every, places } }: Circuit): string {
  const byId = new Map(all.map((node) => [node.id, node]));
  const name = (id: string) => {
    const node = byId.get(id)!;
    return `${nodeName(node)}${node.place === null || node.kind === 'logits' ? '' : ` at ${token(places[node.place])}`}`;
  };
  const shown = every.filter(({ kind }) => kind === 'edge').sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
  return `${table(['from', 'to', 'read as', 'score'], shown.slice(0, LISTED).map(({ from, to, input, score }) => [name(from), name(to), input ?? '', signed(score)]), 'lllr')}

${LISTED} of ${shown.length} between nodes of the circuit; what all others say to a node is kept in its remainder.`;
}

function checked({ check: { edges: all, correlation, sameSign, of }, graph: { places } }: Circuit): string {
  const at = (position: number | null) => {
    const place = places.find(({ tokens }) => position !== null && tokens.includes(position));
    return place ? token(place) : position === null ? '' : `#${position}`;
  };
  const where = ({ position, readAt }: (typeof all)[number]) => (readAt === undefined || readAt === position ? at(position) : `${at(position)} → ${at(readAt)}`);
  return `${table(['edge', 'at', 'score', 'really patched'], all.map((edge) =>
    [edge.name, where(edge), signed(edge.score), signed(edge.change)]), 'llrr')}

${sameSign} of ${of} change the answer in the direction of their score${correlation === null ? '' : `; correlation ${fixed(correlation)}`}.`;
}

function nodeName(node: CircuitNode): string {
  if (node.kind === 'latent' && node.site !== undefined) return `${shortLatentName({ site: node.site as never, latent: node.index! })}`;
  return node.kind === 'error' || node.kind === 'remainder' ? partWords(node) : node.label;
}

function token({ label }: CircuitPlace): string {
  return `\`${label.replaceAll('\n', '↵').replaceAll(' ', '·')}\``;
}

/** @param align a letter a column: l or r */
function table(heads: readonly string[], rows: readonly (readonly string[])[], align: string): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${[...align].map((one) => (one === 'r' ? '--:' : '---')).join('|')}|`, ...rows.map(line)].join('\n');
}

function fixed(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? (0).toFixed(digits) : text).replace('-', '−');
}

function signed(value: number): string {
  const text = fixed(value);
  return text.startsWith('−') ? text : `+${text}`;
}

const percent = (share: number) => `${fixed(100 * share, Math.abs(share) < 0.1 && share !== 0 ? 1 : 0)} %`;
const orDash = (share: number | null) => (share === null ? '–' : fixed(share));
const between = ({ low, high }: Pick<PairsEffect, 'low' | 'high'>) => (low === null || high === null ? '' : `(${signed(low)} to ${signed(high)})`);
const withInterval = (effect: PairsEffect) => `${signed(effect.mean)} ${between(effect)}`;
const size = ({ control }: PairsEffect) => (control === null ? '' : fixed(control, 3));
