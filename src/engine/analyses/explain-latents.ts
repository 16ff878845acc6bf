/** The latents that tell a program from its near twin, as one document. */
import { directEffects } from '../../methods/latents/direct-effect';
import { latentFindings } from '../../findings/latents';
import { attributeLatents, type LatentNode, type RowAttribution } from '../../methods/latents/attribution';
import { runWithSaes } from '../../methods/latents/gradients';
import { patchLatents } from '../../methods/latents/patching';
import { checked, type ChosenAnswers } from '../../methods/metric';
import { normalizedEffect, SMALLEST_DIFFERENCE } from '../../methods/patching/patching';
import { predict } from '../../methods/prediction';
import { readLogits, type Model } from '../../model';
import type { DescribedLatent, ExplainedLatent, ExplainedSae, LatentRef, LatentsDocument } from '../../protocol/latents';
import type { LoadedSae } from '../../sae';
import type { Template } from '../../snippets/prompts/templates';
import type { Labeller } from '../../snippets/twins/variants';
import { arrange } from '../reading/arrange';
import { compared, isGiven, type Against } from '../twins/against';
import { readDocument, explainedTwin, shifted } from './document';
import { explainedMetric } from './explain-patching';
import { positionNames } from './explain-findings';
import { chosenPositions } from './latent-positions';
import type { LoadedModel } from '../session/load';
import { openQuestion, readProgram, type Program, type SourceText } from '../reading/program';
import type { Progress } from '../session/progress';
import { rounded } from '../session/rounded';
import { listedSae } from '../latents/saes';
import { metricOf, TwinSearch } from '../twins/twins';

export interface ExplainLatentsOptions {
  saes: readonly LoadedSae[];
  /** How many latents to list. */
  top: number;
  /** Whether the SAEs' error terms are part of the runs. */
  error: boolean;
  mode: 'through' | 'pass-through';
  /** Gradients on the way from the variant's activations to the original's; null or left out for one gradient. */
  steps?: number | null;
  /** Positions of the original; 'relevant' for those that patching finds; null or left out for all. */
  positions?: readonly number[] | 'relevant' | null;
  /** Whether each latent that is listed is really patched as well. */
  check?: boolean;
  /** Says what latents stand for. */
  describe?: (refs: readonly LatentRef[]) => Promise<DescribedLatent[]>;
  /** Says what is wrong with the SAEs or with what is known about them. */
  problems?: () => Promise<string[]>;
  /** Whether it is the first request of this model and its SAEs: their sessions are then opened while Python starts. */
  first?: boolean;
  /** The most tokens that a prompt may have, where that is fewer than the model reads. */
  contextLimit?: number;
  label?: Labeller;
  /** The near twin; the most telling verified edit when left out. */
  against?: Against;
  /** Labels of two answers whose logits are compared; where left out, those that the programs give. */
  pair?: ChosenAnswers;
  signal?: AbortSignal;
  onProgress?: Progress;
}

/**
 * @throws a sentence when there is nothing to compare with, the two answers cannot be told apart, a position cannot be attributed, or an
 *   SAE does not fit
 */
export async function explainLatents(
  loaded: LoadedModel,
  template: Template,
  text: SourceText,
  options: ExplainLatentsOptions,
): Promise<LatentsDocument> {
  const { saes, top, error, mode, steps = null, check = false, against, signal, onProgress } = options;
  const { model, tokenizer } = loaded;
  const question = openQuestion(loaded, template, options.contextLimit);
  if (options.pair) checked(question.answers, options.pair);
  const { source: arranged, label } = await arrange(loaded, question, text, options.label);
  const program = readProgram(loaded, question, arranged);
  const wantsTwins = !isGiven(against);
  const search = wantsTwins ? new TwinSearch(loaded, question, program, label) : null;
  onProgress?.('Reading the code');
  const prediction = await predict(model, program.ids, question.answers, { signal });
  if (wantsTwins) onProgress?.('Making variants');
  const opening = options.first ? openSessions(model, program, options) : undefined;
  opening?.catch(() => undefined); // said when it is awaited
  await opening;
  const comparing = { label, running: options.label, against, signal, onProgress };
  const { outcome, comparison, none } = await compared(loaded, question, { program, prediction }, search, comparing);
  if (!comparison) throw new Error(none ?? 'There is nothing to compare with.');
  const metric = metricOf(question.answers, { outcome, prediction }, comparison, options.pair);

  // No latent is looked for at the tokens with which both answers begin: there both runs read the same, and not the code.
  const source = [...program.ids, ...metric.shared];
  const base = [...comparison.program.ids, ...metric.shared];
  const { columns } = comparison.alignment;
  const sourceOf: (number | null)[] = base.map(() => null);
  for (const { original, variant } of columns) if (variant !== null) sourceOf[variant] = original;
  const tokens = { positive: metric.positiveToken, negative: metric.negativeToken };
  const sweep = { base, source, sourceOf, metric: tokens, signal };
  const onSweep = (done: number, total: number) => onProgress?.('Patching', done, total);
  const positions = await chosenPositions(model, options.positions ?? null, program, { ...sweep, onProgress: onSweep });
  onProgress?.('Attributing to latents');
  const result = await attributeLatents(model, {
    ...sweep, saes, error, mode, top,
    sourceOf: sourceOf.map((at) => (at !== null && (positions?.includes(at) ?? true) ? at : null)),
    ...(steps !== null && { steps, onProgress: (done, total) => onProgress?.('Attributing to latents', done, total) }),
  });
  const direct = await directEffects(model, result.gradients, tokens, result.top);
  if (check) onProgress?.('Patching the latents that are listed');
  const settings = result.top.map((node) => ({ ...node, value: node.source }));
  const metrics = check ? await patchLatents(model, base, tokens, settings, { saes, error, signal }) : null;
  const patched = metrics && metrics.map((value) => value - result.baseMetric);

  const own = { clean: rounded(result.sourceMetric), corrupted: rounded(result.baseMetric) };
  const measured = async (ids: readonly number[]) => {
    const { run } = await runWithSaes(model, [ids], { saes, error: !error, signal });
    const { data } = await readLogits(model, run.resid, [ids.length - 1], [tokens.positive, tokens.negative]);
    return rounded(data[0] - data[1]);
  };
  const other = { clean: await measured(source), corrupted: await measured(base) };
  const [withErrors, withoutErrorTerms] = error ? [own, other] : [other, own];
  const clear = Math.abs(result.sourceMetric - result.baseMetric) >= SMALLEST_DIFFERENCE;
  /** A change of the metric as a share of the difference between original and variant. */
  const share = (change: number | null) =>
    change === null || !clear ? null : rounded(normalizedEffect(result.baseMetric + change, result.sourceMetric, result.baseMetric));
  const shown = (logits: number) => ({ attribution: share(logits), logits: rounded(logits) });
  const described = await options.describe?.(result.top.map(({ sae, latent }) => ({ site: sae.config.site, latent })));
  const latents = result.top.map((node, i): ExplainedLatent => {
    const position = sourceOf[node.position]!;
    const logits = { attribution: node.attribution, directEffect: direct[i], patched: patched && patched[i] };
    return {
      ...placeOf(node.sae),
      position,
      token: program.tokens[position].text,
      latent: node.latent,
      head: node.head,
      clean: rounded(node.source),
      corrupted: rounded(node.base),
      attribution: share(logits.attribution),
      directEffect: share(logits.directEffect),
      patched: share(logits.patched),
      logits: { attribution: rounded(node.attribution), directEffect: roundedOr(logits.directEffect), patched: roundedOr(logits.patched) },
      description: described?.[i].description?.text ?? null,
    };
  });
  const explainedSaes = result.saes.map(({ sae, rows }): ExplainedSae => {
    const errors = error ? rounded(sum(rows.map((row) => row.error!))) : null;
    return { ...listedSae(sae), logits: { latents: rounded(sum(rows.map((row) => row.latents))), error: errors } };
  });
  return {
    format: 'latent-lens/latents',
    version: 1,
    ...(await readDocument(loaded, question, program, prediction, signal)),
    actual: shifted(outcome, program, question.answers),
    counterfactual: explainedTwin(comparison, program, tokenizer),
    metric: explainedMetric(metric, tokenizer),
    ...withErrors,
    withoutErrorTerms,
    errorTerm: error,
    method: steps === null ? 'gradient' : 'integrated-gradients',
    steps: steps ?? 1,
    positions,
    mode,
    saes: explainedSaes,
    latents,
    summed: result.summed.map(({ sae, latent, attribution }) => ({ site: sae.config.site, latent, ...shown(attribution) })),
    errors: result.saes.flatMap(({ sae, rows }) =>
      errorsOf(rows).map(([position, logits]) => ({ site: sae.config.site, position: sourceOf[position]!, ...shown(logits) })),
    ),
    check: patched && agreement(result.top, patched),
    findings: [
      ...latentFindings({ ...withErrors, withoutErrorTerms, saes: explainedSaes, latents, names: positionNames(program) }),
      ...(metric.shared.length === 0 ? [] : [SHARED_LEFT_OUT]),
    ],
    problems: (await options.problems?.()) ?? [],
  };
}

const SHARED_LEFT_OUT =
  'Both answers begin with the same tokens, so these are put after both prompts, and the metric compares what comes next. Latents at these tokens are not listed.';

/** Attributes the program to itself, which needs the sessions that attributing it to its twin needs. */
async function openSessions(model: Model, { ids }: Program, { saes, error, mode, top, signal }: ExplainLatentsOptions): Promise<void> {
  const same = ids.map((_, i) => i);
  const metric = { positive: ids[0], negative: ids[0] };
  await attributeLatents(model, { base: ids, source: ids, sourceOf: same, metric, saes, error, mode, top, signal });
  await runWithSaes(model, [ids], { saes, error: !error, signal });
}

/** The error's attribution at each position of the base, its heads together. */
function errorsOf(rows: readonly RowAttribution[]): [position: number, logits: number][] {
  const positions = new Map<number, number>();
  for (const { position, error } of rows) if (error !== null) positions.set(position, (positions.get(position) ?? 0) + error);
  return [...positions];
}

function placeOf({ config, site }: LoadedSae): Pick<ExplainedLatent, 'site' | 'layer'> {
  return { site: config.site, layer: site.kind === 'block' ? site.layer : null };
}

function roundedOr(value: number | null): number | null {
  return value === null ? null : rounded(value);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Pearson's correlation (null where either side does not vary) and how many signs agree. */
function agreement(nodes: readonly LatentNode[], patched: readonly number[]): LatentsDocument['check'] {
  const estimates = nodes.map(({ attribution }) => attribution);
  const centred = [estimates, patched].map((values) => values.map((value) => value - sum(values) / values.length));
  const [a, b] = centred.map((values) => Math.hypot(...values));
  const correlation = a > 0 && b > 0 ? rounded(sum(centred[0].map((value, i) => value * centred[1][i])) / (a * b)) : null;
  return { correlation, sameSign: estimates.filter((value, i) => Math.sign(value) === Math.sign(patched[i])).length, count: nodes.length };
}
