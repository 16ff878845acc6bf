/**
 * Attention of some 300 tokens that is known already, drawn: in the panel's page in a real Chromium, from the message that brings another
 * head and token to the painted figures, and as the editor's colours, from the part to what the code is told for every token.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder } from '../src/engine/session/load';
import { readsTable } from '../src/extension/attention/reads';
import { shadeOf } from '../src/extension/attention/shades';
import { UNASKED } from '../src/protocol/pages/answer';
import type { Result } from '../src/protocol/documents/result';
import { median } from './timing';

export interface AttentionFigures {
  tokens: number;
  /** Milliseconds from the message to the painted figures of the attention view that are in sight, and to all of them: medians. */
  page: number;
  pageAll: number;
  /** Milliseconds for the table of who reads whom, once for a choice, and for the shades of a token then: the mean over all tokens. */
  table: number;
  token: number;
  /** Styles that the editor is given places for, for a token: the mean over all. */
  styles: number;
}

/** What is used of playwright-core. */
interface Browser {
  newPage: (options: object) => Promise<{
    route: (url: string, answer: (route: { fulfill: (response: object) => Promise<void> }) => Promise<void>) => Promise<void>;
    goto: (url: string) => Promise<unknown>;
    evaluate: <T, A>(run: (argument: A) => T | Promise<T>, argument: A) => Promise<T>;
  }>;
  close: () => Promise<void>;
}

/** Of the embedded model. */
const PROGRAM = 'bench/programs/trains.py';
const CHOICES = [{ token: 'last', head: '1.2' }, { token: '#250', head: '4.1' }];

export async function benchAttention(runs: number): Promise<AttentionFigures> {
  const cli = path.join(packageFolder(), 'dist/cli/main.mjs');
  const results = CHOICES.map(({ token, head }) => {
    const args = [cli, 'attention', path.join(packageFolder(), PROGRAM), '--token', token, '--head', head, '--no-run', '--json'];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] })) as Result;
  });
  const { launchBrowser } = (await import(pathToFileURL(path.join(packageFolder(), 'tools/browser.mjs')).href)) as { launchBrowser: () => Promise<Browser> };
  const browser = await launchBrowser();
  try {
    const drawn = await drawnInPage(browser, results, runs);
    const [page, pageAll] = [0, 1].map((which) => median(drawn.map((times) => times[which])));
    return { tokens: results[0].reading.tokens.length, page, pageAll, ...coloured(results[0], runs) };
  } finally {
    await browser.close();
  }
}

async function drawnInPage(browser: Browser, results: readonly Result[], runs: number): Promise<[number, number][]> {
  const file = (name: string) => readFileSync(path.join(packageFolder(), 'dist/webview', name), 'utf8');
  const page = await browser.newPage({ viewport: { width: 700, height: 900 }, reducedMotion: 'reduce' });
  const api = 'globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });';
  const scripts = [api, file('panel.js')].map((script) => `<script>${script}</script>`).join('');
  const head = `<head><title>Panel</title><style>${file('panel.css')}</style></head>`;
  const body = `<!doctype html><html lang="en">${head}<body class="vscode-dark" data-page="panel"><main id="panel"></main>${scripts}</body></html>`;
  await page.route('http://panel.bench/', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('http://panel.bench/');
  const settled = { running: null, cost: null, error: null, cancelled: false, complete: true };
  const status = { ...settled, outdated: false, live: true, restricted: false };
  const { parts: { attention }, ...bare } = results[0];
  const answers = results.map(({ parts }) => ({ ...UNASKED, result: parts.attention }));
  const titles = results.map(({ parts }) => {
    const { position, shown } = parts.attention!.value;
    const head = `${shown!.layer}.${shown!.head}`;
    return { attention: `Attention from token ${position}:`, 'attention-pattern': `Pattern of head ${head}` };
  });
  const messages = [
    { type: 'result', result: { ...bare, parts: { attention } } },
    { type: 'status', status },
    { type: 'view', view: 'attention' },
  ];
  return page.evaluate(async ({ messages, answers: parts, titles: wanted, rounds }) => {
    const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => {
      const channel = new MessageChannel(); // comes after the frame is painted
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(null);
    }));
    const shows = (name: string, text: string) => document.querySelector(`[data-figure="${name}"] h3`)?.textContent?.startsWith(text);
    const shown = (name: string, text: string) => new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error(`The page never showed “${text}”.`)), 30_000);
      const observer = new MutationObserver(() => {
        if (!shows(name, text)) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    }).then(painted);
    for (const message of messages) window.postMessage(message, '*');
    const times: [number, number][] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [i, answer] of parts.entries()) {
        const start = performance.now();
        const since = () => performance.now() - start;
        const all = Promise.all((['attention', 'attention-pattern'] as const).map((name) => shown(name, wanted[i][name]).then(since)));
        window.postMessage({ type: 'part', id: 'attention', answer }, '*');
        const [first, last] = await all;
        times.push([first, last]);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
    return times.slice(2 * parts.length); // the first ones make the page, and V8 warm
  }, { messages, answers, titles, rounds: 2 * runs + 2 });
}

/** What attention mode does without VS Code. */
function coloured({ reading: { tokens }, parts: { attention } }: Result, runs: number): Pick<AttentionFigures, 'table' | 'token' | 'styles'> {
  const tables: number[] = [];
  const each: number[] = [];
  let styles = 0;
  for (let round = 0; round < 2 * runs; round++) {
    const start = performance.now();
    const table = readsTable(attention!.value, { head: 'most', weigh: 'plain' })!;
    const made = performance.now();
    styles = 0;
    for (const position of tokens.keys()) {
      const { reads, readBy } = table.of(position);
      const used = new Set([...reads.map(({ value }) => shadeOf('reads', value, table.limit)), ...readBy.map(({ value }) => shadeOf('readBy', value, table.limit))]);
      used.delete(null);
      styles += used.size;
    }
    tables.push(made - start);
    each.push((performance.now() - made) / tokens.length);
  }
  return { table: median(tables), token: median(each), styles: styles / tokens.length };
}
