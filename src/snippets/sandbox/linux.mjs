// What this interpreter answers otherwise than Python on a 64-bit Linux does: error numbers, and all that 32 bits change.
// Where the other answer is known it is put into place in the interpreter's memory; where it is not, using it is noted.
import { user } from './files.mjs';
import { tableFunction } from './table.mjs';

// Words of Python's structures (3.14, 32 bits).
const typeNew = 156 / 4;
const typeVectorcall = 200 / 4;
const [slotNew, slotVectorcall] = [65, 82]; // Py_tp_new, Py_tp_vectorcall
const functionMethod = 8 / 4;
const methodCode = 1;
const methodFlags = 2;

/** Parameters of a C function by its flags (METH_VARARGS, KEYWORDS, NOARGS, O, FASTCALL). */
const parametersOf = (flags) => ({ 1: 'ii', 3: 'iii', 4: 'ii', 8: 'ii', 128: 'iii', 130: 'iiii' })[flags & 0x8f];

/** Sizes are 32 bits wide here and 64 elsewhere: what C code then says. */
const narrow = new Set([
  "cannot fit 'int' into an index-sized integer",
  'Python int too large to convert to C ssize_t',
  'Python int too large to convert to C size_t',
  'Python int too large to convert to C long',
  'Python int too large to convert to C unsigned long',
  'Python int too large to convert to C Py_hash_t',
]);
const between = 'an integer between 32 and 64 bits';
/** The same of texts and bytes. */
const short = new Set([
  'strings are too large to concat',
  'join() result is too long for a Python string',
  'join() result is too long',
  'repeated string is too long',
  'repeated bytes are too long',
  'new string is too long',
  'replace string is too long',
  'replace bytes is too long',
  'padded string is too long',
  'result too long',
  'string is too long to generate repr',
  'bytes object is too large to make repr',
]);

/**
 * `errors` are Linux's, name → [number, text]; `numbers` are this interpreter's, name → number. `functions` are C functions:
 * hash, getsizeof, strerror, getuid, getgid. `note(why)` says that the program is not contained. Gives `made(error)`: whether
 * a program made this MemoryError, since `forget()`; and `hookFunction(object, before)`.
 */
export function asOnLinux(python, { errors, numbers, functions, note }) {
  const { C, words, typeOf, isText, textOf, smallOf } = python;
  const exception = (name) => words()[C[`PyExc_${name}`].value >> 2];
  const call = (code) => C.__indirect_function_table.get(code);

  /** Puts `around(real)` in the place of a type's constructors (the one for tuples, and the one for arguments in a row). */
  const hookType = (type, aroundNew, aroundVectorcall) => {
    const at = type >> 2;
    for (const [slot, place] of [[slotNew, typeNew], [slotVectorcall, typeVectorcall]]) {
      if (C.PyType_GetSlot(type, slot) !== words()[at + place]) throw new Error('Python’s types lie otherwise than expected');
    }
    const real = words()[at + typeNew];
    words()[at + typeNew] = tableFunction(C, 'iii', 'i', aroundNew(call(real)));
    const row = words()[at + typeVectorcall];
    if (row) words()[at + typeVectorcall] = tableFunction(C, 'iiii', 'i', aroundVectorcall(call(row)));
  };
  /** Puts `action(...values)`, which gives an object or 0, in the place of a C function. Gives that. */
  const replaceFunction = (object, action) => {
    const method = words()[(object >> 2) + functionMethod] >> 2;
    const [code, flags] = [words()[method + methodCode], words()[method + methodFlags]];
    if (C.PyCFunction_GetFunction(object) !== code || C.PyCFunction_GetFlags(object) !== flags) {
      throw new Error('Python’s C functions lie otherwise than expected');
    }
    const parameters = parametersOf(flags);
    if (!parameters) throw new Error('a C function of Python takes something else than expected');
    const real = call(code);
    words()[method + methodCode] = tableFunction(C, parameters, 'i', action);
    return real;
  };
  /** Calls `before` with what a C function is called with; its result, if any, is called on instead. */
  const hookFunction = (object, before) => {
    const real = replaceFunction(object, (...values) => real(...(before(...values) ?? values)));
  };

  // Integers that C code finds too large, however it goes on from there.
  const tooLarge = (value) => {
    const text = isText(value) ? textOf(value) : null;
    if (narrow.has(text)) note(between);
    else if (short.has(text)) note('a text of more than 2 GB');
  };
  // Error numbers. C code makes an OSError of a number and its text; such a pair becomes Linux's.
  const ours = new Map(); // number here → [text here, number there (an object), text there (an object)]
  for (const [name, number] of Object.entries(numbers)) {
    if (!errors[name]) continue;
    const [there, text] = errors[name];
    const at = C.strerror(number);
    const memory = python.bytes();
    const here = Buffer.from(memory.subarray(at, memory.indexOf(0, at))).toString();
    ours.set(number, [here, C.PyLong_FromLong(there), python.textObject(text)]);
  }
  const small = (object) => (typeOf(object) === C.PyLong_Type.value ? smallOf(object) : null);
  /** Linux's number and text for C's, as objects; undefined where these are none of C's. */
  const linuxPair = (number, text) => {
    const found = ours.get(small(number));
    return found && isText(text) && textOf(text) === found[0] ? found.slice(1) : undefined;
  };
  hookType(
    exception('OverflowError'),
    (real) => (type, values, keywords) => {
      if (C.PyTuple_Size(values) > 0) tooLarge(C.PyTuple_GetItem(values, 0));
      return real(type, values, keywords);
    },
    (real) => (type, values, count, names) => {
      const size = count & 0x7fffffff;
      if (size > 0) tooLarge(words()[values >> 2]);
      const found = size === 2 && linuxPair(words()[values >> 2], words()[(values >> 2) + 1]);
      if (!found) return real(type, values, count, names);
      const row = C.malloc(8);
      words().set(found, row >> 2);
      const made = real(type, row, 2, names);
      C.free(row);
      return made;
    },
  );
  /** The tuple with Linux's number and text, a new one, or 0 where it is none of C's. */
  const translated = (values) => {
    const size = C.PyTuple_Size(values);
    if (size < 2) return 0;
    const found = linuxPair(C.PyTuple_GetItem(values, 0), C.PyTuple_GetItem(values, 1));
    if (!found) return 0;
    const copy = C.PyTuple_New(size);
    for (let i = 0; i < size; i++) {
      const item = i < 2 ? found[i] : C.PyTuple_GetItem(values, i);
      C.Py_IncRef(item);
      C.PyTuple_SetItem(copy, i, item);
    }
    return copy;
  };
  hookType(
    exception('OSError'),
    (real) => (type, values, keywords) => {
      const copy = translated(values);
      if (!copy) return real(type, values, keywords);
      const made = real(type, copy, keywords);
      C.Py_DecRef(copy);
      return made;
    },
    (real) => real,
  );
  hookErrorMap(python, numbers, errors, exception('FileNotFoundError'));
  const texts = new Map(Object.values(errors).map(([number, text]) => [number, python.textObject(text)]));
  const strerror = replaceFunction(functions.strerror, (self, number) => {
    const found = texts.get(small(number));
    if (!found) return strerror(self, number);
    C.Py_IncRef(found);
    return found;
  });

  // A MemoryError that a program makes is told apart from one that C code raises, which does not take this way.
  const made = new Set();
  const remember = (real) => (...values) => {
    const object = real(...values);
    made.add(object);
    return object;
  };
  hookType(exception('MemoryError'), remember, remember);

  // An ordinary user.
  for (const object of [functions.getuid, functions.getgid]) replaceFunction(object, () => C.PyLong_FromLong(user));

  // What is as wide as the machine and cannot be foretold.
  hookFunction(functions.getsizeof, () => note('sys.getsizeof, whose sizes are others on a 64-bit machine'));
  hookFunction(functions.hash, (self, object) => {
    const type = typeOf(object);
    let wide = type === C.PyComplex_Type.value;
    if (type === C.PyLong_Type.value) wide = Number(C._PyLong_NumBits(object)) > 30;
    else if (type === C.PyFloat_Type.value) {
      const value = C.PyFloat_AsDouble(object);
      wide = !Number.isInteger(value) || Math.abs(value) >= 2 ** 30;
    }
    if (wide) note('the hash of a number, which is another one on a 64-bit machine');
  });

  widenFormats(python);
  widenArrays(python);
  renameSystem(python);
  return { made: (error) => made.has(error), forget: () => made.clear(), hookFunction };
}

/** The map from numbers to subclasses of OSError gets Linux's numbers. It lies in the interpreter's state. */
function hookErrorMap(python, numbers, errors, notFound) {
  const { C, words, typeOf } = python;
  const start = C._PyRuntime.value >> 2;
  const key = C.PyLong_FromLong(numbers.ENOENT);
  const low = C.__heap_base.value;
  const high = words()[C.emscripten_get_sbrk_ptr() >> 2];
  let map = 0;
  const isDict = (at) => at >= low && at < high && (at & 3) === 0 && typeOf(at) === C.PyDict_Type.value;
  const isMap = (at) => isDict(at) && C.PyDict_GetItem(at, key) === notFound;
  for (let i = start; !map && i < start + (1 << 18) && i < C.__stack_low.value >> 2; i++) if (isMap(words()[i])) map = words()[i];
  if (!map) throw new Error('the map of error numbers was not found');
  const pairs = Object.entries(numbers).flatMap(([name, number]) => {
    const from = C.PyLong_FromLong(number);
    const kind = C.PyDict_GetItem(map, from);
    return kind && errors[name] ? [[errors[name][0], kind]] : [];
  });
  C.PyDict_Clear(map);
  for (const [number, kind] of pairs) C.PyDict_SetItem(map, C.PyLong_FromLong(number), kind);
}

const letter = (text) => text.charCodeAt(0);

/** Where a word stands among the constants. */
function* placesOf(C, all, word) {
  const end = C.__stack_low.value >> 2;
  for (let at = all.indexOf(word); at >= 0 && at < end; at = all.indexOf(word, at + 1)) yield at;
}

/** struct's native formats: l, n and P are as wide as q, L and N as Q. Entries: letter, size, alignment, two functions. */
function widenFormats({ C, words }) {
  const all = words();
  const entry = 5;
  for (const at of placesOf(C, all, letter('x'))) {
    if (all[at + 1] !== 1 || all[at + entry] !== letter('b')) continue;
    const entries = new Map();
    for (let i = at; all[i] !== 0; i += entry) entries.set(String.fromCharCode(all[i]), i);
    if (!entries.has('P') || !entries.has('q')) continue;
    for (const [narrowOne, wide] of Object.entries({ l: 'q', n: 'q', L: 'Q', N: 'Q', P: 'Q' })) {
      all.copyWithin(entries.get(narrowOne) + 1, entries.get(wide) + 1, entries.get(wide) + entry);
    }
    return;
  }
  throw new Error('the formats of struct were not found');
}

/** array's type codes: l is as wide as q. Entries: letter, size, three functions, the buffer's format, two flags. */
function widenArrays({ C, words }) {
  const all = words();
  const entry = 8;
  for (const at of placesOf(C, all, letter('l'))) {
    if (all[at + 1] !== 4 || all[at + entry] !== letter('L') || all[at + 2 * entry] !== letter('q')) continue;
    for (const i of [at, at + entry]) all.copyWithin(i + 1, i + 2 * entry + 1, i + 2 * entry + 6);
    return;
  }
  throw new Error('the type codes of array were not found');
}

/** What os.uname says of the system and the machine: constant texts, which the new ones fit into. */
function renameSystem({ C, bytes }) {
  const all = Buffer.from(bytes().buffer, 0, C.__stack_low.value);
  for (const [ours, theirs] of [['Emscripten', 'Linux'], ['wasm32', 'x86_64']]) {
    const at = all.indexOf(`\0${ours}\0`);
    if (at < 0) throw new Error('the name of the system was not found');
    all.write(`${theirs}\0`, at + 1, 'latin1');
  }
}
