/** The user's settings, read when they are needed. */
import * as vscode from 'vscode';
import type { AskedQuestion, OpenModel } from '../protocol/engine';

/** Templates are short; a longer file is one by mistake. */
const MAX_TEMPLATE_BYTES = 1_000_000;

const settings = (scope?: vscode.Uri) => vscode.workspace.getConfiguration('latentLens', scope);

/** A setting's value. @throws when what stands in the settings file has another type */
function read<T>(name: string, otherwise: T, scope?: vscode.Uri): T {
  const value = settings(scope).get<unknown>(name) ?? otherwise;
  const fits = Array.isArray(otherwise) ? Array.isArray(value) && value.every((item) => typeof item === 'string') : typeof value === typeof otherwise;
  if (fits) return value as T;
  const wanted = Array.isArray(otherwise) ? 'a list of texts' : typeof otherwise === 'string' ? 'a text' : 'a number';
  throw new Error(`The setting latentLens.${name} is ${JSON.stringify(value)}, but has to be ${wanted}. Correct it in the settings.`);
}

/** The model folder and the threads that the engine opens it with. */
export function modelSettings(): OpenModel {
  const folder = read('model', '').trim();
  return {
    model: folder === '' ? null : absolutePath(folder, 'model'),
    threads: read('threads', 0) || null,
    saes: read<string[]>('saes', []).map((sae) => absolutePath(sae, 'saes')),
    explanations: explanationSettings(),
  };
}

/** For sites, folders of Neuronpedia exports. */
function explanationSettings(): Record<string, string> {
  const value = settings().get<unknown>('explanations') ?? {};
  const folders = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [['', null] as const];
  return Object.fromEntries(folders.map(([site, folder]: readonly [string, unknown]) => {
    if (typeof folder === 'string') return [site, absolutePath(folder, 'explanations')];
    throw new Error(`The setting latentLens.explanations is ${JSON.stringify(value)}, but has to give a folder for each site. Correct it in the settings.`);
  }));
}

/** @throws when the template file cannot be read */
export async function questionSettings(scope?: vscode.Uri): Promise<AskedQuestion> {
  const answers = read<string[]>('answers', [], scope);
  const contextLimit = read('contextLimit', 0, scope);
  return {
    template: await readTemplate(templateSetting(scope), scope),
    answers: answers.length > 0 ? answers : null,
    contextLimit: contextLimit || null,
  };
}

/** As it stands in the settings: FILE or FILE#ID; empty for the template that comes with the package. */
export function templateSetting(scope?: vscode.Uri): string {
  return read('template', '', scope).trim();
}

/** FILE and ID. */
export function templateParts(setting: string): [file: string, id: string | null] {
  const [, file, id] = /^(.+?)(?:#([a-z0-9-]+))?$/s.exec(setting)!;
  return [file, id ?? null];
}

async function readTemplate(setting: string, scope?: vscode.Uri): Promise<AskedQuestion['template']> {
  if (setting === '') return null;
  const [file, id] = templateParts(setting);
  const uri = vscode.Uri.file(absolutePath(file, 'template', scope));
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_TEMPLATE_BYTES) throw new Error(`it has ${size.toLocaleString('en-US')} bytes, more than a template file may have`);
    return { file, json: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), id };
  } catch (error) {
    throw new Error(`The template file ${file} could not be read: ${(error as Error).message}. It is named by the setting latentLens.template.`, { cause: error });
  }
}

/** A path in the settings, which may be relative to the workspace folder that it is used in. */
export function absolutePath(file: string, setting: string, scope?: vscode.Uri): string {
  if (/^(?:[/\\]|[a-z]:[/\\])/i.test(file)) return file;
  const folder = (scope && vscode.workspace.getWorkspaceFolder(scope)) ?? vscode.workspace.workspaceFolders?.[0];
  if (folder?.uri.scheme === 'file') return vscode.Uri.joinPath(folder.uri, file).fsPath;
  throw new Error(`The setting latentLens.${setting} is "${file}", relative to a folder, but no folder is open. Give the whole path.`);
}

export function topK(): number {
  return read('topK', 10);
}

/** Seconds of processor time that one program may take. */
export function sandboxTimeout(): number {
  return read('sandboxTimeout', 2);
}

export interface OverlayColours {
  positive: string;
  negative: string;
}

const HEX = /^#[0-9a-f]{6}$/i;

/** As #rrggbb. */
export function overlayColours(): OverlayColours {
  const colour = (name: keyof OverlayColours, otherwise: string) => {
    const value = settings().get<unknown>(`overlay.${name}`);
    return typeof value === 'string' && HEX.test(value) ? value : otherwise; // the settings editor says what is wrong with it
  };
  return { positive: colour('positive', '#3f82c6'), negative: colour('negative', '#dd8430') };
}

export interface HoverSettings {
  enabled: 'off' | 'whenRunning' | 'always';
  /** Null for the residual stream after the middle layer. */
  site: string | null;
  /** Latents for each token. */
  count: number;
}

export function hoverSettings(scope?: vscode.Uri): HoverSettings {
  const enabled: string = read<string>('hover.enabled', 'whenRunning', scope);
  if (enabled !== 'off' && enabled !== 'whenRunning' && enabled !== 'always') {
    throw new Error(`The setting latentLens.hover.enabled is "${enabled}", but has to be off, whenRunning or always. Correct it in the settings.`);
  }
  return { enabled, site: read('hover.site', '', scope).trim() || null, count: read('hover.count', 5, scope) };
}

export async function setHover(enabled: HoverSettings['enabled']): Promise<void> {
  await settings().update('hover.enabled', enabled, targetOf('hover.enabled'));
}

export async function setModel(folder: string | null): Promise<void> {
  const target = targetOf('model');
  await settings().update('model', folder ?? (target === vscode.ConfigurationTarget.Workspace ? '' : undefined), target);
}

/** Where the workspace has its own value, that one counts. */
function targetOf(name: string): vscode.ConfigurationTarget {
  const { Workspace, Global } = vscode.ConfigurationTarget;
  return settings().inspect(name)?.workspaceValue !== undefined ? Workspace : Global;
}

/** Whether a change of the settings means that the engine has to open its model again. */
export function affectsEngine(change: vscode.ConfigurationChangeEvent): boolean {
  return ['model', 'threads', 'saes', 'explanations'].some((name) => change.affectsConfiguration(`latentLens.${name}`));
}
