// Runs VS Code's server, and ends it with all its processes as soon as whoever started it is gone, however that happened:
// standard input is a pipe from there, which the operating system closes.
//   node serve.mjs SERVER-MAIN ARGUMENTS
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

process.stdin.on('close', endEverything).resume();
process.stdin.on('error', endEverything);

const [server] = process.argv.splice(2, 1);
process.argv[1] = server;
await import(pathToFileURL(server).href);

function endEverything() {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/T', '/F', '/PID', String(process.pid)]);
  } else {
    process.kill(-process.pid, 'SIGKILL'); // this process leads a group of its own
  }
}
