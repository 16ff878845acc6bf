// Runs programs through Python's C interface, so that no Python frame lies beneath a program and nothing that a program
// can reach says how it ended.
import { programFile } from './files.mjs';

const mostMessage = 2000;
const mostLabel = 200;

/** How many lines a program's bytes have, or may have. */
const linesOf = (source) => source.toString('latin1').split(/\r\n|\r|\n/).length;

/**
 * A few functions of the C interface in JavaScript's terms. `C` has the interpreter's exports. Objects are addresses;
 * those that a function gives are owned by the caller. 0 means that Python raised something.
 */
export function pythonC(C) {
  const bytes = () => new Uint8Array(C.memory.buffer);
  const words = () => new Uint32Array(C.memory.buffer);
  const copied = (data) => {
    const at = C.malloc(data.length + 1);
    bytes().set(data, at);
    bytes()[at + data.length] = 0;
    return at;
  };
  const names = new Map();
  let settled = false;
  /** The address of a constant text. After `settle` only of those used before: what is made later is not kept. */
  const name = (text) => {
    if (!names.has(text)) {
      if (settled) throw new Error(`the text ${text} came too late`);
      names.set(text, copied(Buffer.from(text)));
    }
    return names.get(text);
  };
  const settle = () => void (settled = true);
  const bytesObject = (data) => {
    const at = copied(data);
    const object = C.PyBytes_FromStringAndSize(at, data.length);
    C.free(at);
    return object;
  };
  const textObject = (text) => {
    const data = Buffer.from(text);
    const at = copied(data);
    const object = C.PyUnicode_FromStringAndSize(at, data.length);
    C.free(at);
    return object;
  };
  const attribute = (object, attributeName) => C.PyObject_GetAttrString(object, name(attributeName));
  const typeOf = (object) => words()[(object + 4) >> 2];
  /** A text from an exact or derived str; lone surrogates as escapes. */
  const textOf = (object) => {
    const encoded = C.PyUnicode_AsEncodedString(object, name('utf-8'), name('backslashreplace'));
    if (!encoded) {
      C.PyErr_Clear();
      return null;
    }
    const at = C.PyBytes_AsString(encoded);
    const text = Buffer.from(bytes().subarray(at, at + C.PyBytes_Size(encoded))).toString();
    C.Py_DecRef(encoded);
    return text;
  };
  /** An int of at most 30 bits, else null. (C would make an OverflowError of others, which linux.mjs would hear of.) */
  const smallOf = (object) => {
    if (!C.PyType_IsSubtype(typeOf(object), C.PyLong_Type.value) || Number(C._PyLong_NumBits(object)) > 30) return null;
    return C.PyLong_AsLong(object);
  };
  const isText = (object) => typeOf(object) === C.PyUnicode_Type.value;
  /** Calls `callable` with one argument or none. */
  const call = (callable, argument) => {
    if (argument === undefined) return C.PyObject_CallNoArgs(callable);
    return C.PyObject_CallOneArg(callable, argument);
  };
  const decRef = (object) => {
    if (object) C.Py_DecRef(object);
  };
  return { C, bytes, words, name, settle, bytesObject, textObject, attribute, typeOf, textOf, smallOf, isText, call, decRef };
}

/**
 * Gives `run(source, asCell, beforeRun)`, for the bytes of a program or a notebook's cell: what it raised, as
 * `{ label, message, line }`, or null when nothing was
 * raised (a SystemExit with a status of 0 included). Throws what the engine throws, e.g. RangeError when the stack is full.
 * `pieces` are objects that were made before any program ran.
 */
export function makeDriver(python, pieces) {
  const { C, words, name, attribute, typeOf, textOf, smallOf, isText, call, decRef } = python;
  const builtin = (kind) => words()[C[`PyExc_${kind}`].value >> 2];
  const [syntaxError, systemExit, tabError] = ['SyntaxError', 'SystemExit', 'TabError'].map(builtin);
  const memoryError = builtin('MemoryError');
  const none = C._Py_NoneStruct.value;
  const path = python.textObject(programFile);
  const mode = python.textObject('exec');
  const compile = attribute(pieces.builtins, 'compile');
  const names = '__main__ code utf-8 backslashreplace tb_frame co_filename tb_lineno tb_next msg lineno flush';
  for (const text of [programFile, ...names.split(' ')]) name(text);

  /** The bytes as code; 0 if they are no program. */
  const compiled = (source, asCell) => {
    const values = C.PyTuple_New(3);
    for (const object of [path, mode]) C.Py_IncRef(object);
    C.PyTuple_SetItem(values, 0, python.bytesObject(source));
    C.PyTuple_SetItem(values, 1, path);
    C.PyTuple_SetItem(values, 2, mode);
    const found = C.PyObject_Call(asCell ? pieces.compileCell : compile, values, 0);
    decRef(values);
    return found;
  };

  const newMain = (asCell) => {
    const main = C.PyModule_New(name('__main__'));
    const scope = C.PyModule_GetDict(main);
    C.PyDict_Update(scope, asCell ? pieces.cellScope : pieces.scope);
    C.PyDict_SetItemString(pieces.modules, name('__main__'), main);
    return { main, scope };
  };

  /** The exit status that an exception means: 0 only for SystemExit with nothing, 0 or False. */
  const endsWell = (error) => {
    if (!C.PyErr_GivenExceptionMatches(error, systemExit)) return false;
    const code = attribute(error, 'code');
    if (!code) {
      C.PyErr_Clear();
      return false;
    }
    const status = smallOf(code);
    const well = code === none || (status !== null && (status & 255) === 0);
    decRef(code);
    return well;
  };

  /** The innermost line of the program, of which a program may also say that it is one that it has not. */
  const lineOf = (error, lines) => {
    let line = null;
    let trace = C.PyException_GetTraceback(error);
    while (trace && trace !== none) {
      const frame = attribute(trace, 'tb_frame');
      const code = C.PyFrame_GetCode(frame);
      const file = attribute(code, 'co_filename');
      if (file && C.PyUnicode_CompareWithASCIIString(file, name(programFile)) === 0) {
        const number = attribute(trace, 'tb_lineno');
        const found = smallOf(number);
        if (found > 0 && found <= lines) line = found;
        decRef(number);
      }
      for (const object of [frame, code, file]) decRef(object);
      const next = attribute(trace, 'tb_next');
      decRef(trace);
      trace = next;
    }
    decRef(trace);
    return line;
  };

  const messageOf = (error, isSyntax) => {
    let text = 0;
    if (isSyntax) {
      text = attribute(error, 'msg');
      if (text && !isText(text)) {
        decRef(text);
        text = 0;
      }
    }
    if (!text) {
      C.PyErr_Clear();
      text = C.PyObject_Str(error);
    }
    if (!text) {
      C.PyErr_Clear();
      return null;
    }
    const message = textOf(text);
    decRef(text);
    return message === null ? null : message.slice(0, mostMessage).toWellFormed();
  };

  const evaluated = (code, scope, asCell) => {
    if (!asCell) return C.PyEval_EvalCode(code, scope, scope);
    const values = C.PyTuple_New(2);
    for (const [at, object] of [code, scope].entries()) {
      C.Py_IncRef(object);
      C.PyTuple_SetItem(values, at, object);
    }
    const result = C.PyObject_Call(pieces.runCell, values, 0);
    decRef(values);
    return result;
  };

  const describe = (error, atCompile, lines) => {
    const type = typeOf(error);
    const named = C.PyType_GetName(type);
    let label = (textOf(named) ?? '').slice(0, mostLabel).toWellFormed();
    decRef(named);
    const isSyntax = C.PyErr_GivenExceptionMatches(error, syntaxError) !== 0;
    let line = null;
    if (!atCompile) line = lineOf(error, lines);
    else if (isSyntax) {
      const number = attribute(error, 'lineno');
      if (number) line = smallOf(number);
      else C.PyErr_Clear();
      decRef(number);
    }
    let message = messageOf(error, isSyntax);
    if (type === tabError) {
      label = 'IndentationError';
      message = `TabError: ${message}`;
    }
    // One that C code raised, not the program: another machine has the memory.
    const short = type === memoryError && !atCompile && !pieces.made(error);
    return { label, message, line: line > 0 ? line : null, short };
  };

  const flush = (stream) => {
    const method = attribute(stream, 'flush');
    const flushed = method && call(method);
    if (!flushed) C.PyErr_Clear();
    decRef(flushed);
    decRef(method);
  };

  return (source, asCell, beforeRun) => {
    const code = compiled(source, asCell);
    const atCompile = !code;
    let result = 0;
    let main = null;
    if (code) {
      beforeRun(code);
      main = newMain(asCell);
      result = evaluated(code, main.scope, asCell);
    }
    let found = null;
    if (!result) {
      const error = C.PyErr_GetRaisedException();
      if (!error) throw new Error('Python failed without an exception');
      if (!endsWell(error)) found = describe(error, atCompile, linesOf(source));
      decRef(error);
    }
    decRef(result);
    decRef(code);
    if (main) {
      C.PyDict_Clear(main.scope);
      decRef(main.main);
      C.PyDict_SetItemString(pieces.modules, name('__main__'), pieces.emptyMain);
    }
    if (C.PyErr_Occurred()) C.PyErr_Clear();
    flush(pieces.stdout);
    flush(pieces.stderr);
    C.PyGC_Collect();
    return found;
  };
}
