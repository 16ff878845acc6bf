import type { Random } from '../../random';
import { misspell } from './misspell';
import type { Variable } from './variables';
import { KEYS, WORDS } from './words';

/**
 * Statements that use an existing variable: pairs of near twins, one of which usually fails. Each maker gives a list
 * of alternatives that differ in little and usually in what Python raises.
 */
export function statementsFor(variable: Variable, random: Random): string[] {
  switch (variable.type) {
    case 'int':
    case 'float':
      return random.pick(numberMakers)(variable.name, variable.value, random);
    case 'str':
      return random.pick(textMakers)(variable.name, variable.value, random);
    case 'list':
    case 'tuple':
      return random.pick(sequenceMakers)(variable.name, variable.items, random);
    case 'dict':
      return random.pick(mappingMakers)(variable.name, variable.items, random);
    default:
      return random.pick(otherMakers)(variable.name, variable.items, random);
  }
}

const word = (random: Random): string => random.pick(WORDS);
const q = (random: Random, text: string): string => (random.chance(0.75) ? `"${text}"` : `'${text}'`);

/** `assert` with a right and a wrong expectation, with and without a message. */
function asserts(claim: string, right: string | number, wrong: string | number, random: Random): string[] {
  const message = random.chance(0.35) ? `, ${q(random, `${random.pick(['wrong', 'bad', 'unexpected', 'invalid'])} ${word(random)}`)}` : '';
  const operator = random.weighted(['==', '!='], [4, 1]);
  return [`assert ${claim} ${operator} ${right}${message}`, `assert ${claim} ${operator} ${wrong}${message}`];
}

/** A helper function that changes a global: with and without `global`, or reading it only. */
function scoped(name: string, change: string, random: Random): string[] {
  const f = random.pick(['update', 'change', 'increment', 'bump', 'reset', 'add_one', 'step', 'modify', 'tick', 'apply']);
  const call = random.chance(0.15) ? '' : `\n${f}()`;
  const read = random.pick([`print(${name})`, `return ${name}`, `new = ${name}\n    return new`]);
  return [
    `def ${f}():\n    ${change}${call}`,
    `def ${f}():\n    global ${name}\n    ${change}${call}`,
    `def ${f}():\n    ${read}${call}`,
    `def ${f}():\n    print(${name})\n    ${name} = ${random.int(0, 9)}${call}`,
  ];
}

type NumberMaker = (name: string, value: number, random: Random) => string[];

const numberMakers: readonly NumberMaker[] = [
  (n, v, r) => asserts(n, v, v + r.pick([1, -1, 10]), r),
  (n, v, r) => [`assert ${n} > ${v - r.int(1, 9)}`, `assert ${n} > ${v + r.int(0, 9)}`, `assert ${n} < ${v}, "${n} too big"`],
  (n, _, r) => scoped(n, `${n} ${r.pick(['+=', '-=', '*='])} ${r.int(1, 9)}`, r),
  (n, _, r) => scoped(n, `${n} = ${n} ${r.pick(['+', '-', '*'])} ${r.int(1, 9)}`, r),
  (n, v, r) => [`print(${r.int(1, 99)} / (${n} - ${v}))`, `print(${r.int(1, 99)} / (${n} - ${v + r.int(1, 5)}))`],
  (n, _, r) => [`print(${n} / 0)`, `print(${n} / ${r.int(1, 9)})`, `print(${n} % 0)`, `print(${n} // ${r.int(2, 9)})`],
  (n, _, r) => { const w = word(r); return [`print("${w}: " + ${n})`, `print("${w}: " + str(${n}))`, `print("${w}:", ${n})`, `print("${w}: " + str(${n})`]; },
  (n, _, r) => [`print(${n} + "${r.int(1, 99)}")`, `print(${n} + ${r.int(1, 99)})`, `print(${n} + int("${r.int(1, 99)}"))`, `print(${n} + int("${word(r)}"))`],
  (n) => [`print(${n}[0])`, `print(len(${n}))`, `print(str(${n})[0])`, `print(len(str(${n})))`],
  (n, _, r) => [`for i in ${n}:\n    print(i)`, `for i in range(${r.int(1, 4)}):\n    print(i + ${n})`],
  (n) => [`print(${n}.upper())`, `${n}.append(1)`, `print(abs(${n}))`, `print(${n}())`],
  (n, v, r) => [`if ${n} > ${v - 1}:\n    raise ValueError("${word(r)}")`, `if ${n} > ${v + 1}:\n    raise ValueError("${word(r)}")`],
  (n, v, r) => { const f = r.pick(['check', 'grade', 'classify', 'describe', 'kind']); return [
    `def ${f}(x):\n    if x > ${v - 1}:\n        r = "${word(r)}"\n    return r\nprint(${f}(${n}))`,
    `def ${f}(x):\n    if x > ${v}:\n        r = "${word(r)}"\n    return r\nprint(${f}(${n}))`,
    `def ${f}(x):\n    r = "${word(r)}"\n    if x > ${v}:\n        r = "${word(r)}"\n    return r\nprint(${f}(${n}))`,
  ]; },
  (n, _, r) => { const f = r.pick(['down', 'loop', 'go', 'shrink', 'count_down', 'dive', 'total_to', 'walk']); const x = r.pick(['n', 'x', 'k']); return [
    `def ${f}(${x}):\n    return ${f}(${x} - 1) + 1\nprint(${f}(${n}))`,
    `def ${f}(${x}):\n    if ${x} <= 0:\n        return 0\n    return ${f}(${x} - 1) + 1\nprint(${f}(${r.int(3, 30)}))`,
    `def ${f}(${x}):\n    if ${x} <= 0:\n        return 0\n    return ${f}(${x}) + 1\nprint(${f}(${n}))`,
    `def ${f}(${x}):\n    if ${x} <= 0:\n        return 0\n    return ${f}(${x} + 1) + 1\nprint(${f}(${Math.max(1, r.int(1, 9))}))`,
  ]; },
];

type TextMaker = (name: string, value: string, random: Random) => string[];

const textMakers: readonly TextMaker[] = [
  (n, v, r) => asserts(`len(${n})`, v.length, v.length + r.pick([1, -1, 3]), r),
  (n, v, r) => asserts(n, `"${v}"`, `"${r.chance(0.5) ? v + 's' : word(r)}"`, r),
  (n, v, r) => [`assert ${n}.startswith("${v[0] ?? 'a'}")`, `assert ${n}.startswith("${word(r)}")`, `assert "${word(r)}" in ${n}`, `assert ${n}`],
  (n, v, r) => [`print(${n}[${Math.max(0, v.length - 1)}])`, `print(${n}[${v.length}])`, `print(${n}[${v.length + r.int(1, 9)}])`, `print(${n}[${r.int(0, 5)}:])`],
  (n, v, r) => [`print(${n}.index("${v[0] ?? 'a'}"))`, `print(${n}.index("${word(r)}"))`, `print(${n}.find("${word(r)}"))`],
  (n, _, r) => [`print(int(${n}))`, `print(len(${n}))`, `print(float(${n}))`, `print(${n} * ${r.int(2, 4)})`],
  (n, _, r) => [`print(${n} + ${r.int(1, 99)})`, `print(${n} + "${r.int(1, 99)}")`, `print(${n} + str(${r.int(1, 99)}))`, `print(${n} - "a")`],
  (n) => [`${n}[0] = "X"`, `print(${n}[0])`, `${n}.append("x")`, `print(${n}.upper)`],
  (n, _, r) => { const m = r.pick(['upper', 'lower', 'title', 'strip', 'capitalize', 'split']); return [`print(${n}.${m}())`, `print(${n}.${misspell(m, r)}())`, `print(${n}.${m}(`]; },
  (n, _, r) => { const it = r.pick(['it', 'chars', 'letters_it', 'gen']); return [`${it} = iter(${n})\nprint(next(${it}))`, `${it} = iter(${n}[:1])\nprint(next(${it}))\nprint(next(${it}))`, `print(next(c for c in ${n} if c == "#"))`, `print(next((c for c in ${n} if c == "#"), None))`]; },
  (n, _, r) => scoped(n, `${n} ${r.pick(['+=', '= "x" +'])} ${r.chance(0.5) ? n : '"!"'}`, r),
  (n, _, r) => [`open(${n})`, `print(${n})`, `with open(${n} + "${r.pick(['.txt', '.csv', '.json', '.log'])}") as f:\n    print(f.read())`, `try:\n    open(${n} + ".txt")\nexcept FileNotFoundError:\n    print("no file")`],
  (n, _, r) => [`with open(f"{${n}}.${r.pick(['txt', 'csv', 'log'])}") as f:\n    text = f.read()`, `path = f"{${n}}.${r.pick(['txt', 'csv'])}"\nprint(path)`],
  (n, _, r) => [`first, second = ${n}.split("${r.pick([',', ' ', '-', ':'])}")`, `parts = ${n}.split(",")`, `first, *rest = ${n}.split()`],
  (n, _, r) => [`raise ${r.pick(['ValueError', 'TypeError', 'KeyError', 'NameError', 'RuntimeError', 'IndexError'])}(${n})`, `print(${n})`],
];

type ItemsMaker = (name: string, items: readonly string[], random: Random) => string[];

const sequenceMakers: readonly ItemsMaker[] = [
  (n, i, r) => asserts(`len(${n})`, i.length, i.length + r.pick([1, -1, 2]), r),
  (n, i, r) => [`assert ${i[0] ?? '1'} in ${n}`, `assert ${i[0] ?? '1'} not in ${n}`, `assert ${q(r, word(r))} in ${n}`, `assert ${n}`, `assert not ${n}`],
  (n, i, r) => asserts(`${n}[0]`, i[0] ?? 0, i[1] ?? 1, r),
  (n, i, r) => [`print(${n}[${Math.max(0, i.length - 1)}])`, `print(${n}[${i.length}])`, `print(${n}[-${i.length + 1}])`, `print(${n}[${i.length + r.int(1, 9)}])`, `print(${n}[-1])`],
  (n, i) => [`for i in range(${i.length}):\n    print(${n}[i])`, `for i in range(${i.length + 1}):\n    print(${n}[i])`, `for i in range(len(${n})):\n    print(${n}[i + 1])`],
  (n, i, r) => { const it = r.pick(['it', 'iterator', 'items_iter', 'gen']); const steps = (k: number): string => `\nprint(next(${it}))`.repeat(k);
    return i.length <= 4
      ? [`${it} = iter(${n})${steps(i.length)}`, `${it} = iter(${n})${steps(i.length + 1)}`, `${it} = iter(${n})${steps(i.length)}\nprint(next(${it}, None))`]
      : [`${it} = iter(${n})\nfor _ in range(${i.length}):\n    print(next(${it}))`, `${it} = iter(${n})\nfor _ in range(${i.length + 1}):\n    print(next(${it}))`, `print(next(${n}))`]; },
  (n, i, r) => [`print(next(x for x in ${n} if x == ${i.at(-1) ?? '1'}))`, `print(next(x for x in ${n} if x == ${q(r, word(r))}))`, `print(next((x for x in ${n} if x == "${word(r)}"), "none"))`],
  (n, i, r) => [`print(${n}.index(${i[0] ?? '1'}))`, `print(${n}.index(${q(r, word(r))}))`, `${n}.remove(${r.int(100, 999)})`, `print(${n}.count(${i[0] ?? '1'}))`],
  (n) => [`print(sum(${n}) / len(${n}))`, `print(sum(${n}) / 0)`, `print(${n} / len(${n}))`, `print(len(${n}) / 2)`],
  (n, i) => [`print(len(${n}) % (len(${n}) - ${i.length}))`, `print(len(${n}) % (len(${n}) + 1))`],
  (n, i, r) => [`${n}.append(${i[0] ?? '1'})`, `${n}.${r.pick(['add', 'push', 'insert_at', 'appendd'])}(${i[0] ?? '1'})`, `${n}.append(${i[0] ?? '1'}`, `${n} += ${r.int(1, 9)}`, `${n} += [${r.int(1, 9)}]`],
  (n) => [`a, b = ${n}`, `a, *b = ${n}`, `a, b, c = ${n}`, `a, b, c, d = ${n}`],
  (n, _, r) => [`print(${n}["${r.pick(KEYS)}"])`, `print("${word(r)}" in ${n})`, `print(${n}(0))`, `print(${n}[0])`],
  (n) => [`${n} = ${n}.sort()\nprint(${n}[0])`, `${n} = sorted(${n}, key=str)\nprint(${n}[0])`, `print(sorted(${n}))`],
  (n, i, r) => scoped(n, r.pick([`${n} += [${i[0] ?? '1'}]`, `${n} = ${n} + [1]`]), r),
  (n, _, r) => { const f = r.pick(['first', 'total', 'flatten', 'depth', 'visit', 'collect', 'sum_all']); return [
    `def ${f}(xs):\n    return ${f}(xs[1:])\n${f}(${n})`,
    `def ${f}(xs):\n    if not xs:\n        return 0\n    return 1 + ${f}(xs[1:])\nprint(${f}(${n}))`,
    `def ${f}(xs):\n    if not xs:\n        return 0\n    return 1 + ${f}(xs)\nprint(${f}(${n}))`,
    `def ${f}(xs):\n    return xs[0] + ${f}(xs[1:])\nprint(${f}(${n}))`,
  ]; },
  (n, _, r) => { const v = r.pick(['best', 'found', 'last', 'total', 'longest', 'match']); return [
    `def pick(xs):\n    for x in xs:\n        if x == "${word(r)}":\n            ${v} = x\n    return ${v}\nprint(pick(${n}))`,
    `def pick(xs):\n    ${v} = None\n    for x in xs:\n        if x == "${word(r)}":\n            ${v} = x\n    return ${v}\nprint(pick(${n}))`,
    `def pick(xs):\n    for x in xs:\n        ${v} += x\n    return ${v}\nprint(pick(${n}))`,
  ]; },
  (n, _, r) => { const e = r.pick(['IndexError', 'KeyError', 'ValueError', 'TypeError']); return [`try:\n    print(${n}[${r.int(20, 99)}])\nexcept ${e}:\n    print("${word(r)}")`, `try:\n    print(${n}[${r.int(20, 99)}])\nexcept IndexError:\n    print("${word(r)}")`]; },
  (n) => [`while True:\n    print(${n}.pop())`, `while ${n}:\n    print(${n}.pop())`],
  (n) => [`for a, b in ${n}:\n    print(a)`, `for i, x in enumerate(${n}):\n    print(i, x)`, `for x in ${n}\n    print(x)`],
];

const mappingMakers: readonly ItemsMaker[] = [
  (n, k, r) => [`print(${n}[${k[0] ?? '"a"'}])`, `print(${n}["${r.pick(KEYS)}"])`, `print(${n}.get("${r.pick(KEYS)}"))`, `print(${n}[${k[0] === undefined ? '0' : k[0].replace(/\w+/, (w) => misspell(w, r))}])`],
  (n, k, r) => [`${n}["${r.pick(KEYS)}"] += 1`, `${n}["${r.pick(KEYS)}"] = 1`, `${n}[${k.at(-1) ?? '"a"'}] = 0`],
  (n, k, r) => [`del ${n}[${k[0] ?? '"a"'}]`, `del ${n}["${r.pick(KEYS)}"]`, `${n}.pop("${r.pick(KEYS)}")`, `${n}.pop("${r.pick(KEYS)}", None)`],
  (n, k, r) => asserts(`len(${n})`, k.length, k.length + r.pick([1, -1, 2]), r),
  (n, k, r) => [`assert ${k[0] ?? '"a"'} in ${n}`, `assert "${r.pick(KEYS)}" in ${n}, "missing"`, `assert ${k[0] ?? '"a"'} not in ${n}`],
  (n) => [`for k, v in ${n}.items():\n    print(k, v)`, `for k, v in ${n}:\n    print(k, v)`, `for k in ${n}:\n    print(k, ${n}[k])`],
  (n, k) => [`print(${n}.${(k[0] ?? 'name').replace(/\W/g, '') || 'name'})`, `print(${n}[0])`, `print(list(${n})[0])`, `print(${n}.keys()[0])`],
  (n, k, r) => [`it = iter(${n})\nfor _ in range(${k.length + 1}):\n    next(it)`, `it = iter(${n})\nfor _ in range(${k.length}):\n    next(it)`, `print(next(v for k, v in ${n}.items() if k == "${word(r)}"))`],
  (n, _, r) => [`try:\n    print(${n}["${word(r)}"])\nexcept ${r.pick(['IndexError', 'ValueError', 'AttributeError'])}:\n    print("none")`, `try:\n    print(${n}["${word(r)}"])\nexcept KeyError:\n    print("none")`],
  (n, _, r) => [`${n}.append("${word(r)}")`, `${n}.update({"${word(r)}": 1})`, `${n}.add("${word(r)}")`],
  (n, _, r) => [`for key in ["${r.pick(KEYS)}", "${r.pick(KEYS)}"]:\n    print(${n}[key])`, `for key in ["${r.pick(KEYS)}", "${r.pick(KEYS)}"]:\n    print(${n}.get(key, 0))`],
  (n, _, r) => scoped(n, `${n} = ${n} | {"${word(r)}": 1}`, r),
];

const otherMakers: readonly ItemsMaker[] = [
  (n) => [`print(${n}[0])`, `print(${n})`, `print(len(${n}))`],
  (n, i, r) => asserts(`len(${n})`, i.length, i.length + 1, r),
  (n, _, r) => [`print(${n}.upper())`, `${n}.add("${word(r)}")`, `${n}.append("${word(r)}")`],
  (n, _, r) => [`${n}.remove("${word(r)}")`, `${n}.discard("${word(r)}")`, `${n}.clear()`],
  (n) => [`print(${n} + 1)`, `print(${n} is None)`, `assert ${n} is None`, `assert ${n} is not None`],
  (n) => [`for x in ${n}:\n    print(x)`, `print(next(iter(${n})))`, `print(${n} == None)`],
];
