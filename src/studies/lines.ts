/** Lines of a file, one after the other: by line feeds alone, as JSON may hold all other ends of lines. */
import { createReadStream } from 'node:fs';

export interface Line {
  text: string;
  /** From 1. */
  number: number;
  /** Whether a line feed ends it. */
  whole: boolean;
}

export async function* linesOf(file: string): AsyncGenerator<Line> {
  let number = 0;
  let begun: Buffer[] = [];
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      begun.push(chunk.subarray(from, end));
      yield { text: Buffer.concat(begun).toString('utf8'), number: ++number, whole: true };
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield { text: Buffer.concat(begun).toString('utf8'), number: ++number, whole: false };
}
