import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nodeOnPath, thisNode, type Here } from '../../../src/snippets/sandbox/node';
import { Worker } from '../../../src/snippets/sandbox/worker';

const folder = mkdtempSync(path.join(os.tmpdir(), 'nodes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with a `node` in it, for a PATH. */
function nodeIn(name: string, script?: string): string {
  const here = path.join(folder, name);
  mkdirSync(here);
  const file = path.join(here, 'node');
  if (script === undefined) symlinkSync(process.execPath, file);
  else {
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
  return here;
}

function editor(change: Partial<Here> = {}): Here {
  const { platform, allowedNodeEnvironmentFlags, execPath } = process;
  return { platform, allowedNodeEnvironmentFlags, execPath, versions: { ...process.versions, electron: '37.0.0' }, env: { PATH: '' }, ...change };
}

describe.skipIf(process.platform === 'win32')('the Node of the sandbox', () => {
  test('is this one with nothing in its environment, and in an editor with what makes Electron a Node', () => {
    const permissionFlag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
    expect(thisNode()).toEqual({ file: process.execPath, env: {}, permissionFlag });
    const env = { PATH: '/bin', ELECTRON_RUN_AS_NODE: '1', SECRET: 'x' };
    expect(thisNode(editor({ env, execPath: '/opt/code' }))).toEqual({ file: '/opt/code', env: { ELECTRON_RUN_AS_NODE: '1' }, permissionFlag });
    expect(thisNode(editor({ allowedNodeEnvironmentFlags: new Set() })).permissionFlag).toBe('--experimental-permission');
  });

  test('on the PATH is the first that is a Node and new enough', () => {
    const old = nodeIn('old', `echo '["18.20.0",false]'`);
    const broken = nodeIn('broken', 'exit 3');
    const other = nodeIn('other', `echo '["20.19.0",false]'`);
    const PATH = ['relative', path.join(folder, 'nowhere'), old, broken, other].join(path.delimiter);
    expect(nodeOnPath(editor({ env: { PATH } }))).toEqual({ file: path.join(other, 'node'), env: {}, permissionFlag: '--experimental-permission' });
    expect(nodeOnPath(editor({ env: { PATH: [old, broken].join(path.delimiter) } }))).toBeUndefined();
    expect(nodeOnPath(editor({ env: {} }))).toBeUndefined();
  });

  test('that cannot be confined in an editor gives way to one on the PATH, and without one there is advice', async () => {
    const unconfined = path.join(nodeIn('editor', `echo '{"refused":"the process is not confined: the permission model is off"}'`), 'node');
    const PATH = nodeIn('real');
    const worker = await Worker.start(2000, 256, editor({ execPath: unconfined, env: { PATH } }));
    worker.kill();
    await expect(Worker.start(2000, 256, editor({ execPath: unconfined }))).rejects.toThrow(/permission model is off\)\. Install Node 20\.19 or newer/);
    await expect(Worker.start(2000, 256, editor({ execPath: unconfined, env: { PATH }, versions: process.versions }))).rejects.toThrow(/permission model is off\)\.$/);
  });

  test('with the variable of Electron still counts as confined, and runs programs', async () => {
    const worker = await Worker.start(2000, 256, editor());
    const labels: string[] = [];
    await worker.runAll(['import os\nassert "ELECTRON_RUN_AS_NODE" in os.environ', '1 / 0'], ({ label }) => labels.push(label));
    worker.kill();
    expect(labels).toEqual(['AssertionError', 'ZeroDivisionError']);
  });
});
