/** A study's report in the editor area: one page for each folder, which shows what is done by now and comes back after a reload. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { KeptDrawing } from '../explain/kept-drawing';
import { saveExport } from '../results/save';
import { pageHtml, pageOptions } from '../ui/page';
import { pageMessage } from '../ui/page-message';
import type { Runs } from './runs';
import type { StudyRows } from './rows';
import { fromStudyPage, type FromStudyPage, type StudyPageAction, type ToStudyPage } from '../../protocol/pages/study-page';
import type { StudyPage } from '../../protocol/studies/desk';

export const STUDY_PAGE = 'latentLens.study';
/** While a study runs its page is made anew so often at most, as all that is done is read for it. */
const AGAIN_MS = 3000;

interface Open {
  panel: vscode.WebviewPanel;
  page: StudyPage | null;
  error: string | null;
  /** When it was last read. */
  read: number;
  reading: boolean;
  again: boolean;
  timer?: NodeJS.Timeout;
}

type Act = (action: Exclude<StudyPageAction, 'refresh'>, folder: string) => Promise<unknown>;

export class StudyPages implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly open = new Map<string, Open>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly runs: Runs,
    private readonly rows: StudyRows,
    private readonly drawing: KeptDrawing,
    private readonly act: Act,
    private readonly report: (action: Promise<unknown>) => void,
    private readonly log: (line: string) => void,
  ) {
    this.subscriptions = [
      runs.onDidChange((folder) => folder !== null && this.onRun(folder)),
      vscode.window.registerWebviewPanelSerializer(STUDY_PAGE, this),
    ];
  }

  show(folder: string): void {
    const shown = this.open.get(folder);
    if (shown) {
      shown.panel.reveal();
      return;
    }
    const options = { ...pageOptions(this.extensionUri), enableFindWidget: true };
    const panel = vscode.window.createWebviewPanel(STUDY_PAGE, titleOf(folder), vscode.ViewColumn.Active, options);
    this.attach(panel, folder);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const folder = (state as { folder?: unknown } | null)?.folder;
    if (typeof folder !== 'string') {
      panel.dispose();
      return;
    }
    panel.webview.options = pageOptions(this.extensionUri);
    this.attach(panel, folder);
  }

  dispose(): void {
    for (const { panel } of [...this.open.values()]) panel.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private attach(panel: vscode.WebviewPanel, folder: string): void {
    const open: Open = { panel, page: null, error: null, read: 0, reading: false, again: false };
    this.open.set(folder, open);
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.svg');
    panel.webview.onDidReceiveMessage((received: unknown) => {
      const message = pageMessage(fromStudyPage, received, 'A message of a study’s page', this.log);
      if (message) this.report(this.answer(message, folder, open));
    });
    panel.onDidDispose(() => {
      clearTimeout(open.timer);
      this.open.delete(folder);
    });
    panel.webview.html = pageHtml(panel.webview, this.extensionUri, 'study-page');
  }

  private async answer(message: FromStudyPage, folder: string, open: Open): Promise<void> {
    if (message.type === 'ready') {
      this.send(open, this.drawing.message);
      if (open.page) this.tell(folder, open);
      else await this.read(folder, open);
    } else if (message.type === 'drawing') await this.drawing.keep(message.drawing);
    else if (message.type === 'export') await saveExport(message);
    else if (message.type === 'row') await this.rows.open(await this.runs.row(folder, message.key));
    else if (message.action === 'refresh') await this.read(folder, open);
    else await this.act(message.action, folder);
  }

  private onRun(folder: string): void {
    const open = this.open.get(folder);
    if (!open) return;
    const running = this.runs.progressOf(folder) ?? null;
    this.send(open, { type: 'running', running });
    if (running === null) this.report(this.read(folder, open));
    else open.timer ??= setTimeout(() => {
      open.timer = undefined;
      this.report(this.read(folder, open));
    }, Math.max(0, open.read + AGAIN_MS - Date.now()));
  }

  /** What was asked for meanwhile is read once more behind this. */
  private async read(folder: string, open: Open): Promise<void> {
    open.again = open.reading;
    if (open.reading) return;
    open.reading = true;
    try {
      open.page = await this.runs.show(folder);
      open.error = null;
    } catch (error) {
      // Before its programs are read, a study that runs has nothing to show.
      open.error = this.runs.progressOf(folder) ? null : (error as Error).message;
    }
    open.reading = false;
    open.read = Date.now();
    if (this.open.get(folder) !== open) return;
    this.tell(folder, open);
    if (open.again) await this.read(folder, open);
  }

  private tell(folder: string, open: Open): void {
    const { page, error } = open;
    if (page) open.panel.title = page.state.title;
    this.send(open, { type: 'study', page, folder, running: this.runs.progressOf(folder) ?? null, error });
  }

  private send({ panel }: Open, message: ToStudyPage): void {
    void panel.webview.postMessage(message);
  }
}

/** "smallest, run 2", before its title is known. */
function titleOf(folder: string): string {
  const [, study] = /([^/\\]+)\.runs[/\\]\d+$/.exec(folder) ?? [];
  return study ? `${study}, run ${path.basename(folder)}` : path.basename(folder);
}
