import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtmlReport } from '../../src/cli/report';
import { sampleResult } from './sample';

let folder: string;
let folders: URL[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'report-'));
  folders = [pathToFileURL(`${folder}/`)];
  const entryPoints = ['webview/report.ts', 'webview/report.css'].map((file) => path.join(import.meta.dirname, '../..', file));
  await build({ entryPoints, outdir: folder, bundle: true, minify: true, platform: 'browser', format: 'iife', target: 'es2022', charset: 'ascii' });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const HOSTILE = ['</script><img src=x onerror=alert(1)>', '<!--<script>', '\u202eevil', '\ud800', '\u2028'];
const hostile = () =>
  sampleResult({ code: HOSTILE.join('\n'), variant: `${HOSTILE.join('\n')}!`, file: `${HOSTILE[0]}.py`, message: HOSTILE.join(' ') });
const dataOf = (html: string) => /<script type="application\/json" id="result">(.*?)<\/script>/s.exec(html)![1];

describe('renderHtmlReport', () => {
  it('carries the result unchanged', async () => {
    for (const result of [sampleResult(), hostile()]) {
      const html = await renderHtmlReport(result, folders);
      expect(JSON.parse(dataOf(html))).toEqual(JSON.parse(JSON.stringify(result)));
    }
  });

  it('keeps hostile text text', async () => {
    const html = await renderHtmlReport(hostile(), folders);
    const plain = await renderHtmlReport(sampleResult(), folders);
    const tags = (page: string) => page.match(/<[a-z!/][^\s>]*/gi)!.sort();
    expect(tags(html)).toEqual(tags(plain));
    expect(dataOf(html)).not.toMatch(/[<>&\u2028\ud800]/);
    // A file is bytes: what cannot be written as UTF-8 must have been escaped.
    expect(Buffer.from(html, 'utf8').toString('utf8')).toBe(html);
  });

  it('allows its own script and style and nothing else', async () => {
    const html = await renderHtmlReport(sampleResult(), folders);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1];
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const script = /<script>(.*)<\/script>/s.exec(html)![1];
    const style = /<style>(.*?)<\/style>/s.exec(html)![1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hash(script)};`);
    expect(policy).toContain(`style-src ${hash(style)};`);
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/(src|href)="/);
  });

  it('says what to do when the script is not built', async () => {
    await expect(renderHtmlReport(sampleResult(), [pathToFileURL(path.join(folder, 'nowhere/'))])).rejects.toThrow('npm run build');
  });

  it('refuses a script that would end its element', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'report-'));
    await writeFile(path.join(other, 'report.js'), 'x="</script>"');
    await writeFile(path.join(other, 'report.css'), '');
    await expect(renderHtmlReport(sampleResult(), [pathToFileURL(`${other}/`)])).rejects.toThrow('end the element');
    await rm(other, { recursive: true });
  });
});
