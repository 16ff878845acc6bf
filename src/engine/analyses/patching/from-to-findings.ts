/** What a patch from one place to another did, in sentences, beside what the same from other tokens does. */
import { answerChange } from '../../../findings/answering';
import { list } from '../../../findings/list';
import { fixed, signed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import type { Part } from '../../../protocol/analyses';

type Value = Part<'fromTo'>;

const MOST_NAMED = 3;
const SAID = { original: 'the program', variant: 'the variant' } as const;

/** @param read what the first patch's places that are read are called; `into` all positions of the run that is changed */
export function fromToFindings(value: Value, read: readonly string[], into: readonly string[]): string[] {
  return [effect(value, read, into), controls(value), written(value), matrix(value)].filter((sentence) => sentence !== null);
}

const token = (text: string) => JSON.stringify(text);

/** What is read, in which runs. */
function sourceWords({ patches: [{ from }], read, how, map }: Value, names: readonly string[]): string {
  const runs = new Set(from.map(({ run }) => run));
  const of = (run: string | undefined) => (run === undefined ? SAID[read] : SAID[run as keyof typeof SAID] ?? run);
  const said = from.map(({ layer, run }, i) => `${names[i]} in layer ${layer}${runs.size > 1 ? ` of ${of(run)}` : ''}`);
  const more = from.length > MOST_NAMED ? ` and ${from.length - MOST_NAMED} others` : '';
  const others = from.length > runs.size ? ' and other places' : '';
  const sources = runs.size > MOST_NAMED
    ? `${names[0]} in layer ${from[0].layer}${others} of ${runs.size} programs`
    : `${list(said.slice(0, MOST_NAMED))}${more}${runs.size > 1 ? '' : ` of ${of(from[0].run)}`}`;
  const by = map ? `, mapped by ${map.kind === 'map' ? map.file : 'the tuned lens'},` : '';
  return `${how === 'mean' ? 'the mean of ' : ''}${sources}${by}`;
}

function effect(value: Value, names: readonly string[], targets: readonly string[]): string {
  const { patches, before, after, metric, into } = value;
  const [{ to }] = patches;
  const others = patches.length > 1 ? `, and ${patches.length - 1} more` : '';
  const where = `${targets[to.position]} in layer ${to.layer}${into === 'original' || into === 'variant' ? ` of ${SAID[into]}` : ''}`;
  const answering = ({ answers }: typeof before) => ({ label: answers[0].label, answers });
  const says = before.answers.length > 0 ? answerChange(answering(before), answering(after)) : tokenChange(before.top[0], after.top[0]);
  const moved = metric ? `; logit(${metric.positive}) − logit(${metric.negative}) goes from ${signed(before.metric!)} to ${signed(after.metric!)}` : '';
  return `With ${sourceWords(value, names)} put to ${where}${others}, ${says}${moved}.`;
}

function tokenChange(was: Value['before']['top'][number], now: Value['before']['top'][number]): string {
  const [before, after] = [percent(was.probability), percent(now.probability)];
  return was.text === now.text
    ? `the model still says ${token(now.text)} (${after}, before ${before})`
    : `the model says ${token(now.text)} (${after}) instead of ${token(was.text)} (${before})`;
}

function controls({ control, before, after }: Value): string | null {
  if (!control) return null;
  const tokens = `${control.count} other token${control.count === 1 ? '' : 's'} drawn at random`;
  const same = `the most probable token is that of the patch ${control.sameToken} time${control.sameToken === 1 ? '' : 's'}`;
  const change = control.change === null ? '' : `moves it by ${fixed(control.change)} logits on average, against ${fixed(Math.abs(after.metric! - before.metric!))}, and `;
  return `The same from ${tokens} ${change === '' ? `gives: ${same}` : `${change}${same}`}.`;
}

function written({ before, after }: Value): string | null {
  if (!before.written || !after.written) return null;
  if (before.written.text === after.written.text) return `It writes the same with the patch as without: ${token(after.written.text)}.`;
  return `With the patch it writes ${token(after.written.text)}, without it ${token(before.written.text)}.`;
}

function matrix({ matrix: found, before }: Value): string | null {
  if (!found) return null;
  const metricOf = (from: number, to: number) => found.metric?.[from][to] ?? null;
  const cells = found.top.flatMap((row, from) => row.map(({ text }, to) => ({ from, to, text, metric: metricOf(from, to) })));
  const others = cells.filter(({ text }) => text !== before.top[0].text).length;
  const change = ({ metric }: (typeof cells)[number]) => Math.abs(metric! - before.metric!);
  const most = found.metric && cells.reduce((a, b) => (change(b) > change(a) ? b : a));
  const largest = most ? ` The largest change is from layer ${most.from} into layer ${most.to}, to ${signed(most.metric!)}.` : '';
  return `Of all ${cells.length} pairs of layers, ${others} make another token the most probable.${largest}`;
}
