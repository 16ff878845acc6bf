/** What holds over many pairs, in sentences. */
import { list } from '../../../findings/list';
import { signed } from '../../../findings/number';
import { percent } from '../../../findings/percent';
import type { Part } from '../../../protocol/analyses';

type PairsPart = Part<'pairs'>;

const MOST_NAMED = 3;
/** A layer is told to pass the difference on where as much of it is at another place than before. */
const HOLDS = 0.5;

export function pairsFindings(part: PairsPart): string[] {
  const { original, variant, prompts: { used }, metric: { positive, negative } } = part;
  const over = used === 1 ? 'in this pair' : `on average over ${used} pairs`;
  const between = ({ low, high }: { low: number | null; high: number | null }) =>
    (low === null || high === null ? '' : ` (95 %: ${signed(low)} to ${signed(high)})`);
  return [
    `logit(${positive}) − logit(${negative}) is ${signed(original.mean)}${between(original)} in the original and ${signed(variant.mean)}${between(variant)} in the variant, ${over}.`,
    ...withSaes(part), ...transitions(part), ...nodes(part), ...directly(part), ...latents(part),
  ];
}

function withSaes({ saes }: PairsPart): string[] {
  const whole = saes.find(({ sites }) => sites === 'all') ?? saes.at(-1);
  if (!whole) return [];
  const { count, withoutErrors, randomErrors } = whole;
  const told = ({ original, variant, signKept }: typeof withoutErrors) => `${signed(original)} and ${signed(variant)} (${percent(signKept)} of the programs keep the sign)`;
  return [`Through ${count === 1 ? 'its SAE' : `all ${count} SAEs`} without error terms it is ${told(withoutErrors)}; with errors of the same length in random directions ${told(randomErrors)}.`];
}

const place = ({ places }: PairsPart, at: number) => JSON.stringify(places[at].label);

/** Where the residual stream holds the difference, layer by layer: at which place most of it. */
function transitions(part: PairsPart): string[] {
  const { mean, control } = part.patching;
  const largest = mean.map((row) => {
    const sizes = row.map((value) => Math.abs(value ?? 0));
    return sizes.indexOf(Math.max(...sizes));
  });
  const stretches: { from: number; to: number; at: number }[] = [];
  largest.forEach((at, layer) => {
    const last = stretches.at(-1);
    if (last?.at === at) last.to = layer;
    else stretches.push({ from: layer, to: layer, at });
  });
  const told = stretches.map(({ from, to, at }) => {
    const shares = mean.slice(from, to + 1).map((row) => row[at] ?? 0);
    const words = Math.max(...control.slice(from, to + 1).map((row) => Math.abs(row[at] ?? 0)));
    const layers = from === to ? `before layer ${from}` : `before layers ${from} to ${to}`;
    const [least, most] = [percent(Math.min(...shares)), percent(Math.max(...shares))];
    return `${layers} ${place(part, at)} (${least === most ? least : `${least} to ${most}`}${part.prompts.used === 1 ? '' : `; other words alone ${percent(words)}`})`;
  });
  const held = mean.some((row, layer) => Math.abs(row[largest[layer]] ?? 0) >= HOLDS);
  return [`Patched from the twin, the residual stream takes most of the difference along ${list(told)}${held ? '' : '; no single place takes half of it'}.`];
}

function nodes(part: PairsPart): string[] {
  const { top, random, agreement } = part.nodes;
  if (top.length === 0) return [];
  const named = top.slice(0, MOST_NAMED).map(({ name, place: at, patched }) => `${name} at ${place(part, at)} (${signed(patched!.mean)})`);
  return [
    `Of heads and MLPs the largest scores have ${list(named)}, in logits when really patched by themselves`
    + `${random === null ? '' : `; others drawn at random change ${random.toFixed(3)} on average`}.`
    + `${agreement === null ? '' : ` Of ${top.length}, scores and patches agree with r = ${agreement.toFixed(2)}.`}`,
  ];
}

function directly(part: PairsPart): string[] {
  const sorted = [...part.direct].sort((a, b) => Math.abs(b.change.mean) - Math.abs(a.change.mean)).slice(0, MOST_NAMED);
  const told = sorted.map(({ name, change: { mean, control } }) => `${name} ${signed(mean)}${control === null ? '' : ` (other words alone ${control.toFixed(2)})`}`);
  return [`What changes the logits directly from the original to the variant is, first of all, ${list(told)}.`];
}

function latents(part: PairsPart): string[] {
  if (!part.latents || part.latents.top.length === 0) return [];
  const { top, total, random, agreement } = part.latents;
  const named = top.slice(0, MOST_NAMED).map(({ name, place: at, patched }) => `${name} at ${place(part, at)}${patched ? ` (${signed(patched.mean)})` : ''}`);
  return [
    `Of ${total} latents at places the largest scores have ${list(named)}`
    + `${random === null ? '' : `; others drawn at random change ${random.toFixed(3)} on average`}.`
    + `${agreement === null ? '' : ` Of ${top.length}, scores and patches agree with r = ${agreement.toFixed(2)}.`}`,
  ];
}
