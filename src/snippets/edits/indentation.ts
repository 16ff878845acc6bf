import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';
import { namedChildren } from '../syntax/syntax';
import type { EditFamily, Proposal } from './types';

/** Statements that are the first thing on their line, with the space before them. */
function statementLines(tree: SyntaxTree): { statement: SyntaxNode; lineStart: number; indent: string }[] {
  const lines = [];
  for (const block of tree.ofType('module', 'block')) {
    for (const statement of namedChildren(block)) {
      const lineStart = tree.lineStart(statement.start);
      const indent = tree.code.slice(lineStart, statement.start);
      if (/^[ \t]*$/.test(indent) && statement.type !== 'ERROR') lines.push({ statement, lineStart, indent });
    }
  }
  return lines.sort((a, b) => a.lineStart - b.lineStart);
}

/** One step of indentation as the program writes it; four spaces when it has none. */
export function indentUnit(code: string): string {
  const steps = code.match(/^(?:\t+| +)(?=\S)/gm) ?? [];
  if (steps.some((step) => step.startsWith('\t'))) return '\t';
  const widths = steps.map((step) => step.length).filter((width) => width > 1);
  return ' '.repeat(widths.length > 0 ? Math.min(...widths) : 4);
}

/** Moves one statement's line right ("over-indent") or left ("dedent"), by a step or by one space. */
export const indentation: EditFamily = {
  kinds: ['over-indent', 'dedent'],
  *propose(tree): Iterable<Proposal> {
    const unit = indentUnit(tree.code);
    const lines = statementLines(tree);
    const step = unit === '\t' ? 'one tab' : `${unit.length} spaces`;
    for (const amount of unit.length > 1 ? [unit, ' '] : [unit]) {
      for (const { statement, lineStart } of lines) {
        // Alone in its block a statement may stand as far right as it likes.
        if (statement.parent!.type === 'block' && namedChildren(statement.parent!).length === 1) continue;
        yield {
          kind: 'over-indent',
          description: `moved line ${tree.line(lineStart)} right by ${amount === unit ? step : 'one space'}`,
          changes: [{ start: lineStart, end: lineStart, replacement: amount }],
        };
      }
    }
    for (const amount of unit.length > 1 ? [unit, ' '] : [unit]) {
      for (const { lineStart, indent } of lines) {
        if (!indent.startsWith(amount)) continue;
        yield {
          kind: 'dedent',
          description: `moved line ${tree.line(lineStart)} left by ${amount === unit ? step : 'one space'}`,
          changes: [{ start: lineStart, end: lineStart + amount.length, replacement: '' }],
        };
      }
    }
  },
};
