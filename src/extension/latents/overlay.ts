/** Latents highlighted in the code: the heat of each in its own colour, in all visible Python files, read again after edits. */
import * as vscode from 'vscode';
import { certainUntil } from './activation-cache';
import { activationShare } from './activation-words';
import type { EngineClient } from '../engine/client';
import { freeSlot, heatLimit, heatSpans, heatSteps, LATENT_COLOURS, type HeatSpan } from './heat';
import { DrawnStyles } from '../overlay/drawn-styles';
import { isHighContrast } from '../overlay/overlay';
import { questionSettings } from '../settings/question-settings';
import { isPython } from '../code/target';
import type { Firings } from '../../protocol/documents/latents';
import { latentName, type LatentRef, sameLatent } from '../../vocabulary/latent-name';

/** Typing has to rest for this long before the code is read again. */
const QUIET_MS = 500;

/** A latent that is highlighted. */
interface Shown {
  ref: LatentRef;
  /** Index into `LATENT_COLOURS`. */
  slot: number;
  /** The largest activation that is known; null when none is. */
  maximum: number | null;
}

/** What was read of a document. */
interface Reading {
  text: string;
  /** The names of the latents that were asked for. */
  names: string;
  firings: Firings;
}

export class LatentOverlay implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  /** Other latents are shown, or none any more. */
  readonly onDidChange = this.changes.event;
  /** The oldest first. */
  private latents: Shown[] = [];
  private readonly readings = new Map<vscode.TextDocument, Reading>();
  private readonly pending = new Map<vscode.TextDocument, Promise<void>>();
  /** Decorations by slot and step, made with the first latent. */
  private styles: vscode.TextEditorDecorationType[][] = [];
  private drawn = new DrawnStyles();
  private quiet?: NodeJS.Timeout;
  private readonly subscriptions = [
    vscode.window.onDidChangeVisibleTextEditors(() => this.latents.length > 0 && this.follow()),
    vscode.window.onDidChangeActiveColorTheme(() => this.restyle()),
    vscode.workspace.onDidCloseTextDocument((document) => this.readings.delete(document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (this.latents.length === 0 || contentChanges.length === 0 || !isPython(document)) return;
      this.draw();
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => this.follow(), QUIET_MS);
    }),
  ];

  /** @param report says what went wrong after an edit */
  constructor(private readonly engine: EngineClient, private readonly report: (action: Promise<unknown>) => void) {}

  /** The latents that are highlighted, with their colours as #rrggbb. */
  get shown(): { ref: LatentRef; colour: string }[] {
    return this.latents.map(({ ref, slot }) => ({ ref, colour: LATENT_COLOURS[slot] }));
  }

  /** Highlights a latent, in the place of the oldest when there is no colour left, or stops. @throws when it cannot be read */
  async toggle(ref: LatentRef): Promise<void> {
    if (this.latents.some((shown) => sameLatent(shown.ref, ref))) return this.remove(ref);
    const { maximum } = await this.engine.request('latent', ref);
    if (this.latents.some((shown) => sameLatent(shown.ref, ref))) return;
    const replaced = this.latents.length === LATENT_COLOURS.length ? this.latents.shift() : undefined;
    const slot = freeSlot(this.latents.map((shown) => shown.slot))!;
    this.latents.push({ ref: { site: ref.site, latent: ref.latent }, slot, maximum });
    if (this.styles.length === 0) this.restyle();
    this.changes.fire();
    try {
      await this.readAll();
    } catch (error) {
      this.remove(ref);
      throw error;
    }
    const places = this.places(ref);
    const said = places === null ? 'shows in Python files' : `is active at ${places || 'no'} ${places === 1 ? 'place' : 'places'} here`;
    const instead = replaced ? `, highlighted instead of ${latentName(replaced.ref)}` : '';
    void vscode.window.setStatusBarMessage(`${latentName(ref)} ${said}${instead}`, 6000);
  }

  /** Stops highlighting all. */
  clear(): void {
    clearTimeout(this.quiet);
    this.readings.clear();
    if (this.latents.length === 0) return;
    this.latents = [];
    this.draw();
    this.changes.fire();
  }

  dispose(): void {
    clearTimeout(this.quiet);
    for (const item of [...this.subscriptions, ...this.styles.flat(), this.changes]) item.dispose();
  }

  private remove(ref: LatentRef): void {
    this.latents = this.latents.filter((shown) => !sameLatent(shown.ref, ref));
    this.draw();
    this.changes.fire();
  }

  /** Spans of a latent in what is visible; null when nothing was read. */
  private places(ref: LatentRef): number | null {
    const read = this.documents().flatMap((document) => this.readings.get(document) ?? []);
    return read.length === 0 ? null : read.reduce((sum, { firings, text }) => sum + heatSpans(firings, ref, 1, text.length).length, 0);
  }

  private documents(): vscode.TextDocument[] {
    return [...new Set(vscode.window.visibleTextEditors.map(({ document }) => document))].filter(isPython);
  }

  /** What failed would fail again after each edit, so nothing is highlighted any more. */
  private follow(): void {
    this.report(this.readAll().catch((error: Error) => {
      this.clear();
      throw error;
    }));
  }

  private async readAll(): Promise<void> {
    this.draw();
    const reading = this.documents().map((document) => this.read(document));
    const task = () => Promise.all(reading);
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Latent Lens: reading where latents are active' }, task);
  }

  /** One reading of a document at a time: one that has begun is not cancelled by an edit, but followed by another. */
  private read(document: vscode.TextDocument): Promise<void> {
    const pending = this.pending.get(document) ?? this.readUntilCurrent(document);
    this.pending.set(document, pending);
    return pending;
  }

  private async readUntilCurrent(document: vscode.TextDocument): Promise<void> {
    try {
      for (;;) {
        const question = await questionSettings(document.uri);
        const [text, latents] = [document.getText(), this.latents.map(({ ref }) => ref)];
        const names = latents.map(latentName).join(' ');
        const kept = this.readings.get(document);
        if (latents.length === 0 || document.isClosed || (kept?.text === text && kept.names === names)) return;
        const firings = await this.engine.request('firings', { text, latents, question });
        if (document.isClosed) return;
        this.readings.set(document, { text, names, firings });
        this.draw();
      }
    } finally {
      this.pending.delete(document);
    }
  }

  private restyle(): void {
    for (const style of this.styles.flat()) style.dispose();
    this.drawn = new DrawnStyles();
    const kind = isHighContrast() ? 'highContrast' : 'usual';
    this.styles = LATENT_COLOURS.map((_, slot) => heatSteps(slot, kind).map(({ background, border }, step) =>
      vscode.window.createTextEditorDecorationType({
        backgroundColor: background,
        border,
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        overviewRulerLane: vscode.OverviewRulerLane.Right,
        overviewRulerColor: step >= 4 ? LATENT_COLOURS[slot] : undefined,
      }),
    ));
    this.draw();
  }

  private draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const reading = this.readings.get(editor.document);
      const certain = reading ? certainUntil(reading.text, editor.document.getText()) : 0;
      const decorations = this.styles.flatMap((steps, slot) => {
        const shown = this.latents.find((latent) => latent.slot === slot);
        const spans = shown && reading ? heatOf(reading.firings, shown, certain) : [];
        const largest = shown && reading ? heatLimit(reading.firings, shown.ref, null) : 0;
        return steps.map((style, step) => {
          const own = spans.filter((span) => span.step === step);
          return [style, own.map((span) => decoration(editor.document, span, shown!, largest))] as const;
        });
      });
      this.drawn.draw(editor, decorations);
    }
  }
}

function heatOf(firings: Firings, { ref, maximum }: Shown, certain: number): HeatSpan[] {
  return heatSpans(firings, ref, heatLimit(firings, ref, maximum), certain);
}

function decoration(document: vscode.TextDocument, span: HeatSpan, { ref, maximum }: Shown, largest: number): vscode.DecorationOptions {
  const { start, end, activation } = span;
  const share = activationShare(activation, maximum, { largest, where: 'in what was read of this file' });
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const says = `Latent Lens: ${latentName(ref)} is active with ${activation.toFixed(2)}, ${share}.`;
  return { range, hoverMessage: new vscode.MarkdownString().appendText(says) };
}
