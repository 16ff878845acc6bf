/** A command's reading: the model, its SAEs and Python, opened for one program and closed after it. */
import type { AnalyseOptions, Wanted } from '../engine/analyses/analyse';
import type { Against } from '../engine/twins/against';
import type { Result } from '../protocol/result';
import type { Io } from './io';
import { openModel } from './open-model';
import { readTemplate, type ModelFlags } from './arguments/options';
import { withProgress } from './progress';
import { readCode } from './arguments/source';

export interface ReadingFlags extends ModelFlags {
  /** Whether programs are run; commands that run none leave it out. */
  run?: boolean;
  /** Folders of SAEs. */
  sae?: string[];
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
  const source = await readCode(file, io);
  const template = await readTemplate(flags.template, flags.chat);
  const against = await readAgainst?.();
  const { lazyPython } = await import('./python');
  return withProgress(io, async (report) => {
    const python = flags.run ? lazyPython(report, io.signal) : undefined;
    python?.begin(); // in its own process, beside all that comes before it is needed
    try {
      const [{ analyse }, { Reading }, { Session }] = await Promise.all([
        import('../engine/analyses/analyse'), import('../engine/analyses/reading'), import('../engine/analyses/session'),
      ]);
      const session = new Session(await openModel(flags, io, report), flags.sae);
      try {
        const reading = await Reading.open(session, template, source, { label: python?.label });
        return await analyse(reading, wanted, { against, needed, signal: io.signal, onProgress: report });
      } finally {
        await session.close();
      }
    } finally {
      python?.close();
    }
  });
}
