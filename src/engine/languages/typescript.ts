/** TypeScript, TSX, JavaScript and JSX, with the TypeScript compiler as judge. */
import { Undecided, type JudgedLanguage, type TypeJudge } from '../../snippets/judge/judge';
import type { Program } from '../reading/program';
import type { Language } from './language';
import { ownEdit } from './own-edit';

/** Edits of a program that are made and verified; each takes the compiler a few milliseconds. */
const MOST_EDITS = 80;

const UNTOLD = { parses: true, exact: null, equivalent: null, overGeneral: null, checks: null, error: null };

export function typeScript(judge: TypeJudge, language: JudgedLanguage): Language {
  const around = ({ text, place }: Program) => ({ language, before: text.slice(0, place!.start), after: text.slice(place!.end) });
  return {
    name: language === 'typescript' || language === 'tsx' ? 'TypeScript' : 'JavaScript',
    sites: async (text, signal) => (await judge.sites({ language, text }, signal)).sites,
    knowledge: {
      async truth(program, signal) {
        const { text, place } = program;
        const written = text.slice(place!.start, place!.end).trim() || null;
        try {
          const { declared, inferred, any, errorCount } = await judge.hole({ ...around(program), written }, signal);
          const label = written ?? (any === null ? inferred : null);
          if (label === null) return null;
          const note = errorCount === 0 ? '' : `The code has ${errorCount} error${errorCount === 1 ? '' : 's'} as it stands.`;
          const means = declared !== null && declared !== written ? `\`${declared}\`` : null;
          return { label, message: means, line: null, by: written === null ? 'TypeScript' : 'the code', ...(note && { note }) };
        } catch (error) {
          if (!(error instanceof Undecided)) throw error;
          return written === null ? null : { label: written, message: null, line: null, by: 'the code', note: error.message };
        }
      },
      async edits(program, signal) {
        const { text, place } = program;
        try {
          const { edits } = await judge.edits({ language, text, hole: place!, most: MOST_EDITS }, signal);
          return edits.flatMap((edit) => ownEdit(program, edit) ?? []);
        } catch (error) {
          if (error instanceof Undecided) return [];
          throw error;
        }
      },
      async verdicts(program, truth, answers, signal) {
        try {
          const verdicts = await judge.candidates({ ...around(program), truth, candidates: [...answers] }, signal);
          return verdicts.map(({ candidate: _, assignable: __, ...verdict }) => verdict);
        } catch (error) {
          if (!(error instanceof Undecided)) throw error;
          return answers.map(() => ({ ...UNTOLD, undecided: error.message }));
        }
      },
    },
  };
}
