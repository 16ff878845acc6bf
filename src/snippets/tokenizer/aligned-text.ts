/** A text made from another one: every UTF-16 unit knows the range of the other text that it stands for. */
export class AlignedText {
  /**
   * @param starts for each unit of `text` where its range begins, UTF-16
   * @param ends where it ends; equal to the start for a unit that was inserted
   */
  private constructor(
    readonly text: string,
    readonly starts: Uint32Array,
    readonly ends: Uint32Array,
  ) {}

  /** A text that stands for itself, character by character. A lone surrogate becomes U+FFFD, as in UTF-8 it must. */
  static of(text: string): AlignedText {
    const starts = new Uint32Array(text.length);
    const ends = new Uint32Array(text.length);
    for (let at = 0; at < text.length; ) {
      const next = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
      starts.fill(at, at, next);
      ends.fill(next, at, next);
      at = next;
    }
    return new AlignedText(text.toWellFormed(), starts, ends);
  }

  slice(from: number, to: number): AlignedText {
    if (from === 0 && to === this.text.length) return this;
    return new AlignedText(this.text.slice(from, to), this.starts.subarray(from, to), this.ends.subarray(from, to));
  }

  /** The text with characters exchanged for others of the same length. */
  exchanged(character: string, by: string): AlignedText {
    return this.text.includes(character) ? new AlignedText(this.text.replaceAll(character, by), this.starts, this.ends) : this;
  }

  /** The text with something inserted before it, which stands for nothing. */
  prepended(inserted: string): AlignedText {
    const [length, at] = [inserted.length, this.starts[0]];
    const shifted = (own: Uint32Array): Uint32Array => {
      const array = new Uint32Array(length + own.length).fill(at, 0, length);
      array.set(own, length);
      return array;
    };
    return new AlignedText(inserted + this.text, shifted(this.starts), shifted(this.ends));
  }

  /** The text with parts replaced; a replacement stands for all that its part stood for. The parts are in order and do not overlap. */
  replaced(parts: readonly { start: number; end: number; by: string }[]): AlignedText {
    if (parts.length === 0) return this;
    const length = parts.reduce((sum, { start, end, by }) => sum + by.length - (end - start), this.text.length);
    const starts = new Uint32Array(length);
    const ends = new Uint32Array(length);
    const texts: string[] = [];
    let from = 0;
    let to = 0;
    const keep = (until: number): void => {
      texts.push(this.text.slice(from, until));
      starts.set(this.starts.subarray(from, until), to);
      ends.set(this.ends.subarray(from, until), to);
      to += until - from;
    };
    for (const { start, end, by } of parts) {
      keep(start);
      texts.push(by);
      starts.fill(this.starts[start], to, to + by.length);
      ends.fill(this.ends[end - 1], to, to + by.length);
      to += by.length;
      from = end;
    }
    keep(this.text.length);
    return new AlignedText(texts.join(''), starts, ends);
  }
}
