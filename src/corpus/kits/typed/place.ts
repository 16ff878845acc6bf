import { indent, type Build } from './build';

const EXCEPTIONS = ['TypeError', 'ValueError', 'KeyError', 'IndexError', 'ZeroDivisionError', 'NameError', 'AttributeError', 'FileNotFoundError', 'AssertionError', 'StopIteration', 'RecursionError', 'ImportError', 'ModuleNotFoundError', 'SyntaxError', 'IndentationError', 'UnboundLocalError'];
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  KeyError: ['LookupError'],
  IndexError: ['LookupError'],
  FileNotFoundError: ['OSError', 'IOError'],
  ZeroDivisionError: ['ArithmeticError'],
  UnboundLocalError: ['NameError'],
  ModuleNotFoundError: ['ImportError'],
};

/**
 * Puts the variants somewhere: in a function that is called (or is not), a branch that is taken (or is not), a loop,
 * a method, or under a handler that catches the error (or another one). The place itself adds variants, so that what
 * decides is sometimes whether the line runs at all. `label` is what the first variant is expected to raise.
 */
export function place(b: Build, variants: string[][], label: string): string[][] {
  const { r } = b;
  const longest = Math.max(...variants.map((lines) => lines.length));
  const pick = r.float();
  if (pick < 0.5 || longest > 9) return variants;
  const inner = variants.map(indent);
  const bad = inner[0];
  if (pick < 0.63) {
    const name = b.functionName();
    const call = r.pick([`${name}()`, `${name}()`, `print(${name}())`]);
    const head = `def ${name}():`;
    const all = inner.map((lines) => [head, ...lines, call]);
    return [...all, r.pick([[head, ...bad], [head, ...bad, `print(${b.text()})`], [head, ...bad, call.replace('()', '')]])];
  }
  if (pick < 0.73) {
    const v = b.need('int');
    const yes = r.pick([`${v.name} == ${v.size}`, `${v.name} > ${v.size - r.int(1, 20)}`, `${v.name} < ${v.size + r.int(1, 20)}`]);
    const no = r.pick([`${v.name} != ${v.size}`, `${v.name} > ${v.size + r.int(0, 20)}`, `${v.name} < ${v.size - r.int(0, 20)}`]);
    const [taken, skipped] = r.chance(0.75) ? [yes, no] : r.pick([['True', 'False'], ['1', '0'], ['not False', 'not True']]);
    const tail = r.chance(0.4) ? ['else:', `    print(${b.text()})`] : [];
    return [...inner.map((lines) => [`if ${taken}:`, ...lines, ...tail]), [`if ${skipped}:`, ...bad, ...tail]];
  }
  if (pick < 0.79) {
    const v = b.need(r.pick(['ints', 'strs'] as const));
    const x = r.pick([v.singular, 'i', 'x', '_']);
    const [range, none] = r.pick([[v.name, '[]'], [`range(${r.int(1, 4)})`, 'range(0)'], [v.name, `${v.name}[:0]`]]);
    return [...inner.map((lines) => [`for ${x} in ${range}:`, ...lines]), [`for ${x} in ${none}:`, ...bad]];
  }
  if (pick < 0.92) {
    const others = EXCEPTIONS.filter((name) => name !== label && !(PARENTS[label] ?? []).includes(name));
    const right = r.chance(0.2) ? (PARENTS[label]?.[0] ?? 'Exception') : r.chance(0.25) ? 'Exception' : r.chance(0.2) ? `(${label}, ${r.pick(others)})` : label;
    const as = r.chance(0.25) ? ' as e' : '';
    const handler = as ? r.pick(['print(e)', 'print("Error:", e)']) : r.pick([`print(${b.text()})`, 'pass', `print(${b.text('error')})`, `print(${b.text('Something went wrong')})`]);
    const tail = r.chance(0.15) ? ['finally:', `    print(${b.text('done')})`] : [];
    const make = (lines: string[], caught: string) => ['try:', ...lines, `except ${caught}${as}:`, `    ${handler}`, ...tail];
    const all = [make(bad, right), make(bad, r.pick(others))];
    if (inner.length > 1) all.push(make(inner[1], right));
    if (r.chance(0.2)) all.push(['try:', ...bad, 'finally:', `    print(${b.text('done')})`]);
    return all;
  }
  if (pick < 0.96) {
    const { name } = b.classType();
    const method = r.pick(['run', 'show', 'process', 'update', 'start', 'check']);
    const make = (lines: string[], call: string) => [`class ${name}:`, `    def ${method}(self):`, ...indent(lines), call];
    return [...inner.map((lines) => make(lines, `${name}().${method}()`)), make(bad, `${r.pick(['x', 'obj', 'a'])} = ${name}()`)];
  }
  const guard = r.pick([['def main():', 'main()'], ['def main():', 'if __name__ == "__main__":\n    main()']]);
  return [...inner.map((lines) => [guard[0], ...lines, guard[1]]), [guard[0], ...bad]];
}
