// One editor with the extension, one browser, and a folder of examples that tests may change. Each test begins with an empty window.
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../tools/browser.mjs';
import { startEditor } from '../../tools/editor.mjs';
import { EMPTY_WINDOW, until, Workbench } from './workbench.mjs';

export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** What the context menu and the palette call the commands. */
export const EXPLAIN = 'Latent Lens: Explain Predicted Error Type';
export const RUN_PATCHING = 'Latent Lens: Run Patching';

/** What the three lines of examples/temperature.py do. */
export const TEMPERATURE = { file: 'temperature.py', range: [1, 1, 3, 28], message: 'can only concatenate str (not "int") to str' };

/** Takes some seconds: 40 lines are some 430 tokens. */
export const LONG = Array.from({ length: 40 }, (_, i) => `a${i} = ${i === 39 ? '"x"' : i} + 1\n`).join('');

/**
 * @typedef {object} Session
 * @property {Workbench} workbench
 * @property {string} folder The examples.
 * @property {import('../../tools/editor.mjs').Editor} editor
 * @property {() => Promise<void>} close
 *
 * @param {Partial<Parameters<typeof startEditor>[0]>} [options] For startEditor.
 * @param {{ width?: number, height?: number }} [size] Of the window.
 * @returns {Promise<Session>}
 */
export async function openSession({ settings, ...options } = {}, size) {
  const work = mkdtempSync(path.join(tmpdir(), 'latent-lens-e2e-'));
  const folder = path.join(work, 'examples');
  copyExamples(folder);
  const log = (line) => console.log(line);
  const quiet = { 'files.autoSave': 'off', ...settings };
  const [editor, browser] = await Promise.all([
    startEditor({ extension: root, folder, userData: path.join(work, 'user'), log, keybindings: [EMPTY_WINDOW], settings: quiet, ...options }),
    launchBrowser({ log }),
  ]);
  const workbench = await Workbench.open(browser, editor.url, size);
  return {
    workbench,
    folder,
    editor,
    async close() {
      await Promise.all([browser.close(), editor.stop()]);
      rmSync(work, { recursive: true, force: true });
    },
  };
}

const copyExamples = (folder) => cpSync(path.join(root, 'examples'), folder, { recursive: true });

/**
 * A session for all tests of a file; the window is emptied after each, and nothing may have gone wrong unseen in its pages.
 * @param {Parameters<typeof openSession>[0] | (() => Parameters<typeof openSession>[0])} [options]
 * @param {Parameters<typeof openSession>[1]} [size]
 * @returns {Session}
 */
export function useSession(options, size) {
  const session = {};
  beforeAll(async () => {
    Object.assign(session, await openSession(typeof options === 'function' ? options() : options, size));
  });
  afterAll(() => session.close?.());
  afterEach(async ({ task }) => {
    const { workbench, folder } = session;
    if (task.result?.state === 'fail') {
      const name = task.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
      console.log(`As the window was then: ${await workbench.picture(`failed-${name}`)}`);
    }
    const errors = workbench.errors.splice(0);
    await workbench.empty();
    copyExamples(folder);
    expect(errors).toEqual([]);
  });
  return session;
}

/** Adds a file to the folder. */
export function addFile({ folder }, name, text) {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Opens a file, selects, and explains; the panel, which has not shown this file before. @returns {Promise<Panel>} */
export async function explained({ workbench }, { file, range } = TEMPERATURE) {
  await workbench.openFile(file);
  await workbench.select(...range);
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, file);
  await panel.done();
  return panel;
}

/** Asks for all variants of what is explained. */
export async function listVariants(panel) {
  await panel.tab('prediction');
  await panel.locator('[data-action="listVariants"]').click();
  await panel.locator('[data-variant]').first().waitFor();
  await panel.done();
}

/** What the command line has said, by folder and arguments: what is asked about the examples has one answer. */
const told = new Map();

/** What the command line says about the same. It begins at once: asked before the window, it works while the window waits. */
export function commandLine({ folder }, ...args) {
  const key = JSON.stringify([folder, args]);
  if (!told.has(key)) told.set(key, jsonOf(process.execPath, [path.join(root, 'dist', 'cli', 'main.mjs'), ...args, '--json'], folder));
  const answer = told.get(key);
  answer.catch(() => {}); // the test that awaits it says so
  return answer;
}

/** What a program prints, as JSON. */
export async function jsonOf(program, args, cwd) {
  const { stdout } = await promisify(execFile)(program, args, { cwd, encoding: 'utf8', maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

/** @returns {{ pid: number, parent: number, command: string }[]} */
function processes() {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), command }] : [];
  });
}

/** The numbers of the engines that this editor has started, without those that only keep models: one at most, unless something is wrong. */
export function engines({ editor }) {
  const all = processes();
  const isBelow = ({ parent }) => parent === editor.process.pid || all.some((other) => other.pid === parent && isBelow(other));
  return all.filter((one) => /[/\\]dist[/\\]engine[/\\]main\.mjs$/.test(one.command) && isBelow(one)).map(({ pid }) => pid);
}

/** The numbers of the processes in which the engines run Python. */
export function sandboxes(session) {
  const parents = engines(session);
  return processes().filter(({ parent, command }) => parents.includes(parent) && command.includes('sandbox')).map(({ pid }) => pid);
}

/** A number as the panel writes it; null is none. */
export function decimal(value, digits = 2) {
  return value === null ? '–' : value.toFixed(digits).replace(/^-(0\.0*)$/, '$1').replace('-', '−');
}

/** Latents of a document as the panel's bars list them. */
export function listedLatents(latents) {
  return latents.map(({ site, position, latent, attribution }) => ({ site, position: String(position), latent: String(latent), attribution: decimal(attribution, 4) }));
}

/** A file's bytes, or undefined while it is not there. */
export function read(file) {
  try {
    const bytes = readFileSync(file);
    return bytes.length > 0 ? bytes : undefined; // made, and not yet written
  } catch {
    return undefined;
  }
}

/** The panel, once it shows a text. */
export class Panel {
  /** @param {string | RegExp} content @returns {Promise<Panel>} */
  static async showing(workbench, content) {
    return new Panel(await workbench.panelFrame(content, 'panel'));
  }

  constructor(frame) {
    this.frame = frame;
  }

  locator(selector, options) {
    return this.frame.locator(selector, options);
  }

  /** Until nothing is being done any more and the result is complete. */
  async done(patience = 90_000) {
    await until('the panel shows a complete result', () => this.#isDone(), patience);
  }

  /** All of it at one moment: the page changes all the time. */
  async #isDone() {
    const { error, done } = await this.frame.evaluate(() => {
      const [alert, status, save] = ['header > div[role="alert"]', '[data-region="status"]', '[data-action="saveResult"]'].map((part) => document.querySelector(part));
      return { error: alert?.innerText ?? '', done: Boolean(status?.hidden && save?.offsetParent && !save.disabled) };
    });
    if (error !== '') throw new Error(`The panel says: ${error}`);
    return done;
  }

  /** What it says went wrong; empty when nothing did. */
  error() {
    return this.text('header > div[role="alert"]');
  }

  /** Until it says that something went wrong. @param {RegExp} sentence */
  failed(sentence, patience = 60_000) {
    return until(`the panel says ${sentence}`, async () => sentence.test(await this.error()), patience);
  }

  /** Looks at a view, by the analysis that it shows: first at its question, then at it, where it is not the only one. */
  async tab(id) {
    const view = this.locator(`[data-view="${id}"]`);
    const rows = await view.evaluate((element) => {
      const ids = [];
      for (let panel = element.closest('vscode-panel-view'); panel; panel = panel.parentElement.closest('vscode-panel-view')) ids.unshift(panel.id.replace('view-', ''));
      return ids;
    });
    for (const row of rows) await this.locator(`[data-tab="${row}"]`).click();
    await view.waitFor();
  }

  /** Until a view of latents shows its picture and nothing is asked for it any more. */
  async #pictured(part, patience) {
    await until(`${part} is shown`, async () => {
      const { error, done } = await this.frame.evaluate((selector) => {
        const view = document.querySelector(selector);
        const error = view.querySelector('div[role="alert"]').innerText;
        return { error, done: view.querySelector('.running').hidden && view.querySelector('canvas').offsetHeight > 50 };
      }, part);
      if (error !== '') throw new Error(`The view says: ${error}`);
      return done;
    }, patience);
  }

  /** Until the latents are attributed. */
  async attributed(patience = 90_000) {
    await this.#pictured('#attribution', patience);
  }

  /** Until the activations are shown, which are looked at for that. */
  async activated(patience = 90_000) {
    await this.tab('activations');
    await this.#pictured('#activations', patience);
  }

  /** Looks at an analysis without a view of its own, until it has drawn its figures. */
  async analysed(id, patience = 90_000) {
    await this.tab(id);
    const part = this.locator(`[data-analysis="${id}"]`);
    const figure = part.locator('.figure').first();
    // On a machine that is slow by then, it is asked for first.
    const compute = part.getByRole('button', { name: 'Compute' });
    await figure.or(compute).first().waitFor({ timeout: patience });
    if (await compute.isVisible()) await compute.click();
    await figure.waitFor({ timeout: patience });
    return part;
  }

  text(selector) {
    return this.locator(selector).innerText();
  }

  /** Until a part of it says so: a view is drawn when it is looked at. @param {string | RegExp} what */
  says(selector, what, patience = 30_000) {
    return this.locator(selector).filter({ hasText: what }).waitFor({ timeout: patience });
  }

  /** The numbers of a view's heatmap as it shows them: a row for each token, with its position, its texts, and its layers. */
  async table(view) {
    const table = this.locator(`[data-view="${view}"] .heatmap details.table`);
    if ((await table.getAttribute('open')) === null) await table.locator('summary').click();
    const rows = table.locator('tbody tr');
    await rows.first().waitFor();
    return rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  }

  /** The bars of latents as their table says them, in its order; `latent` is "error" for what an SAE does not reconstruct. */
  async bars() {
    const table = this.locator('#attribution > div > details.table');
    if ((await table.getAttribute('open')) === null) await table.locator('summary').click();
    await table.locator('tbody tr').first().waitFor();
    const rows = await table.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    return rows.map(([site, position, token, latent, dense, attribution, direct, patched]) => ({ site, position, token, latent, dense, attribution, direct, patched }));
  }

  /**
   * Points at the first cell of a heatmap whose tooltip matches. Which cell that is, the page is asked for, all at once; then the mouse
   * goes there.
   * @returns {Promise<{ x: number, y: number, text: string }>}
   */
  async pointAt(view, wanted) {
    const canvas = this.locator(`[data-view="${view}"] .scroller canvas`);
    await canvas.scrollIntoViewIfNeeded();
    const place = await canvas.evaluate((element, source) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const isThere = (x, y) => {
        element.dispatchEvent(new PointerEvent('pointermove', { clientX: left + x, clientY: top + y }));
        return new RegExp(source).test(document.querySelector('.tooltip:not([hidden])')?.innerText ?? '');
      };
      for (let y = 8; y < height; y += 12) {
        // Not at a cell's edge: the mouse knows whole pixels only.
        for (let x = 60; x < width; x += 12) if ([0, -1, 1].every((by) => isThere(x + by, y + by))) return { x, y };
      }
      return null;
    }, wanted.source);
    if (!place) throw new Error(`No cell of the ${view} heatmap is described as ${wanted}.`);
    const box = await canvas.boundingBox();
    const [x, y] = [box.x + place.x, box.y + place.y];
    await this.frame.page().mouse.move(x - 1, y);
    await this.frame.page().mouse.move(x, y);
    const text = await until(`the mouse points at ${wanted}`, async () => {
      const said = await this.locator('.tooltip:not([hidden])').first().innerText();
      return wanted.test(said) && said;
    });
    return { x, y, text };
  }
}
