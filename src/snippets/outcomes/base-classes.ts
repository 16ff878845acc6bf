/** Which answer an exception is a kind of, where its own class is none: by Python's class hierarchy. */

/** The base class of each exception of Python's builtins and standard library that programs meet, below Exception. */
const BASE: Readonly<Record<string, string>> = {
  FloatingPointError: 'ArithmeticError', OverflowError: 'ArithmeticError', ZeroDivisionError: 'ArithmeticError', DecimalException: 'ArithmeticError',
  InvalidOperation: 'DecimalException', FrozenInstanceError: 'AttributeError', ModuleNotFoundError: 'ImportError', ZipImportError: 'ImportError',
  IndexError: 'LookupError', KeyError: 'LookupError', ZoneInfoNotFoundError: 'KeyError', UnboundLocalError: 'NameError',
  BlockingIOError: 'OSError', ChildProcessError: 'OSError', ConnectionError: 'OSError', FileExistsError: 'OSError', FileNotFoundError: 'OSError',
  InterruptedError: 'OSError', IsADirectoryError: 'OSError', NotADirectoryError: 'OSError', PermissionError: 'OSError', ProcessLookupError: 'OSError',
  TimeoutError: 'OSError', UnsupportedOperation: 'OSError', URLError: 'OSError', HTTPError: 'URLError', BrokenPipeError: 'ConnectionError',
  ConnectionAbortedError: 'ConnectionError', ConnectionRefusedError: 'ConnectionError', ConnectionResetError: 'ConnectionError',
  NotImplementedError: 'RuntimeError', RecursionError: 'RuntimeError', PythonFinalizationError: 'RuntimeError', BrokenBarrierError: 'RuntimeError',
  IndentationError: 'SyntaxError', TabError: 'IndentationError', UnicodeError: 'ValueError', UnicodeDecodeError: 'UnicodeError',
  UnicodeEncodeError: 'UnicodeError', UnicodeTranslateError: 'UnicodeError', JSONDecodeError: 'ValueError', TOMLDecodeError: 'ValueError',
  StatisticsError: 'ValueError', AddressValueError: 'ValueError', NetmaskValueError: 'ValueError', IllegalMonthError: 'ValueError',
};

/** The nearest base class of an exception that is an answer; null where none is known. A class of the program's own is not known. */
export function baseAmong(label: string, answers: readonly string[]): string | null {
  for (let base = baseOf(label); base !== undefined; base = baseOf(base)) if (answers.includes(base)) return base;
  return null;
}

function baseOf(label: string): string | undefined {
  return Object.hasOwn(BASE, label) ? BASE[label] : undefined;
}
