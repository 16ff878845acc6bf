/** Which Node runs the sandbox's process: this one, or the one on the PATH where the editor's own cannot be confined. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** A Node and what it needs to be started as one. */
export interface NodeHost {
  file: string;
  /** All of its environment. */
  env: Record<string, string>;
  permissionFlag: string;
}

/** What of `process` the choice depends on. */
export type Here = Pick<NodeJS.Process, 'execPath' | 'versions' | 'platform' | 'env' | 'allowedNodeEnvironmentFlags'>;

/** What the sandbox is tested with. */
const LEAST_NODE = [20, 19];

/** The Node that this is. Inside an editor it is Electron, which without the one variable would open a window. */
export function thisNode(here: Here = process): NodeHost {
  const env: Record<string, string> = inElectron(here) ? { ELECTRON_RUN_AS_NODE: '1' } : {};
  return { file: here.execPath, env, permissionFlag: permissionFlag((flag) => here.allowedNodeEnvironmentFlags.has(flag)) };
}

export function inElectron({ versions }: Pick<Here, 'versions'> = process): boolean {
  return versions.electron !== undefined;
}

/** The first `node` on the PATH that is new enough; undefined when there is none. */
export function nodeOnPath({ env, platform }: Pick<Here, 'env' | 'platform'> = process): NodeHost | undefined {
  const name = platform === 'win32' ? 'node.exe' : 'node';
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const file of folders.map((folder) => path.join(folder, name))) {
    if (!existsSync(file)) continue;
    try {
      const asked = 'JSON.stringify([process.versions.node, process.allowedNodeEnvironmentFlags.has("--permission")])';
      const answer = execFileSync(file, ['-p', asked], { env: {}, timeout: 10_000, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
      const [version, permission] = JSON.parse(String(answer)) as [string, boolean];
      if (newEnough(version)) return { file, env: {}, permissionFlag: permissionFlag(() => permission) };
    } catch {
      continue; // something else by that name
    }
  }
  return undefined;
}

function newEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
}

function permissionFlag(allows: (flag: string) => boolean): string {
  return allows('--permission') ? '--permission' : '--experimental-permission';
}
