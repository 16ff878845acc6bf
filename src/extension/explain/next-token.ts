/** Explain Next Token: the place in any text that the editor's cursor means, or what is selected to be written otherwise. */
import type * as vscode from 'vscode';
import type { EngineClient } from '../engine/client';
import { readsAround } from '../code/open-place';
import { targetAt, type Target } from '../code/target';
import { readAround } from '../settings/settings';
import { Advice } from '../ui/advice';

/** @throws Advice where there is nothing to read, or the model cannot be asked about a selection */
export async function nextTokenTarget(editor: vscode.TextEditor | undefined, engine: EngineClient): Promise<Target> {
  if (!editor) throw new Advice('Open a text in an editor, and put the cursor where the next token is to come.');
  const { document, selection } = editor;
  const place = { ask: 'next-token' as const, start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
  const text = document.getText();
  if (text.trim() === '') throw new Advice(NOTHING);
  const { open: { id, fillsHoles } } = await engine.open();
  if (selection.isEmpty) {
    if (readsAround(readAround(document.uri), fillsHoles, text.slice(place.end))) return targetAt(document, { ...place, fim: true });
    if (text.slice(0, place.start).trim() === '') throw new Advice(NOTHING);
    return targetAt(document, place);
  }
  if (!fillsHoles) {
    throw new Advice(
      `${id} reads only what is before a place: it was not trained to fill in the middle, so it cannot be asked what it would put in the place of a selection. Put the cursor where the next token is to come, with nothing selected, or choose another model.`,
      [{ title: 'Select Model…', command: 'latentLens.selectModel' }],
    );
  }
  return targetAt(document, { ...place, fim: true });
}

const NOTHING = 'There is nothing before the cursor that a next token could follow. Put the cursor behind some text.';
