/** The words of what is chosen when a model is added. Knows nothing of VS Code. */
import { bytesText, countText } from './units';
import type { CatalogModel } from '../protocol/models';

export interface ChoiceText {
  label: string;
  description: string;
  detail: string;
}

/** @param here whether it has been downloaded */
export function catalogItem(model: CatalogModel, here: boolean): ChoiceText {
  const { name, family, parameters, downloadBytes, licence, gated, about, saes } = model;
  const facts = [
    ...(here ? ['is here'] : []),
    family,
    parameters === null ? null : countText(parameters),
    downloadBytes === null ? 'size not known' : bytesText(downloadBytes),
    licence ?? 'licence not known',
    gated ? '$(lock) gated' : null,
    saes.length > 0 ? 'SAEs' : null,
  ];
  return { label: `$(${here ? 'check' : 'cloud-download'}) ${name}`, description: facts.filter((fact) => fact !== null).join(' · '), detail: about };
}

const MOST_CHARACTERS = 96;
const PART = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;

/** What is wrong with `org/name`, `org/name@revision` or `org/name:file.gguf` while it is written; null when nothing is. */
export function hubIdProblem(text: string): string | null {
  const [, id, revision, file] = /^([^@:]*)(?:@([^:]*))?(?::(.*))?$/s.exec(text) ?? [];
  if (/\s/.test(text)) return 'A name of the Hub has no spaces.';
  if (/^https?$/.test(id) || text.includes('://')) return 'Give org/name alone, without the address.';
  const parts = id.split('/');
  if (parts.length < 2 || parts[1] === '') return 'Give org/name, as in HuggingFaceTB/SmolLM2-135M.';
  if (parts.length > 2) return 'Give org/name alone, without a folder.';
  if (parts.some((part) => !PART.test(part)) || id.length > MOST_CHARACTERS || /--|\.\./.test(id)) {
    return 'A name of the Hub has letters, digits, “-”, “_” and “.”, and at most 96 of them.';
  }
  if (revision !== undefined && (!/^[A-Za-z0-9_](?:[A-Za-z0-9_./+-]*[A-Za-z0-9_+-])?$/.test(revision) || revision.includes('..'))) {
    return 'After “@” stands a branch, a tag or a commit.';
  }
  return file !== undefined && !/^[^:]+\.gguf$/i.test(file) ? 'After “:” stands the name of a .gguf file.' : null;
}
