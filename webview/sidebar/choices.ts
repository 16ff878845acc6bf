/** What the reader typed and chose in the Latents view, kept while the view is hidden and over a reload. */
import { UNASKED } from '../../src/protocol/pages/answer';
import type { LatentChange } from '../../src/vocabulary/latent-change';
import { latentRef } from '../../src/protocol/analyses/activations';
import { MOST_GENERATED, viewSearch, type Intervention, type LatentsViewState, type ViewSearch } from '../../src/protocol/pages/latents-view';
import type { LatentRef } from '../../src/vocabulary/latent-name';

export type Kind = LatentChange['kind'];

export interface Form {
  kind: Kind;
  /** What was typed; empty stands for what is suggested. */
  values: Record<Exclude<Kind, 'ablate'>, string>;
  where: Intervention['where'];
  errorTerm: boolean;
  generate: string;
}

export interface Choices {
  search: ViewSearch;
  opened: LatentRef | null;
  form: Form;
}

export const FIRST: Choices = {
  search: { by: 'description', query: '', site: null },
  opened: null,
  form: { kind: 'ablate', values: { set: '', scale: '', steer: '' }, where: 'everywhere', errorTerm: true, generate: '0' },
};

/** What the page shows until the extension has said anything. */
export const BLANK: LatentsViewState = {
  engine: 'stopped', saes: UNASKED, found: UNASKED, opened: null, page: UNASKED, changed: UNASKED, attributed: null, given: null, names: [], highlighted: [],
};

/** A value worth trying first: the latent's largest known activation, twice as much, or more by half of it. */
export function suggested(kind: Exclude<Kind, 'ablate'>, maximum: number | null): number {
  if (kind === 'scale') return 2;
  const largest = maximum && maximum > 0 ? maximum : 1;
  return Number((kind === 'set' ? largest : largest / 2).toPrecision(3));
}

/** What the form asks for, or the sentence that says what is wrong with it. */
export function interventionOf({ kind, values, where, errorTerm, generate }: Form, maximum: number | null): Intervention | string {
  const tokens = generate.trim() === '' ? 0 : Number(generate);
  if (!Number.isInteger(tokens) || tokens < 0 || tokens > MOST_GENERATED) return `Give a whole number of tokens to generate, 0 to ${MOST_GENERATED}.`;
  const rest = { where, errorTerm, generate: tokens };
  if (kind === 'ablate') return { change: { kind }, ...rest };
  const value = values[kind].trim() === '' ? suggested(kind, maximum) : Number(values[kind]);
  if (!Number.isFinite(value)) return 'Give a number, for example 2.5.';
  const change: LatentChange = kind === 'set' ? { kind, value } : kind === 'scale' ? { kind, factor: value } : { kind, by: value };
  return { change, ...rest };
}

/** What was kept, as far as it is that. */
export function readChoices(value: unknown): Choices {
  if (!isObject(value)) return FIRST;
  const { search, opened, form } = value;
  return {
    search: viewSearch.safeParse(search).data ?? FIRST.search,
    opened: latentRef.safeParse(opened).data ?? null,
    form: readForm(form),
  };
}

function readForm(value: unknown): Form {
  if (!isObject(value)) return FIRST.form;
  const { kind, values, where, errorTerm, generate } = value;
  const text = (of: unknown, otherwise: string) => (typeof of === 'string' ? of : otherwise);
  const typed = isObject(values) ? values : {};
  return {
    kind: kind === 'set' || kind === 'scale' || kind === 'steer' ? kind : 'ablate',
    values: { set: text(typed.set, ''), scale: text(typed.scale, ''), steer: text(typed.steer, '') },
    where: where === 'cursor' ? where : 'everywhere', // a token that a command named is forgotten
    errorTerm: errorTerm !== false,
    generate: text(generate, FIRST.form.generate),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
