/** What people import, right and wrong. */

/** Standard modules with names in them and an expression that uses the name. */
export const MODULES: Record<string, [name: string, use: string][]> = {
  math: [['sqrt', 'sqrt(16)'], ['pi', 'pi * 2'], ['floor', 'floor(2.7)'], ['ceil', 'ceil(2.1)'], ['factorial', 'factorial(5)'], ['gcd', 'gcd(12, 18)'],
    ['sin', 'sin(0)'], ['cos', 'cos(1.5)'], ['log', 'log(10)'], ['isclose', 'isclose(0.1, 0.1)'], ['prod', 'prod([1, 2, 3])'], ['radians', 'radians(90)'], ['inf', 'inf > 5']],
  random: [['seed', 'seed(4)'], ['randint', 'randint(3, 3)'], ['choice', 'choice([7])'], ['shuffle', 'shuffle([1])'], ['random', 'random() < 2'], ['uniform', 'uniform(2, 2)'], ['sample', 'sample([5], 1)'], ['randrange', 'randrange(1)']],
  collections: [['OrderedDict', 'OrderedDict()'], ['Counter', "Counter('banana')"], ['defaultdict', 'defaultdict(int)'], ['deque', 'deque([1, 2])'], ['namedtuple', "namedtuple('P', 'x y')"], ['ChainMap', 'ChainMap({})']],
  datetime: [['datetime', 'datetime(2024, 1, 5).year'], ['date', 'date(2023, 5, 17)'], ['timedelta', 'timedelta(days=3)'], ['time', 'time(10, 30)'], ['timezone', 'timezone.utc']],
  os: [['path', "path.join('a', 'b')"], ['getcwd', 'getcwd() != 0'], ['listdir', 'listdir() is None'], ['sep', 'sep'], ['environ', 'environ is None'], ['makedirs', "makedirs('out', exist_ok=True)"]],
  sys: [['argv', 'argv is None'], ['version_info', 'version_info[0]'], ['maxsize', 'maxsize > 10'], ['getsizeof', 'getsizeof(1) > 0'], ['path', 'path is None']],
  json: [['dumps', "dumps({'a': 1})"], ['loads', "loads('[1, 2]')"], ['dump', 'dump is None'], ['JSONDecodeError', 'JSONDecodeError.__name__']],
  re: [['findall', "findall('a', 'banana')"], ['sub', "sub('a', 'b', 'cat')"], ['match', "match('h', 'hi') is None"], ['search', "search('x', 'xyz').start()"], ['compile', "compile('a+').pattern"], ['split', "split(',', 'a,b')"]],
  itertools: [['chain', 'list(chain([1], [2]))'], ['permutations', 'len(list(permutations([1, 2, 3])))'], ['combinations', 'list(combinations([1, 2], 2))'], ['product', 'list(product([1], [2]))'], ['count', 'next(count(3))'], ['cycle', 'next(cycle([9]))'], ['islice', 'list(islice([1, 2, 3], 2))'], ['accumulate', 'list(accumulate([1, 2]))'], ['groupby', 'list(groupby([]))']],
  functools: [['reduce', 'reduce(lambda a, b: a + b, [1, 2])'], ['partial', "partial(int, '7')()"], ['lru_cache', 'lru_cache is None'], ['wraps', 'wraps is None'], ['cache', 'cache is None'], ['total_ordering', 'total_ordering is None']],
  string: [['ascii_lowercase', 'ascii_lowercase[:3]'], ['digits', 'digits'], ['punctuation', 'punctuation[0]'], ['ascii_letters', 'len(ascii_letters)'], ['ascii_uppercase', 'ascii_uppercase'], ['capwords', "capwords('a b')"]],
  statistics: [['mean', 'mean([1, 2, 3])'], ['median', 'median([3, 1, 2])'], ['stdev', 'stdev([1, 2, 3])'], ['mode', 'mode([1, 1, 2])'], ['pstdev', 'pstdev([1, 2])']],
  time: [['time', 'time() > 0'], ['perf_counter', 'perf_counter() >= 0'], ['strftime', "strftime('%Y') > '1'"], ['gmtime', 'gmtime(0).tm_year']],
  typing: [['List', 'List[int]'], ['Dict', 'Dict[str, int]'], ['Optional', 'Optional[int]'], ['Union', 'Union[int, str]'], ['Any', 'Any'], ['Tuple', 'Tuple[int, int]'], ['Callable', 'Callable'], ['NamedTuple', 'NamedTuple.__name__']],
  pathlib: [['Path', "Path('a.txt').suffix"], ['PurePath', "PurePath('a/b').name"]],
  copy: [['deepcopy', 'deepcopy([[1]])'], ['copy', 'copy([1, 2])']],
  decimal: [['Decimal', "Decimal('1.5') + 1"], ['getcontext', 'getcontext().prec > 0'], ['ROUND_HALF_UP', 'ROUND_HALF_UP']],
  fractions: [['Fraction', 'Fraction(1, 3) + 1']],
  heapq: [['heappush', 'heappush([], 3)'], ['heappop', 'heappop([4])'], ['heapify', 'heapify([3, 1])'], ['nlargest', 'nlargest(2, [1, 5, 3])']],
  bisect: [['bisect', 'bisect([1, 3], 2)'], ['insort', 'insort([1, 3], 2)'], ['bisect_left', 'bisect_left([1, 2], 2)']],
  operator: [['itemgetter', 'itemgetter(1)([4, 5])'], ['add', 'add(1, 2)'], ['attrgetter', "attrgetter('real')(3)"], ['mul', 'mul(2, 3)']],
  enum: [['Enum', 'Enum.__name__'], ['auto', 'auto() is None'], ['IntEnum', 'IntEnum.__name__']],
  dataclasses: [['dataclass', 'dataclass is None'], ['field', 'field is None'], ['asdict', 'asdict is None']],
  abc: [['ABC', 'ABC.__name__'], ['abstractmethod', 'abstractmethod.__name__']],
  csv: [['reader', "list(reader(['a,b']))"], ['writer', 'writer is None'], ['DictReader', "list(DictReader(['a', '1']))"]],
  io: [['StringIO', "StringIO('abc').read()"], ['BytesIO', "BytesIO(b'abc').read()"]],
  hashlib: [['sha256', "sha256(b'a').hexdigest()[:4]"], ['md5', "md5(b'hi').hexdigest()[0]"]],
  textwrap: [['dedent', "dedent('  a')"], ['wrap', "wrap('a b c', 3)"], ['fill', "fill('a b', 2)"]],
  calendar: [['isleap', 'isleap(2024)'], ['monthrange', 'monthrange(2024, 2)'], ['month_name', 'month_name[3]']],
  contextlib: [['contextmanager', 'contextmanager.__name__'], ['suppress', 'suppress(ValueError) is None']],
  uuid: [['UUID', "UUID(int=5).int"]],
  base64: [['b64encode', "b64encode(b'hi')"], ['b64decode', "b64decode('aGk=')"]],
  pprint: [['pprint', "pprint({'a': 1})"], ['pformat', 'pformat([1])']],
  shutil: [['copy', 'copy is None'], ['rmtree', 'rmtree is None']],
  glob: [['glob', "glob('*.zzz')"]],
  logging: [['getLogger', "getLogger('app').name"], ['INFO', 'INFO']],
  urllib: [['parse', 'parse is None']],
  secrets: [['choice', 'choice([4])']],
  zlib: [['crc32', "crc32(b'abc')"]],
  struct: [['pack', "pack('i', 3)"], ['calcsize', "calcsize('i')"]],
  array: [['array', "array('i', [1, 2])"]],
  types: [['SimpleNamespace', 'SimpleNamespace(a=1).a']],
  inspect: [['signature', 'signature(len) is None']],
  unittest: [['TestCase', 'TestCase.__name__']],
  difflib: [['get_close_matches', "get_close_matches('appel', ['apple'])"]],
  html: [['escape', "escape('<b>')"]],
  colorsys: [['rgb_to_hsv', 'rgb_to_hsv(1, 0, 0)']],
  keyword: [['iskeyword', "iskeyword('for')"]],
  warnings: [['warn', 'warn is None']],
  traceback: [['format_exc', 'format_exc() is None']],
  argparse: [['ArgumentParser', "ArgumentParser('x').prog"]],
  tempfile: [['gettempdir', 'gettempdir() is None']],
  timeit: [['default_timer', 'default_timer() >= 0']],
};

/** Plausible names that are not in the module. */
export const WRONG_NAMES: Record<string, string[]> = {
  math: ['square', 'sqr', 'sqare', 'root', 'Pi', 'PI', 'max', 'round', 'abs', 'mean', 'average', 'power', 'cube', 'sum', 'min', 'random', 'ln', 'infinity', 'fibonacci', 'divide', 'add', 'squareroot', 'log3', 'e_', 'sign', 'clamp'],
  random: ['rand', 'randomint', 'random_int', 'rand_int', 'randInt', 'Randint', 'pick', 'choose', 'shufle', 'randfloat', 'select', 'coin', 'roll', 'number', 'Random_', 'random_choice'],
  collections: ['OrderedDictt', 'Orderdict', 'counter', 'DefaultDict', 'defaultDict', 'Deque', 'Mapping', 'Iterable', 'dict', 'Stack', 'Queue', 'NamedTuple', 'LinkedList', 'Sequence', 'Callable', 'MutableMapping', 'Set'],
  datetime: ['now', 'today', 'Date', 'DateTime', 'Datetime', 'timeDelta', 'strptime', 'strftime', 'days', 'sleep', 'parse', 'utc', 'delta', 'year', 'calendar'],
  os: ['exists', 'join', 'nonexist', 'cwd', 'copy', 'paths', 'isfile', 'ls', 'mkdirs', 'delete', 'exit', 'Path', 'move', 'getcd', 'cd', 'argv'],
  sys: ['args', 'arg', 'Exit', 'quit', 'exit_code', 'python', 'getcwd', 'env', 'environ', 'print', 'input', 'memory', 'maxint'],
  json: ['parse', 'stringify', 'read', 'dumpss', 'to_json', 'write', 'decode', 'encode', 'JSON', 'parser', 'open', 'save'],
  re: ['find', 'regex', 'replace', 'matchall', 'findAll', 'Regex', 'find_all', 'test', 'contains', 'fullMatch'],
  itertools: ['combination', 'permute', 'Product', 'zip', 'flatten', 'chunk', 'izip', 'imap', 'ifilter', 'permutation', 'range', 'enumerate', 'unique', 'izip_longest'],
  functools: ['reduced', 'memoize', 'Partial', 'compose', 'lru_cach', 'curry', 'map', 'filter', 'Cache', 'wrap', 'pipe'],
  string: ['lowercase', 'letters', 'uppercase', 'alphabet', 'join', 'upper', 'split', 'strip', 'ascii_letter', 'maketrans', 'replace', 'vowels'],
  statistics: ['average', 'avg', 'std', 'sum', 'meen', 'Mean', 'variance_', 'max', 'stddev', 'range'],
  time: ['now', 'Sleep', 'wait', 'clock', 'date', 'datetime', 'delay', 'timer', 'today', 'seconds', 'pause'],
  typing: ['list', 'dict', 'Int', 'String', 'Str', 'Array', 'Number', 'Lists', 'Optionals', 'Function', 'Integer', 'Bool', 'Maybe', 'Map', 'Nullable'],
  pathlib: ['path', 'Paths', 'PathLib', 'File', 'join', 'exists'],
  copy: ['deep_copy', 'DeepCopy', 'shallowcopy', 'clone', 'deepCopy', 'copy2'], decimal: ['decimal', 'Decimals', 'Dec', 'round', 'Number'],
  fractions: ['Fractions', 'fraction', 'Rational'], heapq: ['push', 'pop', 'heap', 'Heap', 'heappeek', 'PriorityQueue'],
  enum: ['enum', 'Enumeration', 'ENUM', 'Auto', 'Enums'], dataclasses: ['Dataclass', 'dataclasses', 'data_class', 'fields_', 'DataClass', 'attr'],
  abc: ['abstract', 'AbstractClass', 'abstract_method', 'Abc', 'Interface', 'abstractclass'], csv: ['read', 'Reader', 'write', 'read_csv', 'open', 'CSV'],
  io: ['StringIo', 'stringIO', 'File', 'read', 'Input'], hashlib: ['sha', 'hash', 'SHA256', 'md_5', 'sha255'],
  bisect: ['binary_search', 'search', 'bisec'], operator: ['plus', 'getitem_', 'attrget', 'divide', 'minus', 'times'],
  contextlib: ['context_manager', 'ContextManager', 'supress', 'with_'], shutil: ['copyfiles', 'remove', 'delete', 'cp', 'copy_file'],
  calendar: ['Month', 'is_leap', 'leap', 'today'], logging: ['log_', 'Log', 'print', 'logger', 'getlogger'], urllib: ['urlopen', 'urlencode', 'quote', 'get', 'Request', 'urlretrieve'],
  textwrap: ['wraps', 'indented', 'Dedent'], secrets: ['token', 'random', 'password'], pprint: ['pretty', 'PPrint', 'print'],
};

/** Module names as people misspell or misremember them. */
export const WRONG_MODULES = `maths Math mat ramdom rand randon Random jsn jason JSON collection Collections colections dateime date datetme DateTime
  itertool iter_tools Itertools functool functols func_tools statistic stats statstics strings str regex regexp pathlibs path_lib Pathlib Os OS Sys system
  tim timer times typings Typing enums Enum dataclass data_classes decimals fraction heap heapqueue csvs Csv logger logs urlib urllib2 urllib3 ConfigParser
  Queue StringIO cPickle commands cookielib httplib exceptions sets md5 Tkinter tkinter_ copyy hash_lib hashlb shutils sqlite sqlite4 subproces threads
  multi_processing socets calender calenders operators bisects glob2 unit_test unittests arraylist linkedlist stack queues string_utils colours color
  fileinputs imp distutils asynchat smtpd cgi telnetlib pipes crypt nntplib`.split(/\s+/);

/** Files that people have beside their program, but not here. */
export const LOCAL_MODULES = `utils helpers helper my_module mymodule config settings models constants database db tools functions common shapes game
  player card deck inventory calculator bank account student school animals vehicles parser tokenizer logger_setup my_functions lib core main_app app views
  routes forms weather converter area geometry menu shop cart orders payment auth users tests test_utils data_loader dataset my_math mymath text_utils
  stringutils file_utils solver board snake enemies sprites engine world maze exercise1 lesson2 homework module1 module2 package other_file employee
  car dog shape circle rectangle bankaccount hello greetings secret keys credentials my_package api client server schema validators exceptions_local`.split(/\s+/);

/** Packages from the registry that plain Python has not got. */
export const THIRD_PARTY: [line: string, use: string][] = [
  ['import numpy as np', 'np.array([1, 2, 3])'], ['import numpy', 'numpy.zeros(3)'], ['import pandas as pd', "pd.DataFrame({'a': [1, 2]})"],
  ['import requests', "requests.get('https://example.com')"], ['import matplotlib.pyplot as plt', 'plt.plot([1, 2], [3, 4])'], ['from bs4 import BeautifulSoup', "BeautifulSoup('<p>a</p>')"],
  ['import flask', 'flask.Flask(__name__)'], ['from flask import Flask', 'Flask(__name__)'], ['import pygame', 'pygame.init()'], ['import scipy', 'scipy.__version__'],
  ['from sklearn.linear_model import LinearRegression', 'LinearRegression()'], ['import sklearn', 'sklearn.__version__'], ['import tensorflow as tf', 'tf.constant(1)'],
  ['import torch', 'torch.zeros(2)'], ['import yaml', "yaml.safe_load('a: 1')"], ['from PIL import Image', "Image.open('cat.png')"], ['import cv2', "cv2.imread('a.png')"],
  ['import django', 'django.VERSION'], ['import seaborn as sns', 'sns.set()'], ['import tqdm', 'tqdm.tqdm([1])'], ['from tqdm import tqdm', 'list(tqdm([1, 2]))'],
  ['import sqlalchemy', 'sqlalchemy.__version__'], ['import pytest', 'pytest.main()'], ['from fastapi import FastAPI', 'FastAPI()'], ['import openpyxl', 'openpyxl.Workbook()'],
  ['import selenium', 'selenium.__version__'], ['from colorama import Fore', "Fore.RED + 'hi'"], ['import nltk', "nltk.word_tokenize('hi there')"], ['import sympy', "sympy.symbols('x')"],
  ['from dotenv import load_dotenv', 'load_dotenv()'], ['import pyperclip', "pyperclip.copy('x')"], ['import emoji', "emoji.emojize(':smile:')"], ['import rich', "rich.print('x')"],
  ['from numpy import array', 'array([1])'], ['from pandas import DataFrame', 'DataFrame()'], ['import pyautogui', 'pyautogui.size()'], ['import psutil', 'psutil.cpu_count()'],
  ['import networkx as nx', 'nx.Graph()'], ['import discord', 'discord.Client()'], ['import dateutil', 'dateutil.parser'], ['import attr', 'attr.s'], ['import pytz', 'pytz.utc'],
];
