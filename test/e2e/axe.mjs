// Looks for what hinders people who use assistive technology.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { root } from './session.mjs';

const AXE = readFileSync(path.join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** What axe finds in a page. It leaves text open that has exactly its background's colour, and such text is never meant. @returns {Promise<string[]>} */
export async function violations({ frame }) {
  await frame.evaluate(AXE);
  const { found, checked } = await frame.evaluate(async () => {
    const { violations: wrong, incomplete, passes } = await globalThis.axe.run(document, { resultTypes: ['violations', 'incomplete'] });
    const isUnseen = ({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio');
    const unseen = incomplete.map((rule) => ({ ...rule, nodes: rule.nodes.filter(isUnseen) })).filter(({ nodes }) => nodes.length > 0);
    const sentence = ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join('\n')}`;
    return { found: [...wrong, ...unseen].map(sentence), checked: passes.map(({ id }) => id) };
  });
  expect(checked).toContain('color-contrast');
  return found;
}
