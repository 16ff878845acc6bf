/** Activations that the engine has read, kept while the text before a token is what was read. Knows nothing of VS Code. */
import { tokenOver } from '../code/token-effects';
import type { ActivationsAt } from '../../protocol/documents/latents';

/** How many readings are kept; of a long file each holds a part. */
const MOST = 12;

export interface Place {
  /** The document, and everything else that decides what the engine answers. */
  key: string;
  text: string;
  /** UTF-16. */
  offset: number;
}

/** A token of a reading: `reading.tokens[position]`. */
export interface ReadToken {
  reading: ActivationsAt;
  position: number;
  /** The lines that were read, from 1, where that is not all of the file. */
  lines: { first: number; last: number } | null;
}

interface Kept extends Place {
  /** The answer, or why there is none. */
  answer: ActivationsAt | Error;
}

export class ActivationCache {
  /** The one used last comes first. */
  private kept: Kept[] = [];
  private readonly pending = new Map<string, Promise<void>>();

  /**
   * The token at a place, read by one request for all tokens around it; null where there is none.
   * @param isCancelled whether nobody waits any more: then nothing is asked
   * @throws what `ask` throws, once for a line of a text
   */
  async get(place: Place, ask: (place: Place) => Promise<ActivationsAt>, isCancelled: () => boolean): Promise<ReadToken | null> {
    for (;;) {
      const found = this.find(place);
      if (found !== undefined || isCancelled()) return found ?? null;
      const pending = this.pending.get(place.key);
      if (pending) await pending.catch(() => undefined); // whoever asked is told
      else await this.read(place, ask);
    }
  }

  /** What is known without asking: null where there is no token, undefined where that has to be asked. */
  find({ key, text, offset }: Place): ReadToken | null | undefined {
    for (const kept of this.kept) {
      if (kept.key !== key) continue;
      const same = kept.text === text;
      if (kept.answer instanceof Error) {
        if (same && areInOneLine(text, kept.offset, offset)) return null;
        continue;
      }
      const { tokens, read } = kept.answer;
      const certain = same ? text.length : keptUntil(kept.answer, kept.text, text);
      const position = tokenOver(tokens, offset);
      if (position !== null && tokens[position].end! <= certain) {
        this.kept = [kept, ...this.kept.filter((other) => other !== kept)];
        return { reading: kept.answer, position, lines: linesRead(kept.text, read) };
      }
      if (same && (kept.offset === offset || (read.start <= offset && offset < read.end))) return null;
    }
    return undefined;
  }

  /** Forgets everything, also what is being asked. */
  clear(): void {
    this.kept = [];
    this.pending.clear();
  }

  private read(place: Place, ask: (place: Place) => Promise<ActivationsAt>): Promise<void> {
    const keep = (answer: ActivationsAt | Error) => {
      if (this.pending.get(place.key) !== reading) return;
      this.pending.delete(place.key);
      this.kept = [{ ...place, answer }, ...this.kept].slice(0, MOST);
    };
    const reading: Promise<void> = ask(place).then(keep, (error: Error) => {
      keep(error);
      throw error;
    });
    this.pending.set(place.key, reading);
    return reading;
  }
}

function areInOneLine(text: string, a: number, b: number): boolean {
  return !/[\r\n]/.test(text.slice(Math.min(a, b), Math.max(a, b)));
}

function linesRead(text: string, { start, end }: ActivationsAt['read']): ReadToken['lines'] {
  if (text.slice(0, start).trim() === '' && text.slice(end).trim() === '') return null;
  const line = (before: string) => before.split(/\r\n|\r|\n/).length;
  return { first: line(text.slice(0, start)), last: line(text.slice(0, end).trimEnd()) };
}

/**
 * The offset up to which a reading of a text answers for another text: what is certain of its tokens, if the model read all of the
 * one and reads all of the other. Of a text that is read in pieces an edit anywhere may move the places where these begin.
 */
function keptUntil({ tokens, read, room }: ActivationsAt, before: string, now: string): number {
  const whole = read.start === 0 && read.end === before.length;
  return whole && mostTokens(tokens, before, now) <= room ? certainUntil(before, now) : 0;
}

/** The most tokens that a text can have after an edit: those before and after it, and one for each byte between them. */
export function mostTokens(tokens: readonly Range[], before: string, now: string): number {
  if (before === now) return tokens.length;
  const certain = certainUntil(before, now);
  const longer = now.length - before.length;
  const again = sameAfter(before, now, certain);
  let [from, to, kept] = [0, now.length, 0];
  for (const { start, end } of tokens) {
    if (start !== null && end !== null) {
      if (end <= certain) from = Math.max(from, end);
      else if (start >= again) to = Math.min(to, start + longer);
      else continue;
    }
    kept++;
  }
  return kept + new TextEncoder().encode(now.slice(from, to)).length;
}

type Range = Pick<ActivationsAt['tokens'][number], 'start' | 'end'>;

/** The offset in `before` from which on both texts, and what a tokenizer makes of them, are the same again. */
function sameAfter(before: string, now: string, certain: number): number {
  const longer = now.length - before.length;
  let at = before.length;
  while (at > certain && at + longer > certain && before.charCodeAt(at - 1) === now.charCodeAt(at - 1 + longer)) at--;
  for (const pattern of [/\S/, /\s/, /\S/]) while (at < before.length && pattern.test(before[at])) at++;
  return at;
}

/**
 * The offset up to which a text's tokens, and what a causal model made of them, are as they were in the text that was read; its length
 * when both are equal. Tokenizers cut texts into words first and never merge over a word's border, but a run of white space may join
 * the word after it or the signs before it: so what is certain ends with the word before the one that was changed.
 */
export function certainUntil(read: string, now: string): number {
  if (read === now) return now.length;
  let at = 0;
  while (at < read.length && at < now.length && read.charCodeAt(at) === now.charCodeAt(at)) at++;
  const back = (pattern: RegExp) => {
    while (at > 0 && pattern.test(now[at - 1])) at--;
  };
  back(/\S/);
  back(/\s/);
  back(/\S/);
  return at;
}
