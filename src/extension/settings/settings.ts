/** The user's settings, read when they are needed. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { Advice, openSettings } from '../ui/advice';
import { expandPath } from './path-variables';
import type { OpenModel } from '../../protocol/engine';
import type { HubProxy } from '../../protocol/models';
import { longSite, type SiteName } from '../../vocabulary/sites';

const settings = (scope?: vscode.Uri) => vscode.workspace.getConfiguration('latentLens', scope);

/** A setting's value. @throws when what stands in the settings file has another type */
export function read<T>(name: string, otherwise: T, scope?: vscode.Uri): T {
  const value = settings(scope).get<unknown>(name) ?? otherwise;
  const fits = Array.isArray(otherwise) ? Array.isArray(value) && value.every((item) => typeof item === 'string') : typeof value === typeof otherwise;
  if (fits) return value as T;
  const wanted = Array.isArray(otherwise) ? 'a list of texts' : typeof otherwise === 'string' ? 'a text' : 'a number';
  throw wrongSetting(name, value, wanted);
}

/** A setting that is an object, whose values are not checked. @throws when it is something else */
export function readObject(name: string, scope?: vscode.Uri): Record<string, unknown> {
  const value = settings(scope).get<unknown>(name) ?? {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrongSetting(name, value, 'an object');
}

function wrongSetting(name: string, value: unknown, wanted: string): Advice {
  return new Advice(`The setting latentLens.${name} is ${JSON.stringify(value)}, but has to be ${wanted}. Correct it in the settings.`, [openSettings(name)]);
}

/** Changes one entry of a setting that is an object, where it has its value now: in the workspace, or for the user. */
export async function setEntry(name: string, key: string, value: unknown): Promise<void> {
  const target = targetOf(name);
  const { workspaceValue, globalValue } = settings().inspect<Record<string, unknown>>(name) ?? {};
  const own = target === vscode.ConfigurationTarget.Workspace ? workspaceValue : globalValue;
  await settings().update(name, { ...own, [key]: value }, target);
}

/** The model as it stands in the settings; empty for the one that comes with Latent Lens. */
export function modelSetting(): string {
  return read('model', '').trim();
}

/** The model and the threads that the engine opens it with. */
export function modelSettings(): OpenModel {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
  // What lies in a folder that is not trusted must not take the place of a model by having its name.
  const folder = uri?.scheme === 'file' && vscode.workspace.isTrusted ? uri.fsPath : null;
  const expanded = (text: string, setting: string) => expandPath(text, setting, { home: homedir(), folder });
  return {
    model: expanded(modelSetting(), 'model') || null,
    from: folder,
    threads: read('threads', 0) || null,
    provider: read('executionProvider', 'cpu'),
    saes: read<string[]>('saes', []).map((one) => expanded(one, 'saes')),
    explanations: explanationSettings(),
  };
}

/** For sites, folders of Neuronpedia exports. */
function explanationSettings(): Record<string, string> {
  const value = settings().get<unknown>('explanations') ?? {};
  const folders = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [['', null] as const];
  return Object.fromEntries(folders.map(([site, folder]: readonly [string, unknown]) => {
    if (typeof folder === 'string') return [site, absolutePath(folder, 'explanations')];
    throw new Advice(`The setting latentLens.explanations is ${JSON.stringify(value)}, but has to give a folder for each site. Correct it in the settings.`, [openSettings('explanations')]);
  }));
}

/** A path in the settings, which may begin in the user's folder, or be relative to the workspace folder that it is used in. */
export function absolutePath(file: string, setting: string, scope?: vscode.Uri): string {
  const folder = ((scope && vscode.workspace.getWorkspaceFolder(scope)) ?? vscode.workspace.workspaceFolders?.[0])?.uri;
  const expanded = expandPath(file, setting, { home: homedir(), folder: folder?.scheme === 'file' ? folder.fsPath : null });
  if (/^(?:[/\\]|[a-z]:[/\\])/i.test(expanded)) return expanded;
  if (folder?.scheme === 'file') return vscode.Uri.joinPath(folder, expanded).fsPath;
  throw new Advice(`The setting latentLens.${setting} is "${file}", relative to a folder, but no folder is open. Give the whole path.`, [openSettings(setting)]);
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
  site: SiteName | null;
  /** Latents for each token. */
  count: number;
}

export function hoverSettings(scope?: vscode.Uri): HoverSettings {
  const enabled: string = read<string>('hover.enabled', 'whenRunning', scope);
  if (enabled !== 'off' && enabled !== 'whenRunning' && enabled !== 'always') {
    throw wrongSetting('hover.enabled', enabled, 'off, whenRunning or always');
  }
  return { enabled, site: hoverSite(scope), count: read('hover.count', 5, scope) };
}

function hoverSite(scope?: vscode.Uri): SiteName | null {
  const name = read('hover.site', '', scope).trim();
  const site = longSite(name);
  if (name === '' || site) return site;
  throw new Error(`The setting latentLens.hover.site is ${JSON.stringify(name)}, but has to be a site, as blocks.2.hook_resid_post. Correct it in the settings.`);
}

export async function setHover(enabled: HoverSettings['enabled']): Promise<void> {
  await settings().update('hover.enabled', enabled, targetOf('hover.enabled'));
}

/** @param reference null for the model that comes with Latent Lens */
export async function setModel(reference: string | null): Promise<void> {
  const target = targetOf('model');
  await settings().update('model', reference ?? (target === vscode.ConfigurationTarget.Workspace ? '' : undefined), target);
}

export async function setSaes(folders: readonly string[]): Promise<void> {
  const target = targetOf('saes');
  const none = folders.length === 0 && target !== vscode.ConfigurationTarget.Workspace;
  await settings().update('saes', none ? undefined : folders, target);
}

/** Where another Hub than the usual one is asked, such as a mirror. */
export function hubEndpoint(): string | null {
  return read('hubEndpoint', '').trim() || null;
}

/** VS Code's own settings for proxies: where it names one, it comes before that of the environment. */
export function hubProxy(): HubProxy {
  const http = vscode.workspace.getConfiguration('http');
  const off = http.get<string>('proxySupport') === 'off';
  return { url: off ? null : http.get<string>('proxy')?.trim() || null, noProxy: http.get<string[]>('noProxy') ?? [] };
}

/** Where the workspace has its own value, that one counts, if the workspace is trusted. */
function targetOf(name: string): vscode.ConfigurationTarget {
  const { Workspace, Global } = vscode.ConfigurationTarget;
  if (!vscode.workspace.isTrusted) return Global;
  return settings().inspect(name)?.workspaceValue !== undefined ? Workspace : Global;
}

/** Whether a change of the settings means that the engine has to open its model again. */
export function affectsEngine(change: vscode.ConfigurationChangeEvent): boolean {
  return ['model', 'threads', 'executionProvider', 'saes', 'explanations'].some((name) => change.affectsConfiguration(`latentLens.${name}`));
}
