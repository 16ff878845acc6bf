/** The view in the side bar: this session's results, latest first. */
import * as vscode from 'vscode';
import type { Explainer, Explained } from '../explain/explainer';
import { placeInFile } from '../../protocol/reading/open-place';
import { questionWords } from '../../protocol/words/question';
import { isRight, outcomeText } from '../../protocol/words/outcome';

const MOST = 20;
/** Numbers of all lenses together: some ten megabytes. One result is kept whatever its size. */
const MOST_CELLS = 500_000;

export class ResultsView implements vscode.TreeDataProvider<Explained> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private results: Explained[] = [];
  private readonly times = new WeakMap<Explained, Date>();

  constructor(explainer: Explainer) {
    explainer.onDidComplete((result) => {
      const others = this.results.filter(({ explanation }) => explanation !== result.extends);
      this.times.set(result, new Date());
      this.results = [result, ...others].slice(0, MOST);
      while (this.results.length > 1 && cells(this.results) > MOST_CELLS) this.results.pop();
      this.changed.fire();
    });
  }

  remove(result: Explained): void {
    this.results = this.results.filter((other) => other !== result);
    this.changed.fire();
  }

  getChildren(parent?: Explained): Explained[] {
    return parent ? [] : this.results;
  }

  getTreeItem(result: Explained): vscode.TreeItem {
    const { source, prediction, actual, counterfactual, patching, template } = result.explanation;
    const place = placeInFile(result.explanation);
    const { judge, unknown } = questionWords(template);
    const item = new vscode.TreeItem(`${source.file?.replace(/^.*[/\\]/, '') ?? 'unsaved code'}${place ? `:${place}` : `:${source.firstLine}–${source.lastLine}`}`);
    const agrees = isRight(actual, prediction.label);
    const right = agrees === null ? '' : agrees ? '✓' : `${place ? '≠' : '✗'} ${actual!.label}`;
    const time = this.times.get(result)?.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const compared = counterfactual && `${counterfactual.description}${patching ? `, ${patching.site}` : ''}`;
    item.description = [`${prediction.label} ${right}`.trim(), time, compared].filter(Boolean).join(' · ');
    const patched = patching ? ` Patched at ${patching.site}, ${patching.direction}.` : '';
    const against = counterfactual ? ` Compared with: ${counterfactual.description}.${patched}` : '';
    item.tooltip = `The model predicts ${prediction.label}; ${actual ? outcomeText(actual) : `${judge}: ${unknown}`}.${against}`;
    item.iconPath = new vscode.ThemeIcon(agrees === null ? 'question' : agrees ? 'pass' : place ? 'circle-outline' : 'error');
    item.contextValue = 'result';
    item.command = { title: 'Show', command: 'latentLens.showResult', arguments: [result] };
    return item;
  }
}

function cells(results: readonly Explained[]): number {
  return results.reduce((sum, { explanation: { lens } }) => sum + (lens ? lens.layers * lens.positions * (lens.labels.length + 10) : 0), 0);
}
