/** What came of something that the extension asked the engine for a page. */
export interface Answer<Result> {
  running: Running | null;
  /** Why it failed or that it was cancelled, for the user. */
  error: string | null;
  result: Result | null;
}

/** What is being done, and how much of it where that is counted. */
export interface Running {
  stage: string;
  done: number | null;
  total: number | null;
}

export const UNASKED: Answer<never> = { running: null, error: null, result: null };

export const STARTING: Running = { stage: 'Starting', done: null, total: null };
