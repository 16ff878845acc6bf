/** Rows of a study as read-only documents, each with its place selected and what came of it above it. */
import * as vscode from 'vscode';
import { ORIGINAL, type StudyRow } from '../../protocol/studies/rows';
import { Advice } from '../ui/advice';

const SCHEME = 'latent-lens-study';
const MOST_KEPT = 100;
const ENDS: Readonly<Record<string, string>> = { python: '.py', typescript: '.ts', typescriptreact: '.tsx', javascript: '.js', javascriptreact: '.jsx' };

export class StudyRows implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable {
  private readonly rows = new Map<string, StudyRow>();
  private readonly registrations = [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.languages.registerCodeLensProvider({ scheme: SCHEME }, this),
  ];
  private readonly shown = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorCodeLens.foreground') },
  });

  async open(row: StudyRow): Promise<void> {
    if (row.code === null) throw new Advice(row.problem ?? 'This row holds no program.');
    const edited = row.condition === ORIGINAL ? null : `${row.condition} ${row.number ?? ''}`.trim();
    const name = [row.program, edited, row.model].filter(Boolean).join(', ').replace(/[/\\]+/g, ' ');
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}${ENDS[row.language ?? ''] ?? '.txt'}`, query: row.key });
    this.rows.delete(uri.toString());
    this.rows.set(uri.toString(), row);
    for (const [old] of this.rows) if (this.rows.size > MOST_KEPT && !isOpen(old)) this.rows.delete(old);
    const document = await vscode.workspace.openTextDocument(uri);
    const range = (start: number, end: number) => new vscode.Range(document.positionAt(start), document.positionAt(end));
    const hole = row.holeStart === null ? null : range(row.holeStart, row.holeEnd ?? row.holeStart);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: columnBeside(), selection: hole ?? range(0, row.code.length),
    });
    const at = hole ? hole.end.line : document.lineCount - 1;
    const renderOptions = { after: { contentText: saysShort(row) } };
    editor.setDecorations(this.shown, [{ range: document.lineAt(at).range, hoverMessage: says(row), renderOptions }]);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.rows.get(uri.toString())?.code ?? '';
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const row = this.rows.get(document.uri.toString());
    if (!row) return [];
    const command = row.holeStart === null ? 'latentLens.explain' : 'latentLens.explainType';
    const top = new vscode.Range(0, 0, 0, 0);
    return [
      new vscode.CodeLens(top, { title: says(row), command: '' }),
      new vscode.CodeLens(top, { title: 'Explain', command, tooltip: 'Show what the model predicts here, and why' }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.registrations, this.shown).dispose();
  }
}

function isOpen(uri: string): boolean {
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri);
}

/** Programs open in the other group of editors than the report. */
function columnBeside(): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const other = all.find((group) => group !== activeTabGroup);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}

const share = (p: number | null) => (p === null ? '' : ` (${(100 * p).toFixed(1)} %)`);

function saysShort({ predicted, right, truth, probability }: StudyRow): string {
  if (predicted === null) return '';
  return `${right ? '✓' : '✗'} ${predicted}${share(probability)}${right ? '' : `, true is ${truth ?? 'not known'}`}`;
}

function says(row: StudyRow): string {
  const { model, predicted, probability, truth, truthProbability, right, condition, description, problem } = row;
  const edited = condition === null || condition === ORIGINAL ? '' : ` · ${condition}${description ? `: ${description}` : ''}`;
  if (predicted === null) return `${model ?? 'The model'}: ${problem ?? 'no answer'}${edited}`;
  const verdict = right ? 'right' : `wrong, true is ${truth ?? 'not known'}${share(truthProbability)}`;
  return `${model ?? 'The model'} says ${predicted}${share(probability)}: ${verdict}${edited}`;
}
