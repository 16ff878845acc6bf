/** Saving what a view shows, and whole results, where the user says. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { Advice } from '../ui/advice';
import { diffable } from '../../protocol/documents/diffable';
import type { Notes } from '../../protocol/graphs/notes';
import type { PanelMessage } from '../../protocol/pages/panel';
import type { Result } from '../../protocol/documents/result';
import { fileProblem } from '../../protocol/words/file-problem';

type Export = Extract<PanelMessage, { type: 'export' }>;

const KINDS: Record<Export['kind'], string> = { csv: 'CSV', json: 'JSON', svg: 'SVG Picture', png: 'PNG Picture' };

export async function saveExport({ name, kind, content }: Export): Promise<void> {
  const bytes = kind === 'png' ? Buffer.from(content, 'base64') : Buffer.from(content, 'utf8');
  const target = await askWhere(`${fileName(name)}.${kind}`, { [KINDS[kind]]: [kind] });
  if (target) await write(target, bytes);
}

export async function saveResult(result: Result): Promise<void> {
  const stem = result.reading.source.file?.replace(/^.*[/\\]/, '').replace(/\.\w+$/, '') ?? 'code';
  // Some dialogs add a filter's extension to a name that ends in it already, when it has two parts.
  const target = await askWhere(`${fileName(stem)}.latentlens.json`, { 'Latent Lens Result': ['json'] });
  if (target) await write(await asResult(target), Buffer.from(diffable(result), 'utf8'));
}

/** None where nothing was made, so that results without graphs stay as they are. */
export function withNotes({ notes: _, ...result }: Result, notes: Notes): Result {
  return Object.keys(notes).length > 0 ? { ...result, notes } : result;
}

/** A name by which the file opens as a result again. @throws when that is taken, as the dialog has asked for another one */
async function asResult(target: vscode.Uri): Promise<vscode.Uri> {
  if (target.path.endsWith('.latentlens.json')) return target;
  const uri = target.with({ path: `${target.path.replace(/\.json$/, '')}.latentlens.json` });
  const taken = await vscode.workspace.fs.stat(uri).then(() => true, () => false);
  if (taken) throw new Error(`${vscode.workspace.asRelativePath(uri)} is there already. Save the result under another name.`);
  return uri;
}

async function askWhere(name: string, filters: Record<string, string[]>): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const defaultUri = vscode.Uri.joinPath(folder, name);
  return vscode.window.showSaveDialog({ defaultUri, filters });
}

async function write(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const name = vscode.workspace.asRelativePath(target);
  await vscode.workspace.fs.writeFile(target, bytes).then(() => undefined, (error: unknown) => {
    throw new Advice(fileProblem(error, name, 'write') ?? `${name} could not be written: ${(error as Error).message}.`);
  });
  void vscode.window.setStatusBarMessage(`Saved ${name}`, 4000);
}

/** A page's suggestion as a plain file name. */
function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '').slice(0, 100) || 'latent-lens';
}
