/** The balance of targets: how many rows of each kind, of one type and of one site are trained on. */
import type { Random } from '../random';
import type { Kind, TypeRow } from './row';

/** Shares of the rows by kind: a quarter are longer types; of the others keywords and the window's own types are as many. */
const SHARES: Readonly<Record<Exclude<Kind, 'outside'>, number>> = { compound: 0.25, keyword: 0.3375, declared: 0.3375, library: 0.075 };
/** The most that one type may be of all rows. */
const MOST_OF_A_TYPE = 0.08;
const MOST_OF_ANY = 0.03;
const MOST_PROPERTIES = 0.2;

/**
 * As many rows as the shares allow, in random order. What the window does not declare has no right answer and is left out; where a
 * kind is scarce (libraries' types in Python) it is less than its share.
 */
export function balanced(rows: readonly TypeRow[], random: Random): TypeRow[] {
  const shuffled = random.shuffle(rows);
  const scarce = (['compound', 'keyword', 'declared'] as const).map((kind) => shuffled.filter((row) => row.kind === kind).length / SHARES[kind]);
  // Caps make some rows of a kind useless, so the largest total that all shares allow is searched for.
  for (let total = Math.floor(Math.min(...scarce)); total > 0; total = Math.floor(total * 0.97)) {
    const chosen = choose(shuffled, total);
    const plenty = chosen.filter(({ kind }) => kind !== 'library').length;
    // The first rows fill the shares, so without another shuffle the last would be of few kinds.
    if (plenty >= 0.98 * (1 - SHARES.library) * total) return random.shuffle(chosen);
  }
  return [];
}

function choose(rows: readonly TypeRow[], total: number): TypeRow[] {
  const left = new Map(Object.entries(SHARES).map(([kind, share]) => [kind, Math.floor(share * total)]));
  const ofType = new Map<string, number>();
  let properties = MOST_PROPERTIES * total;
  return rows.filter(({ kind, type, site }) => {
    const used = ofType.get(type) ?? 0;
    const room = left.get(kind) ?? 0;
    const most = (type === 'any' || type === 'Any' ? MOST_OF_ANY : MOST_OF_A_TYPE) * total;
    if (room === 0 || used >= most || (site === 'property' && properties <= 0)) return false;
    left.set(kind, room - 1);
    ofType.set(type, used + 1);
    if (site === 'property') properties--;
    return true;
  });
}
