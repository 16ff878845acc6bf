/** What came of an analysis: what makes its numbers doubtful, what they say in sentences, and its figures. */
import { figuresOf } from '../../src/figures';
import { shownCode } from '../../src/figures/kinds/text';
import type { AnalysisId } from '../../src/protocol/analyses';
import type { Result } from '../../src/protocol/documents/result';
import { FigureList } from '../page/figures';
import { findingsList } from '../page/findings';
import type { Page } from '../page/page';
import { el } from '../ui/dom';
import { Slot } from '../ui/slot';

export class AnsweredView {
  readonly element: HTMLElement;
  private readonly words = [new Slot(), new Slot()] as const;
  private readonly figures: FigureList;
  private shown: unknown;

  /** @param ask asks the analysis again; left out where that cannot be */
  constructor(page: Page, ask?: (params: Record<string, unknown>) => void) {
    this.figures = new FigureList(page, ask);
    this.element = el('div', { class: 'answered' }, ...this.words.map(({ element }) => element), this.figures.element);
  }

  /** Empty where the result has no such part. */
  show(id: AnalysisId, result: Result): void {
    const part = result.parts[id];
    if (part === this.shown) return;
    this.shown = part;
    const { problems = [], findings = [] } = part ?? {};
    const [doubts, sentences] = this.words;
    doubts.show(problems, () => problems.map((problem) => el('p', { class: 'notice outdated' }, shownCode(problem))));
    sentences.show(findings, () => [findings.length > 0 && findingsList(findings)]);
    this.figures.show(figuresOf(id, result), result, id);
  }
}
