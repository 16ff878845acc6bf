/** The latents that tell a program from its near twin. */
import { directEffects } from '../../../methods/latents/direct-effect';
import { latentFindings } from '../../../findings/latents';
import { attributeLatents, type LatentNode, type RowAttribution } from '../../../methods/latents/attribution';
import { runWithSaes } from '../../../methods/latents/gradients';
import { operations } from '../../../methods/patching/plan';
import { patchLatents } from '../../../methods/latents/patching';
import { readLogits } from '../../../model';
import type { Params, Part } from '../../../protocol/analyses';
import type { ExplainedLatent, ExplainedSae } from '../../../protocol/documents/latents';
import { specificFirst } from '../../../protocol/words/dense';
import type { LoadedSae } from '../../../sae';
import { saeAt } from '../../latents/active';
import { positionNames } from '../findings';
import { layersThatMove } from './latent-layers';
import { patching } from '../patching/patching';
import { chosenPositions } from '../positions';
import type { Reading } from '../reading';
import { rounded } from '../../session/rounded';
import { listedSae } from '../../latents/saes';
import { explainedMetric, shareOf } from '../../twins/pair';
import type { Run } from '../run';

export const latents: Run<'latents'> = {
  /** Attributes the program to itself, which needs the sessions that attributing it to its twin needs. */
  prepare: async (reading, params, { signal }) => {
    if (!reading.session.cold) return;
    const { loaded: { model }, program: { ids } } = reading;
    const { saes, error, mode } = await spliced(reading, params);
    const same = ids.map((_, i) => i);
    const metric = { positive: ids[0], negative: ids[0] };
    await attributeLatents(model, { base: ids, source: ids, sourceOf: same, metric, saes, error, mode, top: params.top, signal });
    await runWithSaes(model, [ids], { saes, error: !error, signal });
  },
  cost: async (reading, params, { against, topK, ...asking }) => {
    const { program: { ids }, loaded: { model } } = reading;
    const { saes } = await spliced(reading, params);
    const asked = { site: 'hook_resid_pre', direction: 'denoising', window: 1, exact: false, answers: params.answers } as const;
    const sweep = params.sites !== null ? { count: 0, operations: 0, atMost: false }
      : await patching.cost!(reading, asked, { against, topK, ...asking });
    const steps = params.method === 'gradient' ? 1 : params.steps;
    const forward = operations([{ layer: 0, position: 0 }], ids.length, model.shape);
    const encoding = ids.length * sum(saes.map(({ config }) => 4 * config.dIn * config.dSae));
    // Both programs, then a way there and back for each gradient, which takes as long as three; and a patch for each latent.
    const patches = params.check ? params.top : 0;
    return {
      count: 2 + 2 * steps + patches + sweep.count,
      unit: 'passes through the model',
      operations: (2 + 3 * steps) * (forward + encoding) + patches * forward + sweep.operations,
      atMost: sweep.atMost,
    };
  },
  run: async (reading, params, { against, topK, signal, onProgress }) => {
    const { program, loaded: { model, tokenizer } } = reading;
    const { top, check } = params;
    const steps = params.method === 'gradient' ? null : params.steps;
    const { saes: open, error, mode } = await spliced(reading, params);
    const pair = await reading.pair(against, params.answers, topK, { signal, onProgress });
    const { saes, layers, sentences } = params.sites === null
      ? await layersThatMove(reading, pair, open, { against, answers: params.answers }, { signal, onProgress })
      : { saes: open, layers: null, sentences: [] };
    const { base, source, sourceOf: beside } = pair.runs('denoising');
    // No latent is looked for at the tokens with which both answers begin: there both runs read the same, and not the code.
    const sourceOf = beside.map((at) => (at !== null && at < program.ids.length ? at : null));
    const sweep = { base, source, sourceOf, metric: pair.logits, signal };
    const onSweep = (done: number, total: number) => onProgress?.('Patching', done, total);
    const positions = await chosenPositions(model, params.positions, program, { ...sweep, onProgress: onSweep });
    onProgress?.('Attributing to latents');
    const result = await attributeLatents(model, {
      ...sweep, saes, error, mode, top,
      sourceOf: sourceOf.map((at) => (at !== null && (positions?.includes(at) ?? true) ? at : null)),
      ...(steps !== null && { steps, onProgress: (done, total) => onProgress?.('Attributing to latents', done, total) }),
    });
    const direct = await directEffects(model, result.gradients, pair.logits, result.top);
    if (check) onProgress?.('Patching the latents that are listed');
    const settings = result.top.map((node) => ({ ...node, value: node.source }));
    const metrics = check ? await patchLatents(model, base, pair.logits, settings, { saes, error, signal }) : null;
    const patched = metrics && metrics.map((value) => value - result.baseMetric);

    const own = { clean: rounded(result.sourceMetric), corrupted: rounded(result.baseMetric) };
    const measured = async (ids: readonly number[]) => {
      const { run } = await runWithSaes(model, [ids], { saes, error: !error, signal });
      const { data } = await readLogits(model, run.resid, [ids.length - 1], [pair.logits.positive, pair.logits.negative]);
      return rounded(data[0] - data[1]);
    };
    const other = { clean: await measured(source), corrupted: await measured(base) };
    const [withErrors, withoutErrorTerms] = error ? [own, other] : [other, own];
    /** A change of the metric as a share of the difference between original and variant. */
    const share = (change: number | null) =>
      change === null ? null : shareOf(result.baseMetric + change, result.sourceMetric, result.baseMetric);
    const shown = (logits: number) => ({ attribution: share(logits), logits: rounded(logits) });
    const book = await reading.session.book();
    const refs = result.top.map(({ sae, latent }) => ({ site: sae.config.site, latent }));
    const [described, densities] = [await book.describe(refs), await book.densities(refs)];
    const listed = result.top.map((node, i): ExplainedLatent => {
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
        logits: {
          attribution: rounded(node.attribution), directEffect: roundedOr(logits.directEffect), patched: roundedOr(logits.patched),
        },
        description: described[i].description?.text ?? null,
        density: roundedOr(densities[i]),
      };
    });
    const explainedSaes = result.saes.map(({ sae, rows }): ExplainedSae => {
      const errors = error ? rounded(sum(rows.map((row) => row.error!))) : null;
      return { ...listedSae(sae), logits: { latents: rounded(sum(rows.map((row) => row.latents))), error: errors } };
    });
    return {
      value: {
        metric: explainedMetric(pair.metric, tokenizer),
        ...withErrors,
        withoutErrorTerms,
        errorTerm: error,
        method: params.method,
        steps: steps ?? 1,
        positions,
        layers,
        mode,
        saes: explainedSaes,
        latents: specificFirst(listed),
        summed: result.summed.map(({ sae, latent, attribution }) => ({ site: sae.config.site, latent, ...shown(attribution) })),
        errors: result.saes.flatMap(({ sae, rows }) =>
          errorsOf(rows).map(([position, logits]) => ({ site: sae.config.site, position: sourceOf[position]!, ...shown(logits) })),
        ),
        check: patched && agreement(result.top, patched),
      },
      findings: [
        ...latentFindings({ ...withErrors, withoutErrorTerms, saes: explainedSaes, latents: listed, names: positionNames(program) }),
        ...sentences,
        ...(pair.metric.shared.length === 0 ? [] : [SHARED_LEFT_OUT]),
      ],
      problems: await book.problems(saes),
    };
  },
};

const SHARED_LEFT_OUT =
  'Both answers begin with the same tokens, so these are put after both prompts, and the metric compares what comes next. Latents at these tokens are not listed.';

/** The SAEs that take part, and how. */
async function spliced(reading: Reading, { sites, errorTerm, mode }: Params<'latents'>) {
  const all = await reading.session.saes();
  const chosen = sites === null || sites === 'all' ? null : sites.map((site) => saeAt(all, site, reading.loaded.model.shape.layers));
  const saes = chosen ? all.filter((sae) => chosen.includes(sae)) : all;
  return { saes, error: errorTerm, mode: mode ?? (errorTerm ? ('pass-through' as const) : ('through' as const)) };
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
function agreement(nodes: readonly LatentNode[], patched: readonly number[]): Part<'latents'>['check'] {
  const estimates = nodes.map(({ attribution }) => attribution);
  const centred = [estimates, patched].map((values) => values.map((value) => value - sum(values) / values.length));
  const [a, b] = centred.map((values) => Math.hypot(...values));
  const correlation = a > 0 && b > 0 ? rounded(sum(centred[0].map((value, i) => value * centred[1][i])) / (a * b)) : null;
  return { correlation, sameSign: estimates.filter((value, i) => Math.sign(value) === Math.sign(patched[i])).length, count: nodes.length };
}
