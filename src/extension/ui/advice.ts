/** Advice: what is said when something cannot be done as things are, with buttons that do what helps. Knows nothing of VS Code. */
import { WrongChoice, type UserChoice } from '../../protocol/models/wrong-choice';

export interface Button {
  title: string;
  command: string;
  arguments?: unknown[];
}

/** Nothing is broken: the user has to do something else, or something first. */
export class Advice extends Error {
  constructor(message: string, readonly buttons: readonly Button[] = []) {
    super(message);
  }
}

/** Opens the settings at one of Latent Lens's. */
export function openSettings(name: string): Button {
  return { title: 'Open Settings', command: 'workbench.action.openSettings', arguments: [`latentLens.${name}`] };
}

const CHANGING: Record<UserChoice, readonly Button[]> = {
  model: [{ title: 'Select Model…', command: 'latentLens.selectModel' }, openSettings('model')],
  saes: [{ title: 'Add SAEs…', command: 'latentLens.addSaes', arguments: ['in use'] }, openSettings('saes')],
  question: [{ title: 'Choose Question…', command: 'latentLens.editQuestion' }, openSettings('template')],
};

/** The buttons of an error that is advice; null of any other, which went wrong by itself. */
export function buttonsOf(error: unknown): readonly Button[] | null {
  if (error instanceof Advice) return error.buttons;
  return error instanceof WrongChoice ? CHANGING[error.choice] : null;
}
