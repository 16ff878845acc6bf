/** Hovering over code in Python, TypeScript or JavaScript: the token that the model reads there, and its most active latents. */
import * as vscode from 'vscode';
import { ActivationCache, type Place, type ReadToken } from './activation-cache';
import type { Annotations } from './annotations';
import type { EngineClient } from '../engine/client';
import { HOVER_COMMANDS, hoverText } from './hover-text';
import { questionSettings } from '../settings/question-settings';
import { hoverSettings, setHover } from '../settings/settings';
import { TYPED_LANGUAGES } from '../code/languages';
import { nameOf } from '../code/target';
import type { ActivationsAt } from '../../protocol/documents/latents';

/** Typing has to rest for this long before the code is read again. */
const QUIET_MS = 600;
/** For this long after a hover a document is read again when it was edited. */
const RECENT_MS = 120_000;

export class LatentHover implements vscode.HoverProvider, vscode.Disposable {
  private readonly cache = new ActivationCache();
  /** When somebody last hovered over a document. */
  private readonly hovered = new WeakMap<vscode.TextDocument, number>();
  private readonly quiet = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private readonly listening = vscode.workspace.onDidChangeTextDocument((change) => this.edited(change));

  constructor(
    private readonly engine: EngineClient,
    private readonly annotations: Annotations,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async provideHover(document: vscode.TextDocument, at: vscode.Position, token: vscode.CancellationToken): Promise<vscode.Hover | null> {
    const began = performance.now();
    try {
      if (!this.isOn(document)) return null;
      this.hovered.set(document, Date.now());
      const [place, ask] = await this.ask(document, document.offsetAt(at));
      if (place.text.trim() === '') return null;
      const known = this.cache.find(place) !== undefined;
      // A request that was waited for may end with the engine, which a hover must not start again unless it is asked to.
      if (!(await this.cache.get(place, ask, () => token.isCancellationRequested || !this.isOn(document)))) return null;
      await this.annotations.ready();
      if (token.isCancellationRequested) return null;
      // The code may have been edited meanwhile, and what is shown has to be right now.
      const found = this.cache.find({ ...place, text: document.getText() });
      const hover = found ? this.hoverOf(document, found) : null;
      this.log.debug(`Hover: ${(performance.now() - began).toFixed(1)} ms, ${known ? 'from the cache' : 'read'}.`);
      return hover;
    } catch (error) {
      this.log.warn(`Hover: ${(error as Error).message}`); // a hover interrupts nobody
      return null;
    }
  }

  /** To be called when the engine stops: it may open another model. */
  forget(): void {
    this.cache.clear();
  }

  dispose(): void {
    this.listening.dispose();
    for (const timer of this.quiet.values()) clearTimeout(timer);
  }

  private isOn(document: vscode.TextDocument): boolean {
    const { enabled } = hoverSettings(document.uri);
    return enabled === 'always' || (enabled === 'whenRunning' && this.engine.isOpen);
  }

  /** The place in the cache, and how what is there is asked for. */
  private async ask(document: vscode.TextDocument, offset: number): Promise<[Place, (place: Place) => Promise<ActivationsAt>]> {
    const { uri } = document;
    const [{ site, count }, question] = [hoverSettings(uri), await questionSettings(uri)];
    const asked = { file: nameOf(document), range: null, question, site, count };
    const key = JSON.stringify([uri.toString(), site, count, question]);
    return [{ key, text: document.getText(), offset }, (place) => this.engine.request('activations', { ...asked, text: place.text, around: place.offset })];
  }

  private hoverOf(document: vscode.TextDocument, found: ReadToken): vscode.Hover {
    const { reading, position } = found;
    const { start, end } = reading.tokens[position];
    const text = hoverText(found, { uri: document.uri.toString(), annotation: (ref) => this.annotations.of(ref) });
    const markdown = new vscode.MarkdownString(text);
    markdown.isTrusted = { enabledCommands: HOVER_COMMANDS };
    return new vscode.Hover(markdown, new vscode.Range(document.positionAt(start!), document.positionAt(end!)));
  }

  /** Reads again what an edit has made uncertain, so that the next hover need not wait. */
  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !TYPED_LANGUAGES.includes(document.languageId) || !this.hovered.has(document)) return;
    clearTimeout(this.quiet.get(document));
    this.quiet.delete(document);
    if (Date.now() - this.hovered.get(document)! > RECENT_MS) return;
    const offset = contentChanges[0].rangeOffset;
    const again = async () => {
      this.quiet.delete(document);
      if (document.isClosed || !this.isOn(document) || !this.engine.isOpen) return;
      const [place, ask] = await this.ask(document, Math.min(offset, document.getText().length));
      if (place.text.trim() !== '') await this.cache.get(place, ask, () => document.isClosed || !this.isOn(document) || !this.engine.isOpen);
    };
    this.quiet.set(document, setTimeout(() => void again().catch((error: Error) => this.log.warn(`Hover: ${error.message}`)), QUIET_MS));
  }
}

const BEFORE_OFF = 'hover.beforeOff';

/** Off, or back to what it was. */
export async function toggleHover(memory: vscode.Memento): Promise<void> {
  const { enabled } = hoverSettings();
  const next = enabled !== 'off' ? 'off' : memory.get(BEFORE_OFF) === 'always' ? 'always' : 'whenRunning';
  if (next === 'off') await memory.update(BEFORE_OFF, enabled);
  await setHover(next);
  void vscode.window.setStatusBarMessage(SAID[next], 5000);
}

const SAID = {
  off: 'Hover shows no tokens and latents',
  whenRunning: 'Hover shows tokens and latents when the engine runs',
  always: 'Hover shows tokens and latents, and starts the engine for them',
};
