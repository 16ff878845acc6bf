/** Heads and MLPs over many pairs: their scores at places, what patching them really changes, and what they write to the logits. */
import { directEffectsOf, patchNodes } from '../../../methods/circuits/place-effects';
import { rankedNodes, scoreNodes, type NodeScores, type PlacedNode } from '../../../methods/circuits/node-places';
import type { Part } from '../../../protocol/analyses';
import { rounded } from '../../session/rounded';
import { nodeOf, writerName } from './circuit-names';
import { agreementOf, drawnFrom, effectOf, known, mean, type Measured } from './pairs-effect';

type PairsPart = Part<'pairs'>;

export async function ofNodes(measured: Measured): Promise<PairsPart['nodes']> {
  const { model, pairs: some, controls, places, params: { steps, top, seed }, working } = measured;
  const how = { steps: steps === 0 ? undefined : steps };
  const scores = await scoreNodes(model, some, places, { ...how, ...working('Scoring nodes') });
  const other = controls.length === 0 ? null : await scoreNodes(model, controls, places, { ...how, ...working('Scoring nodes with other words') });
  const ranked = rankedNodes(scores, 'absolute');
  const index = ({ writer, place }: PlacedNode) => writer * places + place;
  const valuesOf = (from: NodeScores | null, node: PlacedNode) => (from ? known(from.byPair.map((own) => own[index(node)])) : []);
  const [largest, others] = [ranked.slice(0, top), drawnFrom(ranked.slice(top), top, seed)];
  const changes = await patchNodes(model, some, [...largest, ...others], working('Patching nodes'));
  const back = await patchNodes(model, controls, largest, working('Patching nodes with other words'));
  const column = (rows: readonly (readonly number[])[], at: number) => rows.map((row) => row[at]);
  const listed = largest.map((node, i): PairsPart['nodes']['top'][number] => ({
    name: writerName(scores.writers[node.writer]),
    layer: nodeOf(scores.writers[node.writer]).layer,
    place: node.place,
    score: effectOf(valuesOf(scores, node), valuesOf(other, node)),
    patched: effectOf(column(changes, i), column(back, i)),
  }));
  const written = scores.writers.flatMap((writer, i) => (writer.kind === 'remainder' ? [] : [i]));
  const table = (of: (node: PlacedNode) => number | null) =>
    written.map((writer) => Array.from({ length: places }, (_, place) => of({ writer, place })));
  return {
    writers: written.map((writer) => writerName(scores.writers[writer])),
    scores: table((node) => (valuesOf(scores, node).length === 0 ? null : rounded(scores.mean[index(node)]))),
    control: table((node) => {
      const values = valuesOf(other, node);
      return values.length === 0 ? null : rounded(mean(values.map(Math.abs)));
    }),
    top: listed,
    random: others.length === 0 ? null : rounded(mean(others.map((_, i) => Math.abs(mean(column(changes, largest.length + i)))))),
    agreement: agreementOf(listed),
  };
}

/** What each adds directly in the variant less in the original; beside the same between originals of two pairs. */
export async function direct({ model, pairs: some, working }: Measured): Promise<PairsPart['direct']> {
  const { names, base, source } = await directEffectsOf(model, some, working('Reading what is written to the logits'));
  return names.map((name, at) => ({
    name,
    change: effectOf(
      base.map((own, i) => source[i][at] - own[at]),
      base.length < 2 ? [] : base.map((own, i) => base[(i + 1) % base.length][at] - own[at]),
    ),
  }));
}

