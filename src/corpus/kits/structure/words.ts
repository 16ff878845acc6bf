/** Word pools and the `Pen`, which draws the names and literals of one program. */
import type { Random } from '../../random';

const split = (text: string): string[] => text.trim().split(/\s+/);

const NOUNS = split(`
  price total amount score grade age name city country email phone item product order cart quantity stock discount tax
  rate balance account deposit salary budget cost income student teacher course lesson mark temperature humidity rain
  wind pressure forecast level health player enemy weapon damage card deck dice board move turn point goal team match
  winner round word letter sentence text line paragraph title author book page chapter message token file path folder
  row column matrix vector width height area radius length distance speed weight volume angle date day month year hour
  minute second event task job step queue node edge graph tree root value key index count number digit result answer
  guess option choice user admin password session recipe ingredient flavour meal drink calorie menu table seat ticket
  flight train station route bus car engine fuel wheel color shape size pixel image song album artist movie rating
  review animal dog cat bird fish plant garden seed planet star signal sensor reading sample average limit factor
  customer invoice payment total_price first_name last_name user_id start end step_size offset buffer record entry
  config setting language version status flag counter timer delta ratio percent profit loss share bonus fee`);

const PLURALS = split(`
  prices totals amounts scores grades ages names cities countries emails items products orders students marks
  temperatures readings levels players enemies cards moves points teams words letters sentences lines titles books pages
  messages files paths rows columns values keys numbers nums digits results answers users passwords recipes
  ingredients meals drinks tickets routes cars colors shapes sizes pixels songs movies ratings animals dogs cats birds
  plants planets stars samples records entries settings fruits vegetables friends primes squares evens odds pairs data
  nodes edges tasks jobs steps events dates months years inventory stock menu deck cart scoreboard lookup table
  my_list lst arr items_list shopping_list todo queue stack history matrix grid distances weights speeds`);

const PEOPLE = split(`
  Alice Bob Carol Dave Eve Frank Grace Heidi Ivan Judy Mallory Niaj Olivia Peggy Rupert Sybil Trent Victor Wendy Anna
  Ben Clara David Emma Felix Greta Hugo Ines Jonas Klara Liam Maria Noah Oscar Paula Quinn Rosa Sam Tina Uma Vera Will
  Xena Yusuf Zoe Amir Priya Kenji Mei Chen Fatima Omar Lucia Diego Sofia Ravi Leila Tom Mary John Sarah Mike Lisa`);

const PLACES = split(`
  Paris London Berlin Madrid Rome Tokyo Oslo Cairo Lima Delhi Boston Dallas Denver Miami Austin Seattle Toronto Sydney
  Vienna Prague Dublin Athens Lisbon Warsaw Zurich Geneva Lyon Munich Hamburg Kyoto Seoul Bangkok Nairobi Lagos France
  Spain Italy Japan Egypt Peru India Canada Brazil Mexico Norway Chile Kenya`);

const WORDS = split(`
  apple banana cherry orange grape lemon mango peach pear plum kiwi melon carrot potato onion tomato bread milk cheese
  butter egg rice pasta flour sugar salt pepper tea coffee water juice soup pizza cake cookie red green blue yellow
  black white purple pink brown cat dog horse cow sheep goat lion tiger bear wolf fox rabbit mouse snake frog duck
  hello world python code data spam eggs ham sun moon star cloud rain snow wind storm spring summer autumn winter
  monday tuesday friday sunday january march june october north south east west left right up down start stop open
  closed yes no on off low high small medium large sword shield bow potion gold silver bronze copper iron wood stone
  guitar piano drum violin football tennis chess hockey rugby swimming math physics history art music biology pen
  paper book ruler laptop phone mouse keyboard screen cable lamp chair table window door car bus train plane bike boat
  level racecar noon banana mississippi abc xyz hello2 test demo admin guest root user secret error warning info debug`);

const PHRASES = [
  'Hello, world!',
  'Hello World',
  'Enter a number',
  'The answer is',
  'Total:',
  'Sum:',
  'Result',
  'Done',
  'Done!',
  'Welcome back',
  'Good morning',
  'Game over',
  'You win!',
  'Try again',
  'Not found',
  'Invalid input',
  'Price:',
  'the quick brown fox',
  'a, b, c',
  'one two three',
  '2024-01-15',
  '10:30',
  'file.txt',
  'it works',
  'Average is',
  'Loading...',
  'Name: ',
  'Age: ',
  'yes/no',
  'to be or not to be',
  'Happy birthday',
  'Score: ',
  'Temperature: ',
  'too low',
  'too high',
  'Thank you',
  'end of list',
  'in stock',
  'sold out',
  'key=value',
  'x,y,z',
  'a b c d',
  'OK',
  'ready',
  '42',
  '007',
  '3.14',
  '100%',
  'Python is fun',
  'I like cats',
  'hello there',
  'Bye',
  'passed',
  'failed',
];

const VERBS = split(`
  get compute calculate find count print show display make build create add remove update check is_valid parse load
  read convert format sort filter sum average max_of double square cube increment reset apply process handle run
  greet say_hello main test solve factorial fib area volume clean split_words reverse merge total_of describe`);

const SUFFIXES = split('_count _total _list _name _value _id 1 2 _max _min _new _old s _data _str _num');
const SHORT = split('x y z a b c n m k i j s t p q d r v w lst arr tmp val num res txt ans foo bar msg obj el idx');
const CLASSES = split(`
  Dog Cat Animal Person Student Teacher Account BankAccount Car Vehicle Shape Circle Square Rectangle Point Vector Stack
  Queue Node Tree Player Enemy Game Item Product Order Cart Book Library Employee Counter Timer Robot Song Recipe Ticket
  Matrix Team Sensor Config Logger User Planet House Shop Inventory Movie Card Deck Fraction Parser Money`);
const ATTRIBUTES = split(
  'name age size color price value items balance width height title score speed level owner brand',
);
const KEYS = split('name age city price id score email color size qty total type level title status count year');

/** Draws distinct names and literals, in one quote style and one naming habit, for one program. */
export class Pen {
  private readonly used = new Set<string>();
  private readonly quote: string;
  private readonly habit: number;

  constructor(readonly r: Random) {
    this.quote = r.chance(0.55) ? '"' : "'";
    this.habit = r.float();
  }

  one<T>(...items: T[]): T {
    return this.r.pick(items);
  }

  maybe(probability: number, text: string): string {
    return this.r.chance(probability) ? text : '';
  }

  private fresh(draw: () => string): string {
    for (let attempt = 0; attempt < 50; attempt++) {
      const name = draw();
      if (this.used.has(name)) continue;
      this.used.add(name);
      return name;
    }
    const name = `var${this.used.size}`;
    this.used.add(name);
    return name;
  }

  private inHabit(name: string): string {
    if (this.habit > 0.9) return name.replace(/_(\w)/g, (_, c: string) => c.toUpperCase());
    return name;
  }

  /** A fresh variable name. */
  v(): string {
    return this.fresh(() => {
      const kind = this.r.float();
      if (kind < 0.12 + 0.3 * (this.habit < 0.25 ? 1 : 0)) return this.r.pick(SHORT);
      const noun = this.r.pick(NOUNS);
      if (kind < 0.75) return this.inHabit(noun);
      if (kind < 0.88) return this.inHabit(noun + this.r.pick(SUFFIXES));
      return this.inHabit(`${this.one('my', 'total', 'new', 'max', 'old', 'num', 'current', 'first')}_${noun}`);
    });
  }

  /** A fresh name of a collection. */
  vs(): string {
    return this.fresh(() => (this.r.chance(0.15) ? this.r.pick(SHORT) : this.inHabit(this.r.pick(PLURALS))));
  }

  /** A fresh function name. */
  f(): string {
    return this.fresh(() => {
      const kind = this.r.float();
      if (kind < 0.12) return this.one('f', 'g', 'func', 'foo', 'my_function', 'helper');
      if (kind < 0.45) return this.inHabit(this.r.pick(VERBS));
      const noun = this.r.pick(this.r.chance(0.6) ? NOUNS : PLURALS);
      return this.inHabit(
        `${this.one('get', 'calc', 'find', 'show', 'make', 'add', 'check', 'update', 'print')}_${noun}`,
      );
    });
  }

  /** A fresh class name. */
  c(): string {
    return this.fresh(() => this.r.pick(CLASSES));
  }

  attr(): string {
    return this.r.pick(ATTRIBUTES);
  }

  key(): string {
    return this.r.pick(KEYS);
  }

  word(): string {
    return this.r.pick(WORDS);
  }

  person(): string {
    return this.r.pick(PEOPLE);
  }

  /** Raw text of a string. */
  text(): string {
    const kind = this.r.float();
    if (kind < 0.5) return this.word();
    if (kind < 0.62) return this.person();
    if (kind < 0.72) return this.r.pick(PLACES);
    if (kind < 0.8) return `${this.word()} ${this.word()}`;
    return this.r.pick(PHRASES);
  }

  /** Quotes raw text. */
  q(text: string): string {
    return this.quote + text + this.quote;
  }

  /** A string literal. */
  s(): string {
    return this.q(this.text());
  }

  /** The literal of one word. */
  w(): string {
    return this.q(this.r.chance(0.75) ? this.word() : this.r.pick(this.r.chance(0.5) ? PEOPLE : PLACES));
  }

  i(low = 1, high = 20): number {
    return this.r.int(low, high);
  }

  /** A number literal of any usual size. */
  n(): string {
    const kind = this.r.float();
    if (kind < 0.5) return String(this.r.int(1, 12));
    if (kind < 0.78) return String(this.r.int(10, 150));
    if (kind < 0.88) return String(this.r.int(100, 5000));
    return this.fl();
  }

  fl(): string {
    return (this.r.int(1, 990) / this.one(2, 10, 100)).toFixed(this.one(1, 2));
  }

  private several(draw: () => string, count?: number): string {
    return Array.from({ length: count ?? this.r.int(2, 5) }, draw).join(', ');
  }

  /** Comma-separated whole numbers. */
  intItems(count?: number): string {
    const high = this.one(9, 20, 100, 100);
    return this.several(() => String(this.r.int(1, high)), count);
  }

  ints(count?: number): string {
    return `[${this.intItems(count)}]`;
  }

  /** Comma-separated, different words, quoted. */
  wordItems(count?: number): string {
    return this.r
      .sample(this.one(WORDS, WORDS, PEOPLE, PLACES), count ?? this.r.int(2, 5))
      .map((w) => this.q(w))
      .join(', ');
  }

  strs(count?: number): string {
    return `[${this.wordItems(count)}]`;
  }

  /** A dictionary literal from words to whole numbers, and its keys. */
  table(count = this.r.int(2, 4)): { text: string; keys: string[] } {
    const keys = this.r.sample(this.one(WORDS, WORDS, PEOPLE, KEYS), count).map((k) => this.q(k));
    return { text: `{${keys.map((k) => `${k}: ${this.n()}`).join(', ')}}`, keys };
  }

  /** A record literal with mixed values, and its keys. */
  record(): { text: string; keys: string[] } {
    const first = this.one('name', 'title', 'product', 'user');
    const second = this.one('age', 'price', 'score', 'year', 'count');
    const third = this.r.chance(0.5) ? `, ${this.q('tags')}: ${this.strs(2)}` : '';
    const keys = [this.q(first), this.q(second)];
    return { text: `{${keys[0]}: ${this.w()}, ${keys[1]}: ${this.n()}${third}}`, keys };
  }
}
