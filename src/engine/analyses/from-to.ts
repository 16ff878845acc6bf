/** What the model says and writes when activations of one run are put into another. */
import { checked, type AnswerMetric } from '../../methods/metric';
import { lensSites } from '../../methods/logit-lens';
import { mapped, readAffineMaps, type AffineMaps } from '../../methods/affine-map';
import { FromTo, type SourceSpot, type Spot, type Transplant } from '../../methods/patching/from-to';
import { everyLayer, operations } from '../../methods/patching/plan';
import { predictBehind } from '../../methods/prediction';
import { generate, readLogits, readOut, type Hook, type Model, type RunResult } from '../../model';
import type { Params, Part } from '../../protocol/analyses';
import type { FromToState } from '../../protocol/analyses/from-to';
import { layerPlaceText, parseLayerPlace, type LayerPlace } from '../../protocol/place';
import { partingTokens } from '../../snippets/prompts/prompts';
import { isPatchscope, PATCHSCOPES } from '../../vocabulary/patchscopes';
import { siteName, type PatchSite } from '../../vocabulary/sites';
import { positionAt } from '../reading/places';
import { programFiles } from '../reading/program-files';
import { readProgram, type Program } from '../reading/program';
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
  /** As documents name it. */
  run: string;
}

interface Asked {
  /** All that are read or changed, each once; the last one is changed. */
  sides: Side[];
  into: Side;
  patches: Transplant[];
  metric: AnswerMetric | null;
  map: { file: string; maps: AffineMaps } | null;
}

/** Controls: the same patch from so many other tokens. */
const CONTROLS = 8;

export const fromTo: Run<'fromTo'> = {
  compares: (params) => params.into === 'variant' || runsRead(params).includes('variant'),
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

/** Which runs are read: of the places, or where that is not said for each, of all. */
function runsRead({ read, reads, programs }: Told): readonly string[] {
  return reads ?? (programs ? [] : [read]);
}

/** Sites that spots name, besides that of all. */
function sitesOf(patches: readonly Transplant[]): PatchSite[] {
  return patches.flatMap(({ from, to }) => [...from, to]).flatMap(({ site }) => site ?? []);
}

function differing(own: PatchSite | undefined, site: PatchSite): { site?: PatchSite } {
  return own === undefined || own === site ? {} : { site: own };
}

async function askedOf(reading: Reading, params: Told, context: Context): Promise<Asked> {
  const { program, question, loaded } = reading;
  const { model, id } = loaded;
  const { shape } = model;
  const compares = params.into === 'variant' || runsRead(params).includes('variant');
  const pair = compares ? await reading.pair(context.against, params.answers, context.topK, context) : null;
  const programs = (params.programs ? await programFiles(params.programs) : []).map((source) => readProgram(loaded, question, source));
  const made = new Map<string, Side>();
  const side = (run: string): Side => {
    const known = made.get(run);
    if (known) return known;
    const number = /^\d+$/.test(run) ? Number(run) : null;
    if (number !== null && !programs[number - 1]) throw new Error(`There is no program ${number}; --programs has ${programs.length}.`);
    const own = number === null ? (run === 'original' ? program : pair?.variant.program) : programs[number - 1];
    const one = isPatchscope(run) ? templateSide(reading, run) : programSide(own!, number === null ? run : (own!.source.file ?? run));
    made.set(run, one);
    return one;
  };
  const middle = Math.floor(shape.layers / 2);
  const from = (params.from?.map(parseLayerPlace) ?? [{ layer: middle, place: { kind: 'last' as const } }]);
  const to = params.to?.map(parseLayerPlace) ?? from.map(({ layer }): LayerPlace => ({ layer, place: { kind: 'last' } }));
  for (const place of [...from, ...to]) {
    if (place.layer >= shape.layers) throw new Error(`There is no layer ${place.layer} (${layerPlaceText(place)}); the model has the layers 0 to ${shape.layers - 1}.`);
  }
  const runs = runsOf(params, from.length, programs.length);
  const sites = each(params.sites, from.length, 'sites', 'places that are read');
  const toSites = each(params.toSites, to.length, 'sites to change at', 'places that are changed');
  const into = side(params.into);
  const others = [...new Set(runs.flat().map(side))].filter((one) => one !== into);
  const sides = [...others, into];
  const sources = from.map((place, i) => runs[i].map((run): SourceSpot => {
    return { ...side(run).at(place), prompt: sides.indexOf(side(run)), ...(sites && { site: sites[i] }) };
  }));
  const targets = (params.how === 'mean' && params.to === null ? to.slice(0, 1) : to).map((place, i): Spot => {
    const site = toSites?.[i] ?? sites?.[Math.min(i, sites.length - 1)];
    return { ...into.at(place), ...(site && { site }) };
  });
  const patches = paired(params, sources, targets);
  for (const { from: spots, to: { site = params.site } } of patches) {
    const unlike = spots.find((spot) => sizeOf(spot.site ?? params.site, shape) !== sizeOf(site, shape));
    if (unlike) throw new Error(`What is read at ${unlike.site ?? params.site} has ${sizeOf(unlike.site ?? params.site, shape)} numbers, and ${site} takes ${sizeOf(site, shape)}; nothing of the one fits the other.`);
  }
  const fits = { sha256: await model.sha256(), width: shape.width, layers: shape.layers };
  const map = params.map === null ? null : { file: params.map, maps: await readAffineMaps(params.map, fits) };
  if (map) for (const spot of patches.flatMap(({ from: spots }) => spots)) requireMap(map.maps, spot, params.site, shape.width, id);
  const metric = into.prompt === null ? await metricFor(reading, params, pair?.metric ?? null, context) : null;
  return { sides, into, patches, metric, map };
}

/** The runs that each place is read in. @throws a sentence where it is not said which */
function runsOf({ how, read, reads, programs }: Told, places: number, count: number): string[][] {
  if (reads) return each(reads, places, 'runs', 'places that are read')!.map((run) => [run]);
  if (!programs) return Array.from({ length: places }, () => [read]);
  const all = Array.from({ length: count }, (_, i) => String(i + 1));
  if (how === 'mean') return Array.from({ length: places }, () => all);
  if (count !== 1 && count !== places) {
    throw new Error(`${count} programs and ${places} places to read are given, so it is not clear which is read in which. Give as many of both, say it with --reads, or take the mean over all programs with --how mean.`);
  }
  return Array.from({ length: places }, (_, i) => [all[count === 1 ? 0 : i]]);
}

/** One for each place; one alone is for all. @throws a sentence where the numbers differ */
function each<T>(given: readonly T[] | null, count: number, what: string, of: string): T[] | null {
  if (!given) return null;
  if (given.length === 1) return Array.from({ length: count }, () => given[0]);
  if (given.length === count) return [...given];
  throw new Error(`${given.length} ${what} are given and ${count} ${of}. Give as many, or one for all.`);
}

/** Numbers at a position of a site. */
function sizeOf(site: PatchSite, { width, heads, headSize, mlpWidth }: Model['shape']): number {
  return site === 'attn.hook_z' ? heads * headSize : site === 'mlp.hook_post' ? mlpWidth : width;
}

/** The layer that the stream goes into from a spot; null where the site is not the stream between layers. */
function goesInto({ layer }: Spot, site: PatchSite): number | null {
  return site === 'hook_resid_pre' ? layer : site === 'hook_resid_post' ? layer + 1 : null;
}

function mapOf(maps: AffineMaps, from: SourceSpot, site: PatchSite, vector: Float32Array): Float32Array {
  return mapped(maps.of(goesInto(from, from.site ?? site))!, vector);
}

/** @throws a sentence where a map does not fit what it is to map */
function requireMap(maps: AffineMaps, spot: SourceSpot, all: PatchSite, width: number, id: string): void {
  const site = spot.site ?? all;
  if (site === 'attn.hook_z' || site === 'mlp.hook_post') throw new Error(`A map is of vectors as wide as the residual stream of ${id} (${width}), and ${site} is not the stream. Read at another site.`);
  if (maps.of(goesInto(spot, site)) === null) throw new Error(`A tuned lens translates the residual stream between layers: hook_resid_pre or hook_resid_post, not ${site}.`);
}

/** @throws a sentence where it is not said what goes where */
function paired({ how }: Told, from: readonly SourceSpot[][], to: readonly Spot[]): Transplant[] {
  if (how === 'mean') return to.map((one) => ({ from: from.flat(), to: one }));
  if (from.length === 1) return to.map((one) => ({ from: from[0], to: one }));
  if (from.length === to.length) return to.map((one, i) => ({ from: from[i], to: one }));
  throw new Error(
    `${from.length} places are read and ${to.length} changed, so it is not clear what goes where. ` +
      'Give as many of both, or one place to read, or take the mean of all that are read.',
  );
}

function programSide(program: Program, run: string): Side {
  const at = ({ layer, place }: LayerPlace) => ({ layer, position: positionAt(program, place) });
  return { ids: program.ids, texts: program.tokens.map(({ text }) => text), names: positionNames(program), at, prompt: null, run };
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
  return { ids: tokens.map((token) => token.id), texts, names: texts.map((own) => `\`${own.trim() || ' '}\` of the template`), at, prompt: text, run: name };
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
