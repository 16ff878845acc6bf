/** Simple explanations of a type: what could be said without reading what is done with it. Each is scored beside the model. */
import type { Languages } from '../../engine/languages';
import { arrangeHole } from '../../engine/reading/around-place';
import { withOpenAnswers } from '../../engine/reading/open-answers';
import { readProgram } from '../../engine/reading/program';
import type { Question } from '../../engine/reading/question';
import type { LoadedModel } from '../../engine/session/load';
import { predictBehind } from '../../methods/prediction/prediction';
import type { TypeSite } from '../../snippets/judge/judge';
import type { AskedText } from '../programs/text';

/** What each says, in words. */
export const EXPLANATIONS = {
  nameAlone: 'what the model says of the name alone',
  sameName: 'the type that the same name has elsewhere in the code',
  nearest: 'the annotation that stands nearest',
  mostFrequent: 'the most frequent annotation of the code',
} as const;
export type Explanation = keyof typeof EXPLANATIONS;

/** Null where it says nothing: no other annotation, no such name. */
export type Explained = Record<Explanation, string | null>;

export async function explained(
  loaded: LoadedModel, question: Question, { code, hole, truth }: AskedText, language: string, languages: Languages, signal?: AbortSignal,
): Promise<Explained> {
  const sites = (await languages.of(language)?.sites(code, signal)) ?? [];
  const own = sites.find((site) => site.hole.start === hole!.start);
  const others = sites.filter((site) => site !== own && site.written !== null);
  const named = others.filter(({ name }) => own !== undefined && name === own.name);
  return {
    nameAlone: own ? await nameAlone(loaded, question, own, language, truth, signal) : null,
    sameName: mostFrequent(named),
    nearest: nearest(others, hole!.start),
    mostFrequent: mostFrequent(others),
  };
}

function nearest(sites: readonly TypeSite[], at: number): string | null {
  if (sites.length === 0) return null;
  const distance = ({ hole }: TypeSite) => Math.abs(hole.start - at);
  return sites.reduce((a, b) => (distance(b) < distance(a) ? b : a)).written!.trim();
}

/** Of equally frequent ones the first. */
function mostFrequent(sites: readonly TypeSite[]): string | null {
  const counts = new Map<string, number>();
  for (const { written } of sites) counts.set(written!.trim(), (counts.get(written!.trim()) ?? 0) + 1);
  return counts.size === 0 ? null : [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** A program in which nothing but the name says what the type is. */
export function nameOnly({ name, site }: Pick<TypeSite, 'name' | 'site'>, language: string): { before: string; after: string } {
  const python = language === 'python';
  if (site === 'return') return python ? { before: `def ${name}() -> `, after: ':\n    ...\n' } : { before: `function ${name}(): `, after: ' {\n}\n' };
  if (site === 'parameter') return python ? { before: `def f(${name}: `, after: '):\n    ...\n' } : { before: `function f(${name}: `, after: ') {\n}\n' };
  return python ? { before: `${name}: `, after: '\n' } : { before: `let ${name}: `, after: ';\n' };
}

async function nameAlone(
  loaded: LoadedModel, question: Question, site: TypeSite, language: string, truth: string, signal?: AbortSignal,
): Promise<string | null> {
  const { before, after } = nameOnly(site, language);
  const hole = { start: before.length, end: before.length + truth.length };
  const program = readProgram(loaded, question, arrangeHole(loaded, question, { file: null, text: before + truth + after, hole }));
  const made = await loaded.model.run([program.ids], { cache: true, signal });
  const { answers } = await withOpenAnswers(loaded, question, program, null, { made, signal });
  return (await predictBehind(loaded.model, program.ids, answers, { made, topK: 1, signal })).prediction.label;
}
