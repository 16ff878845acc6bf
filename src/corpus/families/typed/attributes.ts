import { indent } from '../../kits/typed/build';
import { typo } from './names';
import type { Fault } from './types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

const METHODS: readonly [type: 'ints' | 'strs' | 'str' | 'counts' | 'set' | 'tuple' | 'int' | 'float', bad: string, good: string][] = [
  ['ints', '.push(3)', '.append(3)'], ['ints', '.add(5)', '.append(5)'], ['ints', '.appned(4)', '.append(4)'], ['ints', '.length', '.copy()'], ['ints', '.size()', '.copy()'], ['ints', '.length()', '.copy()'], ['ints', '.sum()', '.copy()'], ['ints', '.max()', '.pop()'], ['ints', '.shuffle()', '.reverse()'], ['ints', '.sorted()', '.sort()'], ['ints', '.contains(3)', '.count(3)'], ['ints', '.keys()', '.copy()'], ['ints', '.split()', '.clear()'], ['ints', '.get(0)', '.pop(0)'], ['ints', '.items()', '.copy()'], ['ints', '.join(", ")', '.copy()'], ['ints', '.delete(0)', '.pop(0)'], ['ints', '.addAll([1])', '.extend([1])'], ['ints', '.update([1])', '.extend([1])'], ['ints', '.reversed()', '.reverse()'], ['ints', '.find(2)', '.count(2)'], ['ints', '.len()', '.copy()'], ['ints', '.append.(1)', '.append(1)'], ['ints', '.apend(2)', '.append(2)'], ['ints', '.extends([2])', '.extend([2])'], ['ints', '.inserts(0, 1)', '.insert(0, 1)'], ['ints', '.forEach(print)', '.sort()'], ['ints', '.map(str)', '.copy()'], ['ints', '.mean()', '.copy()'], ['ints', '.filter(None)', '.copy()'],
  ['strs', '.upper()', '.copy()'], ['strs', '.lower()', '.sort()'], ['strs', '.strip()', '.copy()'], ['strs', '.replace("a", "b")', '.count("a")'], ['strs', '.push("x")', '.append("x")'], ['strs', '.join()', '.copy()'], ['strs', '.add("x")', '.append("x")'], ['strs', '.title()', '.reverse()'], ['strs', '.values()', '.copy()'], ['strs', '.startswith("a")', '.count("a")'],
  ['str', '.append("s")', '.strip()'], ['str', '.reverse()', '.lower()'], ['str', '.push("a")', '.strip()'], ['str', '.sort()', '.title()'], ['str', '.length', '.upper'], ['str', '.length()', '.upper()'], ['str', '.toUpperCase()', '.upper()'], ['str', '.uppercase()', '.upper()'], ['str', '.contains("a")', '.count("a")'], ['str', '.trim()', '.strip()'], ['str', '.add("a")', '.strip()'], ['str', '.remove("a")', '.replace("a", "")'], ['str', '.uper()', '.upper()'], ['str', '.spilt()', '.split()'], ['str', '.splitt(",")', '.split(",")'], ['str', '.repalce("a", "b")', '.replace("a", "b")'], ['str', '.capitalise()', '.capitalize()'], ['str', '.isNumeric()', '.isnumeric()'], ['str', '.startsWith("a")', '.startswith("a")'], ['str', '.endsWith("a")', '.endswith("a")'], ['str', '.indexOf("a")', '.find("a")'], ['str', '.substring(0, 2)', '.find("b")'], ['str', '.keys()', '.split()'], ['str', '.pop()', '.strip()'], ['str', '.len()', '.upper()'], ['str', '.decode()', '.encode()'], ['str', '.to_upper()', '.upper()'], ['str', '.format_map', '.format'], ['str', '.concat("a")', '.join("ab")'], ['str', '.charAt(0)', '.find("c")'], ['str', '.size', '.upper'], ['str', '.extend("a")', '.strip()'], ['str', '.reversed()', '.swapcase()'], ['str', '.get("a")', '.find("a")'], ['str', '.lowercase()', '.lower()'],
  ['counts', '.append(1)', '.copy()'], ['counts', '.has_key("a")', '.get("a")'], ['counts', '.add("x", 1)', '.update(x=1)'], ['counts', '.iteritems()', '.items()'], ['counts', '.sort()', '.copy()'], ['counts', '.push(1)', '.clear()'], ['counts', '.item()', '.items()'], ['counts', '.key()', '.keys()'], ['counts', '.length', '.copy'], ['counts', '.remove("a")', '.pop("a", 0)'], ['counts', '.value()', '.values()'], ['counts', '.size()', '.values()'], ['counts', '.index("a")', '.get("a")'], ['counts', '.contains("a")', '.get("a")'], ['counts', '.insert("a", 2)', '.setdefault("a", 2)'], ['counts', '.name', '.get("name")'], ['counts', '.total', '.get("total")'], ['counts', '.sorted()', '.items()'],
  ['set', '.append("x")', '.add("x")'], ['set', '.push("x")', '.add("x")'], ['set', '.sort()', '.copy()'], ['set', '.insert(0, "x")', '.add("x")'], ['set', '.get("x")', '.discard("x")'], ['set', '.extend(["x"])', '.update(["x"])'], ['set', '.index("x")', '.discard("x")'], ['set', '.keys()', '.copy()'],
  ['tuple', '.append(3)', '.count(3)'], ['tuple', '.sort()', '.count(1)'], ['tuple', '.add(1)', '.count(1)'], ['tuple', '.remove(1)', '.count(1)'], ['tuple', '.x', '.count'], ['tuple', '.pop()', '.count(2)'], ['tuple', '.insert(0, 1)', '.count(0)'], ['tuple', '.reverse()', '.count(3)'],
  ['int', '.upper()', '.bit_length()'], ['int', '.append(1)', '.bit_length()'], ['int', '.length', '.real'], ['int', '.split()', '.bit_length()'], ['int', '.strip()', '.conjugate()'], ['int', '.toString()', '.__str__()'], ['int', '.isdigit()', '.bit_length()'], ['int', '.sqrt()', '.bit_length()'], ['int', '.round()', '.__round__()'], ['int', '.items()', '.bit_length()'], ['int', '.replace("1", "2")', '.bit_length()'], ['int', '.keys()', '.bit_length()'], ['int', '.lower()', '.conjugate()'], ['int', '.add(2)', '.__add__(2)'],
  ['float', '.round(2)', '.is_integer()'], ['float', '.floor()', '.is_integer()'], ['float', '.upper()', '.hex()'], ['float', '.toFixed(2)', '.__round__(2)'], ['float', '.append(1.5)', '.is_integer()'],
];

export const ATTRIBUTE_FAULTS: readonly Fault[] = [
  (b) => {
    const [type, bad, good] = b.r.pick(METHODS);
    const v = b.need(type);
    const quote = (text: string) => text.replaceAll('"', b.style.quote);
    return b.r.chance(0.5) ? one([v.name + quote(bad), v.name + quote(good)]) : b.use(v.name + quote(bad), v.name + quote(good));
  },
  (b) => {
    // The value decides whether the method is there.
    const name = b.fresh('data value result x item items text output s thing');
    const values: [string, string][] = [[b.text(), '.upper()'], [b.ints(), '.append(1)'], [`{${b.text()}: 1}`, '.items()'], [String(b.int()), '.bit_length()'], [`{${b.int()}, ${b.int()}}`, '.add(4)'], [b.ints(), '.sort()'], [b.text(), '.split()'], [b.text(), '.replace("a", "b")'], [`{${b.text()}: 2}`, '.keys()'], [b.ints(), '.pop()'], ['None', '.upper()'], ['None', '.append(1)'], ['None', '.items()'], [`(${b.int()}, ${b.int()})`, '.count(1)'], [b.text(), '.strip()'], ['True', '.real']];
    const [right, call] = b.r.pick(values.filter(([value]) => value !== 'None'));
    const wrong = b.r.pick(values.filter(([value]) => value !== right))[0];
    const use = b.r.pick([`print(${name}${call})`, `${name}${call}`]);
    return [[`${name} = ${wrong}`, use], [`${name} = ${right}`, use]];
  },
  (b) => {
    const v = b.need('none');
    const call = b.r.pick(['.append(1)', '.upper()', '.split()', '.name', '.next', '.items()', '.strip()', '.get("a")', '.value', '.lower()', '.group()']);
    return [[`${b.r.chance(0.5) ? `print(${v.name}${call})` : `${v.name}${call}`}`], [`if ${v.name}:`, `    print(${v.name}${call})`], [`print(${v.name})`]];
  },
  (b) => {
    const v = b.need('ints');
    return b.r.pick([
      () => { const n = b.fresh('result new_list data sorted_list'); return [[`${n} = ${v.name}.sort()`, `${n}.append(${b.int()})`], [`${n} = sorted(${v.name})`, `${n}.append(${b.int()})`]]; },
      () => { const n = b.fresh('result new_list data more'); return [[`${n} = ${v.name}.append(${b.int()})`, `${n}.sort()`], [`${n} = ${v.name} + [${b.int()}]`, `${n}.sort()`]]; },
      () => one([`${v.name}.sort().reverse()`, `${v.name}.sort(reverse=True)`]),
      () => one([`${v.name}.append(1).append(2)`, `${v.name}.extend([1, 2])`]),
      () => one([`${v.name}[0].append(${b.int()})`, `${v.name}.append(${b.int()})`]),
      () => b.use(`${v.name}[0].upper()`, `str(${v.name}[0]).upper()`),
      () => [[`for x in ${v.name}:`, '    print(x.upper())'], [`for x in ${v.name}:`, '    print(str(x).upper())']],
      () => [[`${v.name} = ${v.name}.append(${b.int()})`, `${v.name}.append(${b.int()})`], [`${v.name}.append(${b.int()})`, `${v.name}.append(${b.int()})`]],
      () => one([`print(${b.text()}).upper()`, `print(${b.text()}.upper())`]),
      () => b.use(`[x.strip() for x in ${v.name}]`, `[str(x).strip() for x in ${v.name}]`),
    ])();
  },
  (b) => {
    const name = b.functionName();
    const e = b.r.pick([b.text(), 'name.upper()', 'name + "!"']);
    const make = (line: string) => [`def ${name}(name):`, `    ${line}`, `print(${name}(${b.text()}).lower())`];
    return [make(`print(${e})`), make(`return ${e}`)];
  },
  (b) => {
    const { name, attributes } = b.classType();
    const names = attributes.map((attribute) => attribute.name);
    const values = attributes.map((attribute) => (attribute.kind === 't' ? b.text() : b.int()));
    const object = b.fresh(`${name.toLowerCase()} obj p my_obj first`);
    const method = b.r.pick(['show', 'describe', 'info', 'display']);
    const make = (line: string, body = `print(self.${names[0]})`) => [`class ${name}:`, `    def __init__(self, ${b.comma(names)}):`, ...names.map((n) => `        self.${n} = ${n}`), `    def ${method}(self):`, `        ${body}`, `${object} = ${name}(${b.comma(values)})`, line];
    const missing = b.r.pick(['email', 'color', 'weight', 'address', 'id_number', 'get_name', 'city_name', typo(b, names[0]), names[0].toUpperCase()]);
    return [b.r.pick([() => make(`print(${object}.${missing})`), () => make(`${object}.${b.r.pick(['run', 'print', 'save', 'speak', typo(b, method), `${method}_all`])}()`), () => make(`${object}.${method}()`, `print(self.${missing})`), () => make(`print(${name}.${names[0]})`), () => make(`${object}.append(1)`), () => make(`print(${object}.__${names[0]})`)])(), make(`print(${object}.${names[0]})`), make(`${object}.${method}()`)];
  },
  (b) => {
    const { name, attributes } = b.classType();
    const a = attributes[0];
    const value = a.kind === 't' ? b.text() : b.int();
    const make = (init: string) => [`class ${name}:`, `    def __init__(self, ${a.name}):`, `        ${init}`, `x = ${name}(${value})`, `print(x.${a.name})`];
    return [make(b.r.pick([`${a.name} = ${a.name}`, 'pass', `self._${a.name} = ${a.name}`, `self.__${a.name} = ${a.name}`, `self.${typo(b, a.name)} = ${a.name}`])), make(`self.${a.name} = ${a.name}`)];
  },
  (b) => {
    const { name } = b.classType();
    const n = b.r.pick(['count', 'total', 'size', 'limit']);
    return [[`class ${name}:`, '    pass', `${b.r.pick(['a', 'x', 'obj'])} = ${name}()`, `print(${name}.${n})`], [`class ${name}:`, `    ${n} = ${b.int()}`, `print(${name}.${n})`]];
  },
  (b) => {
    const [module, bad, good] = b.r.pick([
      ['math', 'math.square(4)', 'math.sqrt(4)'], ['math', 'math.PI', 'math.pi'], ['math', 'math.sqroot(9)', 'math.sqrt(9)'], ['math', 'math.power(2, 3)', 'math.pow(2, 3)'], ['math', 'math.round(2.5)', 'math.floor(2.5)'], ['math', 'math.max(1, 2)', 'math.fmod(1, 2)'], ['math', 'math.abs(-3)', 'math.fabs(-3)'], ['math', 'math.ceiling(2.1)', 'math.ceil(2.1)'], ['math', 'math.sum([1])', 'math.fsum([1])'], ['math', 'math.random()', 'math.pi'],
      ['random', 'random.rand()', 'random.random() < 1'], ['random', 'random.randInt(1, 6)', 'random.randint(1, 6) > 0'], ['random', 'random.int(1, 6)', 'random.randint(1, 6) > 0'], ['random', 'random.pick([1])', 'random.choice([1])'], ['random', 'random.number()', 'random.random() < 1'],
      ['json', 'json.parse("[1]")', 'json.loads("[1]")'], ['json', 'json.stringify([1])', 'json.dumps([1])'], ['json', 'json.dumb([1])', 'json.dumps([1])'], ['os', 'os.getcurrentdir()', 'len(os.getcwd()) > 0'], ['os', 'os.cwd()', 'len(os.getcwd()) > 0'], ['os', 'os.path.exist("x")', 'os.path.exists("x")'], ['os', 'os.path.joins("a", "b")', 'os.path.join("a", "b")'],
      ['time', 'time.now()', 'time.time() > 0'], ['time', 'time.clock()', 'time.time() > 0'], ['time', 'time.wait(0)', 'time.sleep(0)'], ['datetime', 'datetime.now()', 'datetime.datetime.now() is None'], ['datetime', 'datetime.today()', 'datetime.date.today() is None'], ['datetime', 'datetime.strptime("1", "%d")', 'datetime.datetime.strptime("1", "%d")'], ['string', 'string.letters', 'string.ascii_letters'], ['string', 'string.lowercase', 'string.ascii_lowercase'], ['string', 'string.upper("a")', 'string.capwords("a")'], ['sys', 'sys.args', 'len(sys.argv) >= 0'], ['sys', 'sys.maxint', 'sys.maxsize > 0'], ['re', 're.find("a", "b")', 're.findall("a", "b")'], ['re', 're.match("a", "b").group()', 're.match("b", "b").group()'], ['re', 're.search("x", "abc").start()', 're.search("b", "abc").start()'], ['collections', 'collections.counter("ab")', 'collections.Counter("ab")'], ['itertools', 'itertools.combination([1], 1)', 'list(itertools.combinations([1], 1))'], ['statistics', 'statistics.average([1])', 'statistics.mean([1])'], ['copy', 'copy.deep([1])', 'copy.deepcopy([1])'], ['functools', 'functools.reduced(max, [1])', 'functools.reduce(max, [1])'],
    ]);
    return b.print(bad, good).map((line) => [`import ${module}`, line]);
  },
  (b) => {
    const v = b.need('record');
    return b.use(`${v.name}.${v.keys[0]}`, `${v.name}[${b.text(v.keys[0])}]`);
  },
  (b) => {
    const v = b.need('records');
    const item = b.r.pick([v.singular, 'x', 'p']);
    return [[`for ${item} in ${v.name}:`, ...indent([`print(${item}.${v.keys[0]})`])], [`for ${item} in ${v.name}:`, ...indent([`print(${item}[${b.text(v.keys[0])}])`])]];
  },
  (b) => {
    const name = b.functionName();
    return [[`def ${name}():`, `    return ${b.int()}`, `print(${name}.${b.r.pick(['result', 'value', 'total'])})`], [`def ${name}():`, `    return ${b.int()}`, `print(${name}.__name__)`], [`def ${name}():`, `    return ${b.text()}`, `print(${name}.upper())`], [`def ${name}():`, `    return ${b.text()}`, `print(${name}().upper())`]];
  },
  (b) => {
    const v = b.need('counts');
    return b.r.pick([
      () => [[`for k in ${v.name}.keys():`, `    print(k.append(1))`], [`for k in ${v.name}.keys():`, '    print(k.upper())']],
      () => one([`${v.name}[${b.text(v.keys[0])}].append(1)`, `${v.name}[${b.text(v.keys[0])}] += 1`]),
      () => [[`for k in ${v.name}.values():`, '    print(k.lower())'], [`for k in ${v.name}:`, '    print(k.lower())']],
      () => b.use(`${v.name}.get(${b.text('nobody')}).upper()`, `${v.name}.get(${b.text('nobody')}, ${b.text('x')})`),
    ])();
  },
  (b) => {
    const text = b.text(b.digits());
    const name = b.fresh('n age value num x amount');
    return b.r.pick([
      () => [[`${name} = int(${text})`, `print(${name}.isdigit())`], [`${name} = ${text}`, `print(${name}.isdigit())`]],
      () => [[`${name} = ${text}`, `${name}.append(1)`], [`${name} = [${text}]`, `${name}.append(1)`]],
      () => [[`${name} = ${b.int()}`, `print(${name}.zfill(5))`], [`${name} = ${text}`, `print(${name}.zfill(5))`]],
      () => [[`with ${b.int()} as ${name}: pass`], [`if ${b.int()}: pass`]],
      () => [[`${name} = ${text}.split()`, `print(${name}.upper())`], [`${name} = ${text}.split()`, `print(${name}[0].upper())`]],
      () => [[`${name} = open`, `print(${name}.read())`], [`${name} = open`, `print(${name})`]],
      () => [[`${name} = range(5)`, `${name}.append(5)`], [`${name} = list(range(5))`, `${name}.append(5)`]],
      () => [[`${name} = (n for n in [1])`, `print(${name}.sort())`], [`${name} = [n for n in [1]]`, `print(${name}.sort())`]],
      () => [[`${name} = object()`, `${name}.color = ${b.text()}`], ['class Box: pass', `${name} = Box()`, `${name}.color = ${b.text()}`]],
    ])();
  },
];
