/** What a picture says of what it shows: which answers and programs are compared, and where it comes from. */
import type { Explanation } from '../../src/protocol/documents/explanation';
import type { Result } from '../../src/protocol/documents/result';
import { placeInFile } from '../../src/protocol/reading/open-place';
import { lineRange } from './page';
import { plain, shownCode, visible } from '../../src/figures/kinds/text';

export interface PictureWords {
  title: string;
  subtitle: string[];
}

/** What is compared: two answers, or none, and a variant, or none. */
export interface Compared {
  metric?: { positive: string; negative: string } | null;
  variant?: string | null;
}

export function pictureWords(title: string, of: Pick<Explanation, 'source' | 'model' | 'place'>, { metric, variant }: Compared = {}, more: string[] = []): PictureWords {
  return {
    title: metric ? `${title}: ${plain(metric.positive)} against ${plain(metric.negative)}` : title,
    subtitle: [...(variant ? [`Variant: ${oneLine(variant)}`] : []), ...more, pictureSubtitle(of)],
  };
}

export function comparedIn({ patching, counterfactual }: Pick<Explanation, 'patching' | 'counterfactual'>): Compared {
  return { metric: patching?.metric ?? null, variant: counterfactual?.description ?? null };
}

/** What a part of a result compares: its own answers, where it says which. */
export function comparedBy(part: unknown, { pair }: Pick<Result, 'pair'>): Compared {
  const metric = typeof part === 'object' && part !== null && 'metric' in part ? (part as Compared).metric : null;
  return metric ? { metric, variant: pair?.description ?? null } : {};
}

export function pictureSubtitle({ source, model, place }: Pick<Explanation, 'source' | 'model' | 'place'>): string {
  return `${fileTitle(source.file)}, ${lineRange(source, placeInFile({ source, place }))} · model ${visible(model.id)}`;
}

const oneLine = (text: string) => shownCode(text).replace(/\s+/g, ' ');

/** A file's name as text that has nothing invisible in it. */
export function fileTitle(file: string | null): string {
  return file === null ? 'unsaved code' : file.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, visible);
}
