import { indent, type Build, type Type, type Variable } from './build';

/** Statements that raise nothing as long as the environment is what it says. */
type Statement = (b: Build) => string[];

const DECLARED: readonly Type[] = ['int', 'int', 'int', 'float', 'str', 'str', 'ints', 'ints', 'strs', 'strs', 'counts', 'counts', 'record', 'tuple', 'bool', 'set', 'matrix', 'digits', 'records', 'groups'];

/** A number computed from a variable, by its type. */
function measure(b: Build, v: Variable): string {
  const { r } = b;
  switch (v.type) {
    case 'int':
      return r.pick([`${v.name} ${b.op()} ${b.int()}`, `${v.name} * 2`, `${v.name} ** 2`, `${v.name} // 2`, `${v.name} % ${r.int(2, 9)}`, `abs(${v.name} - ${b.int()})`, `-${v.name}`, `(${v.name} + 1) / 2`]);
    case 'float':
      return r.pick([`round(${v.name}, 1)`, `${v.name} * ${b.int()}`, `${v.name} / 2`, `int(${v.name})`, `${v.name} + ${b.float()}`]);
    case 'ints':
      return r.pick([`sum(${v.name})`, `max(${v.name})`, `min(${v.name})`, `len(${v.name})`, `${v.name}[0]`, `${v.name}[-1]`, `${v.name}[${r.int(0, v.size - 1)}]`, `sum(${v.name}) / len(${v.name})`, `max(${v.name}) - min(${v.name})`, `${v.name}.count(${b.int()})`]);
    case 'strs':
      return r.pick([`len(${v.name})`, `len(${v.name}[0])`, `${v.name}.index(${b.text(r.pick(v.keys))})`, `${v.name}.count(${b.text()})`]);
    case 'str':
      return r.pick([`len(${v.name})`, `${v.name}.count(${b.text('a')})`, `${v.name}.find(${b.text('e')})`]);
    case 'digits':
      return r.pick([`int(${v.name})`, `int(${v.name}) + ${b.int()}`, `float(${v.name}) * 2`, `len(${v.name})`]);
    case 'counts':
      return r.pick([`${v.name}[${b.text(r.pick(v.keys))}]`, `sum(${v.name}.values())`, `len(${v.name})`, `${v.name}.get(${b.text()}, 0)`, `max(${v.name}.values())`]);
    case 'groups':
      return r.pick([`len(${v.name})`, `${v.name}[${b.text(r.pick(v.keys))}][0]`, `sum(${v.name}[${b.text(r.pick(v.keys))}])`]);
    case 'tuple':
      return r.pick([`${v.name}[${r.int(0, v.size - 1)}]`, `len(${v.name})`, `sum(${v.name})`, `max(${v.name})`]);
    case 'matrix':
      return r.pick([`${v.name}[${r.int(0, v.size - 1)}][${r.int(0, Number(v.keys[0]) - 1)}]`, `len(${v.name})`, `sum(${v.name}[0])`, `sum(sum(row) for row in ${v.name})`]);
    default:
      return r.pick([`len(str(${v.name}))`, `len([${v.name}])`]);
  }
}

/** Some text computed from a variable. */
function word(b: Build, v: Variable): string {
  const { r } = b;
  if (v.type === 'str') {
    return r.pick([`${v.name}.upper()`, `${v.name}.title()`, `${v.name}.lower()`, `${v.name}.strip()`, `${v.name}[::-1]`, `${v.name}[0]`, `${v.name}[:${r.int(1, 3)}]`, `${v.name} + ${b.text('!')}`, `${b.text('Hi ')} + ${v.name}`, `${v.name} * 2`, `${v.name}.replace(${b.text('a')}, ${b.text('o')})`, `${v.name}.capitalize()`, `f${b.text(`{${v.name}}!`)}`]);
  }
  if (v.type === 'strs') {
    return r.pick([`${v.name}[${r.int(0, v.size - 1)}]`, `${b.text(r.pick([', ', ' ', '-']))}.join(${v.name})`, `${v.name}[0].upper()`, `${v.name}[-1]`, `sorted(${v.name})[0]`, `max(${v.name}, key=len)`]);
  }
  return r.pick([`str(${v.name})`, `f${b.text(`${b.phrase()}: {${v.name}}`)}`, `${b.text(`${b.phrase()} {}`)}.format(${v.name})`, `${b.text('%s')} % ${v.type === 'tuple' ? `(${v.name},)` : v.name}`]);
}

/** A condition on a variable. */
export function condition(b: Build, v: Variable): string {
  const { r } = b;
  const compare = r.pick(['>', '<', '>=', '<=', '==', '!=']);
  switch (v.type) {
    case 'int':
    case 'float':
      return r.pick([`${v.name} ${compare} ${b.int()}`, `${v.name} ${compare} ${b.int()}`, `${v.type === 'int' ? `${v.name} % 2 == 0` : `${v.name} > 0`}`]);
    case 'str':
      return r.pick([`${v.name} == ${b.text(r.chance(0.5) ? v.keys[0] : b.word())}`, `len(${v.name}) ${compare} ${r.int(2, 8)}`, `${b.text('a')} in ${v.name}`, `${v.name}.startswith(${b.text(r.pick(['A', 'b', 'p']))})`, v.name]);
    case 'counts':
    case 'record':
    case 'groups':
      return r.pick([`${b.text(r.chance(0.5) ? v.keys[0] : b.word())} in ${v.name}`, `len(${v.name}) ${compare} ${r.int(1, 4)}`]);
    case 'strs':
    case 'set':
      return r.pick([`${b.text(r.chance(0.5) ? v.keys[0] : b.word())} in ${v.name}`, `${b.text()} not in ${v.name}`, `len(${v.name}) ${compare} 3`, v.name]);
    case 'ints':
    case 'tuple':
      return r.pick([`${b.int()} in ${v.name}`, `len(${v.name}) ${compare} ${r.int(1, 5)}`, `${v.name}[0] ${compare} ${b.int()}`, `not ${v.name}`, `any(n > ${b.int()} for n in ${v.name})`]);
    case 'bool':
      return r.pick([v.name, `not ${v.name}`]);
    case 'none':
      return r.pick([`${v.name} is None`, `${v.name} is not None`, `not ${v.name}`]);
    default:
      return r.pick([`len(${v.name}) > ${r.int(0, 4)}`, `${v.name}`]);
  }
}

const any = (b: Build): Variable => (b.variables.length > 0 && b.r.chance(0.8) ? b.r.pick(b.variables) : b.need(b.r.pick(DECLARED)));
/** A variable of a loop; loops name theirs again and again, so it may be taken twice. */
const loop = (b: Build, ...names: string[]): string => b.r.pick([...names, ...names, 'i', 'x', 'item']);

/** Statements that make a plain program; each adds its declarations itself. */
const STATEMENTS: readonly [number, Statement][] = [
  [
    8,
    (b) => {
      b.declare(b.r.pick(DECLARED));
      return [];
    },
  ],
  [6, (b) => b.print(any(b).name).slice(0, 1)],
  [5, (b) => b.print(measure(b, any(b))).slice(0, 1)],
  [3, (b) => [`print(${word(b, any(b))})`]],
  [2, (b) => [`print(${b.text(b.phrase())})`]],
  [5, (b) => {
    const value = measure(b, any(b));
    const name = b.intName();
    return [`${name} = ${value}`];
  }],
  [3, (b) => {
    const value = word(b, any(b));
    return [`${b.textName()} = ${value}`];
  }],
  [3, (b) => [`${b.need('int').name} ${b.r.pick(['+=', '-=', '*='])} ${b.int(1, 9)}`]],
  [2, (b) => [`${b.need('ints').name}.append(${b.int()})`]],
  [1, (b) => [`${b.need('strs').name}.append(${b.text()})`]],
  [1, (b) => [`${b.need('ints').name}.sort(${b.r.pick(['', 'reverse=True'])})`]],
  [2, (b) => [`${b.need('counts').name}[${b.text()}] = ${b.int()}`]],
  [1, (b) => [`${b.need('set').name}.add(${b.text()})`]],
  [1, (b) => [`import ${b.r.pick(['math', 'random', 'sys', 'os', 'json', 're', 'time', 'datetime', 'string', 'itertools', 'collections'])}`]],
  [1, (b) => {
    const [module, call] = b.r.pick([['math', `math.sqrt(${b.int()})`], ['math', `math.floor(${b.float()})`], ['math', 'math.pi'], ['random', 'random.randint(1, 6) > 0'], ['json', `json.dumps(${b.need('counts').name})`], ['string', 'string.digits']]);
    return [`import ${module}`, ...b.print(call)];
  }],
  [1, (b) => [`from collections import Counter`, ...b.print(`Counter(${b.need('strs').name})`)]],
  [3, (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'set', 'tuple'] as const));
    const name = loop(b, v.singular);
    return [`for ${name} in ${v.name}:`, ...indent(b.print(name))];
  }],
  [3, (b) => {
    const v = b.need('ints');
    const total = b.fresh('total result s sum_all acc count', b.subject.ints);
    const name = loop(b, v.singular);
    return [`${total} = 0`, `for ${name} in ${v.name}:`, `    ${total} += ${name}`, ...(b.r.chance(0.7) ? b.print(total) : [])];
  }],
  [2, (b) => {
    const v = b.need('ints');
    const name = loop(b, v.singular);
    return [`for ${name} in ${v.name}:`, `    if ${name} ${b.r.pick(['>', '<', '%', '=='])} ${b.int(2, 50)}:`, ...indent(indent([b.r.pick([`print(${name})`, `print(${b.text(b.word())})`, 'continue', 'break', 'pass'])]))];
  }],
  [2, (b) => [`for ${loop(b, 'i')} in range(${b.r.pick([`${b.int(1, 10)}`, `1, ${b.int(2, 11)}`, `len(${b.need('strs').name})`, '0, 10, 2'])}):`, ...indent([b.r.pick(['print("*")', `print(${b.text(b.word())})`, 'pass'])])]],
  [2, (b) => {
    const v = b.need('counts');
    const [key, value] = b.r.pick([['key', 'value'], ['k', 'v'], ['name', 'amount'], ['item', 'count']]);
    return [`for ${key}, ${value} in ${v.name}.items():`, ...indent([b.r.pick([`print(${key}, ${value})`, `print(f"{${key}}: {${value}}")`, `print(${key} + ": " + str(${value}))`])])];
  }],
  [1, (b) => {
    const v = b.need('counts');
    return [`for ${loop(b, 'key')} in ${v.name}:`, ...indent([`print(${b.text('-')})`])];
  }],
  [2, (b) => {
    const v = b.need('strs');
    const name = loop(b, v.singular).replace(/^i$/, 'x');
    return [`for i, ${name} in enumerate(${v.name}${b.r.pick(['', ', 1', ''])}):`, ...indent([b.r.pick([`print(i, ${name})`, `print(f"{i}. {${name}}")`])])];
  }],
  [1, (b) => [`for a, b in zip(${b.need('ints').name}, ${b.need('strs').name}):`, '    print(a, b)']],
  [4, (b) => {
    const v = any(b);
    const lines = [`if ${condition(b, v)}:`, ...indent(b.print(b.r.pick([v.name, b.text()])))];
    if (b.r.chance(0.35)) lines.push(`elif ${condition(b, v)}:`, ...indent([`print(${b.text()})`]));
    if (b.r.chance(0.5)) lines.push('else:', ...indent([`print(${b.text()})`]));
    return lines;
  }],
  [2, (b) => {
    const n = b.int(1, 6);
    const name = b.fresh('count i n counter attempts tries countdown k');
    return b.r.chance(0.5) ? [`${name} = ${n}`, `while ${name} > 0:`, ...indent([...b.print(name).slice(0, b.r.int(0, 1)), `${name} -= 1`])] : [`${name} = 0`, `while ${name} < ${n}:`, `    ${name} += 1`];
  }],
  [3, (b) => {
    const name = b.functionName();
    const [p, q] = b.r.sample(['x', 'y', 'a', 'b', 'n', 'price', 'rate', 'value', 'amount', 'width', 'height'], 2);
    const hint = b.style.hints ? ': int' : '';
    const body = b.r.pick([`return ${p} ${b.op()} ${q}`, `return ${p} * ${q} / 100`, `print(${p}, ${q})`, `return max(${p}, ${q})`]);
    const lines = [`def ${name}(${p}${hint}, ${q}${b.r.chance(0.3) ? `=${b.int(1, 9)}` : hint}):`, `    ${body}`];
    return b.r.chance(0.75) ? [...lines, ...b.print(`${name}(${b.number()}, ${b.int()})`)] : lines;
  }],
  [2, (b) => {
    const name = b.fresh('greet say_hello welcome show_name describe shout hello introduce format_name');
    return [`def ${name}(name):`, `    ${b.r.pick(['return "Hello, " + name', 'return f"Hi {name}!"', 'print("Hello", name)', 'return name.upper()'])}`, ...b.print(`${name}(${b.text()})`)];
  }],
  [2, (b) => {
    const { name, attributes } = b.classType();
    const names = attributes.map((attribute) => attribute.name);
    const values = attributes.map((attribute) => (attribute.kind === 't' ? b.text() : b.int()));
    const object = b.fresh(`${name.toLowerCase()} obj p me my_${name.toLowerCase()} thing`);
    return [`class ${name}:`, `    def __init__(self, ${b.comma(names)}):`, ...names.map((n) => `        self.${n} = ${n}`), `${object} = ${name}(${b.comma(values)})`, ...b.print(`${object}.${b.r.pick(names)}`)];
  }],
  [2, (b) => {
    const v = b.need('ints');
    const name = b.fresh('squares doubled result evens big new_list filtered output');
    const x = b.r.pick(['x', 'n', 'i', v.singular]);
    return [`${name} = [${b.r.pick([`${x} * 2`, `${x} ** 2`, x, `str(${x})`])} for ${x} in ${v.name}${b.r.pick(['', ` if ${x} > ${b.int(1, 30)}`, ` if ${x} % 2 == 0`])}]`, ...b.print(name)];
  }],
  [1, (b) => {
    const v = b.need('strs');
    return [`${b.fresh('lengths upper_names lower result sizes')} = ${b.r.pick([`[len(w) for w in ${v.name}]`, `[w.upper() for w in ${v.name}]`, `{w: len(w) for w in ${v.name}}`, `sorted(${v.name}, key=len)`, `list(map(str.upper, ${v.name}))`])}`];
  }],
  [1, (b) => {
    const name = b.fresh('double add_one square f is_even half');
    return [`${name} = lambda x: x ${b.r.pick(['* 2', '+ 1', '** 2', '% 2 == 0', '/ 2'])}`, ...b.print(`${name}(${b.number()})`)];
  }],
  [2, (b) => {
    const bad = b.r.pick([[`int(${b.text()})`, 'ValueError'], [`${b.int()} / 0`, 'ZeroDivisionError'], [`${b.need('ints').name}[${b.int(20, 99)}]`, 'IndexError'], [`${b.need('counts').name}[${b.text('missing')}]`, 'KeyError'], [`${b.text()} + ${b.int()}`, 'TypeError']]);
    const as = b.r.chance(0.3) ? ' as e' : '';
    return ['try:', ...indent([`${b.r.pick(['x', 'result', 'value'])} = ${bad[0]}`]), `except ${b.r.chance(0.25) ? 'Exception' : bad[1]}${as}:`, ...indent([`print(${as && b.r.chance(0.5) ? 'e' : b.text(b.r.pick(['error', 'Invalid input', 'Oops', 'not found', 'failed']))})`])];
  }],
  [1, (b) => [`${b.r.pick(['a, b', 'x, y', 'first, second', 'low, high'])} = ${b.int()}, ${b.int()}`]],
  [1, (b) => [`${b.need('float').name} = round(${b.need('float').name}, 2)`]],
  [1, (b) => [`assert ${b.r.pick([`len(${b.need('strs').name}) > 0`, `isinstance(${b.need('int').name}, int)`, `${b.text('a')} in ${b.text('cat')}`])}`]],
  [1, (b) => [`${b.fresh('first_items part top rest subset')} = ${b.need(b.r.pick(['ints', 'strs'] as const)).name}[${b.r.pick(['1:', ':2', '::-1', '-2:', '1:10'])}]`]],
  [1, (b) => [`print(${b.need('record').name}.get(${b.text(b.r.pick(['missing', 'name', 'id', 'email']))}))`]],
  [1, (b) => {
    const v = b.need('records');
    const name = b.r.pick([v.singular, 'p', 'row', 'r']);
    return [`for ${name} in ${v.name}:`, `    print(${name}[${b.text(b.r.pick(v.keys))}])`];
  }],
];

const WEIGHTS = STATEMENTS.map(([weight]) => weight);

/** Writes one statement (and what it needs) at the end of the program. */
export function addStatement(b: Build): void {
  const [, statement] = b.r.weighted(STATEMENTS, WEIGHTS);
  b.out.push(...statement(b));
}
