/** TypeScript, TSX, JavaScript and JSX, with the TypeScript compiler as judge. */
import { Undecided, type Dropped, type JudgedLanguage, type TypeJudge } from '../../snippets/judge/judge';
import type { Program } from '../reading/program';
import type { Language } from './language';
import { importedFiles, type ImportedFiles, type Project } from './imported-files';
import { keptEdits, readOf } from './own-edit';

/** Edits of a program that are made and verified if nobody says how many; each takes the compiler a few milliseconds. */
const MOST_EDITS = 80;

const NOTHING_DROPPED: Dropped = { syntax: 0, errors: 0, type: 0, undecided: 0 };
const UNTOLD = { parses: true, exact: null, equivalent: null, overGeneral: null, checks: null, error: null };

/** @param project where files may be read that the code imports; null for nowhere */
export function typeScript(judge: TypeJudge, language: JudgedLanguage, project: Project | null = null): Language {
  let imported: Promise<ImportedFiles> | undefined;
  /** The code's language and what it imports, found when it is first needed. */
  const source = async (text: string, signal?: AbortSignal) => {
    if (!project) return { language };
    imported ??= importedFiles(judge, project, text, signal);
    imported.catch(() => (imported = undefined));
    const { files, folder } = await imported;
    return { language, files, folder };
  };
  const around = async ({ text, place }: Program, signal?: AbortSignal) =>
    ({ ...(await source(text, signal)), before: text.slice(0, place!.start), after: text.slice(place!.end) });
  return {
    name: language === 'typescript' || language === 'tsx' ? 'TypeScript' : 'JavaScript',
    sites: async (text, signal) => (await judge.sites({ language, text }, signal)).sites,
    knowledge: {
      async needs(text, { start, end }, signal) {
        const without = text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
        try {
          const { readings, types } = await judge.around({ language, text: without, offset: start }, signal);
          return { readings: readings.slice(1), types };
        } catch (error) {
          if (!(error instanceof Undecided)) throw error;
          return { readings: [], types: [] };
        }
      },
      isCurrent: async () => (await imported)?.isCurrent() ?? true,
      async truth(program, signal) {
        const { text, place } = program;
        const written = text.slice(place!.start, place!.end).trim() || null;
        try {
          const asked = { ...(await around(program, signal)), written };
          const { declared, inferred, any, errorCount, unresolved } = await judge.hole(asked, signal);
          const label = written ?? (any === null ? inferred : null);
          if (label === null) return null;
          const errors = errorCount === 0 ? '' : `The code has ${errorCount} error${errorCount === 1 ? '' : 's'} as it stands.`;
          const note = [errors, unknownWords(unresolved, project !== null)].filter(Boolean).join(' ');
          const means = declared !== null && declared !== written ? `\`${declared}\`` : null;
          return { label, message: means, line: null, by: written === null ? 'TypeScript' : 'the code', ...(note && { note }) };
        } catch (error) {
          if (!(error instanceof Undecided)) throw error;
          return written === null ? null : { label: written, message: null, line: null, by: 'the code', note: error.message };
        }
      },
      async edits(program, signal, most = MOST_EDITS) {
        try {
          const asked = { ...(await source(program.text, signal)), text: program.text, hole: program.place! };
          const found = await judge.edits({ ...asked, within: readOf(program), most }, signal);
          return keptEdits(program, found, async (edits, _, aborted) => {
            return (await judge.verify({ ...asked, tried: [...edits] }, aborted)).map(({ kept }) => kept);
          });
        } catch (error) {
          if (!(error instanceof Undecided)) throw error;
          return { ...keptEdits(program, { edits: [], dropped: NOTHING_DROPPED }, () => Promise.resolve([])), why: error.message };
        }
      },
      async verdicts(program, truth, answers, signal) {
        try {
          const verdicts = await judge.candidates({ ...(await around(program, signal)), truth, candidates: [...answers] }, signal);
          return verdicts.map(({ candidate: _, assignable: __, ...verdict }) => verdict);
        } catch (error) {
          if (!(error instanceof Undecided)) throw error;
          return answers.map(() => ({ ...UNTOLD, undecided: error.message }));
        }
      },
    },
  };
}

/** Modules whose types the compiler does not know, as a sentence. */
function unknownWords(modules: readonly string[], reads: boolean): string {
  if (modules.length === 0) return '';
  const names = modules.slice(0, MOST_NAMED).map((name) => `\`${name}\``).join(', ');
  const more = modules.length > MOST_NAMED ? ` and ${modules.length - MOST_NAMED} more` : '';
  const why = reads ? ': only files in the folder are read' : ': it reads this file alone';
  return `What is imported from ${names}${more} is not known to the compiler${why}.`;
}

const MOST_NAMED = 4;
