/** How often models are right: by rank, by kind, and with several samples. */
import type { ReportFigure, ReportRow, ReportSection } from '../../protocol/studies/report';
import type { StudyRow } from '../../protocol/studies/rows';
import type { Study } from '../../protocol/studies/study';
import { passAtExact, passAtSampled } from '../statistics/pass-at';
import { rankSummary } from '../statistics/ranks';
import { grouped, meanOf, rateOf } from './rates';
import { count, flat, share, shareWithin } from './words';

const TOP = 10;
/** Of answers that most rows have, baselines are told. */
const MOST_GROUPS = 24;

/** @param rows of originals, without problems */
export function accuracySection(rows: readonly StudyRow[], study: Study): ReportSection {
  const { seed } = study;
  const byModel = grouped(rows, ({ model }) => model);
  const typed = rows.some(({ holeStart }) => holeStart !== null);
  const figures: ReportFigure[] = [overall(byModel, typed, seed)];
  for (const [by, title] of [['kind', 'By kind'], ['language', 'By language'], ['truth', 'By answer']] as const) {
    const values = new Set(rows.map((row) => row[by]));
    if (by === 'truth' && typed) continue;
    if (values.size > 1) figures.push(groups(byModel, by, title, seed));
  }
  if (study.sampling) figures.push(passAt(byModel, study.sampling, seed));
  return { id: 'accuracy', title: 'Accuracy', findings: findings(byModel, rows, seed), figures };
}

function overall(byModel: ReadonlyMap<string, StudyRow[]>, typed: boolean, seed: number): ReportFigure {
  const measured = [...byModel].map(([model, rows]) => ({
    model, rows,
    right: rateOf(rows, ({ right }) => right, seed),
    exact: rateOf(rows, ({ exact }) => exact, seed),
    checks: rateOf(rows, ({ checks }) => checks, seed),
    general: rateOf(rows, ({ overGeneral }) => overGeneral, seed),
    top: rateOf(rows, ({ rank }) => rank! <= TOP, seed),
    ranks: rankSummary(rows.map(({ rank }) => rank!)),
    tokens: rankSummary(rows.map(({ tokenRank }) => tokenRank!)),
  }));
  const types = typed ? [{ title: 'same text', right: true }, { title: 'type-checks', right: true }, { title: 'too general', right: true }, { title: `in the first ${TOP}`, right: true }] : [];
  return {
    kind: 'table', name: 'accuracy', title: 'How often models are right',
    about: 'Shares of the programs with 95 % intervals; the mean reciprocal rank of the truth among the answers; the median rank of its first token among all tokens.',
    columns: [{ title: 'model' }, { title: 'programs', right: true }, { title: 'right', right: true }, ...types, { title: 'MRR', right: true }, { title: 'median rank', right: true }],
    cells: measured.map(({ model, rows, right, exact, checks, general, top, ranks, tokens }) => [
      model, count(rows.length), shareWithin(right), ...(typed ? [exact, checks, general, top].map(shareWithin) : []),
      ranks!.mrr.toFixed(3), String(tokens!.median),
    ]),
    rows: measured.map(({ model, rows, right, exact, checks, general, top, ranks, tokens }): ReportRow => ({
      model, programs: rows.length, ...flat('right', right), ...flat('exact', exact), ...flat('checks', checks), ...flat('over_general', general),
      ...flat('top_10', top), mrr: ranks!.mrr, median_rank: ranks!.median, median_token_rank: tokens!.median,
    })),
  };
}

function groups(byModel: ReadonlyMap<string, StudyRow[]>, by: 'kind' | 'language' | 'truth', title: string, seed: number): ReportFigure {
  const all = [...byModel].flatMap(([model, rows]) => [...grouped(rows, (row) => row[by])].map(([name, some]) => ({ model, name, some })));
  const names = new Map<string, number>();
  for (const { name, some } of all) names.set(name, (names.get(name) ?? 0) + some.length);
  const kept = [...names].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST_GROUPS).map(([name]) => name);
  const shown = all.filter(({ name }) => kept.includes(name)).sort((a, b) => kept.indexOf(a.name) - kept.indexOf(b.name));
  const measured = shown.map(({ model, name, some }) => ({ model, name, some, right: rateOf(some, ({ right }) => right, seed) }));
  return {
    kind: 'table', name: `accuracy-by-${by}`, title, about: `How often each model is right, ${title.charAt(0).toLowerCase()}${title.slice(1)}.`,
    columns: [{ title: by === 'truth' ? 'answer' : by }, { title: 'model' }, { title: 'programs', right: true }, { title: 'right', right: true }],
    cells: measured.map(({ model, name, some, right }) => [name, model, count(some.length), shareWithin(right)]),
    rows: measured.map(({ model, name, some, right }): ReportRow => ({ [by]: name, model, programs: some.length, ...flat('right', right) })),
  };
}

function passAt(byModel: ReadonlyMap<string, StudyRow[]>, { k, temperature, topP, samples }: NonNullable<Study['sampling']>, seed: number): ReportFigure {
  const measured = [...byModel].flatMap(([model, rows]) => k.map((at) => ({
    model, at,
    exact: meanOf(rows, ({ sampleProbability: p }) => (p === null ? null : passAtExact(p, at)), seed),
    sampled: samples < at ? null : meanOf(
      rows, (row) => (row.samples === null ? null : passAtSampled(row.samples, row.samplesRight!, at)), seed,
    ),
  })));
  return {
    kind: 'table', name: 'pass-at', title: 'With several samples',
    about: `The chance that one of k samples is the truth with its end, at temperature ${temperature}${topP < 1 ? ` and top p ${topP}` : ''}: exactly, from its probability${samples > 0 ? `, and from ${samples} samples that were drawn` : ''}.`,
    columns: [{ title: 'model' }, { title: 'k', right: true }, { title: 'exact', right: true }, { title: 'drawn', right: true }],
    cells: measured.map(({ model, at, exact, sampled }) => [model, String(at), shareWithin(exact), shareWithin(sampled)]),
    rows: measured.map(({ model, at, exact, sampled }): ReportRow => ({ model, k: at, ...flat('exact', exact), ...flat('drawn', sampled) })),
  };
}

function findings(byModel: ReadonlyMap<string, StudyRow[]>, rows: readonly StudyRow[], seed: number): string[] {
  const truths = grouped(rows.filter(({ model }) => model === rows[0].model), ({ truth }) => truth);
  const [most, some] = [...truths].reduce((a, b) => (b[1].length > a[1].length ? b : a));
  const all = [...truths.values()].reduce((sum, group) => sum + group.length, 0);
  return [...byModel].map(([model, own]) =>
    `${model} is right on ${shareWithin(rateOf(own, ({ right }) => right, seed))} of ${count(own.length)} programs; always saying ${most} would be right on ${share(some.length / all)}.`);
}
