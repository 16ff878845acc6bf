/** TypeScript, TSX, JavaScript and JSX, with the TypeScript compiler as judge. */
import { Undecided, type Dropped, type JudgedLanguage, type TypeJudge } from '../../snippets/judge/judge';
import type { Program } from '../reading/program';
import type { Language } from './language';
import { keptEdits } from './own-edit';

/** Edits of a program that are made and verified if nobody says how many; each takes the compiler a few milliseconds. */
const MOST_EDITS = 80;

const NOTHING_DROPPED: Dropped = { syntax: 0, errors: 0, type: 0, undecided: 0 };
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
      async edits(program, signal, most = MOST_EDITS) {
        const asked = { language, text: program.text, hole: program.place! };
        try {
          return keptEdits(program, await judge.edits({ ...asked, most }, signal), async (edits, _, aborted) => {
            return (await judge.verify({ ...asked, tried: [...edits] }, aborted)).map(({ kept }) => kept);
          });
        } catch (error) {
          if (!(error instanceof Undecided)) throw error;
          return { ...keptEdits(program, { edits: [], dropped: NOTHING_DROPPED }, () => Promise.resolve([])), why: error.message };
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
