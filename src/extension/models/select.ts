/** Select Model: among all that are on this machine. */
import * as vscode from 'vscode';
import type { Library } from './library';
import { modelRows, type Row } from './rows';
import { useModel } from './use';

type Item = vscode.QuickPickItem & { row?: Row; add?: true };

export async function selectModel(library: Library): Promise<void> {
  const item = await vscode.window.showQuickPick(items(library), { title: 'Select Model', placeHolder: 'Which model shall be looked into?', matchOnDescription: true, matchOnDetail: true });
  if (item?.add) await vscode.commands.executeCommand('latentLens.addModel');
  else if (item?.row) await useModel(library, item.row.reference);
}

async function items(library: Library): Promise<Item[]> {
  const known = await library.known();
  const everywhere = { ...known, added: [...new Set([...known.added, ...known.list.models.map(({ reference }) => reference)])] };
  const usable = modelRows(everywhere).filter(({ kind, can }) => kind === 'model' && can.includes('info'));
  return [
    ...usable.map((row): Item => {
      const { label, description, tooltip, icon } = row;
      return { label: `$(${icon}) ${label}`, description, detail: tooltip.slice(1).join(' '), row };
    }),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: '$(add) Add Model…', detail: 'From the Hugging Face Hub, a folder, a GGUF file, or another program’s store', add: true, alwaysShow: true },
  ];
}
