/** A command's reading: the model, its SAEs and Python, opened for one program and closed after it. */
import type { AnalyseOptions, Wanted } from '../engine/analyses/analyse';
import type { Languages } from '../engine/languages';
import type { Against } from '../engine/twins/against';
import type { Result } from '../protocol/documents/result';
import type { Labeller } from '../snippets/twins/variants';
import { isOpen } from '../snippets/prompts/forms';
import type { Io } from './io';
import { openModel } from './open-model';
import type { Python } from './python';
import type { OpenFlags } from './arguments/options';
import { readQuestion, type AskedCode, type QuestionFlags } from './arguments/question';
import { withProgress } from './progress';

export interface ReadingFlags extends OpenFlags, QuestionFlags {
  /** Whether programs are run; commands that run none leave it out. */
  run?: boolean;
  /** Folders of SAEs. */
  sae?: string[];
}

/** The languages' judge, whose code is read when it is first needed. */
function lazyLanguages() {
  let opened: Languages | undefined;
  return {
    open: async () => (opened ??= new (await import('../engine/languages')).Languages()),
    close: () => opened?.close(),
  };
}

/** Analyses a program. @throws a sentence where that cannot be done */
export async function analysed(
  file: string,
  flags: ReadingFlags,
  wanted: Wanted,
  io: Io,
  readAgainst?: () => Promise<Against>,
  needed?: AnalyseOptions['needed'],
): Promise<Result> {
  const languages = lazyLanguages();
  const later: { python?: Python } = {};
  try {
    // Python is there once the code is analysed, which is when types are asked about.
    const label: Labeller = (codes, how) => later.python!.label(codes, how);
    const asked = await readQuestion(file, flags, io, () => languages.open(), flags.run ? label : undefined);
    return await analysedCode(asked, flags, wanted, io, { against: await readAgainst?.(), needed }, later);
  } finally {
    languages.close();
  }
}

async function analysedCode(
  { form, source, knowledge }: AskedCode, flags: ReadingFlags, wanted: Wanted, io: Io, how: Pick<AnalyseOptions, 'against' | 'needed'>,
  later: { python?: Python },
): Promise<Result> {
  const { lazyPython } = await import('./python');
  return withProgress(io, async (report, onCost) => {
    const python = (later.python = flags.run ? lazyPython(report, io.signal) : undefined);
    if (!isOpen(form)) python?.begin(); // in its own process, beside all that comes before it is needed
    try {
      const [{ analyse }, { Reading }, { Session }] = await Promise.all([
        import('../engine/analyses/analyse'), import('../engine/analyses/reading'), import('../engine/analyses/session'),
      ]);
      const session = new Session(await openModel(flags, io, report, isOpen(form)), flags.sae);
      try {
        const reading = await Reading.open(session, form, source, {
          label: isOpen(form) ? undefined : python?.label, knowledge: knowledge ?? undefined, signal: io.signal,
        });
        return await analyse(reading, wanted, { ...how, signal: io.signal, onProgress: report, onCost });
      } finally {
        await session.close();
      }
    } finally {
      python?.close();
    }
  });
}
