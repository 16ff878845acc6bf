/** What the Latents view's page says, and what commands about latents are called with, read without trust. */
import type { LatentChange, LatentRef } from '../../protocol/latents';
import { MOST_GENERATED, type FromLatentsView, type Intervention, type LatentAction, type LatentArgument, type ViewSearch } from '../../protocol/latents-view';

const LONGEST_QUERY = 200;
const ACTIONS: readonly LatentAction[] = ['highlight', 'find', 'annotate', 'copyName'];
const WHERE: readonly Intervention['where'][] = ['everywhere', 'cursor', 'given'];
const BY: readonly ViewSearch['by'][] = ['description', 'promotes', 'here'];

type Fields = Record<string, unknown>;

/** Null for what is no message of the page. */
export function readMessage(message: unknown): FromLatentsView | null {
  if (!isObject(message)) return null;
  const ref = readRef(message.ref);
  switch (message.type) {
    case 'ready': {
      const search = readSearch(message.search);
      return search && { type: 'ready', search, opened: readRef(message.opened) };
    }
    case 'start':
    case 'cancel':
      return { type: message.type };
    case 'search': {
      const search = readSearch(message.search);
      return search && { type: 'search', search };
    }
    case 'open':
      return ref || message.ref === null ? { type: 'open', ref } : null;
    case 'run': {
      const intervention = readIntervention(message.intervention);
      return intervention && { type: 'run', intervention };
    }
    case 'action':
      return ref && ACTIONS.includes(message.action as LatentAction) ? { type: 'action', action: message.action as LatentAction, ref } : null;
    case 'export': {
      const { name, kind, content } = message;
      return typeof name === 'string' && kind === 'json' && typeof content === 'string' ? { type: 'export', name, kind, content } : null;
    }
    default:
      return null;
  }
}

/** @throws when a command was called with something else than a latent; undefined for nothing */
export function latentArgument(value: unknown): LatentArgument | undefined {
  if (value === undefined || value === null) return undefined;
  const ref = readRef(value);
  if (!ref) throw new Error('This command takes { site, latent }, for example { "site": "blocks.2.hook_resid_post", "latent": 12 }.');
  const { position, at } = value as Fields;
  return {
    ...ref,
    ...(isCount(position) && { position }),
    ...(isObject(at) && typeof at.uri === 'string' && isCount(at.offset) && { at: { uri: at.uri, offset: at.offset } }),
  };
}

/** "blocks.2.hook_resid_post:12" → its parts; null for anything else. */
export function parseLatentName(text: string): LatentRef | null {
  const [, site, latent] = /^\s*([\w.]+)\s*[:#]\s*(\d{1,9})\s*$/.exec(text) ?? [];
  return site === undefined ? null : { site, latent: Number(latent) };
}

export function latentName({ site, latent }: LatentRef): string {
  return `${site}:${latent}`;
}

export function sameLatent(a: LatentRef | null, b: LatentRef | null): boolean {
  return a?.site === b?.site && a?.latent === b?.latent;
}

function readRef(value: unknown): LatentRef | null {
  if (!isObject(value)) return null;
  const { site, latent } = value;
  return typeof site === 'string' && site !== '' && isCount(latent) ? { site, latent } : null;
}

function readSearch(value: unknown): ViewSearch | null {
  if (!isObject(value)) return null;
  const { by, query, site } = value;
  if (!BY.includes(by as ViewSearch['by']) || typeof query !== 'string' || query.length > LONGEST_QUERY) return null;
  return site === null || typeof site === 'string' ? { by: by as ViewSearch['by'], query, site } : null;
}

function readIntervention(value: unknown): Intervention | null {
  if (!isObject(value)) return null;
  const { where, errorTerm, generate } = value;
  const change = readChange(value.change);
  const fits = WHERE.includes(where as Intervention['where']) && typeof errorTerm === 'boolean' && isCount(generate) && generate <= MOST_GENERATED;
  return change && fits ? { change, where: where as Intervention['where'], errorTerm, generate } : null;
}

function readChange(value: unknown): LatentChange | null {
  if (!isObject(value)) return null;
  const { kind, value: to, factor, by } = value;
  if (kind === 'ablate') return { kind };
  if (kind === 'set' && isNumber(to)) return { kind, value: to };
  if (kind === 'scale' && isNumber(factor)) return { kind, factor };
  return kind === 'steer' && isNumber(by) ? { kind, by } : null;
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
