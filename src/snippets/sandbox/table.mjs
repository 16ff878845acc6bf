// JavaScript functions as entries of the interpreter's table of functions, which C code calls by number.

/** The section of a WebAssembly module. */
const section = (id, content) => [id, content.length, ...content];
const text = (value) => [value.length, ...Buffer.from(value)];
const kinds = { i: 0x7f, d: 0x7c };

/** `action` as a function of WebAssembly's: its parameters and result as letters ('i' for 32 bits). */
function compiled(parameters, result, action) {
  const list = (letters) => [letters.length, ...[...letters].map((letter) => kinds[letter])];
  const bytes = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, ...list(parameters), ...list(result)]),
    ...section(2, [1, ...text('j'), ...text('f'), 0, 0]),
    ...section(7, [1, ...text('f'), 0, 0]),
  ]);
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { j: { f: action } }).exports.f;
}

/** Puts `action` into the table. Gives its number. */
export function tableFunction(C, parameters, result, action) {
  const at = C.__indirect_function_table.grow(1);
  C.__indirect_function_table.set(at, compiled(parameters, result, action));
  return at;
}

/** Puts `action`, which takes what the function there took, into the place `at` of the table. Gives that function. */
export function replaceEntry(C, at, parameters, result, action) {
  const real = C.__indirect_function_table.get(at);
  C.__indirect_function_table.set(at, compiled(parameters, result, action));
  return real;
}
