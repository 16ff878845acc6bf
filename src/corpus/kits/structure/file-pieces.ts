/** Names of files and the usual lines that read and write them. */
import type { Pen } from './words';

/** Names of files without extension. */
export const STEMS =
  `data input output notes users scores config settings students names numbers words text test example sample log report results grades
  inventory prices products orders story poem diary todo shopping recipes weather sales employees customers accounts config_dev missing nofile
  does_not_exist nonexistent file myfile file1 players highscore save game level map secret passwords emails contacts books songs image photo
  index page readme letter backup temp archive january week1 lesson chapter1 dictionary quotes countries cities`.split(
    /\s+/,
  );
const EXTENSIONS = [
  'txt',
  'txt',
  'txt',
  'txt',
  'csv',
  'json',
  'log',
  'md',
  'dat',
  'py',
  'html',
  'xml',
  'ini',
  'cfg',
  'bin',
  'png',
  'yaml',
];

export function fileName(p: Pen, extension?: string): string {
  const stem = p.r.chance(0.85) ? p.r.pick(STEMS) : p.word();
  const folder = p.r.chance(0.18)
    ? p.one('data/', 'files/', './', '../', '/tmp/nothing/', 'C:/Users/me/', '/home/user/', 'src/', 'docs/')
    : '';
  return p.q(`${folder}${stem}.${extension ?? p.r.pick(EXTENSIONS)}`);
}

export const plainName = (p: Pen, extension?: string): string =>
  p.q(`${p.r.pick(STEMS)}.${extension ?? p.r.pick(EXTENSIONS)}`);

/** A handler around an operation: caught, not caught by another kind, and bare. */
export function handled(p: Pen, operation: string, after = ''): string[] {
  const body = operation
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  const tail = `print(${p.s()})`;
  return [
    operation + after,
    `try:\n${body}\nexcept ${p.one('FileNotFoundError', 'FileNotFoundError', 'FileNotFoundError as e', 'OSError', 'IOError', 'Exception', 'Exception as e')}:\n    ${tail}`,
    `try:\n${body}\nexcept ${p.one('ValueError', 'KeyError', 'PermissionError', 'TypeError', 'ZeroDivisionError', 'ImportError', 'FileExistsError', 'NameError', 'IndexError')}:\n    ${tail}`,
  ];
}

export const written = (p: Pen, name: string, text = p.q(`${p.word()}\\n${p.word()}`)): string =>
  p.one(
    `with open(${name}, ${p.q('w')}) as f:\n    f.write(${text})\n`,
    `f = open(${name}, ${p.q('w')})\nf.write(${text})\nf.close()\n`,
  );

export const reading = (p: Pen, name: string): string => {
  const f = p.one('f', 'file', 'fh', 'fp', 'infile', 'my_file');
  return p.one(
    `${f} = open(${name})\nprint(${f}.read())`,
    `${f} = open(${name}, ${p.q('r')})\n${p.v()} = ${f}.readlines()\n${f}.close()`,
    `with open(${name}) as ${f}:\n    print(${f}.read())`,
    `with open(${name}, ${p.q('r')}) as ${f}:\n    for line in ${f}:\n        print(line.strip())`,
    `print(open(${name}).read())`,
    `${p.v()} = open(${name}).readlines()`,
    `with open(${name}, encoding=${p.q('utf-8')}) as ${f}:\n    ${p.v()} = ${f}.readline()`,
    `for line in open(${name}):\n    print(line)`,
    `${p.vs()} = [line.strip() for line in open(${name})]`,
    `with open(${name}, ${p.q('rb')}) as ${f}:\n    print(len(${f}.read()))`,
    `print(len(open(${name}).read().split()))`,
    `with open(${name}) as ${f}:\n    ${p.vs()} = ${f}.read().splitlines()\nprint(${p.s()})`,
  );
};
