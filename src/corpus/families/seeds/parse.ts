/** A hand-written program with what it raises (`no error` if nothing), as its heading in the text says. */
export interface SeedProgram {
  error: string;
  code: string;
}

/** Splits a text of programs, each headed by a line `#--- <error>`. Throws a RangeError on text before a heading. */
export function parseSeeds(text: string): SeedProgram[] {
  const [start, ...parts] = text.split(/^#---/m);
  if (start!.trim() !== '') throw new RangeError(`Seed programs must follow a "#---" heading, found: ${start!.trim()}`);
  return parts.map((part) => {
    const end = part.indexOf('\n');
    return { error: part.slice(0, end).trim(), code: part.slice(end + 1).replace(/\s+$/, '') };
  });
}
