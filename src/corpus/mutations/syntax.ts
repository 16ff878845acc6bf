/** Mutations of signs: brackets, quotes, colons, commas, operators. */
import { isHeader, type Mutation, swap, swapLine, swapText } from './mutation';

/** Slips of signs after which Python cannot read the program. */
export const syntax: readonly Mutation[] = [
  { name: 'closing bracket dropped', aims: 'SyntaxError', weight: 3, apply: swap(') ] }', () => '') },
  { name: 'closing bracket at a line end dropped', aims: 'SyntaxError', weight: 2, apply: swapText(/[)\]}](?=[ \t]*\n)/, '') },
  { name: 'closing bracket before a colon dropped', aims: 'SyntaxError', apply: swapText(/\):/, ':') },
  { name: 'opening bracket dropped', aims: 'SyntaxError', weight: 1, apply: swap('( [ {', () => '') },
  {
    name: 'bracket of another kind',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swap(') ] }', (_, __, ___, random) => random.pick([')', ']', '}'])),
  },
  { name: 'bracket doubled', aims: 'SyntaxError', weight: 0.8, apply: swap(') ]', (text) => text + text) },
  {
    name: 'colon dropped',
    aims: 'SyntaxError',
    weight: 3.5,
    apply: swapLine((line) => (isHeader(line) ? line.replace(/:\s*(#.*)?$/, ' $1').trimEnd() : undefined)),
  },
  {
    name: 'semicolon for colon',
    aims: 'SyntaxError',
    weight: 0.3,
    apply: swapLine((line, _, __, random) =>
      isHeader(line) ? line.replace(/:\s*(#.*)?$/, random.pick([';', ' {', ' then', ' =', ' do'])) : undefined,
    ),
  },
  { name: 'closing quote dropped', aims: 'SyntaxError', weight: 2.5, apply: swap('string_end', () => '') },
  {
    name: 'opening quote dropped',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swap('string_start', (text) => text.replace(/["']+$/, '')),
  },
  {
    name: 'other closing quote',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swap('string_end', (text) => (text === '"' ? "'" : text === "'" ? '"' : text.slice(1))),
  },
  {
    name: 'quote inside a string',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swap('string', (text, _, __, random) =>
      /^'[^'\n]{4,}'$/.test(text) ? `'${text.slice(1, -1).replace(/(\w) /, `$1${random.pick(["'s ", "' "])}`)}'` : undefined,
    ),
  },
  { name: 'comma dropped', aims: 'SyntaxError', weight: 2, apply: swap(',', () => '') },
  { name: 'comma at a line end dropped', aims: 'SyntaxError', weight: 1.2, apply: swapText(/,(?=[ \t]*\n)/, '') },
  { name: 'comma doubled', aims: 'SyntaxError', weight: 0.4, apply: swap(',', () => ',,') },
  {
    name: 'full stop for comma',
    aims: 'SyntaxError',
    weight: 0.3,
    apply: swap(',', (_, __, ___, random) => random.pick([';', '.', ':'])),
  },
  {
    name: 'colon of a pair dropped',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swapText(/(["'\w])\s*:(?= ["'\d[({])/, (match, random) => match[1] + random.pick([' =', '', ',', ' =>', ';'])),
  },
  {
    name: 'assignment for comparison',
    aims: 'SyntaxError',
    weight: 2,
    apply: swapText(/(?<=\b(if|while|elif|return|assert|and|or)\b[^\n=]*)\s==\s/, ' = '),
  },
  { name: 'comparison for assignment', aims: 'SyntaxError', weight: 0.4, apply: swapText(/^(\s*\w+) = /m, '$1 == ') },
  { name: 'operator dropped', aims: 'SyntaxError', weight: 1, apply: swap('+ - * / == < > % <= >= != and or in', () => '') },
  {
    name: 'operand dropped',
    aims: 'SyntaxError',
    weight: 0.8,
    apply: swapText(/ = [^\n=]+$/m, (_, random) => random.pick([' =', ' = ', ' = = 1'])),
  },
  {
    name: 'operator from elsewhere',
    aims: 'SyntaxError',
    weight: 1,
    apply: swap(
      'and or not == != ** // +=',
      (text, _, __, random) =>
        ({
          and: '&&',
          or: '||',
          not: '!',
          '==': random.pick(['===', '= =', 'equals']),
          '!=': random.pick(['<>', '=!', '!==']),
          '**': '* *',
          '//': '/ /',
          '+=': random.pick(['=+ +', '++=', '+ =']),
        })[text],
    ),
  },
  { name: 'increment operator', aims: 'SyntaxError', weight: 0.8, apply: swapText(/(\w+) ([+-])= 1\b/, '$1$2$2') },
];
