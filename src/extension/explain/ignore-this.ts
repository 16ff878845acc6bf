/** What the model answers when it cannot read what is selected in the explained code. */
import type * as vscode from 'vscode';
import type { Analyses } from './analyses';
import type { Explainer } from './explainer';
import { stretchOfSelection } from './selected-stretch';
import { Advice } from '../ui/advice';

/** @returns once it is asked; what comes of it is shown in the panel. @throws Advice where no explained code is selected */
export function ignoreThis(editor: vscode.TextEditor | undefined, explainer: Explainer, analyses: Analyses): Promise<void> {
  const { live } = explainer;
  const explained = editor && live?.uri.toString() === editor.document.uri.toString() ? live : null;
  const [start, end] = editor ? [editor.selection.start, editor.selection.end].map((at) => editor.document.offsetAt(at)) : [0, 0];
  const stretch = editor && explained && stretchOfSelection(editor.document.getText(), { start, end }, explained);
  if (!stretch) throw new Advice('Select some of the code that was explained first: its tokens are then not read.');
  return analyses.ask('knockout', { sources: [stretch] }, true);
}
