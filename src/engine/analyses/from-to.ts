/** What the model says and writes when activations of one run are put into another. */
import { checked, type AnswerMetric } from '../../methods/metric';
import { lensSites } from '../../methods/logit-lens';
import { FromTo, type SourceSpot, type Spot, type Transplant } from '../../methods/patching/from-to';
import { everyLayer, operations } from '../../methods/patching/plan';
import { predictBehind } from '../../methods/prediction';
import { generate, readLogits, readOut, type Hook, type Model, type RunResult } from '../../model';
import type { Params, Part } from '../../protocol/analyses';
import type { FromToState } from '../../protocol/analyses/from-to';
import { layerPlaceText, parseLayerPlace, type LayerPlace } from '../../protocol/place';
import { partingTokens } from '../../snippets/prompts/prompts';
import { isPatchscope, PATCHSCOPES } from '../../vocabulary/patchscopes';
import { siteName } from '../../vocabulary/sites';
import { positionAt } from '../reading/places';
import type { Program } from '../reading/program';
import { rounded } from '../session/rounded';
import { explainedMetric } from '../twins/pair';
import { explainedTop } from './document';
import { positionNames } from './findings';
import { fromToFindings } from './from-to-findings';
import { Unanswerable, type Reading } from './reading';
import type { Run, RunContext } from './run';

type Value = Part<'fromTo'>;
type Told = Params<'fromTo'>;
type Context = Omit<RunContext<'fromTo'>, 'soFar'>;

/** What a run reads, and how its places are found. */
interface Side {
  ids: readonly number[];
  texts: readonly string[];
  names: readonly string[];
  at: (place: LayerPlace) => Spot;
  /** Of a template, its text. */
  prompt: string | null;
}

interface Asked {
  read: Side;
  into: Side;
  /** Both runs are one where both are of the same program. */
  prompts: (readonly number[])[];
  patches: Transplant[];
  metric: AnswerMetric | null;
}

/** Controls: the same patch from so many other tokens. */
const CONTROLS = 8;

export const fromTo: Run<'fromTo'> = {
  compares: ({ read, into }) => read === 'variant' || into === 'variant',
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
    const { read, into, prompts, patches, metric } = asked;
    const { site, factor, lens } = params;
    const how = params.how === 'mean' ? 'replace' : params.how;
    onProgress?.('Patching');
    const runs = await FromTo.read(model, { prompts, into: prompts.length - 1, site, how, factor, signal });
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
        from: from.map(({ layer, position }) => ({ layer, position, text: read.texts[position] })),
        to: { ...to, text: into.texts[to.position] },
        changed: moved[i].changed,
        ratio: moved[i].ratio === null ? null : rounded(moved[i].ratio),
      })),
      metric: metric && explainedMetric(metric, tokenizer),
      before,
      after,
      lensSites: lens ? lensSites(model).map(siteName) : [],
      control: await controlOf(reading, runs, asked, { before, after }, signal),
      matrix: params.matrix ? await matrixOf(reading, runs, asked, context) : null,
    };
    return { value, findings: fromToFindings(value, read.names, into.names), problems: problemsOf(value, model.shape.layers, into) };
  },
};

async function askedOf(reading: Reading, params: Told, context: Context): Promise<Asked> {
  const { program, loaded: { model: { shape } } } = reading;
  const compares = params.read === 'variant' || params.into === 'variant';
  const pair = compares ? await reading.pair(context.against, params.answers, context.topK, context) : null;
  const side = (which: 'original' | 'variant') => programSide(which === 'original' ? program : pair!.variant.program);
  const read = side(params.read);
  const into = isPatchscope(params.into) ? templateSide(reading, params.into) : side(params.into);
  const middle = Math.floor(shape.layers / 2);
  const from = (params.from?.map(parseLayerPlace) ?? [{ layer: middle, place: { kind: 'last' as const } }]);
  const to = params.to?.map(parseLayerPlace) ?? from.map(({ layer }): LayerPlace => ({ layer, place: { kind: 'last' } }));
  for (const place of [...from, ...to]) {
    if (place.layer >= shape.layers) throw new Error(`There is no layer ${place.layer} (${layerPlaceText(place)}); the model has the layers 0 to ${shape.layers - 1}.`);
  }
  const prompts = params.read === params.into ? [into.ids] : [read.ids, into.ids];
  const sources = from.map((place): SourceSpot => ({ ...read.at(place), prompt: 0 }));
  const targets = (params.how === 'mean' && params.to === null ? to.slice(0, 1) : to).map(into.at);
  const metric = into.prompt === null ? await metricFor(reading, params, pair?.metric ?? null, context) : null;
  return { read, into, prompts, patches: paired(params, sources, targets), metric };
}

/** @throws a sentence where it is not said what goes where */
function paired({ how }: Told, from: readonly SourceSpot[], to: readonly Spot[]): Transplant[] {
  if (how === 'mean') return to.map((one) => ({ from, to: one }));
  if (from.length === 1) return to.map((one) => ({ from, to: one }));
  if (from.length === to.length) return to.map((one, i) => ({ from: [from[i]], to: one }));
  throw new Error(
    `${from.length} places are read and ${to.length} changed, so it is not clear what goes where. ` +
      'Give as many of both, or one place to read, or take the mean of all that are read.',
  );
}

function programSide(program: Program): Side {
  const at = ({ layer, place }: LayerPlace) => ({ layer, position: positionAt(program, place) });
  return { ids: program.ids, texts: program.tokens.map(({ text }) => text), names: positionNames(program), at, prompt: null };
}

/** A template's own places: its `?`, its last token, or any by its position. @throws a sentence for others */
function templateSide({ loaded: { tokenizer, model, id } }: Reading, name: keyof typeof PATCHSCOPES): Side {
  const { text } = PATCHSCOPES[name];
  const tokens = tokenizer.encode(text);
  const last = tokens.length - 1;
  if (tokens.length > model.shape.context) throw new Error(`The template has ${tokens.length} tokens; ${id} reads at most ${model.shape.context}.`);
  const unknown = tokens.find((token) => token.id >= model.shape.vocabulary);
  if (unknown) throw new Error(`${id} has no embedding for the token ${unknown.text} of the template, so it cannot read it.`);
  const at = ({ layer, place }: LayerPlace): Spot => {
    if (place.kind === 'last' || (place.kind === 'token' && place.text === '?')) return { layer, position: last };
    if (place.kind === 'position' && place.position <= last) return { layer, position: place.position };
    const named = layerPlaceText({ layer, place });
    throw new Error(`The template ${name} has no place ${named}. Name it as LAYER:? (what is at its end) or LAYER:#POSITION, from #0 to #${last}.`);
  };
  const texts = tokens.map((token) => token.text);
  return { ids: tokens.map((token) => token.id), texts, names: texts.map((own) => `\`${own.trim() || ' '}\` of the template`), at, prompt: text };
}

/** That of the pair; else the chosen answers, or the two that are most probable; null where no logit tells them apart. */
async function metricFor(
  reading: Reading,
  { answers: chosen }: Told,
  known: AnswerMetric | null,
  context: Context,
): Promise<AnswerMetric | null> {
  if (known) return known;
  const { answers } = reading.question;
  const ranked = (await reading.prediction(context.topK, context)).answers;
  const [positive, negative] = chosen ? checked(answers, chosen) : ranked.slice(0, 2).map(({ label }) => label);
  if (negative === undefined) return null;
  try {
    const { shared, tokens } = partingTokens(answers, positive, negative);
    return { positive, negative, shared, positiveToken: tokens[0], negativeToken: tokens[1], basis: chosen ? 'chosen' : 'runner-up' };
  } catch (error) {
    if (chosen) throw new Unanswerable((error as Error).message, { cause: error });
    return null;
  }
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
