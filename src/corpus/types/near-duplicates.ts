/**
 * Near duplicates: a function whose 5-grams of tokens were mostly seen in functions before it. Names count, white space and comments do
 * not; numbers and strings are each one token.
 */
const N = 5;
/** Of a long function one hash in this many is kept, chosen by its value, so the same ones everywhere. */
const KEEP_ONE_IN = 4;
const SHORT = 60;

const TOKEN = /\/\/[^\n]*|\/\*[^]*?\*\/|#[^\n]*|[A-Za-z_$][\w$]*|\d[\w.]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[^\s]/g;

/** The hashes of a function's 5-grams. */
export function gramsOf(code: string): number[] {
  const tokens = (code.match(TOKEN) ?? []).flatMap((token) => {
    if (/^(\/\/|\/\*|#(?!\w+\b\s*[=;(:]))/.test(token)) return [];
    return /^\d/.test(token) ? ['0'] : /^["']/.test(token) ? ['""'] : [token];
  });
  const grams = new Set<number>();
  for (let i = 0; i + N <= tokens.length; i++) {
    let hash = 0x811c9dc5;
    for (let j = i; j < i + N; j++) {
      for (let k = 0; k < tokens[j].length; k++) hash = Math.imul(hash ^ tokens[j].charCodeAt(k), 0x01000193);
      hash = Math.imul(hash ^ 0x20, 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
    if (tokens.length < SHORT || hash % KEEP_ONE_IN === 0) grams.add(hash);
  }
  return [...grams];
}

export class SeenCode {
  private readonly seen = new Set<number>();

  /** @param most share of a function's 5-grams that may have been seen */
  constructor(private readonly most = 0.7) {}

  /** Whether a function is new; its 5-grams are then seen. One of under eight 5-grams is too short to tell, and new. */
  isNew(grams: readonly number[]): boolean {
    if (grams.length >= 8) {
      const known = grams.reduce((sum, gram) => sum + Number(this.seen.has(gram)), 0);
      if (known > this.most * grams.length) return false;
    }
    this.add(grams);
    return true;
  }

  add(grams: readonly number[]): void {
    for (const gram of grams) this.seen.add(gram);
  }
}
