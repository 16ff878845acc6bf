/** Add SAEs: those of the catalog that fit a model, one folder for each layer; they are downloaded one after the other. */
import * as vscode from 'vscode';
import type { Downloads } from './downloads';
import { releaseText } from './information-page';
import type { Library } from './library';
import { bracesOf, fittingSaes, saesFor, saesReference, type Chosen } from './saes';
import { useModel } from './use';
import { modelSettings } from '../settings/settings';
import { Advice, openSettings } from '../ui/advice';
import type { CatalogSaes } from '../../protocol/models/models';

const TITLE = 'Add SAEs';

/** Asks which; ends without a word when the user leaves. @param model one that is here */
export async function addSaes(model: string, library: Library, downloads: Downloads): Promise<void> {
  const [catalog, { saes: here }] = await Promise.all([library.catalog(), library.models()]);
  const releases = saesFor(catalog, model);
  if (releases.length === 0) {
    throw new Advice(`The catalog knows no SAEs for ${model}. Name folders of your own in the settings.`, [openSettings('saes')]);
  }
  const release = await chooseRelease(releases);
  if (!release) return;
  const complete = here.filter(({ incomplete }) => !incomplete).map(({ reference }) => reference);
  const chosen = await choose(release, {}, bracesOf(release), complete);
  let last: string | null = null;
  for (const reference of chosen) {
    const added = await downloads.add(reference);
    if (!added) return;
    last = added.reference;
  }
  if (last === null) return;
  library.refresh();
  const { list } = await library.known();
  const fits = fittingSaes(catalog, model, list.saes).some(({ reference }) => reference === last);
  if (fits && modelSettings().model === model) await useModel(library, model, last);
}

async function chooseRelease(releases: readonly CatalogSaes[]): Promise<CatalogSaes | undefined> {
  if (releases.length === 1) return releases[0];
  const items = releases.map((release) => ({ label: release.release ?? release.repository, detail: releaseText(release), release }));
  return (await vscode.window.showQuickPick(items, { title: `${TITLE}: Release`, placeHolder: 'Which sparse autoencoders?', matchOnDetail: true }))?.release;
}

/** One answer for each brace, and several for the last that is asked: the folders to add. */
async function choose(release: CatalogSaes, chosen: Chosen, braces: readonly string[], here: readonly string[]): Promise<string[]> {
  // Layers are asked for last, as one wants several.
  const [next, ...rest] = [...braces].sort((a, b) => Number(a === 'layer') - Number(b === 'layer'));
  if (next === undefined) return [saesReference(release, chosen)];
  const options = release.choices[next] ?? [];
  const title = `${TITLE}: ${next.charAt(0).toUpperCase()}${next.slice(1)}`;
  if (rest.length > 0) {
    const value = await vscode.window.showQuickPick(options, { title, placeHolder: release.folder });
    return value === undefined ? [] : choose(release, { ...chosen, [next]: value }, rest, here);
  }
  const items = options.map((value) => {
    const reference = saesReference(release, { ...chosen, [next]: value });
    return { label: value, description: here.includes(reference) ? 'is here' : undefined, detail: reference, reference };
  });
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'One for each site is used. Several can be chosen.', canPickMany: true });
  return (picked ?? []).map(({ reference }) => reference);
}
