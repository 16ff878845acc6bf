/** Studies in the editor: what the commands, the view and the pages of reports have in common. */
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { KeptDrawing } from '../explain/kept-drawing';
import { Advice } from '../ui/advice';
import { unlinked } from '../ui/unlinked';
import { isStudy, isThere } from './folders';
import { StudyPages } from './page';
import { StudyRows } from './rows';
import { Runs, SMALLEST_BUTTON } from './runs';
import { StudiesView, type StudyNode } from './view';
import type { StudyRan } from '../../protocol/studies/desk';

const SMALLEST = 'smallest.study.json';

export class Studies implements vscode.Disposable {
  private readonly runs: Runs;
  private readonly rows = new StudyRows();
  private readonly pages: StudyPages;
  private readonly view: StudiesView;
  private readonly subscriptions: vscode.Disposable[];
  private readonly dist: (...parts: string[]) => string;
  /** The folder of which something is new; null where the list is. */
  readonly onDidChange: vscode.Event<string | null>;

  constructor(
    private readonly context: vscode.ExtensionContext,
    drawing: KeptDrawing,
    report: (action: Promise<unknown>) => void,
    log: (line: string) => void,
  ) {
    const { extensionUri } = context;
    this.dist = (...parts) => vscode.Uri.joinPath(extensionUri, 'dist', ...parts).fsPath;
    this.runs = new Runs(this.dist('studies', 'desk.mjs'), context.workspaceState, log);
    this.onDidChange = this.runs.onDidChange;
    this.pages = new StudyPages(extensionUri, this.runs, this.rows, drawing, (action, folder) => this.act(action, folder), report, log);
    this.view = new StudiesView(this.runs);
    const tree = vscode.window.createTreeView('latentLens.studies', { treeDataProvider: this.view, showCollapseAll: true });
    this.subscriptions = [this.runs, this.rows, this.pages, this.view, tree];
  }

  get isRunning(): boolean {
    return this.runs.running.length > 0;
  }

  /** Of a node of the view, a file of the explorer, or the active editor. */
  async run(of?: StudyNode | vscode.Uri): Promise<void> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const uri = of instanceof vscode.Uri ? of : of?.kind === 'study' ? of.uri : active && isStudy(active) ? active : await chooseStudy();
    if (uri) this.pages.show(await this.runs.begin(uri, this.ended));
  }

  /** Puts the smallest example into the workspace, or where there is none into the extension's own folder, and runs it. */
  async runSmallest(): Promise<void> {
    const { extensionUri, globalStorageUri } = this.context;
    const workspace = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
    const target = vscode.Uri.joinPath(workspace ?? vscode.Uri.joinPath(globalStorageUri, 'studies'), SMALLEST);
    if (!(await isThere(target))) {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'examples', 'studies', SMALLEST));
      // The editor knows the schema by the file's name.
      const text = new TextDecoder().decode(bytes).replace(/^\s*"\$schema".*\n/m, '');
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(target, '..'));
      await vscode.workspace.fs.writeFile(target, Buffer.from(text, 'utf8'));
    }
    await this.run(target);
  }

  resume(node?: StudyNode): void {
    if (node?.kind === 'run') this.runs.resume(node.study, node.folder, this.ended);
  }

  async cancel(node?: StudyNode): Promise<void> {
    const folder = node?.kind === 'run' ? node.folder : await chooseOf(this.runs.running.map((one) => one.folder));
    if (folder !== undefined) this.runs.cancel(folder);
  }

  async openReport(node?: StudyNode): Promise<void> {
    const folder = node?.kind === 'run' ? node.folder : await chooseFolder();
    if (folder === undefined) return;
    if (node?.kind !== 'run') {
      if (!(await isThere(vscode.Uri.file(path.join(folder, 'manifest.json'))))) throw new Advice(`${folder} holds no study. Choose the folder of a run, which has a file manifest.json.`);
      await this.runs.open(folder);
    }
    this.pages.show(folder);
  }

  async reveal(node?: StudyNode): Promise<void> {
    if (node?.kind === 'run') await revealed(node.folder);
  }

  async remove(node?: StudyNode): Promise<void> {
    if (node) await this.runs.remove(node.kind === 'run' ? node.folder : node.uri.fsPath);
  }

  /** Lists again what there is, also what was taken off the list. */
  async refresh(): Promise<void> {
    await this.runs.restore();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private readonly ended = (folder: string, { rows, problems, notes }: StudyRan): void => {
    this.view.refresh();
    const lacking = [...(problems > 0 ? [`${problems} of ${rows} rows have no answer; the report says why.`] : []), ...notes];
    if (lacking.length === 0) return;
    void vscode.window.showWarningMessage(unlinked(lacking.join(' ')), 'Open Report').then((chosen) => chosen && this.pages.show(folder));
  };

  private async act(action: 'cancel' | 'resume' | 'reveal' | 'html' | 'csv', folder: string): Promise<void> {
    if (action === 'cancel') this.runs.cancel(folder);
    else if (action === 'resume') this.runs.resume(await studyOf(folder), folder, this.ended);
    else if (action === 'reveal') await revealed(folder);
    else await this.export(action, folder);
  }

  /** The command line writes both, so that they are the same from there. */
  private async export(kind: 'html' | 'csv', folder: string): Promise<void> {
    const defaultUri = vscode.Uri.file(path.join(folder, kind === 'html' ? 'report.html' : 'csv'));
    const target = kind === 'html'
      ? await vscode.window.showSaveDialog({ title: 'Save the Report', defaultUri, filters: { 'HTML Page': ['html'] } })
      : (await vscode.window.showOpenDialog({
        title: 'Folder for One CSV File of Each Figure and One of All Rows', openLabel: 'Save Here',
        canSelectFolders: true, canSelectFiles: false, defaultUri: vscode.Uri.file(folder),
      }))?.[0];
    if (!target) return;
    const args = [this.dist('cli', 'main.mjs'), 'study', 'report', folder, `--${kind}`, target.fsPath];
    await new Promise<void>((resolve, reject) => {
      execFile(process.execPath, args, { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, maxBuffer: 1e8 }, (error, _, words) => {
        if (error) reject(new Error(words.trim().split('\n').at(-1) ?? error.message, { cause: error }));
        else resolve();
      });
    });
    void vscode.window.setStatusBarMessage(`Saved ${vscode.workspace.asRelativePath(target)}`, 4000);
  }
}

/** The file whose run a folder is, where that is still there. */
async function studyOf(folder: string): Promise<vscode.Uri | null> {
  const [, file] = /^(.*)\.runs[/\\]\d+$/.exec(folder) ?? [];
  const uri = file === undefined ? null : vscode.Uri.file(`${file}.study.json`);
  return uri && (await isThere(uri)) ? uri : null;
}

async function revealed(folder: string): Promise<void> {
  const uri = vscode.Uri.file(folder);
  const inside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.commands.executeCommand(inside ? 'revealInExplorer' : 'revealFileInOS', uri);
}

async function chooseStudy(): Promise<vscode.Uri | undefined> {
  const found = (await vscode.workspace.findFiles('**/*.study.json', '**/{node_modules,.git}/**', 500)).filter(isStudy);
  if (found.length === 0) throw new Advice('There is no study in this workspace: a file whose name ends in .study.json.', [SMALLEST_BUTTON]);
  const inside = (uri: vscode.Uri) => path.dirname(vscode.workspace.asRelativePath(uri));
  const picks = found.map((uri) => ({ label: path.basename(uri.fsPath), description: inside(uri), uri }));
  return (await vscode.window.showQuickPick(picks, { title: 'Run Study', placeHolder: 'The study', matchOnDescription: true }))?.uri;
}

async function chooseOf(folders: readonly string[]): Promise<string | undefined> {
  if (folders.length < 2) return folders[0];
  return vscode.window.showQuickPick(folders, { title: 'Cancel Study', placeHolder: 'The run' });
}

async function chooseFolder(): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Open Study Report', openLabel: 'Open', canSelectFolders: true, canSelectFiles: false,
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()),
  });
  return chosen?.[0]?.fsPath;
}
