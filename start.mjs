// npm start: explains an example in the terminal, installing and building what is missing first.
// `--terminal` says so explicitly.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './esbuild.mjs';

const EXAMPLE = 'examples/temperature.py';

const unknown = process.argv.slice(2).filter((argument) => argument !== '--terminal');
if (unknown.length > 0) {
  console.error(`npm start explains ${EXAMPLE} and takes no "${unknown[0]}". For your own code: npm run -s latent-lens -- explain FILE`);
  process.exit(2);
}
const root = path.dirname(fileURLToPath(import.meta.url));
ensureInstalled();
console.error(`Building, then explaining ${EXAMPLE} …`);
const build = path.join(root, 'esbuild.mjs');
const { status } = spawnSync(process.execPath, [build, '--then', 'cli/main', 'explain', EXAMPLE], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
