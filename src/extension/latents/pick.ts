/** Asks for a latent: by a word of its description, or as SITE:NUMBER. */
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/client';
import type { LatentHits } from '../../protocol/documents/latents';
import { latentName, type LatentRef, parseLatentName } from '../../vocabulary/latent-name';

const QUIET_MS = 250;
const MOST = 50;

interface LatentItem extends vscode.QuickPickItem {
  ref: LatentRef;
}

/** Undefined when the user gives up. */
export async function pickLatent(engine: EngineClient, title: string): Promise<LatentRef | undefined> {
  const pick = vscode.window.createQuickPick<LatentItem>();
  Object.assign(pick, { title, placeholder: 'A word of its description, or for example blocks.2.hook_resid_post:12' });
  let abort: AbortController | undefined;
  let quiet: NodeJS.Timeout | undefined;
  const search = async (query: string) => {
    const { signal } = (abort = new AbortController());
    const named = parseLatentName(query);
    pick.busy = true;
    try {
      const found = named ? null : await engine.request('searchLatents', { by: 'description', query, site: null, limit: MOST }, { signal });
      if (signal.aborted) return;
      pick.items = named ? [{ label: latentName(named), ref: named }] : found!.hits.map(itemOf);
      pick.title = title;
    } catch (error) {
      if (signal.aborted) return;
      pick.items = [];
      pick.title = `${title}: ${(error as Error).message}`;
    }
    pick.busy = false;
  };
  const change = (value: string) => {
    clearTimeout(quiet);
    abort?.abort();
    if (value.trim() !== '') quiet = setTimeout(() => void search(value.trim()), QUIET_MS);
    else pick.items = [];
  };
  try {
    return await new Promise<LatentRef | undefined>((resolve) => {
      pick.onDidChangeValue(change);
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.ref ?? parseLatentName(pick.value) ?? undefined));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    clearTimeout(quiet);
    abort?.abort();
    pick.dispose();
  }
}

/** Shown whatever is typed: the engine has matched it. */
function itemOf({ site, latent, description, promotes }: LatentHits['hits'][number]): LatentItem {
  const detail = promotes.length > 0 ? `Promotes ${promotes.slice(0, 4).map((token) => JSON.stringify(token)).join(', ')}` : undefined;
  return { label: latentName({ site, latent }), description: description?.text, detail, alwaysShow: true, ref: { site, latent } };
}
