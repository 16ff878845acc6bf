/** Where the cursor is in the explained code, as an analysis can be told. */
import type * as vscode from 'vscode';
import type { Explainer } from './explainer';
import { placeAt } from './selected-stretch';
import { Advice } from '../ui/advice';

/** @throws Advice where it is elsewhere */
export function cursorPlace(editor: vscode.TextEditor | undefined, { live }: Explainer): string {
  const explained = editor && live?.uri.toString() === editor.document.uri.toString() ? live : null;
  const place = editor && explained && placeAt(editor.document.getText(), editor.document.offsetAt(editor.selection.active), explained);
  if (!place) throw new Advice('Put the cursor into the code that was explained first, at a token of it.');
  return place;
}
