/** The user's settings, read when they are needed. */
import * as vscode from 'vscode';
import type { AskedQuestion, OpenModel } from '../protocol/engine';

/** Templates are short; a longer file is one by mistake. */
const MAX_TEMPLATE_BYTES = 1_000_000;

const settings = (scope?: vscode.Uri) => vscode.workspace.getConfiguration('latentLens', scope);

/** The model folder and the threads that the engine opens it with. */
export function modelSettings(): OpenModel {
  return { folder: settings().get<string>('model', '').trim() || null, threads: settings().get<number>('threads', 0) || null };
}

/** @throws when the template file cannot be read */
export async function questionSettings(scope?: vscode.Uri): Promise<AskedQuestion> {
  const answers = settings(scope).get<string[]>('answers', []);
  const contextLimit = settings(scope).get<number>('contextLimit', 0);
  return {
    template: await readTemplate(settings(scope).get<string>('template', '').trim()),
    answers: answers.length > 0 ? answers : null,
    contextLimit: contextLimit || null,
  };
}

/** FILE or FILE#ID, relative to the first folder of the workspace. */
async function readTemplate(setting: string): Promise<AskedQuestion['template']> {
  if (setting === '') return null;
  const [, file, id] = /^(.+?)(?:#([a-z0-9-]+))?$/s.exec(setting)!;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const absolute = /^(?:[/\\]|[a-z]:[/\\])/i.test(file);
  if (!absolute && !folder) throw new Error(`The setting latentLens.template is "${setting}", relative to a folder, but no folder is open. Give the whole path.`);
  const uri = absolute ? vscode.Uri.file(file) : vscode.Uri.joinPath(folder!, file);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_TEMPLATE_BYTES) throw new Error(`it has ${size.toLocaleString('en-US')} bytes, more than a template file may have`);
    return { file, json: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), id: id ?? null };
  } catch (error) {
    throw new Error(`The template file ${file} could not be read: ${(error as Error).message}. It is named by the setting latentLens.template.`, { cause: error });
  }
}

export function topK(): number {
  return settings().get<number>('topK', 10);
}

/** Seconds of processor time that one program may take. */
export function sandboxTimeout(): number {
  return settings().get<number>('sandboxTimeout', 2);
}

export interface OverlayColours {
  positive: string;
  negative: string;
}

const HEX = /^#[0-9a-f]{6}$/i;

/** As #rrggbb. */
export function overlayColours(): OverlayColours {
  const read = (name: keyof OverlayColours, otherwise: string) => {
    const value = settings().get<string>(`overlay.${name}`, otherwise);
    return HEX.test(value) ? value : otherwise;
  };
  return { positive: read('positive', '#3f82c6'), negative: read('negative', '#dd8430') };
}

export async function setModel(folder: string | null): Promise<void> {
  await settings().update('model', folder ?? undefined, vscode.ConfigurationTarget.Global);
}

/** Whether a change of the settings means that the engine has to open its model again. */
export function affectsEngine(change: vscode.ConfigurationChangeEvent): boolean {
  return change.affectsConfiguration('latentLens.model') || change.affectsConfiguration('latentLens.threads');
}
