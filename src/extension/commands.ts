/** The commands: what each does, by its name without `latentLens.`; a page's actions are among them, or lead to them. */
import * as vscode from 'vscode';
import { openSample } from './code/open-sample';
import { targetOf } from './code/target';
import { copyCliCommand } from './explain/copy-cli-command';
import { editQuestion } from './explain/edit-question';
import { USUALLY, type Explained, type How } from './explain/explainer';
import { ignoreThis } from './explain/ignore-this';
import { nextTokenTarget } from './explain/next-token';
import { predictedTypeTarget } from './explain/predicted-type';
import { chooseThisNotThat } from './explain/this-not-that';
import { annotateLatent } from './latents/annotate';
import { findLatent } from './latents/find';
import { toggleHover } from './latents/hover';
import { latentArgument } from './latents/message';
import { pickLatent } from './latents/pick';
import type { Row } from './models/rows';
import { openGraphFile } from './results/graph-editor';
import { saveResult, withNotes } from './results/save';
import type { Services } from './services';
import type { StudyNode } from './studies/view';
import { Advice } from './ui/advice';
import type { Explanation } from '../protocol/documents/explanation';
import type { LatentArgument } from '../protocol/pages/latents-view';
import type { PanelView } from '../protocol/pages/panel';

export type Commands = ReturnType<typeof commands>;

export function commands(services: Services) {
  const { analyses, annotations, attention, boundaries, context, documents, engine, explainer, latentOverlay, latents, log } = services;
  const { memory, models, overlay, panel, patching, recent, resultEditor, results, studies } = services;
  const { extensionUri, globalState } = context;
  const target = async () => targetOf(await recent.editor(), engine);
  const place = async () => nextTokenTarget(await recent.anyEditor(), engine);
  const explain = async (how: How, view: PanelView) => explainer.explain(await target(), how, view);
  const shown = (): Explanation => {
    if (!explainer.explanation) throw new Advice('There is no result yet. Explain some code first.');
    if (!explainer.whole) throw new Advice('The result is not complete. Wait for it, or explain the code again.');
    return explainer.whole;
  };
  const withLatent = async (argument: unknown, title: string, then: (latent: LatentArgument) => unknown) => {
    const latent = latentArgument(argument) ?? (await pickLatent(engine, title));
    if (latent) await then(latent);
  };
  const info = (line: string) => log.info(line);
  return {
    explain: () => explain(USUALLY, 'prediction'),
    explainNext: async () => explainer.explain(await place(), USUALLY, 'prediction'),
    explainType: async () => explainer.explain(predictedTypeTarget(await recent.anyEditor()), USUALLY, 'prediction'),
    whyThisNotThat: async () => {
      const chosen = await chooseThisNotThat(engine, await place());
      if (chosen) await explainer.explain(chosen.target, { ...USUALLY, pair: chosen.pair }, 'prediction');
    },
    explainAgain: async () => explainer.explain(await explainer.liveTarget(), explainer.how, panel.view),
    runPatching: async () => patching.run(await target()),
    runWrittenVariant: () => patching.runWritten(),
    showLogitLens: () => explain({ ...USUALLY, compare: null }, 'lens'),
    ignoreThis: async () => {
      const asked = ignoreThis(await recent.editor(), explainer, analyses);
      panel.reveal('knockout');
      await asked;
    },
    toggleAttention: () => {
      if (attention.toggle()) panel.reveal('attention'); // where it is asked for
    },
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
      for (const drawn of [overlay, latentOverlay, boundaries]) drawn.clear();
      attention.stop();
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
      return saveResult(withNotes({ ...result, parts: { ...result.parts, ...analyses.parts } }, analyses.notes));
    },
    copyCliCommand: () => {
      const { live, how } = explainer;
      return copyCliCommand(extensionUri, shown(), {
        uri: live?.uri ?? null, start: live?.start ?? 0, compare: how.compare, latents: panel.view === 'latents' ? analyses.parts.latents?.params : null,
      });
    },
    showResult: async (result: Explained) => {
      panel.reveal();
      await explainer.show(result);
    },
    openGraph: () => openGraphFile(),
    patchAgain: () => resultEditor.patchAgain(),
    removeResult: (result: Explained) => results.remove(result),
    runStudy: (of?: StudyNode | vscode.Uri) => studies.run(of),
    runSmallestStudy: () => studies.runSmallest(),
    resumeStudy: (node?: StudyNode) => studies.resume(node),
    cancelStudy: (node?: StudyNode) => studies.cancel(node),
    openStudyReport: (node?: StudyNode) => studies.openReport(node),
    revealStudy: (node?: StudyNode) => studies.reveal(node),
    removeStudy: (node?: StudyNode) => studies.remove(node),
    refreshStudies: () => studies.refresh(),
    searchLatents: () => latents.focusSearch(),
    showLatent: (argument?: unknown) => withLatent(argument, 'Show Latent', (latent) => latents.show(latent)),
    highlightLatent: (argument?: unknown) => withLatent(argument, 'Highlight Latent', (latent) => latentOverlay.toggle(latent)),
    findLatent: (argument?: unknown) => withLatent(argument, 'Find Where Latent Fires', (latent) => findLatent(engine, recent, latent, info)),
    annotateLatent: (argument?: unknown) => withLatent(argument, 'Name Latent', (latent) => annotateLatent(annotations, latent)),
    toggleHover: () => toggleHover(globalState),
    ablateLatent: (argument?: unknown) => withLatent(argument, 'Ablate Latent', (latent) => latents.ablate(latent)),
  };
}

/** Registers them; what one throws is reported. */
export function register(table: Commands, { context, report }: Services): void {
  for (const [name, run] of Object.entries(table) as [string, (...args: never[]) => unknown][]) {
    const command = (...args: never[]) => report((async () => run(...args))());
    context.subscriptions.push(vscode.commands.registerCommand(`latentLens.${name}`, command));
  }
}
