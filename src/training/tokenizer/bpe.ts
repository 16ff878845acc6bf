/**
 * Byte-level byte-pair encoding, trained on word counts (Sennrich et al. 2016; byte alphabet of GPT-2).
 * Pairs live in a heap with lazy deletion, and a merge touches only the words that hold the pair, so 20 MB of
 * text takes seconds.
 */

/** GPT-2's splitting expression, as `ByteLevel(use_regex=true)` applies it. */
const WORD = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** `Digits(individual_digits=true)`: every digit is a piece of its own. */
const DIGITS = /\d|\D+/gu;

export interface BpeModel {
  /** The 256 bytes in byte order, then one token a merge; the text is GPT-2's printable form of the bytes. */
  tokens: string[];
  /** Pairs of printable tokens, in the order in which they are applied. */
  merges: [string, string][];
}

/** GPT-2's table from bytes to printable characters: what is printable stays, the rest moves above U+0100. */
export const BYTE_CHARACTERS: readonly string[] = (() => {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let moved = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : 256 + moved++));
})();

/** The printable form of a text's UTF-8 bytes. */
export function toByteCharacters(text: string): string {
  let out = '';
  for (const byte of Buffer.from(text, 'utf8')) out += BYTE_CHARACTERS[byte];
  return out;
}

/**
 * How often each word occurs after splitting. Words with non-ASCII characters are left out: no merge is learnt
 * for them, so they always encode as single bytes and no difference between Unicode versions can show.
 */
export function countWords(texts: Iterable<string>, counts = new Map<string, number>()): Map<string, number> {
  for (const text of texts) {
    for (const piece of text.match(DIGITS) ?? []) {
      for (const word of piece.match(WORD) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  // eslint-disable-next-line no-control-regex
  for (const word of counts.keys()) if (/[^\x00-\x7f]/.test(word)) counts.delete(word);
  return counts;
}

/** Learns merges until there are `size` tokens (the 256 bytes included) or no pair occurs twice. */
export function trainBpe(counts: ReadonlyMap<string, number>, size: number): BpeModel {
  if (size < 256) throw new RangeError(`A byte-level vocabulary needs at least 256 tokens, not ${size}.`);
  const words: number[][] = [];
  const frequency: number[] = [];
  for (const [word, count] of counts) {
    if (word.length < 2) continue;
    words.push([...Buffer.from(word, 'utf8')]);
    frequency.push(count);
  }
  const tokens = [...BYTE_CHARACTERS];
  const merges: [string, string][] = [];
  const pairs = new PairCounts();
  words.forEach((word, at) => {
    for (let i = 1; i < word.length; i++) pairs.add(word[i - 1], word[i], frequency[at], at);
  });
  pairs.settle();

  while (tokens.length < size) {
    const best = pairs.pop();
    if (!best || best.count < 2) break;
    const { left, right } = best;
    const merged = tokens.length;
    tokens.push(tokens[left] + tokens[right]);
    merges.push([tokens[left], tokens[right]]);
    for (const at of best.words) {
      const word = words[at];
      const count = frequency[at];
      let write = 0;
      for (let read = 0; read < word.length; ) {
        if (word[read] !== left || word[read + 1] !== right) {
          word[write++] = word[read++];
          continue;
        }
        if (write > 0) {
          pairs.add(word[write - 1], left, -count, at);
          pairs.add(word[write - 1], merged, count, at);
        }
        if (read + 2 < word.length) {
          pairs.add(right, word[read + 2], -count, at);
          // When the same pair follows at once, its own turn replaces this neighbour again.
          pairs.add(merged, word[read + 2], count, at);
        }
        word[write++] = merged;
        read += 2;
      }
      word.length = write;
    }
    pairs.forget(left, right);
    pairs.settle();
  }
  return { tokens, merges };
}

interface Pair {
  left: number;
  right: number;
  count: number;
  words: Set<number>;
}

/** Pair counts with a max-heap; ties go to the pair whose tokens are older, so training is deterministic. */
class PairCounts {
  private readonly pairs = new Map<number, Pair>();
  private readonly changed = new Set<number>();
  private readonly heap: { count: number; key: number }[] = [];

  add(left: number, right: number, count: number, word: number): void {
    const key = left * 65536 + right;
    let pair = this.pairs.get(key);
    if (!pair) this.pairs.set(key, (pair = { left, right, count: 0, words: new Set() }));
    pair.count += count;
    if (count > 0) pair.words.add(word);
    this.changed.add(key);
  }

  /** Pushes the pairs that changed; their older heap entries become stale. */
  settle(): void {
    for (const key of this.changed) {
      const pair = this.pairs.get(key);
      if (pair && pair.count > 0) this.push({ count: pair.count, key });
    }
    this.changed.clear();
  }

  /** The most frequent pair, or nothing when none is left. */
  pop(): Pair | undefined {
    for (let top = this.take(); top; top = this.take()) {
      const pair = this.pairs.get(top.key);
      if (pair && pair.count === top.count) return pair;
    }
    return undefined;
  }

  forget(left: number, right: number): void {
    this.pairs.delete(left * 65536 + right);
  }

  private before(a: number, b: number): boolean {
    const x = this.heap[a];
    const y = this.heap[b];
    return x.count !== y.count ? x.count > y.count : x.key < y.key;
  }

  private push(entry: { count: number; key: number }): void {
    let at = this.heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.before(at, parent)) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  private take(): { count: number; key: number } | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return top;
    this.heap[0] = last;
    for (let at = 0; ; ) {
      let best = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.heap.length && this.before(child, best)) best = child;
      }
      if (best === at) return top;
      this.swap(at, best);
      at = best;
    }
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b], this.heap[a]];
  }
}
