/** Analysing a reading: the analyses that were asked for, one after the other, put together into one result. */
import { ANALYSES, ANALYSIS_IDS, type AnalysisId, type Params, type Part } from '../../protocol/analyses';
import { FORMAT, updated, type Result, type ResultUpdate } from '../../protocol/result';
import { isGiven, type Against, type Compared } from '../twins/against';
import { explainPrediction } from './findings';
import { Unanswerable, type Asking, type Reading } from './reading';
import { activations } from './activations';
import { attention } from './attention';
import { headPatching } from './head-patching';
import { intervention } from './intervention';
import { latents } from './latents';
import { lens } from './lens';
import { patching } from './patching';
import { prediction } from './prediction';
import { USUAL_TOP_K, type Answer, type Run } from './run';
import { variants } from './variants';

/** How each analysis is run; one that is missing or misnamed does not compile. */
const RUNS: { readonly [K in AnalysisId]: Run<K> } = {
  prediction,
  lens,
  variants,
  patching,
  headPatching,
  attention,
  latents,
  activations,
  intervention,
};

/** The analyses that are asked for, with what each is told. */
export type Wanted = { readonly [K in AnalysisId]?: Params<K> };

export interface AnalyseOptions extends Asking {
  /** What the program is compared with; the most telling verified edit when left out. */
  against?: Against;
  /** Called with what is newly known. */
  onPartial?: (update: ResultUpdate, next: { stage: string; done?: number; total?: number }) => void;
}

/** Between two parts of the same analysis that are told on the way. */
const PARTIAL_INTERVAL_MS = 100;

const STAGES: Partial<Record<AnalysisId, string>> = { patching: 'Patching', latents: 'Attributing to latents' };

/**
 * What needs no variant comes first; then it is waited for Python, and for the variant that the rest compares with.
 * @throws a sentence where an analysis cannot be done; one that has nothing to say about the program is missing in the result
 */
export async function analyse(reading: Reading, wanted: Wanted, { against, onPartial, ...asking }: AnalyseOptions = {}): Promise<Result> {
  const asked = ANALYSIS_IDS.filter((id) => wanted[id] !== undefined);
  const comparing = asked.filter((id) => comparesIn(id));
  const topK = wanted.prediction?.topK ?? wanted.lens?.topK ?? USUAL_TOP_K;
  if (comparing.length > 0 && !isGiven(against)) reading.beginSearch();
  if (wanted.lens) await reading.lens(topK, asking);
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
    try {
      add(part(await how.run(reading, params, { ...asking, against, topK, soFar })));
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error;
      add({ missing: { [id]: error.message } });
    }
  };

  for (const id of asked) if (!comparing.includes(id)) await run(id);
  if (asked.length > comparing.length) tell(comparing.length > 0 ? 'Making variants' : reading.runs ? 'Running programs' : 'Reading the code');
  for (const id of comparing) await prepare(reading, id, wanted[id] as never, asking);
  const compared = comparing.length > 0 ? await comparedWith(reading, against, topK, asking) : null;
  if (result.parts.prediction) {
    const answered = result.parts.prediction;
    const value = { ...answered.value, actual: await reading.actual() };
    add({ parts: { prediction: { ...answered, value, findings: await explainPrediction(reading, compared, topK) } } });
  }
  if (compared) {
    add({ pair: reading.twin(compared) });
    tell(comparing.includes('patching') ? 'Patching' : 'Comparing');
  }
  for (const id of comparing) await run(id);
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

function comparesIn(id: AnalysisId): boolean {
  const { needs }: { needs: readonly string[] } = ANALYSES[id];
  return needs.includes('variant');
}
