import type { Build } from '../../kits/typed/build';
import type { Fault } from './types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

/** A name with a slip of the finger: letters swapped, dropped, doubled, or another case. */
export function typo(b: Build, name: string): string {
  const { r } = b;
  if (name.length === 1) return r.pick([name.toUpperCase(), `${name}1`, `${name}${name}`, r.pick(['p', 'q', 'w', 'm', 'z'].filter((c) => c !== name))]);
  const at = r.int(0, name.length - 2);
  const slips = [
    name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2),
    name.slice(0, at + 1) + name.slice(at + 2),
    name.slice(0, at + 1) + name[at] + name.slice(at + 1),
    name[0].toUpperCase() + name.slice(1),
    name.endsWith('s') ? name.slice(0, -1) : `${name}s`,
    name.replace('_', ''),
    `${name}1`,
    name.replace(/_(\w)/, (_, c: string) => c.toUpperCase()),
  ].filter((slip) => /^[A-Za-z_]\w*$/.test(slip) && slip !== name);
  return slips.length > 0 ? r.pick(slips) : `${name}_`;
}

const bodyUse = (b: Build, name: string): string => b.r.pick([name, `${name} ${b.op()} ${b.int()}`, `len(${name})`, `str(${name})`, `${name}[0]`, `${name}.upper()`]);

export const NAME_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.r.chance(0.7) && b.variables.length ? b.r.pick(b.variables) : b.need(b.r.pick(['int', 'ints', 'str', 'strs', 'counts', 'float'] as const));
    return b.use(typo(b, v.name), v.name);
  },
  (b) => {
    const v = b.need('int');
    const e = b.r.pick([(n: string) => `${n} * ${b.r.int(2, 2)}`, (n: string) => `${n} + ${n}`, (n: string) => `round(${n} / 3, 2)`, (n: string) => `str(${n})`, (n: string) => `f${b.text(`{${n}}`)}`]);
    return b.use(e(typo(b, v.name)), e(v.name));
  },
  (b) => {
    const name = b.r.pick([b.intName, b.textName, b.floatName])();
    const e = bodyUse(b, name);
    const value = /upper|len|\[0/.test(e) ? b.text() : b.int();
    const lines = b.use(e)[0];
    return [lines, [`${name} = ${value}`, ...lines], [...lines, `${name} = ${value}`]];
  },
  (b) => {
    // Quotes forgotten around a word.
    const word = b.word().split(' ')[0].replace(/\W/g, '') || 'hello';
    const w = /^\d/.test(word) ? 'hello' : word;
    return b.r.pick([
      () => one([`print(${w})`, `print(${b.text(w)})`]),
      () => one([`${b.textName()} = ${w}`, `${b.textName()} = ${b.text(w)}`]),
      () => { const v = b.need('counts'); return b.use(`${v.name}[${v.keys[0].split(' ')[0]}]`, `${v.name}[${b.text(v.keys[0].split(' ')[0])}]`); },
      () => { const v = b.need('strs'); return one([`${v.name}.append(${w})`, `${v.name}.append(${b.text(w)})`]); },
      () => b.use(`${b.text('Hello ')} + ${w}`, `${b.text('Hello ')} + ${b.text(w)}`),
      () => one([`names = [${w}, ${b.text()}]`, `names = [${b.text(w)}, ${b.text()}]`]),
      () => { const v = b.need('str'); return [[`if ${v.name} == ${w}:`, '    print("yes")'], [`if ${v.name} == ${b.text(w)}:`, '    print("yes")']]; },
    ])();
  },
  (b) => {
    const [module, e] = b.r.pick([
      ['math', 'math.sqrt(16)'], ['math', 'math.pi * 2'], ['random', 'random.randint(1, 6) > 0'], ['json', 'json.dumps([1])'], ['os', 'os.getcwd() != ""'], ['sys', 'len(sys.argv) >= 0'], ['time', 'time.time() > 0'], ['datetime', 'datetime.date(2024, 5, 1)'], ['re', 're.findall("a", "banana")'], ['string', 'string.ascii_lowercase'], ['collections', 'collections.Counter("aab")'], ['itertools', 'list(itertools.chain([1], [2]))'], ['functools', 'functools.reduce(max, [1, 3])'], ['copy', 'copy.copy([1])'], ['statistics', 'statistics.mean([1, 2])'],
    ]);
    const lines = b.use(e)[0];
    return [lines, [`import ${module}`, ...lines], [`from ${module} import *`, ...lines]];
  },
  (b) => {
    const [module, name, e] = b.r.pick([
      ['math', 'sqrt', 'sqrt(25)'], ['math', 'pi', 'pi * 3 ** 2'], ['math', 'ceil', 'ceil(4.2)'], ['random', 'choice', 'choice([1, 2]) > 0'], ['random', 'randint', 'randint(1, 9) > 0'], ['datetime', 'datetime', 'datetime(2024, 1, 1)'], ['collections', 'Counter', 'Counter("hello")'], ['collections', 'defaultdict', 'defaultdict(int)'], ['collections', 'deque', 'deque([1, 2])'], ['functools', 'reduce', 'reduce(lambda a, b: a + b, [1, 2, 3])'], ['itertools', 'permutations', 'list(permutations([1, 2]))'], ['time', 'sleep', 'sleep(0)'], ['copy', 'deepcopy', 'deepcopy([1])'], ['decimal', 'Decimal', 'Decimal("1.5")'], ['pathlib', 'Path', 'Path("a.txt").name'], ['string', 'ascii_letters', 'ascii_letters[:3]'],
    ]);
    const lines = b.use(e)[0];
    return [[`import ${module}`, ...lines], [`from ${module} import ${name}`, ...lines], lines];
  },
  (b) => {
    const [bad, good] = b.r.pick([['true', 'True'], ['false', 'False'], ['null', 'None'], ['none', 'None'], ['TRUE', 'True'], ['nil', 'None'], ['undefined', 'None']]);
    const name = b.fresh('flag done active found is_ready result status current enabled value');
    return b.r.pick([() => one([`${name} = ${bad}`, `${name} = ${good}`]), () => [[`if ${bad}:`, `    print(${b.text()})`], [`if ${good}:`, `    print(${b.text()})`]], () => [[`while ${bad}:`, '    break'], [`while ${good}:`, '    break']], () => b.print(bad, good).map((line) => [line])])();
  },
  (b) => {
    const e = b.number();
    const [bad, good] = b.r.pick([['Print', 'print'], ['pritn', 'print'], ['prnt', 'print'], ['printf', 'print'], ['echo', 'print'], ['println', 'print'], ['raw_input', 'str'], ['lenght', 'str'], ['Str', 'str'], ['Int', 'int'], ['integer', 'int'], ['string', 'str'], ['xrange', 'range'], ['unicode', 'str'], ['long', 'int'], ['Range', 'range'], ['Len', 'str'], ['size', 'str'], ['sqrt', 'abs'], ['Sum', 'abs'], ['avg', 'abs'], ['average', 'abs'], ['toString', 'str'], ['floor', 'round'], ['parseInt', 'int'], ['reduce', 'abs'], ['unichr', 'chr'], ['cmp', 'max']]);
    const second = good === 'max' ? ', 3' : '';
    return good === 'print' ? one([`${bad}(${e})`, `${good}(${e})`]) : b.use(`${bad}(${e}${second})`, `${good}(${e}${second})`);
  },
  (b) => {
    const name = b.functionName();
    const def = [`def ${name}():`, `    ${b.r.pick([`print(${b.text()})`, `return ${b.int()}`, 'pass'])}`];
    const call = (n: string) => (b.r.chance(0.5) ? `${n}()` : `print(${n}())`);
    const good = call(name);
    const twins = [
      () => [[...def, good.replace(name, typo(b, name))], [...def, good]],
      () => [[good, ...def], [...def, good]],
      () => [[good], [...def, good]],
    ];
    return b.r.pick(twins)();
  },
  (b) => {
    // A local name used outside its function.
    const name = b.functionName();
    const x = b.fresh('result total answer value message local_var output temp area');
    const value = b.r.chance(0.5) ? b.text() : b.int();
    const [after] = b.print(x);
    return [[`def ${name}():`, `    ${x} = ${value}`, `${name}()`, after], [`def ${name}():`, `    global ${x}`, `    ${x} = ${value}`, `${name}()`, after], [`def ${name}():`, `    return ${value}`, `${x} = ${name}()`, after], [`${x} = ${b.int()}`, `def ${name}():`, `    ${x} = ${value}`, `${name}()`, after]];
  },
  (b) => {
    const name = b.functionName();
    const [p, q] = b.r.sample(['price', 'width', 'height', 'rate', 'x', 'y', 'radius', 'count', 'name', 'amount', 'n', 'total'], 2);
    const make = (body: string, args = `${b.r.int(5, 5)}`) => [`def ${name}(${p}):`, `    return ${body}`, `print(${name}(${args}))`];
    const op = b.op();
    return [make(`${p} ${op} ${q}`), make(`${p} ${op} ${p}`), make(`${typo(b, p)} ${op} 2`)];
  },
  (b) => {
    const { name, attributes } = b.classType();
    const [a] = attributes;
    const value = a.kind === 't' ? b.text() : b.int();
    const method = b.r.pick(['show', 'describe', 'info', 'display', 'get']);
    const make = (body: string, init = `self.${a.name} = ${a.name}`) => [`class ${name}:`, `    def __init__(self, ${a.name}):`, `        ${init}`, `    def ${method}(self):`, `        print(${body})`, `${name}(${value}).${method}()`];
    return [make(a.name), make(`self.${a.name}`), make(`self.${a.name}`, `${a.name} = ${a.name}`), make(`self.${a.name}`, `self.${a.name} = ${typo(b, a.name)}`), make(`this.${a.name}`)];
  },
  (b) => {
    const { name } = b.classType();
    const helper = b.r.pick(['area', 'total', 'check', 'double', 'helper', 'compute']);
    const make = (call: string) => [`class ${name}:`, `    def ${helper}(self):`, `        return ${n}`, '    def run(self):', `        return ${call}`, `print(${name}().run())`];
    const n = b.int();
    return [make(`${helper}()`), make(`self.${helper}()`), make(`${helper}(self)`)];
  },
  (b) => {
    const { name } = b.classType();
    const object = b.fresh('obj thing p item my_obj a x');
    const def = [`class ${name}:`, '    pass'];
    return [[...def, `${object} = ${name.toLowerCase()}()`], [...def, `${object} = ${name}()`], [`${object} = ${name}()`, ...def], [...def, `print(${object})`]];
  },
  (b) => {
    const v = b.need(b.r.pick(['int', 'str', 'ints', 'counts'] as const));
    return [[`del ${v.name}`, ...b.print(v.name)], [...b.print(v.name), `del ${v.name}`]];
  },
  (b) => {
    const v = b.need('ints');
    const x = b.r.pick(['n', 'x', 'num', 'k', 'val']);
    const made = b.fresh('squares doubled result out evens');
    return b.r.pick([
      () => [[`${made} = [${x} * 2 for ${x} in ${v.name}]`, `print(${x})`], [`${made} = [${x} * 2 for ${x} in ${v.name}]`, `print(${made})`]],
      () => b.use(`[${x} for y in ${v.name}]`, `[${x} for ${x} in ${v.name}]`),
      () => [[`for ${x} in ${typo(b, v.name)}:`, `    print(${x})`], [`for ${x} in ${v.name}:`, `    print(${x})`]],
      () => [[`for ${x} in ${v.name}:`, `    print(${x}_)`], [`for ${x} in ${v.name}:`, `    print(${x})`]],
      () => [[`for ${x} in ${v.name}:`, `    ${made} += ${x}`], [`${made} = 0`, `for ${x} in ${v.name}:`, `    ${made} += ${x}`]],
      () => [[`for ${x} in ${v.name}:`, `    ${made}.append(${x})`], [`${made} = []`, `for ${x} in ${v.name}:`, `    ${made}.append(${x})`]],
      () => [[`for ${x} in range(size_):`, `    print(${x})`], [`for ${x} in range(2):`, `    print(${x})`]],
    ])();
  },
  (b) => {
    const v = b.need('int');
    const name = b.fresh('message level status label grade result category discount');
    const limit = v.size;
    const make = (cmp: string) => [`if ${v.name} ${cmp} ${limit}:`, `    ${name} = ${b.text(value)}`, after];
    const value = b.word();
    const [after] = b.print(name);
    return [make('>'), make('=='), [...make('>').slice(0, 2), 'else:', `    ${name} = ${b.text('other')}`, after]];
  },
  (b) => {
    const x = b.fresh('counter total i count n score num');
    return b.r.pick([
      () => one([`${x} += 1`, `${x} = 1`]),
      () => [[`while ${x} < 3:`, `    ${x} += 1`], [`${x} = 0`, `while ${x} < 3:`, `    ${x} += 1`]],
      () => [[`${x}[0] = ${b.int()}`], [`${x} = [0]`, `${x}[0] = ${b.int()}`]],
      () => [[`${x}.append(${b.int()})`], [`${x} = []`, `${x}.append(${b.int()})`]],
      () => [[`if ${x} > 10:`, '    print("big")'], [`${x} = 5`, `if ${x} > 10:`, '    print("big")']],
      () => [['try:', `    ${x} = int(${b.text('5')})`, 'except ValueErr:', '    print("bad")', `print(${x}x)`], ['try:', `    ${x} = int(${b.text('5')})`, 'except ValueErr:', '    print("bad")', `print(${x})`]],
      () => [['try:', `    ${x} = 1 / 0`, 'except ZeroDivisionError as e:', '    pass', 'print(e)'], ['try:', `    ${x} = 1 / 0`, 'except ZeroDivisionError as e:', '    print(e)']],
      () => [['try:', `    ${x} = int(${b.text('five')})`, 'except ValueError:', `    print(${b.text('bad')})`, `print(${x})`], ['try:', `    ${x} = int(${b.text('5')})`, 'except ValueError:', `    print(${b.text('bad')})`, `print(${x})`]],
    ])();
  },
  (b) => {
    const n = b.int();
    return b.r.pick([
      () => one([`print(f${b.text(`Total: {totl}`)})`, `print(f${b.text(`Total: {${n}}`)})`, `print(${b.text('Total: {totl}')})`]),
      () => b.use(`sorted([1, 2], key=by_size)`, `sorted([1, 2], key=abs)`),
      () => [['@cached', `def f(x):`, '    return x'], ['def f(x):', '    return x']],
      () => [['def f(x: Integer):', '    return x', 'print(f(1))'], ['def f(x: int):', '    return x', 'print(f(1))'], ['def f(x: "Integer"):', '    return x', 'print(f(1))']],
      () => [['def f(x=size):', '    return x'], ['def f(x):', '    return size'], ['def f(x=3):', '    return x']],
      () => one([`raise ValueErorr(${b.text()})`, `print(${b.text()})`]),
      () => [['class Dog(Animal):', '    pass'], ['class Dog:', '    pass']],
      () => [['with opn("a") as f:', '    pass'], ['for f in "a":', '    pass']],
      () => one([`assert x == 1`, `assert 1 == 1`]),
      () => [[`def f():`, `    retrun`, 'f()'], ['def f():', '    return', 'f()'], ['def f():', '    retrun']],
    ])();
  },
];
