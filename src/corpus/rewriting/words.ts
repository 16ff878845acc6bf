/** Vocabulary of everyday programs: variable, function and class names, and the words that stand in strings. */

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

export const KEYWORDS = new Set(
  list(`False None True and as assert async await break class continue def del elif else except finally for from
  global if import in is lambda nonlocal not or pass raise return try while with yield match case self cls _ __name__`),
);

export const BUILTINS = new Set(
  list(`abs all any ascii bin bool bytearray bytes callable chr classmethod compile complex delattr dict dir divmod
  enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance
  issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr
  reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip BaseException Exception
  ArithmeticError AssertionError AttributeError EOFError FileNotFoundError ImportError IndentationError IndexError
  KeyError LookupError ModuleNotFoundError NameError NotImplementedError OSError OverflowError RecursionError
  RuntimeError StopIteration SyntaxError TypeError UnboundLocalError ValueError ZeroDivisionError
  UnicodeDecodeError KeyboardInterrupt PermissionError FileExistsError IsADirectoryError JSONDecodeError`),
);

/** Names that are also common keyword arguments or attributes of the library: renaming them would break calls. */
export const KEPT = new Set(
  list(`end sep key reverse default start stop step file mode encoding flush maxsize fillvalue repeat initial base
  indent sort_keys separators days hours minutes seconds weeks year month day name value args kwargs null true false`),
);

export const LETTERS = list('a b c d e f g h i j k m n p q r s t u v w x y z');
export const INTEGERS = list(`count total n num number x age year score level points limit size width height qty
  quantity amount price balance hours minutes seconds days speed index position start_at target current steps lives
  health attempts guess max_value min_value temperature weight distance length threshold budget salary stock rate
  tickets pages floor capacity wins losses rounds population bonus discount tax my_number num1 num2 first_number
  second_number result answer number_of_students items_sold counter i j k val value1 value2 a b m y z`);
export const TEXTS = list(`name text word s message city title color country email line sentence user username greeting
  phrase first_name last_name language animal fruit day month_name food song label label_text user_input password
  filename path data raw string my_string txt msg input_text prefix suffix letter char address phone code word1 word2
  author book movie subject job team brand item answer status response`);
export const LISTS = list(`numbers nums items values data scores names words fruits lst my_list colors prices grades
  ages temps temperatures cities students animals letters results points readings sales marks arr array list1 list2
  tasks files lines rows cart books movies friends countries players ids squares evens odds primes weights heights
  measurements todo shopping_list queue stack pool vals xs seq elements entries records`);
export const DICTS = list(`person user data prices inventory counts scores ages config settings student d my_dict
  phonebook capitals grades menu stock lookup mapping table cache info profile contacts product car book employee
  options totals freq frequency word_count population translations codes weather record params`);
export const OTHERS = list(`result value data obj item output temp tmp res answer current new_value x y z thing info
  response final_result total entry element node first last left right top it func helper worker out ret`);
export const FUNCTIONS = list(`calculate compute get_total process update show add multiply get_value check find
  convert display print_info run main_loop helper do_work make_list get_average average is_valid count_items greet
  say_hello area square double total_price apply_discount get_name parse read_data load save reset build format_name
  transform combine validate search get_max get_min sum_all factorial power solve play move attack withdraw deposit
  my_function func foo test calc clean split_words reverse_text get_item get_score increment step countdown walk`);
export const METHODS = list(`get_name describe show speak add_item remove_item total area perimeter deposit withdraw
  bark display info move attack heal push_item grow rename greet increase decrease get_balance full_name to_text
  start_engine drive honk play study get_average add_grade promote borrow give_back sell restock charge`);
export const CLASSES = list(`Dog Cat Person Student Car Account Book Animal Employee Player Rectangle Circle Shape Point
  Vector Product Order Customer Teacher Robot Game Item Inventory Node Stack Queue Counter Timer User Phone House
  Movie Song Team Library Bank Vehicle Bird Fish Plant Recipe Ticket Hotel Room Monster Hero Weapon MyClass Thing`);
export const ATTRIBUTES = list(`name age balance color size speed items title price width height score owner brand
  level health model year grade salary pages author quantity weight radius total count_value data label city status
  grades players books power fuel contents history limit rate kind`);

/** Words for strings, lower case; each line holds one kind. */
const GROUPS = `apple banana cherry orange mango grape lemon peach pear plum kiwi melon bread milk cheese
  butter coffee tea sugar rice pasta pizza soup salad chicken fish egg cake juice water wine beer chocolate cookie
  dog cat bird horse cow sheep tiger lion zebra monkey rabbit mouse snake frog whale shark eagle owl wolf bear
  red green blue yellow purple black white pink gray brown gold silver
  paris london berlin rome madrid tokyo oslo vienna prague lisbon dublin athens cairo delhi seoul boston chicago denver
  alice bob carol dave emma frank grace henry ivy jack kate liam mia noah olivia paul quinn rose sam tina victor wendy
  anna ben clara david eva finn george hannah ian julia karl laura maria nina oscar peter rita simon tom zoe
  monday tuesday wednesday thursday friday saturday sunday january march june july august december
  hello world good morning night happy sad big small fast slow hot cold new old first last open closed
  python java ruby rust swift code data file table chair desk lamp phone laptop mouse keyboard screen book pen paper
  house garden street bridge river mountain forest ocean island desert sun moon star cloud rain snow wind storm
  car bus train plane bike boat truck ship wheel engine music guitar piano drum violin song dance movie game team
  sword shield potion armor bow arrow dragon wizard knight king queen castle treasure key door window
  math physics history art biology chemistry english french german spanish teacher student school class exam grade
  doctor nurse artist writer baker farmer pilot driver manager engineer lawyer chef
  total price result score level winner player email user admin guest login address city country name age
  spring summer autumn winter north south east west left right start end yes no maybe ready done error`.split('\n');

export const WORDS = GROUPS.flatMap(list);

const GROUP_OF = new Map(GROUPS.map(list).flatMap((group) => group.map((word) => [word, group] as const)));

/** The words of the same kind as `word` (fruit with fruit, names with names), or undefined for an unknown one. */
export function wordsLike(word: string): readonly string[] | undefined {
  return GROUP_OF.get(word);
}

/** Keys that people give their dictionaries. */
export const KEYS = list(`name age city email price qty color size title year score id phone country grade level type
  status address total count weight height model brand author pages owner role team points salary stock language
  a b c x y key one two three apple banana milk bread Alice Bob Carol Paris Rome Mon Tue red blue`);

export const MODULES = list(`math random os sys re json datetime time collections itertools functools string statistics
  copy decimal fractions operator heapq bisect csv textwrap calendar pathlib typing enum dataclasses`);

/** Names that really are in each module: the misspelled ones raise ImportError or AttributeError. */
export const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  math: list('sqrt floor ceil pi gcd factorial sin cos log hypot pow fabs isclose prod'),
  random: list('randint choice shuffle random sample uniform seed choices'),
  os: list('path getcwd listdir environ sep'),
  collections: list('Counter defaultdict deque namedtuple OrderedDict ChainMap'),
  itertools: list('chain count cycle product permutations combinations accumulate islice groupby zip_longest repeat'),
  functools: list('reduce partial lru_cache wraps cache cmp_to_key'),
  datetime: list('datetime date timedelta time timezone'),
  json: list('dumps loads dump load'),
  re: list('match search findall sub compile split'),
  string: list('ascii_lowercase ascii_uppercase ascii_letters digits punctuation'),
  statistics: list('mean median mode stdev variance'),
  copy: list('copy deepcopy'),
  decimal: list('Decimal getcontext'),
  fractions: list('Fraction'),
  operator: list('add mul itemgetter attrgetter'),
  heapq: list('heappush heappop heapify nlargest nsmallest'),
  typing: list('List Dict Optional Tuple Union Any'),
  pathlib: list('Path PurePath'),
  time: list('time sleep perf_counter'),
  dataclasses: list('dataclass field asdict'),
  enum: list('Enum auto IntEnum'),
  abc: list('ABC abstractmethod'),
  sys: list('argv version path maxsize'),
};

/** Methods of the built-in types that beginners mistake, with what they write instead. */
export const CONFUSED: Readonly<Record<string, readonly string[]>> = {
  append: list('add push insert apend Append extend'),
  add: list('append push insert'),
  items: list('iteritems item entries'),
  keys: list('key iterkeys'),
  upper: list('toUpperCase uppercase Upper upperr'),
  lower: list('toLowerCase lowercase Lower'),
  strip: list('trim Strip stripp'),
  split: list('Split spilt explode'),
  join: list('Join concat joins'),
  replace: list('Replace replaceAll sub'),
  startswith: list('startsWith starts_with'),
  endswith: list('endsWith ends_with'),
  sort: list('sorted Sort order'),
  reverse: list('reversed Reverse'),
  pop: list('remove_last Pop shift'),
  get: list('Get find fetch'),
  format: list('Format fmt'),
  extend: list('concat append_all addAll'),
  index: list('indexOf find_index find'),
  count: list('Count occurrences cnt'),
  find: list('Find search indexOf'),
  remove: list('delete removeAt discard'),
  update: list('Update merge add'),
  title: list('Title titlecase'),
  capitalize: list('capitalise Capitalize'),
  values: list('value vals'),
  isdigit: list('is_digit isDigit isnumber'),
};
