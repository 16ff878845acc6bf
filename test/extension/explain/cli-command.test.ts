import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cliCommand, type CliContext } from '../../../src/extension/explain/cli-command';
import { paramsOf } from '../../../src/protocol/analyses';
import { madeUp } from '../../cli/explanation-fixture';

const text = 'import os\nprint("a: " + 12)\n';
const context: CliContext = {
  script: '/opt/latent-lens/dist/cli/main.mjs', file: { path: '/home/me/print.py', text }, start: 10, compare: 'best', model: null, template: null,
  topK: 10, latents: null, otherSettings: false, run: true, project: null, trusted: true, windows: false,
};

const ECHO = ' "JSON.stringify(process.argv.slice(1))" -- ';

describe('the command line of a result', () => {
  it('names the lines where the code is now, and the choices', () => {
    expect(cliCommand(madeUp(), { ...context, compare: { number: 3 } })).toBe(
      'node /opt/latent-lens/dist/cli/main.mjs explain /home/me/print.py:2-2 --top-k 10 --against 3 --site hook_resid_pre --direction denoising',
    );
    expect(cliCommand(madeUp({ patching: null }), { ...context, run: false, model: '/m', template: 't.json#a' })).toBe(
      "node /opt/latent-lens/dist/cli/main.mjs explain /home/me/print.py:2-2 --top-k 10 --model /m --template 't.json#a' --no-run",
    );
  });

  it('names the place of an open question, with what else may be answered', () => {
    const next = madeUp({ template: 'next-token', place: { start: 22, end: 22, others: [' os'] }, chosen: [',', '·os'], patching: null });
    const at = { ...next.source, code: text.slice(0, 22), start: 0, end: 22 };
    const asked = (more: object, also: Partial<CliContext> = {}) => cliCommand({ ...next, source: at, ...more }, { ...context, run: false, template: 't.json', ...also });
    expect(asked({})).toBe(`node /opt/latent-lens/dist/cli/main.mjs next /home/me/print.py:2:13 --top-k 10 --answers '[",","·os"]' --answer ' os'`);
    const type = madeUp({ template: 'type', place: { start: 7, end: 9, behind: true }, patching: null });
    const typed = (more: Partial<CliContext>) => cliCommand({ ...type, source: at }, { ...context, ...more });
    expect([typed({}), typed({ trusted: false })].map((command) => command.includes('--no-run'))).toEqual([false, true]);
    const script = { path: '/home/me/a.ts', text: context.file!.text };
    expect(typed({ file: script, project: '/home/me' })).toContain(' --project /home/me');
    expect(typed({ file: script })).toContain(' --no-project');
    expect(asked({ place: { start: 7, end: 9, behind: true }, chosen: undefined })).toContain(' next /home/me/print.py:1:8-1:10 --top-k 10 --fim');
    const latents = { params: paramsOf('latents'), saes: [] };
    expect(asked({ chosen: undefined }, { latents })).toContain(' latents /home/me/print.py --next 2:13 --top 25');
    expect(() => asked({}, { file: { path: '/a.py', text: `x${text}` } })).toThrow('The file on disk is not what was explained.');
  });

  it.skipIf(process.platform === 'win32')('passes any name through a shell as it is', () => {
    for (const file of ['/a b.py', "/it's.py", '/$HOME/`id`;x.py', '/"quoted".py', '/new\nline.py', '/ü\\.py']) {
      const command = cliCommand(madeUp({ patching: null }), { ...context, script: '-p', file: { path: file, text } }).replace(' explain ', ECHO);
      expect(JSON.parse(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }))).toEqual([`${file}:2-2`, '--top-k', '10']);
    }
  });

  it.skipIf(process.platform === 'win32')('passes one’s own variant through a shell as it is', () => {
    for (const code of ['print("a: " + "12")\n', `x = 'it\\'s $HOME'\n\nprint(x, "\\n", \`y\`)`, '-1', 'print("ü", "\\u{1f600}")', 'data:,%20', '!!']) {
      const command = cliCommand(madeUp({ patching: null }), { ...context, script: '-p', compare: { text: code } }).replace(' explain ', ECHO);
      const [, , , flag, given] = JSON.parse(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' })) as string[];
      expect(flag).toBe('--edited');
      const encoded = /^data:,(.*)$/s.exec(given);
      expect(encoded ? decodeURIComponent(encoded[1]) : given).toBe(code);
    }
  });

  it('on Windows one’s own variant has no sign that a shell may spoil', () => {
    const command = cliCommand(madeUp({ patching: null }), { ...context, windows: true, compare: { text: 'print("it\'s", 5 % 3)\n' } });
    const [, encoded] = /--edited '(data:,\S+)'/.exec(command)!;
    expect(encoded).toMatch(/^data:,[\w%.-]+$/);
    expect(decodeURIComponent(encoded.slice('data:,'.length))).toBe('print("it\'s", 5 % 3)\n');
    expect(() => cliCommand(madeUp(), { ...context, windows: true, compare: { text: 'x'.repeat(30_001) } })).toThrow('too long');
  });

  it('finds the latents that are shown, as they were asked for', () => {
    const params = { ...paramsOf('latents'), top: 40, method: 'integrated-gradients' as const, errorTerm: false };
    expect(cliCommand(madeUp(), { ...context, compare: { number: 3 }, latents: { params: { ...params, sites: ['blocks.0.hook_mlp_out', 'hook_embed'], positions: [3, 7] }, saes: ['/my saes'] } })).toBe(
      "node /opt/latent-lens/dist/cli/main.mjs latents /home/me/print.py:2-2 --top 40 --method integrated-gradients --steps 10 --sites 'blocks.0.hook_mlp_out,hook_embed' " +
        "--positions '3,7' --no-error-term --sae '/my saes' --against 3",
    );
  });

  it('quotes for PowerShell on Windows', () => {
    const windows = { ...context, windows: true, script: String.raw`C:\Program Files\main.mjs`, file: { path: String.raw`C:\me\it's, @x.py`, text } };
    expect(cliCommand(madeUp({ patching: null }), windows)).toBe(
      String.raw`node 'C:\Program Files\main.mjs' explain 'C:\me\it''s, @x.py:2-2' --top-k 10`,
    );
  });

  it('says what it cannot do', () => {
    expect(() => cliCommand(madeUp(), { ...context, file: null })).toThrow('Save it to a file');
    expect(() => cliCommand(madeUp(), { ...context, otherSettings: true })).toThrow('latentLens.answers');
    expect(() => cliCommand(madeUp(), { ...context, file: { path: '/a.py', text: 'print(1)\n' } })).toThrow('is not what was explained');
    const part = text.replace('print("a', 'x = print("a');
    expect(() => cliCommand(madeUp(), { ...context, file: { path: '/a.py', text: part } })).toThrow('whole lines');
  });
});
