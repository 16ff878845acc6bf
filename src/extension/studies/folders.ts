/** Where studies and their runs lie: NAME.study.json in the workspace, and its runs in NAME.runs beside it, by number. */
import path from 'node:path';
import * as vscode from 'vscode';
import { STUDY_END } from '../../protocol/studies/study';

const MOST_STUDIES = 500;

/** A study's file, and the folders of its runs, latest first. */
export interface FoundStudy {
  uri: vscode.Uri;
  runs: string[];
}

export function studyName(uri: vscode.Uri): string {
  return path.basename(uri.fsPath).slice(0, -STUDY_END.length);
}

export function isStudy(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && uri.path.endsWith(STUDY_END);
}

/** @param further files outside of the workspace */
export async function findStudies(further: readonly string[]): Promise<FoundStudy[]> {
  const inside = await vscode.workspace.findFiles(`**/*${STUDY_END}`, '**/{node_modules,.git}/**', MOST_STUDIES);
  const files = new Map(inside.filter(isStudy).map((uri) => [uri.fsPath, uri]));
  for (const file of further) if (!files.has(file) && (await isThere(vscode.Uri.file(file)))) files.set(file, vscode.Uri.file(file));
  const sorted = [...files.values()].sort((a, b) => (a.fsPath < b.fsPath ? -1 : 1));
  return Promise.all(sorted.map(async (uri) => ({ uri, runs: (await numbersOf(uri)).map((number) => runFolder(uri, number)) })));
}

/** A folder that no run has yet. */
export async function nextRun(study: vscode.Uri): Promise<string> {
  return runFolder(study, ((await numbersOf(study))[0] ?? 0) + 1);
}

function runsOf(study: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(study, '..', `${studyName(study)}.runs`);
}

const runFolder = (study: vscode.Uri, number: number) => vscode.Uri.joinPath(runsOf(study), String(number)).fsPath;

/** Latest first. */
async function numbersOf(study: vscode.Uri): Promise<number[]> {
  const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(runsOf(study))).catch((): [string, vscode.FileType][] => []);
  return entries.filter(([name, type]) => type === vscode.FileType.Directory && /^[1-9]\d{0,5}$/.test(name)).map(([name]) => Number(name)).sort((a, b) => b - a);
}

export function isThere(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(() => true, () => false);
}
