/** Asks for a latent's name and a note about it, and where to keep them. */
import * as vscode from 'vscode';
import type { Annotation, Annotations, AnnotationScope } from './annotations';
import { latentName, type LatentRef } from '../../vocabulary/latent-name';

const LONGEST = 200;

interface ScopeItem extends vscode.QuickPickItem {
  scope: AnnotationScope | 'remove';
}

export async function annotateLatent(annotations: Annotations, ref: LatentRef): Promise<void> {
  await annotations.ready();
  const before = annotations.of(ref);
  const title = `Name and Note of ${latentName(ref)}`;
  const texts: { name?: string; note?: string } = {};
  for (const [field, prompt] of [['name', 'A name for this latent, or nothing'], ['note', 'A note about it, or nothing']] as const) {
    const step = `${title} (${field === 'name' ? 1 : 2}/3)`;
    const validateInput = (text: string) => (text.length > LONGEST ? `At most ${LONGEST} characters.` : undefined);
    const text = await vscode.window.showInputBox({ title: step, prompt, value: before?.[field] ?? '', ignoreFocusOut: true, validateInput });
    if (text === undefined) return;
    texts[field] = text.trim();
  }
  const { name = '', note = '' } = texts;
  if (name === '' && note === '') {
    await annotations.remove(ref);
    return;
  }
  const scope = await askScope(`${title} (3/3)`, before);
  if (scope === 'remove') await annotations.remove(ref);
  else if (scope) await annotations.set(ref, { name, note, scope });
}

async function askScope(title: string, before: Annotation | null): Promise<ScopeItem['scope'] | undefined> {
  const mark = (scope: AnnotationScope) => (before?.scope === scope ? 'as now' : undefined);
  const items: ScopeItem[] = [
    { label: 'In This Workspace', description: mark('workspace'), detail: 'Known when this folder is open', scope: 'workspace' },
    { label: 'Everywhere', description: mark('everywhere'), detail: 'Known in all windows with this model', scope: 'everywhere' },
    ...(before ? [{ label: 'Remove Name and Note', scope: 'remove' as const }] : []),
  ];
  const item = await vscode.window.showQuickPick(items, { title, placeHolder: 'Where shall they be kept?', ignoreFocusOut: true });
  return item?.scope;
}
