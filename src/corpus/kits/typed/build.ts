import type { Random } from '../../random';
import { COMMON, SUBJECTS } from './words';

export type Type =
  | 'int' | 'float' | 'str' | 'digits' | 'bool' | 'none'
  | 'ints' | 'strs' | 'tuple' | 'set' | 'matrix' | 'counts' | 'groups' | 'record' | 'records';

/** A variable of the program being written, with what is known of its value. */
export interface Variable {
  name: string;
  type: Type;
  /** Number of items, or the value of an int. */
  size: number;
  /** Keys of a dictionary, or the items of a list of text, without quotes. */
  keys: string[];
  /** Name for one item in a loop. */
  singular: string;
}

/** How this program's author writes. */
interface Style {
  quote: string;
  camel: boolean;
  short: boolean;
  hints: boolean;
  trailingPrint: boolean;
  spaces: boolean;
  print: 'comma' | 'fstring' | 'plus' | 'plain' | 'mixed';
}

/** Words after which Python reads something else than a name, and built-ins that a program may need later. */
const RESERVED = new Set(
  ('and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield None True False print str int float list dict set ' +
    'tuple len sum max min range sorted input open type id iter next map filter zip abs round math random').split(' '),
);

/** Writes one program: an environment of typed variables and the lines so far. */
export class Build {
  readonly out: string[] = [];
  readonly variables: Variable[] = [];
  readonly subject;
  readonly style: Style;
  private readonly used = new Set<string>();

  constructor(readonly r: Random) {
    this.subject = r.pick(SUBJECTS);
    this.style = {
      quote: r.chance(0.6) ? '"' : "'",
      camel: r.chance(0.1),
      short: r.chance(0.2),
      hints: r.chance(0.12),
      trailingPrint: r.chance(0.7),
      spaces: r.chance(0.93),
      print: r.pick(['comma', 'fstring', 'plus', 'plain', 'mixed'] as const),
    };
  }

  /** An unused name out of a list separated by spaces. */
  fresh(...lists: string[]): string {
    for (let attempt = 0; attempt < 12; attempt++) {
      let name = this.r.pick(this.r.pick(lists).split(' '));
      if (this.style.camel) name = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      if (attempt > 6) name += this.r.pick(['1', '2', '_2', '_new', 's', '_b']);
      if (this.used.has(name) || RESERVED.has(name)) continue;
      this.used.add(name);
      return name;
    }
    const name = `v${this.used.size}`;
    this.used.add(name);
    return name;
  }

  private freshFor(own: string, common: readonly string[]): string {
    return this.fresh(this.style.short || this.r.chance(0.25) ? common.join(' ') : own);
  }

  intName = (): string => this.freshFor(this.subject.ints, COMMON.ints);
  floatName = (): string => this.freshFor(this.subject.floats, COMMON.floats);
  textName = (): string => this.freshFor(this.subject.texts.map((t) => t.split('=')[0]).join(' '), COMMON.texts);
  functionName = (): string =>
    this.r.chance(0.6) ? this.fresh(this.subject.functions) : this.fresh(COMMON.verbs.join(' '), 'get_value do_work func f helper show_all run_test my_func main_task check_it get_total get_name calc');
  parameter = (): string => this.r.pick(COMMON.params);

  /** A literal number that people type. */
  int(low = 1, high = 120): number {
    if (this.r.chance(0.5)) return this.r.int(low, Math.min(high, low + 12));
    return this.r.chance(0.15) ? this.r.int(low, 1) + this.r.pick([10, 50, 100, 200, 500, 1000, 2023]) : this.r.int(low, high);
  }

  float(): string {
    return this.r.pick([`${this.r.int(0, 99)}.${this.r.int(1, 9)}`, `${this.r.int(1, 30)}.${this.r.pick(['5', '0', '25', '75', '99', '50'])}`]);
  }

  /** A word or short phrase, without quotes. */
  word(): string {
    const { r } = this;
    const pick = r.int(0, 3);
    if (pick === 0) return r.pick(COMMON.textValues);
    if (pick === 1) return r.pick(r.pick(this.subject.texts).split('=')[1].split('|'));
    return r.pick(r.pick(this.subject.names).split('=')[1].split('|'));
  }

  /** A quoted word. */
  text(value = this.word()): string {
    const quote = value.includes(this.style.quote) ? (this.style.quote === '"' ? "'" : '"') : this.style.quote;
    return `${quote}${value}${quote}`;
  }

  /** A phrase for what is printed, without quotes: "Total", "the price". */
  phrase(): string {
    const { r } = this;
    if (r.chance(0.6)) return r.pick(COMMON.labels);
    const words = r.pick([this.subject.ints, this.subject.floats, this.subject.functions]).split(' ');
    const phrase = r.pick(words).replaceAll('_', ' ');
    return r.chance(0.5) ? phrase[0].toUpperCase() + phrase.slice(1) : phrase;
  }

  digits(): string {
    return String(this.int(0, 500));
  }

  comma(items: readonly (string | number)[]): string {
    return items.join(this.style.spaces ? ', ' : ',');
  }

  ints(count = this.r.int(2, 6)): string {
    const top = this.r.pick([9, 20, 100, 100]);
    return `[${this.comma(Array.from({ length: count }, () => this.r.int(this.r.chance(0.05) ? -9 : 1, top)))}]`;
  }

  op(): string {
    return this.r.pick(['+', '-', '*', '+']);
  }

  /** Adds a line for a new variable of this type. */
  declare(type: Type): Variable {
    const { variable, lines } = this.variable(type);
    this.out.push(...lines);
    this.variables.push(variable);
    return variable;
  }

  /** A variable of this type: one that is there, or a new one. */
  need(type: Type): Variable {
    const have = this.variables.filter((variable) => variable.type === type);
    return have.length > 0 && this.r.chance(0.75) ? this.r.pick(have) : this.declare(type);
  }

  /** A new variable and the lines that create it, not yet in the program. */
  variable(type: Type): { variable: Variable; lines: string[] } {
    const { r } = this;
    const make = (name: string, value: string, size = 0, keys: string[] = [], singular = 'item') => {
      const hint = { int: 'int', float: 'float', str: 'str', bool: 'bool', ints: 'list[int]', strs: 'list[str]', counts: 'dict[str, int]' };
      const annotation = this.style.hints && type in hint ? `: ${hint[type as keyof typeof hint]}` : '';
      return { variable: { name, type, size, keys, singular }, lines: [`${name}${annotation} = ${value}`] };
    };
    const list = (entries: string) => {
      const [plural, singular = 'item'] = r.pick(entries.split(' ')).split('/');
      return { name: this.fresh(plural, plural, `${plural} lst items data`), singular };
    };
    switch (type) {
      case 'int': {
        const value = this.int();
        return make(this.intName(), String(value), value);
      }
      case 'float':
        return make(this.floatName(), this.float());
      case 'digits': {
        const value = this.digits();
        return make(this.fresh(`${this.subject.ints} text value num_str user_input s age number amount`), this.text(value), Number(value));
      }
      case 'str': {
        const [name, values] = r.pick(this.subject.texts).split('=');
        const value = r.chance(0.7) ? r.pick(values.split('|')) : this.word();
        return make(this.style.short ? this.textName() : this.fresh(name, name, COMMON.texts.join(' ')), this.text(value), value.length, [value]);
      }
      case 'bool':
        return make(this.fresh('is_active done found flag ready valid is_open finished debug verbose has_key is_valid ok enabled paid'), r.pick(['True', 'False']));
      case 'none':
        return make(this.fresh('result value data current best node user selected match total head config'), 'None');
      case 'ints': {
        const { name, singular } = list(this.subject.numbers);
        const size = r.int(2, 6);
        return make(name, this.ints(size), size, [], singular);
      }
      case 'strs': {
        const [names, values] = r.pick(this.subject.names).split('=');
        const { name, singular } = list(names);
        const all = values.split('|');
        const keys = r.sample(all, r.int(2, Math.min(4, all.length)));
        return make(name, `[${this.comma(keys.map((key) => this.text(key)))}]`, keys.length, keys, singular);
      }
      case 'tuple': {
        const size = r.int(2, 4);
        return make(this.fresh('point coords pair rgb dimensions position size origin t values color date limits'), `(${this.ints(size).slice(1, -1)})`, size);
      }
      case 'set': {
        const values = r.pick(this.subject.names).split('=')[1].split('|');
        const keys = r.sample(values, 3);
        return make(this.fresh('seen unique tags visited allowed s colors unique_items members'), `{${this.comma(keys.map((key) => this.text(key)))}}`, keys.length, keys);
      }
      case 'matrix': {
        const rows = r.int(2, 3);
        const columns = r.int(2, 3);
        const text = Array.from({ length: rows }, () => this.ints(columns));
        return make(this.fresh('matrix grid board table rows m nested data points seats'), `[${this.comma(text)}]`, rows, [String(columns)], 'row');
      }
      case 'counts': {
        const [name, values] = r.pick(this.subject.counts).split('=');
        const all = values.split('|');
        const keys = r.sample(all, r.int(2, 3));
        const pairs = keys.map((key) => `${this.text(key)}: ${r.chance(0.1) ? this.float() : this.int()}`);
        return make(this.fresh(name, name, `${name} d data`), `{${this.comma(pairs)}}`, keys.length, keys, 'key');
      }
      case 'groups': {
        const [name, values] = r.pick(this.subject.counts).split('=');
        const keys = r.sample(values.split('|'), 2);
        return make(this.fresh(name, `${name} groups data by_name`), `{${this.comma(keys.map((key) => `${this.text(key)}: ${this.ints(r.int(1, 3))}`))}}`, keys.length, keys, 'key');
      }
      case 'record': {
        const { name, fields } = this.recordType();
        return make(this.fresh(name, name, `${name} info entry d`), this.record(fields), fields.length, fields.map(([key]) => key), 'key');
      }
      case 'records': {
        const { name, fields } = this.recordType();
        const count = r.int(2, 3);
        const some = fields.slice(0, 2);
        const text = Array.from({ length: count }, () => this.record(some));
        return make(this.fresh(`${name}s ${name}_list people rows entries all_${name}s`), `[${this.comma(text)}]`, count, some.map(([key]) => key), name);
      }
    }
  }

  private recordType(): { name: string; fields: [string, string][] } {
    const [name, fields] = this.r.pick(this.subject.records).split('=');
    return { name, fields: fields.split(',').map((field) => field.split(':') as [string, string]) };
  }

  private record(fields: readonly [string, string][]): string {
    return `{${this.comma(fields.map(([key, kind]) => `${this.text(key)}: ${kind === 't' ? this.text() : this.int()}`))}}`;
  }

  /** A class of the subject: its name and its attributes; `kind` is t (text) or n (number). */
  classType(): { name: string; attributes: { name: string; kind: string }[] } {
    const [name, attributes] = this.r.pick(this.subject.classes).split('=');
    return {
      name: this.fresh(name, name, `My${name} Base${name}`),
      attributes: attributes.split(',').map((attribute) => {
        const [text, kind] = attribute.split(':');
        return { name: text, kind };
      }),
    };
  }

  /** A number that is there or a literal. */
  number(): string {
    const have = this.variables.filter((variable) => variable.type === 'int');
    return have.length > 0 && this.r.chance(0.6) ? this.r.pick(have).name : String(this.int());
  }

  /** Ways to print one expression, for every variant in the same way. */
  print(...expressions: string[]): string[] {
    const { r } = this;
    const style = this.style.print === 'mixed' ? r.pick(['comma', 'fstring', 'plus', 'plain']) : this.style.print;
    const phrase = this.phrase();
    const colon = r.pick([':', ':', ': ', '', ' =', ' is']);
    const other = this.style.quote === '"' ? "'" : '"';
    return expressions.map((expression) => {
      const clean = expression.replaceAll(this.style.quote, other);
      switch (style) {
        case 'comma':
          return `print(${this.text(phrase + colon)}, ${expression})`;
        case 'fstring':
          // Keep strings inside the braces readable for every Python version.
          return `print(f${this.style.quote}${phrase}${colon} {${clean}}${this.style.quote})`;
        case 'plus':
          return `print(${this.text(`${phrase}${colon.trimEnd()} `)} + str(${expression}))`;
        default:
          return `print(${expression})`;
      }
    });
  }

  /** One context for a value, the same for all expressions: printed, assigned, compared, returned … */
  use(...expressions: string[]): string[][] {
    const { r } = this;
    const pick = r.int(0, 11);
    if (pick <= 4) return this.print(...expressions).map((line) => [line]);
    if (pick <= 8) {
      const name = this.fresh('result total value x output answer res y new_value item', this.subject.ints);
      const [after] = r.chance(0.6) ? this.print(name) : [''];
      return expressions.map((expression) => [`${name} = ${expression}`, ...(after ? [after] : [])]);
    }
    if (pick === 9) return expressions.map((expression) => [expression]);
    if (pick === 10) {
      const name = this.functionName();
      const [call] = r.chance(0.5) ? this.print(`${name}()`) : [`${name}()`];
      return expressions.map((expression) => [`def ${name}():`, `    return ${expression}`, call]);
    }
    return expressions.map((expression) => [`print(${expression})`]);
  }
}

/** Lines one level deeper. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `    ${line}`));
}
