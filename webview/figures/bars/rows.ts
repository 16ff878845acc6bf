/** Rows of attribution bars: one for each latent at a token or SAE's error, and headings between them. */
import type { ExplainedLatent } from '../../../src/protocol/documents/latents';
import { isDense } from '../../../src/protocol/words/dense';
import { decimal } from '../../../src/figures/kinds/text';
import type { SiteName } from '../../../src/vocabulary/sites';

/** A latent at a token, or what an SAE does not reconstruct there. */
export interface AttributedNode {
  key: string;
  site: SiteName;
  position: number;
  /** With nothing invisible in it. */
  token: string;
  /** Null for an SAE's error. */
  latent: ExplainedLatent | null;
  /** In the document's unit. */
  value: number;
  directEffect: number | null;
  patched: number | null;
}

export type BarRow = { kind: 'heading'; key: string; title: string; note: string } | { kind: 'node'; node: AttributedNode };

/** "#734", with its head where the SAE reads each alone; "error". */
export function latentName({ latent }: AttributedNode): string {
  if (!latent) return 'error';
  return latent.head === null ? `#${latent.latent}` : `#${latent.latent} of head ${latent.head}`;
}

/** Active at so many tokens that it tells little. */
export function isDenseNode({ latent }: AttributedNode): boolean {
  return isDense(latent?.density);
}

/** A description without how often the latent is active, which a mark says, or a reader who asks for all of it. */
export function briefDescription(description: string): string {
  return description.replace(/ \(active at [^()]*\)/, '');
}

/** "17.4 → 148.3": the original's activation and the variant's. */
export function activationChange({ clean, corrupted }: ExplainedLatent): string {
  return `${activation(clean)} → ${activation(corrupted)}`;
}

export function activation(value: number): string {
  if (value === 0) return '0';
  return decimal(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}
