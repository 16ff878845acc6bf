/** Mutations of layout. */
import { indentOf, type Mutation, swapLine } from './mutation';

const opens = (line: string | undefined) =>
  line !== undefined &&
  /:\s*(#.*)?$/.test(line) &&
  /^\s*(if|elif|else|for|while|def|class|try|except|finally|with|async|match|case)\b/.test(line);

/** The lines of a block behind its header. */
function blockOf(lines: readonly string[], header: number): number {
  const depth = indentOf(lines[header]).length;
  let end = header + 1;
  while (end < lines.length && (lines[end].trim() === '' || indentOf(lines[end]).length > depth)) end++;
  return end;
}

/** Slips of layout. */
export const indentation: readonly Mutation[] = [
  {
    name: 'line too deep',
    aims: 'IndentationError',
    weight: 2.5,
    apply: swapLine((line, lines, at, random) =>
      opens(lines[at - 1]) || at === 0 ? undefined : random.pick([' ', '  ', '    ']) + line,
    ),
  },
  {
    name: 'first line too deep',
    aims: 'IndentationError',
    weight: 0.6,
    apply: ({ code }, random) => random.pick([' ', '  ', '    ']) + code,
  },
  {
    name: 'block not indented',
    aims: 'IndentationError',
    weight: 3,
    apply: swapLine((line, lines, at) => (opens(lines[at - 1]) ? indentOf(lines[at - 1]) + line.trimStart() : undefined)),
  },
  {
    name: 'whole block not indented',
    aims: 'IndentationError',
    weight: 2,
    apply: ({ code }, random) => {
      const lines = code.split('\n');
      const headers = lines.flatMap((line, i) => (opens(line) && blockOf(lines, i) > i + 1 ? [i] : []));
      if (headers.length === 0) return undefined;
      const header = random.pick(headers);
      const end = blockOf(lines, header);
      const cut =
        Math.max(...lines.slice(header + 1, end).map((line) => (line.trim() === '' ? 0 : indentOf(line).length))) > 0
          ? indentOf(lines.slice(header + 1, end).find((line) => line.trim() !== '')!).length - indentOf(lines[header]).length
          : 0;
      return lines.map((line, i) => (i > header && i < end ? line.slice(Math.min(cut, indentOf(line).length)) : line)).join('\n');
    },
  },
  {
    name: 'line between two depths',
    aims: 'IndentationError',
    weight: 2.5,
    apply: swapLine((line, lines, at, random) => {
      const depth = indentOf(line).length;
      return depth >= 2 && !opens(lines[at - 1]) ? line.slice(random.int(1, Math.min(3, depth - 1))) : undefined;
    }),
  },
  {
    name: 'tab among spaces',
    aims: 'IndentationError',
    weight: 1.2,
    apply: swapLine((line) =>
      line.startsWith('    ') ? line.replace(/^( {4})+/, (spaces) => '\t'.repeat(spaces.length / 4)) : undefined,
    ),
  },
  {
    name: 'block left out',
    aims: 'IndentationError',
    weight: 2,
    apply: ({ code }, random) => {
      const lines = code.split('\n');
      const headers = lines.flatMap((line, i) => (opens(line) && blockOf(lines, i) - i < 6 ? [i] : []));
      if (headers.length === 0) return undefined;
      const header = random.pick(headers);
      return [...lines.slice(0, header + 1), ...lines.slice(blockOf(lines, header))].join('\n');
    },
  },
  {
    name: 'block commented out',
    aims: 'IndentationError',
    weight: 1.2,
    apply: ({ code }, random) => {
      const lines = code.split('\n');
      const headers = lines.flatMap((line, i) => (opens(line) && blockOf(lines, i) - i < 5 ? [i] : []));
      if (headers.length === 0) return undefined;
      const header = random.pick(headers);
      const end = blockOf(lines, header);
      return lines
        .map((line, i) => (i > header && i < end && line.trim() !== '' ? `${indentOf(line)}# ${line.trimStart()}` : line))
        .join('\n');
    },
  },
  {
    name: 'header dropped, block left',
    aims: 'IndentationError',
    weight: 1.5,
    apply: swapLine((line) => (opens(line) && !/^\s*(elif|else|except|finally)/.test(line) ? '' : undefined)),
  },
  {
    name: 'dedented by a level',
    aims: 'IndentationError',
    weight: 1.5,
    apply: swapLine((line, lines, at) => (line.startsWith('    ') && !opens(lines[at - 1]) ? line.slice(4) : undefined)),
  },
  {
    name: 'rest dedented',
    aims: 'IndentationError',
    weight: 1,
    apply: ({ code }, random) => {
      const lines = code.split('\n');
      const places = lines.flatMap((line, i) => (/^ {4,}\S/.test(line) && !opens(lines[i - 1]) ? [i] : []));
      if (places.length === 0) return undefined;
      const from = random.pick(places);
      let end = from;
      while (end < lines.length && (lines[end].trim() === '' || lines[end].startsWith(indentOf(lines[from])))) end++;
      return lines.map((line, i) => (i >= from && i < end ? line.replace(/^ {4}/, '') : line)).join('\n');
    },
  },
  {
    name: 'else at another depth',
    aims: 'IndentationError',
    weight: 1,
    apply: swapLine((line, _, __, random) =>
      /^\s*(else|elif|except|finally)\b/.test(line)
        ? random.pick([`  ${line}`, `    ${line}`, line.replace(/^ {2}/, '')])
        : undefined,
    ),
  },
];
