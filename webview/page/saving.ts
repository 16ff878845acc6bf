/** What a page saves, and how the report does it: as a download. The panel hands the same to the extension. */
import { el } from '../ui/dom';

export interface SavedFile {
  /** Without its extension, which is the kind. */
  name: string;
  kind: 'csv' | 'json' | 'svg' | 'png';
  /** Text, or a picture's bytes in base64. */
  content: string;
}

export type SaveFile = (file: SavedFile) => void;

const TYPES = { csv: 'text/csv;charset=utf-8', json: 'application/json', svg: 'image/svg+xml', png: 'image/png' };

export function download({ name, kind, content }: SavedFile): void {
  const bytes = kind === 'png' ? Uint8Array.from(atob(content), (character) => character.charCodeAt(0)) : content;
  const link = el('a', { download: `${name}.${kind}` });
  link.href = URL.createObjectURL(new Blob([bytes], { type: TYPES[kind] }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
