/**
 * The interpreter's memory as it is now, and the way back to it: `restore()` copies it back and empties what was added. All of
 * Python's state is there, but for the stack pointer; `C` has the interpreter's exports.
 */
export function memoryOf(C) {
  const breakAt = C.emscripten_get_sbrk_ptr();
  const end = () => new Uint32Array(C.memory.buffer)[breakAt >> 2];
  const [stackLow, stack, first] = [C.__stack_low.value, C.__stack_pointer.value, end()];
  const all = () => new Uint8Array(C.memory.buffer);
  // Below the stack pointer the stack holds nothing.
  const parts = [all().slice(0, stackLow), all().slice(stack, first)];
  return {
    restore: () => {
      const last = end();
      const memory = all();
      memory.set(parts[0], 0);
      memory.set(parts[1], stack);
      if (last > first) memory.fill(0, first, Math.min(last, memory.length));
      C.__stack_pointer.value = stack;
    },
  };
}
