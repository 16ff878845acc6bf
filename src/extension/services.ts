/** The services of the extension: what lives as long as it does, and what listens to what. */
import * as vscode from 'vscode';
import { AttentionMode } from './attention/mode';
import { Annotations } from './latents/annotations';
import { LatentHover } from './latents/hover';
import { LatentOverlay } from './latents/overlay';
import { LatentsView } from './latents/view';
import { OwnVariants } from './code/own-variants';
import { RecentEditor } from './code/recent-editor';
import { showCode } from './code/show-code';
import { TokenBoundaries } from './code/token-boundaries';
import { VariantDocuments } from './code/variant-documents';
import { Analyses } from './explain/analyses';
import { copyCliCommand, savedCode } from './explain/copy-cli-command';
import { Explainer, type Explained } from './explain/explainer';
import { KeptDrawing } from './explain/kept-drawing';
import { Panel } from './explain/panel';
import { RunPatching } from './explain/run-patching';
import { TYPED_DOCUMENTS } from './code/languages';
import { TypeAction } from './explain/type-action';
import { StaleLens } from './explain/stale-lens';
import { StatusItem } from './explain/status-item';
import { EngineClient, type EngineState } from './engine/client';
import { MemoryQuestion } from './engine/memory-warning';
import { Notices } from './engine/notices';
import { Models } from './models/models';
import { cursorToken } from './overlay/cursor-token';
import { Overlay } from './overlay/overlay';
import { ResultEditor } from './results/editor';
import { GraphEditor } from './results/graph-editor';
import { ResultStore } from './results/store';
import { ResultsView } from './results/view';
import { Studies } from './studies/studies';
import { affectsEngine, modelSettings } from './settings/settings';
import { buttonsOf } from './ui/advice';
import { ContextKeys } from './ui/context-keys';
import { reported } from './ui/report';

export type Services = ReturnType<typeof startServices>;

/** Starts them; what has to end with the extension is among its subscriptions. */
export function startServices(context: vscode.ExtensionContext) {
  const { extensionUri, subscriptions } = context;
  const log = vscode.window.createOutputChannel('Latent Lens', { log: true });
  const [info, warn] = [(line: string) => log.info(line), (line: string) => log.warn(line)];
  /** Says what went wrong, in the log with everything. */
  const report = (action: Promise<unknown>) => {
    action.catch((error: Error) => {
      log.error(error);
      report(reported(error, () => log.show())); // a button may fail too
    });
  };
  /** For what a page says too: with the buttons that the page does not have. */
  const advise = (error: Error) => {
    if (buttonsOf(error)) report(Promise.reject(error));
    else log.error(error);
  };
  const status = new StatusItem();
  const memory = new MemoryQuestion();
  const notices = new Notices();
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'engine', 'main.mjs').fsPath;
  const states = new vscode.EventEmitter<EngineState>();
  const engine = new EngineClient({
    script,
    model: modelSettings,
    mayOpen: (model, known) => memory.mayOpen(model, known),
    log: info,
    onState: (state) => states.fire(state),
  });
  const models = new Models(context, script, info);
  const explainer = new Explainer(engine);
  const store = new ResultStore(context.storageUri ?? context.globalStorageUri, info);
  const restore = async () => {
    const result = await store.read();
    if (result) await explainer.show(result);
  };
  const analyses = new Analyses(engine, explainer, advise);
  const attention = new AttentionMode(explainer, analyses);
  const drawing = new KeptDrawing(context.globalState);
  const panel = new Panel(extensionUri, explainer, restore, [analyses, attention], drawing, warn);
  const documents = new VariantDocuments();
  const own = new OwnVariants();
  const recent = new RecentEditor();
  const annotations = new Annotations(engine, context.workspaceState, context.globalState);
  const latentOverlay = new LatentOverlay(engine, report);
  const copySaved = (explanation: Parameters<typeof savedCode>[0]) => copyCliCommand(extensionUri, explanation, savedCode(explanation));
  const goOn = async (result: Explained) => {
    panel.reveal();
    await explainer.show(result);
    await showCode(await explainer.liveTarget());
  };
  const services = {
    context, log, report, memory, engine, models, explainer, analyses, attention, drawing, panel, documents, recent, annotations,
    latentOverlay,
    overlay: new Overlay(explainer),
    boundaries: new TokenBoundaries(engine),
    patching: new RunPatching(engine, explainer, documents, own),
    results: new ResultsView(explainer),
    studies: new Studies(context, drawing, report, warn),
    resultEditor: new ResultEditor(extensionUri, copySaved, goOn, drawing, report, warn),
    hover: new LatentHover(engine, annotations, log),
    latents: new LatentsView(extensionUri, engine, explainer, () => analyses.parts, recent, annotations, latentOverlay, report, warn),
  };
  const { overlay, boundaries, hover, latents, results, studies } = services;

  const keys = new ContextKeys();
  /** What `when` clauses ask: whether a command can do something now. */
  const tellKeys = () => keys.set({
    hasResult: explainer.explanation !== null,
    isWhole: explainer.whole !== null,
    canAskAgain: explainer.explanation !== null && explainer.live !== null,
    isCurrent: explainer.whole !== null && explainer.live !== null && !explainer.status.outdated,
    running: explainer.status.running !== null,
    python: recent.isAtHand,
    text: recent.isAnyAtHand,
    highlights: overlay.isShown || boundaries.isShown || attention.isOn || latentOverlay.shown.length > 0,
    engine: engine.isOpen,
    studyRunning: studies.isRunning,
    ...models.keys,
  });
  tellKeys();
  const onState = (state: EngineState) => {
    status.set(state);
    tellKeys();
    latents.engineIs(state);
    if (state.is === 'stopped') {
      hover.forget();
      annotations.forgetModel();
    }
    if (state.is === 'ready') notices.show(state.model);
    if (state.is !== 'busy') log.info(`The engine is ${state.is}${'model' in state ? ` with ${state.model.folder}` : ''}.`);
  };
  subscriptions.push(
    log, status, states, models, explainer, analyses, attention, panel, overlay, boundaries, documents, own, recent, latents, hover,
    latentOverlay, studies,
    { dispose: () => engine.stop() },
    states.event(onState),
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
    studies.onDidChange(tellKeys),
    // One of the three colours the code; what is chosen in the panel while attention does is shown by it.
    overlay.onDidShow(() => (attention.isOn ? overlay : latentOverlay).clear()),
    latentOverlay.onDidChange(() => {
      if (latentOverlay.shown.length === 0) return;
      overlay.clear();
      attention.stop();
    }),
    attention.onDidChange(() => {
      tellKeys();
      if (!attention.isOn) return;
      overlay.clear();
      latentOverlay.clear();
    }),
    vscode.languages.registerCodeLensProvider('*', new StaleLens(explainer)),
    vscode.languages.registerCodeActionsProvider(TYPED_DOCUMENTS, new TypeAction(), TypeAction.metadata),
    vscode.languages.registerHoverProvider(TYPED_DOCUMENTS, hover),
    vscode.languages.registerHoverProvider('*', attention),
    vscode.window.registerWebviewViewProvider('latentLens.latents', latents),
    vscode.window.createTreeView('latentLens.results', { treeDataProvider: results }),
    vscode.window.registerCustomEditorProvider(ResultEditor.viewType, services.resultEditor),
    vscode.window.registerCustomEditorProvider(GraphEditor.viewType, new GraphEditor(extensionUri, services.drawing, report, warn)),
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
  return services;
}
