/** What the model says and writes when activations of one run are put into another. */
import { mapped, type AffineMaps } from '../../../methods/steering/affine-map';
import { lensSites } from '../../../methods/lenses/logit-lens';
import type { AnswerMetric } from '../../../methods/prediction/metric';
import { FromTo, type SourceSpot, type Transplant } from '../../../methods/patching/from-to';
import { everyLayer, operations } from '../../../methods/patching/plan';
import { predictBehind } from '../../../methods/prediction/prediction';
import { generate, readLogits, readOut, type Hook, type Model, type RunResult } from '../../../model';
import type { Params, Part } from '../../../protocol/analyses';
import type { FromToState } from '../../../protocol/analyses/from-to';
import { siteName, type PatchSite } from '../../../vocabulary/sites';
import { rounded } from '../../session/rounded';
import { explainedMetric } from '../../twins/pair';
import { explainedTop } from '../document';
import { askedOf, goesInto, placesOf, runsRead, type Asked, type Side } from './from-to-asked';
import { fromToFindings } from './from-to-findings';
import type { Reading } from '../reading';
import type { Run, RunContext } from '../run';

type Value = Part<'fromTo'>;
type Told = Params<'fromTo'>;
type Context = Omit<RunContext<'fromTo'>, 'soFar'>;

/** Controls: the same patch from so many other tokens. */
const CONTROLS = 8;

export const fromTo: Run<'fromTo'> = {
  compares: (params) => params.into === 'variant' || runsRead(params).includes('variant'),
  // What cannot be asked is refused before variants are made and read.
  prepare: async ({ loaded: { model } }, params) => void placesOf(params, model.shape.layers),
  cost: async (reading, params, context) => {
    const { shape } = reading.loaded.model;
    const { into: { ids }, patches: [{ to }] } = await askedOf(reading, params, context);
    const cells = params.matrix ? Array.from({ length: shape.layers }, () => everyLayer([to.position], shape.layers)).flat() : [];
    const passes = Array.from({ length: CONTROLS + 4 }, () => ({ layer: 0, position: 0 }));
    const written = Array.from({ length: 2 * params.generate }, () => ({ layer: 0, position: ids.length - 1 }));
    return { count: cells.length + 1, unit: 'patches', operations: operations([...cells, ...passes, ...written], ids.length, shape) };
  },
  run: async (reading, params, context) => {
    const { model, tokenizer } = reading.loaded;
    const { signal, onProgress } = context;
    const asked = await askedOf(reading, params, context);
    const { sides, into, patches, metric, map } = asked;
    const { site, factor, lens } = params;
    const how = params.how === 'mean' ? 'replace' : params.how;
    onProgress?.('Patching');
    const runs = await FromTo.read(model, {
      prompts: sides.map(({ ids }) => ids), into: sides.length - 1, site, sites: sitesOf(patches), how, factor, signal,
      ...(map && { map: (vector, from) => mapOf(map.maps, from, site, vector) }),
    });
    const { hooks, moved } = runs.patch(patches);
    const before = await stateOf(reading, params, asked, context, () => [], 'Writing unchanged');
    const after = await stateOf(reading, params, asked, context, hooks, 'Writing changed');
    const value: Value = {
      site,
      how: params.how,
      factor,
      read: params.read,
      into: params.into,
      prompt: into.prompt,
      patches: patches.map(({ from, to }, i) => ({
        from: from.map(({ layer, position, prompt, site: own }) => {
          const { texts, run } = sides[prompt];
          return { layer, position, text: texts[position], ...differing(own, site), ...(run !== params.read && { run }) };
        }),
        to: { layer: to.layer, position: to.position, text: into.texts[to.position], ...differing(to.site, site) },
        changed: moved[i].changed,
        ratio: moved[i].ratio === null ? null : rounded(moved[i].ratio),
      })),
      metric: metric && explainedMetric(metric, tokenizer),
      before,
      after,
      lensSites: lens ? lensSites(model).map(siteName) : [],
      control: await controlOf(reading, runs, asked, { before, after }, signal),
      map: map && { file: map.file, kind: map.maps.kind },
      matrix: params.matrix ? await matrixOf(reading, runs, asked, context) : null,
    };
    const names = patches[0].from.map(({ prompt, position }) => sides[prompt].names[position]);
    return { value, findings: fromToFindings(value, names, into.names), problems: problemsOf(value, model.shape.layers, into) };
  },
};

function mapOf(maps: AffineMaps, from: SourceSpot, site: PatchSite, vector: Float32Array): Float32Array {
  return mapped(maps.of(goesInto(from, from.site ?? site))!, vector);
}

/** Sites that spots name, besides that of all. */
function sitesOf(patches: readonly Transplant[]): PatchSite[] {
  return patches.flatMap(({ from, to }) => [...from, to]).flatMap(({ site }) => site ?? []);
}

function differing(own: PatchSite | undefined, site: PatchSite): { site?: PatchSite } {
  return own === undefined || own === site ? {} : { site: own };
}

async function stateOf(
  { loaded: { model, tokenizer }, question }: Reading,
  { generate: maxTokens, lens }: Told,
  { into: { ids, prompt }, metric }: Asked,
  { topK, signal, onProgress }: Context,
  hooks: (start: number) => readonly Hook[],
  stage: string,
): Promise<FromToState> {
  const read = lens ? lensSites(model) : [];
  const last = ids.length - 1;
  const options = { hooks: hooks(0), read, cache: true, signal };
  const found = prompt === null ? await predictBehind(model, ids, question.answers, { ...options, hooks, topK }) : null;
  const run = found?.run ?? (await model.run([ids], options));
  const top = found?.prediction.top ?? (await readOut(model, run.resid, [last], { topK, signal }))[0].top;
  const logit = (label: string) => found!.prediction.answers.find((answer) => answer.label === label)!.logits[metric!.shared.length];
  const tokens: { id: number; text: string; probability: number }[] = [];
  const onToken = (id: number, probability: number) => {
    tokens.push({ id, text: tokenizer.tokenText(id), probability: rounded(probability) });
    onProgress?.(stage, tokens.length, maxTokens);
  };
  const stop = tokenizer.eos === null ? [] : [tokenizer.eos];
  const written = maxTokens > 0 ? await generate(model, ids, { maxTokens, stop, hooks, prefilled: run, signal, onToken }) : null;
  const answers = found?.prediction.answers ?? [];
  const atLast = lens ? await lensAt(model, run, read.map(siteName), last, signal) : null;
  return {
    top: explainedTop(top, tokenizer),
    answers: answers.map(({ label, probability, logit: first }) => ({ label, probability: rounded(probability), logit: rounded(first) })),
    metric: metric && rounded(logit(metric.positive) - logit(metric.negative)),
    written: written && { text: tokenizer.decode(written), tokens },
    lens: atLast && atLast.map((row) => explainedTop(row, tokenizer)),
  };
}

/** So many tokens are listed in each layer. */
const LENS_LISTED = 5;

async function lensAt(model: Model, run: RunResult, sites: readonly string[], position: number, signal?: AbortSignal) {
  const rows = [];
  for (const site of sites) rows.push((await readOut(model, run.sites.get(site)!, [position], { topK: LENS_LISTED, signal }))[0].top);
  return rows;
}

async function controlOf(
  { loaded: { model } }: Reading,
  runs: FromTo,
  { into: { ids }, patches, metric }: Asked,
  { before, after }: { before: FromToState; after: FromToState },
  signal?: AbortSignal,
): Promise<Value['control']> {
  const { hooks, rows } = runs.controls(patches, CONTROLS);
  if (rows === 0) return null;
  const whole = [...ids, ...(metric?.shared ?? [])];
  const { resid } = await model.run(Array.from({ length: rows }, () => whole), { hooks, signal });
  const at = (position: number) => Array.from({ length: rows }, (_, row) => row * whole.length + position);
  const read = await readOut(model, resid, at(ids.length - 1), { topK: 1, signal });
  const values = metric && (await differences(model, resid, at(whole.length - 1), metric));
  const mean = (numbers: readonly number[]) => rounded(numbers.reduce((a, b) => a + b, 0) / numbers.length);
  return {
    count: rows,
    metric: values && mean(values),
    change: values && mean(values.map((value) => Math.abs(value - before.metric!))),
    sameToken: read.filter(({ top: [{ id }] }) => id === after.top[0].id).length,
  };
}

async function differences(model: Model, resid: RunResult['resid'], rows: readonly number[], metric: AnswerMetric): Promise<number[]> {
  const { positiveToken, negativeToken } = metric;
  const { data } = await readLogits(model, resid, rows, [positiveToken, negativeToken]);
  return rows.map((_, i) => data[2 * i] - data[2 * i + 1]);
}

async function matrixOf(
  { loaded: { model, tokenizer } }: Reading,
  runs: FromTo,
  { patches: [{ from: [first], to }], metric }: Asked,
  { signal, onProgress }: Context,
): Promise<NonNullable<Value['matrix']>> {
  const { layers } = model.shape;
  const square = <T>(value: T) => Array.from({ length: layers }, () => Array.from({ length: layers }, () => value));
  const values = metric && square(0);
  const top = square({ id: 0, text: '', probability: 0 });
  const all = (count: number) => Array.from({ length: count }, (_, i) => i);
  let done = 0;
  const measure = async (resid: RunResult['resid'], cells: readonly { from: number; to: number }[]) => {
    if (!values) return;
    const found = await differences(model, resid, all(cells.length), metric);
    for (const [i, { from, to: layer }] of cells.entries()) values[from][layer] = rounded(found[i]);
  };
  await runs.matrix(first, to.position, async (resid, cells) => {
    const read = await readOut(model, resid, all(cells.length), { topK: 1, signal });
    for (const [i, { from, to: layer }] of cells.entries()) {
      const [{ id, probability }] = read[i].top;
      top[from][layer] = { id, text: tokenizer.tokenText(id), probability: rounded(probability) };
    }
    if (!metric?.shared.length) await measure(resid, cells);
    onProgress?.('Patching all layers', (done += cells.length), layers * layers);
  });
  if (metric?.shared.length) await runs.matrix(first, to.position, measure, metric.shared);
  return { metric: values, top };
}

/** What could not do anything, and why. */
function problemsOf({ patches, site }: Value, layers: number, into: Side): string[] {
  return patches.flatMap(({ to, changed }) => {
    const place = `${to.layer}:#${to.position} (${JSON.stringify(to.text)})`;
    if (!changed) return [`The patch at ${place} changed nothing there: what is put there is what stands there.`];
    const reaches = to.layer < layers - 1 || to.position === into.ids.length - 1 || site === 'hook_resid_pre';
    return reaches ? [] : [`The patch at ${place} reaches nothing: behind the last layer's ${site} no other token is read from this one.`];
  });
}
