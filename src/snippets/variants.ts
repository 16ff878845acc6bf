import { alignTokens } from './align';
import type { Alignment } from './align';
import { proposeEdits } from './edits/index';
import type { EditOptions, ProgramEdit } from './edits/index';
import { promptTokens, renderPrompt, toPrompt } from './prompts';
import type { Prompt } from './prompts';
import type { Outcome } from './sandbox/sandbox';
import { canonicalLabel } from './templates';
import type { Template } from './templates';
import type { CodeTokenizer } from './tokenizer';

/** Outcomes that say only that a program could not be judged. */
export const UNJUDGED: readonly string[] = ['timeout', 'memory limit', 'not contained', 'exited'];

/** Runs programs and says what each one does, in their order. */
export type Labeller = (codes: string[]) => Promise<readonly Outcome[]>;

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
}

export interface VerifiedVariants {
  outcome: Outcome;
  /** Best first: the token count kept, then another label than the original's, then few characters changed. */
  variants: Variant[];
}

/** Programs run for one request; more would keep the user waiting. */
export const MAX_VARIANTS_RUN = 300;

/**
 * Verified edits of a program. A renaming that changed the outcome is dropped, as it is no control, and so is a variant
 * that could not be judged. There are none when the program itself could not be (its outcome is one of `UNJUDGED`).
 * @throws when the code is empty (see `renderPrompt`) or the labeller fails
 */
export async function findVariants(
  code: string,
  options: EditOptions & { label: Labeller; tokenizer: CodeTokenizer; template: Template },
): Promise<VerifiedVariants> {
  const { label, tokenizer, template } = options;
  const prompt = renderPrompt(template, code, tokenizer.chat);
  const tokens = promptTokens(tokenizer, prompt);
  const edits = (await proposeEdits(code, options)).filter(({ variant }) => variant.trim() !== '');
  const run = spread(edits, MAX_VARIANTS_RUN);
  const outcomes = await label([code, ...run.map((edit) => edit.variant)]);
  if (outcomes.length !== run.length + 1) {
    throw new Error(`The sandbox gave ${outcomes.length} outcomes for ${run.length + 1} programs.`);
  }
  const [outcome, ...others] = outcomes;
  const variants: Variant[] = [];
  if (UNJUDGED.includes(outcome.label)) return { outcome, variants };
  for (const [i, edit] of run.entries()) {
    if (UNJUDGED.includes(others[i].label)) continue;
    const labelChanged = canonicalLabel(others[i].label) !== canonicalLabel(outcome.label);
    const control = edit.kind === 'rename-all';
    if (control && labelChanged) continue;
    const changed = renderPrompt(template, edit.variant, tokenizer.chat);
    if (changed.text === prompt.text) continue; // only white space at the end differs, which the model does not see
    const alignment = alignTokens(tokens, promptTokens(tokenizer, changed), promptChanges(prompt, changed, edit));
    variants.push({ edit, outcome: others[i], alignment, tokensKept: alignment.sameLength, labelChanged, control });
  }
  variants.sort(
    (a, b) =>
      Number(b.tokensKept) - Number(a.tokensKept) ||
      Number(b.labelChanged) - Number(a.labelChanged) ||
      size(a.edit) - size(b.edit),
  );
  return { outcome, variants };
}

/** The changes in the prompt's offsets; an edit in white space that the prompt leaves out changes nothing there. */
function promptChanges(prompt: Prompt, changed: Prompt, edit: ProgramEdit): ProgramEdit['changes'] {
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

/** Characters taken out and put in. */
function size(edit: ProgramEdit): number {
  return edit.changes.reduce((sum, { start, end, replacement }) => sum + end - start + replacement.length, 0);
}

/** At most `count` items, evenly spread, in order. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);
}
