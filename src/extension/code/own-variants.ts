/** Variants that the user writes: files in memory, so that they can be saved and closed without a question. */
import * as vscode from 'vscode';

export const OWN_VARIANTS = 'latent-lens-own';

const NAME = 'your variant';

interface File {
  bytes: Uint8Array;
  changed: number;
}

export class OwnVariants implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  private readonly files = new Map<string, File>();
  private made = 0;
  private readonly registration = vscode.workspace.registerFileSystemProvider(OWN_VARIANTS, this, { isCaseSensitive: true });

  /**
   * A new file that holds a text.
   * @param extension of a file in its language
   */
  add(text: string, extension: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: OWN_VARIANTS, path: `/${++this.made}/${NAME}${extension}` });
    this.files.set(uri.path, { bytes: new TextEncoder().encode(text), changed: Date.now() });
    return uri;
  }

  /** Saves the file and closes its tabs. */
  async close(document: vscode.TextDocument): Promise<void> {
    await document.save();
    const name = document.uri.toString();
    const shown = ({ input }: vscode.Tab) =>
      input instanceof vscode.TabInputTextDiff ? input.modified : input instanceof vscode.TabInputText ? input.uri : null;
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => shown(tab)?.toString() === name);
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    return this.file(path).bytes;
  }

  writeFile({ path }: vscode.Uri, bytes: Uint8Array): void {
    this.files.set(path, { bytes, changed: Date.now() });
  }

  /** Folders are there for whoever looks for settings above a file. */
  stat({ path }: vscode.Uri): vscode.FileStat {
    if (!path.includes(`/${NAME}`)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { bytes, changed } = this.file(path);
    return { type: vscode.FileType.File, ctime: changed, mtime: changed, size: bytes.length };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions('Variants lie in no folder.');
  }

  delete({ path }: vscode.Uri): void {
    this.files.delete(path);
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions('Variants are not renamed.');
  }

  dispose(): void {
    this.registration.dispose();
    this.changes.dispose();
  }

  private file(path: string): File {
    const file = this.files.get(path);
    if (!file) throw vscode.FileSystemError.FileNotFound('This variant is of an earlier window. Begin a new one with Latent Lens: Run Patching.');
    return file;
  }
}
