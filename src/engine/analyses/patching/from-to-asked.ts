/** What From → to is asked: the runs that are read, the one that is changed, and what goes from where to where. */
import { readAffineMaps, type AffineMaps } from '../../../methods/steering/affine-map';
import { checked, type AnswerMetric } from '../../../methods/prediction/metric';
import type { SourceSpot, Spot, Transplant } from '../../../methods/patching/from-to';
import type { Model } from '../../../model';
import type { Params } from '../../../protocol/analyses';
import { layerPlaceText, parseLayerPlace, type LayerPlace } from '../../../protocol/reading/place';
import { partingTokens } from '../../../snippets/prompts/prompts';
import { isPatchscope, PATCHSCOPES } from '../../../vocabulary/patchscopes';
import type { PatchSite } from '../../../vocabulary/sites';
import { positionAt } from '../../reading/places';
import { programFiles } from '../../reading/program-files';
import { readProgram, type Program } from '../../reading/program';
import { positionNames } from '../findings';
import { Unanswerable, type Reading } from '../reading';
import type { RunContext } from '../run';

type Told = Params<'fromTo'>;
type Context = Omit<RunContext<'fromTo'>, 'soFar'>;

/** What a run reads, and how its places are found. */
export interface Side {
  ids: readonly number[];
  texts: readonly string[];
  names: readonly string[];
  at: (place: LayerPlace) => Spot;
  /** Of a template, its text. */
  prompt: string | null;
  /** As documents name it. */
  run: string;
}

export interface Asked {
  /** All that are read or changed, each once; the last one is changed. */
  sides: Side[];
  into: Side;
  patches: Transplant[];
  metric: AnswerMetric | null;
  map: { file: string; maps: AffineMaps } | null;
}

/** The places that are read and changed. @throws a sentence where the model has no such layer */
export function placesOf({ from: read, to: changed }: Told, layers: number): { from: LayerPlace[]; to: LayerPlace[] } {
  const from = read?.map(parseLayerPlace) ?? [{ layer: Math.floor(layers / 2), place: { kind: 'last' as const } }];
  const to = changed?.map(parseLayerPlace) ?? from.map(({ layer }): LayerPlace => ({ layer, place: { kind: 'last' } }));
  for (const place of [...from, ...to]) {
    if (place.layer >= layers) throw new Error(`There is no layer ${place.layer} (${layerPlaceText(place)}); the model has the layers 0 to ${layers - 1}.`);
  }
  return { from, to };
}

/** Which runs are read: of the places, or where that is not said for each, of all. */
export function runsRead({ read, reads, programs }: Told): readonly string[] {
  return reads ?? (programs ? [] : [read]);
}

export async function askedOf(reading: Reading, params: Told, context: Context): Promise<Asked> {
  const { program, question, loaded } = reading;
  const { model, id } = loaded;
  const { shape } = model;
  const { from, to } = placesOf(params, shape.layers);
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
  throw new Error(`Of ${what} ${given.length} are given, and of ${of} ${count}. Give as many, or one for all.`);
}

/** Numbers at a position of a site. */
function sizeOf(site: PatchSite, { width, heads, headSize, mlpWidth }: Model['shape']): number {
  return site === 'attn.hook_z' ? heads * headSize : site === 'mlp.hook_post' ? mlpWidth : width;
}

/** The layer that the stream goes into from a spot; null where the site is not the stream between layers. */
export function goesInto({ layer }: Spot, site: PatchSite): number | null {
  return site === 'hook_resid_pre' ? layer : site === 'hook_resid_post' ? layer + 1 : null;
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
  const whose = run === 'original' ? undefined : run === 'variant' ? 'the variant' : run;
  const at = ({ layer, place }: LayerPlace) => ({ layer, position: positionAt(program, place, whose) });
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
