/** What the code carries of a patching result: an effect for each token at a layer. */
import { ownStart } from '../../protocol/reading/code-parts';
import type { Explanation } from '../../protocol/documents/explanation';

export interface TokenEffect {
  position: number;
  /** Range in the file. */
  start: number;
  end: number;
  /** 0 changes nothing; 1, where it is normalised, all of the difference. */
  effect: number;
  /** Whether `effect` is a share of the logit difference; otherwise it is in logits. */
  normalised: boolean;
  /** Whether it is an estimate: this patch was not made. */
  estimated: boolean;
}

/** The effects at a layer, of tokens that have a place in the file; a token of several characters' parts is drawn once. */
export function tokenEffects({ patching, tokens, source }: Explanation, layer: number): TokenEffect[] {
  const row = (patching?.effect ?? patching?.logitDifference)?.[layer];
  if (!patching || !row) return [];
  const own = ownStart(source);
  const { direction, clean, corrupted } = patching;
  const [top, bottom] = patching.effect ? [1, 0] : [clean, corrupted];
  return tokens.flatMap(({ start, end }, position) => {
    const value = row[position];
    if (value === null || start === null || end === null || end <= start || start < own) return [];
    const effect = direction === 'denoising' ? value - bottom : top - value;
    const estimated = patching.measured?.[layer][position] === false;
    return [{ position, start, end, effect, normalised: patching.effect !== null, estimated }];
  });
}

/** The effect that gets the strongest colour: 1 where it is a share, else the largest of all. */
export function effectLimit(explanation: Explanation): number {
  const { patching } = explanation;
  if (!patching) return 1;
  if (patching.effect) return 1;
  const all = patching.logitDifference.flatMap((_, layer) => tokenEffects(explanation, layer));
  return all.reduce((largest, { effect }) => Math.max(largest, Math.abs(effect)), 1e-6);
}

/**
 * The layer to show until the reader chooses one: the middle one, where neither the edit nor the answer is all; if the code holds little
 * there, as the effect has moved to the question already, the nearest layer below, else above, where it holds half of its most.
 */
export function usualLayer(explanation: Explanation): number {
  const layers = explanation.patching?.logitDifference.length ?? 0;
  const middle = Math.floor(layers / 2);
  const held = Array.from({ length: layers }, (_, layer) =>
    tokenEffects(explanation, layer).reduce((largest, { effect }) => Math.max(largest, Math.abs(effect)), 0),
  );
  const enough = Math.max(...held) / 2;
  const nearest = [...held.keys()].sort((a, b) => Number(a > middle) - Number(b > middle) || Math.abs(a - middle) - Math.abs(b - middle));
  return nearest.find((layer) => held[layer] >= enough) ?? middle;
}

/** The token that an offset of the file is in; of a character of several tokens the last, with which it has been read. */
export function tokenOver(tokens: Explanation['tokens'], offset: number): number | null {
  const position = tokens.findLastIndex(({ start, end }) => start !== null && end !== null && start <= offset && offset < end);
  return position >= 0 ? position : null;
}

/** The token at an offset of the file; the one after it at a border. */
export function tokenAt({ tokens }: Pick<Explanation, 'tokens'>, offset: number): number | null {
  const inside = (position: number) => {
    const { start, end } = tokens[position];
    return start !== null && end !== null && start <= offset && offset < end;
  };
  const at = tokens.findIndex((_, position) => inside(position));
  if (at >= 0) return at;
  const before = tokens.findLastIndex(({ end }) => end === offset);
  return before >= 0 ? before : null;
}
