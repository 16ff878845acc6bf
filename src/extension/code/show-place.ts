/** Brings a token of explained code into sight where it is now, or says that it is gone. */
import * as vscode from 'vscode';
import { goneWords, placeNow } from './place-now';
import type { OffsetRange } from './tracked-range';
import type { Placed } from '../../protocol/reading/code-parts';

export interface ShownPlace {
  uri: string;
  range: vscode.Range;
}

const SAID_MS = 8000;

/** @param live where the code is in the editor's text, if that was followed @returns null where it is gone */
export function showPlace(
  editor: vscode.TextEditor,
  source: Placed & OffsetRange,
  { position, text, start, end }: { position: number; text: string } & OffsetRange,
  live: OffsetRange | null,
): ShownPlace | null {
  const { document } = editor;
  const now = placeNow(source, { start, end }, document.getText(), live);
  if (now.kind === 'gone') {
    void vscode.window.setStatusBarMessage(goneWords(text, position), SAID_MS);
    return null;
  }
  const range = new vscode.Range(document.positionAt(now.start), document.positionAt(now.end));
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return { uri: document.uri.toString(), range };
}
