/** Finding the added tokens (`<|endoftext|>`, `<fim_prefix>`, runs of spaces) in a text, as the original library does. */
export interface AddedToken {
  id: number;
  content: string;
  /** Only where no letter, digit or underscore stands beside it. */
  single_word: boolean;
  /** Takes the white space before it along. */
  lstrip: boolean;
  /** Takes the white space after it along. */
  rstrip: boolean;
  /** Looked for in the normalized text rather than in the text as it is. */
  normalized: boolean;
}

/** A part of a text: an added token, or what lies between two of them (`token` null). UTF-16 offsets. */
export interface Section {
  start: number;
  end: number;
  token: AddedToken | null;
}

interface Node {
  next: Map<number, Node>;
  token: AddedToken | null;
}

const SPACE = /\p{White_Space}/u;
const WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

export class AddedTokens {
  private readonly root: Node = { next: new Map(), token: null };

  /** @param spelling how each token's content stands in the texts that will be searched */
  constructor(
    private readonly tokens: readonly AddedToken[],
    private readonly spelling: (content: string) => string = (content) => content,
  ) {
    for (const token of tokens) {
      const content = spelling(token.content);
      if (content === '') continue;
      let node = this.root;
      for (let i = 0; i < content.length; i++) {
        const unit = content.charCodeAt(i);
        let next = node.next.get(unit);
        if (!next) node.next.set(unit, (next = { next: new Map(), token: null }));
        node = next;
      }
      node.token = token;
    }
  }

  /** Those that are none of some texts. */
  without(texts: ReadonlySet<string>): AddedTokens {
    return new AddedTokens(this.tokens.filter(({ content }) => !texts.has(content)), this.spelling);
  }

  /** The leftmost tokens, of those at one place the longest; no empty section lies between them. */
  split(text: string): Section[] {
    const sections: Section[] = [];
    let done = 0;
    for (let at = 0; at < text.length; ) {
      const found = this.longest(text, at);
      if (!found) {
        at++;
        continue;
      }
      const { token } = found;
      let [start, end] = [at, found.end];
      at = end;
      if (token.single_word && (wordEnds(text, start) || wordStarts(text, end))) continue;
      if (token.lstrip) while (start > done && SPACE.test(text[start - 1])) start--;
      if (token.rstrip) while (end < text.length && SPACE.test(text[end])) end++;
      if (done < start) sections.push({ start: done, end: start, token: null });
      sections.push({ start, end, token });
      done = end;
    }
    if (done < text.length) sections.push({ start: done, end: text.length, token: null });
    return sections;
  }

  private longest(text: string, start: number): { end: number; token: AddedToken } | null {
    let found: { end: number; token: AddedToken } | null = null;
    let node: Node | undefined = this.root;
    for (let end = start; (node = node.next.get(text.charCodeAt(end))); ) {
      end++;
      if (node.token) found = { end, token: node.token };
    }
    return found;
  }
}

function wordEnds(text: string, at: number): boolean {
  const last = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1);
  return last !== undefined && WORD.test(last);
}

function wordStarts(text: string, at: number): boolean {
  return at < text.length && WORD.test(String.fromCodePoint(text.codePointAt(at)!));
}
