/**
 * Takes built-in modules out of the interpreter's table, so that no way of importing finds them. The table of the running
 * interpreter is a copy of `PyImport_Inittab`: entries of two words, the name's address and the function's, and two zeros.
 */
export function removeModules(python, names) {
  const { C, bytes, words } = python;
  const unwanted = new Set(names);
  const memory = bytes();
  const nameAt = (at) => Buffer.from(memory.subarray(at, memory.indexOf(0, at))).toString();
  const original = words()[C.PyImport_Inittab.value >> 2] >> 2;
  const tables = [original];
  // Copies begin with the same two words.
  const [first, second] = words().subarray(original, original + 2);
  const all = words();
  for (let at = all.indexOf(first); at >= 0; at = all.indexOf(first, at + 1)) {
    if (all[at + 1] === second && at !== original) tables.push(at);
  }
  let found = 0;
  for (const table of tables) {
    let to = table;
    for (let from = table; all[from] !== 0; from += 2) {
      if (unwanted.has(nameAt(all[from]))) {
        found += 1;
        continue;
      }
      all[to] = all[from];
      all[to + 1] = all[from + 1];
      to += 2;
    }
    all.fill(0, to, to + 2);
  }
  if (tables.length < 2 || found < unwanted.size) throw new Error('the table of built-in modules was not found');
}
