/**
 * What can be said of an annotation without a model: the type that the same name has elsewhere in the window, else the one that the name
 * mostly has in the training packages, else that of its last word, else what such an annotation mostly is.
 */
import type { TypeRow } from './row';

type Asked = Pick<TypeRow, 'language' | 'site' | 'name' | 'prefix' | 'suffix'>;

const family = (language: TypeRow['language']) => (language === 'python' ? 'python' : 'typescript');
const lastWord = (name: string) => /[A-Z]?[a-z\d]*_*$/.exec(name)![0].toLowerCase();

export class NamePrior {
  private readonly counts = new Map<string, Map<string, number>>();

  constructor(rows: Iterable<Pick<TypeRow, 'language' | 'site' | 'name' | 'type'>>) {
    for (const { language, site, name, type } of rows) {
      for (const key of this.keys(language, site, name)) {
        let types = this.counts.get(key);
        if (!types) this.counts.set(key, (types = new Map()));
        types.set(type, (types.get(type) ?? 0) + 1);
      }
    }
  }

  /** The most frequent type under the most particular key that is known. */
  say({ language, site, name }: Pick<TypeRow, 'language' | 'site' | 'name'>): string {
    for (const key of this.keys(language, site, name)) {
      const types = this.counts.get(key);
      if (types) return mostFrequent(types);
    }
    return '';
  }

  private keys(language: TypeRow['language'], site: TypeRow['site'], name: string): string[] {
    const from = `${family(language)} ${site === 'return' ? site : 'value'}`;
    return [`${from} =${name}`, `${from} ~${lastWord(name)}`, from];
  }
}

/** The type that the window gives the same name elsewhere; undefined where it gives none. */
export function sameNameInWindow({ language, site, name, prefix, suffix }: Asked): string | undefined {
  if (site === 'return') return undefined;
  const found = new Map<string, number>();
  const escaped = name.replace(/\$/g, '\\$');
  const type = language === 'python' ? String.raw`[\w.]+(?:\[[^\]\n]*\])?` : String.raw`[\w.$]+(?:<[^<>()\n]*>)?(?:\[\])*`;
  const annotated = new RegExp(String.raw`(?<![\w$.])${escaped}\??: (${type})(?=\s*[,)=;\n{]|$)`, 'g');
  for (const part of [prefix, suffix]) for (const [, one] of part.matchAll(annotated)) found.set(one, (found.get(one) ?? 0) + 1);
  return found.size === 0 ? undefined : mostFrequent(found);
}

export function baseline(row: Asked, prior: NamePrior): string {
  return sameNameInWindow(row) ?? prior.say(row);
}

/** Of equally frequent ones the first that was counted. */
function mostFrequent(counts: ReadonlyMap<string, number>): string {
  let best = '';
  for (const [type, count] of counts) if (best === '' || count > counts.get(best)!) best = type;
  return best;
}
