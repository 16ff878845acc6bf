/** Saving what a view shows, and whole results, where the user says. */
import * as vscode from 'vscode';
import type { Explanation } from '../protocol/explanation';
import type { FromPanel } from '../protocol/panel';

type Export = Extract<FromPanel, { type: 'export' }>;

const KINDS: Record<Export['kind'], string> = { csv: 'CSV', json: 'JSON', svg: 'SVG Picture', png: 'PNG Picture' };

export async function saveExport({ name, kind, content }: Export): Promise<void> {
  const bytes = kind === 'png' ? Buffer.from(content, 'base64') : Buffer.from(content, 'utf8');
  await save(`${fileName(name)}.${kind}`, { [KINDS[kind]]: [kind] }, bytes);
}

export async function saveResult(explanation: Explanation): Promise<void> {
  const stem = explanation.source.file?.replace(/^.*[/\\]/, '').replace(/\.\w+$/, '') ?? 'code';
  await save(`${fileName(stem)}.latentlens.json`, { 'Latent Lens Result': ['latentlens.json'] }, Buffer.from(JSON.stringify(explanation), 'utf8'));
}

async function save(name: string, filters: Record<string, string[]>, bytes: Uint8Array): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const defaultUri = folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(name);
  const target = await vscode.window.showSaveDialog({ defaultUri, filters });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, bytes);
  void vscode.window.setStatusBarMessage(`Saved ${vscode.workspace.asRelativePath(target)}`, 4000);
}

/** A page's suggestion as a plain file name. */
function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '').slice(0, 100) || 'latent-lens';
}
