/** Edits of the layout that usually make the indentation wrong. */
import type { Random } from '../../random';
import type { Edit } from './edit';

const HEADER = /:\s*(#.*)?$/;
const indentOf = (line: string): number => line.length - line.trimStart().length;

function lineEdit(
  fits: (line: string, i: number, lines: string[]) => boolean,
  change: (line: string, random: Random) => string | undefined,
): Edit {
  return (code, random) => {
    const lines = code.split('\n');
    const at = lines.map((line, i) => (line.trim() !== '' && fits(line, i, lines) ? i : -1)).filter((i) => i >= 0);
    if (at.length === 0) return undefined;
    const i = random.pick(at);
    const changed = change(lines[i]!, random);
    if (changed === undefined) lines.splice(i, 1);
    else lines[i] = changed;
    return lines.join('\n');
  };
}

const followsHeader = (_: string, i: number, lines: string[]): boolean =>
  i > 0 && HEADER.test(lines[i - 1]!) && indentOf(lines[i]!) > indentOf(lines[i - 1]!);
const lastOfBody = (line: string, i: number, lines: string[]): boolean =>
  followsHeader(line, i, lines) && (i === lines.length - 1 || indentOf(lines[i + 1]!) < indentOf(line));

const indentLine = lineEdit(
  (_, i) => i > 0,
  (line, random) => random.pick([' ', '  ', '    ', '    ']) + line,
);
const indentFirst = lineEdit(
  (_, i) => i === 0,
  (line, random) => random.pick([' ', '  ', '    ']) + line,
);
const dedentBody = lineEdit(followsHeader, (line) => line.trimStart());
const dedentAllBodies: Edit = (code) =>
  /^\s/m.test(code)
    ? code
        .split('\n')
        .map((line) => line.trimStart())
        .join('\n')
    : undefined;
const dedentPartly = lineEdit(
  (line, i) => i > 0 && indentOf(line) > 1,
  (line, random) => ' '.repeat(random.int(1, indentOf(line) - 1)) + line.trimStart(),
);
const dedentLine = lineEdit(
  (line, i) => i > 0 && indentOf(line) > 0,
  (line) => line.trimStart(),
);
const deleteBody = lineEdit(lastOfBody, () => undefined);
const commentBody = lineEdit(
  lastOfBody,
  (line, random) =>
    ' '.repeat(indentOf(line)) +
    (random.chance(0.4)
      ? `# ${line.trimStart()}`
      : `# ${random.pick(['TODO', 'do something', 'your code here', 'nothing yet', 'implement later', 'fix me'])}`),
);
const passBody = lineEdit(
  lastOfBody,
  (line, random) => ' '.repeat(indentOf(line)) + random.pick(['pass', '...', 'pass  # later']),
);
const indentTail: Edit = (code, random) => {
  const lines = code.split('\n');
  if (lines.length < 2) return undefined;
  const from = random.int(1, lines.length - 1);
  return lines.map((line, i) => (i >= from && line.trim() !== '' ? `    ${line}` : line)).join('\n');
};
const joinWithHeader: Edit = (code, random) => {
  const lines = code.split('\n');
  const at = lines.map((line, i) => (lastOfBody(line, i, lines) ? i : -1)).filter((i) => i >= 0);
  if (at.length === 0) return undefined;
  const i = random.pick(at);
  lines.splice(i - 1, 2, `${lines[i - 1]!.replace(/\s*#.*$/, '')} ${lines[i]!.trimStart()}`);
  return lines.join('\n');
};

/** Layout edits that never turn a loop that ends into one that does not. */
export const SAFE_LAYOUT_EDITS: readonly [Edit, number][] = [
  [indentLine, 5],
  [indentFirst, 1.5],
  [dedentBody, 7],
  [dedentAllBodies, 3],
  [deleteBody, 3],
  [commentBody, 3],
  [indentTail, 2],
  [joinWithHeader, 1],
];

/** Layout edits with how often each is drawn; `passBody` and `joinWithHeader` are usually harmless. */
export const LAYOUT_EDITS: readonly [Edit, number][] = [
  ...SAFE_LAYOUT_EDITS,
  [dedentPartly, 5],
  [dedentLine, 3],
  [passBody, 1],
];
