/** The words of what is chosen when a model is added. Knows nothing of VS Code. */
import { bytesText, countText } from '../ui/units';
import { hubNameOf } from '../../protocol/models/hub-address';
import type { CatalogModel } from '../../protocol/models/models';

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
const GGUF = /^(?:[^:]+\.gguf|(?:UD-)?(?:I?Q\d\w*|TQ\d\w*|MXFP4\w*|BF16|FP?16|FP?32))$/i;
const PART = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;

/** `org/name…` of what is written, which may be the address of a model's page. @throws a sentence for one of another kind */
export function hubName(written: string, endpoint: string | null): string {
  return hubNameOf(written.trim(), endpoint);
}

/** What is wrong with such a name, with `@revision` or `:file.gguf` behind it, while it is written; null when nothing is. */
export function hubIdProblem(written: string, endpoint: string | null): string | null {
  if (/\s/.test(written)) return 'A name of the Hub has no spaces.';
  let text: string;
  try {
    text = hubName(written, endpoint);
  } catch (error) {
    return (error as Error).message;
  }
  const [, id, revision, file] = /^([^@:]*)(?:@([^:]*))?(?::(.*))?$/s.exec(text) ?? ['', text];
  const parts = id.split('/');
  if (parts.length < 2 || parts[1] === '') return 'Give org/name, as in HuggingFaceTB/SmolLM2-135M.';
  if (parts.length > 2) return 'Give org/name alone, without a folder.';
  if (parts.some((part) => !PART.test(part)) || id.length > MOST_CHARACTERS || /--|\.\./.test(id)) {
    return 'A name of the Hub has letters, digits, “-”, “_” and “.”, and at most 96 of them.';
  }
  if (revision !== undefined && (!/^[A-Za-z0-9_](?:[A-Za-z0-9_./+-]*[A-Za-z0-9_+-])?$/.test(revision) || revision.includes('..'))) {
    return 'After “@” stands a branch, a tag or a commit.';
  }
  return file !== undefined && !GGUF.test(file) ? 'After “:” stands the name of a .gguf file, or how it is quantised, as Q4_K_M.' : null;
}
