/** Which of the answers an exception is: its own name, or the nearest of its base classes that is one. */
import { LABELS, NO_ERROR, type Label } from '../training/programs/labels';

/** Base classes of the exceptions of Python and its standard library that are no answer themselves (by their method resolution order). */
const BASES: Readonly<Record<string, string>> = {
  TabError: 'IndentationError',
  JSONDecodeError: 'ValueError',
  UnicodeDecodeError: 'ValueError',
  UnicodeEncodeError: 'ValueError',
  UnicodeTranslateError: 'ValueError',
  StatisticsError: 'ValueError',
  UnsupportedOperation: 'ValueError',
  TOMLDecodeError: 'ValueError',
  AddressValueError: 'ValueError',
  NetmaskValueError: 'ValueError',
  CycleError: 'ValueError',
  ZoneInfoNotFoundError: 'KeyError',
  BadZipFile: '',
  FrozenInstanceError: 'AttributeError',
  InvalidOperation: '',
  DivisionByZero: 'ZeroDivisionError',
  DivisionUndefined: 'ZeroDivisionError',
  NoSectionError: '',
  PackageNotFoundError: 'ModuleNotFoundError',
  IllegalMonthError: 'ValueError',
  IllegalWeekdayError: 'ValueError',
  InvalidURL: '',
  LocaleError: 'ValueError',
  SpecialFileError: '',
  SSLCertVerificationError: 'ValueError',
};

/**
 * The answer for what Python raised; undefined where no answer is right.
 * @param raised the exception's class name, or `no error`
 * @param code the program, which may define the class itself
 */
export function answerOf(raised: string, code: string): Label | undefined {
  const seen = new Set<string>();
  let name = raised === 'no error' ? NO_ERROR : raised;
  while (!seen.has(name)) {
    if ((LABELS as readonly string[]).includes(name)) return name as Label;
    seen.add(name);
    const [, bases] = new RegExp(`^\\s*class ${name.replace(/\W/g, '')}\\(([^)]*)\\)`, 'm').exec(code) ?? [];
    const own = bases?.split(',').map((base) => base.trim().split('.').at(-1)!) ?? [];
    const next =
      own.find((base) => (LABELS as readonly string[]).includes(base) || BASES[base]) ??
      own.find((base) => new RegExp(`^\\s*class ${base.replace(/\W/g, '')}\\(`, 'm').test(code)) ??
      BASES[name];
    if (!next) return undefined;
    name = next;
  }
  return undefined;
}
