/** Python modules checked by pyright, hundreds at a time, in a folder that holds nothing else. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

interface Report {
  generalDiagnostics: { file: string; severity: string }[];
}

/**
 * Whether each module checks alone.
 * @param folder where `npm install pyright` put it; its typeshed is all that it reads, and no interpreter is asked
 */
export function checkPython(folder: string, codes: readonly string[]): boolean[] {
  const work = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-pyright-'));
  const nameOf = (i: number) => `m${String(i).padStart(6, '0')}.py`;
  try {
    codes.forEach((code, i) => writeFileSync(path.join(work, nameOf(i)), code));
    writeFileSync(path.join(work, 'pyrightconfig.json'), JSON.stringify({ typeCheckingMode: 'standard', pythonVersion: '3.12', pythonPlatform: 'Linux' }));
    const command = path.join(folder, 'node_modules/pyright/index.js');
    const run = spawnSync(process.execPath, [command, '--outputjson', '-p', work], { encoding: 'utf8', maxBuffer: 2 ** 28, env: { PATH: '', HOME: work } });
    let report: Report;
    try {
      report = JSON.parse(run.stdout) as Report;
    } catch (error) {
      throw new Error(`${command} does not run: ${run.error?.message ?? run.stderr}. Install it: npm install --prefix ${folder} pyright`, { cause: error });
    }
    const wrong = new Set(report.generalDiagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => path.basename(file)));
    return codes.map((_, i) => !wrong.has(nameOf(i)));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
