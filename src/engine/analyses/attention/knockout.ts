/** What the model answers when it cannot read some tokens. */
import { firstQuery, headsWithin, isQuery, knockoutHooks, knockouts, NothingLeft, type KnockoutOutcome, type Mask, type Removed } from '../../../methods/attention/knockout';
import { predict } from '../../../methods/prediction/prediction';
import { drawn, operations } from '../../../methods/patching/plan';
import type { Model } from '../../../model';
import type { Params, Part } from '../../../protocol/analyses';
import { parseHead } from '../../../protocol/analyses/components';
import { parseLayers } from '../../../protocol/analyses/knockout';
import type { Program } from '../../reading/program';
import { rounded } from '../../session/rounded';
import { comparedAnswers } from '../compared-answers';
import { explainedPrediction } from '../document';
import { positionNames } from '../findings';
import { ignoredTokens, stretched } from './ignored';
import { knockoutFindings } from './knockout-findings';
import { Unanswerable, type Reading } from '../reading';
import type { Run } from '../run';

type Knockout = Part<'knockout'>;
type Piece = Pick<Knockout['pieces'][number], 'from' | 'to' | 'head'>;

/** Everything that is masked, and as many other tokens for each draw. */
interface Plan {
  mask: Mask;
  layers: { from: number; to: number };
  listed: { layer: number; head: number }[] | null;
  pieces: Piece[];
  /** Sources that were drawn. */
  draws: number[][];
  /** In the order of their outcomes: nothing masked, the whole, its draws, then each piece with its draws. */
  masks: Mask[];
}

export const knockout: Run<'knockout'> = {
  cost: async (reading, params) => {
    const { loaded: { model: { shape } }, program: { ids } } = reading;
    const { masks } = await planned(reading, params);
    const cells = masks.filter(({ heads }) => heads.size > 0).map((mask) => {
      return { layer: Math.min(...mask.heads.keys()), position: firstQuery(mask, ids.length) ?? ids.length };
    });
    return { count: masks.length, unit: 'runs', operations: operations(cells, ids.length, shape) };
  },
  run: async (reading, params, { topK, signal, onProgress, soFar }) => {
    const { program, question, loaded: { model, tokenizer } } = reading;
    const { shared, ...metric } = await comparedAnswers(reading, params.answers, { topK, signal, onProgress });
    const plan = await planned(reading, params);
    const { mask, layers, listed, pieces, draws } = plan;
    const names = positionNames(program);
    const before = await reading.prediction(topK, { signal, onProgress });
    onProgress?.('Knocking out attention');
    const removed: Removed = { mass: 0, rows: 0 };
    const after = await predict(model, program.ids, question.answers, {
      topK, signal, hooks: (start) => knockoutHooks(mask, start, start === 0 ? removed : undefined),
    }).catch((error: unknown) => {
      if (!(error instanceof NothingLeft)) throw error;
      const { query, layer, head } = error;
      const reads = `In head ${layer}.${head}, ${names[query] ?? 'a token of the answers'} reads nothing but these tokens`;
      const instead = 'so there is nothing that it could read instead. Let fewer tokens be ignored, or by other tokens, or leave that head out.';
      throw new Error(`${reads}, ${instead}`, { cause: error });
    });
    const quoted = (...tokens: number[]) => JSON.stringify(tokens.map((id) => tokenizer.tokenText(id)).join(''));
    const { positiveToken, negativeToken } = metric;
    const where = shared.length === 0 ? 'at the last token' : `behind ${quoted(...shared)}, with which both answers begin`;
    const each = 1 + draws.length;

    const part = (outcomes: readonly (KnockoutOutcome | null)[]): Knockout => {
      const [base, whole] = outcomes;
      const exact = (one: KnockoutOutcome | null) => {
        if (!one) throw new Error('A run is missing.');
        return { difference: rounded(one.difference), probability: rounded(one.probability) };
      };
      return {
        sources: [...mask.sources],
        queries: program.ids.flatMap((_, position) => (isQuery(mask, position) ? [position] : [])),
        share: rounded(removed.rows === 0 ? 0 : removed.mass / removed.rows),
        layers,
        heads: listed,
        metric: { ...metric, description: `logit[${quoted(positiveToken)}] - logit[${quoted(negativeToken)}] ${where}` },
        before: { ...explainedPrediction(before, tokenizer), ...exact(base) },
        after: { ...explainedPrediction(after, tokenizer), ...exact(whole) },
        random: meanOf(outcomes.slice(2, 1 + each)),
        sweep: params.sweep,
        pieces: pieces.flatMap((piece, i) => {
          const [own, ...random] = outcomes.slice(1 + (i + 1) * each, 1 + (i + 2) * each);
          const values = { difference: own && rounded(own.difference), probability: own && rounded(own.probability) };
          return [{ ...piece, ...values, random: meanOf(random) }];
        }),
      };
    };
    const outcomes = await knockouts(model, plan.masks, {
      ids: [...program.ids, ...shared],
      metric: { positive: positiveToken, negative: negativeToken },
      signal,
      onProgress: (done, total) => onProgress?.('Knocking out attention', done, total),
    });
    const value = part(outcomes);
    soFar(() => value, plan.masks.length, plan.masks.length);
    return { value, findings: knockoutFindings(value, names), problems: problemsOf(value, params) };
  },
};

async function planned({ program, loaded: { model } }: Reading, params: Params<'knockout'>): Promise<Plan> {
  const sources = await ignoredTokens(program, params);
  const queries = params.queries && stretched(program, params.queries);
  const layers = parseLayers(params.layers, model.shape.layers);
  const listed = params.heads && params.heads.map((given) => headOf(given, model));
  if (listed?.every(({ layer }) => layer < layers.from || layer > layers.to)) {
    throw new Error(`None of the heads is in the layers ${layers.from} to ${layers.to}.`);
  }
  const of = ({ from, to, head }: Piece) => headsWithin(model, from, to, head === null ? listed : [{ layer: from, head }]);
  const mask: Mask = { sources, queries, heads: of({ ...layers, head: null }) };
  if (firstQuery(mask, program.ids.length) === null) throw new Unanswerable('No token that could read these stands behind them. Let earlier tokens be ignored.');
  const pieces = piecesOf(params, layers, mask).filter((piece) => of(piece).size > 0);
  const draws = drawsOf(program, mask, params.draws);
  const heads = [mask.heads, ...pieces.map(of)];
  const masks = heads.flatMap((some) => [sources, ...draws].map((tokens): Mask => ({ sources: tokens, queries, heads: some })));
  return { mask, layers, listed, pieces, draws, masks: [{ sources, queries, heads: new Map() }, ...masks] };
}

function headOf(given: string, { shape: { layers, heads } }: Model): { layer: number; head: number } {
  const found = parseHead(given)!;
  if (found.layer < layers && found.head < heads) return found;
  throw new Error(`There is no head ${given}; the model has the layers 0 to ${layers - 1} with the heads 0 to ${heads - 1}.`);
}

/** What is masked alone; none where that is the whole. */
function piecesOf({ sweep, window }: Params<'knockout'>, { from, to }: { from: number; to: number }, { heads }: Mask): Piece[] {
  if (sweep === 'whole') return [];
  if (sweep === 'head') return [...heads].flatMap(([layer, some]) => some.map((head) => ({ from: layer, to: layer, head })));
  const count = to - from + 1 - window + 1;
  return count < 2 ? [] : Array.from({ length: count }, (_, i) => ({ from: from + i, to: from + i + window - 1, head: null }));
}

/**
 * As many other tokens, so often: of the code where it has as many, else of the question too. Neither the first token of all, on which
 * heads rest that look for nothing, nor the last, which nothing of the prompt reads, nor one that reads, where these are chosen.
 */
function drawsOf({ ids, tokens }: Program, { sources, queries }: Mask, count: number): number[][] {
  const last = queries ? Math.max(...queries) : ids.length - 1;
  const others = ids.flatMap((_, at) => (at > 0 && at < last && !sources.includes(at) && !queries?.includes(at) ? [at] : []));
  const ofCode = others.filter((at) => tokens[at].start !== null);
  const from = ofCode.length >= sources.length ? ofCode : others;
  if (from.length < sources.length) return [];
  return Array.from({ length: count }, (_, seed) => drawn(from, sources.length, seed).sort((a, b) => a - b));
}

function meanOf(outcomes: readonly (KnockoutOutcome | null)[]): Knockout['random'] {
  const known = outcomes.filter((one) => one !== null);
  if (known.length === 0) return null;
  const mean = (of: (one: KnockoutOutcome) => number) => rounded(known.reduce((sum, one) => sum + of(one), 0) / known.length);
  return { difference: mean(({ difference }) => difference), probability: mean(({ probability }) => probability), draws: known.length };
}

function problemsOf({ share, random, pieces }: Knockout, { draws }: Params<'knockout'>): string[] {
  const unknown = pieces.filter(({ difference }) => difference === null).length;
  return [
    share === 0 && 'None of the tokens that could read these gives them any attention in those layers and heads, so nothing was changed.',
    draws > 0 && random === null && 'There are too few other tokens to draw as many at random, so there is nothing to compare the effect with.',
    unknown > 0 && `${unknown} of ${pieces.length} windows or heads are left out: there some token reads nothing but these.`,
  ].filter((problem) => problem !== false);
}
