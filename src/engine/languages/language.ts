/** A language: where in its code types stand, and what is true of them. A third one is a file beside this one. */
import type { Knowledge } from '../reading/knowledge';
import { changed } from '../../snippets/judge/changes';
import { siteAt, type TypeSite } from '../../snippets/judge/judge';

export interface Language {
  /** As people call it. */
  name: string;
  /** All places for types of a text, in its order. */
  sites(text: string, signal?: AbortSignal): Promise<readonly TypeSite[]>;
  knowledge: Knowledge;
}

/** The place for a type that a cursor means, in the code with what has to be put in first. */
export interface TypePlace {
  text: string;
  start: number;
  end: number;
  site: TypeSite;
}

/** The place for a type that a cursor means. @throws a sentence where it means none */
export async function typePlaceAt(language: Language, text: string, offset: number, signal?: AbortSignal): Promise<TypePlace> {
  const site = siteAt(await language.sites(text, signal), offset);
  if (!site) throw new Error('No type can stand here. Put the cursor on a parameter, a variable, a property or a function.');
  return { text: changed(text, site.changes), start: site.hole.start, end: site.hole.end, site };
}

/** Where what changes put in stands in the changed text. */
export function insertedBy(changes: readonly { start: number; end: number; replacement: string }[]): { start: number; end: number }[] {
  let shift = 0;
  return changes.map(({ start, end, replacement }) => {
    const at = start + shift;
    shift += replacement.length - (end - start);
    return { start: at, end: at + replacement.length };
  });
}
