/** A circuit as an analysis: alone and over pairs like the given one, findings, figures, a saved result, the command. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from '../../../../src/engine/analyses/session';
import { loadModel } from '../../../../src/engine/session/load';
import { circuitProblems } from '../../../../src/engine/analyses/circuits/circuit-findings';
import { percent } from '../../../../src/findings/percent';
import { figuresOf } from '../../../../src/figures';
import type { GraphFigure, LinesFigure } from '../../../../src/figures/kinds/figure';
import { largestSize, pruned } from '../../../../src/figures/kinds/graph-pruning';
import type { Params, Part } from '../../../../src/protocol/analyses';
import { edgeKey } from '../../../../src/protocol/graphs/circuit';
import { readEapIg, writeEapIg } from '../../../../src/protocol/graphs/eap-ig';
import { openGraph } from '../../../../src/protocol/graphs/opened';
import { forScripts, readResult } from '../../../../src/protocol/documents/result';
import { run } from '../../../cli/kit';
import { resultOf } from '../../analysed';
import { fakePython } from '../../small-model';
import { pairCommand } from '../command-line';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const AGAINST = { program: { file: null, text: CODE.replace('21', '"21"') } };
const source = { file: 'weather.py', text: CODE };

/** Its SAEs are opened once. */
let session: Session;
beforeAll(async () => {
  session = new Session(await loadModel(path.resolve('models/python-errors')));
});
afterAll(() => session.close());

const of = (params: Parameters<typeof resultOf>[2]['circuit'], options: Parameters<typeof resultOf>[3] = {}) =>
  resultOf(session, source, { prediction: {}, circuit: params }, { label: fakePython, against: AGAINST, ...options });

test('of one pair: what it does alone, its edges sum to what nodes read, and it says where it was tried', async () => {
  const { layers, heads } = session.loaded.model.shape;
  const result = await of({ prompts: 0, steps: 3, draws: 2 });
  const { value, findings, problems } = result.parts.circuit!;
  const part: Part<'circuit'> = value;
  expect(part.prompts).toEqual({ asked: 0, found: 0, finding: 1, trying: 0 });
  expect(part.faithfulness!).toBeGreaterThan(0.85);
  expect(part.completeness!).toBeLessThan(0.5);
  expect(part.random.faithfulness!).toBeLessThan(part.faithfulness!);
  expect(part.intervals.faithfulness).toBeNull();
  const kept = part.graph.nodes.filter(({ kind }) => kind !== 'logits' && kind !== 'remainder');
  expect(part.nodesKept).toBeCloseTo(kept.length / part.total, 5);
  expect(part.total).toBe(part.graph.places.length * (1 + layers * (heads + 1)));
  expect(kept.every(({ id }) => part.without![id] !== undefined)).toBe(true);
  expect(part.graph.curve.at(-1)).toMatchObject({ size: part.total, faithfulness: 1 });
  expect(part.graph.curve.at(-1)!.completeness).toBeCloseTo(0, 5);
  // What the logits read of all, kept or not, is the difference of both programs, but for the final norm.
  const read = part.graph.edges.filter(({ to }) => to === 'logits').reduce((sum, { score }) => sum + score, 0);
  expect(Math.sign(read)).toBe(Math.sign(part.empty - part.whole));
  expect(part.check.edges).toHaveLength(10);
  expect(part.check.sameSign).toBeGreaterThan(5);
  expect(findings.join(' ')).toContain('in the pair that it was found in');
  // The curve is that of the circuit: of as many nodes it says its share; those with the largest scores do another one, which is said.
  expect(part.graph.curve.find(({ size }) => size === kept.length)!.faithfulness).toBe(part.faithfulness);
  expect(findings[0]).toContain(`as many with the largest scores do ${percent(part.ranked!)}`);
  expect(findings.join(' ')).toMatch(/The largest scores have .*(MLP \d|head \d\.\d) at/);
  expect(problems.join(' ')).toContain('ask for more programs');
  expect(readResult(JSON.stringify(result), 'saved.json').parts.circuit).toEqual(result.parts.circuit);
  expect(forScripts(result)).toMatchObject({ faithfulness: part.faithfulness, completeness: part.completeness, nodesKept: part.nodesKept });
  const figures = figuresOf('circuit', result);
  expect(figures.map(({ kind }) => kind)).toEqual(['graph', 'lines', 'table', 'table']);
  for (const figure of figures) expect(figure.rows().length).toBeGreaterThan(0);
}, 60_000);

test('over pairs like it: found in half of them, tried on the others, with intervals; as many nodes as asked for', async () => {
  const stages = new Map<string, number>();
  const onProgress = (stage: string, done?: number, total?: number) => void (done !== undefined && done === total && stages.set(stage, total!));
  const result = await of({ prompts: 8, size: 30, steps: 0, draws: 1, check: 0, leaveOut: false }, { onProgress });
  const { value: part, findings } = result.parts.circuit!;
  expect(part.prompts).toEqual({ asked: 8, found: 8, finding: 5, trying: 4 });
  expect(part.graph.nodes.filter(({ kind }) => kind !== 'logits' && kind !== 'remainder')).toHaveLength(30);
  expect([part.without, part.ranked]).toEqual([null, null]);
  expect(findings[0]).not.toContain('largest scores'); // it is those
  expect(part.intervals.faithfulness!.low).toBeLessThanOrEqual(part.faithfulness!);
  expect(part.intervals.faithfulness!.high).toBeGreaterThanOrEqual(part.faithfulness!);
  expect(part.check).toEqual({ edges: [], correlation: null, sameSign: 0, of: 0 });
  expect(findings.join(' ')).toContain('in 4 pairs of programs that it was not found in');
  expect([...stages.keys()]).toEqual(expect.arrayContaining(['Making pairs like this one', 'Scoring', 'Trying the circuit']));
  // Places are those of the given program, in its order, and each is told in words.
  const positions = part.graph.places.flatMap(({ tokens }) => tokens);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(part.graph.places.every(({ words }) => words !== undefined)).toBe(true);
  const again = await of({ prompts: 8, size: 30, steps: 0, draws: 1, check: 0, leaveOut: false });
  expect(again.parts.circuit).toEqual(result.parts.circuit);
  // By position, each token from the first that differs on is a place of its own; what holds of the whole model holds all the same.
  const kept = (await of({ prompts: 8, positions: 'kept', size: 30, steps: 0, draws: 0, check: 0, leaveOut: false })).parts.circuit!.value;
  expect(kept.graph.places.every(({ tokens }) => tokens.length <= 1)).toBe(true);
  expect(kept.graph.places.flatMap(({ tokens }) => tokens)).toEqual([...positions].sort((a, b) => a - b));
  expect([kept.whole, kept.empty]).toEqual([part.whole, part.empty]);
}, 60_000);

test('of edges: those that are drawn are the circuit’s, joined to the logits, and EAP-IG’s format has their sums over places', async () => {
  const params = { of: 'edges', prompts: 0, steps: 0, draws: 1, check: 0, leaveOut: false } as const;
  const result = await of(params);
  const { value: part, findings } = result.parts.circuit!;
  const own = part.graph.edges.filter(({ kind }) => kind === 'edge');
  expect(part.edgesKept).toBeCloseTo(own.length / part.totalEdges!, 5);
  expect(findings[0]).toMatch(new RegExp(`^${own.length} of ${part.totalEdges} edges \\(.*\\), from \\d+ of ${part.total} nodes`));
  expect(part.nodesKept).toBeCloseTo(new Set(own.map(({ from }) => from)).size / part.total, 5);
  expect(part.faithfulness!).toBeGreaterThan(0.85);
  expect(part.edgesKept!).toBeLessThan(part.nodesKept);
  expect(part.graph.curve.find(({ size }) => size === own.length)!.faithfulness).toBe(part.faithfulness);
  expect(part.graph.curve.at(-1)!.faithfulness).toBeCloseTo(1, 4);
  // Whatever an edge says is said on: it ends where another one begins, or at the logits.
  const begins = new Set(own.map(({ from }) => from));
  expect(own.every(({ to }) => to === 'logits' || begins.has(to))).toBe(true);
  const placeOf = new Map(part.graph.nodes.map(({ id, place }) => [id, place!]));
  for (const { from, to, input } of own) {
    if (input === null || input === 'q') expect(placeOf.get(to)).toBe(placeOf.get(from));
    else expect(placeOf.get(to)!).toBeGreaterThanOrEqual(placeOf.get(from)!);
  }
  // What is kept, and what all others say to the logits, is what these read of all: as in the circuit of nodes.
  const toLogits = (edges: typeof part.graph.edges) => edges.filter(({ to }) => to === 'logits').reduce((sum, { score }) => sum + score, 0);
  const nodes = (await of({ ...params, of: 'parts' })).parts.circuit!.value;
  expect(toLogits(part.graph.edges)).toBeCloseTo(toLogits(nodes.graph.edges), 3);
  expect([nodes.edgesKept, nodes.totalEdges, nodes.total]).toEqual([null, null, part.total]);
  expect(forScripts(result)).toMatchObject({ nodesKept: part.nodesKept, edgesKept: part.edgesKept });
  const read = readResult(JSON.stringify(result), 'saved.json');
  expect(read.parts.circuit).toEqual(result.parts.circuit);
  const [figure, sizes] = figuresOf('circuit', read) as [GraphFigure, LinesFigure];
  expect([figure.pruning!.by, sizes.rows()[0]]).toEqual(['edges', expect.objectContaining({ edges: part.graph.curve[0].size })]);
  expect(largestSize(figure)).toBe(own.length);
  const { nodes: shown, edges: drawn } = pruned(figure, own.length);
  expect([shown.length, drawn.length]).toEqual([part.graph.nodes.length, part.graph.edges.length]);
  const file = JSON.parse(figure.files!.find(({ title }) => title === 'EAP-IG')!.content({ pinned: [], names: {}, groups: [] }, { nodes: shown, edges: drawn })) as unknown;
  const { graph, shape, kept } = readEapIg(file, 'x.json');
  expect(shape).toEqual(part.shape);
  const [scores, inGraph] = [new Map(graph.edges.map((edge) => [edgeKey(edge), edge.score])), new Set([...kept.edges].map(edgeKey))];
  const sums = new Map<string, number>();
  const name = (id: string) => id.replace(/@.*/, '').replace('embed', 'input').replace(/L(\d+)H(\d+)/, 'a$1.h$2').replace(/(\d+)_mlp_out/, 'm$1');
  for (const edge of own) {
    const key = edgeKey({ ...edge, from: name(edge.from), to: name(edge.to) });
    sums.set(key, (sums.get(key) ?? 0) + edge.score);
  }
  expect([...inGraph].sort()).toEqual([...sums.keys()].sort());
  for (const [key, sum] of sums) expect(scores.get(key)).toBeCloseTo(sum, 5);

  // Grown from the logits, each of its beginnings is joined to them; a threshold takes what is as large; of more than lead on it is told.
  const grown = (await of({ ...params, selection: 'greedy', size: 25 })).parts.circuit!;
  expect(grown.value.graph.edges.filter(({ kind }) => kind === 'edge').length).toBeLessThanOrEqual(25);
  const large = (await of({ ...params, threshold: 0.2 })).parts.circuit!.value;
  expect(large.graph.edges.every(({ score, kind }) => kind !== 'edge' || Math.abs(score) >= 0.2)).toBe(true);
  const few = (await of({ ...params, size: 25 })).parts.circuit!;
  const left = few.value.graph.edges.filter(({ kind }) => kind === 'edge').length;
  expect(few.problems.join(' ').includes(`${25 - left} lead nowhere`)).toBe(left < 25);
  await expect(of({ ...params, threshold: 99 })).rejects.toThrow('No score reaches 99 logits');
  const mean = (await of({ ...params, ablation: 'zero', size: 200, leaveOut: true })).parts.circuit!.value;
  expect(Object.keys(mean.without!)).toHaveLength(mean.graph.edges.filter(({ kind }) => kind === 'edge').length);
}, 120_000);

test('of latents: nodes and error terms with what they stand for, what they read of each other, and what the errors carry', async () => {
  const params = { of: 'latents', sites: 'all', prompts: 0, steps: 0, draws: 1, size: 40, leaveOut: false } as const;
  const result = await of(params);
  const { value: part, findings, problems } = result.parts.circuit!;
  const kept = part.graph.nodes.filter(({ kind }) => kind === 'latent' || kind === 'error');
  expect([part.of, kept.length, part.nodesKept]).toEqual(['latents', 40, expect.closeTo(40 / part.total, 5)]);
  for (const { id, kind, site, index, layer, place } of kept) {
    expect(id).toBe(`${site}/${kind === 'error' ? 'error' : index}@${place}`);
    expect(site).toContain(`blocks.${layer}.hook_`);
  }
  expect(kept.some(({ label }) => / at /.test(label))).toBe(true);
  expect(part.graph.curve.at(-1)!.faithfulness).toBeCloseTo(1, 4);
  expect(part.graph.curve.at(-1)!.completeness).toBeCloseTo(0, 4);
  expect(part.graph.curve[0].size).toBeLessThan(40);
  expect(part.errors).toMatchObject({ mode: 'twin' });
  expect(part.errors!.scores).toBeGreaterThan(0);
  expect(part.errors!.scores).toBeLessThan(0.5);
  expect(part.errors!.latentsAlone!).toBeGreaterThan(part.errors!.errorsAlone!);
  // All that the logits read is what the latents and the error of the last stream are to them, and nothing goes past these.
  const toLogits = part.graph.edges.filter(({ to }) => to === 'logits');
  expect(toLogits.every(({ from }) => from === 'rest' || from.startsWith('blocks.5.hook_resid_post/'))).toBe(true);
  for (const { from, score } of toLogits) {
    if (from !== 'rest') expect(score).toBeCloseTo(kept.find(({ id }) => id === from)!.score!, 4);
  }
  expect(part.linear!.difference).toBeCloseTo(part.empty - part.whole, 3);
  expect(Math.sign(part.linear!.sum)).toBe(Math.sign(part.linear!.difference));
  // The largest edges are really patched; of those from one token to another the heads carry what they are.
  expect(part.check).toMatchObject({ edges: { length: 10 }, of: 10 });
  expect(part.check.sameSign).toBeGreaterThan(5);
  expect(part.check.correlation).not.toBeNull();
  expect(part.check.edges.every(({ from, to, position }) => position !== null && /^\d\.(attn_out|mlp_out|resid_(mid|post))(\/\d+| error)$/.test(from) && to !== from)).toBe(true);
  expect(part.carried.length).toBeGreaterThan(3);
  for (const { position, readAt, score, heads } of part.carried) {
    expect(readAt!).toBeGreaterThan(position!);
    // With SAEs everywhere one attention lies between, and has four heads.
    expect(heads.reduce((sum, { score: own }) => sum + own, 0)).toBeCloseTo(score, 4);
  }
  expect(findings.join(' ')).toContain('from one token to another most goes through L');
  expect(findings.join(' ')).toContain('What the SAEs leave out');
  expect(problems.join(' ')).toContain('ask for more programs');
  expect(readResult(JSON.stringify(result), 'saved.json').parts.circuit).toEqual(result.parts.circuit);
  const figures = figuresOf('circuit', result);
  expect(figures.map(({ kind }) => kind)).toEqual(['graph', 'lines', 'table', 'table', 'table']);
  for (const figure of figures) expect(figure.rows().length).toBeGreaterThan(0);
  // What the picture offers along an edge patches that edge, as the circuit has.
  const largest = part.graph.edges.filter(({ kind }) => kind === 'edge').reduce((a, b) => (Math.abs(b.score) > Math.abs(a.score) ? b : a));
  const [along] = (figures[0] as GraphFigure).uses!.edge({ from: largest.from, to: largest.to, value: largest.score, kind: 'plain' });
  expect([along.title, along.id, along.params]).toMatchObject(['Patch along this edge', 'latentPaths', { sites: 'all', from: [expect.stringContaining('@#')] }]);
  const patched = await resultOf(session, source, { prediction: {}, latentPaths: along.params as Params<'latentPaths'> }, { label: fakePython, against: AGAINST });
  const { value: path, findings: said } = patched.parts.latentPaths!;
  const { change, score, ...edge } = part.check.edges[0];
  expect(path.check.edges).toEqual([{ ...edge, change: expect.closeTo(change, 4), score: expect.closeTo(score, 4) }]);
  expect([path.original - part.whole, path.variant - part.empty]).toEqual([expect.closeTo(0, 3), expect.closeTo(0, 3)]);
  expect(said[0]).toContain(`${part.check.edges[0].name}: the near twin’s activation changes the logit difference by`);
  const refused = (params: object) => resultOf(session, source, { prediction: {}, latentPaths: params }, { label: fakePython, against: AGAINST });
  await expect(refused({ from: ['5.resid_post/error@#1'] })).rejects.toThrow('There is no SAE for');
  await expect(refused({ from: ['5.resid_post/error@#1'], sites: 'all' })).rejects.toThrow('Up to there both programs are the same');
  await expect(refused({ from: ['5.resid_post/999999'], sites: 'all' })).rejects.toThrow('and no 999999');
  // With its own errors in every circuit, none of the latents leaves what the errors carry, and the whole is the same.
  const live = (await of({ ...params, check: 0, errors: 'keep', leaveOut: true })).parts.circuit!.value;
  expect([live.whole, live.empty]).toEqual([part.whole, part.empty]);
  expect(live.alone).not.toBe(part.alone);
  expect(live.graph.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(live.without!)));
  expect(live.errors).toEqual({ ...part.errors, mode: 'keep' });
  // Of MLPs alone: attention runs as it is, and latents of different layers are joined through it.
  const ofMlps = (await of({ ...params, check: 0, sites: 'mlp' })).parts.circuit!.value;
  const isOfMlp = ({ site, kind }: (typeof kept)[number]) => kind === 'logits' || kind === 'remainder' || site!.endsWith('hook_mlp_out');
  expect(ofMlps.graph.nodes.every(isOfMlp)).toBe(true);
  expect(ofMlps.graph.edges.some(({ from, to }) => from.startsWith('blocks.0.') && to === 'logits')).toBe(true);
  expect(ofMlps.faithfulness!).toBeGreaterThan(part.faithfulness!);
  expect([ofMlps.linear, ofMlps.errors!.sites]).toEqual([null, 'mlp']);
  await expect(of({ ...params, ablation: 'mean' })).rejects.toThrow('ask for the ablation “counterfactual”');
}, 60_000);

test('of latents over pairs like it, tried on others', async () => {
  const params = { of: 'latents', prompts: 4, steps: 0, draws: 1, size: 500, leaveOut: true } as const;
  const { value: part, problems } = (await of(params)).parts.circuit!;
  expect(part.prompts).toEqual({ asked: 4, found: 4, finding: 3, trying: 2 });
  expect(part.nodesKept).toBeCloseTo(500 / part.total, 5);
  // Unless others are asked for, of what attention and MLPs write.
  expect(part.errors!.sites).toBe('outputs');
  expect(part.graph.nodes.every(({ site }) => site === undefined || /hook_(attn|mlp)_out$/.test(site))).toBe(true);
  expect(part.graph.nodes.filter(({ kind }) => kind === 'latent' || kind === 'error')).toHaveLength(300);
  expect([part.without, part.intervals.faithfulness !== null]).toEqual([null, true]);
  // Nodes are those that differ in the pairs that it is found in: others have latents of their own.
  expect(part.graph.curve.at(-1)!.faithfulness!).toBeGreaterThan(0.6);
  expect(part.graph.curve.at(-1)!.faithfulness!).toBeGreaterThan(part.random.faithfulness!);
  expect(problems.join(' ')).toContain('500 nodes, too many');
}, 60_000);

test('where scores miss much it is said why: no steps mend tokens that only one program has', async () => {
  const none = { size: null, threshold: null, faithfulness: 90, ablation: 'counterfactual', leaveOut: false } as Params<'circuit'>;
  const part = { faithfulness: 1, prompts: { trying: 1 }, linear: { sum: 1, difference: 9 } } as Part<'circuit'>;
  expect(circuitProblems(part, none, true)).toEqual([expect.stringMatching(/in one program of a pair only.* miss 89 % of the difference/)]);
  expect(circuitProblems(part, none, false)).toEqual([expect.stringContaining('misses 89 % of the difference, so scores are rough; more steps may help')]);
  const about = async (text: string) => (await of({ prompts: 0, steps: 2, size: 3, draws: 0, check: 0, leaveOut: false }, { against: { program: { file: null, text } } })).parts.circuit!.problems.join(' ');
  expect(await about(CODE.replace('"Temperature: " + ', ''))).toContain('in one program of a pair only');
  expect(await about(CODE.replace('21', '34'))).not.toContain('in one program of a pair only');
}, 60_000);

test('without Python there are no other pairs, which is said, and a cancellation ends it', async () => {
  const { value, problems } = (await of({ prompts: 4, draws: 0, check: 0 }, { label: undefined })).parts.circuit!;
  expect(value.prompts).toEqual({ asked: 4, found: 0, finding: 1, trying: 0 });
  expect(problems.join(' ')).toContain('Python does not run here');
  expect(problems.join(' ')).toContain('on the pair that it was found in, so it says nothing of other programs');
  const stop = new AbortController();
  const onProgress = (stage: string) => stage === 'Trying the circuit' && stop.abort();
  await expect(of({ prompts: 0, check: 0 }, { signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
});

test('on the command line', async () => {
  const { asked, remove } = await pairCommand('circuit', CODE);
  const json = await run([...asked, '--json', '--prompts', '0', '--steps', '0']);
  expect(json.code).toBe(0);
  const value = JSON.parse(json.out) as { faithfulness: number | null; nodesKept: number; parts: { circuit: { value: Part<'circuit'> } } };
  expect([value.faithfulness, value.nodesKept]).toEqual([value.parts.circuit.value.faithfulness, value.parts.circuit.value.nodesKept]);
  // So many nodes as are asked for are kept, though it could be without some.
  const few = JSON.parse((await run([...asked, '--json', '--prompts', '0', '--steps', '0', '--size', '7', '--check', '0'])).out) as typeof value;
  expect(Object.keys(few.parts.circuit.value.without!)).toHaveLength(7);
  expect(few.parts.circuit.value.graph.nodes.filter(({ kind }) => kind !== 'logits' && kind !== 'remainder')).toHaveLength(7);
  const people = await run([...asked, '--prompts', '0', '--steps', '0']);
  for (const words of ['Circuits of each size', 'Edges, really patched']) expect(people.out).toContain(words);
  // As EAP-IG has it the circuit is written, and what is written opens as the same graph.
  const [eapIg, neuronpedia] = ['eap-ig', 'neuronpedia'].map((name) => path.join(tmpdir(), `${process.pid}-${name}.json`));
  const ofEdges = [...asked, '--json', '--prompts', '0', '--steps', '0', '--of', 'edges', '--size', '20', '--check', '0', '--draws', '0', '--no-leave-out'];
  const written = await run([...ofEdges, '--eap-ig', eapIg, '--neuronpedia', neuronpedia]);
  expect(written.err).toContain(`Wrote ${eapIg}.`);
  const { graph, kept } = readEapIg(JSON.parse(readFileSync(eapIg, 'utf8')), 'x.json');
  const { graph: drawn } = (JSON.parse(written.out) as typeof value).parts.circuit.value;
  const sum = (edges: readonly { score: number; kind: string }[]) => edges.reduce((total, { score, kind }) => total + (kind === 'edge' ? score : 0), 0);
  expect(sum([...kept.edges])).toBeCloseTo(sum(drawn.edges), 4);
  expect(writeEapIg(graph, value.parts.circuit.value.shape, kept)).toBe(readFileSync(eapIg, 'utf8'));
  expect(openGraph(readFileSync(neuronpedia, 'utf8'), 'y.json')).toMatchObject({ format: 'Neuronpedia' });
  const lacking = await run([...asked, '--of', 'latents', '--eap-ig', eapIg]);
  expect([lacking.code, lacking.err]).toEqual([1, expect.stringContaining('and no latents')]);
  await Promise.all([eapIg, neuronpedia].map((file) => rm(file)));
  const wrong = await run([...asked, '--faithfulness', '0']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('aithfulness')]);
  await remove();
});
