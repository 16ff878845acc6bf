/** How often each answer is right among programs of real code: near its sources' own proportions, the rare ones more often. */
import { LABELS, QUIET, type Label } from '../labelling/labels';
import type { Random } from '../random';

const TARGETS: Readonly<Record<Label, number>> = {
  [QUIET]: 0.37,
  SyntaxError: 0.145,
  TypeError: 0.08,
  NameError: 0.07,
  AttributeError: 0.06,
  IndentationError: 0.045,
  ValueError: 0.042,
  KeyError: 0.035,
  IndexError: 0.035,
  UnboundLocalError: 0.022,
  ZeroDivisionError: 0.02,
  ModuleNotFoundError: 0.02,
  AssertionError: 0.018,
  ImportError: 0.014,
  FileNotFoundError: 0.012,
  RecursionError: 0.01,
  StopIteration: 0.009,
};
/** How far above its target a label may be: errors hardly, so that a third raises nothing; and how many programs ahead. */
const TOLERANCE = (label: Label) => (label === QUIET ? 1.5 : 1.05);
/** How much further, where a source gives too little of the others. */
const RELAXED = 1.5;
const SLACK = 6;

export class Prior {
  private readonly kept = new Map<Label, number>(LABELS.map((label) => [label, 0]));
  private total = 0;

  get count(): number {
    return this.total;
  }

  admits(label: Label, relaxed = false): boolean {
    return this.kept.get(label)! < TARGETS[label] * TOLERANCE(label) * (relaxed ? RELAXED : 1) * this.total + SLACK;
  }

  add(label: Label): void {
    this.kept.set(label, this.kept.get(label)! + 1);
    this.total++;
  }

  /** An error to aim at: the more one is short of its target, the likelier. */
  aim(random: Random, scale: (label: Label) => number = () => 1): Label {
    const weights = LABELS.map((label) => {
      const wanted = TARGETS[label] * (this.total + 300);
      const short = Math.max(0.1, (1.3 * wanted - this.kept.get(label)!) / wanted);
      // Most mutants of other aims raise nothing too.
      return scale(label) * (label === QUIET ? 0.4 : 1) * TARGETS[label] ** 0.7 * short;
    });
    return random.weighted(LABELS, weights);
  }
}
