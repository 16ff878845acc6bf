/**
 * What the extension and the Latents view in the side bar tell each other. The extension holds what the engine answered; the page draws
 * it, and keeps what the reader typed.
 */
import * as z from 'zod';
import { latentRef } from '../analyses/activations';
import { latentChange } from '../analyses/intervention';
import type { LatentChange } from '../../vocabulary/latent-change';
import type { Answer } from './answer';
import { count, siteName, text, whole } from '../fields';
import type { ChangedDocument, DescribedLatent, LatentPage, SaeList } from '../documents/latents';
import type { LatentRef } from '../../vocabulary/latent-name';

/** From the extension to the page. */
export type ToLatentsView =
  | { type: 'state'; state: LatentsViewState }
  /** The form is set to what the extension runs now. */
  | { type: 'form'; kind: LatentChange['kind']; where: Intervention['where'] }
  /** The list comes to the front, with the keyboard in its search. */
  | { type: 'focusSearch' };

export interface LatentsViewState {
  /** With a stopped engine nothing is asked before the reader does something. */
  engine: 'stopped' | 'starting' | 'running';
  saes: Answer<SaeList>;
  found: Answer<Found>;
  /** The latent whose page is shown; null shows the list. */
  opened: LatentRef | null;
  page: Answer<LatentPage>;
  changed: Answer<ChangedDocument>;
  /** What the panel's bars say of the latent in the code that was changed; null when they say nothing of that code. */
  attributed: Attributed | null;
  /** The token that a command named, in words; null when none did. */
  given: string | null;
  /** The user's own names. */
  names: (LatentRef & { name: string; note: string })[];
  /** Latents that are highlighted in the code, with their colours as #rrggbb. */
  highlighted: (LatentRef & { colour: string })[];
}

/** A latent among the bars of an attribution; all in logits of the metric. */
export interface Attributed {
  metric: { positive: string; negative: string };
  /** Where it is listed, the largest first: the effect of having the original's activation there rather than the variant's. */
  nodes: { position: number; clean: number; corrupted: number; attribution: number; patched: number | null }[];
}

export const viewSearch = z.object({
  /** By what is said about latents, by a token that they promote, or those that are active at the token under the cursor. */
  by: z.enum(['description', 'promotes', 'here']),
  query: z.string().max(200),
  /** Null for all SAEs. */
  site: siteName.nullable(),
});
export type ViewSearch = z.output<typeof viewSearch>;

export interface Found {
  search: ViewSearch;
  /** Of latents that are active here, the activation; of others null. */
  hits: (DescribedLatent & { density: number | null; promotes: string[]; activation: number | null })[];
  /** How many there are, also those that are not listed; null when that was not counted. */
  total: number | null;
  /** The token under the cursor and the line it is in, from 1; null in other searches. */
  token: { text: string; line: number } | null;
}

export const MOST_GENERATED = 20;

const intervention = z.object({
  change: latentChange,
  /** At all positions, at the token under the cursor, or at the one that a command named. */
  where: z.enum(['everywhere', 'cursor', 'given']),
  errorTerm: z.boolean(),
  /** Tokens to generate. */
  generate: whole(0, MOST_GENERATED),
});
export type Intervention = z.output<typeof intervention>;

/** With the latent whose page is open. */
const LATENT_ACTIONS = ['highlight', 'find', 'annotate', 'copyName'] as const;
export type LatentAction = (typeof LATENT_ACTIONS)[number];

/** From the page to the extension. */
export const fromLatentsView = z.discriminatedUnion('type', [
  /** The page listens now; what it showed before a reload is for an extension that has been reloaded too. */
  z.object({ type: z.literal('ready'), search: viewSearch, opened: latentRef.nullable() }),
  /** The reader starts the engine. */
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('search'), search: viewSearch }),
  /** Another latent's page; null goes back to the list. */
  z.object({ type: z.literal('open'), ref: latentRef.nullable() }),
  z.object({ type: z.literal('run'), intervention }),
  /** Stops the run. */
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('action'), action: z.enum(LATENT_ACTIONS), ref: latentRef }),
  z.object({ type: z.literal('export'), name: text, kind: z.literal('json'), content: text }),
]);
export type FromLatentsView = z.output<typeof fromLatentsView>;

/** What the commands `showLatent` and `ablateLatent` take. */
export const latentArgument = z.object({
  ...latentRef.shape,
  /** A position in the explained code. */
  position: count.optional(),
  /** A place in a file, UTF-16, for code that is not explained. */
  at: z.object({ uri: text, offset: count }).optional(),
});
export type LatentArgument = z.output<typeof latentArgument>;
