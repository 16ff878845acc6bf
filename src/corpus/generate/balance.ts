import { LABELS, QUIET, type Label } from '../labelling/labels';

/** The largest share of a shard a label may take; together above 1, so a shard fills before each cap is met. */
const CAPS: Partial<Record<Label, number>> = {
  [QUIET]: 0.14,
  TypeError: 0.11,
  SyntaxError: 0.11,
  NameError: 0.08,
  AttributeError: 0.08,
};
const DEFAULT_CAP = 0.068;
/** Every label gets at least this share, as long as the families can produce it. */
const FLOOR = 0.04;
/** How many programs a label may run ahead of its cap, so that a shard can begin at all. */
const SLACK = 40;

/** Decides which labelled programs a shard takes, so that no label dominates and none is missing. */
export class Balance {
  private readonly kept = new Map<Label, number>(LABELS.map((label) => [label, 0]));
  private total = 0;

  constructor(private readonly size: number) {}

  get full(): boolean {
    return this.total >= this.size;
  }

  get count(): number {
    return this.total;
  }

  /** Whether a program with this label fits, with room left for the labels that are below their floor. */
  admits(label: Label, floors = true): boolean {
    if (this.full) return false;
    const have = this.kept.get(label)!;
    const cap = CAPS[label] ?? DEFAULT_CAP;
    if (floors && have >= cap * this.total + SLACK) return false;
    if (!floors || have < FLOOR * this.size) return true;
    let missing = 0;
    for (const count of this.kept.values()) missing += Math.max(0, Math.ceil(FLOOR * this.size) - count);
    return this.size - this.total > missing;
  }

  add(label: Label): void {
    this.kept.set(label, this.kept.get(label)! + 1);
    this.total++;
  }
}
