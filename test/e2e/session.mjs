// One editor with the extension, one browser, and a folder of examples that tests may change.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.mjs';
import { startEditor } from './editor.mjs';
import { until, Workbench } from './workbench.mjs';

export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** What the context menu and the palette call the commands. */
export const EXPLAIN = 'Latent Lens: Explain Predicted Error Type';

/**
 * @param {Partial<import('./editor.mjs').startEditor extends (options: infer O) => unknown ? O : never>} [options] For startEditor.
 * @param {{ width?: number, height?: number }} [size] Of the window.
 */
export async function openSession(options = {}, size) {
  const work = mkdtempSync(path.join(tmpdir(), 'latent-lens-e2e-'));
  const folder = path.join(work, 'examples');
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  const log = (line) => console.log(line);
  const editor = await startEditor({ extension: root, folder, userData: path.join(work, 'user'), log, ...options });
  const browser = await launchBrowser({ log });
  const workbench = await Workbench.open(browser, editor.url, size);
  return {
    workbench,
    folder,
    async close() {
      await browser.close();
      await editor.stop();
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** The panel, once it shows a text. */
export class Panel {
  /** @returns {Promise<Panel>} */
  static async showing(workbench, content) {
    return new Panel(await workbench.panelFrame(content));
  }

  constructor(frame) {
    this.frame = frame;
  }

  locator(selector) {
    return this.frame.locator(selector);
  }

  /** Until nothing is being done any more and the result is complete. */
  async done(patience = 60_000) {
    await until('the panel shows a complete result', () => this.#isDone(), patience);
  }

  async #isDone() {
    const save = this.locator('[data-action="saveResult"]');
    const running = await this.locator('[data-region="status"]').isVisible();
    return !running && (await save.count()) > 0 && (await save.isVisible()) && (await save.getAttribute('disabled')) === null;
  }

  async tab(id) {
    await this.locator(`[data-tab="${id}"]`).click();
    await this.locator(`[data-view="${id}"]`).waitFor();
  }

  text(selector) {
    return this.locator(selector).innerText();
  }
}
