import { misspell } from './misspell';
import { asserts, scoped, word, type ItemsMaker } from './statement-parts';
import { KEYS } from './words';

/** Statements on a dictionary. */
export const mappingMakers: readonly ItemsMaker[] = [
  (n, k, r) => [
    `print(${n}[${k[0] ?? '"a"'}])`,
    `print(${n}["${r.pick(KEYS)}"])`,
    `print(${n}.get("${r.pick(KEYS)}"))`,
    `print(${n}[${k[0] === undefined ? '0' : k[0].replace(/\w+/, (w) => misspell(w, r))}])`,
  ],
  (n, k, r) => [`${n}["${r.pick(KEYS)}"] += 1`, `${n}["${r.pick(KEYS)}"] = 1`, `${n}[${k.at(-1) ?? '"a"'}] = 0`],
  (n, k, r) => [
    `del ${n}[${k[0] ?? '"a"'}]`,
    `del ${n}["${r.pick(KEYS)}"]`,
    `${n}.pop("${r.pick(KEYS)}")`,
    `${n}.pop("${r.pick(KEYS)}", None)`,
  ],
  (n, k, r) => asserts(`len(${n})`, k.length, k.length + r.pick([1, -1, 2]), r),
  (n, k, r) => [
    `assert ${k[0] ?? '"a"'} in ${n}`,
    `assert "${r.pick(KEYS)}" in ${n}, "missing"`,
    `assert ${k[0] ?? '"a"'} not in ${n}`,
  ],
  (n) => [
    `for k, v in ${n}.items():\n    print(k, v)`,
    `for k, v in ${n}:\n    print(k, v)`,
    `for k in ${n}:\n    print(k, ${n}[k])`,
  ],
  (n, k) => [
    `print(${n}.${(k[0] ?? 'name').replace(/\W/g, '') || 'name'})`,
    `print(${n}[0])`,
    `print(list(${n})[0])`,
    `print(${n}.keys()[0])`,
  ],
  (n, k, r) => [
    `it = iter(${n})\nfor _ in range(${k.length + 1}):\n    next(it)`,
    `it = iter(${n})\nfor _ in range(${k.length}):\n    next(it)`,
    `print(next(v for k, v in ${n}.items() if k == "${word(r)}"))`,
  ],
  (n, _, r) => [
    `try:\n    print(${n}["${word(r)}"])\n` +
      `except ${r.pick(['IndexError', 'ValueError', 'AttributeError'])}:\n    print("none")`,
    `try:\n    print(${n}["${word(r)}"])\nexcept KeyError:\n    print("none")`,
  ],
  (n, _, r) => [`${n}.append("${word(r)}")`, `${n}.update({"${word(r)}": 1})`, `${n}.add("${word(r)}")`],
  (n, _, r) => [
    `for key in ["${r.pick(KEYS)}", "${r.pick(KEYS)}"]:\n    print(${n}[key])`,
    `for key in ["${r.pick(KEYS)}", "${r.pick(KEYS)}"]:\n    print(${n}.get(key, 0))`,
  ],
  (n, _, r) => scoped(n, `${n} = ${n} | {"${word(r)}": 1}`, r),
];

/** Statements on a set or None. */
export const otherMakers: readonly ItemsMaker[] = [
  (n) => [`print(${n}[0])`, `print(${n})`, `print(len(${n}))`],
  (n, i, r) => asserts(`len(${n})`, i.length, i.length + 1, r),
  (n, _, r) => [`print(${n}.upper())`, `${n}.add("${word(r)}")`, `${n}.append("${word(r)}")`],
  (n, _, r) => [`${n}.remove("${word(r)}")`, `${n}.discard("${word(r)}")`, `${n}.clear()`],
  (n) => [`print(${n} + 1)`, `print(${n} is None)`, `assert ${n} is None`, `assert ${n} is not None`],
  (n) => [`for x in ${n}:\n    print(x)`, `print(next(iter(${n})))`, `print(${n} == None)`],
];
