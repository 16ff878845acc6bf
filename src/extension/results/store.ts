/** The last result on disk, so that the panel can show it again after a reload. */
import * as vscode from 'vscode';
import type { How, Live, Explained } from '../explain/explainer';
import { explanationOf } from '../../protocol/documents/explanation';
import { readResult } from '../../protocol/documents/result';

interface Stored {
  result: unknown;
  live: (Omit<Live, 'uri'> & { uri: string }) | null;
  how: How;
}

export class ResultStore {
  private writing: Promise<void> = Promise.resolve();

  /** @param folder the extension's own for this workspace */
  constructor(
    private readonly folder: vscode.Uri,
    private readonly log: (line: string) => void,
  ) {}

  private get file(): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, 'last-result.json');
  }

  /** A full disk costs the restoring only, so it is logged. */
  write({ result, live, how }: Explained): void {
    const stored: Stored = { result, live: live && { ...live, uri: live.uri.toString() }, how };
    this.writing = this.writing.then(async () => {
      try {
        await vscode.workspace.fs.createDirectory(this.folder);
        await vscode.workspace.fs.writeFile(this.file, Buffer.from(JSON.stringify(stored), 'utf8'));
      } catch (error) {
        this.log(`The result could not be kept for after a reload: ${(error as Error).message}`);
      }
    });
  }

  /** Undefined when there is none that can be read. */
  async read(): Promise<Explained | undefined> {
    await this.writing;
    try {
      const stored = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file))) as Stored;
      const result = readResult(JSON.stringify(stored.result), 'the last result');
      const live = stored.live && { ...stored.live, uri: vscode.Uri.parse(stored.live.uri, true) };
      return { result, explanation: explanationOf(result), live, how: stored.how };
    } catch (error) {
      this.log(`The last result could not be read again: ${(error as Error).message}`);
      return undefined;
    }
  }
}
