/** The user's settings, read when they are needed. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { Advice, openSettings } from '../ui/advice';
import { expandPath } from './path-variables';
import { SETTINGS, settingOf, type Setting, type SettingName } from './schema';
import type { OpenModel } from '../../protocol/engine';
import type { HubProxy } from '../../protocol/models/models';
import { longSite, type SiteName } from '../../vocabulary/sites';

const settings = (scope?: vscode.Uri) => vscode.workspace.getConfiguration('latentLens', scope);

/** A setting's value. @throws a sentence that names the setting, when what stands in the settings file is no such value */
export function read<K extends SettingName>(name: K, scope?: vscode.Uri): Setting<K> {
  return settingOf(name, settings(scope).get<unknown>(name));
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
  return read('model').trim();
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
    threads: read('threads') || null,
    provider: read('executionProvider'),
    saes: read('saes').map((one) => expanded(one, 'saes')),
    explanations: explanationSettings(),
  };
}

/** For sites, folders of Neuronpedia exports. */
function explanationSettings(): Record<string, string> {
  return Object.fromEntries(Object.entries(read('explanations')).map(([site, folder]) => [site, absolutePath(folder, 'explanations')]));
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
  return read('topK');
}

/** Whether the next token at a cursor is asked about with what is behind it. */
export function readAround(scope?: vscode.Uri): Setting<'nextToken.readAround'> {
  return read('nextToken.readAround', scope);
}

/** Seconds of processor time that one program may take. */
export function sandboxTimeout(): number {
  return read('sandboxTimeout');
}

/** Processes in which a study works. */
export function studyWorkers(): number {
  return read('studies.workers');
}

export interface OverlayColours {
  positive: string;
  negative: string;
}

/** As #rrggbb; where one is none, the usual one stands in for it in the code, and the settings editor says what is wrong. */
export function overlayColours(): OverlayColours {
  const colour = (name: 'overlay.positive' | 'overlay.negative') =>
    SETTINGS[name].safeParse(settings().get<unknown>(name)).data ?? settingOf(name, undefined);
  return { positive: colour('overlay.positive'), negative: colour('overlay.negative') };
}

export interface HoverSettings {
  enabled: Setting<'hover.enabled'>;
  /** Null for the residual stream after the middle layer. */
  site: SiteName | null;
  /** Latents for each token. */
  count: number;
}

export function hoverSettings(scope?: vscode.Uri): HoverSettings {
  return { enabled: read('hover.enabled', scope), site: longSite(read('hover.site', scope).trim()), count: read('hover.count', scope) };
}

export async function setHover(enabled: HoverSettings['enabled']): Promise<void> {
  await settings().update('hover.enabled', enabled, targetOf('hover.enabled'));
}

/** @param reference null for those that come with Latent Lens */
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
  return read('hubEndpoint').trim() || null;
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
