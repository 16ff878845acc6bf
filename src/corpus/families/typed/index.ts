import type { Random } from '../../random';
import type { Family } from '../../family';
import { COMMON } from '../../kits/typed/words';
import { Build } from '../../kits/typed/build';
import { ATTRIBUTE_FAULTS } from './attributes';
import { CALL_FAULTS } from './calls';
import { ASSERTION_FAULTS, RECURSION_FAULTS, STOP_FAULTS } from './checks';
import { INDEX_FAULTS, KEY_FAULTS } from './lookups';
import { FILE_FAULTS, IMPORT_FAULTS, MODULE_FAULTS } from './modules';
import { NAME_FAULTS } from './names';
import { INDENT_FAULTS, SYNTAX_FAULTS } from './syntax';
import { TYPE_FAULTS, type Fault } from './types';
import { UNBOUND_FAULTS } from './unbound';
import { VALUE_FAULTS, ZERO_FAULTS } from './values';
import { place } from '../../kits/typed/place';
import { addStatement } from '../../kits/typed/statements';
import { STUDY_FAULTS } from './study';

/**
 * Programs composed over a typed environment: declarations, plain statements, and one place where an edit decides
 * what is raised. Each family aims at one error; the twins of a group share everything but that edit.
 */
const FAULTS: readonly [label: string, faults: readonly Fault[], weight: number][] = [
  ['TypeError', [...TYPE_FAULTS, ...CALL_FAULTS], 1],
  ['SyntaxError', SYNTAX_FAULTS, 0.5],
  ['IndentationError', INDENT_FAULTS, 0.6],
  ['NameError', NAME_FAULTS, 0.7],
  ['UnboundLocalError', UNBOUND_FAULTS, 1.4],
  ['AttributeError', ATTRIBUTE_FAULTS, 0.9],
  ['IndexError', INDEX_FAULTS, 1.2],
  ['KeyError', KEY_FAULTS, 1.2],
  ['ValueError', VALUE_FAULTS, 1],
  ['ZeroDivisionError', ZERO_FAULTS, 1.1],
  ['ImportError', IMPORT_FAULTS, 1.5],
  ['ModuleNotFoundError', MODULE_FAULTS, 1.3],
  ['FileNotFoundError', FILE_FAULTS, 1.3],
  ['AssertionError', ASSERTION_FAULTS, 1.2],
  ['RecursionError', RECURSION_FAULTS, 1.4],
  ['StopIteration', STOP_FAULTS, 1.5],
];

/** The most twins a group keeps. */
const TWINS = 4;

function compose(random: Random, fault: Fault, label: string, bareChance: number): string[] {
  const b = new Build(random);
  const bare = random.chance(bareChance);
  const length = bare ? 0 : random.pick([1, 1, 2, 2, 3, 4]);
  const before = random.int(0, length);
  for (let i = 0; i < before; i++) addStatement(b);
  const own = fault(b);
  const variants = bare && random.chance(0.7) ? own : place(b, own, label);
  const head = b.out.splice(0);
  for (let i = before; i < length; i++) addStatement(b);
  const tail = b.out.splice(0);
  const kept = [variants[0], ...random.sample(variants.slice(1), TWINS - 1)];
  const finish = finisher(random, head.length + variants[0].length, bare);
  return kept.map((lines) => finish([...head, ...lines, ...tail]));
}

/** Comments, blank lines and the width of an indentation: the same for every twin of a group. */
function finisher(random: Random, length: number, bare: boolean): (lines: string[]) => string {
  const comment = () => ({ at: random.int(0, length), text: random.pick(COMMON.comments) });
  const comments = bare || random.chance(0.75) ? [] : Array.from({ length: random.int(1, 2) }, comment);
  const inline = !bare && random.chance(0.1) ? comment() : undefined;
  const gapAfterBlocks = random.chance(0.4);
  const gaps = bare || random.chance(0.7) ? [] : [random.int(1, length), random.int(1, length)];
  const unit = random.weighted(['    ', '  ', '\t'], [90, 8, 2]);
  return (lines) => {
    const out: string[] = [];
    lines.join('\n').split('\n').forEach((line, at, all) => {
      const top = !line.startsWith(' ');
      if (top && at > 0 && !/^(else|elif|except|finally|catch|[)}\]])/.test(line)) {
        const afterBlock = gapAfterBlocks && all[at - 1].startsWith('    ');
        if (gaps.includes(at) || afterBlock || (gapAfterBlocks && /^(def|class) /.test(line))) out.push('');
      }
      const comment = comments.find((c) => c.at === at);
      if (comment && top && !/^(else|elif|except|finally)/.test(line)) out.push(`# ${comment.text}`);
      const text = unit === '    ' ? line : line.replace(/^(?: {4})+/, (spaces) => unit.repeat(spaces.length / 4));
      out.push(inline?.at === at && text !== '' && !/"""/.test(line) ? `${text}  # ${inline.text}` : text);
    });
    return out.join('\n');
  };
}

/** Programs without a fault, which are mostly, but not always, free of errors. */
function plain(random: Random): string[] {
  const b = new Build(random);
  const length = random.pick([1, 1, 2, 3, 3, 4, 5, 6]);
  for (let i = 0; i < length; i++) addStatement(b);
  const finish = finisher(random, b.out.length, length === 1);
  return [finish(b.out)];
}

export const families: Family[] = [
  ...FAULTS.map(([label, faults, weight]) => ({
    name: `typed/${label}`,
    weight,
    make: (random: Random) => compose(random, random.pick(faults), label, 0.35),
  })),
  { name: 'typed/study', weight: 0.9, make: (random) => compose(random, random.pick(STUDY_FAULTS), 'TypeError', 0.6) },
  { name: 'typed/plain', weight: 0.6, make: plain },
];
