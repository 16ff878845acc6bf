/** What a picture says about where it comes from. */
import type { Explanation } from '../../src/protocol/explanation';
import { lineRange } from './page';
import { visible } from '../../src/figures/text';

export function pictureSubtitle({ source, model }: Pick<Explanation, 'source' | 'model'>): string {
  return `${fileTitle(source.file)}, ${lineRange(source)} · model ${visible(model.id)}`;
}

/** A file's name as text that has nothing invisible in it. */
export function fileTitle(file: string | null): string {
  return file === null ? 'unsaved code' : file.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, visible);
}
