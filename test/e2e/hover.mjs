// Hovering over a word of the code.
import { until } from './workbench.mjs';

/** The hovers of Latent Lens that are seen. */
export const hovers = ({ page }) => page.locator('.monaco-hover:visible').filter({ hasText: /token/ });

export async function pointAt(workbench, word) {
  await workbench.page.mouse.move(1, 1);
  await workbench.page.locator('.editor-group-container.active .view-line span span', { hasText: word }).first().hover();
}

/** Points at a word of the code. @returns {Promise<any>} The hover's Locator, once it says `wanted`. */
export async function hoverOver(workbench, word, wanted = /token \d+, id \d+/) {
  const hover = hovers(workbench).filter({ hasText: wanted }).first();
  await until(`hovering over ${word} shows ${wanted}`, async () => {
    await pointAt(workbench, word);
    return hover.waitFor({ timeout: 2000 }).then(() => true, () => false);
  });
  return hover;
}
