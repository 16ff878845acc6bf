// Starts Python once and writes its memory to a file, for the build:
//   node --experimental-vm-modules make-snapshot.mjs PYODIDE_FOLDER FILE
import { renameSync, writeFileSync } from 'node:fs';
import { makeSnapshot } from './realm.mjs';

const [folder, file] = process.argv.slice(2);
writeFileSync(`${file}.part`, await makeSnapshot(folder));
renameSync(`${file}.part`, file);
