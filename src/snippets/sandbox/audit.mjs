// Python's audit hook, as a function of the interpreter's table that JavaScript gives: there is no Python code to exchange,
// and what it notes lies in JavaScript.
import { tableFunction } from './table.mjs';

/** What needs a world outside: refused by name, before the wall would end the process. */
const refused = new Set([
  'os.system', 'os.exec', 'os.posix_spawn', 'os.spawn', 'os.fork', 'os.forkpty', 'os.kill', 'os.killpg', 'pty.spawn',
  'subprocess.Popen', 'signal.pthread_kill', '_thread.start_new_thread', '_thread.start_joinable_thread', 'sys.remote_exec',
  '_posixsubprocess.fork_exec',
]);
const families = ['socket.', 'ctypes.'];
/** Notes of the sandbox's own Python code: a reason, which is not an error at this place. */
const lacks = 'sandbox.lacks';
const impossible = 'this is not possible in the sandbox';

/**
 * Adds the hook for good. Gives `taken()`: why the program that ran is not contained, or null; asking clears it.
 */
export function addAuditHook(python) {
  const { C, bytes, name } = python;
  let reason = null;
  name(impossible);
  // Names in the interpreter's constants stay where they are; those that a program makes do not.
  const known = new Map();
  const fixed = C.__heap_base.value;
  const stackLow = C.__stack_low.value;
  const named = (at) => {
    const memory = bytes();
    return Buffer.from(memory.subarray(at, memory.indexOf(0, at))).toString();
  };
  const matters = (event) => event === lacks || refused.has(event) || families.some((start) => event.startsWith(start));
  const verdictOf = (event) => (matters(event) ? event : null);
  const hook = (event, values) => {
    let verdict = known.get(event);
    if (verdict === undefined) {
      verdict = verdictOf(named(event));
      if (event < fixed && event < stackLow) known.set(event, verdict);
    }
    if (verdict === null) return 0;
    if (verdict === lacks) {
      const what = C.PyTuple_Size(values) > 0 ? C.PyTuple_GetItem(values, 0) : 0;
      const text = what && python.isText(what) ? python.textOf(what) : 'something that it lacks';
      reason ??= text.slice(0, 200);
      return 0;
    }
    reason ??= verdict;
    C.PyErr_SetString(python.words()[C.PyExc_RuntimeError.value >> 2], name(impossible));
    return -1;
  };
  if (C.PySys_AddAuditHook(tableFunction(C, 'iii', 'i', hook), 0) !== 0) throw new Error('the audit hook could not be added');
  return {
    note: (why) => void (reason ??= why),
    taken: () => {
      const was = reason;
      reason = null;
      return was;
    },
  };
}
