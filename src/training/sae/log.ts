/** The log of a training of autoencoders. */

/** One line of log.jsonl: means since the previous one of this site. */
export interface SaeLogEntry {
  site: string;
  step: number;
  steps: number;
  tokens: number;
  rate: number;
  /** The whole loss. */
  loss: number;
  /** The fraction of variance unexplained, tokens weighted as in the loss. */
  unexplained: number;
  /** Active latents a token (L0). */
  active: number;
  /** Share of the latents that are dead now. */
  dead: number;
  gradientNorm: number;
  /** Of all sites together. */
  tokensPerSecond: number;
}

/** What one step reports. */
export interface StepResult {
  loss: number;
  unexplained: number;
  active: number;
  gradientNorm: number;
}

/** Sums between two log entries. */
export class Meter {
  private sums = new Map<string, StepResult & { count: number }>();
  private started = performance.now();

  constructor(
    private readonly steps: number,
    private readonly batch: number,
  ) {}

  add(site: string, result: StepResult): void {
    const sum = this.sums.get(site) ?? { loss: 0, unexplained: 0, active: 0, gradientNorm: 0, count: 0 };
    for (const name of Object.keys(result) as (keyof StepResult)[]) sum[name] += result[name];
    sum.count++;
    this.sums.set(site, sum);
  }

  /** `step` counts the steps done, `dead` is the share of dead latents. */
  entry(site: string, step: number, rate: number, dead: number): SaeLogEntry {
    const { count, ...sum } = this.sums.get(site)!;
    const { batch, steps } = this;
    const mean = (name: keyof StepResult) => sum[name] / count;
    return {
      site,
      step,
      steps,
      tokens: step * batch,
      rate,
      loss: mean('loss'),
      unexplained: mean('unexplained'),
      active: mean('active'),
      dead,
      gradientNorm: mean('gradientNorm'),
      tokensPerSecond: (count * batch * this.sums.size) / ((performance.now() - this.started) / 1000),
    };
  }

  restart(): void {
    this.sums.clear();
    this.started = performance.now();
  }
}
