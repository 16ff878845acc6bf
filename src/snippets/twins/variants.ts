import { alignTokens } from './align';
import type { Alignment } from './align';
import { EDIT_KINDS, isRepair, type Change, type EditKind, type EditOptions, type ProgramEdit } from '../edits/index';
import { proposeNear, sizeOf, whatHappens } from './near';
import { UNJUDGED, type Labeller } from '../outcomes/unjudged';
import { promptTokens, toPrompt } from '../prompts/prompts';
import type { Prompt } from '../prompts/prompts';
import type { Outcome } from '../sandbox/sandbox';
import type { CodeTokenizer } from '../tokenizer/tokenizer';
import { canonicalLabel } from '../../vocabulary/labels';

export { UNJUDGED, type Labeller };

/** An edit whose outcome was checked, aligned with the original. */
export interface Variant {
  edit: ProgramEdit;
  outcome: Outcome;
  /** Of the two prompts' tokens, template included. */
  alignment: Alignment;
  /** Whether every token of one prompt has a counterpart in the other. */
  tokensKept: boolean;
  labelChanged: boolean;
  /** A renaming that changes nothing: its label is the original's. */
  control: boolean;
  /** It is meant to mend the program, and did change what Python does. */
  repair: boolean;
}

export interface VerifiedVariants {
  outcome: Outcome;
  /** Best first: the token count kept, then another label than the original's, then few characters changed. */
  variants: Variant[];
}

/** Programs run for one request; more would keep the user waiting. */
export const MAX_VARIANTS_RUN = 300;

interface VerifyOptions {
  label: Labeller;
  tokenizer: CodeTokenizer;
  /** The prompt of the program, or of an edit of it that these changes make. */
  render: (code: string, changes: readonly Change[]) => Prompt;
}

/**
 * Verified edits of a program. A renaming that changed the outcome is dropped, as it is no control, and so is a variant
 * that could not be judged. There are none when the program itself could not be (its outcome is one of `UNJUDGED`).
 * @throws when the code is empty (see `renderPrompt`) or the labeller fails
 */
export async function findVariants(code: string, options: EditOptions & VerifyOptions): Promise<VerifiedVariants> {
  options.render(code, []);
  const happened = await whatHappens(code, options.label);
  const { outcome } = happened;
  if (UNJUDGED.includes(outcome.label)) return { outcome, variants: [] };
  const proposed = await proposeNear(code, happened, [], options);
  const inOrder = proposed.map(({ edit }) => edit).sort((a, b) => rank(a) - rank(b));
  const variants = await verified(code, outcome, spread(inOrder, MAX_VARIANTS_RUN), options);
  variants.sort(
    (a, b) =>
      Number(b.tokensKept) - Number(a.tokensKept) ||
      Number(b.labelChanged) - Number(a.labelChanged) ||
      sizeOf(a.edit) - sizeOf(b.edit),
  );
  return { outcome, variants };
}

/** Runs edits of a program, and aligns those that can be judged with it; in the order of the edits. */
export async function verified(
  code: string,
  outcome: Outcome,
  edits: readonly ProgramEdit[],
  { label, tokenizer, render }: VerifyOptions,
): Promise<Variant[]> {
  const prompt = render(code, []);
  const tokens = promptTokens(tokenizer, prompt);
  const run = edits.filter(({ variant }) => variant.trim() !== '');
  if (run.length === 0) return [];
  const outcomes = await label(run.map((edit) => edit.variant));
  if (outcomes.length !== run.length) throw new Error(`The sandbox gave ${outcomes.length} outcomes for ${run.length} programs.`);
  const variants: Variant[] = [];
  for (const [i, edit] of run.entries()) {
    if (UNJUDGED.includes(outcomes[i].label)) continue;
    const labelChanged = canonicalLabel(outcomes[i].label) !== canonicalLabel(outcome.label);
    const control = edit.kind === 'rename-all';
    if (control && labelChanged) continue;
    const changed = render(edit.variant, edit.changes);
    if (changed.text === prompt.text) continue; // only white space at the end differs, which the model does not see
    const alignment = alignTokens(tokens, promptTokens(tokenizer, changed), promptChanges(prompt, changed, edit));
    const repair = labelChanged && isRepair(edit.kind);
    variants.push({ edit, outcome: outcomes[i], alignment, tokensKept: alignment.sameLength, labelChanged, control, repair });
  }
  return variants;
}

/** The changes in the prompt's offsets; an edit in white space that the prompt leaves out changes nothing there. */
export function promptChanges(prompt: Prompt, changed: Prompt, edit: ProgramEdit): ProgramEdit['changes'] {
  const shift = changed.text.length - prompt.text.length;
  const changes = edit.changes.map(({ start, end, replacement }) => ({
    start: toPrompt(prompt, start),
    end: toPrompt(prompt, end),
    replacement: replacement.replace(/\r\n?/g, '\n'),
  }));
  const lengths = changes.reduce((sum, change) => sum + change.replacement.length - (change.end - change.start), 0);
  const last = changes[changes.length - 1];
  // Trimming may have taken the end of the last change along.
  if (lengths !== shift) last.replacement = last.replacement.slice(0, last.replacement.length + shift - lengths);
  return changes;
}

const rank = ({ kind }: ProgramEdit) => (EDIT_KINDS as readonly EditKind[]).indexOf(kind);

/** At most `count` items, evenly spread, in order. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);
}
