// JavaScript functions as entries of the interpreter's table of functions, which C code calls by number.

/** The section of a WebAssembly module. */
const section = (id, content) => [id, content.length, ...content];
const text = (value) => [value.length, ...Buffer.from(value)];
const kinds = { i: 0x7f, d: 0x7c };

/** Puts `action` into the table: its parameters and result as letters ('i' for 32 bits). Gives its number. */
export function tableFunction(C, parameters, result, action) {
  const list = (letters) => [letters.length, ...[...letters].map((letter) => kinds[letter])];
  const bytes = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, ...list(parameters), ...list(result)]),
    ...section(2, [1, ...text('j'), ...text('f'), 0, 0]),
    ...section(7, [1, ...text('f'), 0, 0]),
  ]);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { j: { f: action } });
  const table = C.__indirect_function_table;
  const at = table.grow(1);
  table.set(at, instance.exports.f);
  return at;
}
