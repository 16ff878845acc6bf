/** Turns skeletons of programs into families of near twins. */
import type { Random } from '../../random';
import type { Family } from '../../family';
import { LAYOUT_EDITS, SAFE_LAYOUT_EDITS } from './breaks-layout';
import { NEUTRAL_EDITS, RUNTIME_EDITS, SAFE_RUNTIME_EDITS } from './breaks-runtime';
import { dropCloser, SYNTAX_EDITS } from './breaks-syntax';
import type { Edit } from './edit';
import { filler } from './fillers';
import { scan } from './scan';
import { failing } from './trouble';
import { Pen } from './words';

export const MAX_LINES = 15;

export const lineCount = (code: string): number => code.split('\n').length;

function edited(code: string, edits: readonly [Edit, number][], random: Random): string | undefined {
  for (let attempt = 0; attempt < 8; attempt++) {
    const edit = random.weighted(
      edits.map((e) => e[0]),
      edits.map((e) => e[1]),
    );
    const changed = edit(code, random);
    if (changed !== undefined && changed !== code && changed.trim() !== '' && lineCount(changed) <= MAX_LINES)
      return changed;
  }
  return undefined;
}

/** Another layout of an error-free program: indentation width, spaces, comments. */
export function restyle(code: string, random: Random): string {
  let text = code;
  if (random.chance(0.15)) text = text.replace(/^( {4})+/gm, (indent) => ' '.repeat(indent.length / 2));
  if (random.chance(0.12)) {
    const pieces = scan(text);
    text = pieces
      .map((p, i) => {
        const tight = p.kind === 'space' && i > 0 && pieces[i - 1]!.kind !== 'newline';
        const touches = /^[=+\-*/<>,%]+$/;
        return tight && (touches.test(pieces[i - 1]!.text) || touches.test(pieces[i + 1]?.text ?? '')) ? '' : p.text;
      })
      .join('');
  }
  return text;
}

/** The program together with broken, changed and unchanged twins. */
export function twinsOf(code: string, random: Random): string[] {
  const group = [code];
  const add = (edits: readonly [Edit, number][], chance: number): void => {
    if (group.length >= 4 || !random.chance(chance)) return;
    const twin = edited(code, edits, random);
    if (twin !== undefined) group.push(twin);
  };
  const layered = code.includes('\n    ') || code.includes(':\n');
  const delicate = /\bwhile\b|\bopen\(/.test(code);
  add(SYNTAX_EDITS, layered ? 0.62 : 0.8);
  add(delicate ? SAFE_LAYOUT_EDITS : LAYOUT_EDITS, layered ? 0.45 : 0.1);
  add(delicate ? SAFE_RUNTIME_EDITS : RUNTIME_EDITS, 0.75);
  add(SYNTAX_EDITS, 0.12);
  add(NEUTRAL_EDITS, 0.1);
  if (group.length === 1) group.push(edited(code, [[dropCloser, 1], ...SAFE_RUNTIME_EDITS], random) ?? `${code})`);
  return unique(group);
}

/** A family of one error-free skeleton: its twins come from generic edits. */
export function skeleton(name: string, build: (pen: Pen) => string, weight = 1): Family {
  return {
    name: `structure/${name}`,
    weight,
    make(random) {
      const pen = new Pen(random);
      let code = restyle(build(pen), random);
      if (random.chance(0.25)) {
        const extra = filler(pen);
        const longer = random.chance(0.5) ? `${extra}\n${code}` : `${code}\n${extra}`;
        if (lineCount(longer) <= MAX_LINES) code = longer;
      }
      return twinsOf(code, random);
    },
  };
}

const indented = (code: string): string =>
  code
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');

/** Puts every variant of a fragment in the same surroundings. */
export function surround(pen: Pen, variants: string[], top = false): string[] {
  const random = pen.r;
  const shape = random.float();
  let wrap: (code: string) => string;
  if (shape < 0.36) wrap = (code) => code;
  else if (shape < 0.74 || top) {
    const head = random.chance(0.6) ? `${filler(pen)}\n` : '';
    const tail = random.chance(0.6) || head === '' ? `\n${filler(pen)}` : '';
    wrap = (code) => head + code + tail;
  } else if (shape < 0.8) {
    const name = pen.f();
    const call = random.chance(0.7) ? `${random.chance(0.4) ? '\n' : ''}\n${name}()` : '';
    wrap = (code) => `def ${name}():\n${indented(code)}${call}`;
  } else if (shape < 0.9) {
    const head = pen.one(
      `if ${pen.i(1, 9)} < ${pen.i(10, 50)}:`,
      `for ${pen.v()} in range(${pen.i(1, 3)}):`,
      'if True:',
      `if ${pen.i(1, 9)} > ${pen.i(10, 50)}:`,
      `for ${pen.v()} in ${pen.strs()}:`,
      variants.some((code) => /\b(continue|while)\b/.test(code)) ? 'if True:' : 'while True:',
    );
    const tail = head === 'while True:' ? '\n    break' : random.chance(0.3) ? `\nelse:\n    print(${pen.s()})` : '';
    wrap = (code) => `${head}\n${indented(code)}${tail}`;
  } else if (shape < 0.95) {
    const kind = pen.one(
      'ValueError',
      'Exception',
      'KeyError',
      'TypeError',
      'ZeroDivisionError',
      'Exception as e',
      'ImportError',
      'OSError',
      'IndexError',
      'NameError',
    );
    const tail = random.chance(0.75) ? `except ${kind}:\n    print(${pen.s()})` : `finally:\n    print(${pen.s()})`;
    wrap = (code) => `try:\n${indented(code)}\n${tail}`;
  } else {
    const fails = failing(pen);
    wrap = random.chance(0.5) ? (code) => `${fails}\n${code}` : (code) => `${code}\n${fails}`;
  }
  const wrapped = variants.map(wrap);
  return wrapped.every((code) => lineCount(code) <= MAX_LINES) ? wrapped : variants;
}

export const unique = (codes: string[]): string[] => [...new Set(codes)];

/** A family of fragments written out: each draw gives all variants, in shared surroundings. `top`: only at the top level. */
export function variants(
  name: string,
  build: (pen: Pen) => string[],
  options: { top?: boolean; weight?: number } = {},
): Family {
  return {
    name: `structure/${name}`,
    weight: options.weight ?? 1,
    make(random) {
      const pen = new Pen(random);
      let group = unique(build(pen));
      if (group.length > 4) group = [group[0]!, ...random.sample(group.slice(1), 3)];
      const placed = surround(pen, group, options.top);
      const narrow = random.chance(0.12);
      return unique(
        narrow ? placed.map((code) => code.replace(/^( {4})+/gm, (indent) => ' '.repeat(indent.length / 2))) : placed,
      );
    },
  };
}
