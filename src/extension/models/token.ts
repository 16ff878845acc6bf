/** The user's token for the Hugging Face Hub: kept in VS Code's secret storage, and given to requests to the Hub only. */
import * as vscode from 'vscode';

const KEY = 'huggingFaceToken';
const TOKENS_PAGE = 'https://huggingface.co/settings/tokens';

export class HubToken {
  readonly onDidChange: vscode.Event<unknown>;

  constructor(private readonly secrets: vscode.SecretStorage) {
    this.onDidChange = secrets.onDidChange;
  }

  async get(): Promise<string | null> {
    return (await this.secrets.get(KEY)) ?? null;
  }

  /** Asks for one. @returns whether one was given */
  async set(): Promise<boolean> {
    const token = await vscode.window.showInputBox({
      title: 'Set Hugging Face Token',
      prompt: `For models whose licence has to be accepted, and private ones. Make one that may read at ${TOKENS_PAGE}.`,
      placeHolder: 'hf_…',
      password: true,
      ignoreFocusOut: true, // it is copied from a browser
      validateInput: (value) => (value.trim() === '' || isToken(value.trim()) ? null : 'A token has letters, digits and _, and no spaces.'),
    });
    if (!token?.trim()) return false;
    await this.secrets.store(KEY, token.trim());
    void vscode.window.setStatusBarMessage('The Hugging Face token is kept in the secret storage', 5000);
    return true;
  }

  async remove(): Promise<void> {
    const there = (await this.get()) !== null;
    await this.secrets.delete(KEY);
    void vscode.window.showInformationMessage(there ? 'The Hugging Face token was removed from this machine.' : 'There is no Hugging Face token here.');
  }
}

function isToken(text: string): boolean {
  return text.length <= 1000 && /^[A-Za-z0-9_.-]+$/.test(text);
}
