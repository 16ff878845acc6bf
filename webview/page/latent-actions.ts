/** What can be done with a latent, as buttons: in the panel with one at a token, in the Latents view with the one whose page is open. */
import type { LatentAction } from '../../src/protocol/pages/latents-view';
import type { TokenLatentAction } from '../../src/protocol/pages/panel';
import type { ControlElement, Controls } from '../ui/controls';
import { el } from '../ui/dom';
import type { LatentRef } from '../../src/vocabulary/latent-name';

export type ActOnLatent = (action: TokenLatentAction, ref: LatentRef, position: number) => void;

const ACTIONS: Record<LatentAction | TokenLatentAction, { label: string; title: string }> = {
  show: { label: 'Show Latent', title: 'Open this latent’s page: where it is active, what it promotes' },
  highlight: { label: 'Highlight in Code', title: 'Colour the code where this latent is active, or stop that' },
  ablate: { label: 'Ablate', title: 'See what the model answers without it at this token' },
  find: { label: 'Where Does It Fire', title: 'List the places of this file or of the workspace where it is active' },
  annotate: { label: 'Rename…', title: 'Give it a name and a note of your own' },
  copyName: { label: 'Copy Name', title: 'Copy its site and number, as the command line takes them' },
};

export function latentButtons<Action extends keyof typeof ACTIONS>(
  controls: Controls,
  actions: readonly Action[],
  act: (action: Action) => void,
): ControlElement[] {
  return actions.map((action) => {
    const { label, title } = ACTIONS[action];
    return controls.button(label, () => act(action), { title, attributes: { 'data-action': action } });
  });
}

/**
 * For a latent at a position of the explained code.
 * @param inactive whether it is known to be 0 there, so that ablating it changes nothing
 */
export function tokenLatentActions(
  controls: Controls,
  act: ActOnLatent,
  { site, latent }: LatentRef,
  position: number,
  inactive = false,
): HTMLElement {
  const buttons = latentButtons(controls, ['show', 'highlight', 'ablate'], (action) => act(action, { site, latent }, position));
  const ablate = buttons.find(({ dataset }) => dataset.action === 'ablate')!;
  ablate.disabled = inactive;
  if (inactive) ablate.title = 'It is inactive in the original: ablating it at this token changes nothing';
  return el('div', { class: 'toolbar', role: 'group', 'aria-label': `Latent ${latent} at ${site}` }, ...buttons);
}
