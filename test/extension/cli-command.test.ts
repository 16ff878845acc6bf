import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cliCommand, type CliContext } from '../../src/extension/cli-command';
import { madeUp } from '../cli/explanation-fixture';

const context: CliContext = {
  script: '/opt/latent-lens/dist/cli/main.mjs', file: '/home/me/print.py', compare: 'best', model: null, template: null, run: true, windows: false,
};

describe('the command line of a result', () => {
  it('names the lines and the choices', () => {
    expect(cliCommand(madeUp(), { ...context, compare: { number: 3 } })).toBe(
      'node /opt/latent-lens/dist/cli/main.mjs explain /home/me/print.py:1-1 --against 3 --site hook_resid_pre --direction denoising',
    );
    expect(cliCommand(madeUp({ patching: null }), { ...context, run: false, model: '/m', template: 't.json#a' })).toBe(
      "node /opt/latent-lens/dist/cli/main.mjs explain /home/me/print.py:1-1 --model /m --template 't.json#a' --no-run",
    );
  });

  it.skipIf(process.platform === 'win32')('passes any name through a shell as it is', () => {
    for (const file of ['/a b.py', "/it's.py", '/$HOME/`id`;x.py', '/"quoted".py', '/new\nline.py', '/ü\\.py']) {
      const command = cliCommand(madeUp({ patching: null }), { ...context, script: '-p', file }).replace(/ explain /, ' "JSON.stringify(process.argv.slice(1))" -- ');
      expect(JSON.parse(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }))).toEqual([`${file}:1-1`]);
    }
  });

  it('quotes for PowerShell on Windows', () => {
    const windows = { ...context, windows: true, script: String.raw`C:\Program Files\main.mjs`, file: String.raw`C:\me\it's.py` };
    expect(cliCommand(madeUp({ patching: null }), windows)).toBe(String.raw`node 'C:\Program Files\main.mjs' explain 'C:\me\it''s.py:1-1'`);
  });

  it('says what it cannot do', () => {
    expect(() => cliCommand(madeUp(), { ...context, file: null })).toThrow('Save it to a file');
    expect(() => cliCommand(madeUp(), { ...context, compare: { text: 'x' } })).toThrow('--against FILE');
  });
});
