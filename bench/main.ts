/**
 * npm run bench [-- --json] [-- --quick]: speed as ratios against a roof and against peers, measured in one run, one after the other.
 * npm run bench -- --checkpoints [--json]: the same of models of the sizes that people study (about half an hour with the peers).
 * npm run bench -- --circuits: scores of edges, circuits of ten sizes and patches of all heads, the last beside a peer.
 * npm run bench -- --edges: scores of edges and circuits of ten sizes, beside TransformerLens 4's and auto-circuit's scores of edges.
 * npm run bench -- --attention [--json]: attention of some 300 tokens drawn from memory, in the page and in the editor.
 * npm run bench -- --explain [--json]: the whole explanation of ten programs of 3 to 60 lines, warm and cold, by phases.
 * npm run bench -- --judge: the start, the speed and the memory of the judge of types.
 * npm run bench -- --variants [FOLDER…]: which variant each program of examples/ and of those folders is compared with, as Markdown.
 * npm run bench -- --study [FOLDER]: the numbers of docs/studies/error-types.md, made anew (some ten minutes); FOLDER keeps what was run.
 * npm run bench -- --examples MODEL: what a model predicts about examples/, as Markdown.
 * Set LATENT_LENS_PEER_PYTHON to a Python with bench/peers/requirements.txt to measure TransformerLens too, and LATENT_LENS_EDGE_PEERS to
 * those of bench/peers/edge_scores.py, with a colon between them.
 */
import os from 'node:os';
import path from 'node:path';
import { readRecipe } from '../src/training/lm/recipe';
import { benchAttention, type AttentionFigures } from './attention';
import { benchEdgePeers, describeEdgePeers } from './edge-peers';
import { benchEdges, describeEdges, type EdgeFigures } from './edges';
import { benchCircuits, type Against, type CircuitFigures } from './circuits';
import { benchComponents, type ComponentFigures } from './components';
import { benchCheckpoints, describeCheckpoints, measureCheckpoint } from './checkpoints';
import { benchExamples } from './examples';
import { benchExplain, describeExplain, measureExplain } from './explain';
import { benchJudge } from './judge';
import { benchLatents, type LatentFigures } from './latents';
import { benchLoad, measureLoad } from './load';
import { benchMatmul } from './matmul';
import { GPT2_SMALL_SIZE, withRandomModel } from './models';
import { benchPeer } from './peers';
import { makeStudy } from './study';
import { benchSweep, type SweepFigures } from './sweep';
import { note } from './timing';
import { benchVariants } from './variants';
import { benchTraining } from './training';

const EMBEDDED = path.resolve('models/python-errors');
const TOKENS = 24;
/** The longest prompt that the random model reads, nearly. */
const LONG_TOKENS = 60;
const flag = (name: string) => process.argv.includes(name);
const threads = Math.min(2, os.cpus().length);

if (flag('--checkpoint')) {
  const [folder, tokens, count] = process.argv.slice(process.argv.indexOf('--checkpoint') + 1);
  process.stdout.write(JSON.stringify(await measureCheckpoint(folder, Number(tokens), Number(count))));
} else if (flag('--checkpoints')) {
  const report = await benchCheckpoints(threads);
  process.stdout.write(flag('--json') ? `${JSON.stringify(report, null, 2)}\n` : describeCheckpoints(report));
} else if (flag('--examples')) {
  const model = process.argv[process.argv.indexOf('--examples') + 1];
  if (model === undefined) throw new Error('Name a model behind --examples: a folder, a .gguf file, org/name or ollama:name.');
  process.stdout.write(`${await benchExamples(model)}\n`);
} else if (flag('--study')) {
  await makeStudy(process.argv[process.argv.indexOf('--study') + 1]);
} else if (flag('--attention')) {
  const figures = await benchAttention(5);
  process.stdout.write(flag('--json') ? `${JSON.stringify(figures, null, 2)}\n` : describeAttention(figures));
} else if (flag('--explain-one')) {
  process.stdout.write(JSON.stringify(await measureExplain(process.argv[process.argv.indexOf('--explain-one') + 1])));
} else if (flag('--explain')) {
  const report = await benchExplain();
  process.stdout.write(flag('--json') ? `${JSON.stringify(report, null, 2)}\n` : describeExplain(report));
} else if (flag('--judge')) {
  process.stdout.write(await benchJudge('test/fixtures/types-typescript.jsonl'));
} else if (flag('--variants')) {
  process.stdout.write(`${await benchVariants(process.argv.slice(process.argv.indexOf('--variants') + 1))}\n`);
} else if (flag('--edges')) {
  process.stdout.write(describeEdges('Embedded model', await benchEdges(EMBEDDED, TOKENS, 5, threads)));
  process.stdout.write(await withRandomModel(GPT2_SMALL_SIZE, async (folder) =>
    describeEdges("GPT-2 small's size", await benchEdges(folder, TOKENS, 3, threads))));
  process.stdout.write(describeEdgePeers(await benchEdgePeers(TOKENS, 3, threads)));
} else if (flag('--circuits')) {
  process.stdout.write(describeEdges('Embedded model', await benchEdges(EMBEDDED, TOKENS, 5, threads)));
  process.stdout.write(await withRandomModel(GPT2_SMALL_SIZE, async (folder) => {
    const edges = describeEdges("GPT-2 small's size", await benchEdges(folder, TOKENS, 3, threads));
    const { headSweep: { seconds, patches } } = await benchCircuits(folder, TOKENS, 3, threads);
    const peer = await benchPeer(TOKENS, threads, ['--llama', '--heads'], 1);
    const beside = peer ? `, TransformerLens ${peer.versions.transformer_lens} ${peer.seconds.toFixed(1)} s: ${(peer.seconds / seconds).toFixed(1)} times as long` : '';
    return `${edges}${patches} patches of heads, GPT-2 small's size: ${seconds.toFixed(2)} s${beside}\n`;
  }));
} else if (flag('--load')) {
  const at = process.argv.indexOf('--load');
  process.stdout.write(JSON.stringify(await measureLoad(process.argv[at + 1], Number(process.argv[at + 2]))));
} else {
  const runs = flag('--quick') ? 2 : 5;
  note(`Measuring with ${threads} threads; close other programs for true figures.`);
  const roof = { rows: 512, inner: 768, columns: 2048, gflops: await benchMatmul(512, 768, 2048, threads) };
  const embedded = await benchSweep(EMBEDDED, TOKENS, 0, runs, threads);
  const embeddedLoad = await benchLoad(EMBEDDED, threads);
  const embeddedRoof = await benchMatmul(512, embedded.width, embedded.width, threads);
  note('Random model of GPT-2 small\'s size …');
  const large = await withRandomModel(GPT2_SMALL_SIZE, async (folder) => ({
    first: await benchSweep(folder, TOKENS, 0, runs, threads),
    middle: await benchSweep(folder, TOKENS, TOKENS / 2, runs, threads),
    load: await benchLoad(folder, threads),
    components: await benchComponents(folder, TOKENS, runs, threads),
    componentsLong: await benchComponents(folder, LONG_TOKENS, runs, threads),
    circuits: await benchCircuits(folder, TOKENS, runs, threads),
    edges: await benchEdges(folder, TOKENS, runs, threads),
  }));
  const embeddedComponents = await benchComponents(EMBEDDED, TOKENS, runs, threads);
  const embeddedCircuits = await benchCircuits(EMBEDDED, TOKENS, runs, threads);
  const embeddedEdges = await benchEdges(EMBEDDED, TOKENS, runs, threads);
  note('Latents …');
  const latents = await benchLatents(EMBEDDED, path.join(EMBEDDED, 'saes'), TOKENS, runs, threads);
  const saeRoof = await benchMatmul(32 * TOKENS, latents.width, latents.latents / latents.saes, threads);
  note('Attention, drawn …');
  const attention = await benchAttention(runs);
  note('Training …');
  const training = await benchTraining(await readRecipe(path.join(EMBEDDED, 'recipe.json')), threads);
  note('Peers …');
  const peers = {
    llama: await benchPeer(TOKENS, threads, ['--llama'], runs),
    gpt2: await benchPeer(TOKENS, threads, [], runs),
    llamaHeads: await benchPeer(TOKENS, threads, ['--llama', '--heads'], runs),
    gpt2Heads: await benchPeer(TOKENS, threads, ['--heads'], runs),
  };
  const machine = { node: process.version, cpu: os.cpus()[0].model, threads };
  const report = {
    ...machine, roof, embedded, embeddedRoof, embeddedLoad, embeddedComponents, embeddedCircuits, embeddedEdges, gpt2SmallSize: large,
    latents, saeRoof, attention, training, peers,
  };
  process.stdout.write(flag('--json') ? `${JSON.stringify(report, null, 2)}\n` : describe(report));
}

function describeAttention({ tokens, page, pageAll, table, token, styles }: AttentionFigures): string {
  const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  return `Attention of ${tokens} tokens, drawn from memory: the page's figures of another head and token in ${milliseconds(page)} ` +
    `where they are in sight, all in ${milliseconds(pageAll)}; in the editor ${milliseconds(table)} once for a choice, then ${milliseconds(token)} and ${styles.toFixed(1)} styles a token\n`;
}

function describe(report: {
  cpu: string;
  roof: { gflops: number };
  embedded: SweepFigures;
  embeddedRoof: number;
  embeddedLoad: Awaited<ReturnType<typeof benchLoad>>;
  embeddedComponents: ComponentFigures;
  embeddedCircuits: CircuitFigures;
  embeddedEdges: EdgeFigures;
  gpt2SmallSize: {
    first: SweepFigures;
    middle: SweepFigures;
    load: Awaited<ReturnType<typeof benchLoad>>;
    components: ComponentFigures;
    componentsLong: ComponentFigures;
    circuits: CircuitFigures;
    edges: EdgeFigures;
  };
  latents: LatentFigures;
  saeRoof: number;
  attention: AttentionFigures;
  training: Awaited<ReturnType<typeof benchTraining>>;
  peers: Record<'llama' | 'gpt2' | 'llamaHeads' | 'gpt2Heads', Awaited<ReturnType<typeof benchPeer>>>;
}): string {
  const seconds = (value: number) => (value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`);
  const sweep = (name: string, figures: SweepFigures, roof: number) =>
    `${name}\n  sweep of ${figures.layers} layers × ${figures.tokens} tokens (prompts differ from token ${figures.differAt}): ${seconds(figures.seconds)}, ` +
    `naively ${seconds(figures.naiveSeconds)}: ${figures.ratio.toFixed(1)} times faster (results within ${figures.disagreement.toExponential(0)} logits)\n` +
    `  ${figures.gflops.toFixed(0)} GFLOP/s, ${((100 * figures.gflops) / roof).toFixed(0)} % of a plain MatMul\n`;
  const load = ({ seconds: time, peakMb, weightsMb }: typeof report.embeddedLoad) =>
    `  load and first prediction: ${seconds(time)}, peak memory ${peakMb.toFixed(0)} MB for ${weightsMb.toFixed(0)} MB of weights\n`;
  const latents = (figures: LatentFigures, roof: number) =>
    `Attribution to ${figures.latents} latents of ${figures.saes} SAEs at ${figures.tokens} tokens: ${seconds(figures.attributionSeconds)}, ` +
    `${(figures.attributionSeconds / figures.leastSeconds).toFixed(1)} times the model's runs and one gradient without SAEs' work; ` +
    `patching ${figures.patchesInThatTime.toFixed(0)} of them one by one takes as long\n` +
    `  an SAE's encoder with its largest latents: ${figures.encodeGflops.toFixed(0)} GFLOP/s, ${((100 * figures.encodeGflops) / roof).toFixed(0)} % of a plain MatMul\n`;
  const components = ({ components: count, tokens, seconds: time, ratio }: ComponentFigures) =>
    `  direct attribution to ${count} components at ${tokens} tokens: ${seconds(time)}, ${ratio.toFixed(2)} plain forward passes\n`;
  const against = (name: string, { patches, seconds: time, naiveSeconds, ratio, timed, disagreement }: Against) =>
    `  ${name}, ${patches} patches: ${seconds(time)}, one by one ${seconds(naiveSeconds)}${timed < patches ? ` (of ${timed})` : ''}: ` +
    `${ratio.toFixed(1)} times faster (results within ${disagreement.toExponential(0)} logits)\n`;
  const circuits = (figures: CircuitFigures) =>
    against(`every head at each of ${figures.tokens} tokens`, figures.headSweep) +
    against('from → to, every layer into every layer', figures.fromTo) +
    against('every path to a head of the last layer', figures.paths) +
    against('the same through MLPs', figures.pathsThroughMlps);
  const { first, middle, circuits: largeCircuits } = report.gpt2SmallSize;
  const peer = (name: string, figures: (typeof report.peers)['llama'], here: number) =>
    figures ? `  TransformerLens ${figures.versions.transformer_lens} (${name}): ${seconds(figures.seconds)}, ${(figures.seconds / here).toFixed(1)} times as long\n` : '';
  return (
    `${report.cpu}, MatMul 512 × 768 × 2048: ${report.roof.gflops.toFixed(0)} GFLOP/s\n` +
    sweep('Embedded model', report.embedded, report.embeddedRoof) + load(report.embeddedLoad) + components(report.embeddedComponents) +
    circuits(report.embeddedCircuits) +
    sweep("GPT-2 small's size, random weights", first, report.roof.gflops) +
    sweep("GPT-2 small's size, random weights", middle, report.roof.gflops) + load(report.gpt2SmallSize.load) + components(report.gpt2SmallSize.components) +
    components(report.gpt2SmallSize.componentsLong) + circuits(largeCircuits) +
    peer('a Llama of the same shape', report.peers.llama, first.seconds) + peer('GPT-2 small itself', report.peers.gpt2, first.seconds) +
    peer('heads, a Llama of the same shape', report.peers.llamaHeads, largeCircuits.headSweep.seconds) +
    peer('heads, GPT-2 small itself', report.peers.gpt2Heads, largeCircuits.headSweep.seconds) +
    describeEdges('Embedded model', report.embeddedEdges) + describeEdges("GPT-2 small's size", report.gpt2SmallSize.edges) +
    latents(report.latents, report.saeRoof) + describeAttention(report.attention) +
    `Training ${(report.training.parameters / 1e6).toFixed(2)} M parameters, batches of ${report.training.batch}: ${report.training.tokensPerSecond.toFixed(0)} tokens/s\n`
  );
}
