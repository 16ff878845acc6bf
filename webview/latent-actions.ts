/** What can be done with a latent: its page, its heat in the code, the model without it. */
import type { LatentRef } from '../src/protocol/latents';
import type { LatentAction } from '../src/protocol/panel';
import type { Controls } from './controls';
import { el } from './dom';

export type ActOnLatent = (action: LatentAction, ref: LatentRef, position: number) => void;

const ACTIONS: { action: LatentAction; label: string; title: string }[] = [
  { action: 'show', label: 'Show Latent', title: 'Open this latent’s page: where it is active, what it promotes' },
  { action: 'highlight', label: 'Highlight in Code', title: 'Draw into the code where it is active, or take that away again' },
  { action: 'ablate', label: 'Ablate', title: 'See what the model answers without it at this token' },
];

export function latentActions(controls: Controls, act: ActOnLatent, { site, latent }: LatentRef, position: number): HTMLElement {
  const buttons = ACTIONS.map(({ action, label, title }) =>
    controls.button(label, () => act(action, { site, latent }, position), { title, attributes: { 'data-latent-action': action } }),
  );
  return el('div', { class: 'toolbar', role: 'group', 'aria-label': `Latent ${latent} at ${site}` }, ...buttons);
}
