/** Where patching finds the difference between two programs, in a sentence. */
import { list } from './list';
import { percent } from './percent';

export interface HeldDifference {
  site: string;
  direction: 'denoising' | 'noising';
  /** In so many layers at once, from a row's on; 1 if left out. */
  window?: number;
  /**
   * [layer][position] of the original, 1 as in the original and 0 as in the variant; null where a token has no counterpart or was not
   * patched.
   */
  effect: readonly (readonly (number | null)[])[] | null;
  /** Whether some tokens with a counterpart were not patched. */
  partly?: boolean;
  /** What to call each position. */
  names: readonly string[];
}

/** A token holds the difference when patching it alone moves at least half of it. */
const HOLDS = 0.5;
/** Smaller effects are not worth a sentence. */
const NOTICEABLE = 0.1;
/** More stretches of layers than these make no sentence. */
const MOST_STRETCHES = 4;
/** Of more moves than these only the layers are told. */
const MOST_MOVES = 2;

interface Cell {
  layer: number;
  position: number;
  /** How much of the difference the patch moves towards where the activation came from. */
  share: number;
}

interface Stretch {
  /** Null where no position holds the difference. */
  position: number | null;
  from: number;
  to: number;
  least: number;
  most: number;
}

function cells({ effect, direction }: Pick<HeldDifference, 'effect' | 'direction'>): Cell[] {
  return (effect ?? []).flatMap((row, layer) =>
    row.flatMap((value, position) => (value === null ? [] : [{ layer, position, share: direction === 'denoising' ? value : 1 - value }])),
  );
}

/** For a residual stream, which holds everything that later layers see: the position that holds the difference, layer by layer. */
export function holdingSentence(held: HeldDifference): string {
  const all = cells(held);
  if (all.length === 0) return NOTHING_ALIGNED;
  const layers = held.effect!.length;
  const stretches = stretchesOf(held);
  const holding = stretches.filter(({ position }) => position !== null);
  const top = largest(all)!;
  if (holding.length === 0) {
    if (top.share < NOTICEABLE) return `No single position holds the difference: ${noPatch(held)} moves as much as ${percent(NOTICEABLE)} of it.`;
    return `No single position holds half of the difference; ${held.names[top.position]} comes closest with ${percent(top.share)} at layer ${top.layer}.`;
  }
  const shown = stretches.length <= MOST_STRETCHES ? stretches : [holding[0], ...(holding.length > 1 ? [holding.at(-1)!] : [])];
  const left = stretches.length <= MOST_STRETCHES ? '' : ', and changes place in between';
  return `The difference sits ${list(shown.map((stretch) => stretchText(stretch, layers, held.names)))}${left}.`;
}

/** The difference goes from one token to another in the attention of these layers, one of them or several. */
export interface Move {
  from: number;
  to: number;
  first: number;
  last: number;
}

/** Of a residual stream: where the token that holds the difference changes. */
export function movesOf(held: Pick<HeldDifference, 'site' | 'direction' | 'effect'>): Move[] {
  // What is before a layer goes through its attention to be before the next; what is behind attention, through that of the next.
  const own = held.site === 'hook_resid_pre' ? 0 : 1;
  const holding = stretchesOf(held).filter(({ position }) => position !== null);
  return holding.slice(1).flatMap(({ position, from }, i) => {
    const before = holding[i];
    return position === before.position ? [] : [{ from: before.position!, to: position!, first: before.to + own, last: from - 1 + own }];
  });
}

/** Null where it goes nowhere. */
export function movingSentence(held: HeldDifference): string | null {
  const moves = movesOf(held);
  if (moves.length === 0) return null;
  if (moves.length > MOST_MOVES) return `It moves from token to token in ${layersText(moves)}.`;
  const each = moves.map(({ from, to, ...layers }) => `from ${held.names[from]} to ${held.names[to]} in ${layersText([layers])}`);
  return `It moves ${list(each)}.`;
}

/** "layer 3", "the layers 1, 3 and 4". */
export function layersText(moves: readonly Pick<Move, 'first' | 'last'>[]): string {
  const layers = layersOf(moves);
  return layers.length === 1 ? `layer ${layers[0]}` : `the layers ${list(layers.map(String))}`;
}

export function layersOf(moves: readonly Pick<Move, 'first' | 'last'>[]): number[] {
  const all = moves.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** For one component's output: where its largest effects are. */
export function largestSentence(held: HeldDifference): string {
  const all = cells(held);
  if (all.length === 0) return NOTHING_ALIGNED;
  const top = [...all].sort((a, b) => b.share - a.share).slice(0, 3).filter(({ share }) => share >= NOTICEABLE);
  if (top.length === 0) return `No ${several(held) ? `patch of ${held.site} in ${held.window} layers at once` : `single ${held.site} activation`}${held.partly ? ' that was patched' : ''} moves as much as ${percent(NOTICEABLE)} of the difference.`;
  const last = held.effect!.length - 1;
  const until = (layer: number) => Math.min(layer + (held.window ?? 1) - 1, last);
  const where = (layer: number) => (until(layer) > layer ? `in the layers ${layer} to ${until(layer)}` : `at layer ${layer}`);
  const places = top.map(({ layer, position, share }) => `${percent(share)} ${where(layer)} on ${held.names[position]}`);
  return `The patches of ${held.site}${several(held) ? ` in ${held.window} layers at once` : ''} that move the most of the difference: ${list(places)}.`;
}

const several = ({ window = 1 }: HeldDifference) => window > 1;

const NOTHING_ALIGNED = 'No token of the original has a counterpart in the variant, so nothing could be patched.';

function noPatch({ partly }: HeldDifference): string {
  return partly ? 'no patch that was made' : 'no patch';
}

/** Undefined where there is none. */
function largest(some: readonly Cell[]): Cell | undefined {
  return some.reduce<Cell | undefined>((best, cell) => (best && best.share >= cell.share ? best : cell), undefined);
}

function stretchesOf(held: Pick<HeldDifference, 'direction' | 'effect'>): Stretch[] {
  const all = cells(held);
  return joined((held.effect ?? []).map((_, layer) => largest(all.filter((cell) => cell.layer === layer))));
}

/** Neighbouring layers whose largest effect is at one position, or that have none. */
function joined(best: readonly (Cell | undefined)[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [layer, cell] of best.entries()) {
    const share = cell?.share ?? 0;
    const at = cell && share >= HOLDS ? cell.position : null;
    const last = stretches.at(-1);
    if (last && last.position === at) {
      last.to = layer;
      last.least = Math.min(last.least, share);
      last.most = Math.max(last.most, share);
    } else {
      stretches.push({ position: at, from: layer, to: layer, least: share, most: share });
    }
  }
  return stretches;
}

function stretchText({ position, from, to, least, most }: Stretch, layers: number, names: readonly string[]): string {
  const where = position === null ? 'on no single token' : `on ${names[position]}`;
  const when =
    from === 0 && to === layers - 1
      ? layers === 1 ? 'at layer 0' : 'at every layer'
      : from === to
        ? `at layer ${from}`
        : from === 0
          ? `until layer ${to}`
          : to === layers - 1
            ? `from layer ${from}`
            : `from layer ${from} to ${to}`;
  if (position === null) return `${where} ${when}`;
  const [low, high] = [percent(least), percent(most)];
  return `${where} ${when} (${low === high ? low : `${low} to ${high}`})`;
}
