import { codeLines, indentOf } from './lines';
import { swapLine, type Edit } from './swap';

/** Lines indented, dedented, deleted, swapped or commented out. */
export const layout: readonly Edit[] = [
  {
    name: 'indent a line',
    weight: 2.2,
    apply: (c, r) => swapLine(c, r, (_, i) => i > 0, (l) => r.pick(['    ', '  ', ' ']) + l),
  },
  {
    name: 'dedent a line',
    weight: 2.5,
    apply: (c, r) =>
      swapLine(
        c,
        r,
        (l) => indentOf(l) !== '',
        (l) => l.slice(r.chance(0.5) ? indentOf(l).length : r.int(1, indentOf(l).length)),
      ),
  },
  {
    name: 'dedent a body',
    weight: 1.5,
    apply: (c, r) => swapLine(c, r, (_, i, ls) => i > 0 && /:\s*$/.test(ls[i - 1]!), (l) => l.trimStart()),
  },
  { name: 'delete a line', weight: 3, apply: (c, r) => swapLine(c, r, () => c.includes('\n'), () => undefined) },
  {
    name: 'swap two lines',
    weight: 1.5,
    apply: (c, r) => {
      const lines = c.split('\n');
      const places = codeLines(lines).filter((i) => i > 0 && indentOf(lines[i]!) === indentOf(lines[i - 1]!));
      if (places.length === 0) return undefined;
      const at = r.pick(places);
      [lines[at - 1], lines[at]] = [lines[at]!, lines[at - 1]!];
      return lines.join('\n');
    },
  },
  {
    name: 'first line last',
    weight: 0.8,
    apply: (c) => {
      const [first, ...rest] = c.split('\n');
      return rest.length > 0 && indentOf(rest[0]!) === '' ? [...rest, first].join('\n') : undefined;
    },
  },
  {
    name: 'comment a line out',
    weight: 1,
    apply: (c, r) => swapLine(c, r, () => true, (l) => `${indentOf(l)}# ${l.trimStart()}`),
  },
];
