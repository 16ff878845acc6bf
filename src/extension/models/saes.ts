/** Which SAEs of the catalog fit a model, and which of those that are here are used with it. Knows nothing of VS Code. */
import type { Catalog, CatalogSaes, ListedSaes } from '../../protocol/models/models';

/** `org/name` of a reference to the Hub; null of any other. */
export function hubIdOf(reference: string): string | null {
  return /^([\w.-]+\/[\w.-]+)(?:@[^:]*)?(?::[^:]+)?$/.exec(reference)?.[1] ?? null;
}

/** The catalog's SAEs for a model. */
export function saesFor({ models }: Catalog, model: string): CatalogSaes[] {
  return models.find(({ id }) => id === hubIdOf(model))?.saes ?? [];
}

/** What stands for each brace. */
export type Chosen = Readonly<Record<string, string>>;

const filled = (pattern: string, chosen: Chosen) => pattern.replaceAll(/\{(\w+)\}/g, (brace, name: string) => chosen[name] ?? brace);

/** What addModel takes. */
export function saesReference({ repository, folder, follows }: CatalogSaes, chosen: Chosen): string {
  return folder === '' ? repository : `${repository}/${filled(folder, { ...chosen, ...following(follows, chosen.layer) })}`;
}

/** What stands for the braces that follow from a layer. */
function following(follows: CatalogSaes['follows'], layer: string | undefined): Chosen {
  const values = Object.entries(follows ?? {}).map(([name, byLayer]) => [name, byLayer[layer ?? '']] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** The braces that are to be chosen, in the order in which they stand. */
export function bracesOf({ folder, follows = {} }: CatalogSaes): string[] {
  return [...new Set([...folder.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].filter((name) => !Object.hasOwn(follows, name));
}

/** The site of SAEs that are here; null when they are not of this release. */
export function siteOf(saes: CatalogSaes, reference: string): string | null {
  const plain = reference.replace(/@[^@]*$/, '');
  const escaped = saesReference(saes, {}).replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  const match = new RegExp(`^${escaped.replaceAll(/\{(\w+)\}/g, nameOnce())}$`).exec(plain);
  if (!match) return null;
  const chosen = match.groups ?? {};
  if (Object.entries(chosen).some(([name, value]) => saes.choices[name] !== undefined && !saes.choices[name].includes(value))) return null;
  if (Object.entries(following(saes.follows, chosen.layer)).some(([name, value]) => chosen[name] !== value)) return null;
  return filled(saes.hook, chosen);
}

/** A named group where a brace stands first, and a reference to it where it stands again. */
function nameOnce(): (brace: string, name: string) => string {
  const seen = new Set<string>();
  return (_, name) => {
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>[^/]+?)`;
  };
}

export interface FittingSaes extends ListedSaes {
  site: string;
}

/** Those of the store that the catalog says fit a model. */
export function fittingSaes(catalog: Catalog, model: string, listed: readonly ListedSaes[]): FittingSaes[] {
  const releases = saesFor(catalog, model);
  return listed.flatMap((one) => {
    const sites = releases.flatMap((release) => siteOf(release, one.reference) ?? []);
    return sites.length > 0 ? [{ ...one, site: sites[0] }] : [];
  });
}

/**
 * The setting latentLens.saes once a model is used: those of the store that fit, one for each site, where what is set already or was
 * added last comes first. Null to leave the setting as it is, since it names folders of the user's own.
 */
export function saesSetting(
  model: string,
  { catalog, saes }: { catalog: Catalog; saes: readonly ListedSaes[] },
  current: readonly string[],
  added: string | null = null,
): string[] | null {
  if (current.some((folder) => !saes.some(({ path }) => path === folder))) return null;
  const fitting = fittingSaes(catalog, model, saes).filter(({ incomplete }) => !incomplete);
  const rank = ({ path, reference }: FittingSaes) => (reference === added ? 0 : current.includes(path) ? 1 : 2);
  const bySite = new Map<string, FittingSaes>();
  for (const one of [...fitting].sort((a, b) => rank(a) - rank(b))) if (!bySite.has(one.site)) bySite.set(one.site, one);
  const wanted = fitting.filter((one) => bySite.get(one.site) === one).map(({ path }) => path);
  return JSON.stringify(wanted) === JSON.stringify(current) ? null : wanted;
}
