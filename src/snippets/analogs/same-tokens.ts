/** Replacements that keep the tokens: as many in each word that is replaced, and divided at the same places around it. */
import { placeInCode, promptTokens, renderPrompt, toSource, type Prompt } from '../prompts/prompts';
import type { Template } from '../prompts/templates';
import type { CodeTokenizer } from '../tokenizer/tokenizer';
import type { Token } from '../tokenizer/ranges';
import { inPair, type Analog, type AnalogPlan, type SlotPlace, type Substitution } from './plan';
import type { ProgramPair, Side } from './pair';
import type { Fits } from './draw';
import type { Key, Slot } from './slots';
import { written } from './word-forms';

/** How programs are read. */
export interface Tokenized {
  tokenizer: CodeTokenizer;
  template: Template;
}

const SIDES = ['original', 'variant'] as const;

export class SameTokens {
  private readonly wanted: Record<Side, string[]>;
  private readonly known = new Map<string, boolean>();
  private readonly contexts = new Map<Key, Map<string, Context>>();

  constructor(
    private readonly plan: AnalogPlan,
    private readonly how: Tokenized,
  ) {
    for (const side of SIDES) for (const slot of plan.slots[side]) this.addContext(plan.pair[side], slot);
    const places = (side: Side) => plan.slots[side].map(({ start, end }) => ({ from: start, to: end, start, end }));
    this.wanted = { original: this.layout(plan.pair, 'original', places('original')), variant: this.layout(plan.pair, 'variant', places('variant')) };
  }

  /** Whether a replacement has as many tokens as what it replaces, as far as the word alone can tell. */
  readonly fits: Fits = (key, text) => {
    const name = `${key} ${text}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const found = this.fitsAll(key, text);
    this.known.set(name, found);
    return found;
  };

  private fitsAll(key: Key, text: string): boolean {
    return [...(this.contexts.get(key)?.values() ?? [])].every(
      ({ before, form, behind, layout }) => this.divided(before, form ? written(text, form) : text, behind) === layout,
    );
  }

  /** Whether both prompts are divided as those of the given pair are. What is found not to fit where it stands fits no more. */
  agree(analog: Analog, substitution: Substitution): boolean {
    return SIDES.map((side) => {
      const found = this.layout(analog, side, analog.places[side]);
      if (found.join() === this.wanted[side].join()) return true;
      const [here, there] = [counted(found), counted(this.wanted[side])];
      for (const { start, key } of this.plan.slots[side]) {
        const text = substitution.get(key);
        const differs = [`${start}`, `${start}+`].some((place) => here.get(place) !== there.get(place));
        if (differs && text !== undefined) this.known.set(`${key} ${text}`, false);
      }
      return false;
    }).every((same) => same);
  }

  private addContext(code: string, { start, end, key, form }: Slot): void {
    const head = /[^\s]?[\p{L}\p{N}_]*$/u.exec(code.slice(Math.max(0, start - 60), start))![0];
    const before = head === '' && code[start - 1] === ' ' ? ' ' : head;
    const behind = /^[\p{L}\p{N}_]*/u.exec(code.slice(end, end + 60))![0];
    const layout = this.divided(before, code.slice(start, end), behind);
    const contexts = this.contexts.get(key) ?? new Map<string, Context>();
    contexts.set(JSON.stringify([before, form, behind]), { before, form, behind, layout });
    this.contexts.set(key, contexts);
  }

  /** How many tokens begin in a word, and where else they do. */
  private divided(before: string, word: string, behind: string): string {
    const tokens = this.how.tokenizer.encode(before + word + behind, { bos: false });
    const end = before.length + word.length;
    return tokens.map(({ start }) => (start <= before.length ? start : start < end ? '+' : start - word.length)).join();
  }

  /** Where the tokens of a prompt begin, in the given pair's offsets; inside of a slot only how many do. */
  private layout(pair: ProgramPair, side: Side, places: readonly SlotPlace[]): string[] {
    const prompt = renderPrompt(this.how.template, pair[side], this.how.tokenizer.chat);
    return promptTokens(this.how.tokenizer, prompt).map((token) => beginning(prompt, token, places));
  }
}

function counted(places: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}

interface Context {
  before: string;
  form: Slot['form'];
  behind: string;
  layout: string;
}

function beginning(prompt: Prompt, { start }: Token, places: readonly SlotPlace[]): string {
  const place = placeInCode(prompt, { start, end: start + 1 });
  if (place === 'ahead') return `before ${start}`;
  if (typeof place === 'string') return `behind ${start - prompt.text.length}`;
  const { offset, inside } = inPair(places, toSource(prompt, start));
  return inside ? `${offset}+` : String(offset);
}
