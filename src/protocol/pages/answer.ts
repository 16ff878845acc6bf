/** What came of something that the extension asked the engine for a page. */
export interface Answer<Result> {
  running: Running | null;
  /** Why it failed or that it was cancelled, for the user. */
  error: string | null;
  /** Whether it was cancelled, which is no failure. */
  cancelled: boolean;
  /** Whether nothing failed, but the user has to choose something first; false where left out. */
  advice?: boolean;
  result: Result | null;
  /** Whether the result is all of it, and not only what was known by then. */
  complete: boolean;
  /** What it takes, where that is long; null where it is not, or is not known yet. */
  cost: Cost | null;
}

/** How much there is to compute. */
export interface Cost {
  /** How many of what: runs of the model, or patches. */
  count: number;
  unit: string;
  /** Whether it may be less: what is estimated to matter is computed. */
  atMost: boolean;
  /** Estimated from what this session has computed; null where nothing like it was measured. */
  seconds: number | null;
}

/** What is being done, and how much of it where that is counted. */
export interface Running {
  stage: string;
  done: number | null;
  total: number | null;
}

export const UNASKED: Answer<never> = { running: null, error: null, cancelled: false, result: null, complete: true, cost: null };

export const STARTING: Running = { stage: 'Starting', done: null, total: null };
