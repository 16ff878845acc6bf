/** Where jobs are done: an open model, Python and the compiler, each opened when it is first needed and kept for the next job. */
import { Session } from '../../engine/analyses/session';
import { Languages } from '../../engine/languages';
import { loadModel } from '../../engine/session/load';
import { LazyPython } from '../../engine/session/python';
import type { Manifest } from '../../protocol/studies/manifest';
import type { Prepared, StudyProgram } from '../../protocol/studies/program';
import type { StudyRow } from '../../protocol/studies/rows';
import type { Form } from '../../snippets/prompts/forms';
import { TypeJudge } from '../../snippets/judge/judge';
import type { Labeller } from '../../snippets/outcomes/unjudged';
import { ask } from '../asking/ask';
import type { AskedText } from '../programs/text';
import { PATIENT, prepare } from '../programs/prepare';

export type Job = { key: string } & (
  | { stage: 'prepare'; program: StudyProgram }
  /** `model` is its number among those of the manifest. */
  | { stage: 'ask'; model: number; prepared: Prepared; examples: (AskedText[] | null)[] }
);

export class Workshop {
  private readonly python = new LazyPython();
  private readonly judge = new TypeJudge(PATIENT);
  private readonly languages = new Languages(PATIENT);
  private open: { model: number; session: Session } | null = null;

  /** @param threads of one run of the model */
  constructor(private readonly manifest: Manifest, private readonly threads: number) {}

  /** @throws only where no job could be done: the model cannot be opened, or the signal aborts */
  async do(job: Job, signal: AbortSignal): Promise<Prepared | StudyRow[]> {
    const label: Labeller = this.python.labeller(() => undefined, signal);
    return job.stage === 'prepare' ? this.prepared(job.program, label, signal) : this.asked(job, label, signal);
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

  private async asked({ model, prepared, examples }: Extract<Job, { stage: 'ask' }>, label: Labeller, signal: AbortSignal): Promise<StudyRow[]> {
    const { study, form, models } = this.manifest;
    const session = await this.session(model);
    const { sha256, name } = models[model];
    return ask(prepared, examples, {
      study, form: form as unknown as Form, session, sha256, name, languages: this.languages, label, signal,
    });
  }

  private async session(model: number): Promise<Session> {
    if (this.open?.model === model) return this.open.session;
    await this.open?.session.close();
    this.open = null;
    const { study, from, models } = this.manifest;
    const loaded = await loadModel(study.models[model] || undefined, { from, threads: this.threads });
    const [sha256, wanted] = [await loaded.model.sha256(), models[model]];
    if (sha256 !== wanted.sha256) {
      await loaded.model.release();
      throw new Error(`${loaded.model.folder} is not the model ${wanted.name} that the study began with: its SHA-256 is ${sha256.slice(0, 12)}…, not ${wanted.sha256.slice(0, 12)}…. Put that model there, or begin the study anew in another folder.`);
    }
    this.open = { model, session: new Session(loaded) };
    return this.open.session;
  }
}
