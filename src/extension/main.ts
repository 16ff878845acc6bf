/** The extension: what VS Code starts, its commands in one table, and what listens to what. */
import * as vscode from 'vscode';
import { Analyses } from './explain/analyses';
import { Advice, buttonsOf } from './ui/advice';
import { annotateLatent } from './latents/annotate';
import { Annotations } from './latents/annotations';
import { ContextKeys } from './ui/context-keys';
import { copyCliCommand, savedCode } from './explain/copy-cli-command';
import { cursorToken } from './overlay/cursor-token';
import { editQuestion } from './explain/edit-question';
import { EngineClient } from './engine/client';
import { Explainer, USUALLY, type Explained, type How } from './explain/explainer';
import { findLatent } from './latents/find';
import { LatentHover, toggleHover } from './latents/hover';
import { KeptDrawing } from './explain/kept-drawing';
import { LatentAttribution } from './explain/latent-attribution';
import { LatentOverlay } from './latents/overlay';
import { latentArgument } from './latents/message';
import { LatentsView } from './latents/view';
import { Models } from './models/models';
import { MemoryQuestion } from './engine/memory-warning';
import { Notices } from './engine/notices';
import type { Row } from './models/rows';
import { openSample } from './code/open-sample';
import { Overlay } from './overlay/overlay';
import { Panel } from './explain/panel';
import { pickLatent } from './latents/pick';
import { RecentEditor } from './code/recent-editor';
import { reported } from './ui/report';
import { ResultEditor } from './results/editor';
import { ResultStore } from './results/store';
import { ResultsView } from './results/view';
import { RunPatching } from './explain/run-patching';
import { saveExport, saveResult } from './results/save';
import { affectsEngine, modelSettings } from './settings/settings';
import { showCode } from './code/show-code';
import { StaleLens } from './explain/stale-lens';
import { StatusItem } from './explain/status-item';
import { targetOf } from './code/target';
import { TokenBoundaries } from './code/token-boundaries';
import { VariantDocuments } from './code/variant-documents';
import type { Explanation } from '../protocol/explanation';
import type { LatentArgument } from '../protocol/latents-view';
import type { PanelAction, PanelMessage, PanelTab } from '../protocol/panel';

export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, subscriptions } = context;
  const log = vscode.window.createOutputChannel('Latent Lens', { log: true });
  const status = new StatusItem();
  const keys = new ContextKeys();
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'engine', 'main.mjs').fsPath;
  const memory = new MemoryQuestion();
  const notices = new Notices();
  const engine = new EngineClient({
    script,
    model: modelSettings,
    mayOpen: (model, info) => memory.mayOpen(model, info),
    log: (line) => log.info(line),
    onState: (state) => {
      status.set(state);
      tellKeys();
      latents.engineIs(state);
      if (state.is === 'stopped') {
        hover.forget();
        annotations.forgetModel();
      }
      if (state.is === 'ready') notices.show(state.model);
      if (state.is !== 'busy') log.info(`The engine is ${state.is}${'model' in state ? ` with ${state.model.folder}` : ''}.`);
    },
  });
  const models = new Models(context, script, (line) => log.info(line));
  const explainer = new Explainer(engine);
  const store = new ResultStore(context.storageUri ?? context.globalStorageUri, (line) => log.info(line));
  const restore = async () => {
    const result = await store.read();
    if (result) await explainer.show(result);
  };
  const attribution = new LatentAttribution(engine, explainer, (error) => advise(error));
  const analyses = new Analyses(engine, explainer, (error) => advise(error));
  const drawing = new KeptDrawing(context.globalState);
  const panel = new Panel(extensionUri, explainer, restore, [attribution, analyses], drawing, (line) => log.warn(line));
  const overlay = new Overlay(explainer);
  const boundaries = new TokenBoundaries(engine);
  const documents = new VariantDocuments();
  const patching = new RunPatching(engine, explainer, documents);
  const results = new ResultsView(explainer);

  const recent = new RecentEditor();
  const annotations = new Annotations(engine, context.workspaceState, context.globalState);
  const hover = new LatentHover(engine, annotations, log);
  const latentOverlay = new LatentOverlay(engine, (action) => report(action));
  const warn = (line: string) => log.warn(line);
  const latents = new LatentsView(extensionUri, engine, explainer, () => attribution.parts, recent, annotations, latentOverlay, (action) => report(action), warn);
  const withLatent = async (argument: unknown, title: string, then: (latent: LatentArgument) => Promise<void>) => {
    const latent = latentArgument(argument) ?? (await pickLatent(engine, title));
    if (latent) await then(latent);
  };
  const target = async () => targetOf(await recent.editor(), engine);
  const explain = async (how: How, tab: PanelTab) => explainer.explain(await target(), how, tab);
  const shown = (): Explanation => {
    if (!explainer.explanation) throw new Advice('There is no result yet. Explain some code first.');
    if (!explainer.whole) throw new Advice('The result is not complete. Wait for it, or explain the code again.');
    return explainer.whole;
  };

  const commands: Record<string, (...args: never[]) => unknown> = {
    explain: () => explain(USUALLY, 'overview'),
    explainAgain: async () => explainer.explain(await explainer.liveTarget(), explainer.how, panel.view),
    runPatching: async () => patching.run(await target()),
    runWrittenVariant: () => patching.runWritten(),
    showLogitLens: () => explain({ ...USUALLY, compare: null }, 'lens'),
    showTokens: async () => boundaries.show(await target()),
    showPanel: () => panel.reveal(),
    selectModel: () => models.select(),
    addModel: () => models.add(),
    useModel: (row?: Row) => models.use(row),
    addSaes: (row?: Row | 'in use') => models.addSaes(row),
    showModelInformation: (row?: Row) => models.showInformation(row),
    revealModel: (row?: Row) => models.reveal(row),
    removeModel: (row?: Row) => models.remove(row),
    resumeDownload: (row?: Row) => models.resume(row),
    cancelDownload: (row?: Row) => models.cancel(row),
    refreshModels: () => models.refresh(),
    setHuggingFaceToken: () => models.token.set(),
    removeHuggingFaceToken: () => models.token.remove(),
    editQuestion: () => editQuestion(engine, documents, target),
    clearHighlights: () => {
      overlay.clear();
      latentOverlay.clear();
      boundaries.clear();
    },
    restartEngine: async () => {
      explainer.cancel();
      memory.forget();
      engine.stop('The engine was restarted.');
      await engine.open();
    },
    cancel: () => explainer.cancel(),
    showLog: () => log.show(),
    openSample: () => openSample(extensionUri),
    saveResult: () => {
      shown();
      const result = explainer.result!;
      return saveResult({ ...result, parts: { ...result.parts, ...attribution.parts, ...analyses.parts } });
    },
    copyCliCommand: () => {
      const { live, how } = explainer;
      return copyCliCommand(extensionUri, shown(), { uri: live?.uri ?? null, start: live?.start ?? 0, compare: how.compare });
    },
    showResult: async (result: Explained) => {
      panel.reveal();
      await explainer.show(result);
    },
    removeResult: (result: Explained) => results.remove(result),
    searchLatents: () => latents.focusSearch(),
    showLatent: (argument?: unknown) => withLatent(argument, 'Show Latent', (latent) => latents.show(latent)),
    highlightLatent: (argument?: unknown) => withLatent(argument, 'Highlight Latent', (latent) => latentOverlay.toggle(latent)),
    findLatent: (argument?: unknown) => withLatent(argument, 'Find Where Latent Fires', (latent) => findLatent(engine, recent, latent, (line) => log.info(line))),
    annotateLatent: (argument?: unknown) => withLatent(argument, 'Name Latent', (latent) => annotateLatent(annotations, latent)),
    toggleHover: () => toggleHover(context.globalState),
    ablateLatent: (argument?: unknown) => withLatent(argument, 'Ablate Latent', (latent) => latents.ablate(latent)),
  };

  /** For what a page says too: with the buttons that the page does not have. */
  const advise = (error: Error) => {
    if (buttonsOf(error)) report(Promise.reject(error));
    else log.error(error);
  };
  /** Says what went wrong, in the log with everything. */
  const report = (action: Promise<unknown>) => {
    action.catch((error: Error) => {
      log.error(error);
      report(reported(error, () => log.show())); // a button may fail too
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
    showCode: async () => showCode(await explainer.liveTarget()),
    manageTrust: () => vscode.commands.executeCommand('workbench.trust.manage'),
    cancelLatents: () => attribution.cancel(),
    editQuestion: commands.editQuestion,
    listVariants: () => explainer.listVariants(),
  };
  const onPanel = async (message: PanelMessage) => {
    if (message.type === 'selected') overlay.select(message.position, message.layer, message.byReader);
    else if (message.type === 'export') await saveExport(message);
    else if (message.type === 'drawing') await drawing.keep(message.drawing);
    else if (message.type === 'action') await actions[message.action]?.();
    else if (message.type === 'latents') await attribution.attribute(message.options);
    else if (message.type === 'activations') await attribution.readActivations(message.site);
    else if (message.type === 'ask') await analyses.ask(message.id, message.params);
    else if (message.type === 'cancel') analyses.cancel(message.id);
    else if (message.type === 'latent') await vscode.commands.executeCommand(`latentLens.${message.action}Latent`, { ...message.ref, position: message.position });
    else if (message.type === 'patch') {
      const { variant, site, direction, exact, answers: pair } = message;
      if (variant !== null && explainer.status.outdated) throw new Error('The code has changed, and its variants with it. Explain it again first.');
      const compare = variant === null ? explainer.how.compare : { number: variant };
      await explainer.explain(await explainer.liveTarget(), { compare: compare ?? 'best', site, direction, exact, pair }, 'patching');
    }
  };

  /** What `when` clauses ask: whether a command can do something now. */
  const tellKeys = () => keys.set({
    hasResult: explainer.explanation !== null,
    isWhole: explainer.whole !== null,
    canAskAgain: explainer.explanation !== null && explainer.live !== null,
    running: explainer.status.running !== null,
    python: recent.isAtHand,
    highlights: overlay.isShown || boundaries.isShown || latentOverlay.shown.length > 0,
    engine: engine.isOpen,
    ...models.keys,
  });
  tellKeys();
  const staleLens = new StaleLens(explainer);
  const copySaved = (explanation: Explanation) => copyCliCommand(extensionUri, explanation, savedCode(explanation));
  subscriptions.push(
    log, status, models, explainer, attribution, analyses, panel, overlay, boundaries, documents, recent, latents, hover, latentOverlay,
    { dispose: () => engine.stop() },
    explainer.onDidComplete((result) => store.write(result)),
    explainer.onDidFail((error) => {
      if (!panel.isOpen) report(Promise.reject(error));
      else advise(error);
    }),
    explainer.onDidSend(tellKeys),
    recent.onDidChange(tellKeys),
    overlay.onDidDraw(tellKeys),
    boundaries.onDidChange(tellKeys),
    latentOverlay.onDidChange(tellKeys),
    models.onDidChange(tellKeys),
    panel.onDidReceive((message) => report(onPanel(message))),
    overlay.onDidShow(() => latentOverlay.clear()),
    latentOverlay.onDidChange(() => latentOverlay.shown.length > 0 && overlay.clear()),
    vscode.languages.registerCodeLensProvider({ language: 'python' }, staleLens),
    vscode.languages.registerHoverProvider({ language: 'python' }, hover),
    vscode.window.registerWebviewViewProvider('latentLens.latents', latents),
    vscode.window.createTreeView('latentLens.results', { treeDataProvider: results }),
    vscode.window.registerCustomEditorProvider(ResultEditor.viewType, new ResultEditor(extensionUri, copySaved, drawing, report, warn)),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      const position = cursorToken(explainer, textEditor);
      if (position !== null) panel.send({ type: 'position', position });
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (!affectsEngine(change)) return;
      latentOverlay.clear(); // these are another model's
      engine.stop('The settings of the engine were changed. Explain the code again.');
    }),
  );
}
