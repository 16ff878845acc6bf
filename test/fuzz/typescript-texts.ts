/** Odd TypeScript from a seed: pieces of what the language has, put together, and then damaged. */
import { Random } from '../../src/corpus/random';
import type { JudgedLanguage } from '../../src/snippets/judge/messages';

const PIECES = [
  'function add(a: number, b?: string, ...rest: any[]): number { return a + rest.length; }',
  'const f = async <T,>(x: T, { y = 3, z: [w] = [1] }: { y?: number; z?: number[] } = {}) => ({ x, y, w });',
  'class A<T extends object = {}> extends Array<T> implements B, C { #p = 1; static { this.q = 2; } static q: number; declare r: string; get s() { return this.#p; } set s(v) { this.#p = v; } constructor(private t?: T) { super(); } }',
  'abstract class B { abstract m(x: this): asserts x is this; protected n?(): void; [k: string]: unknown; }',
  '@sealed class D { @log() m(@inject x: number) {} @prop accessor y = 1; }',
  'interface I<in out T> extends J { readonly a: T; b?(): void; new (x: number): I<T>; (y: string): T; [i: number]: T }',
  'type U = `${"a" | "b"}-${1 | 2}` | keyof typeof o | I<any>["a"]; type M<T> = { -readonly [K in keyof T as `get${K & string}`]+?: T[K] extends infer R ? R : never };',
  'const el = <div className="a" {...props}>{items.map((i) => <Item key={i} on={() => {}} />)} text &amp; {/* c */}</div>;',
  'const g = <const T extends readonly unknown[]>(x: T) => x satisfies unknown as T; const n = x!.y?.[0]?.(1) ?? <any>z;',
  'enum E { A = 1 << 2, B = "x".length, C } const enum F { A } declare enum G { H }',
  'namespace N.M { export const v: number = 1; export namespace O {} } declare module "m" { export default x; } declare global { var gg: number; }',
  'import a, { type b as c, d } from "./e" with { type: "json" }; import type F from "g"; import h = require("i"); export * as j from "k"; export = a;',
  'function over(x: string): string; function over(x: number): number; function over(x: any) { return x; }',
  'let s = "<fim_prefix> <fim_suffix><fim_middle> <|endoftext|>"; // <fim_pad>',
  'let 名前: string = "é😀"; const \\u0061b = 1; function ñ(π: number) { return π; }',
  'const 😀: number = 1; let a👍: string;',
  'label: for (const [k, v] of Object.entries(o)) { if (k) continue label; else break; } for await (const x of y) {} for (var i in o) ;',
  'switch (x) { case 1: let y: number = 2; default: { try { throw x } catch { } finally { } } } using r = open(); await using q = r;',
  'const t = tag`a${`b${c}`}\\u{` + /[/]\\/(?<n>x)/dgimsuyv.source; let big = 10_000n ** 2n;',
  'function* gen(): Generator<number, void, unknown> { const x: string = yield 1; yield* gen(); return; }',
  'function isS(x: unknown): x is string { return typeof x === "string"; } let fn: (this: Window, a?: number) => asserts a;',
  '/** @param {string} x the name\n * @returns {number|undefined} */\nfunction js(x) { return x.length; } /** @type {Map<string, number>} */ let m = new Map();',
  'var v: typeof import("x"); let tup: [a: number, b?: string, ...c: boolean[]] = [1]; let u: unique symbol; abstract new () => void;',
  '#!/usr/bin/env node\n"use strict";\n// @ts-nocheck\n', '// @ts-check\n/// <reference path="../../../../etc/passwd" />\n/// <reference types="node" />\n/// <reference lib="es5" />\n',
  'type Deep<T, N extends 0[] = []> = N["length"] extends 30 ? T : Deep<T[], [...N, 0]>; let deep: Deep<string> = null!;',
  'let x: = ; function (a: , b:) : { return', 'class { constructor( } }', 'if (x { } else } ) ( ]', 'let a = {{{ ; let b: Array<Map<string, = 3', '<<<<<<< HEAD\nlet x = 1;\n=======\nlet x = 2;\n>>>>>>> b', 'type T = ; interface { } enum', '"unterminated', '`unterminated ${', '/* unterminated', '<div>{',
  'let x: any; let x: number; const c; var f = function (', '', ' \t\n', '\0\u0001\uFFFF\uD800', 'let nested: ' + '('.repeat(60) + 'string' + ')'.repeat(60) + ';', 'let arr = ' + '['.repeat(80) + ']'.repeat(80) + ';', 'x'.repeat(3000), 'let y: ' + Array.from({ length: 60 }, (_, i) => `"${i}"`).join(' | ') + ';',
  'let rec: { a: typeof rec }; type R = R[] | { r: R }; class S extends S {} interface T extends T {} type V = V;',
  'const o = { get a() { return this; }, ["b" + 1]: 2, async *c() {}, "d-e"(x) {}, 5: null, __proto__: null };',
];

const SCRAPS = [...'{}()[]<>:;,.=+-*/|&?!@#$%^~`"\'\\ \n\t0aé😀', '\r\n', '\r', '\uFEFF', '\u2028', '=>', '...', 'async ', 'type ', ': any', '/*', '*/', '//', '${', '<fim_middle>', 'extends ', 'infer '];

/** A text, and what its editor calls its language. */
export function randomTypeScript(seed: number): { text: string; language: JudgedLanguage } {
  const random = new Random(`typescript ${seed}`);
  const pieces = Array.from({ length: random.int(1, 6) }, () => random.pick(PIECES));
  let text = pieces.join(random.pick(['\n', '\r\n', '\n\n', ' ', '']));
  for (let i = random.pick([0, 0, 1, 3, 20]); i > 0; i--) {
    const at = random.int(0, text.length);
    const damage = random.int(0, 2);
    text = text.slice(0, at) + (damage === 0 ? '' : random.pick(SCRAPS)) + text.slice(at + (damage === 1 ? 0 : random.int(0, 3)));
  }
  if (random.chance(0.1)) text = `\uFEFF${text}`;
  return { text, language: random.pick(['typescript', 'typescript', 'tsx', 'javascript', 'jsx'] as const) };
}
