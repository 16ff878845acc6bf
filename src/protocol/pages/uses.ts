/** Uses: in which forms what a reader has chosen, a token or a head, can be put. */
import { ANALYSES, ANALYSIS_IDS, type AnalysisId } from '../analyses';
import type { PlaceKind } from '../fields';
import { formFields } from './forms';
import { placeText } from '../reading/place';

/** What a reader has chosen in a chart or in the code. */
export interface Chosen {
  /** Of a token of the program. */
  position: number | null;
  layer: number | null;
  /** Of that layer. */
  head: number | null;
}

export interface Use {
  id: AnalysisId;
  /** The analysis and the field, as "Knock-out: Ignored tokens". */
  title: string;
  /** What the analysis is told then, beside what its form says. */
  params: Record<string, unknown>;
}

/** In the order of the analyses. Places in layers are left out: what is read and where it is put is chosen in two steps. */
export function usesOf(chosen: Chosen): Use[] {
  return ANALYSIS_IDS.flatMap((id) => formFields(ANALYSES[id].params).flatMap((field): Use[] => {
    const text = field.kind === 'text' && field.place ? nameOf(chosen, field.place) : null;
    if (field.kind !== 'text' || text === null) return [];
    return [{ id, title: `${ANALYSES[id].title}: ${field.title}`, params: { [field.name]: field.list ? [text] : text } }];
  }));
}

function nameOf({ position, layer, head }: Chosen, kind: PlaceKind): string | null {
  if (kind === 'layer') return null;
  if (kind === 'head') return layer === null || layer < 0 || head === null ? null : `${layer}.${head}`;
  return position === null ? null : placeText({ kind: 'position', position });
}
