/** Asks what the model answers when a latent is changed: in the very run in which its activation was shown. */
import * as vscode from 'vscode';
import type { EngineClient, RequestOptions } from '../engine/client';
import type { Explainer } from '../explain/explainer';
import { tokenAt, tokenOver } from '../code/token-effects';
import type { RecentEditor } from '../code/recent-editor';
import { questionSettings } from '../settings/question-settings';
import { askedOf, isPython, nameOf, targetOf, type Target } from '../code/target';
import type { Asked } from '../../protocol/engine';
import type { Explanation } from '../../protocol/documents/explanation';
import { changedOf, type ChangedDocument, type ChangedLatent } from '../../protocol/documents/latents';
import type { Intervention, LatentArgument } from '../../protocol/pages/latents-view';
import type { LatentRef } from '../../vocabulary/latent-name';

export type Given = Pick<LatentArgument, 'position' | 'at'>;

/** A place in a file, UTF-16. */
interface Place {
  document: vscode.TextDocument;
  offset: number;
}

type Where = { asked: Asked; positions: ChangedLatent['positions'] };

export class Intervene {
  constructor(
    private readonly engine: EngineClient,
    private readonly explainer: Explainer,
    private readonly recent: RecentEditor,
  ) {}

  /** @param given the token that a command named */
  async run(ref: LatentRef, intervention: Intervention, given: Given | null, options: Required<RequestOptions>): Promise<ChangedDocument> {
    const { change, errorTerm, generate, where } = intervention;
    const { asked, positions } = await this.where(ref, where, given, options);
    const asking = { changes: [{ ...ref, positions, change }], errorTerm, generate };
    return changedOf(await this.engine.request('analyse', { ...asked, run: false, timeout: null, analyses: { intervention: asking } }, options))!;
  }

  private async where({ site }: LatentRef, where: Intervention['where'], given: Given | null, { signal }: RequestOptions): Promise<Where> {
    if (where === 'everywhere') return { asked: await askedOf(await this.target()), positions: 'all' };
    if (where === 'given' && given?.position !== undefined) {
      if (this.explainer.status.outdated) throw new Error('The code has changed since it was explained, and its tokens with it. Explain it again.');
      return { asked: asRead(await askedOf(await this.explainer.liveTarget()), this.explainer.explanation), positions: [given.position] };
    }
    const { document, offset } = where === 'given' ? await placeOf(given) : await this.cursor();
    if (!isPython(document)) throw new Error(`${nameOf(document) ?? 'This file'} is not Python. Place the cursor in Python code.`);
    // What is read around a place, as for a hover and for “active here”.
    const all = { file: nameOf(document), text: document.getText(), question: await questionSettings(document.uri) };
    const { tokens, read } = await this.engine.request('activations', { ...all, range: null, site, count: 1, around: offset }, { signal });
    const position = where === 'given' ? tokenOver(tokens, offset) : tokenAt({ tokens }, offset);
    if (position === null) throw new Error('There is no token at this place. Place the cursor in the code.');
    return { asked: { ...all, range: read }, positions: [position] };
  }

  private async target(): Promise<Target> {
    const explained = this.explainer.live ? await this.explainer.liveTarget().catch(() => null) : null;
    return explained ?? targetOf(await this.recent.editor(), this.engine);
  }

  private async cursor(): Promise<Place> {
    const editor = await this.recent.editor();
    if (!editor) throw new Error('Open a Python file and place the cursor in its code first.');
    const { document, selection } = editor;
    return { document, offset: document.offsetAt(selection.active) };
  }
}

/** Of the cells before a notebook's only those that were read: others were run, or left out for what they raise. */
function asRead(asked: Asked, explanation: Explanation | null): Asked {
  const read = new Set(explanation?.source.parts?.map(({ cell }) => cell));
  const { notebook } = asked;
  return notebook ? { ...asked, notebook: { ...notebook, before: notebook.before.filter(({ number }) => read.has(number)) } } : asked;
}

async function placeOf(given: Given | null): Promise<Place> {
  if (!given?.at) throw new Error('No token was named. Place the cursor at one, and choose “At the cursor”.');
  const { uri, offset } = given.at;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  return { document, offset };
}
