/** Select Model: the one that comes with the extension, folders used before, or another folder. */
import * as vscode from 'vscode';
import { modelSettings, setModel } from './settings';

const RECENT = 'recentModels';
const MOST = 8;

interface ModelItem extends vscode.QuickPickItem {
  folder?: string | null;
  browse?: true;
}

export async function selectModel(memory: vscode.Memento): Promise<void> {
  const current = modelSettings().model;
  const recent = [...new Set([...(current ? [current] : []), ...memory.get<string[]>(RECENT, [])])];
  const mark = (folder: string | null) => (folder === current ? 'in use' : undefined);
  const items: ModelItem[] = [
    { label: '$(package) python-errors', description: mark(null), detail: 'Comes with Latent Lens, trained to predict which error Python raises', folder: null },
    ...recent.map((folder) => ({ label: `$(folder) ${folder.replace(/^.*[/\\]/, '')}`, description: mark(folder), detail: folder, folder })),
    { label: '$(folder-opened) Choose a folder…', detail: 'With config.json, tokenizer.json and model.safetensors, as Hugging Face serves them', browse: true },
  ];
  const item = await vscode.window.showQuickPick(items, { title: 'Select Model', placeHolder: 'Which model shall be looked into?', matchOnDetail: true });
  if (!item) return;
  if (!item.browse) return setModel(item.folder ?? null);
  const [uri] = (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel: 'Use as Model', title: 'Model Folder' })) ?? [];
  if (!uri) return;
  await memory.update(RECENT, [uri.fsPath, ...recent.filter((folder) => folder !== uri.fsPath)].slice(0, MOST));
  await setModel(uri.fsPath);
}
