/** Models: the view, the downloads, and what its commands do. */
import * as vscode from 'vscode';
import { addModel, download } from './add';
import { addSaes } from './add-saes';
import { ModelsClient } from './client';
import { Downloads } from './downloads';
import { ModelInformation } from './information';
import { Library } from './library';
import { packageModelFor } from '../../vocabulary/package-models';
import { modelRows, type Known, type Row } from './rows';
import { HubToken } from './token';
import { useModel } from './use';
import { ModelsView } from './view';
import { selectModel } from './select';
import { modelSettings, setModel, setSaes } from '../settings/settings';
import { Advice } from '../ui/advice';
import { bytesText } from '../ui/units';

export class Models implements vscode.Disposable {
  readonly token: HubToken;
  private readonly client: ModelsClient;
  private readonly downloads: Downloads;
  private readonly library: Library;
  private readonly information: ModelInformation;
  private readonly listening: vscode.Disposable;
  private readonly changed = new vscode.EventEmitter<void>();
  /** When `keys` may have changed. */
  readonly onDidChange = this.changed.event;
  private able: Known | null = null;
  private hasToken = false;

  /** @param script the engine's */
  constructor({ secrets, globalState }: vscode.ExtensionContext, script: string, log: (line: string) => void) {
    this.token = new HubToken(secrets);
    this.client = new ModelsClient({ script, log });
    this.downloads = new Downloads(this.client, this.token);
    this.library = new Library(this.client, this.downloads, globalState);
    this.information = new ModelInformation(this.library);
    const view = new ModelsView(this.library);
    this.listening = vscode.Disposable.from(
      view,
      vscode.window.createTreeView('latentLens.models', { treeDataProvider: view }),
      vscode.workspace.registerTextDocumentContentProvider(ModelInformation.scheme, this.information),
      this.changed,
      this.library.onDidLearn((known) => this.note(known)),
      this.downloads.onDidChange(() => this.changed.fire()),
      this.token.onDidChange(() => void this.lookForToken()),
    );
    void this.lookForToken();
  }

  /** For `when` clauses; what cannot be done is known only once the models were asked for. */
  get keys(): Record<string, boolean> {
    const rows = this.able && modelRows(this.able);
    const able = rows && new Set(rows.flatMap(({ can, children }) => [...can, ...children.flatMap((row) => row.can)]));
    const none = (...words: string[]) => able !== null && !words.some((word) => able.has(word));
    return { downloading: this.downloads.running.size > 0, hasToken: this.hasToken, noneToRemove: none('remove', 'forget'), noneForSaes: none('saes') };
  }

  add(): Promise<void> {
    return addModel(this.library, this.downloads);
  }

  select(): Promise<void> {
    return selectModel(this.library);
  }

  async use(given?: Row): Promise<void> {
    const row = await this.row('use', 'Use as Default', given);
    if (row) await useModel(this.library, row.reference);
  }

  async showInformation(given?: Pick<Row, 'reference'>): Promise<void> {
    const row = given ?? (await this.row('info', 'Show Model Information'));
    if (row) await this.information.show(row.reference);
  }

  async addSaes(given?: Row | 'in use'): Promise<void> {
    const row = given === 'in use' ? { reference: modelSettings().model ?? packageModelFor(false) } : await this.row('saes', 'Add SAEs', given);
    if (row) await addSaes(row.reference, this.library, this.downloads);
  }

  async resume(given?: Row): Promise<void> {
    const row = await this.row('resume', 'Resume Download', given);
    if (row?.kind === 'model') await download(row.reference, this.library, this.downloads);
    else if (row) await this.downloads.add(row.reference);
  }

  async cancel(given?: Row): Promise<void> {
    const row = await this.row('cancel', 'Cancel Download', given);
    if (row) this.downloads.cancel(row.reference);
  }

  async reveal(given?: Row): Promise<void> {
    const row = await this.row('reveal', 'Reveal Model', given);
    if (!row?.path) return;
    const here = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
    if (here) return void (await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(row.path)));
    const copy = 'Copy Path'; // this machine has no file manager that could be seen
    if ((await vscode.window.showInformationMessage(`${row.label} lies in ${row.path}.`, copy)) === copy) await vscode.env.clipboard.writeText(row.path);
  }

  /** Deletes what is in the store, and takes what lies elsewhere off the list. */
  async remove(given?: Row): Promise<void> {
    const row = await this.row('remove', 'Remove Model', given, 'forget');
    if (!row) return;
    const { reference, kind, path, bytes, can } = row;
    const deletes = can.includes('remove');
    const { model, saes = [] } = modelSettings();
    const inUse = kind === 'model' ? model === reference || (model !== null && model === path) : saes.some((one) => one === path || one === reference);
    const what = kind === 'model' ? 'It is in use: those that come with Latent Lens are used then.' : 'They are in use, and are not used any more then.';
    const files = deletes ? `${bytesText(bytes)} in ${path ?? 'the store'} are deleted. They can be downloaded again.` : 'Its files stay where they are.';
    const [remove, question] = deletes ? ['Remove', `Remove ${reference} from the store?`] : ['Take off the List', `Take ${reference} off the list?`];
    const detail = [files, ...(inUse ? [what] : [])].join(' ');
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) return;
    if (inUse && kind === 'model') await setModel(null);
    if (inUse && kind === 'saes') await setSaes(saes.filter((one) => one !== path && one !== reference));
    if (deletes) {
      const freed = await this.client.request('removeModel', { reference });
      void vscode.window.setStatusBarMessage(`Removed ${reference}: ${bytesText(freed)} are free again`, 5000);
    }
    await this.library.forget(reference);
    this.library.refresh();
  }

  refresh(): void {
    this.library.refresh();
  }

  dispose(): void {
    vscode.Disposable.from(this.listening, this.library, this.downloads).dispose();
    this.client.dispose();
  }

  private note(known: Known): void {
    this.able = known;
    this.changed.fire();
  }

  private async lookForToken(): Promise<void> {
    this.hasToken = (await this.token.get()) !== null;
    this.changed.fire();
  }

  /** The row that was given, else one that the user picks among those with which this can be done. */
  private async row(word: string, title: string, given?: Row, orWord = word): Promise<Row | undefined> {
    if (given?.reference !== undefined) return given;
    const rows = modelRows(await this.library.known()).flatMap((row) => [row, ...row.children]);
    const able = rows.filter(({ can }) => can.includes(word) || can.includes(orWord));
    if (able.length === 0) throw new Advice(`There is no model for “${title}”.`, [{ title: 'Add Model…', command: 'latentLens.addModel' }]);
    const items = able.map((row) => ({ label: `$(${row.icon}) ${row.label}`, description: row.description, row }));
    return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Which one?', matchOnDescription: true }))?.row;
  }
}
