/** Saved results, `.latentlens.json`, in the same page as the panel's, without the model. */
import * as vscode from 'vscode';
import { comparedIn, requireModel } from '../explain/copy-cli-command';
import { USUALLY, type Explained, type How } from '../explain/explainer';
import type { KeptDrawing } from '../explain/kept-drawing';
import { findCode, isFile } from './find-code';
import { showPlace } from '../code/show-place';
import { Advice } from '../ui/advice';
import { pageHtml, pageOptions } from '../ui/page';
import { pageMessage } from '../ui/page-message';
import { saveExport, saveResult, withNotes } from './save';
import { ANALYSIS_IDS } from '../../protocol/analyses';
import { explanationIn, type Explanation } from '../../protocol/documents/explanation';
import { fromPanel, type PanelStatus, type ToPanel } from '../../protocol/pages/panel';
import { readResult, type Result } from '../../protocol/documents/result';
import { fileProblem } from '../../protocol/words/file-problem';

/** A result of 2,000 tokens and 40 layers has about 100 MB; larger files are something else. */
const MAX_RESULT_BYTES = 200_000_000;

/** Nothing runs, and nothing can be asked. */
const AT_REST: PanelStatus = {
  running: null, cost: null, error: null, cancelled: false, complete: true, outdated: false, live: false, restricted: false,
};

interface ResultDocument extends vscode.CustomDocument {
  result: Result | { error: string };
}

const NO_PREDICTION = 'This result holds no prediction, so it comes from no explanation that could be made again.';

export class ResultEditor implements vscode.CustomReadonlyEditorProvider<ResultDocument> {
  static readonly viewType = 'latentLens.result';
  private active?: ResultDocument;
  private readonly chosen = vscode.window.createTextEditorDecorationType({ border: '2px solid', borderColor: new vscode.ThemeColor('focusBorder') });

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly copyCliCommand: (explanation: Explanation) => Promise<void>,
    private readonly goOn: (result: Explained) => Promise<void>,
    private readonly drawing: KeptDrawing,
    private readonly report: (action: Promise<unknown>) => void,
    private readonly log: (line: string) => void,
  ) {}

  async openCustomDocument(uri: vscode.Uri): Promise<ResultDocument> {
    const file = vscode.workspace.asRelativePath(uri);
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > MAX_RESULT_BYTES) throw new Error(`${file} has ${(size / 1e6).toFixed(0)} MB; saved results of at most ${MAX_RESULT_BYTES / 1e6} MB are opened.`);
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
      return { uri, result: readResult(text, file), dispose: () => undefined };
    } catch (error) {
      return { uri, result: { error: fileProblem(error, file) ?? (error as Error).message }, dispose: () => undefined };
    }
  }

  /** Opens the result that is shown in the active editor in the panel, with its code. @throws a sentence when that is not at hand */
  async patchAgain(): Promise<void> {
    if (!this.active || 'error' in this.active.result) throw new Advice('Open a saved result first: a file whose name ends in .latentlens.json.');
    const { result, uri } = this.active;
    const explanation = explanationIn(result);
    if (!explanation) throw new Advice(NO_PREDICTION);
    requireModel(explanation.model.id);
    const { source } = explanation;
    const live = await findCode(explanation, uri);
    if (!live) {
      const file = source.file === null ? 'No open file' : `No file ${source.file} here`;
      throw new Advice(`${file} holds the code of this result as it was read. Open the folder that it was made in, or undo what was changed since.`);
    }
    const { site = USUALLY.site, direction = USUALLY.direction } = result.parts.patching?.params ?? {};
    const [positive, negative] = explanation.chosen ?? [];
    const pair: How['pair'] = positive !== undefined && negative !== undefined ? [positive, negative] : null;
    await this.goOn({ result, explanation, live, how: { compare: comparedIn(explanation), site, direction, pair } });
  }

  resolveCustomEditor(document: ResultDocument, panel: vscode.WebviewPanel): void {
    const [result, error] = 'error' in document.result ? [null, document.result.error] : [document.result, null];
    const { webview } = panel;
    const note = () => {
      if (panel.active) this.active = document;
    };
    note();
    panel.onDidChangeViewState(note);
    panel.onDidDispose(() => this.active === document && (this.active = undefined));
    let notes = result?.notes ?? {};
    const status: PanelStatus = { ...AT_REST, error };
    const send = (message: ToPanel) => void webview.postMessage(message);
    webview.options = pageOptions(this.extensionUri);
    webview.onDidReceiveMessage((received: unknown) => {
      const message = pageMessage(fromPanel, received, 'A message of a saved result', this.log);
      if (!message) return;
      if (message.type === 'ready') {
        send(this.drawing.message);
        send({ type: 'result', result });
        send({ type: 'status', status });
        const first = result && !result.parts.prediction && ANALYSIS_IDS.find((id) => result.parts[id]);
        if (first) send({ type: 'view', view: first });
      } else if (message.type === 'export') this.report(saveExport(message));
      else if (message.type === 'drawing') this.report(this.drawing.keep(message.drawing));
      else if (message.type === 'notes') ({ notes } = message);
      else if (message.type === 'selected' && message.byReader && result && message.position !== null) this.reveal(result, message.position);
      else if (message.type === 'action' && result) {
        if (message.action === 'saveResult') this.report(saveResult(withNotes(result, notes)));
        if (message.action === 'patchAgain') this.report(this.patchAgain());
        if (message.action === 'copyCliCommand') this.report(this.copyCommand(result));
      }
    });
    webview.html = pageHtml(webview, this.extensionUri);
  }

  /** A token in its code, where that is in an editor that is seen: it may have been edited since. */
  private reveal({ reading: { source, tokens } }: Result, position: number): void {
    const { start, end, ...token } = tokens[position] ?? {};
    if (start === null || end === null || start === undefined || end === undefined) return;
    const editor = vscode.window.visibleTextEditors.find(({ document }) => isFile(document.uri, source.file));
    if (!editor) return;
    const shown = showPlace(editor, source, { position, text: token.text ?? '', start, end }, null);
    editor.setDecorations(this.chosen, shown ? [shown.range] : []);
  }

  private async copyCommand(result: Result): Promise<void> {
    const explanation = explanationIn(result);
    if (!explanation) throw new Advice(NO_PREDICTION);
    await this.copyCliCommand(explanation);
  }
}
