// VS Code's window in a browser, as the end-to-end tests use it: by keyboard and mouse, waiting for what is seen, never for time.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { cache } from '../../tools/install.mjs';

/** Milliseconds until something must be seen: on a slow machine with much else to do, as all of it is at once on a fast one. */
const PATIENCE = 60_000;

/** Pictures are for people: `npm test`, which nobody watches, takes those of failures only. */
export const TAKES_PICTURES = process.env.LATENT_LENS_PICTURES !== 'failures';

/** What VS Code puts on its window for a theme. */
const THEMES = {
  'Dark Modern': 'dark_modern-json',
  'Light Modern': 'light_modern-json',
  'Dark High Contrast': 'hc_black-json',
  'Light High Contrast': 'hc_light-json',
};

/** For startEditor: empties the window between tests, at once and without a question. */
export const EMPTY_WINDOW = {
  key: 'ctrl+alt+f12',
  command: 'runCommands',
  args: { commands: ['notifications.clearAll', 'workbench.action.closePanel', 'workbench.action.closeAllEditors'] },
};

/**
 * Asks until the answer is neither undefined, null nor false.
 * @template T
 * @param {string} what For the error: "the panel shows a chart".
 * @param {() => T | Promise<T>} ask
 * @param {number} [patience] Milliseconds.
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Within ${patience / 1000} s it did not happen that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Monaco shows spaces as no-break spaces. */
export const plain = (text) => text.replaceAll('\u00a0', ' ');

const exactly = (text) => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')}\\s*$`);

export class Workbench {
  /** Uncaught exceptions anywhere, and what panels report to the console; VS Code's own window says much there. @type {string[]} */
  errors = [];

  /**
   * @param {any} browser playwright-core's Browser.
   * @param {string} url `url` of startEditor's answer.
   * @param {{ width?: number, height?: number }} [size]
   */
  static async open(browser, url, { width = 1440, height = 900 } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', acceptDownloads: true });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const workbench = new Workbench(page);
    await page.goto(url);
    await workbench.ready();
    return workbench;
  }

  /** @param {any} page playwright-core's Page. */
  constructor(page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      const fromPanel = /\/webview\/browser\/pre\/|vscode-resource|Content Security Policy/.test(`${message.location().url} ${message.text()}`);
      if (fromPanel && message.type() === 'error') this.errors.push(message.text());
    });
  }

  /** Until the window is there and its extensions' process has started. Extensions may still be starting: see `statusItem`. */
  async ready() {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await until('VS Code has restored its window', () => this.page.evaluate(() => performance.getEntriesByName('code/didStartWorkbench').length > 0));
    // The language of a file and the branch come from built-in extensions; the first of them ends this item's progress.
    await this.page.locator('.statusbar-item[id="status.host"]:not(.has-beak) .codicon-loading').waitFor({ state: 'hidden' });
  }

  /** As the user does it, so that VS Code keeps what is open. */
  async reload() {
    await this.page.evaluate(() => (globalThis.isBeforeReload = true));
    await this.runCommand('Developer: Reload Window');
    await until('the window is loaded again', () => this.page.evaluate(() => !globalThis.isBeforeReload).catch(() => false));
    await this.ready();
  }

  async close() {
    await this.page.context().close();
  }

  /** Closes whatever a test has left open, without saving; the editor needs `EMPTY_WINDOW` among its keybindings. */
  async empty() {
    await this.page.mouse.move(1, 1); // a hover takes Escape for itself
    const tabs = this.page.locator('.tab');
    const dontSave = this.page.locator('.monaco-dialog-box .monaco-button', { hasText: /Don['’]t Save/ }).first();
    await until('the window is empty', async () => {
      if ((await tabs.count()) === 0) return true;
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+Alt+F12');
      const asksOrIsEmpty = async () => (await tabs.count()) === 0 || (await dontSave.isVisible());
      await until('', asksOrIsEmpty, 2000).catch(() => false);
      if (await dontSave.isVisible()) await dontSave.click();
      return false;
    });
    await this.page.keyboard.press('Escape');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** Until keys go to the first editor: they still went to a page that had them, for a moment. */
  async focusCode() {
    await this.page.keyboard.press('Control+1');
    await this.page.locator('.part.editor .editor-group-container.active .monaco-editor.focused').first().waitFor();
  }

  /** Into .cache/screenshots/, where pictures are taken. */
  async screenshot(name) {
    if (TAKES_PICTURES) await this.picture(name);
  }

  /** Into .cache/screenshots/. @returns {Promise<string>} The file. */
  async picture(name) {
    const file = path.join(cache, 'screenshots', `${name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'initial' });
    return file;
  }

  // Quick input: the palette, picks, input boxes, and the dialogs for opening and saving files.

  get quickInput() {
    return this.page.locator('.quick-input-widget:visible');
  }

  /**
   * Presses a key until the quick input is there, since a window that is still starting may miss it. So may one whose focus is in
   * a page that passes no keys on, as while its theme changes: then the window itself gets the focus, not another editor.
   */
  async #openQuickInput(key, start) {
    await until(`${key} opens the quick input`, async () => {
      await this.page.keyboard.press(key);
      const shown = () => this.#quickValue().then((value) => value?.startsWith(start));
      const opened = await until('', shown, 700).catch(() => false);
      if (!opened) await this.page.evaluate(() => document.activeElement?.blur());
      return opened;
    });
  }

  async #quickValue() {
    const input = this.quickInput.locator('.quick-input-box input');
    return (await input.count()) > 0 ? input.inputValue() : undefined;
  }

  /** Chooses the row of the quick pick that has exactly this label. */
  async quickPick(label) {
    await this.#quickRow(label).click();
  }

  #quickRow(label) {
    const labels = this.page.locator('.label-name', { hasText: exactly(label) });
    return this.quickInput.locator('.monaco-list-row').filter({ has: labels }).first();
  }

  /** What the rows of the quick pick say, as far as they are scrolled into view. @returns {Promise<string[]>} */
  async quickPicks() {
    await this.quickInput.locator('.monaco-list-row').first().waitFor();
    return this.quickInput.locator('.monaco-list-row .label-name').allTextContents();
  }

  /** Answers the dialog for opening or saving a file, which is a quick input here. Saving over a file needs no second answer. */
  async chooseFile(file) {
    const input = this.quickInput.locator('.quick-input-box input');
    await until('the dialog shows a folder', async () => (await this.#quickValue())?.startsWith('/'));
    await until(`the dialog takes ${file}`, async () => {
      if (!(await this.quickInput.isVisible())) return true;
      await input.fill(file, { timeout: 1000 }).catch(() => {});
      // While the dialog still reads the folder it takes back what is written, and Enter would mean the name that it suggests.
      const takenBack = await until('', async () => (await this.#quickValue()) !== file, 400).catch(() => false);
      if (takenBack) return false;
      await input.press('Enter', { timeout: 1000 }).catch(() => {});
      return this.quickInput.waitFor({ state: 'hidden', timeout: 1000 }).then(() => true, () => false);
    });
  }

  /** Answers an input box with a text and Enter. */
  async enter(text) {
    const input = this.quickInput.locator('.quick-input-box input');
    await input.fill(text);
    await until(`the box holds ${text}`, async () => (await this.#quickValue()) === text);
    await input.press('Enter');
  }

  /**
   * Runs a command through the palette.
   * @param {string} title With its category: "Latent Lens: Explain Selection".
   */
  async runCommand(title) {
    await this.#openQuickInput('F1', '>');
    await this.quickInput.locator('.quick-input-box input').fill(`>${title}`);
    await this.quickPick(title);
  }

  /** Opens a text or a notebook of the folder by its name, in the first group of editors. */
  async openFile(name) {
    await this.#open(name);
    // A notebook lies over its group, not in it.
    await this.page.locator('.editor-group-container.active .view-lines:visible, .notebookOverlay .view-lines:visible').first().waitFor();
  }

  /** Opens a file of the folder that an extension shows. */
  async openResult(name) {
    await this.#open(name);
  }

  async #open(name) {
    const file = path.posix.basename(name);
    await this.page.keyboard.press('Control+1'); // from a panel, files open beside it
    await until(`${name} is found`, async () => {
      await this.#openQuickInput('Control+p', '');
      await this.quickInput.locator('.quick-input-box input').fill(name);
      // A list of files that was made before this one is kept while the quick input is open: then it has nothing, and another is made.
      const [row, nothing] = [this.#quickRow(file), this.quickInput.locator('.monaco-list-row', { hasText: 'No matching results' })];
      const clicked = row.or(nothing).first().waitFor({ timeout: 3000 }).then(async () => (await row.count()) > 0 && row.click({ timeout: 3000 }).then(() => true));
      return (await clicked.catch(() => false)) || this.page.keyboard.press('Escape').then(() => false);
    });
    await this.page.locator(`.tab.active[data-resource-name=${JSON.stringify(file)}]`).waitFor();
  }

  // The text editor.

  /** The text editor that has, or had, the focus. */
  get editor() {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor .view-lines').first();
  }

  /** Puts the cursor at a line and column, counted from 1. */
  async goTo(line, column = 1) {
    await this.#openQuickInput('Control+g', ':');
    await this.quickInput.locator('.quick-input-box input').fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.#position(`Ln ${line}, Col ${column}`);
  }

  /** Selects from a line and column up to another, counted from 1; the last column itself is not selected. */
  async select(fromLine, fromColumn, toLine, toColumn) {
    await this.goTo(fromLine, fromColumn);
    await this.#chord('Control+k', 'Control+b'); // Set Selection Anchor
    await this.goTo(toLine, toColumn);
    await this.#chord('Control+k', 'Control+k'); // Select from Anchor to Cursor
    await this.#position(`Ln ${toLine}, Col ${toColumn} (`);
  }

  async #chord(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** @param {string} start What the status bar says about the cursor. */
  async #position(start) {
    const item = this.page.locator('.statusbar-item[id="status.editor.selection"]');
    await until(`the status bar says ${start}`, async () => (await item.count()) > 0 && (await item.innerText()).startsWith(start));
  }

  /**
   * Opens the context menu at the cursor and chooses an item, or an item of a submenu.
   * @param {...string} labels The submenus' names, then the item's.
   */
  async contextMenu(...labels) {
    await this.#openMenu();
    await this.#chooseMenuItem(labels);
  }

  /** Right-clicks and chooses an item. @param {any} locator @param {string} label */
  async rightClick(locator, label) {
    await locator.click({ button: 'right' });
    await this.#chooseMenuItem([label]);
  }

  async #chooseMenuItem(labels) {
    for (const [index, label] of labels.entries()) {
      const item = this.#menuItem(label);
      const next = labels[index + 1];
      await item.waitFor();
      // A menu that has just been opened ignores the mouse for a moment.
      await until(`the menu takes ${label}`, async () => {
        await item.click({ timeout: 1000 }).catch(() => {}); // it may close in the middle of the click
        const seen = next === undefined ? item.waitFor({ state: 'hidden', timeout: 300 }) : this.#menuItem(next).waitFor({ timeout: 300 });
        return seen.then(
          () => true,
          () => false,
        );
      });
    }
  }

  /** The labels in the context menu at the cursor, which is closed again. @returns {Promise<string[]>} */
  async contextMenuItems() {
    await this.#openMenu();
    const labels = await this.page.locator('.monaco-menu .action-label:not(.separator)').allTextContents();
    await this.page.keyboard.press('Escape');
    return labels.map((label) => label.trim()).filter(Boolean);
  }

  async #openMenu() {
    await this.page.keyboard.press('Shift+F10');
    await this.page.locator('.monaco-menu .action-label').first().waitFor();
  }

  #menuItem(label) {
    const labels = this.page.locator('.action-label', { hasText: exactly(label) });
    return this.page.locator('.monaco-menu .action-item').filter({ has: labels }).last();
  }

  // What extensions show.

  /**
   * The inner frame of a webview: VS Code puts an extension's HTML two frames deep.
   * @param {string | RegExp} content Text that it shows, to tell it from others and to wait for.
   * @param {string} [page] The name of the page, where others may show the same.
   * @returns {Promise<any>} playwright-core's Frame.
   */
  panelFrame(content, page) {
    return until(`a panel shows ${content}`, async () => {
      for (const frame of this.page.frames()) {
        if (frame.name() !== 'active-frame' && frame.parentFrame()?.parentFrame() !== this.page.mainFrame()) continue;
        // A frame may go away while it is read.
        const ask = (wanted) => (wanted === undefined || document.body?.dataset.page === wanted ? document.body?.innerText ?? '' : '');
        const text = await frame.evaluate(ask, page).catch(() => '');
        if (typeof content === 'string' ? text.includes(content) : content.test(text)) return frame;
      }
      return undefined;
    });
  }

  /** The texts of the notifications that are shown. @returns {Promise<string[]>} */
  async notifications() {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Waits for a notification that has a text. @returns {Promise<any>} Its Locator. */
  async notification(text) {
    const toast = this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** Presses a button of the notification that has a text. */
  async answer(text, button) {
    const toast = await this.notification(text);
    await toast.hover(); // buttons of a short notification show when the mouse is over it
    await toast.locator('.monaco-button', { hasText: button }).click();
  }

  /** The buttons of a dialog in the middle of the window. */
  async dialog(button) {
    await this.page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).first().click();
  }

  /** Waits for an item of the status bar that has a text. @returns {Promise<any>} Its Locator. */
  async statusItem(text) {
    const item = this.page.locator('.statusbar-item:visible').filter({ hasText: text }).first();
    await item.waitFor();
    return item;
  }

  /**
   * Shows an output channel, and waits for a text in it.
   * @param {string} channel
   * @param {string} text
   * @returns {Promise<string>} What is visible of it.
   */
  async output(channel, text) {
    await this.runCommand('Output: Show Output Channels...');
    await this.quickPick(channel);
    const lines = this.page.locator('.part.panel .monaco-editor .view-lines:visible').first();
    return until(`the output "${channel}" shows ${text}`, async () => {
      const shown = plain(await lines.innerText().catch(() => ''));
      return shown.includes(text) && shown;
    });
  }

  /** @param {keyof typeof THEMES} name */
  async setTheme(name) {
    await until(`${name} is in the list`, async () => {
      await this.runCommand('Preferences: Color Theme');
      // A list that is made while the window is still starting stays empty.
      return this.#quickRow(name).click({ timeout: 3000 }).then(() => true, () => this.page.keyboard.press('Escape').then(() => false));
    });
    await this.page.locator(`.monaco-workbench[class*="${THEMES[name]}"]`).waitFor();
    await this.quickInput.waitFor({ state: 'hidden' });
  }
}
