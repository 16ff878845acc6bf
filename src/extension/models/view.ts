/** The Models view in the side bar: what there is, what is being downloaded, and what is wrong with it. Asks when it is looked at. */
import * as vscode from 'vscode';
import type { Library } from './library';
import { modelRows, type Row } from './rows';

/** Progress comes several times a second; the tree is drawn less often. */
const DRAW_MS = 250;

export class ModelsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly listening: vscode.Disposable;
  private timer?: NodeJS.Timeout;

  constructor(private readonly library: Library) {
    this.listening = library.onDidChange(() => {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.changed.fire();
      }, DRAW_MS);
    });
  }

  async getChildren(parent?: Row): Promise<Row[]> {
    if (parent) return parent.children;
    const rows = modelRows(await this.library.known());
    for (const { kind, reference, can } of rows) if (kind === 'model' && can.includes('info')) this.library.learn(reference);
    return rows;
  }

  getTreeItem({ id, reference, kind, label, description, tooltip, icon, problem, path, can, children }: Row): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, children.length > 0 ? Collapsed : None);
    item.id = id;
    item.description = description;
    item.tooltip = tooltip.join('\n');
    item.iconPath = new vscode.ThemeIcon(icon, problem ? new vscode.ThemeColor('list.warningForeground') : undefined);
    item.contextValue = can.join(' ');
    item.accessibilityInformation = { label: [label, description, ...(problem ? tooltip : [])].filter(Boolean).join(', ') };
    if (path !== null && kind === 'model' && can.includes('info')) {
      item.command = { title: 'Show Information', command: 'latentLens.showModelInformation', arguments: [{ reference }] };
    }
    return item;
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(this.changed, this.listening).dispose();
  }
}
