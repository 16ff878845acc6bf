/** The result drawn into the code: the heat of patching on its tokens, the chosen token, and the variant as a ghost. */
import * as vscode from 'vscode';
import type { Explainer } from '../explain/explainer';
import { GHOST_LABEL, ghostEdits, ghostText, type GhostEdit } from './ghost-edits';
import { overlayColours } from '../settings/settings';
import { predictedAt } from './predicted';
import { showPlace, type ShownPlace } from '../code/show-place';
import { overlayStep, overlaySteps } from './colours';
import { effectLimit, tokenEffects, usualLayer } from '../code/token-effects';
import { ownStart } from '../../protocol/reading/code-parts';
import type { Explanation } from '../../protocol/documents/explanation';

export class Overlay implements vscode.Disposable {
  private heat = new Map<number, vscode.TextEditorDecorationType>();
  private readonly chosen = vscode.window.createTextEditorDecorationType({
    border: '2px solid',
    borderColor: new vscode.ThemeColor('focusBorder'),
    overviewRulerColor: new vscode.ThemeColor('focusBorder'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  private readonly removed = vscode.window.createTextEditorDecorationType({ textDecoration: 'line-through', opacity: '0.75' });
  private readonly inserted = vscode.window.createTextEditorDecorationType({});
  private readonly label = vscode.window.createTextEditorDecorationType({});
  private readonly place = vscode.window.createTextEditorDecorationType({
    border: '1px dashed',
    borderColor: new vscode.ThemeColor('editorCodeLens.foreground'),
    overviewRulerColor: new vscode.ThemeColor('editorCodeLens.foreground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  private readonly predicted = vscode.window.createTextEditorDecorationType({});
  private readonly predictedLabel = vscode.window.createTextEditorDecorationType({});
  private readonly subscriptions: vscode.Disposable[];
  private readonly shows = new vscode.EventEmitter<void>();
  /** The reader wants to see this result in the code. */
  readonly onDidShow = this.shows.event;
  private readonly drawn = new vscode.EventEmitter<void>();
  /** When `isShown` may have changed. */
  readonly onDidDraw = this.drawn.event;
  private hidden = false;
  private layer: number | null = null;
  private position: number | null = null;
  /** The chosen token in code that was edited since, where that is still there. */
  private moved: ShownPlace | null = null;
  private reading: string | null = null;
  private drawing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly explainer: Explainer) {
    this.makeHeat();
    this.subscriptions = [
      explainer.onDidSend(({ type }) => {
        if (type === 'view') return;
        const isNew = type === 'result' || type === 'update';
        if (isNew && !this.isSameReading()) [this.layer, this.position, this.moved] = [null, null, null];
        if (isNew && explainer.status.running) this.show();
        this.drawSoon();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.drawSoon()),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('latentLens.overlay') && this.makeHeat()),
      vscode.window.onDidChangeActiveColorTheme(() => this.makeHeat()),
    ];
  }

  /** Marks a token, and colours by its layer when it is in one. */
  select(position: number | null, layer: number | null, byReader: boolean): void {
    this.position = position;
    if (layer !== null && layer >= 0) this.layer = layer;
    if (byReader) this.show();
    this.drawSoon();
    if (byReader) this.reveal();
  }

  /** Whether what is shown has the same tokens and layers as what was shown before. */
  private isSameReading(): boolean {
    const { explanation } = this.explainer;
    const reading = explanation && [explanation.source.file, explanation.source.start, explanation.model.sha256, explanation.prompt].join('\n');
    const same = reading === this.reading;
    this.reading = reading;
    return same;
  }

  /** Whether a result is shown in its code, where that is visible. */
  get isShown(): boolean {
    const { explanation, live, status } = this.explainer;
    return explanation !== null && live !== null && !this.hidden && !status.outdated;
  }

  clear(): void {
    this.hidden = true;
    this.drawSoon();
  }

  private show(): void {
    this.hidden = false;
    this.shows.fire();
  }

  dispose(): void {
    clearTimeout(this.drawing);
    for (const item of [...this.subscriptions, ...this.styles, this.shows, this.drawn]) item.dispose();
  }

  private get styles(): vscode.TextEditorDecorationType[] {
    return [...this.heat.values(), this.chosen, this.removed, this.inserted, this.label, this.place, this.predicted, this.predictedLabel];
  }

  private makeHeat(): void {
    for (const type of this.heat.values()) type.dispose();
    const make = ({ background, border }: { background: string; border: string }) =>
      vscode.window.createTextEditorDecorationType({
        backgroundColor: background,
        border: isHighContrast() ? border : undefined,
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      });
    this.heat = new Map(overlaySteps(overlayColours()).map((step) => [step.step, make(step)]));
    this.drawSoon();
  }

  /** Partial results come many times a second. */
  private drawSoon(): void {
    this.drawing ??= setTimeout(() => {
      this.drawing = undefined;
      this.draw();
    }, 50);
  }

  private draw(): void {
    const { explanation, live } = this.explainer;
    for (const editor of vscode.window.visibleTextEditors) {
      const shows = this.isShown && editor.document.uri.toString() === live!.uri.toString();
      if (shows && explanation && live) this.drawInto(editor, explanation, this.explainer.moved);
      else this.wipe(editor);
      if (!shows && this.moved?.uri === editor.document.uri.toString()) editor.setDecorations(this.chosen, [this.moved.range]);
    }
    this.drawn.fire();
  }

  /** @param moved how far edits before the code have moved it */
  private drawInto(editor: vscode.TextEditor, explanation: Explanation, moved: number): void {
    const { document } = editor;
    const range = (start: number, end: number) => new vscode.Range(document.positionAt(start + moved), document.positionAt(end + moved));
    const layer = this.layer ?? usualLayer(explanation);
    const limit = effectLimit(explanation);
    const byStep = new Map<number, vscode.DecorationOptions[]>([...this.heat.keys()].map((step) => [step, []]));
    for (const { position, start, end, effect, normalised, estimated } of tokenEffects(explanation, layer)) {
      const step = overlayStep(effect, limit);
      const site = `blocks.${layer}.${explanation.patching!.site}`;
      const value = normalised ? `${effect.toFixed(3)} of the logit difference` : `${effect.toFixed(3)} logits`;
      const hoverMessage = new vscode.MarkdownString().appendText(`Latent Lens: patching ${site} at token ${position} ${estimated ? 'is estimated to move' : 'moves'} ${value}.`);
      byStep.get(step)?.push({ range: range(start, end), hoverMessage });
    }
    for (const [step, type] of this.heat) editor.setDecorations(type, byStep.get(step)!);

    const token = this.position === null ? undefined : explanation.tokens[this.position];
    const own = ownStart(explanation.source);
    const framed = token && token.start !== null && token.end !== null && token.start >= own ? [range(token.start, token.end)] : [];
    editor.setDecorations(this.chosen, framed);

    const predicted = predictedAt(explanation);
    const lineEnd = (offset: number) => document.lineAt(document.positionAt(offset)).range.end;
    editor.setDecorations(this.place, predicted ? [range(predicted.start, predicted.end)] : []);
    const seen = predicted && { hoverMessage: new vscode.MarkdownString().appendText(predicted.hover) };
    const put = (at: vscode.Position, after: vscode.ThemableDecorationAttachmentRenderOptions) =>
      [{ range: new vscode.Range(at, at), ...seen, renderOptions: { after } }];
    editor.setDecorations(this.predicted, predicted ? put(document.positionAt(predicted.end + moved), predictedStyle(predicted.text)) : []);
    editor.setDecorations(this.predictedLabel, predicted ? put(lineEnd(predicted.end + moved), ghostLabel(predicted.label)) : []);

    const ghosts = ghostEdits(explanation);
    const { description } = explanation.counterfactual ?? {};
    const about = description && new vscode.MarkdownString().appendText(`Latent Lens compares with this variant, which is not in the file: ${description}.`);
    const hover = about ? { hoverMessage: about } : {};
    const removed = ghosts.filter(({ start, end }) => end > start);
    editor.setDecorations(this.removed, removed.map(({ start, end }) => ({ range: range(start, end), ...hover })));
    const added = ghosts.filter(({ inserted }) => inserted !== '');
    const drawnAs = (after: vscode.ThemableDecorationAttachmentRenderOptions) => ({ ...hover, renderOptions: { after } });
    const ghost = ({ end, inserted }: GhostEdit) => ({ range: range(end, end), ...drawnAs(ghostStyle(ghostText(inserted))) });
    editor.setDecorations(this.inserted, added.map(ghost));
    const first = ghosts.length === 0 ? null : lineEnd(ghosts[0].start + moved);
    editor.setDecorations(this.label, first ? [{ range: new vscode.Range(first, first), ...drawnAs(ghostLabel(GHOST_LABEL)) }] : []);
  }

  private wipe(editor: vscode.TextEditor): void {
    for (const type of this.styles) editor.setDecorations(type, []);
  }

  private reveal(): void {
    const { explanation, live } = this.explainer;
    const token = this.position === null ? undefined : explanation?.tokens[this.position];
    this.moved = null;
    if (!explanation || !live || !token || token.start === null || token.end === null || token.start < ownStart(explanation.source)) return;
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === live.uri.toString());
    if (!editor) return;
    const { start, end } = token;
    this.moved = showPlace(editor, explanation.source, { position: this.position!, ...token, start, end }, live.open ? null : live);
  }
}

/** In a dashed frame, which no text of the file has, as the colours alone differ little in some themes. */
function ghostStyle(contentText: string): vscode.ThemableDecorationAttachmentRenderOptions {
  return {
    contentText,
    color: new vscode.ThemeColor(isHighContrast() ? 'editor.foreground' : 'editorGhostText.foreground'), // which is not there in high contrast
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedTextBackground'),
    border: '1px dashed',
    borderColor: new vscode.ThemeColor(isHighContrast() ? 'contrastBorder' : 'editorCodeLens.foreground'),
    margin: '0 1px',
    fontStyle: 'italic',
  };
}

/** As other ghosts, on another background, as it is nobody's edit; and strong, as it may be a single sign beside the cursor. */
function predictedStyle(contentText: string): vscode.ThemableDecorationAttachmentRenderOptions {
  const [background, colour] = ['editor.wordHighlightStrongBackground', 'editor.foreground'].map((name) => new vscode.ThemeColor(name));
  return { ...ghostStyle(contentText), backgroundColor: background, color: colour, margin: '0 3px' };
}

/** What the ghosts are, at the end of the first line that has one. */
function ghostLabel(contentText: string): vscode.ThemableDecorationAttachmentRenderOptions {
  return {
    contentText,
    color: new vscode.ThemeColor(isHighContrast() ? 'editor.foreground' : 'editorCodeLens.foreground'),
    margin: '0 0 0 2em',
    fontStyle: 'italic',
  };
}

export function isHighContrast(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight;
}
