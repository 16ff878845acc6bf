/** Where jobs are done: an open model, Python and the compiler, each opened when it is first needed and kept for the next job. */
import { Session } from '../../engine/analyses/session';
import { Languages } from '../../engine/languages';
import { loadModel } from '../../engine/session/load';
import { LazyPython } from '../../engine/session/python';
import type { Manifest } from '../../protocol/studies/manifest';
import type { Prepared, StudyProgram } from '../../protocol/studies/program';
import type { Measure, StudyRow } from '../../protocol/studies/rows';
import { packageModelFor } from '../../vocabulary/package-models';
import { isOpen, type Form } from '../../snippets/prompts/forms';
import { TypeJudge } from '../../snippets/judge/judge';
import type { Labeller } from '../../snippets/outcomes/unjudged';
import { ask, type AskedOf } from '../asking/ask';
import { learn, steer, type Learnt, type SteeringVectors } from '../asking/steering';
import { transplant, type Donors } from '../asking/transplants';
import type { AskedText } from '../programs/text';
import { PATIENT, prepare } from '../programs/prepare';

export type Job = { key: string } & (
  | { stage: 'prepare'; program: StudyProgram }
  /** `model` is its number among those of the manifest. */
  | { stage: 'ask'; model: number; prepared: Prepared; examples: (AskedText[] | null)[] }
  | { stage: 'learn'; model: number; programs: Prepared[] }
  | { stage: 'steer'; model: number; programs: Prepared[]; vectors: SteeringVectors }
  | { stage: 'transplant'; model: number; programs: { prepared: Prepared; donors: Donors }[] }
);

/** By rows' keys, what is known of them besides. */
export type Measured = Record<string, Record<string, Measure>>;
/** What a job gives. */
export type Done = Prepared | StudyRow[] | Learnt | Measured;

export class Workshop {
  private readonly python = new LazyPython();
  private readonly judge = new TypeJudge(PATIENT);
  private readonly languages = new Languages(PATIENT);
  private open: { model: number; session: Session } | null = null;

  /** @param threads of one run of the model */
  constructor(private readonly manifest: Manifest, private readonly threads: number) {}

  /** @throws only where no job could be done: the model cannot be opened, or the signal aborts */
  async do(job: Job, signal: AbortSignal): Promise<Done> {
    const label: Labeller = this.python.labeller(() => undefined, signal);
    if (job.stage === 'prepare') return this.prepared(job.program, label, signal);
    const asked = await this.asking(job.model, label, signal);
    if (job.stage === 'ask') return ask(job.prepared, job.examples, asked);
    if (job.stage === 'learn') return learn(job.programs, asked);
    const found: Measured = {};
    if (job.stage === 'steer') for (const one of job.programs) Object.assign(found, await steer(one, job.vectors, asked));
    else for (const { prepared, donors } of job.programs) Object.assign(found, await transplant(prepared, donors, asked));
    return found;
  }

  async close(): Promise<void> {
    this.python.close();
    this.judge.dispose();
    this.languages.close();
    await this.open?.session.close();
  }

  private async prepared(program: StudyProgram, label: Labeller, signal: AbortSignal): Promise<Prepared> {
    const { study: { edits, seed } } = this.manifest;
    try {
      return await prepare(program, edits, seed, { judge: this.judge, languages: this.languages, label, signal });
    } catch (error) {
      if (signal.aborted) throw error;
      return { program, edits: [], dropped: {}, unusable: (error as Error).message };
    }
  }

  private async asking(model: number, label: Labeller, signal: AbortSignal): Promise<AskedOf> {
    const { study, form, models } = this.manifest;
    const session = await this.session(model);
    const { sha256, name } = models[model];
    return { study, form: form as unknown as Form, session, sha256, name, languages: this.languages, label, signal };
  }

  private async session(model: number): Promise<Session> {
    if (this.open?.model === model) return this.open.session;
    await this.open?.session.close();
    this.open = null;
    const { study, from, form, models } = this.manifest;
    const reference = study.models[model] || packageModelFor(isOpen(form as unknown as Form));
    const loaded = await loadModel(reference, { from, threads: this.threads });
    const [sha256, wanted] = [await loaded.model.sha256(), models[model]];
    if (sha256 !== wanted.sha256) {
      await loaded.model.release();
      throw new Error(`${loaded.model.folder} is not the model ${wanted.name} that the study began with: its SHA-256 is ${sha256.slice(0, 12)}…, not ${wanted.sha256.slice(0, 12)}…. Put that model there, or begin the study anew in another folder.`);
    }
    this.open = { model, session: new Session(loaded) };
    return this.open.session;
  }
}
