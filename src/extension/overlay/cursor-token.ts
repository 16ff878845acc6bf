import type * as vscode from 'vscode';
import type { Explainer } from '../explain/explainer';
import { tokenAt } from '../code/token-effects';

/** The token of the explained code that the cursor is in, by its position; null when it is elsewhere or the code has changed. */
export function cursorToken({ explanation, live, moved, status }: Explainer, { document, selection }: vscode.TextEditor): number | null {
  if (!explanation || !live || status.outdated || document.uri.toString() !== live.uri.toString()) return null;
  return tokenAt(explanation, document.offsetAt(selection.active) - moved);
}
