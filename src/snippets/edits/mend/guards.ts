/** A guard against what a function cannot do with nothing: dividing by zero, the largest of no values. */
import { childOf } from '../../syntax/syntax';
import { brief } from '../words';
import { calleeName, insert, isAtom, positional, replace, within, type Mend } from './kit';

export const mendedGuards: Mend = {
  kinds: ['repair-guard'],
  *propose(tree, cause) {
    const kind = 'repair-guard';
    if (cause.label === 'ZeroDivisionError') {
      const types = ['binary_operator', 'augmented_assignment'];
      const node = cause.node && types.includes(cause.node.type) ? cause.node : within(tree, cause, ...types)[0];
      const divisor = node && childOf(node, 'right');
      if (!divisor) return;
      const text = tree.text(divisor);
      const line = tree.line(divisor.start);
      if (/^0(\.0*)?$/.test(text))
        yield {
          kind,
          description: `changed the divisor ${text} to 1 on line ${line}`,
          changes: [replace(divisor, '1')],
        };
      else {
        yield {
          kind,
          description: `divided by 1 where ${brief(text)} is 0 on line ${line}`,
          changes: [
            insert(divisor.start, isAtom(divisor) ? '(' : '(('),
            insert(divisor.end, isAtom(divisor) ? ' or 1)' : ') or 1)'),
          ],
        };
        if (node.type === 'binary_operator') {
          yield {
            kind,
            description: `gave 0 where ${brief(text)} is 0 on line ${line}`,
            changes: [insert(node.start, '('), insert(node.end, ` if ${text} else 0)`)],
          };
        }
        for (const assignment of tree.ofType('assignment')) {
          const [left, right] = [childOf(assignment, 'left'), childOf(assignment, 'right')];
          if (left && right && tree.text(left) === text && /^0(\.0*)?$/.test(tree.text(right))) {
            yield {
              kind,
              description: `changed the value of ${brief(text)}, 0, to 1 on line ${tree.line(right.start)}`,
              changes: [replace(right, '1')],
            };
          }
        }
      }
    }
    if (cause.label === 'ValueError' && /(?:max|min)\(\).*empty/.test(cause.message)) {
      const call = within(tree, cause, 'call').find((node) => /^(max|min)$/.test(calleeName(tree, node) ?? ''));
      const last = call && positional(call).at(-1);
      if (last)
        yield {
          kind,
          description: `gave ${calleeName(tree, call)}(…) the default 0 on line ${tree.line(call.start)}`,
          changes: [insert(last.end, ', default=0')],
        };
    }
    const unpacked = /(too many|not enough) values to unpack/.exec(cause.message)?.[1];
    if (cause.label === 'ValueError' && unpacked) {
      const [pattern] = within(tree, { ...cause, node: null }, 'pattern_list', 'tuple_pattern');
      const last = pattern?.children.filter(({ named }) => named).at(-1);
      const before = pattern?.children.filter(({ named }) => named).at(-2);
      if (!last || !before) return;
      const line = tree.line(last.start);
      if (unpacked === 'too many')
        yield {
          kind,
          description: `took up the rest of the values with *_ on line ${line}`,
          changes: [insert(last.end, ', *_')],
        };
      else
        yield {
          kind,
          description: `left out the name ${brief(tree.text(last))} on line ${line}`,
          changes: [replace({ start: before.end, end: last.end }, '')],
        };
    }
  },
};
