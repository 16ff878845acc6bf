/** Which edges belong to a circuit of a size: the largest scores, or grown from the logits; and without what leads nowhere. */
import type { EdgeReader, EdgeWriter } from './graph';

/**
 * By size whatever the sign, or what supports the base's answer first, whose scores are negative, as the source's activation takes it away:
 * MIB's CMD and CPR select so.
 */
export type Ranking = 'absolute' | 'signed';
/** The largest of all, or always the largest into what is already there (EAP-IG's greedy search from the logits). */
export type Selection = 'largest' | 'greedy';

/** What edges lie between, by their numbers; where places are not told apart there is one, which sees itself. */
export interface EdgeGraph {
  readonly writers: readonly EdgeWriter[];
  readonly readers: readonly EdgeReader[];
  of: (edge: number) => { writer: number; reader: number; place: number };
  /** Of each place those whose keys and values a head there can read. */
  readonly seen: readonly (readonly number[])[];
  /** Whether there are tokens without a place, or without a counterpart, that could differ: there all edges are, in every circuit. */
  readonly open: boolean;
  /** Whether a part that gets the replacement of everything writes its replacement: not so of means, for example. */
  readonly still: boolean;
}

/**
 * In the order in which a search from the logits takes them. So each circuit of a size is joined to the logits.
 * @param ranked the best first
 */
export function greedy(ranked: readonly number[], graph: EdgeGraph): number[] {
  const { writers, readers, of, seen } = graph;
  const within = writers.map((writer) => inputsOf(writer, readers));
  const key = (reader: number, place: number) => reader * seen.length + place;
  const waiting = new Map<number, number[]>();
  ranked.forEach((edge, rank) => {
    const { reader, place } = of(edge);
    const at = key(reader, place);
    const own = waiting.get(at);
    if (own) own.push(rank);
    else waiting.set(at, [rank]);
  });
  const next = new Heap();
  const reach = (reader: number, place: number) => {
    const own = waiting.get(key(reader, place)) ?? [];
    waiting.delete(key(reader, place));
    for (const rank of own) next.push(rank);
  };
  seen.forEach((_, place) => reach(readers.length - 1, place));
  const taken: number[] = [];
  for (let rank = next.pop(); rank !== undefined; rank = next.pop()) {
    taken.push(ranked[rank]);
    const { writer, place } = of(ranked[rank]);
    for (const reader of within[writer]) for (const at of placesOf(readers[reader], seen[place], place)) reach(reader, at);
  }
  return taken;
}

/** Without edges into a reader whose part says nothing to the logits, or, where that is still, from a writer that gets nothing. */
export function pruned(edges: readonly number[], graph: EdgeGraph): number[] {
  const { writers, readers, of, seen, open, still } = graph;
  const within = writers.map((writer) => inputsOf(writer, readers));
  const key = (index: number, place: number) => index * seen.length + place;
  let kept = edges.map((edge) => ({ edge, ...of(edge) }));
  for (;;) {
    // Where an output counts, what its part reads does; and what is read somewhere makes its part speak.
    const counts = new Set<number>();
    const read = new Set(kept.map(({ reader, place }) => key(reader, place)));
    for (const { writer, place } of kept) {
      for (const reader of within[writer]) for (const at of placesOf(readers[reader], seen[place], place)) counts.add(key(reader, at));
    }
    const next = kept.filter(({ writer, reader, place }) => {
      const { kind } = readers[reader];
      const speaks = kind === 'logits' || counts.has(key(reader, place)) || (open && kind === 'head');
      return speaks && (!still || writers[writer].kind === 'embed'
        || within[writer].some((own) => placesOf(readers[own], seen[place], place).some((at) => read.has(key(own, at)))));
    });
    if (next.length === kept.length) return kept.map(({ edge }) => edge);
    kept = next;
  }
}

/** Where a part that writes at a place reads: keys and values of all tokens up to it, all else there. */
function placesOf(reader: EdgeReader, seen: readonly number[], place: number): readonly number[] {
  return reader.kind === 'head' && reader.input !== 'q' ? seen : [place];
}

/** The inputs of a writer, by their indices: the queries, keys and values of a head, what an MLP reads; none of the embedding. */
export function inputsOf(writer: EdgeWriter, readers: readonly EdgeReader[]): number[] {
  if (writer.kind === 'embed') return [];
  const heads = (input: 'q' | 'k') => readers.filter((one) => one.kind === 'head' && one.layer === writer.layer && one.input === input).length;
  const shared = heads('q') / heads('k');
  return readers.flatMap((reader, i) => {
    if (reader.kind === 'logits' || reader.layer !== writer.layer) return [];
    if (writer.kind === 'mlp' || reader.kind === 'mlp') return reader.kind === writer.kind ? [i] : [];
    if (writer.kind === 'remainder') return [i];
    return reader.head === (reader.input === 'q' ? writer.head : Math.floor(writer.head / shared)) ? [i] : [];
  });
}

/** Numbers, the smallest of which comes first. */
class Heap {
  private readonly values: number[] = [];

  push(value: number): void {
    const { values } = this;
    let at = values.push(value) - 1;
    for (let above = (at - 1) >> 1; at > 0 && values[above] > value; at = above, above = (at - 1) >> 1) values[at] = values[above];
    values[at] = value;
  }

  pop(): number | undefined {
    const { values } = this;
    const [first] = values;
    const last = values.pop();
    if (last === undefined || values.length === 0) return first;
    let at = 0;
    for (let below = 1; below < values.length; below = 2 * at + 1) {
      if (below + 1 < values.length && values[below + 1] < values[below]) below++;
      if (values[below] >= last) break;
      values[at] = values[below];
      at = below;
    }
    values[at] = last;
    return first;
  }
}
