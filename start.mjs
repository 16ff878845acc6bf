// npm start: explains an example in the terminal, then opens the editor with the extension and the examples.
// `npm start -- --terminal` ends after the explanation.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './esbuild.mjs';

const EXAMPLE = 'examples/temperature.py';

const flags = process.argv.slice(2);
const unknown = flags.find((flag) => flag !== '--terminal');
if (unknown !== undefined) {
  console.error(`npm start explains ${EXAMPLE} and opens the editor; of "${unknown}" it knows nothing. For your own code: npm run -s latent-lens -- explain FILE`);
  process.exit(2);
}
const root = path.dirname(fileURLToPath(import.meta.url));
ensureInstalled();
console.error(`Building, then explaining ${EXAMPLE} …`);
const build = path.join(root, 'esbuild.mjs');
const { status } = spawnSync(process.execPath, [build, '--then', 'cli/main', 'explain', EXAMPLE], { cwd: root, stdio: 'inherit' });
if (status !== 0 || flags.includes('--terminal')) process.exit(status ?? 1);

console.error('\nOpening the editor …');
if (!openDesktop()) await serve();

/** In the VS Code of the desktop, where its `code` command is. @returns {boolean} Whether it is open now. */
function openDesktop() {
  // In a terminal of VS Code on a remote machine, `code` speaks to a window that cannot load an extension from a folder there.
  if (process.env.VSCODE_IPC_HOOK_CLI) return false;
  const windows = process.platform === 'win32';
  const code = (args) => spawnSync(windows ? 'code.cmd' : 'code', args, { encoding: 'utf8', shell: windows });
  if (code(['--version']).status !== 0) return false;
  const quoted = (argument) => (windows ? `"${argument}"` : argument);
  const args = [`--extensionDevelopmentPath=${root}`, path.join(root, 'examples'), path.join(root, EXAMPLE)];
  if (code(['--new-window', ...args.map(quoted)]).status !== 0) return false;
  console.log(`VS Code opens with Latent Lens and the examples. Right-click in ${path.basename(EXAMPLE)} and choose "Latent Lens: Explain Predicted Error Type".`);
  return true;
}

/** A VS Code for the browser, on this machine only, until Ctrl-C. */
async function serve() {
  const { startEditor } = await import('./tools/editor.mjs');
  let editor;
  try {
    editor = await startEditor({
      extension: root,
      folder: path.join(root, 'examples'),
      file: path.join(root, EXAMPLE),
      userData: path.join(root, '.cache', 'start'),
    });
  } catch (error) {
    console.error(`The editor could not be opened: ${error.message}`);
    process.exit(1);
  }
  console.log(`There is no "code" command here, so a VS Code is served on this machine. Open in a browser:\n\n  ${editor.url}\n`);
  console.log(`Right-click in ${path.basename(EXAMPLE)} and choose "Latent Lens: Explain Predicted Error Type". Ctrl-C stops it.`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      console.log('\nStopping …');
      editor.stop().then(() => process.exit(0), () => process.exit(1));
    });
  }
  editor.process.once('exit', (code) => {
    if (!stopping) console.error(`The editor ended by itself (exit code ${code}). Run npm start again.`);
    if (!stopping) process.exit(1);
  });
}
