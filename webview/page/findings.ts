/** What the numbers say, in sentences. */
import { card, el } from '../ui/dom';
import type { View } from './page';
import { Slot } from '../ui/slot';
import { shownCode, shownProse } from '../../src/figures/kinds/text';

export function findingsView(): View {
  const slot = new Slot();
  return {
    element: slot.element,
    show: ({ explanation: { findings } }) =>
      slot.show(findings, () => [
        findings.length > 0 && card('Findings', findingsList(findings)),
      ]),
  };
}

export function findingsList(findings: readonly string[]): HTMLElement {
  return el('ul', { class: 'findings' }, ...findings.map((finding) => el('li', {}, ...withCode(finding))));
}

/** What a sentence quotes between backticks is code; outside of it no line breaks between a number and its unit. */
export function withCode(text: string): (Node | string)[] {
  const parts = text.split('`').map((part, i) => (i % 2 === 0 ? shownProse(part) : shownCode(part)));
  return parts.map((part, i) => (i % 2 === 0 ? part.replaceAll(' %', '\u00a0%') : i < parts.length - 1 ? el('code', {}, part) : `\`${part}`));
}
