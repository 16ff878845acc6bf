import type { Build } from './typed-build';
import { typo } from './typed-faults-names';
import type { Fault } from './typed-faults-types';

const one = (lines: readonly string[]): string[][] => lines.map((line) => [line]);

/** Module, names it has. */
const MODULES = ('math sqrt pi ceil floor factorial gcd log sin cos pow;random randint choice shuffle random sample uniform;datetime datetime date timedelta time;collections Counter defaultdict deque OrderedDict namedtuple;' +
  'itertools permutations combinations chain product count cycle islice;functools reduce lru_cache partial wraps;os path getcwd listdir environ;sys argv exit version path;json loads dumps load dump;re match search findall sub compile;string ascii_letters digits punctuation;' +
  'time sleep time perf_counter;typing List Dict Optional Union Any Tuple;pathlib Path;copy copy deepcopy;statistics mean median stdev mode;decimal Decimal;fractions Fraction;enum Enum;dataclasses dataclass field;operator itemgetter add mul attrgetter;heapq heappush heappop;bisect bisect_left insort;csv reader writer;abc ABC abstractmethod;textwrap wrap dedent;contextlib contextmanager;io StringIO BytesIO;hashlib md5 sha256;calendar month monthrange;uuid uuid4;shutil copy move;glob glob;logging getLogger info;threading Thread Lock;queue Queue;urllib.parse quote urlparse;string Template;types SimpleNamespace;secrets token_hex choice')
  .split(';').map((entry) => entry.split(' '));

/** Names people look for in the wrong place, or that were removed. */
const WRONG_NAMES = ('math square;math squareroot;math sum;math abs;math random;math round;math max;math power;math PI;random rand;random random_int;random randInt;random number;collections Mapping;collections Iterable;collections Callable;collections dict;collections Dequeue;itertools izip;itertools imap;itertools sum;functools map;functools filter;os walkdir;os exists;os join;sys args;sys input;json parse;json stringify;json read;re find;re replace;string letters;string lowercase;string maketrans;string upper;time now;time wait;time clock;typing list_of;typing string;datetime now;datetime today;datetime Date;datetime DateTime;pathlib path;copy clone;statistics average;statistics avg;statistics sum;urllib urlopen;urllib quote;urllib urlencode;urllib Request;enum enum;dataclasses DataClass;operator plus;csv read_csv;csv parse;abc Abstract;io stringio;collections counter;collections ordereddict;hashlib sha;inspect getargspec;asyncio coroutine;asyncio async_run;fractions gcd;cgi escape;html unescape_all;heapq push;bisect search;threading thread;queue queue;logging log_info;decimal decimal;tempfile TempFile;random shuffled;math infinity;os path_join;sys exit_now;unittest Testcase;unittest mockk;shutil copyall;platform os_name;types Function;contextlib context;calendar day')
  .split(';').map((entry) => entry.split(' '));

const MISSING_MODULES = ('numpy np;pandas pd;requests;matplotlib.pyplot plt;flask;django;scipy;sklearn;tensorflow tf;torch;cv2;PIL;bs4;yaml;pygame;seaborn sns;sqlalchemy;pytest;selenium;nltk;scrapy;fastapi;keras;sympy;networkx nx;psycopg2;pymongo;redis;boto3;openpyxl;tqdm;colorama;click;jinja2;attr;dateutil;dotenv;pyautogui;rich;pydantic;streamlit st;plotly;lxml;aiohttp;websockets;cryptography;paramiko;mysql.connector;pytz;simplejson;' +
  'urllib2;ConfigParser;StringIO;cPickle;Queue;tkMessageBox;Tkinter;commands;httplib;urlparse;thread;HTMLParser;sets;md5;imp;distutils;asynchat;cgi;telnetlib;' +
  'maths;Math;Random;randon;ramdom;jsn;jason;Json;datatime;dateime;date;OS;system;syss;collection;itertool;functool;regex;regx;strings;times;Time;statistic;stats;mymodule;my_module;utils;helpers;config;settings;models;database;constants;user;module1;shapes;calculator;inventory;bank;game;student;matplotlib;randomm;pythonmath;decimals;fraction;enums;typings;pathlb;csvv;loggin;threads;Datetime;Collections;file_utils;tools;common;main_utils;app;core;api;heap;stack;graph;json5;ujson;bisects;counter')
  .split(';').map((entry) => entry.split(' '));

const call = (b: Build, module: string, name: string): string =>
  b.r.pick([`print(${name})`, b.r.chance(0.5) ? `print(${b.number()})` : `print(${module.split('.')[0]})`, `print(${b.text()})`]);

export const IMPORT_FAULTS: readonly Fault[] = [
  (b) => {
    const [module, ...names] = b.r.pick(MODULES);
    const name = b.r.pick(names);
    const after = b.r.chance(0.6) ? [b.r.pick([`print(${b.text()})`, `print(${b.number()})`])] : [];
    const bad = typo(b, name);
    return b.r.chance(0.8) ? [[`from ${module} import ${bad}`, ...after], [`from ${module} import ${name}`, ...after]] : [[`from ${module} import ${names[0]}, ${bad}`, ...after], [`from ${module} import ${names[0]}, ${name}`, ...after]];
  },
  (b) => {
    const [module, name] = b.r.pick(WRONG_NAMES);
    const good = MODULES.find(([m]) => m === module)?.[1];
    const rest = b.r.chance(0.5) ? [call(b, module, name)] : [];
    const as = b.r.chance(0.15) ? ' as f' : '';
    return [[`from ${module} import ${name}${as}`, ...rest], good ? [`from ${module} import ${good}${as}`, ...rest.map((line) => line.replace(name, good))] : [`import ${module}`, `print(${b.text()})`], [`import ${module}`, ...rest]];
  },
  (b) => {
    const [m1, ...n1] = b.r.pick(MODULES);
    const [m2, n2] = b.r.pick(MODULES);
    return [[`from ${m1} import ${n2}`], [`from ${m2} import ${n2}`], [`from ${m1} import ${b.r.pick(n1)}`]];
  },
  (b) => {
    const [module, name] = b.r.pick(WRONG_NAMES);
    return [['try:', `    from ${module} import ${name}`, `except ${b.r.pick(['ModuleNotFoundError', 'NameError', 'AttributeError'])}:`, `    ${name} = None`], ['try:', `    from ${module} import ${name}`, 'except ImportError:', `    ${name} = None`]];
  },
  (b) => {
    const name = b.functionName();
    const [module, bad] = b.r.pick(WRONG_NAMES);
    const use = b.r.chance(0.5) ? `    return ${b.int()}` : `    print(${b.text()})`;
    return [[`def ${name}():`, `    from ${module} import ${bad}`, use, `${name}()`], [`def ${name}():`, `    from ${module} import ${bad}`, use]];
  },
  (b) => [[`raise ImportError(${b.text(b.r.pick(['missing library', 'no module', 'need version 3', b.word()]))})`], [`raise ModuleNotFoundError(${b.text()})`], [`print(ImportError)`]],
  (b) => one([`from ${b.r.pick(['.', '..', '.utils', '.models', '..config'])} import ${b.r.pick(['helpers', 'User', 'settings', 'run'])}`, 'from os import path']),
];

export const MODULE_FAULTS: readonly Fault[] = [
  (b) => {
    const [module, alias] = b.r.pick(MISSING_MODULES);
    const good = b.r.pick(MODULES)[0];
    const line = (m: string) => (alias && m === module ? `import ${m} as ${alias}` : `import ${m}`);
    const rest = b.r.chance(0.6) ? [b.r.pick([`print(${b.number()})`, `print(${b.text()})`, `${b.intName()} = ${b.int()}`])] : [];
    return [[line(module), ...rest], [line(good), ...rest]];
  },
  (b) => {
    const [good, ...names] = b.r.pick(MODULES);
    const bad = typo(b, good.split('.')[0]);
    const name = b.r.pick(names);
    const rest = b.r.chance(0.5) ? [call(b, good, name)] : [];
    return b.r.pick([
      () => [[`import ${bad}`, ...rest], [`import ${good}`, ...rest]],
      () => [[`from ${bad} import ${name}`, ...rest], [`from ${good} import ${name}`, ...rest], [`from ${good} import ${typo(b, name)}`, ...rest]],
      () => [[`import ${good}, ${bad}`, ...rest], [`import ${good}`, ...rest]],
      () => [[`import ${good}.${name}`, ...rest], [`from ${good} import ${name}`, ...rest]],
      () => [[`import ${good}.${b.r.pick(['utils', 'core', 'helpers', 'tools', name])}`], [`import ${good}`]],
    ])();
  },
  (b) => {
    const [module, alias] = b.r.pick(MISSING_MODULES);
    const use = b.r.pick([['numpy', `${alias ?? module}.array([1, 2])`], ['x', `${(alias ?? module).split('.')[0]}.run()`], ['x', `${(alias ?? module).split('.')[0]}.get(${b.text()})`]])[1];
    const head = alias ? `import ${module} as ${alias}` : `import ${module}`;
    return [[head, `${b.fresh('data result x response df arr')} = ${use}`], [`${b.fresh('data result x response df arr')} = ${use}`]];
  },
  (b) => {
    const [module] = b.r.pick(MISSING_MODULES);
    const name = b.r.pick(['User', 'load', 'helper', 'connect', 'Image', 'Flask', 'run', 'get_data', 'DataFrame', 'BeautifulSoup', 'add', 'main']);
    return [[`from ${module} import ${name}`, `print(${name})`], ['try:', `    from ${module} import ${name}`, 'except ImportError:', `    print(${b.text('missing')})`], ['try:', `    import ${module}`, 'except NameError:', `    print(${b.text('missing')})`]];
  },
  (b) => {
    const [module] = b.r.pick(MISSING_MODULES);
    const v = b.need('int');
    return [[`if ${v.name} == ${v.size}:`, `    import ${module}`], [`if ${v.name} != ${v.size}:`, `    import ${module}`]];
  },
  (b) => {
    const name = b.functionName();
    const [module] = b.r.pick(MISSING_MODULES);
    return [[`def ${name}():`, `    import ${module}`, `    return ${b.int()}`, `${name}()`], [`def ${name}():`, `    import ${module}`, `    return ${b.int()}`], [`def ${name}():`, `    import ${b.r.pick(MODULES)[0]}`, `    return ${b.int()}`, `${name}()`]];
  },
  (b) => [[`__import__(${b.text(b.r.pick(MISSING_MODULES)[0])})`], [`__import__(${b.text(b.r.pick(MODULES)[0])})`]],
  (b) => [['import importlib', `importlib.import_module(${b.text(b.r.pick(MISSING_MODULES)[0])})`], ['import importlib', `importlib.import_module(${b.text(b.r.pick(MODULES)[0])})`]],
];

const path = (b: Build): string => {
  const stem = b.r.pick([b.r.pick('data notes config input users log report students scores test file results words settings missing todo sales output image names inventory dictionary story poem grades orders'.split(' ')), b.word().split(' ')[0].toLowerCase().replace(/\W/g, '') || 'x']);
  return b.r.pick(['', '', '', 'data/', '/tmp/', '../', 'C:/Users/', '/home/user/', 'files/', './']) + stem + b.r.pick(['.txt', '.txt', '.csv', '.json', '.log', '.dat', '.md', '', '.ini', '.py', '.xml', '1.txt', '_2024.csv']);
};

export const FILE_FAULTS: readonly Fault[] = [
  (b) => {
    const p = b.text(path(b));
    const f = b.fresh('f file fh infile my_file fp handle');
    const mode = b.r.pick(['', ', "r"', ", 'r'", ', mode="r"', ', "rb"', ', encoding="utf-8"', ', "r+"']);
    const rest = b.r.pick([[`print(${f}.read())`], [`${f}.close()`], [`for line in ${f}:`, '    print(line)'], [`${b.fresh('lines content text data')} = ${f}.readlines()`], []]);
    return [[`${f} = open(${p}${mode})`, ...rest], [`${f} = ${p}`, `print(${f})`]];
  },
  (b) => {
    const p = b.text(path(b));
    const f = b.fresh('f file fh infile source fp');
    const body = b.r.pick([`print(${f}.read())`, `${b.fresh('data content lines text')} = ${f}.read()`, `for line in ${f}: print(line)`, `lines = ${f}.readlines()`, 'pass', `print(len(${f}.read()))`]);
    const open = [`with open(${p}) as ${f}:`, `    ${body}`];
    return [open, ['try:', ...open.map((line) => `    ${line}`), `except ${b.r.pick(['FileNotFoundError', 'OSError', 'IOError', 'Exception'])}:`, `    print(${b.text('no file')})`], ['try:', ...open.map((line) => `    ${line}`), `except ${b.r.pick(['ValueError', 'KeyError', 'PermissionError', 'TypeError'])}:`, `    print(${b.text('no file')})`]];
  },
  (b) => {
    const p = b.text(path(b));
    const name = b.fresh('path filename fname file_name source');
    const use = b.r.pick([`open(${name})`, `print(open(${name}).read())`, `data = open(${name}).readlines()`, `with open(${name}) as f: print(f.read())`]);
    return [[`${name} = ${p}`, use], [`${name} = ${p}`, `print(${name})`]];
  },
  (b) => {
    const p = path(b);
    const [module, bad, good] = b.r.pick([
      ['os', `os.remove(${b.text(p)})`, `os.path.exists(${b.text(p)})`], ['os', `os.listdir(${b.text(`${b.r.pick(['data', 'photos', 'missing', 'src'])}_dir`)})`, 'os.listdir(".")'], ['os', `os.rename(${b.text(p)}, "b.txt")`, `os.path.basename(${b.text(p)})`], ['os', `os.path.getsize(${b.text(p)})`, `os.path.exists(${b.text(p)})`], ['os', `os.stat(${b.text(p)})`, `os.path.isfile(${b.text(p)})`], ['os', `os.rmdir("${b.r.pick(['old', 'tmp_dir', 'cache'])}")`, 'os.getcwd()'], ['os', `os.chdir("${b.r.pick(['projects', 'src', 'downloads'])}")`, 'os.getcwd()'], ['os', `os.unlink(${b.text(p)})`, `os.path.splitext(${b.text(p)})`], ['os', `os.mkdir("${b.r.pick(['a/b', 'x/y/z', 'out/images'])}")`, 'os.getcwd()'],
      ['json', `json.load(open(${b.text(p)}))`, 'json.loads("[1]")'], ['csv', `list(csv.reader(open(${b.text(p)})))`, 'list(csv.reader(["a,b"]))'], ['shutil', `shutil.copy(${b.text(p)}, "copy.txt")`, 'shutil.which("nothing")'], ['shutil', `shutil.rmtree("${b.r.pick(['build', 'dist', 'old'])}")`, 'shutil.which("nothing")'], ['os', `os.scandir("${b.r.pick(['images', 'docs2'])}")`, 'os.scandir(".")'], ['pickle', `pickle.load(open(${b.text(p)}, "rb"))`, 'pickle.dumps([1])'], ['os', `os.path.getmtime(${b.text(p)})`, `os.path.dirname(${b.text(p)})`],
    ]);
    return b.r.chance(0.6) ? [[`import ${module}`, bad], [`import ${module}`, good]] : b.print(bad, good).map((line) => [`import ${module}`, line]);
  },
  (b) => {
    const p = b.text(path(b));
    const m = b.r.pick(['.read_text()', '.open()', '.unlink()', '.stat()', '.read_bytes()', '.iterdir()', '.rmdir()']);
    return b.print(`Path(${p})${m}`, `Path(${p})${b.r.pick(['.exists()', '.name', '.suffix', '.is_file()', '.parent', '.stem'])}`).map((line) => ['from pathlib import Path', line]);
  },
  (b) => {
    const p = b.text(path(b));
    return [['import os', `if not os.path.exists(${p}):`, `    open(${p})`], ['import os', `if os.path.exists(${p}):`, `    open(${p})`]];
  },
  (b) => {
    const name = b.fresh('read_file load_data load count_lines read_config get_lines load_users parse open_file');
    const arg = b.r.pick(['path', 'filename', 'fname', 'name', 'file']);
    const def = [`def ${name}(${arg}):`, `    with open(${arg}) as f:`, `        return ${b.r.pick(['f.read()', 'f.readlines()', 'len(f.read())', 'f.readline().strip()', '[line.strip() for line in f]'])}`];
    const p = b.text(path(b));
    const head = b.r.chance(0.5) ? `print(${name}(${p}))` : `${b.fresh('data content text lines')} = ${name}(${p})`;
    return [[...def, head], def];
  },
  (b) => [[`raise FileNotFoundError(${b.text(path(b))})`], [`print(${b.text(path(b))})`]],
  (b) => {
    const files = [b.text(path(b)), b.text(path(b))];
    return [[`for name in [${b.comma(files)}]:`, '    print(open(name).read())'], [`for name in [${b.comma(files)}]:`, '    print(name)']];
  },
];

export const ASSERTION_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.need('int');
    const msg = b.r.chance(0.4) ? `, ${b.text(`${v.name} ${b.r.pick(['is wrong', 'must be positive', 'too small', 'out of range', 'invalid'])}`)}` : '';
    return one([`assert ${v.name} > ${v.size + b.r.int(0, 30)}${msg}`, `assert ${v.name} > ${v.size - b.r.int(1, 9)}${msg}`, `assert ${v.name} == ${v.size}${msg}`, `assert ${v.name} != ${v.size}${msg}`]);
  },
  (b) => {
    const [p, q] = b.r.sample([b.int(), b.int(), b.int(), b.int(1, 9)], 2);
    const op = b.op();
    const r = op === '+' ? p + q : op === '-' ? p - q : p * q;
    return one([`assert ${p} ${op} ${q} == ${r + b.r.pick([1, -1, 2, 10])}`, `assert ${p} ${op} ${q} == ${r}`, `print(${p} ${op} ${q} == ${r})`]);
  },
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'tuple', 'counts'] as const));
    return b.r.pick([
      () => one([`assert len(${v.name}) == ${v.size + b.r.pick([1, 2, 3])}`, `assert len(${v.name}) == ${v.size}`]),
      () => one([`assert len(${v.name}) > ${v.size + b.r.int(0, 5)}, ${b.text('too short')}`, `assert len(${v.name}) > ${v.size - 1}, ${b.text('too short')}`]),
      () => one([`assert not ${v.name}`, `assert ${v.name}`]),
      () => one([`assert isinstance(${v.name}, ${b.r.pick(['str', 'int'])})`, `assert isinstance(${v.name}, (list, tuple, dict))`]),
      () => one([`assert ${b.text('zebra')} in ${v.name}`, `assert ${b.text('zebra')} not in ${v.name}`]),
    ])();
  },
  (b) => {
    const name = b.functionName();
    const x = b.parameter();
    const k = b.r.int(1, 9);
    const [e, f] = b.r.pick([[`${x} + ${k}`, (n: number) => n + k], [`${x} * ${k}`, (n: number) => n * k], [`${x} - ${k}`, (n: number) => n - k], [`${x} ** 2`, (n: number) => n * n]] as const);
    const n = b.int(1, 12);
    const make = (value: number) => [`def ${name}(${x}):`, `    return ${e}`, `assert ${name}(${n}) == ${value}`];
    return [make(f(n) + b.r.pick([1, -1, 3])), make(f(n)), [...make(f(n)).slice(0, 2), `print(${name}(${n}) == ${f(n) + 1})`]];
  },
  (b) => {
    const name = b.functionName();
    const x = b.r.pick(['age', 'n', 'amount', 'price', 'score', 'x', 'value', 'width']);
    const msg = b.r.chance(0.5) ? `, ${b.text(`${x} must be positive`)}` : '';
    const make = (value: number | string) => [`def ${name}(${x}):`, `    assert ${x} > 0${msg}`, `    return ${x} * ${k}`, `print(${name}(${value}))`];
    const k = b.int();
    return [make(`-${b.int()}`), make(b.int()), make(0), make(b.text())];
  },
  (b) => {
    const v = b.need('str');
    const word = v.keys[0];
    return one([b.r.pick([`assert ${v.name} == ${b.text(`${word}x`)}`, `assert ${v.name}.isdigit()`, `assert len(${v.name}) > ${word.length + 3}`, `assert ${v.name}.startswith(${b.text('Z')})`, `assert ${v.name} == ${b.text('')}`, `assert ${v.name}[0] == ${b.text('#')}`]), b.r.pick([`assert ${v.name} == ${b.text(word)}`, `assert len(${v.name}) == ${word.length}`, `assert ${v.name}.startswith(${b.text(word[0])})`])]);
  },
  (b) => {
    const word = b.r.pick(['python', 'level', 'hello', 'stone', 'radar', 'banana']);
    return b.r.pick([
      () => one([`assert ${b.text(word)}.upper() == ${b.text(word)}`, `assert ${b.text(word)}.lower() == ${b.text(word)}`]),
      () => one([`assert sorted([3, 1, 2]) == [3, 2, 1]`, `assert sorted([3, 1, 2]) == [1, 2, 3]`]),
      () => one([`assert False, ${b.text()}`, `assert True, ${b.text()}`, `assert (False, ${b.text()})`]),
      () => one([`assert None`, `assert None is None`]),
      () => one([`raise AssertionError(${b.text()})`, `print(${b.text('AssertionError')})`]),
      () => one([`assert ${b.text(word)} == ${b.text(word)}[::-1]`, `assert ${b.text('level')} == ${b.text('level')}[::-1]`]),
      () => one([`assert 0`, 'assert 1']),
      () => one([`assert []`, 'assert [0]']),
      () => one([`assert ${b.int(1, 50)} > ${b.int(51, 99)}`, `assert ${b.int(51, 99)} > ${b.int(1, 50)}`]),
      () => one([`assert all(n > ${b.int(0, 5)} for n in ${b.ints()})`, `assert any(n > -20 for n in ${b.ints()})`]),
      () => one([`assert type(${b.int()}) == str`, `assert type(${b.int()}) == int`]),
      () => one([`assert 0.1 + 0.2 == 0.3`, `assert 0.5 + 0.25 == 0.75`]),
      () => one([`assert [1, 2] is [1, 2]`, 'assert [1, 2] == [1, 2]']),
      () => one([`assert ${b.text('a')} == ${b.text('A')}`, `assert ${b.text('a')} != ${b.text('A')}`]),
      () => one([`assert 7 % 2 == 0`, 'assert 8 % 2 == 0']),
    ])();
  },
  (b) => {
    const v = b.need('ints');
    return b.r.pick([
      () => one([`assert sum(${v.name}) == ${b.int(1000, 9000)}`, `assert sum(${v.name}) == sum(${v.name}[::-1])`]),
      () => one([`assert max(${v.name}) < -20`, `assert max(${v.name}) >= min(${v.name})`]),
      () => [[`for n in ${v.name}:`, `    assert n > 1000, n`], [`for n in ${v.name}:`, `    assert n < 1000, n`]],
      () => [['try:', `    assert len(${v.name}) > 50`, 'except AssertionError:', '    print("short")'], ['try:', `    assert len(${v.name}) > 50`, 'except ValueError:', '    print("short")']],
      () => one([`assert all(n < 0 for n in ${v.name})`, `assert all(n < 1000 for n in ${v.name})`]),
    ])();
  },
  (b) => {
    const { name, attributes } = b.classType();
    const a = attributes.find((x) => x.kind === 'n') ?? attributes[0];
    const n = b.int();
    const make = (check: number) => [`class ${name}:`, `    def __init__(self, ${a.name}):`, `        self.${a.name} = ${a.name}`, `x = ${name}(${n})`, `assert x.${a.name} == ${check}`];
    return [make(n + b.r.int(1, 5)), make(n)];
  },
];

export const RECURSION_FAULTS: readonly Fault[] = [
  (b) => {
    const name = b.fresh('factorial fact countdown sum_to f recurse power sum_digits count_down fib total triangle depth loop rec');
    const n = b.r.pick(['n', 'n', 'x', 'num', 'k']);
    const step = b.r.pick([`${n} * ${name}(${n} - 1)`, `${n} + ${name}(${n} - 1)`, `${name}(${n} - 1) + 1`, `${name}(${n} - 1)`, `2 * ${name}(${n} - 1)`]);
    const value = b.r.int(1, 12);
    const base = b.r.pick([[`    if ${n} == 0:`, '        return 1'], [`    if ${n} <= 1:`, '        return 1'], [`    if ${n} == 0: return 0`], [`    if ${n} < 1:`, '        return 0']]);
    const make = (body: string[], s = step, arg: string | number = value) => [`def ${name}(${n}):`, ...body, `    return ${s}`, `print(${name}(${arg}))`];
    return [make([]), make(base), make(base, b.r.pick([step.replace(`${n} - 1`, `${n} + 1`), step.replace(`${n} - 1`, n)])), make(base, step, b.r.pick([`-${value}`, 5000, 10000, '2.5', 0]))];
  },
  (b) => {
    const name = b.fresh('fib fibonacci climb ways');
    const make = (base: string[], value = b.r.int(3, 9)) => [`def ${name}(n):`, ...base, `    return ${name}(n - 1) + ${name}(n - 2)`, `print(${name}(${value}))`];
    return [make([]), make(['    if n < 2:', '        return n']), make(['    if n == 0:', '        return 0'])];
  },
  (b) => {
    const [f, g] = [b.functionName(), b.functionName()];
    const n = b.int(2, 20);
    const make = (stop: string[]) => [`def ${f}(n):`, ...stop, `    return ${g}(n - 1)`, `def ${g}(n):`, `    return ${f}(n)`, `${f}(${n})`];
    return [make([]), make(['    if n <= 0:', '        return 0'])];
  },
  (b) => {
    const name = b.functionName();
    const body = b.r.pick([`${name}()`, `return ${name}()`, `return 1 + ${name}()`, `print(${b.text()}); ${name}()`]);
    return [[`def ${name}():`, `    ${body}`, `${name}()`], [`def ${name}():`, `    ${body}`], [`def ${name}():`, `    print(${b.text()})`, `${name}()`]];
  },
  (b) => {
    const { name, attributes } = b.classType();
    const a = attributes[0].name;
    const value = attributes[0].kind === 't' ? b.text() : b.int();
    return b.r.pick([
      () => [[`class ${name}:`, '    @property', `    def ${a}(self):`, `        return self.${a}`, `print(${name}().${a})`], [`class ${name}:`, `    _${a} = ${value}`, '    @property', `    def ${a}(self):`, `        return self._${a}`, `print(${name}().${a})`]],
      () => [[`class ${name}:`, '    def __init__(self):', `        self.child = ${name}()`, `x = ${name}()`], [`class ${name}:`, '    def __init__(self):', '        self.child = None', `x = ${name}()`]],
      () => [[`class ${name}:`, `    def set_${a}(self, v):`, `        self.set_${a}(v)`, `${name}().set_${a}(${value})`], [`class ${name}:`, `    def set_${a}(self, v):`, `        self.${a} = v`, `${name}().set_${a}(${value})`]],
    ])();
  },
  (b) => {
    const name = b.fresh('length flatten total sum_list count reverse last');
    const p = b.r.pick(['lst', 'items', 'xs', 's', 'values']);
    const [e, arg] = b.r.pick([[`1 + ${name}(${p}[1:])`, b.ints(3)], [`${p}[0] + ${name}(${p}[1:])`, b.ints(3)], [`${name}(${p}[1:]) + 1`, b.text()], [`${name}(${p}) + 1`, b.ints(2)]]);
    const make = (base: string[]) => [`def ${name}(${p}):`, ...base, `    return ${e}`, `print(${name}(${arg}))`];
    return [make([]), make([`    if not ${p}:`, '        return 0'])];
  },
  (b) => {
    const f = b.fresh('f fact loop g rec step');
    return [[`${f} = lambda n: ${f}(n - 1)`, `print(${f}(${b.int()}))`], [`${f} = lambda n: n - 1`, `print(${f}(${b.int()}))`], [`${f} = lambda n: 1 if n <= 0 else ${f}(n - 1)`, `print(${f}(${b.int(1, 20)}))`]];
  },
  (b) => {
    const name = b.functionName();
    const make = (arg: number) => [`def ${name}(n):`, '    if n == 0:', `        return ${b.r.pick([0, 1, '"done"'])}`, `    return ${name}(n - ${s})`, `print(${name}(${arg}))`];
    const s = b.r.pick([2, 2, 3]);
    const k = b.r.int(1, 9);
    return [make(k * s + 1), make(k * s)];
  },
  (b) => [[`raise RecursionError(${b.text()})`], [`print(RecursionError(${b.text()}))`]],
  (b) => {
    const name = b.functionName();
    return [['import sys', `def ${name}():`, `    return ${name}()`, 'try:', `    ${name}()`, 'except RecursionError:', '    print("deep")'], ['import sys', `def ${name}():`, `    return ${name}()`, 'try:', `    ${name}()`, 'except ValueError:', '    print("deep")']];
  },
];

export const STOP_FAULTS: readonly Fault[] = [
  (b) => {
    const v = b.need(b.r.pick(['ints', 'strs', 'tuple'] as const));
    const it = b.fresh('it iterator items_iter gen stream numbers_iter my_iter reader');
    const show = b.r.chance(0.6);
    const next = show ? `print(next(${it}))` : `next(${it})`;
    const make = (count: number) => [`${it} = iter(${v.name})`, ...Array.from({ length: count }, () => next)];
    return [make(v.size + 1), make(v.size), [...make(v.size), `print(next(${it}, ${b.r.pick(['None', '"done"', '0', '-1'])}))`], [`${it} = iter(${v.name})`, `for _ in range(${v.size + b.r.int(1, 4)}):`, `    ${next}`], [`${it} = iter(${v.name})`, `for _ in range(${v.size}):`, `    ${next}`]];
  },
  (b) => {
    const it = b.fresh('it iterator gen empty stream nums letters');
    const [empty, full] = b.r.pick([['iter([])', `iter([${b.int()}])`], ['iter("")', `iter(${b.text()})`], ['iter({})', `iter({${b.text()}: 1})`], ['iter(())', `iter((${b.int()},))`], ['(x for x in [])', '(x for x in [1])'], ['iter(range(0))', 'iter(range(3))'], ['map(str, [])', 'map(str, [1])'], ['filter(None, [0])', 'filter(None, [1])'], ['zip([], [1])', 'zip([1], [1])'], ['iter(set())', 'iter({1})'], ['enumerate([])', 'enumerate("a")'], ['reversed([])', 'reversed([1, 2])']]);
    const direct = b.r.chance(0.4);
    if (direct) return b.use(`next(${empty})`, `next(${full})`, `next(${empty}, None)`);
    const lines = b.use(`next(${it})`)[0];
    return [[`${it} = ${empty}`, ...lines], [`${it} = ${full}`, ...lines], [`${it} = ${empty}`, ...b.use(`list(${it})`)[0]]];
  },
  (b) => {
    const v = b.need('ints');
    const n = b.r.pick(['n', 'x', 'v', v.singular]);
    const [no, yes] = b.r.pick([[`${n} > 5000`, `${n} > -99`], [`${n} < -99`, `${n} < 5000`], [`${n} == 999`, `${n} == ${v.name}[0]`], [`${n} % 1000 == 777`, `${n} % 1 == 0`]]);
    const name = b.fresh('first found match result big hit');
    const make = (c: string, d = '') => [`${name} = next(${d ? `(${n} for ${n} in ${v.name} if ${c})${d}` : `${n} for ${n} in ${v.name} if ${c}`})`, `print(${name})`];
    return [make(no), make(yes), make(no, ', None')];
  },
  (b) => {
    const v = b.need('strs');
    const w = b.r.pick(['w', 's', 'name', v.singular]);
    const name = b.fresh('first found match result who');
    const make = (c: string, d = '') => [`${name} = next((${w} for ${w} in ${v.name} if ${c})${d})`, `print(${name})`];
    const no = b.r.pick([`${w}.startswith(${b.text('#')})`, `len(${w}) > 40`, `${w} == ${b.text('missing')}`, `${w}.isdigit()`]);
    return [make(no), make(`len(${w}) > 0`), make(no, `, ${b.text('nobody')}`)];
  },
  (b) => {
    const name = b.fresh('numbers gen countdown count_up letters produce squares stream evens my_gen simple');
    const k = b.r.int(1, 3);
    const g = b.fresh('g gen1 it source counter c');
    const yields = Array.from({ length: k }, (_, i) => `    yield ${b.r.chance(0.6) ? i + 1 : b.text()}`);
    const loop = b.r.chance(0.4);
    const body = loop ? [`    for i in range(${k}):`, '        yield i'] : yields;
    const make = (count: number) => [`def ${name}():`, ...body, `${g} = ${name}()`, ...Array.from({ length: count }, () => `print(next(${g}))`)];
    return [make(k + 1), make(k), [...make(0), `for x in ${g}:`, '    print(x)'], [...make(0), `list(${g})`, `next(${g})`]];
  },
  (b) => {
    const it = b.fresh('it g numbers_it rows lines');
    const v = b.need(b.r.pick(['ints', 'strs'] as const));
    const use = b.r.pick([`list(${it})`, `print(list(${it}))`, `for x in ${it}: pass`, `print(len(list(${it})))`, `tuple(${it})`]);
    const lines = b.use(`next(${it})`)[0];
    return [[`${it} = iter(${v.name})`, use, ...lines], [`${it} = iter(${v.name})`, ...lines, use]];
  },
  (b) => {
    const { name } = b.classType();
    const make = (call: string) => [`class ${name}:`, '    def __iter__(self):', '        return self', '    def __next__(self):', '        raise StopIteration', call];
    return [make(`print(next(${name}()))`), make(`print(list(${name}()))`), make(`for x in ${name}(): print(x)`)];
  },
  (b) => {
    const it = b.fresh('it gen items stream');
    return [[`${it} = iter([${b.int()}])`, 'while True:', `    print(next(${it}))`], [`${it} = iter([${b.int()}])`, 'while True:', '    try:', `        print(next(${it}))`, '    except StopIteration:', '        break'], [`${it} = iter([${b.int()}])`, `for x in ${it}:`, '    print(x)']];
  },
  (b) => [[`raise StopIteration${b.r.pick(['', `(${b.text()})`])}`], [`print(StopIteration)`], [`raise IndexError(${b.text()})`]],
  (b) => {
    const v = b.need('counts');
    const it = b.fresh('keys it key_iter');
    const make = (count: number) => [`${it} = iter(${v.name})`, ...Array.from({ length: count }, () => `print(next(${it}))`)];
    return [make(v.size + 1), make(v.size)];
  },
  (b) => {
    const f = b.functionName();
    const make = (arg: string) => [`def ${f}(items):`, `    return next(iter(items))`, `print(${f}(${arg}))`];
    return [make(b.r.pick(['[]', '""', '{}', '()'])), make(b.ints())];
  },
  (b) => {
    const [m, e, ok] = b.r.pick([['itertools', 'next(itertools.islice([1], 5, 6))', 'next(itertools.islice([1], 0, 1))'], ['itertools', 'next(itertools.chain([], []))', 'next(itertools.chain([], [1]))'], ['csv', 'next(csv.reader([]))', 'next(csv.reader(["a,b"]))'], ['re', 'next(re.finditer("x", "abc"))', 'next(re.finditer("b", "abc"))'], ['itertools', 'next(itertools.takewhile(lambda x: x > 5, [1]))', 'next(itertools.takewhile(lambda x: x > 0, [1]))']]);
    return b.print(e, ok).map((line) => [`import ${m}`, line]);
  },
];
