/** Attention mode: the token at the cursor, or under the mouse, shows in the code itself what it reads and who reads it. */
import * as vscode from 'vscode';
import { attentionHover, ofHeads } from './hover-text';
import { readsTable, type ReadsTable } from './reads';
import { COLOURS, SHADES, shadeOf, shadeStyle, type Direction } from './shades';
import { tokenOver } from '../code/token-effects';
import type { Analyses } from '../explain/analyses';
import type { Explainer } from '../explain/explainer';
import { cursorToken } from '../overlay/cursor-token';
import { DrawnStyles } from '../overlay/drawn-styles';
import { isHighContrast } from '../overlay/overlay';
import { ownStart } from '../../protocol/reading/code-parts';
import type { ToPanel } from '../../protocol/pages/panel';
import type { Result } from '../../protocol/documents/result';

type Decorations = [vscode.TextEditorDecorationType, vscode.DecorationOptions[]][];
type AttentionPart = NonNullable<Result['parts']['attention']>;

export class AttentionMode implements vscode.HoverProvider, vscode.Disposable {
  private readonly sent = new vscode.EventEmitter<ToPanel>();
  /** What the panel has to be told. */
  readonly onDidSend = this.sent.event;
  private readonly changes = new vscode.EventEmitter<void>();
  /** It begins or ends. */
  readonly onDidChange = this.changes.event;
  /** The reading that it was begun for; undefined while it is off. */
  private of: Result['reading'] | undefined;
  private table: { of: AttentionPart; reads: ReadsTable | null } | undefined;
  /** The token under the mouse, or chosen in the panel, until the cursor moves. */
  private pointed: number | null = null;
  private styles: vscode.TextEditorDecorationType[] = [];
  private drawn = new DrawnStyles();
  private readonly frame = vscode.window.createTextEditorDecorationType({
    border: '2px solid',
    borderColor: new vscode.ThemeColor('focusBorder'),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly item = vscode.window.createStatusBarItem('latentLens.attention', vscode.StatusBarAlignment.Right, 99);
  private readonly listening: vscode.Disposable;

  constructor(private readonly explainer: Explainer, private readonly analyses: Analyses) {
    this.item.name = 'Latent Lens: Attention in Code';
    this.item.command = 'latentLens.toggleAttention';
    this.listening = vscode.Disposable.from(
      explainer.onDidSend(() => this.isOn && !this.isCurrent && this.stop()),
      analyses.onDidSend((message) => message.type === 'part' && message.id === 'attention' && this.draw()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
      vscode.window.onDidChangeActiveColorTheme(() => this.restyle()),
      vscode.window.onDidChangeTextEditorSelection(() => {
        this.pointed = null;
        this.draw();
      }),
    );
  }

  get isOn(): boolean {
    return this.of !== undefined;
  }

  /** All that a page has to know. */
  *messages(): Generator<ToPanel> {
    yield { type: 'inCode', on: this.isOn };
  }

  /** Begins for the result that is explained, or ends. @returns whether attention has still to be asked for */
  toggle(): boolean {
    const { whole, result, status: { outdated }, live } = this.explainer;
    if (this.isOn) this.stop();
    else if (whole && result && live && !outdated) this.begin(result.reading);
    else throw new Error('Explain some code first, and let it be as it was explained: its attention is then shown in it.');
    return this.isOn && !this.part;
  }

  stop(): void {
    if (!this.isOn) return;
    [this.of, this.table, this.pointed] = [undefined, undefined, null];
    this.item.hide();
    this.tell();
  }

  /** Shows a token until the cursor moves, or the one at the cursor again. */
  point(position: number | null): void {
    if (!this.isOn || this.pointed === position) return;
    this.pointed = position;
    this.draw();
  }

  provideHover(document: vscode.TextDocument, at: vscode.Position, cancelled: vscode.CancellationToken): vscode.Hover | null {
    const { explanation, live, moved } = this.explainer;
    if (!this.isOn || !explanation || document.uri.toString() !== live?.uri.toString() || cancelled.isCancellationRequested) return null;
    const position = tokenOver(explanation.tokens, document.offsetAt(at) - moved);
    const reads = this.reads();
    this.point(position);
    if (position === null || !reads) return null;
    const range = (one: number) => {
      const { start, end } = explanation.tokens[one];
      return start === null || end === null ? null : new vscode.Range(document.positionAt(start + moved), document.positionAt(end + moved));
    };
    const placeOf = (one: number) => {
      const place = range(one)?.start;
      return place ? `${place.line + 1}:${place.character + 1}` : null;
    };
    const text = attentionHover(reads, explanation.tokens, position, placeOf);
    return new vscode.Hover(new vscode.MarkdownString(text), range(position) ?? undefined);
  }

  dispose(): void {
    for (const one of [this.listening, this.item, this.frame, ...this.styles, this.sent, this.changes]) one.dispose();
  }

  private get isCurrent(): boolean {
    const { result, status } = this.explainer;
    return result?.reading === this.of && !status.outdated;
  }

  private get part(): AttentionPart | undefined {
    return this.analyses.parts.attention ?? this.explainer.result?.parts.attention;
  }

  private begin(of: Result['reading']): void {
    this.of = of;
    if (this.styles.length === 0) this.restyle();
    this.item.show();
    this.tell();
  }

  private tell(): void {
    this.draw();
    for (const message of this.messages()) this.sent.fire(message);
    this.changes.fire();
  }

  /** The table of before stands while another is computed. */
  private reads(): ReadsTable | null {
    const { part } = this;
    if (part && part !== this.table?.of) this.table = { of: part, reads: readsTable(part.value, part.params) };
    return this.table?.reads ?? null;
  }

  private restyle(): void {
    for (const style of this.styles) style.dispose();
    this.drawn = new DrawnStyles();
    const kind = isHighContrast() ? 'highContrast' : 'usual';
    this.styles = SHADES.map((shade) => {
      const { background, border } = shadeStyle(shade, kind);
      const ruler = shade.step >= 2 ? new vscode.ThemeColor(COLOURS[shade.direction]) : undefined;
      return vscode.window.createTextEditorDecorationType({
        backgroundColor: background,
        border,
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        overviewRulerLane: vscode.OverviewRulerLane.Right,
        overviewRulerColor: ruler,
      });
    });
    this.draw();
  }

  private draw(): void {
    const { explanation, live } = this.explainer;
    const reads = this.isOn ? this.reads() : null;
    this.item.text = `$(eye) Attention: ${reads ? ofHeads(reads) : 'not read yet'}`;
    this.item.tooltip = 'Latent Lens shows in the code what the token at the cursor or under the mouse reads, and who reads it. Select to hide it.';
    for (const editor of vscode.window.visibleTextEditors) {
      const shows = reads && explanation && editor.document.uri.toString() === live?.uri.toString();
      const position = shows ? (this.pointed ?? cursorToken(this.explainer, editor)) : null;
      this.drawn.draw(editor, shows && position !== null ? this.decorations(editor.document, reads, position) : []);
    }
  }

  private decorations(document: vscode.TextDocument, reads: ReadsTable, position: number): Decorations {
    const { moved, explanation } = this.explainer;
    const { tokens, source } = explanation!;
    const own = ownStart(source);
    const byStyle = new Map<vscode.TextEditorDecorationType, vscode.DecorationOptions[]>();
    const put = (style: vscode.TextEditorDecorationType, at: number) => {
      const { start, end } = tokens[at];
      if (start === null || end === null || end <= start || start < own) return;
      const range = new vscode.Range(document.positionAt(start + moved), document.positionAt(end + moved));
      byStyle.set(style, [...(byStyle.get(style) ?? []), { range }]);
    };
    const found = reads.of(position);
    // Over the first token's readers nothing of the others could be seen.
    const limit = position === 0 ? Math.max(reads.limit, ...found.readBy.map(({ value }) => Math.abs(value))) : reads.limit;
    for (const direction of ['reads', 'readBy'] satisfies Direction[]) {
      for (const { at, value } of found[direction]) {
        const shade = shadeOf(direction, value, limit);
        if (shade !== null) put(this.styles[shade], at);
      }
    }
    put(this.frame, position);
    return [...byStyle];
  }
}
