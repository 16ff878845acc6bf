/** Draws one import with its likely slips. */
import { misspell } from './breaks-runtime';
import { WRONG_MODULES, WRONG_NAMES } from './module-slips';
import { MODULES } from './modules';
import type { Pen } from './words';

const NAMES = Object.keys(MODULES);
/** The modules that are imported most. */
export const COMMON = [
  'math',
  'random',
  'collections',
  'datetime',
  'os',
  'sys',
  'json',
  're',
  'itertools',
  'functools',
  'string',
  'statistics',
  'time',
  'typing',
  'pathlib',
  'copy',
];

export interface Import {
  module: string;
  name: string;
  use: string;
  wrong: string;
  wrongModule: string;
}

export function draw(p: Pen, from: readonly string[] = p.r.chance(0.65) ? COMMON : NAMES): Import {
  const module = p.r.pick(from);
  const [name, use] = p.r.pick(MODULES[module]!);
  const list = WRONG_NAMES[module];
  let wrong = list && p.r.chance(0.6) ? p.r.pick(list) : misspell(name, p.r);
  if (wrong === name) wrong = `${name}x`;
  let wrongModule = p.r.chance(0.4) ? p.r.pick(WRONG_MODULES) : misspell(module, p.r);
  if (wrongModule === module) wrongModule = `${module}s`;
  return { module, name, use, wrong, wrongModule };
}

export const inUse = (use: string, from: string, to: string): string => use.replace(new RegExp(`\\b${from}\\b`), to);
export const show = (p: Pen, use: string): string =>
  p.one(`print(${use})`, `print(${use})`, `${p.v()} = ${use}`, `print(${p.s()}, ${use})`);
export const localName = (p: Pen): string => p.one(p.f(), p.c(), p.v().toUpperCase(), p.f());
