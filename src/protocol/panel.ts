/** What the extension and the page in its panel tell each other. The page draws and picks; everything else is done by the extension. */
import type { Answer, Running } from './answer';
import type { LatentsRequest } from './engine';
import type { ExplainedPatching, Explanation, PatchingDirection } from './explanation';
import type { Activations, LatentRef, LatentsDocument, ListedSae } from './latents';

export type PanelTab = 'overview' | 'lens' | 'patching' | 'latents';

/** From the extension to the page. */
export type ToPanel =
  /** Another explanation, or more of the same; null empties the panel. */
  | { type: 'explanation'; explanation: Explanation | null; complete: boolean }
  /** The patching of the explanation shown, as far as it is done. */
  | { type: 'patching'; patching: ExplainedPatching }
  | { type: 'status'; status: PanelStatus }
  | { type: 'tab'; tab: PanelTab }
  /** The token under the cursor in the editor. */
  | { type: 'position'; position: number }
  /** The SAEs that can be used with the model; null before that is known. */
  | { type: 'saes'; saes: ListedSae[] | null }
  /** Which latents tell the explained code from its near twin; the result of before stays while that is asked again. */
  | { type: 'latents'; latents: Answer<LatentsDocument> }
  /** Which latents are active in the explained code, likewise. */
  | { type: 'activations'; activations: Answer<Activations> };

export interface PanelStatus {
  /** What is being done; null when nothing is. */
  running: Running | null;
  /** Why the last request failed, for the user. */
  error: string | null;
  /** Whether the code has changed since it was explained. */
  outdated: boolean;
  /** Whether the code is at hand, so that it can be explained and patched again; false for a result that was opened from a file. */
  live: boolean;
  /** Whether the workspace is restricted, so that no code is run. */
  restricted: boolean;
}

/** From the page to the extension. */
export type FromPanel =
  /** The page listens now; it is answered with all that it should show. */
  | { type: 'ready' }
  /** The token and the layer that are marked (-1 is the embedding, null none), and whether the reader has just chosen them. */
  | { type: 'selected'; position: number | null; layer: number | null; byReader: boolean }
  /** The reader looks at another view. */
  | { type: 'tab'; tab: PanelTab }
  /** Compare with a variant by its number, or with the one at hand (null), at a site and in a direction; exactly or with estimates. */
  | { type: 'patch'; variant: number | null; site: string; direction: PatchingDirection; pair?: readonly [string, string] | null; exact?: boolean }
  /** Save what a view shows; the content is text, or a picture's bytes in base64. */
  | { type: 'export'; name: string; kind: 'csv' | 'json' | 'svg' | 'png'; content: string }
  /** Ask which latents tell the explained code from the near twin that it is compared with. */
  | { type: 'latents'; options: LatentsOptions }
  /** Ask which latents of the SAE at a site are active in the explained code; null for one in the middle of the model. */
  | { type: 'activations'; site: string | null }
  /** Do something with a latent at a position of the explained prompt. */
  | { type: 'latent'; action: TokenLatentAction; ref: LatentRef; position: number }
  | { type: 'action'; action: PanelAction };

export type LatentsOptions = Pick<LatentsRequest, 'sites' | 'positions' | 'top' | 'errorTerm' | 'method' | 'check' | 'pair'>;

/** With a latent at a token of the explained code. */
export type TokenLatentAction = 'show' | 'highlight' | 'ablate';

export type PanelAction =
  'explainAgain' | 'cancel' | 'saveResult' | 'copyCliCommand' | 'showCode' | 'runPatching' | 'manageTrust' | 'cancelLatents' | 'editQuestion' | 'listVariants';
