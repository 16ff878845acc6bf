/** What a request about latents says, checked, as `requests.ts` does for the others. */
import type { ActivationsRequest, ChangeLatentsRequest, LatentsRequest } from '../protocol/engine';
import { LARGEST_CHANGE, type ChangedLatent, type LatentChange, type LatentRef } from '../protocol/latents';
import { whole } from './requests';

const COUNT = [1, 100] as const;
/** As many as can be told apart, and more. */
const MOST_LATENTS = 1000;
const MOST_GENERATED = 1000;
const MOST_STEPS = 1000;
const MOST_TOP = 10_000;

export function activationsOf({ site, count, around, text }: ActivationsRequest): Pick<ActivationsRequest, 'site' | 'count' | 'around'> {
  whole('The number of latents to list for each token', count, ...COUNT);
  if (around !== null && around !== undefined) whole('The place to read at', around, 0, text.length);
  return { site: site ?? null, count, around: around ?? null };
}

export function latentsOf(latents: readonly LatentRef[]): readonly LatentRef[] {
  if (!Array.isArray(latents) || latents.length > MOST_LATENTS || !latents.every(isRef)) {
    throw new Error(`Name up to ${MOST_LATENTS} latents, each by its site and number.`);
  }
  return latents;
}

export function changesOf({ changes, generate }: ChangeLatentsRequest): { changes: ChangedLatent[]; generate: number } {
  if (!Array.isArray(changes) || changes.length === 0 || changes.length > MOST_LATENTS || !changes.every(isRef)) {
    throw new Error(`Name from 1 to ${MOST_LATENTS} latents to change, each by its site and number.`);
  }
  for (const { positions, change } of changes) {
    if (positions !== 'all' && !isPositions(positions)) throw new Error("A latent's positions must be 'all' or a list of whole numbers from 0 on.");
    if (!isChange(change)) {
      throw new Error(`A latent can be ablated, or set to, scaled by or steered by a number from -${LARGEST_CHANGE} to ${LARGEST_CHANGE}.`);
    }
  }
  whole('The number of tokens to generate', generate, 0, MOST_GENERATED);
  return { changes, generate };
}

/** What `latents` asks beyond the code. */
export function attributionOf(request: LatentsRequest): Pick<LatentsRequest, 'sites' | 'positions' | 'top' | 'errorTerm' | 'check'> & { steps: number | null } {
  const { sites, positions, top, errorTerm, method, steps = 10, check } = request;
  if (sites !== null && !(Array.isArray(sites) && sites.every((site) => typeof site === 'string'))) throw new Error('The sites must be a list of texts.');
  if (sites?.length === 0) throw new Error('No site is chosen. Choose some, or leave the choice out for all.');
  if (positions !== null && positions !== 'relevant' && !isPositions(positions)) {
    throw new Error("The positions must be a list of whole numbers from 0 on, or 'relevant'.");
  }
  whole('The number of latents to list', top, 1, MOST_TOP);
  whole('The number of steps', steps, 1, MOST_STEPS);
  if (method !== 'gradient' && method !== 'integrated-gradients') {
    throw new Error(`'${String(method)}' is no method of attribution; choose gradient or integrated-gradients.`);
  }
  return { sites, positions, top, errorTerm: errorTerm !== false, check: check === true, steps: method === 'gradient' ? null : steps };
}

function isRef(ref: LatentRef | null): boolean {
  return typeof ref?.site === 'string' && Number.isInteger(ref.latent);
}

function isPositions(positions: unknown): positions is number[] {
  return Array.isArray(positions) && positions.every((position) => Number.isInteger(position) && position >= 0);
}

function isChange(change: LatentChange | null): boolean {
  switch (change?.kind) {
    case 'ablate':
      return true;
    case 'set':
      return isBounded(change.value);
    case 'scale':
      return isBounded(change.factor);
    case 'steer':
      return isBounded(change.by);
    default:
      return false;
  }
}

function isBounded(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= LARGEST_CHANGE;
}
