/** The extension: what VS Code starts, its commands in one table, and what listens to what. */
import * as vscode from 'vscode';
import { cliCommand } from './cli-command';
import { EngineClient } from './engine-client';
import { Explainer, USUALLY, type How, type Result } from './explainer';
import { Overlay } from './overlay';
import { tokenAt } from './overlay-model';
import { Panel } from './panel';
import { RecentEditor } from './recent-editor';
import { ResultEditor } from './result-editor';
import { ResultStore } from './result-store';
import { ResultsView } from './results-view';
import { RunPatching } from './run-patching';
import { saveExport, saveResult } from './save';
import { selectModel } from './select-model';
import { affectsEngine, modelSettings } from './settings';
import { StaleLens } from './stale-lens';
import { StatusItem } from './status-item';
import { targetOf, type Target } from './target';
import { TokenBoundaries } from './token-boundaries';
import { VariantDocuments } from './variant-documents';
import type { Explanation } from '../protocol/explanation';
import type { FromPanel, PanelAction, PanelTab } from '../protocol/panel';

export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, subscriptions } = context;
  const log = vscode.window.createOutputChannel('Latent Lens', { log: true });
  const status = new StatusItem();
  const engine = new EngineClient({
    script: vscode.Uri.joinPath(extensionUri, 'dist', 'engine', 'main.mjs').fsPath,
    model: modelSettings,
    log: (line) => log.info(line),
    onState: (state) => {
      status.set(state);
      log.info(`The engine is ${state.is}${'model' in state ? ` with ${state.model.folder}` : ''}.`);
      void vscode.commands.executeCommand('setContext', 'latentLens.loaded', state.is !== 'stopped');
    },
  });
  const explainer = new Explainer(engine);
  const store = new ResultStore(context.storageUri ?? context.globalStorageUri, (line) => log.info(line));
  const restore = async () => {
    const result = await store.read();
    if (result) await explainer.show(result);
  };
  const panel = new Panel(extensionUri, explainer, restore);
  const overlay = new Overlay(explainer);
  const boundaries = new TokenBoundaries(engine);
  const documents = new VariantDocuments();
  const patching = new RunPatching(engine, explainer, documents);
  const results = new ResultsView(explainer);

  const recent = new RecentEditor();
  const target = async () => targetOf(await recent.editor(), engine);
  const explain = async (how: How, tab: PanelTab) => {
    await sayIfRestricted(context.workspaceState);
    await explainer.explain(await target(), how, tab);
  };
  const shown = (): Explanation => {
    if (!explainer.explanation) throw new Error('There is no result yet. Explain some code first.');
    return explainer.explanation;
  };
  const copyCliCommand = async (explanation: Explanation, file: string | null, compare: How['compare']) => {
    const script = vscode.Uri.joinPath(extensionUri, 'dist', 'cli', 'main.mjs').fsPath;
    const template = vscode.workspace.getConfiguration('latentLens').get<string>('template', '').trim() || null;
    const settings = { model: modelSettings().folder, template, run: explanation.actual !== null };
    const windows = process.platform === 'win32';
    await vscode.env.clipboard.writeText(cliCommand(explanation, { script, file, compare, windows, ...settings }));
    void vscode.window.setStatusBarMessage('Copied the command', 4000);
  };

  const commands: Record<string, (...args: never[]) => unknown> = {
    explain: () => explain(USUALLY, 'overview'),
    explainAgain: async () => explainer.explain(await explainer.liveTarget(), explainer.how, 'overview'),
    runPatching: async () => {
      await sayIfRestricted(context.workspaceState);
      await patching.run(await target());
    },
    runWrittenVariant: () => patching.runWritten(),
    showLogitLens: () => explain({ ...USUALLY, compare: null }, 'lens'),
    showTokens: async () => boundaries.show(await target()),
    showPanel: () => panel.reveal(),
    selectModel: () => selectModel(context.globalState),
    clearHighlights: () => {
      overlay.clear();
      boundaries.clear();
    },
    restartEngine: async () => {
      explainer.cancel();
      engine.stop('The engine was restarted.');
      await engine.open();
    },
    cancel: () => explainer.cancel(),
    showLog: () => log.show(),
    openSample: () => openSample(extensionUri),
    saveResult: () => saveResult(shown()),
    copyCliCommand: () => {
      const { live, how } = explainer;
      return copyCliCommand(shown(), live?.uri.scheme === 'file' ? live.uri.fsPath : null, how.compare);
    },
    showResult: async (result: Result) => {
      panel.reveal();
      await explainer.show(result);
    },
    removeResult: (result: Result) => results.remove(result),
  };

  /** Says what went wrong, in the log with everything. */
  const report = (action: Promise<unknown>) => {
    action.catch(async (error: Error) => {
      log.error(error);
      const showLog = 'Show Log';
      if ((await vscode.window.showErrorMessage(error.message, showLog)) === showLog) log.show();
    });
  };
  for (const [name, run] of Object.entries(commands)) {
    const command = (...args: never[]) => report((async () => run(...args))());
    subscriptions.push(vscode.commands.registerCommand(`latentLens.${name}`, command));
  }

  const actions: Record<PanelAction, () => unknown> = {
    explainAgain: commands.explainAgain,
    cancel: commands.cancel,
    saveResult: commands.saveResult,
    copyCliCommand: commands.copyCliCommand,
    runPatching: async () => patching.run(await explainer.liveTarget()),
    showCode: async () => {
      const { document, start, end }: Target = await explainer.liveTarget();
      const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, selection });
    },
  };
  const onPanel = async (message: FromPanel) => {
    if (message.type === 'selected') overlay.select(message.position, message.layer);
    else if (message.type === 'export') await saveExport(message);
    else if (message.type === 'action') await actions[message.action]?.();
    else if (message.type === 'patch') {
      const { variant, site, direction } = message;
      const compare = variant === null ? explainer.how.compare : { number: variant };
      await explainer.explain(await explainer.liveTarget(), { compare: compare ?? 'best', site, direction }, 'patching');
    }
  };

  const staleLens = new StaleLens(explainer);
  const copyFromFile = (explanation: Explanation) => copyCliCommand(explanation, explanation.source.file, comparedIn(explanation));
  subscriptions.push(
    log, status, explainer, panel, overlay, boundaries, documents, recent,
    { dispose: () => engine.stop() },
    explainer.onDidComplete((result) => store.write(result)),
    explainer.onDidSend(() => void vscode.commands.executeCommand('setContext', 'latentLens.hasResult', explainer.explanation !== null)),
    panel.onDidReceive((message) => report(onPanel(message))),
    vscode.languages.registerCodeLensProvider({ language: 'python' }, staleLens),
    vscode.window.createTreeView('latentLens.results', { treeDataProvider: results }),
    vscode.window.registerCustomEditorProvider(ResultEditor.viewType, new ResultEditor(extensionUri, copyFromFile, report)),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const { explanation, live, status: now } = explainer;
      if (!explanation || !live || now.outdated || textEditor.document.uri.toString() !== live.uri.toString()) return;
      const offset = textEditor.document.offsetAt(selections[0].active) - live.start + explanation.source.start;
      const position = tokenAt(explanation, offset);
      if (position !== null) panel.send({ type: 'position', position });
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (affectsEngine(change)) engine.stop('The model was changed.');
    }),
  );
}

/** What a saved result was compared with. */
function comparedIn({ counterfactual, variants }: Explanation): How['compare'] {
  if (!counterfactual) return null;
  if (counterfactual.kind === null) return { text: counterfactual.code };
  const variant = variants?.find(({ code }) => code === counterfactual.code);
  return variant ? { number: variant.number } : 'best';
}

/** Code is run in trusted workspaces only; said once in each. */
async function sayIfRestricted(memory: vscode.Memento): Promise<void> {
  const said = 'saidRestricted';
  if (vscode.workspace.isTrusted || memory.get(said)) return;
  await memory.update(said, true);
  const manage = 'Manage Workspace Trust';
  const sentence = 'This workspace is restricted, so Latent Lens runs no code in it. You see what the model predicts, but not whether it is right.';
  void vscode.window.showInformationMessage(sentence, manage).then((chosen) => {
    if (chosen === manage) void vscode.commands.executeCommand('workbench.trust.manage');
  });
}

/** As an unsaved file, which the user may change at will. */
async function openSample(extensionUri: vscode.Uri): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'examples', 'temperature.py'));
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: new TextDecoder().decode(bytes) });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

