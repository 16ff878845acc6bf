/** What the extension and the page in its panel tell each other. The page draws and picks; everything else is done by the extension. */
import * as z from 'zod';
import type { Answer, Cost, Running } from './answer';
import { ANALYSIS_IDS, type AnalysisId } from '../analyses';
import { latentRef } from '../analyses/activations';
import { patching } from '../analyses/patching';
import { variants } from '../analyses/variants';
import { drawing, type Drawing } from './drawing';
import { count, text } from '../fields';
import { notes } from '../graphs/notes';
import type { OpenedGraph } from '../graphs/opened';
import type { ListedSae } from '../documents/latents';
import type { Answered, Result, ResultUpdate } from '../documents/result';

/** A view of the panel is named by the analysis that it shows, or by the first of those. */
export type PanelView = AnalysisId;

/** From the extension to the page. */
export type ToPanel =
  /** Another result; null empties the panel. */
  | { type: 'result'; result: Result | null }
  /** What is new of the result shown. */
  | { type: 'update'; update: ResultUpdate }
  | { type: 'status'; status: PanelStatus }
  | { type: 'view'; view: PanelView }
  /** How the reader likes figures to be drawn, as was kept. */
  | { type: 'drawing'; drawing: Drawing }
  /** The token under the cursor in the editor. */
  | { type: 'position'; position: number }
  /** The place of the editor's cursor, LINE:COLUMN, for a field of an analysis' form that asked for it. */
  | { type: 'cursor'; id: AnalysisId; field: string; place: string }
  /** Whether attention is shown in the code. */
  | { type: 'inCode'; on: boolean }
  /** The file or folder that the reader chose for a field of an analysis' form that asked for one. */
  | { type: 'file'; id: AnalysisId; field: string; path: string }
  /** The SAEs that can be used with the model; null before that is known. */
  | { type: 'saes'; saes: ListedSae[] | null }
  /** A graph that was opened from a file of this name, in the place of everything else. */
  | { type: 'graph'; graph: OpenedGraph; name: string }
  | ToPanelPart;

/** What came of a further analysis of the explained code; the result of before stays while it is asked again. */
export type ToPanelPart = { [K in AnalysisId]: { type: 'part'; id: K; answer: Answer<Answered<K>> } }[AnalysisId];

export interface PanelStatus {
  /** What is being done; null when nothing is. */
  running: Running | null;
  /** What that takes, where it is long. */
  cost: Cost | null;
  /** Why the last request failed, for the user. */
  error: string | null;
  /** Whether it was cancelled, which is no failure. */
  cancelled: boolean;
  /** Whether nothing failed, but the user has to choose something first; false where left out. */
  advice?: boolean;
  /** Whether all of the result is there. */
  complete: boolean;
  /** Whether the code has changed since it was explained. */
  outdated: boolean;
  /** Whether the code is at hand, so that it can be explained and patched again; false for a result that was opened from a file. */
  live: boolean;
  /** Whether the workspace is restricted, so that no code is run. */
  restricted: boolean;
}

const PANEL_ACTIONS = [
  'explainAgain', 'cancel', 'saveResult', 'copyCliCommand', 'showCode', 'runPatching', 'manageTrust', 'editQuestion', 'listVariants', 'patchAgain',
  'toggleAttention',
] as const;
export type PanelAction = (typeof PANEL_ACTIONS)[number];

/** With a latent at a token of the explained code. */
const TOKEN_LATENT_ACTIONS = ['show', 'highlight', 'ablate'] as const;
export type TokenLatentAction = (typeof TOKEN_LATENT_ACTIONS)[number];

const { site, direction, window, exact, answers } = patching.params.shape;

/** From the page to the extension. */
export const fromPanel = z.discriminatedUnion('type', [
  /** The page listens now; it is answered with all that it should show. */
  z.object({ type: z.literal('ready') }),
  /** The token and the layer that are marked (-1 is the embedding, null none), and whether the reader has just chosen them. */
  z.object({ type: z.literal('selected'), position: count.nullable(), layer: z.int().min(-1).nullable(), byReader: z.boolean() }),
  /** The reader looks at another view. */
  z.object({ type: z.literal('view'), view: z.enum(ANALYSIS_IDS) }),
  /** The reader wants figures to be drawn otherwise, from now on. */
  z.object({ type: z.literal('drawing'), drawing }),
  /** Compare with a variant by its number, or with the one at hand (null), where and how it is patched; exactly or with estimates. */
  z.object({ type: z.literal('patch'), variant: count.nullable(), site, direction, window, exact, answers }),
  /** Search the smallest edit after which the model answers otherwise, among so many edited programs. */
  z.object({ type: z.literal('searchVariants'), budget: variants.params.shape.budget }),
  /** Save what a view shows; the content is text, or a picture's bytes in base64. */
  z.object({ type: z.literal('export'), name: text, kind: z.enum(['csv', 'json', 'svg', 'png']), content: text }),
  /**
   * Ask for an analysis of the explained code; what it is told is checked with the analysis' own schema. One that the reader has not asked
   * for, but only looks at, is not begun where it would take long.
   */
  z.object({ type: z.literal('ask'), id: z.enum(ANALYSIS_IDS), params: z.record(text, z.unknown()), byReader: z.boolean() }),
  z.object({ type: z.literal('cancel'), id: z.enum(ANALYSIS_IDS) }),
  /** Tell a field of an analysis' form where the editor's cursor is. */
  z.object({ type: z.literal('cursor'), id: z.enum(ANALYSIS_IDS), field: text }),
  /** Let the reader choose a file or folder for a field of an analysis' form. */
  z.object({ type: z.literal('file'), id: z.enum(ANALYSIS_IDS), field: text }),
  /** Do something with a latent at a position of the explained prompt. */
  z.object({ type: z.literal('latent'), action: z.enum(TOKEN_LATENT_ACTIONS), ref: latentRef, position: count }),
  z.object({ type: z.literal('action'), action: z.enum(PANEL_ACTIONS) }),
  /** What the reader made of graphs, all of it: it is saved with the result. */
  z.object({ type: z.literal('notes'), notes }),
]);
/** As the page sends it. */
export type FromPanel = z.input<typeof fromPanel>;
/** As the extension reads it. */
export type PanelMessage = z.output<typeof fromPanel>;
