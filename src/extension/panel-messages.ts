/** What the panel's page asks for, and what is done about it: its messages have been checked when they come here. */
import * as vscode from 'vscode';
import { showCode } from './code/show-code';
import type { Commands } from './commands';
import { chooseFile } from './explain/choose-file';
import { cursorPlace } from './explain/cursor-place';
import { numberedTwin } from './explain/same-twin';
import { saveExport } from './results/save';
import type { Services } from './services';
import type { PanelAction, PanelMessage, TokenLatentAction } from '../protocol/pages/panel';

type Handlers = { [T in PanelMessage['type']]: (message: Extract<PanelMessage, { type: T }>) => unknown };

export function panelMessages(services: Services, commands: Commands): (message: PanelMessage) => unknown {
  const { analyses, attention, drawing, explainer, overlay, panel, patching, recent } = services;
  const actions: Record<PanelAction, () => unknown> = {
    explainAgain: commands.explainAgain,
    cancel: commands.cancel,
    saveResult: commands.saveResult,
    copyCliCommand: commands.copyCliCommand,
    editQuestion: commands.editQuestion,
    runPatching: async () => patching.run(await explainer.liveTarget()),
    showCode: async () => showCode(await explainer.liveTarget()),
    manageTrust: () => vscode.commands.executeCommand('workbench.trust.manage'),
    listVariants: () => explainer.listVariants(),
    patchAgain: commands.patchAgain,
    toggleAttention: commands.toggleAttention,
  };
  const withLatent: Record<TokenLatentAction, (argument: unknown) => unknown> = {
    show: commands.showLatent,
    highlight: commands.highlightLatent,
    ablate: commands.ablateLatent,
  };
  const handlers: Handlers = {
    ready: () => undefined, // the panel itself answers these two
    view: () => undefined,
    selected: ({ position, layer, byReader }) => {
      overlay.select(position, layer, byReader);
      if (byReader) attention.point(position);
    },
    export: (file) => saveExport(file),
    drawing: ({ drawing: chosen }) => drawing.keep(chosen),
    action: ({ action }) => actions[action](),
    notes: ({ notes }) => {
      analyses.notes = notes;
    },
    ask: ({ id, params, byReader }) => analyses.ask(id, params, byReader),
    cancel: ({ id }) => analyses.cancel(id),
    cursor: async ({ id, field }) => panel.send({ type: 'cursor', id, field, place: cursorPlace(await recent.editor(), explainer) }),
    file: async ({ id, field }) => {
      const path = await chooseFile(id, field);
      if (path !== null) panel.send({ type: 'file', id, field, path });
    },
    searchVariants: ({ budget }) => explainer.listVariants({ search: true, budget }),
    latent: ({ action, ref, position }) => withLatent[action]({ ...ref, position }),
    patch: async ({ variant, site, direction, window, exact, answers: pair }) => {
      if (variant !== null && explainer.status.outdated) throw new Error('The code has changed, and its variants with it. Explain it again first.');
      const compare = variant === null ? explainer.how.compare : numberedTwin(explainer.explanation, variant);
      await explainer.explain(await explainer.liveTarget(), { compare: compare ?? 'best', site, direction, window, exact, pair }, 'patching');
    },
  };
  return (message) => (handlers[message.type] as (message: PanelMessage) => unknown)(message);
}
