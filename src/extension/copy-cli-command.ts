/** Copies the command line that explains the same code, with what the settings and the file on disk say. */
import * as vscode from 'vscode';
import { cliCommand, type CliContext } from './cli-command';
import type { How } from './explainer';
import { absolutePath, modelSettings, questionSettings, templateParts, templateSetting, topK } from './settings';
import type { Explanation } from '../protocol/explanation';

/** Where explained code is, and what it is compared with. */
export interface ExplainedCode {
  /** Null for code that is in no file. */
  uri: vscode.Uri | null;
  /** Where it was last seen in it. */
  start: number;
  compare: How['compare'];
}

/** @throws when the command line cannot do the same, with the reason */
export async function copyCliCommand(extensionUri: vscode.Uri, explanation: Explanation, explained: ExplainedCode): Promise<void> {
  await vscode.env.clipboard.writeText(cliCommand(explanation, await cliContext(extensionUri, explanation, explained)));
  void vscode.window.setStatusBarMessage('Copied the command', 4000);
}

/** What a saved result says about its code, whose file is looked for in the workspace. */
export function savedCode(explanation: Explanation): ExplainedCode {
  const { file, start } = explanation.source;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return { uri: file !== null && folder ? vscode.Uri.joinPath(folder, file) : null, start, compare: comparedIn(explanation) };
}

function comparedIn({ counterfactual, variants }: Explanation): How['compare'] {
  if (!counterfactual) return null;
  if (counterfactual.kind === null) return { text: counterfactual.code };
  const variant = variants?.find(({ code }) => code === counterfactual.code);
  return variant ? { number: variant.number } : 'best';
}

/** @throws when the result is another model's */
async function cliContext(extensionUri: vscode.Uri, { model, actual }: Explanation, code: ExplainedCode): Promise<CliContext> {
  const { uri, start, compare } = code;
  const { model: folder } = modelSettings();
  const { answers, contextLimit } = await questionSettings(uri ?? undefined);
  const current = folder?.replace(/^.*[/\\]/, '') ?? 'python-errors';
  if (current !== model.id) throw new Error(`This result was made with the model ${model.id}, and ${current} is chosen now. Choose that model, then copy the command.`);
  const [template, id] = templateSetting(uri ?? undefined) === '' ? [null, null] : templateParts(templateSetting(uri ?? undefined));
  const absolute = template && absolutePath(template, 'template', uri ?? undefined);
  const bytes = uri?.scheme === 'file' ? await vscode.workspace.fs.readFile(uri).then((read) => read, () => new Uint8Array()) : null;
  return {
    script: vscode.Uri.joinPath(extensionUri, 'dist', 'cli', 'main.mjs').fsPath,
    file: uri && bytes && { path: uri.fsPath, text: new TextDecoder().decode(bytes) }, // the decoder leaves a byte order mark out
    start,
    compare,
    model: folder,
    template: absolute && id !== null ? `${absolute}#${id}` : absolute,
    topK: topK(),
    otherSettings: answers !== null || contextLimit !== null,
    run: actual !== null,
    windows: process.platform === 'win32',
  };
}
