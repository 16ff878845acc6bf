/** Copies the command line that explains the same code or finds its latents, with what the settings and the file on disk say. */
import * as vscode from 'vscode';
import { cliCommand, type CliContext } from './cli-command';
import type { How } from './explainer';
import { projectOf } from '../code/target';
import { numberedTwin } from './same-twin';
import { openQuestionSettings, questionInUse, questionSettings } from '../settings/question-settings';
import { absolutePath, modelSettings, topK } from '../settings/settings';
import type { Explanation } from '../../protocol/documents/explanation';
import type { Params } from '../../protocol/analyses';
import { WrongChoice } from '../../protocol/models/wrong-choice';
import { isPackageModel, packageModelFor } from '../../vocabulary/package-models';
import { BUILT_IN_QUESTIONS } from '../../protocol/models/questions';
import { decodeSource } from '../../protocol/reading/source-encoding';

/** Where explained code is, and what it is compared with. */
export interface ExplainedCode {
  /** Null for code that is in no file. */
  uri: vscode.Uri | null;
  /** Where it was last seen in it. */
  start: number;
  compare: How['compare'];
  /** What the latents were asked with, where the command is to find these. */
  latents?: Params<'latents'> | null;
}

/** @throws when the command line cannot do the same, with the reason */
export async function copyCliCommand(extensionUri: vscode.Uri, explanation: Explanation, explained: ExplainedCode): Promise<void> {
  await vscode.env.clipboard.writeText(cliCommand(explanation, await cliContext(extensionUri, explanation, explained)));
  void vscode.window.setStatusBarMessage('Copied the command', 4000);
}

/** @throws when a result is another model's than the one in use */
export function requireModel(id: string): void {
  const { model } = modelSettings();
  if (model === null && isPackageModel(id)) return;
  const current = model?.replace(/@main$/, '') ?? 'that of the package';
  if (current === id || current.replace(/^.*[/\\]/, '') === id) return;
  throw new WrongChoice('model', `This result was made with the model ${id}, and ${current} is chosen now. Choose that model first.`);
}

/** What a saved result says about its code, whose file is looked for in the workspace. */
export function savedCode(explanation: Explanation): ExplainedCode {
  const { file, start } = explanation.source;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return { uri: file !== null && folder ? vscode.Uri.joinPath(folder, file) : null, start, compare: comparedIn(explanation) };
}

/** How to ask again for what a result compares with. */
export function comparedIn({ counterfactual, variants }: Explanation): How['compare'] {
  if (!counterfactual) return null;
  if (counterfactual.kind === null) return { text: counterfactual.code };
  const variant = variants?.find(({ code }) => code === counterfactual.code);
  return variant ? numberedTwin({ variants }, variant.number) : 'best';
}

/** @throws when the result is another model's */
async function cliContext(extensionUri: vscode.Uri, { model, actual, place }: Explanation, code: ExplainedCode): Promise<CliContext> {
  const { uri, start, compare, latents = null } = code;
  const { model: reference, saes = [] } = modelSettings();
  const { answers, contextLimit } = place ? openQuestionSettings(null, null, uri ?? undefined) : await questionSettings(uri ?? undefined);
  requireModel(model.id);
  const bytes = uri?.scheme === 'file' ? await vscode.workspace.fs.readFile(uri).then((read) => read, () => new Uint8Array()) : null;
  return {
    script: vscode.Uri.joinPath(extensionUri, 'dist', 'cli', 'main.mjs').fsPath,
    file: uri && bytes && { path: uri.fsPath, text: textOf(uri, bytes) },
    start,
    compare,
    // Where none is chosen the command line takes that of the package which the question goes to, as the engine does.
    model: reference ? await wholePath(reference) : model.id === packageModelFor(place !== undefined) ? null : model.id,
    template: place ? null : templateArgument(uri ?? undefined),
    topK: topK(),
    latents: latents && { params: latents, saes: await Promise.all(saes.map(wholePath)) },
    otherSettings: (answers ?? null) !== null || (contextLimit ?? null) !== null,
    run: actual !== null,
    trusted: vscode.workspace.isTrusted,
    project: (uri && projectOf(uri)?.root) ?? null,
    windows: process.platform === 'win32',
  };
}

function textOf(uri: vscode.Uri, bytes: Uint8Array): string {
  try {
    return /\.pyw?$/i.test(uri.path) || uri.path.endsWith('.ipynb') ? decodeSource(bytes) : new TextDecoder().decode(bytes);
  } catch (error) {
    throw new Error(`${uri.fsPath} ${(error as Error).message}`, { cause: error });
  }
}

/** A path that is relative to the workspace folder as a whole one, as the command may be run anywhere; other references as they are. */
async function wholePath(reference: string): Promise<string> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder || /^(?:[/\\~]|[a-z]:[/\\]|ollama:)/i.test(reference)) return reference;
  const uri = vscode.Uri.joinPath(folder, reference);
  return vscode.workspace.fs.stat(uri).then(() => uri.fsPath, () => reference);
}

/** What --template takes; null for the question that the command line asks without. @throws for one that only the settings hold */
function templateArgument(scope?: vscode.Uri): string | null {
  const place = questionInUse(scope);
  if (place.in === 'settings') throw new WrongChoice('question', `The command line does not know the question ${place.name} of your settings. Save it as a template file, and use that.`);
  if (place.in === 'package') return place.name === BUILT_IN_QUESTIONS[0] ? null : place.name;
  const file = absolutePath(place.file, 'template', scope);
  return place.id === null ? file : `${file}#${place.id}`;
}
