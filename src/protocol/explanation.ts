/**
 * The result of explaining a program: one JSON document that holds its inputs, every number on screen and nothing random.
 * Offsets are UTF-16 and lines count from 1, both in the user's file; layers count from 0 as in `blocks.{l}`.
 */
import type { CodePart } from './code-parts';
import type { Unlisted } from './words/unlisted';

/** A program as a model read it: what every result begins with. */
export interface ReadProgram {
  model: {
    /** The folder's name. */
    id: string;
    /** Of the weight files, hexadecimal. */
    sha256: string;
    layers: number;
  };
  /** The template's id. */
  template: string;
  source: ExplainedSource;
  /** What the model read. */
  prompt: string;
  /** The prompt's tokens; a position everywhere below is an index into these. */
  tokens: PromptToken[];
  prediction: ExplainedPrediction;
}

export interface Explanation extends ReadProgram {
  format: 'latent-lens/explanation';
  version: 1;
  /** What Python did; null when the program was not run. */
  actual: ActualOutcome | null;
  lens: ExplainedLens;
  /** The near twin that the program was compared with; null when there is none (a finding says why). */
  counterfactual: Counterfactual | null;
  /** Null without a counterfactual, and when the two programs' answers cannot be told apart (a finding says why). */
  patching: ExplainedPatching | null;
  /** The program's edits, in the order of their numbers; null when they were not asked for. */
  variants: ListedVariant[] | null;
  /** Sentences derived from the numbers above. */
  findings: string[];
}

export interface ExplainedSource {
  /** The file as the user named it; null for unsaved text. */
  file: string | null;
  /** The code that was explained. */
  code: string;
  /** Its range in the file. */
  start: number;
  end: number;
  firstLine: number;
  lastLine: number;
  /** Where the code lies in the file, if not in one piece. A notebook's file is the cells that were read, joined by line feeds. */
  parts?: CodePart[];
  /** What was read, in words, where that is more than was chosen. */
  read?: string;
}

export interface PromptToken {
  id: number;
  text: string;
  /** The token's range in the file; null for a token of the template alone. */
  start: number | null;
  end: number | null;
}

export interface ExplainedPrediction {
  /** The most probable answer. */
  label: string;
  /** All answers of the template, most probable first. */
  answers: {
    label: string;
    /** Of the answer's whole token sequence after the prompt, in the distribution over the whole vocabulary. */
    probability: number;
    /** Of its first token. */
    logit: number;
  }[];
  /**
   * Probability of all answers together: that what follows begins with the tokens of one of them. An answer whose tokens begin with
   * another's is counted with that one.
   */
  answersProbability: number;
  /** The most probable next tokens of the whole vocabulary. */
  top: TokenProbability[];
  /** What the model would rather write; only where the answers together say little (see `ANSWERS_MATTER`), and not for variants. */
  continuation?: Continuation;
}

/** A few tokens, each the most probable one after those before it; none of the answers begins like that, nor it with an answer. */
export interface Continuation {
  text: string;
  /** Of the whole sequence. */
  probability: number;
}

export interface TokenProbability {
  id: number;
  text: string;
  probability: number;
  logit: number;
}

export interface ActualOutcome {
  /** The exception's class, "no error", or why the program could not be judged ("timeout", "memory limit", …). */
  label: string;
  message: string | null;
  line: number | null;
  /** The notebook's cell that the line is in, where that is not the one that was chosen. */
  cell?: number;
  /**
   * Present where the class is none of the answers, so that no prediction could have been right: the nearest of its base classes that is
   * one, null where none is known.
   */
  unlisted?: Unlisted;
  /** The Python that said so, as in '3.14.2'; absent in documents of older versions. */
  python?: string;
  /** What is to be known about it, as a sentence. */
  note?: string;
  /** Present where the code only defines, so that "no error" says nothing: the functions and classes that nothing calls. */
  uncalled?: string[];
}

/** The logit lens: the final norm and unembedding applied to the residual stream at each site. */
export interface ExplainedLens {
  /** Rows: the embedding, then every layer. */
  layers: number;
  positions: number;
  /** The site of each row. */
  sites: string[];
  /** [row][position]: the most probable tokens, most probable first. */
  top: TokenProbability[][][];
  /** The columns of `answers`, in the template's order. */
  labels: string[];
  /** [row][position][label]: the first token of each answer; rank 0 is the most probable token. */
  answers: { logit: number; probability: number; rank: number }[][][];
}

/**
 * What an edit has to do with the prediction. repair: it mends the error; read: it changes what the model goes by; change: it changes
 * something else where the error is, or depends on; pair: it changes two signs there and keeps the tokens; mistake: it puts another
 * mistake there; break: it breaks the syntax there, which hides the error; control: it is elsewhere; faint:
 * nothing that was tried moves the prediction by half a logit, and this moves it the most.
 */
export type VariantRelation = 'repair' | 'read' | 'change' | 'pair' | 'mistake' | 'break' | 'control' | 'faint';

export interface Counterfactual {
  /** What was changed, in words. */
  description: string;
  /** The kind of edit; null for a program that the user gave. */
  kind: string | null;
  /** What the edit has to do with the prediction; left out where it was not looked for. */
  relation?: VariantRelation;
  code: string;
  /** Null when it was not run. */
  actual: ActualOutcome | null;
  prediction: ExplainedPrediction;
  prompt: string;
  /** Of its prompt; ranges are in its own file's text, with the change made. */
  tokens: PromptToken[];
  alignment: {
    /** Token indices side by side; null where a token has no counterpart. */
    columns: { original: number | null; variant: number | null }[];
    sameLength: boolean;
  };
}

/** denoising: activations of the original are put into the variant's run; noising: the other way round. */
export type PatchingDirection = 'denoising' | 'noising';

export interface ExplainedPatching {
  /** `hook_resid_pre` and the like; row l of the effect is `blocks.{l}.{site}`. */
  site: string;
  direction: PatchingDirection;
  metric: PatchingMetric;
  /** The metric of the original and of the variant. */
  clean: number;
  corrupted: number;
  /**
   * [layer][position of the original]: (metric - corrupted) / (clean - corrupted), so 1 is as in the original and 0 as in the variant;
   * null where a token has no counterpart. Null altogether when clean and corrupted are too close to divide by their difference.
   */
  effect: (number | null)[][] | null;
  /** [layer][position of the original]: the metric itself after each patch. */
  logitDifference: (number | null)[][];
  /**
   * [layer][position of the original]: whether the patch was really made, or can change nothing; effect and logit difference are estimated
   * where it was not. Left out, as in documents of before, where nothing is estimated.
   */
  measured?: boolean[][];
  /** How far the estimates can be trusted; left out with `measured`. */
  estimate?: PatchingEstimate;
  /** Where both answers begin with the same tokens. */
  behind?: SharedTokens;
}

/** Estimates from gradients at both runs (attribution patching) beside patches that were really made, of cells that can change anything. */
export interface PatchingEstimate {
  cells: number;
  measuredCells: number;
  /** Pearson's, of estimated and measured changes where both are known; null where either does not vary. */
  correlation: number | null;
  /** Cells drawn at random from those left to estimates in the end, and really patched; and the most that one of them moved, as a share. */
  checked: number;
  largestMiss: number | null;
}

/** Tokens that follow both prompts, because both answers begin with them: the metric is read at the last of these. */
export interface SharedTokens {
  tokens: { id: number; text: string }[];
  /** [layer][token]: what patching at each of them does, as above. */
  effect: (number | null)[][] | null;
  logitDifference: (number | null)[][];
  measured?: boolean[][];
}

export const METRIC_BASES = ['actual', 'mistake', 'predicted', 'runner-up', 'chosen'] as const;

export interface PatchingMetric {
  description: string;
  /** The labels of which one token's logits are subtracted: positive - negative. It is the first token in which they differ. */
  positive: string;
  negative: string;
  positiveToken: number;
  negativeToken: number;
  /**
   * What the two labels are. actual: what Python really did with both; mistake: what the model predicts and what is true; predicted: what
   * the model predicts for both; runner-up: the original's two most probable answers; chosen: the reader's choice.
   */
  basis: (typeof METRIC_BASES)[number];
}

/** An edit of the program. */
export interface ListedVariant {
  /** From 1. */
  number: number;
  kind: string;
  description: string;
  line: number;
  code: string;
  actual: ActualOutcome | null;
  prediction: { label: string; probability: number };
  tokensKept: boolean;
  /** Whether Python does something else than with the original; null when nothing was run. */
  labelChanged: boolean | null;
  /** A consistent renaming, which changes nothing. */
  control: boolean;
  /** It is meant to mend the program, and did change what Python does; left out in documents from before there were such. */
  repair?: boolean;
}
