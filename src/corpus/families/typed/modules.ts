import type { Build } from '../../kits/typed/build';
import { typo } from './names';
import type { Fault } from './types';

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
