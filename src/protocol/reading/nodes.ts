/**
 * Nodes of a model as people and scripts name them, in flags, requests and documents. Who writes to the residual stream: `embed`, a head
 * (`L3H2`, or `3.2`), all heads of a layer (`3_attn_out`, `3.attn`), an MLP (`3_mlp_out`, `3.mlp`). Who reads it: the queries, keys or
 * values of a head (`L5H3.k`, `5.3.k`), an MLP (`3.mlp`), the `logits`. Keys and values are numbered by the heads that have their own.
 * What writes, and latents of SAEs (`3.mlp_out/17`, `3.mlp_out/error`), can be named at a place: `L3H2@12:5`, `embed@#7`; a number alone is
 * that of a circuit's place, as in the ids of its nodes.
 */
import * as z from 'zod';
import { parseLatentName, type LatentRef } from '../../vocabulary/latent-name';
import { longSite, type SiteName } from '../../vocabulary/sites';
import { said, text } from '../fields';
import { isStretch, STRETCH_WORDS } from './place';

export type NamedReader =
  | { readonly kind: 'logits' }
  | { readonly kind: 'head'; readonly layer: number; readonly head: number; readonly input: 'q' | 'k' | 'v' }
  | { readonly kind: 'mlp'; readonly layer: number };

export type NamedWriter =
  | { readonly kind: 'embed' }
  | { readonly kind: 'head'; readonly layer: number; readonly head: number }
  | { readonly kind: 'attention'; readonly layer: number }
  | { readonly kind: 'mlp'; readonly layer: number };

export const READER_WORDS = 'logits, LAYER.HEAD.q (or k, v), as in 5.3.k or L5H3.k, or LAYER.mlp';
export const WRITER_WORDS = 'embed, LAYER.HEAD, as in 5.3 or L5H3, LAYER.mlp, or LAYER.attn (all heads of a layer)';

const HEAD = String.raw`(?:(\d{1,4})\.|L(\d{1,4})H)(\d{1,4})`;
const MLP = String.raw`(\d{1,4})(?:\.mlp|_mlp_out)`;
const READER = new RegExp(`^(?:logits|${HEAD}\\.([qkv])|${MLP})$`);
const WRITER = new RegExp(`^(?:embed|${HEAD}|${MLP}|(\\d{1,4})(?:\\.attn|_attn_out))$`);

const MOST = 20;
const MOST_OF_THEM = 1000;
/** As they stand in parameters and documents: texts. */
export const readers = z.array(said(text.max(MOST).regex(READER), { words: READER_WORDS })).min(1).max(MOST_OF_THEM);
export const writers = z.array(said(text.max(MOST).regex(WRITER), { words: WRITER_WORDS, place: 'head' })).min(1).max(MOST_OF_THEM);

/** A reader from its name, which the schema has checked. */
export function parseReader(name: string): NamedReader {
  const [, before, after, head, input, mlp] = READER.exec(name) ?? [];
  if (mlp !== undefined) return { kind: 'mlp', layer: Number(mlp) };
  if (head === undefined) return { kind: 'logits' };
  return { kind: 'head', layer: Number(before ?? after), head: Number(head), input: input as 'q' | 'k' | 'v' };
}

/** A writer from its name, which the schema has checked. */
export function parseWriter(name: string): NamedWriter {
  const [, before, after, head, mlp, attention] = WRITER.exec(name) ?? [];
  if (attention !== undefined) return { kind: 'attention', layer: Number(attention) };
  if (mlp !== undefined) return { kind: 'mlp', layer: Number(mlp) };
  if (head === undefined) return { kind: 'embed' };
  return { kind: 'head', layer: Number(before ?? after), head: Number(head) };
}

export type NamedNode = NamedWriter | ({ readonly kind: 'latent' } & LatentRef) | { readonly kind: 'error'; readonly site: SiteName };

export interface NamedPlacedNode {
  readonly node: NamedNode;
  /** Where: a stretch of tokens, or a place of a circuit by its number there; null for everywhere. */
  readonly at: string | number | null;
}

export const PLACED_WORDS = `${WRITER_WORDS}, or a latent as 3.mlp_out/17 or 3.mlp_out/error; at one place as L5H3@PLACE, which is ${STRETCH_WORDS}`;

function nodeOf(name: string): NamedNode | null {
  if (WRITER.test(name)) return parseWriter(name);
  const latent = parseLatentName(name);
  if (latent) return { kind: 'latent', ...latent };
  const [, given] = /^([\w.]+)\/error$/.exec(name) ?? [];
  const site = given === undefined ? null : longSite(given);
  return site && { kind: 'error', site };
}

function placedOf(given: string): NamedPlacedNode | null {
  const [, name, place] = /^([^@]+)(?:@(.+))?$/s.exec(given) ?? [];
  const node = name === undefined ? null : nodeOf(name);
  if (!node) return null;
  if (place === undefined) return { node, at: null };
  if (/^\d{1,6}$/.test(place)) return { node, at: Number(place) };
  return isStretch(place) ? { node, at: place } : null;
}

/** Nodes, each at a place or everywhere. */
export const placed = z.array(said(text.max(400).refine((given) => placedOf(given) !== null), { words: PLACED_WORDS, place: 'head' }))
  .min(1).max(MOST_OF_THEM);

const isLatent = (given: string) => ['latent', 'error'].includes(placedOf(given)?.node.kind ?? '');
export const LATENT_WORDS = `a latent as 3.mlp_out/17, or what its SAE leaves out, 3.mlp_out/error; at one place as 3.mlp_out/17@PLACE, which is ${STRETCH_WORDS}`;
/** Latents and error terms, each at a place or everywhere; and what may read them. */
export const placedLatents = z.array(said(text.max(400).refine(isLatent), { words: LATENT_WORDS })).min(1).max(MOST_OF_THEM);
export const latentReaders = z.array(said(text.max(400).refine((given) => given === 'logits' || isLatent(given)), { words: `logits, or ${LATENT_WORDS}` }))
  .min(1).max(MOST_OF_THEM);

/** A node from its name, which the schema has checked. */
export function parsePlaced(name: string): NamedPlacedNode {
  return placedOf(name)!;
}

const INPUTS = { q: 'queries', k: 'keys', v: 'values' } as const;
/** More readers than these are counted and not named. */
const MOST_NAMED = 3;

/** "the keys of head 5.3". */
export function readerWords(name: string): string {
  const reader = parseReader(name);
  if (reader.kind === 'logits') return 'the logits';
  return reader.kind === 'mlp' ? `MLP ${reader.layer}` : `the ${INPUTS[reader.input]} of head ${reader.layer}.${reader.head}`;
}

/** "the queries of head 3.1 and MLP 4", "9 readers". */
export function readersWords(names: readonly string[]): string {
  const words = names.map(readerWords);
  if (words.length > MOST_NAMED) return `${words.length} readers`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
