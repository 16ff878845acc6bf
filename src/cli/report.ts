/** The HTML report: one file with its script, its style and the result inside, that loads nothing. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Result } from '../protocol/documents/result';
import { fileProblem } from '../protocol/words/file-problem';
import { fromHome } from './arguments/text-file';
import type { Io } from './io';

/** From dist/cli or dist/chunks, and from src/cli. */
const BUILT = ['../webview/', '../../dist/webview/'].map((folder) => new URL(folder, import.meta.url));

/** @throws a sentence where it cannot be written */
export async function writeReport(file: string, result: Result, io: Io): Promise<void> {
  await writePage(file, await renderHtmlReport(result), io);
}

/** @throws a sentence where it cannot be written */
export async function writePage(file: string, html: string, io: Io): Promise<void> {
  await writeFile(fromHome(file), html).catch((error: Error) => {
    throw new Error(fileProblem(error, file, 'write') ?? `${file} could not be written: ${error.message}.`, { cause: error });
  });
  io.err(`Wrote ${file}.\n`);
}

/**
 * @param folders where report.js and report.css may be, as URLs that end with a slash
 * @throws when they are nowhere
 */
export function renderHtmlReport(result: Result, folders: readonly URL[] = BUILT): Promise<string> {
  return renderPage('report', 'result', result, folders);
}

/**
 * A page with a document inside that its script draws.
 * @param page the name of its script and its style @param id of the element with the document
 */
export async function renderPage(page: string, id: string, document: unknown, folders: readonly URL[] = BUILT): Promise<string> {
  const [script, style] = await Promise.all([readBuilt(`${page}.js`, folders), readBuilt('report.css', folders)]);
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Latent Lens</title>
<style>${style}</style>
</head>
<body>
<main><noscript>This report draws itself with JavaScript. Allow scripts for this file and reload it.</noscript></main>
<script type="application/json" id="${id}">${inScript(document)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON in which nothing can end the element around it or begin another; lone surrogates are escaped by JSON itself. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

async function readBuilt(name: string, folders: readonly URL[]): Promise<string> {
  for (const folder of folders) {
    const text = await readFile(new URL(name, folder), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`${name} holds text that would end the element it is put into. Report this as a bug.`);
    return text.replace(/\r\n?/g, '\n'); // as browsers read it, before they hash it
  }
  throw new Error(`The report's ${name} is not built: there is none in ${folders.map((folder) => fileURLToPath(folder)).join(' or ')}. Run "npm run build".`);
}
