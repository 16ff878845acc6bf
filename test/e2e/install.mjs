// Before any end-to-end test: editor and browser are there, so that no test waits for them.
import { ensureBrowser } from '../../tools/browser.mjs';
import { ensureEditor } from '../../tools/editor.mjs';

export async function setup() {
  const log = (line) => console.log(line);
  await ensureEditor({ log });
  await ensureBrowser({ log });
}
