/** What a study keeps of an analysis: its numbers by name, and those that it has for each layer. */
import { ANALYSIS_IDS, type AnalysisId, type Part } from '../../protocol/analyses';
import type { Result } from '../../protocol/documents/result';
import { isNumber, isObject } from '../../protocol/fields';
import type { Measure } from '../../protocol/studies/rows';
import { CODE_ROLES, type CodeRole } from '../../vocabulary/code-roles';
import { rounded } from '../../engine/session/rounded';

/** Analyses of which there are numbers by the roles of tokens. */
export const BY_ROLE = ['attention', 'patching', 'latents'] as const satisfies readonly AnalysisId[];

/**
 * By name, as "lens.truthProbability" with a number for each layer.
 * @param roles of all tokens, where one of `BY_ROLE` was asked for
 */
export function measuresOf(result: Result, truth: string, roles: readonly CodeRole[] | null): Record<string, Measure> {
  const { layers } = result.reading.model;
  const measures: Record<string, Measure> = {};
  for (const id of ANALYSIS_IDS) {
    const answered = result.parts[id];
    const missing = result.missing?.[id];
    if (missing !== undefined) measures[`${id}.missing`] = missing;
    if (!answered) continue;
    const own: ((part: Part<never>, truth: string, roles: readonly CodeRole[]) => Record<string, Measure>) | undefined = OWN[id];
    const found = own ? own(answered.value as never, truth, roles ?? []) : plainNumbers(answered.value, layers);
    for (const [name, value] of Object.entries(found)) measures[`${id}.${name}`] = value;
  }
  return measures;
}

type Own = { [K in AnalysisId]?: (part: Part<K>, truth: string, roles: readonly CodeRole[]) => Record<string, Measure> };

/** Analyses of which there is more to keep than their plain numbers. */
const OWN: Own = {
  lens: ({ answers, tuned, labels }, truth) => {
    const at = labels.indexOf(truth);
    if (at < 0) return {};
    const last = (rows: typeof answers, of: 'rank' | 'probability') => rows.map((row) => rounded(row.at(-1)![at][of] + (of === 'rank' ? 1 : 0)));
    const both = (rows: typeof answers, name: string) => ({ [`${name}Rank`]: last(rows, 'rank'), [`${name}Probability`]: last(rows, 'probability') });
    return { ...both(answers, 'truth'), ...(tuned && both(tuned.answers, 'tunedTruth')) };
  },
  // The share of the attention of the token that reads, a mean over each layer's heads; those of all roles are 1 together.
  attention: ({ weights }, _, roles) => byRole(roles, (positions) => weights.map((heads) =>
    rounded(heads.reduce((sum, row) => sum + positions.reduce((own, at) => own + row[at], 0), 0) / heads.length))),
  latents: ({ metric: _, latents, ...rest }, __, roles) => ({
    ...plainNumbers(rest, Infinity),
    // What the listed ones of each role do together, of the difference between the programs.
    ...byRole(roles, (positions) => rounded(latents.reduce((sum, { position, attribution }) => sum + (positions.includes(position) ? (attribution ?? 0) : 0), 0)), 'attribution.'),
  }),
  patching: ({ effect, clean, corrupted }, _, roles) => ({
    clean: rounded(clean), corrupted: rounded(corrupted),
    // The largest share that one token of a role restores.
    ...(effect && byRole(roles, (positions) => effect.map((row) => rounded(positions.reduce((most, at) => Math.max(most, row[at] ?? 0), 0))), 'best.')),
    // The largest share of the difference that one position restores, and what the last position does.
    ...(effect && {
      best: effect.map((row) => rounded(row.reduce<number>((most, share) => Math.max(most, share ?? 0), 0))),
      last: effect.map((row) => (row.at(-1) === null ? null : rounded(row.at(-1)!))),
    }),
  }),
};

/** What is found of the tokens of each role that there are. */
function byRole(roles: readonly CodeRole[], find: (positions: readonly number[]) => Measure, prefix = ''): Record<string, Measure> {
  const names = (Object.keys(CODE_ROLES) as CodeRole[]).filter((role) => roles.includes(role));
  return Object.fromEntries(names.map((role) => [`${prefix}${role}`, find(roles.flatMap((one, at) => (one === role ? [at] : [])))]));
}

/** Numbers at the top of a part and in its objects, and lists of as many as there are layers. */
function plainNumbers(part: unknown, layers: number, path = '', depth = 0): Record<string, Measure> {
  if (!isObject(part) || depth > 3) return {};
  return Object.assign({}, ...Object.entries(part).map(([key, value]): Record<string, Measure> => {
    const name = path === '' ? key : `${path}.${key}`;
    if (isNumber(value)) return { [name]: rounded(value as number) };
    if (Array.isArray(value) && value.length === layers && value.every(isNumber)) return { [name]: (value as number[]).map(rounded) };
    return plainNumbers(value, layers, name, depth + 1);
  })) as Record<string, Measure>;
}
