/** The answer to why a model predicts what it does, in plain words: the prediction, whether it is right, and what a small edit shows. */
import type { Relation } from '../snippets/twins/near';
import { UNJUDGED } from '../snippets/twins/variants';
import { CLEAR_DIFFERENCE } from '../methods/prediction/metric';
import { predicting } from './answering';
import { percent } from './percent';
import { NO_ERROR } from '../vocabulary/labels';

export interface PredictionSummary {
  label: string;
  /** Most probable first. */
  answers: readonly { readonly label: string; readonly probability: number }[];
}

export interface ActualSummary {
  label: string;
  line: number | null;
  /** The Python that said so, as in '3.14.2'. */
  python?: string;
  /** Who said so, where that is not Python. */
  by?: string;
  /** That no answer says this, and the class among the answers that it is a kind of. */
  unlisted?: { readonly base: string | null };
  /** Why this says nothing about the code, as a sentence; left out where it does. */
  unchecked?: string;
}

export interface VariantSummary {
  description: string;
  /** Null for a program that the reader chose. */
  relation: Relation | null;
  /** What the edit changes, for a sentence; null where its description has to do. */
  words: EditWords | null;
  /** The line of the edit in the file. */
  line: number | null;
  actual: string | null;
  /** The functions and classes that nothing calls, where that is all that the variant does: nothing is raised then, whatever is in them. */
  uncalled?: readonly string[];
  prediction: PredictionSummary;
}

export interface EditWords {
  /** Such as "`130`" or "the missing `:`". */
  of: string;
  /** Such as "with `str(130)` there" or "without it"; null where the edit's description has to say it. */
  instead: string | null;
}

/** Longer pieces of code make no sentence. */
const SHORT = 60;

/** What an edit replaces, adds or takes away; null for white space, several lines, and what is long. */
export function editWords(edit: {
  start: number;
  end: number;
  original: string;
  replacement: string;
  changes: readonly { start: number; end: number; replacement: string }[];
}): EditWords | null {
  const { changes, original } = edit;
  const before = original.slice(edit.start, edit.end).trim();
  const after = edit.replacement.trim();
  if (
    before === '' &&
    after === '' &&
    changes.length === 1 &&
    !/[\r\n]/.test(original.slice(edit.start, edit.end) + edit.replacement)
  )
    return { of: 'the indentation', instead: null };
  if ([before, after].some((text) => text.length > SHORT || /[\r\n`]/.test(text)) || before === after) return null;
  if (before === '') return changes.length === 1 ? { of: `the missing \`${after}\``, instead: 'with it' } : null;
  return {
    of: `\`${after === '' ? before.replace(/^,\s*|\s*,$/g, '') : before}\``,
    instead: after === '' ? 'without it' : `with \`${after}\` there`,
  };
}

/**
 * Whether the prediction is right.
 * @param open whether the question is about a place, so that nothing is run
 */
export function verdict(prediction: PredictionSummary, actual: ActualSummary | null, open = false): string {
  const { label, answers } = prediction;
  const predicts = `The model ${predicting(prediction)}`;
  if (!actual && open) return `${predicts}.`;
  if (!actual) return `${predicts}; the program was not run, so whether that is right is not known.`;
  if (actual.unchecked !== undefined) return `${predicts}; whether that is right is not known. ${actual.unchecked}`;
  const python = `Python${actual.python === undefined ? '' : ` ${/^\d+\.\d+/.exec(actual.python)?.[0] ?? actual.python}`}`;
  const at = actual.line === null ? '' : ` on line ${actual.line}`;
  if (actual.label === label && actual.by !== undefined) return `${predicts}, as ${actual.by} says.`;
  if (actual.label === label) {
    return actual.label === NO_ERROR
      ? `${predicts}, which is right: in the sandbox, ${python} raises nothing.`
      : `${predicts}, which is right: in the sandbox, ${python} raises it${at}.`;
  }
  const rank = answers.findIndex((answer) => answer.label === actual.label);
  const does = actual.label === NO_ERROR ? `${python} raises nothing` : `${python} raises ${actual.label}${at}`;
  const { base } = actual.unlisted ?? { base: null };
  const kind = base === null ? '' : `; it is a kind of ${base}, which is ${base === label ? 'what the model predicts' : 'one'}`;
  const ranked =
    rank < 0
      ? `which is none of the ${answers.length} answers${kind}`
      : `which the model ranks ${ordinal(rank + 1)} (${percent(answers[rank].probability)})`;
  return actual.by === undefined
    ? `${predicts}, which is wrong: in the sandbox, ${does}, ${ranked}.`
    : `${predicts}; ${actual.by} says ${actual.label}, ${ranked}.`;
}

/** What the variant shows about the reason; null without one. */
export function reason(
  original: PredictionSummary,
  actual: ActualSummary | null,
  variant: VariantSummary | null,
  open = false,
): string | null {
  if (!variant) return null;
  const { relation, words, line, description } = variant;
  const seen = effect(original, variant, open);
  const edit = `In the variant (${description}) the model ${seen}`;
  if (relation === null) return `${edit}.`;
  const where = line === null ? '' : ` on line ${line}`;
  if (relation === 'faint')
    return `No small edit that was tried moves this prediction by ${CLEAR_DIFFERENCE} logits, so the reason is not found; the largest change is: ${edit.replace('In', 'in')}.`;
  if (relation === 'control' || relation === 'break') {
    const failed = actual !== null && actual.label !== NO_ERROR;
    const what = relation === 'break' ? 'breaks the syntax there, which hides everything else' : 'is a control';
    const near = failed
      ? 'No small change near the error moves this prediction'
      : 'No small change of what the program does moves this prediction';
    return `${near}; the edit that moves it most${where} ${what}: in the variant (${description}) the model ${seen}.`;
  }
  if (relation === 'mistake') return mistaken(original, actual, variant, seen);
  const share = variant.prediction.label === original.label ? 'partly ' : '';
  if (relation === 'pair') {
    const changes = description.replace(new RegExp(` on line ${line}$`), '');
    return `It does so ${share}because of line ${line}: with the cause taken away there and another mistake made (${changes}), it ${seen}.`;
  }
  const small = words && !(words.of.startsWith('the missing') && relation !== 'repair') ? words : null;
  const taken = small ? null : takenAway(description);
  const because = small ? `${small.of}${where}` : taken?.of;
  if (because === undefined)
    return `The reason is ${share}in line ${line}: in the variant (${description}) the model ${seen}.`;
  const instead = (small ?? taken)?.instead ?? null;
  const begin =
    relation === 'read' && actual !== null && actual.line !== null && actual.line !== line
      ? `It goes ${share}by ${because} instead`
      : `It does so ${share}because of ${because}`;
  return instead
    ? `${begin}: ${instead}, it ${seen}.`
    : `${begin}: in the variant (${description}) it ${seen}.`;
}

/** Of an edit that takes a whole statement away, that statement; null for others. Its description says the line. */
function takenAway(description: string): EditWords | null {
  const [, put, what, where] = /^(?:removed|(put pass in the place of)) (.*?)( that begins on line \d+)$/.exec(description) ?? [];
  if (where === undefined) return null;
  return { of: `${what.startsWith('the ') ? what : 'the statement'}${where}`, instead: put === undefined ? 'without it' : 'with `pass` in its place' };
}

/** A mistake in the place of another, or where there was none, says what the model can tell apart, not why it predicts what it does. */
function mistaken(
  original: PredictionSummary,
  actual: ActualSummary | null,
  { words, line, description }: VariantSummary,
  seen: string,
): string {
  const change = !words?.instead
    ? null
    : words.instead === 'without it'
      ? `without ${words.of}`
      : words.instead === 'with it'
        ? null
        : words.instead.replace(/ there$/, ` in the place of ${words.of}`);
  const edit = change === null ? `in the variant (${description}) it ${seen}` : `${change} on line ${line}, it ${seen}`;
  if (actual?.label !== NO_ERROR)
    return `Nothing that was tried to mend the program moves this prediction; another mistake does: ${edit}.`;
  return original.label === NO_ERROR
    ? `A small mistake moves it: ${edit}.`
    : `No small edit that makes no mistake moves this prediction; a mistake does: ${edit}.`;
}

/** That the error which Python finds hardly counts for a prediction that is wrong: mended, the program gets the same answer. */
export function unmoved(
  { label, answers }: PredictionSummary,
  mended: { description: string; prediction: PredictionSummary } | null,
): string | null {
  if (!mended) return null;
  const after = mended.prediction.answers.find((answer) => answer.label === label)?.probability ?? 0;
  return `Mended (${mended.description}), the program still gets ${label} (${percent(answers[0].probability)} → ${percent(after)}): the model does not go by the error that Python finds.`;
}

/** "predicts no error, rightly (TypeError 91 % → 4 %)". */
function effect({ label, answers: [first] }: PredictionSummary, { prediction, actual, uncalled }: VariantSummary, open: boolean): string {
  const after = prediction.answers.find((answer) => answer.label === label)?.probability ?? 0;
  const change = `${label} ${percent(first.probability)} → ${percent(after)}`;
  const same = prediction.label === label;
  const right =
    actual === null
      ? open ? '' : ' (it was not run)'
      : UNJUDGED.includes(actual)
        ? `, which Python could not judge (${actual})`
        : actual === prediction.label
          ? ', rightly'
          : `, though ${actual === NO_ERROR ? 'nothing is raised' : `${actual} is raised`} then`;
  const idle = uncalled?.length ? `, as nothing calls \`${uncalled[0]}\`${uncalled.length > 1 ? ' and others' : ''}` : '';
  return same
    ? `still predicts ${label}${right}${idle} (${percent(first.probability)} → ${percent(after)})`
    : `predicts ${prediction.label}${right}${idle} (${change})`;
}

export function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
}
