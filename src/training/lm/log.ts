/** The log of a training run: one line of log.jsonl every few steps. */
import type { NdArray } from '../../graph';
import type { Batch } from './batches';
import type { Validation } from './validate';

/** Means since the previous entry. */
export interface LogEntry {
  step: number;
  tokens: number;
  /** AdamW's. */
  rate: number;
  loss: number;
  codeLoss: number;
  labelLoss: number;
  labelAccuracy: number;
  /** Of the probes. */
  syntaxLoss: number;
  typeLoss: number;
  lineLoss: number;
  gradientNorm: number;
  /** Without padding, by the clock. */
  tokensPerSecond: number;
  /** The same by the processors' time: what it would be on one free core. */
  tokensPerCpuSecond: number;
  validationLoss?: number;
  validationAccuracy?: number;
  validation?: Validation;
}

export type Means = Omit<LogEntry, 'step' | 'tokens' | 'rate'>;

export class Meter {
  private started = performance.now();
  private cpu = process.cpuUsage();
  private steps = 0;
  private tokens = 0;
  private loss = 0;
  private gradientNorm = 0;
  private probes = { syntax: 0, type: 0, line: 0 };
  private sums = { code: [0, 0], label: [0, 0], right: 0 };

  add(batch: Batch, results: Record<string, NdArray>): void {
    this.steps++;
    this.tokens += batch.tokens;
    this.loss += Number(results.loss.data[0]);
    this.gradientNorm += Number(results.gradientNorm.data[0]);
    for (const name of ['syntax', 'type', 'line'] as const) this.probes[name] += Number(results[`${name}/loss`].data[0]);
    batch.kinds.forEach((kind, i) => {
      if (kind !== 'code' && kind !== 'label') return;
      this.sums[kind][0] += Number(results.losses.data[i]);
      this.sums[kind][1]++;
      if (kind === 'label' && results.predicted.data[i] === batch.feeds.targets.data[i]) this.sums.right++;
    });
  }

  /** The means since the last time, which begin anew. */
  take(): Means {
    const { code, label, right } = this.sums;
    const { user, system } = process.cpuUsage(this.cpu);
    const means = {
      loss: this.loss / this.steps,
      gradientNorm: this.gradientNorm / this.steps,
      syntaxLoss: this.probes.syntax / this.steps,
      typeLoss: this.probes.type / this.steps,
      lineLoss: this.probes.line / this.steps,
      codeLoss: code[0] / code[1],
      labelLoss: label[0] / label[1],
      labelAccuracy: right / label[1],
      tokensPerSecond: this.tokens / ((performance.now() - this.started) / 1000),
      tokensPerCpuSecond: this.tokens / ((user + system) / 1e6),
    };
    this.restart();
    return means;
  }

  restart(): void {
    this.started = performance.now();
    this.cpu = process.cpuUsage();
    [this.steps, this.tokens, this.loss, this.gradientNorm] = [0, 0, 0, 0];
    this.probes = { syntax: 0, type: 0, line: 0 };
    this.sums = { code: [0, 0], label: [0, 0], right: 0 };
  }
}
