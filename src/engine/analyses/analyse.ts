/** Analysing a reading: the analyses that were asked for, one after the other, put together into one result. */
import { ANALYSES, ANALYSIS_IDS, type AnalysisId, type Params, type Part } from '../../protocol/analyses';
import type { Cost } from '../../protocol/pages/answer';
import { costWords } from '../../protocol/words/cost';
import { FORMAT, updated, type Result, type ResultUpdate } from '../../protocol/documents/result';
import { costOf } from '../session/cost';
import { isGiven, type Against, type Compared } from '../twins/against';
import { explainPrediction } from './findings';
import { Unanswerable, type Asking, type Reading } from './reading';
import { ablation } from './circuits/ablation';
import { activations } from './latents/activations';
import { attention } from './attention/attention';
import { attributionPatching } from './patching/attribution-patching';
import { attributionGraph } from './circuits/attribution-graph';
import { circuit } from './circuits/circuit';
import { components } from './components/components';
import { fromTo } from './patching/from-to';
import { generation } from './generation';
import { headPatching } from './patching/head-patching';
import { headScores } from './attention/head-scores';
import { intervention } from './latents/intervention';
import { knockout } from './attention/knockout';
import { latentPaths } from './circuits/latent-paths';
import { latents } from './latents/latents';
import { lens } from './lens';
import { pairs } from './circuits/pairs';
import { patching } from './patching/patching';
import { pathPatching } from './patching/path-patching';
import { neuronPatching } from './patching/neuron-patching';
import { patternPatching } from './patching/pattern-patching';
import { prediction } from './prediction';
import { USUAL_TOP_K, type Answer, type Run } from './run';
import { steering } from './steering';
import { variants } from './variants';

/** How each analysis is run; one that is missing or misnamed does not compile. */
const RUNS: { readonly [K in AnalysisId]: Run<K> } = {
  prediction,
  lens,
  generation,
  components,
  variants,
  patching,
  headPatching,
  patternPatching,
  neuronPatching,
  attributionPatching,
  pathPatching,
  pairs,
  circuit,
  latentPaths,
  attributionGraph,
  attention,
  headScores,
  latents,
  activations,
  intervention,
  knockout,
  ablation,
  fromTo,
  steering,
};

/** The analyses that are asked for, with what each is told. */
export type Wanted = { readonly [K in AnalysisId]?: Params<K> };

export interface AnalyseOptions extends Asking {
  /** What the program is compared with; the most telling verified edit when left out. */
  against?: Against;
  /** Called with what is newly known. */
  onPartial?: (update: ResultUpdate, next: { stage: string; done?: number; total?: number }) => void;
  /** Called before an analysis begins that says what it takes; null where that is less than a second. */
  onCost?: (cost: Cost | null, stage: string) => void;
  /** Seconds: one that would take longer is not begun, and is missing in the result; null, as left out, for no limit. */
  within?: number | null;
  /** Analyses without which the rest is not wanted: where one has nothing to say, its sentence is thrown at once. */
  needed?: readonly AnalysisId[];
}

/** Between two parts of the same analysis that are told on the way. */
const PARTIAL_INTERVAL_MS = 100;

const STAGES: Partial<Record<AnalysisId, string>> = {
  patching: 'Patching', attributionPatching: 'Patching components', pathPatching: 'Patching paths', latents: 'Attributing to latents',
};

/**
 * In the order of the table, what needs no variant comes first, while Python starts; then it is waited for that, and for the variant that
 * the rest compares with. Each part is told as soon as it is known.
 * @throws a sentence where an analysis cannot be done; one that has nothing to say about the program is missing in the
 * result, if it is not needed
 */
export async function analyse(reading: Reading, wanted: Wanted, options: AnalyseOptions = {}): Promise<Result> {
  const { against, onPartial, onCost, within = null, needed = [], ...asking } = options;
  const asked = ANALYSIS_IDS.filter((id) => wanted[id] !== undefined);
  const comparing = asked.filter((id) => comparesIn(id, wanted[id], against !== undefined));
  const early = asked.filter((id) => !comparing.includes(id) && !RUNS[id].waits);
  const topK = wanted.prediction?.topK ?? wanted.lens?.topK ?? USUAL_TOP_K;
  if (comparing.length > 0 && !isGiven(against)) reading.beginSearch();
  await reading.prediction(topK, asking, wanted.lens !== undefined);
  const { prediction: _, ...read } = await reading.document(topK, asking);
  let result: Result = { format: FORMAT, version: 2, reading: read, pair: null, parts: {} };
  let fresh: ResultUpdate = { reading: read };
  /** Adds to the result what is new, and to what is told next. */
  const add = (update: ResultUpdate) => {
    result = updated(result, update)!;
    fresh = { ...fresh, ...update, parts: { ...fresh.parts, ...update.parts } };
  };
  const tell = (stage: string) => {
    onPartial?.(fresh, { stage });
    fresh = {};
  };

  const run = async <K extends AnalysisId>(id: K): Promise<void> => {
    const params = wanted[id] as Params<K>;
    const part = ({ value, findings = [], problems = [] }: Answer<K>) =>
      ({ parts: { [id]: { params, value, findings, problems } } }) as ResultUpdate;
    let told = -Infinity;
    const soFar = (value: () => Part<K>, done: number, total: number) => {
      if (!onPartial || (done > 0 && done < total && performance.now() - told < PARTIAL_INTERVAL_MS)) return;
      told = performance.now();
      onPartial(part({ value: value() }), { stage: STAGES[id] ?? ANALYSES[id].title, done, total });
    };
    const how: Run<K> = RUNS[id];
    const { speed } = reading.session;
    try {
      const context = { ...asking, against, topK };
      const work = await how.cost?.(reading, params, context);
      const cost = work ? costOf(work, speed.secondsFor(id, work.atMost ?? false, work.operations)) : null;
      if (work) onCost?.(cost, STAGES[id] ?? ANALYSES[id].title);
      if (cost && within !== null && (cost.seconds ?? 0) > within) {
        add({ missing: { [id]: `This takes long: ${costWords(cost)}.` } });
        return;
      }
      const start = performance.now();
      const answer = await how.run(reading, params, { ...context, soFar });
      add(part(answer));
      if (work) {
        const { operations: expected, atMost = false } = work;
        speed.add(id, atMost, { expected, made: answer.operations ?? expected }, (performance.now() - start) / 1000);
      }
    } catch (error) {
      if (!(error instanceof Unanswerable) || needed.includes(id)) throw error;
      add({ missing: { [id]: error.message } });
    }
  };

  const next = comparing.length > 0 ? 'Making variants' : reading.runs ? 'Running programs' : 'Reading the code';
  for (const id of early) {
    await run(id);
    tell(next);
  }
  for (const id of comparing) await prepare(reading, id, wanted[id] as never, asking);
  const compared = comparing.length > 0 ? await comparedWith(reading, against, topK, asking) : null;
  if (result.parts.prediction) {
    const answered = result.parts.prediction;
    const value = { ...answered.value, actual: await reading.actual() };
    const findings = await explainPrediction(reading, compared, topK, answered.params.answers);
    add({ parts: { prediction: { ...answered, value, findings } } });
  }
  if (compared) {
    add({ pair: reading.twin(compared) });
    tell(comparing.includes('patching') ? 'Patching' : 'Comparing');
  }
  const late = asked.filter((id) => !early.includes(id));
  for (const [i, id] of late.entries()) {
    await run(id);
    if (i < late.length - 1) tell(STAGES[late[i + 1]] ?? ANALYSES[late[i + 1]].title);
  }
  return result;
}

async function comparedWith(reading: Reading, against: Against | undefined, topK: number, asking: Asking): Promise<Compared> {
  if (!isGiven(against)) asking.onProgress?.('Making variants');
  return reading.compared(against, topK, asking);
}

async function prepare<K extends AnalysisId>(reading: Reading, id: K, params: Params<K>, asking: Asking): Promise<void> {
  const how: Run<K> = RUNS[id];
  await how.prepare?.(reading, params, asking);
}

/** @param asked whether the reader says what to compare with */
function comparesIn<K extends AnalysisId>(id: K, params: unknown, asked: boolean): boolean {
  const { compares }: Run<K> = RUNS[id];
  if (compares) return compares(params as Params<K>);
  const { needs, uses = [] }: { needs: readonly string[]; uses?: readonly string[] } = ANALYSES[id];
  return needs.includes('variant') || (asked && uses.includes('variant'));
}
