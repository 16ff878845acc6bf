/**
 * What the extension and the Latents view in the side bar tell each other. The extension holds what the engine answered; the page draws
 * it, and keeps what the reader typed.
 */
import type { Answer } from './answer';
import type { ChangedDocument, DescribedLatent, LatentChange, LatentPage, LatentRef, SaeList } from './latents';

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
  /** The token that a command named, in words; null when none did. */
  given: string | null;
  /** The user's own names. */
  names: (LatentRef & { name: string; note: string })[];
  /** Latents that are highlighted in the code, with their colours as #rrggbb. */
  highlighted: (LatentRef & { colour: string })[];
}

export interface ViewSearch {
  /** By what is said about latents, by a token that they promote, or those that are active at the token under the cursor. */
  by: 'description' | 'promotes' | 'here';
  query: string;
  /** Null for all SAEs. */
  site: string | null;
}

export interface Found {
  search: ViewSearch;
  /** Of latents that are active here, the activation; of others null. */
  hits: (DescribedLatent & { density: number | null; promotes: string[]; activation: number | null })[];
  /** How many there are, also those that are not listed; null when that was not counted. */
  total: number | null;
  /** The token under the cursor and the line it is in, from 1; null in other searches. */
  token: { text: string; line: number } | null;
}

export interface Intervention {
  change: LatentChange;
  /** At all positions, at the token under the cursor, or at the one that a command named. */
  where: 'everywhere' | 'cursor' | 'given';
  errorTerm: boolean;
  /** Tokens to generate. */
  generate: number;
}

/** From the page to the extension. */
export type FromLatentsView =
  /** The page listens now; what it showed before a reload is for an extension that has been reloaded too. */
  | { type: 'ready'; search: ViewSearch; opened: LatentRef | null }
  /** The reader starts the engine. */
  | { type: 'start' }
  | { type: 'search'; search: ViewSearch }
  /** Another latent's page; null goes back to the list. */
  | { type: 'open'; ref: LatentRef | null }
  | { type: 'run'; intervention: Intervention }
  /** Stops the run. */
  | { type: 'cancel' }
  | { type: 'action'; action: LatentAction; ref: LatentRef }
  | { type: 'export'; name: string; kind: 'json'; content: string };

/** With the latent whose page is open. */
export type LatentAction = 'highlight' | 'find' | 'annotate' | 'copyName';

/** What the commands `showLatent` and `ablateLatent` take. */
export interface LatentArgument extends LatentRef {
  /** A position in the explained code. */
  position?: number;
  /** A place in a file, UTF-16, for code that is not explained. */
  at?: { uri: string; offset: number };
}

export const MOST_GENERATED = 20;
