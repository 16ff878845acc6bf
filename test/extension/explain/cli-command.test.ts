import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cliCommand, type CliContext } from '../../../src/extension/explain/cli-command';
import { madeUp } from '../../cli/explanation-fixture';

const text = 'import os\nprint("a: " + 12)\n';
const context: CliContext = {
  script: '/opt/latent-lens/dist/cli/main.mjs', file: { path: '/home/me/print.py', text }, start: 10, compare: 'best', model: null, template: null,
  topK: 10, otherSettings: false, run: true, windows: false,
};

describe('the command line of a result', () => {
  it('names the lines where the code is now, and the choices', () => {
    expect(cliCommand(madeUp(), { ...context, compare: { number: 3 } })).toBe(
      'node /opt/latent-lens/dist/cli/main.mjs explain --top-k 10 --against 3 --site hook_resid_pre --direction denoising /home/me/print.py:2-2',
    );
    expect(cliCommand(madeUp({ patching: null }), { ...context, run: false, model: '/m', template: 't.json#a' })).toBe(
      "node /opt/latent-lens/dist/cli/main.mjs explain --top-k 10 --model /m --template 't.json#a' --no-run /home/me/print.py:2-2",
    );
  });

  it.skipIf(process.platform === 'win32')('passes any name through a shell as it is', () => {
    for (const file of ['/a b.py', "/it's.py", '/$HOME/`id`;x.py', '/"quoted".py', '/new\nline.py', '/ü\\.py']) {
      const command = cliCommand(madeUp({ patching: null }), { ...context, script: '-p', file: { path: file, text } }).replace(/ explain --top-k 10 /, ' "JSON.stringify(process.argv.slice(1))" -- ');
      expect(JSON.parse(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }))).toEqual([`${file}:2-2`]);
    }
  });

  it('quotes for PowerShell on Windows', () => {
    const windows = { ...context, windows: true, script: String.raw`C:\Program Files\main.mjs`, file: { path: String.raw`C:\me\it's, @x.py`, text } };
    expect(cliCommand(madeUp({ patching: null }), windows)).toBe(
      String.raw`node 'C:\Program Files\main.mjs' explain --top-k 10 'C:\me\it''s, @x.py:2-2'`,
    );
  });

  it('says what it cannot do', () => {
    expect(() => cliCommand(madeUp(), { ...context, file: null })).toThrow('Save it to a file');
    expect(() => cliCommand(madeUp(), { ...context, compare: { text: 'x' } })).toThrow('--against FILE');
    expect(() => cliCommand(madeUp(), { ...context, otherSettings: true })).toThrow('latentLens.answers');
    expect(() => cliCommand(madeUp(), { ...context, file: { path: '/a.py', text: 'print(1)\n' } })).toThrow('is not what was explained');
    const part = text.replace('print("a', 'x = print("a');
    expect(() => cliCommand(madeUp(), { ...context, file: { path: '/a.py', text: part } })).toThrow('whole lines');
  });
});
