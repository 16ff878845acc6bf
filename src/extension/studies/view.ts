/** The Studies view in the side bar: studies with their runs, how far each is. Asks when it is looked at. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Runs } from './runs';
import { findStudies, studyName } from './folders';
import { progressWords } from './words';
import type { StudyProgress, StudyState } from '../../protocol/studies/desk';

/** Progress comes with every item; the tree is drawn less often. */
const DRAW_MS = 250;

export type StudyNode = { kind: 'study'; uri: vscode.Uri; runs: string[] } | { kind: 'run'; study: vscode.Uri | null; folder: string };

export class StudiesView implements vscode.TreeDataProvider<StudyNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private timer?: NodeJS.Timeout;
  private states = new Map<string, StudyState | null>();

  constructor(private readonly runs: Runs) {
    const draw = () => this.refresh();
    const watched = ['**/*.study.json', '**/*.runs/*/{manifest.json,rows.parquet}'].map((one) => vscode.workspace.createFileSystemWatcher(one));
    const listening = watched.flatMap((watcher) => [watcher, watcher.onDidCreate(draw), watcher.onDidDelete(draw)]);
    this.subscriptions = [runs.onDidChange(draw), ...listening];
  }

  refresh(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire();
    }, DRAW_MS);
  }

  async getChildren(parent?: StudyNode): Promise<StudyNode[]> {
    if (parent?.kind === 'run') return [];
    if (parent) return parent.runs.map((folder) => ({ kind: 'run', study: parent.uri, folder }));
    const found = (await findStudies(this.runs.further)).filter(({ uri }) => !this.runs.isRemoved(uri.fsPath));
    const seen = (folders: string[]) => folders.filter((folder) => !this.runs.isRemoved(folder));
    const nodes = found.map(({ uri, runs }): StudyNode => ({ kind: 'study', uri, runs: seen(this.withRunning(uri, runs)) }));
    const listed = new Set(nodes.flatMap((node) => (node.kind === 'study' ? node.runs : [])));
    const others = this.runs.opened.filter((folder) => !listed.has(folder) && !this.runs.isRemoved(folder));
    await this.look([...listed, ...others]);
    return [...nodes, ...others.map((folder): StudyNode => ({ kind: 'run', study: null, folder }))];
  }

  getTreeItem(node: StudyNode): vscode.TreeItem {
    return node.kind === 'study' ? this.studyItem(node) : this.runItem(node);
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(this.changed, ...this.subscriptions).dispose();
  }

  /** A run that has just begun has no folder yet. */
  private withRunning(study: vscode.Uri, runs: readonly string[]): string[] {
    const beginning = this.runs.running.filter(({ study: of, folder }) => of?.fsPath === study.fsPath && !runs.includes(folder));
    return [...beginning.map(({ folder }) => folder), ...runs];
  }

  /** What is known of a finished run stays as it is until the list is refreshed by something that changed. */
  private async look(folders: readonly string[]): Promise<void> {
    const asked = folders.filter((folder) => this.runs.progressOf(folder) === undefined);
    const states = asked.length === 0 ? [] : await this.runs.look(asked);
    this.states = new Map(asked.map((folder, i) => [folder, states[i]]));
  }

  private studyItem({ uri, runs }: Extract<StudyNode, { kind: 'study' }>): vscode.TreeItem {
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(studyName(uri), runs.length > 0 ? Expanded : None);
    const folder = path.dirname(vscode.workspace.asRelativePath(uri));
    item.id = uri.toString();
    item.description = [folder === '.' ? null : folder, runs.length === 0 ? 'not run' : null].filter(Boolean).join(' · ');
    item.tooltip = uri.fsPath;
    item.iconPath = new vscode.ThemeIcon('beaker');
    item.contextValue = 'study';
    item.command = { title: 'Open', command: 'vscode.open', arguments: [uri] };
    return item;
  }

  private runItem({ study, folder }: Extract<StudyNode, { kind: 'run' }>): vscode.TreeItem {
    const progress = this.runs.progressOf(folder);
    const state = this.states.get(folder) ?? null;
    const { words, icon, can } = stateWords(progress, state);
    const item = new vscode.TreeItem(study ? `Run ${path.basename(folder)}` : (state?.title ?? path.basename(folder)));
    item.id = `run:${folder}`;
    item.description = words;
    item.tooltip = [state?.title, state?.models.join(', '), words, folder].filter(Boolean).join('\n');
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = `run ${can.join(' ')}`;
    item.accessibilityInformation = { label: `${item.label as string}, ${words}` };
    if (can.includes('report')) item.command = { title: 'Open Report', command: 'latentLens.openStudyReport', arguments: [{ kind: 'run', study, folder }] };
    return item;
  }
}

function stateWords(progress: StudyProgress | undefined, state: StudyState | null): { words: string; icon: string; can: string[] } {
  if (progress) return { words: progressWords(progress), icon: 'loading~spin', can: ['cancel', 'report', 'reveal'] };
  if (!state) return { words: 'stopped before its programs were read', icon: 'debug-pause', can: ['resume', 'reveal', 'remove'] };
  const { done, total, running } = state;
  if (running) return { words: `${done} of ${total} · run by another process`, icon: 'sync', can: ['report', 'reveal'] };
  if (done < total) return { words: `stopped · ${done} of ${total}`, icon: 'debug-pause', can: ['resume', 'report', 'reveal', 'remove'] };
  return { words: `done · ${total} item${total === 1 ? '' : 's'}`, icon: 'pass', can: ['report', 'reveal', 'remove'] };
}
