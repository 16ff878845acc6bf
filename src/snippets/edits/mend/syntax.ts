/** Slips that Python's compiler names: a keyword misspelt, = for ==, a comma forgotten, print without brackets. */
import { lineEnd } from '../../syntax/lexical';
import { brief } from '../words';
import { insert, nearNames, replace, type Mend } from './kit';
import { KEYWORDS } from '../../syntax/keywords';

export const mendedSyntax: Mend = {
  kinds: ['repair-syntax'],
  *propose(tree, cause) {
    const { message, places, statement } = cause;
    if (!/^(Syntax|Indentation|Tab)Error$/.test(cause.label) || !statement) return;
    const kind = 'repair-syntax';
    const pointed = places.find(({ distance }) => distance === 0) ?? { ...statement, distance: 0 };
    const line = tree.line(statement.start);
    const text = tree.code.slice(statement.start, statement.end);
    const meant = /Did you mean '(\w+)'/.exec(message)?.[1];
    const word = tree.code.slice(pointed.start, pointed.end);
    if (meant && /^\w+$/.test(word))
      yield {
        kind,
        description: `changed ${brief(word)} to ${meant} on line ${line}`,
        changes: [replace(pointed, meant)],
      };
    const first = /^(?:async\s+)?(\p{ID_Start}\w*)\s/u.exec(text);
    if (!meant && first && /^invalid syntax/.test(message) && !KEYWORDS.has(first[1])) {
      const at = statement.start + first[0].indexOf(first[1]);
      for (const keyword of nearNames(first[1], KEYWORDS)) {
        const change = replace({ start: at, end: at + first[1].length }, keyword);
        yield { kind, description: `changed ${brief(first[1])} to ${keyword} on line ${line}`, changes: [change] };
      }
    }
    if (/'=='/.test(message)) {
      for (const { index } of text.matchAll(/(?<![=!<>:+*/%&|^@-])=(?!=)/g)) {
        yield {
          kind,
          description: `changed = to == on line ${line}`,
          changes: [replace({ start: statement.start + index, end: statement.start + index + 1 }, '==')],
        };
      }
    }
    if (/forgot a comma/.test(message)) {
      // Between two things that stand side by side in what Python points at.
      for (const [i, leaf] of tree.leaves.entries()) {
        const next = tree.leaves[i + 1];
        if (
          !next ||
          leaf.start < pointed.start ||
          next.end > pointed.end + 1 ||
          !/[\w"')\]}]$/.test(tree.text(leaf)) ||
          !/^[\w"'([{]/.test(tree.text(next))
        )
          continue;
        if (
          leaf.type === 'string_start' ||
          next.type === 'string_end' ||
          next.type === 'string_content' ||
          leaf.type === 'string_content'
        )
          continue;
        if (/^[([]$/.test(next.type) && leaf.end === next.start) continue;
        yield {
          kind,
          description: `added a comma after ${brief(tree.text(leaf))} on line ${tree.line(leaf.start)}`,
          changes: [insert(leaf.end, ',')],
        };
      }
    }
    const called = /Missing parentheses in call to '(\w+)'/.exec(message)?.[1];
    if (called) {
      const at = tree.code.indexOf(called, statement.start) + called.length;
      const end = lineEnd(tree.code, at);
      const space = /^[ \t]*/.exec(tree.code.slice(at))![0].length;
      yield {
        kind,
        description: `put brackets around what ${called} is given on line ${line}`,
        changes: [replace({ start: at, end: at + space }, '('), insert(end, ')')],
      };
    }
  },
};
