/** Runs of studies, each in a process of its own: begun, gone on with, cancelled; and what the Studies view remembers of a workspace. */
import path from 'node:path';
import * as vscode from 'vscode';
import { Desk } from './desk';
import { isStudy, isThere, nextRun, studyName } from './folders';
import { progressWords } from './words';
import { studyWorkers } from '../settings/settings';
import { Advice } from '../ui/advice';
import { unlinked } from '../ui/unlinked';
import type { DeskRequests, StudyPage, StudyProgress, StudyRan, StudyState } from '../../protocol/studies/desk';
import type { StudyRow } from '../../protocol/studies/rows';

interface Running {
  study: vscode.Uri | null;
  folder: string;
  desk: Desk;
  progress: StudyProgress;
  cancelled: boolean;
}

export const SMALLEST_BUTTON = { title: 'Run the Smallest Study', command: 'latentLens.runSmallestStudy' };

const STARTING: StudyProgress = { stage: 'Starting', done: null, total: null };
const [OPENED, FURTHER, REMOVED] = ['latentLens.studies.opened', 'latentLens.studies.further', 'latentLens.studies.removed'];

export class Runs implements vscode.Disposable {
  private readonly byFolder = new Map<string, Running>();
  private readonly changed = new vscode.EventEmitter<string | null>();
  /** The folder of which something is new; null where the list is. */
  readonly onDidChange = this.changed.event;
  private readonly reader: Desk;

  constructor(
    private readonly script: string,
    private readonly memory: vscode.Memento,
    private readonly log: (line: string) => void,
  ) {
    this.reader = new Desk(script, log);
  }

  get running(): readonly Running[] {
    return [...this.byFolder.values()];
  }

  progressOf(folder: string): StudyProgress | undefined {
    return this.byFolder.get(folder)?.progress;
  }

  /** Folders that the user opened from elsewhere, and studies outside of the workspace. */
  get opened(): readonly string[] {
    return this.memory.get<string[]>(OPENED, []);
  }

  get further(): readonly string[] {
    return this.memory.get<string[]>(FURTHER, []);
  }

  isRemoved(file: string): boolean {
    return this.memory.get<string[]>(REMOVED, []).includes(file);
  }

  look(outs: string[]): Promise<(StudyState | null)[]> {
    return this.reader.ask('look', { outs });
  }

  show(out: string): Promise<StudyPage> {
    return this.reader.ask('show', { out });
  }

  row(out: string, key: string): Promise<StudyRow> {
    return this.reader.ask('row', { out, key });
  }

  /** Begins a run. @returns its folder @throws a sentence where the file is no study */
  async begin(study: vscode.Uri, onEnd: (folder: string, ran: StudyRan) => void): Promise<string> {
    if (!isStudy(study)) throw new Advice('Open a study first: a file on this machine whose name ends in .study.json.', [SMALLEST_BUTTON]);
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === study.toString());
    if (document?.isDirty) await document.save();
    let folder = await nextRun(study);
    while (this.byFolder.has(folder)) folder = path.join(path.dirname(folder), String(Number(path.basename(folder)) + 1));
    await this.list(study.fsPath);
    this.work(studyName(study), study, folder, 'run', { file: study.fsPath, out: folder, ...this.how }, onEnd);
    return folder;
  }

  /** @param study null where the folder alone is known */
  resume(study: vscode.Uri | null, folder: string, onEnd: (folder: string, ran: StudyRan) => void): void {
    if (this.byFolder.has(folder)) return;
    const name = study ? studyName(study) : path.basename(folder);
    void isThere(vscode.Uri.file(path.join(folder, 'manifest.json'))).then((begun) => {
      if (begun || !study) this.work(name, study, folder, 'resume', { out: folder, ...this.how }, onEnd);
      else this.work(name, study, folder, 'run', { file: study.fsPath, out: folder, ...this.how }, onEnd);
    });
  }

  cancel(folder: string): void {
    const running = this.byFolder.get(folder);
    if (!running || running.cancelled) return;
    running.cancelled = true;
    this.set(running, { stage: 'Stopping', done: running.progress.done, total: running.progress.total });
    void running.desk.stop();
  }

  /** Takes a study or a run off the list; its files stay. */
  async remove(file: string): Promise<void> {
    await this.memory.update(REMOVED, [...this.memory.get<string[]>(REMOVED, []), file]);
    await this.memory.update(OPENED, this.opened.filter((one) => one !== file));
    this.changed.fire(null);
  }

  /** Brings back what was taken off the list. */
  async restore(): Promise<void> {
    await this.memory.update(REMOVED, undefined);
    this.changed.fire(null);
  }

  /** Lists a folder that lies elsewhere. */
  async open(folder: string): Promise<void> {
    if (!this.opened.includes(folder)) await this.memory.update(OPENED, [...this.opened, folder]);
    await this.list(folder, false);
    this.changed.fire(null);
  }

  dispose(): void {
    for (const { desk } of this.byFolder.values()) void desk.stop();
    void this.reader.stop();
    this.changed.dispose();
  }

  private async list(file: string, study = true): Promise<void> {
    await this.memory.update(REMOVED, this.memory.get<string[]>(REMOVED, []).filter((one) => one !== file));
    const outside = study && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) === undefined;
    if (outside && !this.further.includes(file)) await this.memory.update(FURTHER, [...this.further, file]);
  }

  private get how(): { workers: number; restricted: boolean } {
    return { workers: studyWorkers(), restricted: !vscode.workspace.isTrusted };
  }

  private work<M extends 'run' | 'resume'>(
    name: string, study: vscode.Uri | null, folder: string, method: M, params: DeskRequests[M]['params'], onEnd: (folder: string, ran: StudyRan) => void,
  ): void {
    const desk = new Desk(this.script, this.log);
    const running: Running = { study, folder, desk, progress: STARTING, cancelled: false };
    this.byFolder.set(folder, running);
    this.changed.fire(folder);
    const options = { location: vscode.ProgressLocation.Notification, title: `Study ${name}`, cancellable: true };
    void vscode.window.withProgress(options, async (notification, token) => {
      token.onCancellationRequested(() => this.cancel(folder));
      let shown = 0;
      const onProgress = (progress: StudyProgress) => {
        if (running.cancelled) return;
        const percent = progress.total ? (100 * (progress.done ?? 0)) / progress.total : 0;
        notification.report({ message: progressWords(progress), increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
        this.set(running, progress);
      };
      try {
        return await desk.ask(method, params, onProgress);
      } finally {
        await desk.stop();
        this.byFolder.delete(folder);
        this.changed.fire(folder);
      }
    }).then((ran) => onEnd(folder, ran), (error: Error) => this.failed(running, error, () => this.resume(study, folder, onEnd)));
  }

  private set(running: Running, progress: StudyProgress): void {
    running.progress = progress;
    this.changed.fire(running.folder);
  }

  private async failed({ cancelled, study, folder }: Running, error: Error, again: () => void): Promise<void> {
    const resume = 'Resume';
    const name = study ? studyName(study) : path.basename(folder);
    const chosen = cancelled
      ? await vscode.window.showInformationMessage(`The study ${name} was stopped. What is done is kept.`, resume)
      : await vscode.window.showErrorMessage(unlinked(error.message), resume);
    if (chosen === resume) again();
  }
}
