/** Two answers whose logits are compared, chosen by the reader, or left to the programs. */
import type { Choice, Controls } from '../ui/controls';

export class AnswerPair {
  readonly choices: readonly [Choice, Choice];
  private offered = '';
  private sides: readonly [string, string] = ['', ''];

  constructor(controls: Controls) {
    const none = () => undefined;
    this.choices = [controls.choice('Answer', none), controls.choice('Against', none)];
  }

  get elements(): HTMLElement[] {
    return this.choices.map(({ element }) => element);
  }

  /** Null when neither is chosen; one that is goes with the other as it is shown. */
  get value(): [string, string] | null {
    const [first, second] = this.choices.map(({ value }) => value);
    return first || second ? [first || this.sides[0], second || this.sides[1]] : null;
  }

  /**
   * @param labels of all answers
   * @param shown what is compared now, and whether the reader chose it
   */
  show(labels: readonly string[], shown: { positive: string; negative: string; basis: string } | null): void {
    const key = JSON.stringify([labels, shown]);
    if (key === this.offered) return;
    this.offered = key;
    this.sides = shown ? [shown.positive, shown.negative] : ['', ''];
    for (const [i, choice] of this.choices.entries()) {
      const automatic = { value: '', label: this.sides[i] === '' ? 'automatic' : `automatic (${this.sides[i]})` };
      const chosen = shown?.basis === 'chosen';
      choice.show([chosen ? { value: '', label: 'automatic' } : automatic, ...labels.map((label) => ({ value: label, label }))], chosen ? this.sides[i] : '');
    }
  }

  set disabled(disabled: boolean) {
    for (const choice of this.choices) choice.disabled = disabled;
  }
}
