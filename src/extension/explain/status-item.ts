/** The status bar's item: the model, and what the engine does. */
import * as vscode from 'vscode';
import type { EngineState } from '../engine/client';
import { isPython } from '../code/target';

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('latentLens.status', vscode.StatusBarAlignment.Right, 100);
  private readonly listening = vscode.window.onDidChangeActiveTextEditor(() => this.draw());
  private state: EngineState = { is: 'stopped' };

  constructor() {
    this.item.name = 'Latent Lens';
    this.item.command = 'latentLens.selectModel';
    this.draw();
  }

  set(state: EngineState): void {
    this.state = state;
    this.draw();
  }

  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }

  private draw(): void {
    const { state } = this;
    const model = 'model' in state ? state.model : undefined;
    const icon = { stopped: '$(circle-outline)', starting: '$(loading~spin)', ready: '$(search-fuzzy)', busy: '$(loading~spin)' }[state.is];
    const doing = { stopped: 'The engine starts when it is first needed.', starting: 'The engine is starting.', ready: 'The engine is ready.', busy: 'The engine is working.' };
    const names = model && [...new Set([model.id, model.open.id])].join(', ');
    this.item.text = `${icon} ${names ?? 'Latent Lens'}`;
    const other = model && model.open.id !== model.id ? `Types and the next token are asked of ${model.open.id}. ` : '';
    const facts = model ? `${model.id}: ${model.layers} layers, context of ${model.context} tokens, ${(model.bytes / 1e6).toFixed(0)} MB of weights. ${other}` : '';
    this.item.tooltip = `Latent Lens. ${facts}${doing[state.is]} Select to choose another model.`;
    this.item.accessibilityInformation = { label: `Latent Lens, ${names ?? 'no model loaded'}. ${doing[state.is]}`, role: 'button' };
    const { activeTextEditor } = vscode.window;
    if (state.is !== 'stopped' || (activeTextEditor && isPython(activeTextEditor.document))) this.item.show();
    else this.item.hide();
  }
}
