// Whether a program saw where its objects lie: what follows from that is the same each time only where the interpreter is
// as it was at the start. C's functions that give an object's address away are heard in the table of functions.
import { replaceEntry } from './table.mjs';

const slots = [59, 66]; // Py_tp_hash, Py_tp_repr

/** `things` are objects whose hash or text comes from their address; `id` is the function. Gives `asked()`, which clears it. */
export function hearAddresses(python, things, id, hookFunction) {
  const { C, typeOf } = python;
  const constants = C.__heap_base.value; // their addresses never change
  let asked = false;
  const heard = new Set([0]);
  for (let i = 0; i < C.PyTuple_Size(things); i++) {
    for (const slot of slots) {
      const at = C.PyType_GetSlot(typeOf(C.PyTuple_GetItem(things, i)), slot);
      if (heard.has(at)) continue;
      heard.add(at);
      const real = replaceEntry(C, at, 'i', 'i', (object) => {
        if (object >= constants) asked = true;
        return real(object);
      });
    }
  }
  hookFunction(id, () => void (asked = true));
  return () => {
    const was = asked;
    asked = false;
    return was;
  };
}
