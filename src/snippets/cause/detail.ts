/** Where and on what a program's error arose: told by a second run of the program inside of one that looks at its traceback. */
import type { Outcome } from '../sandbox/sandbox';

/** A range in the program as Python counts it: lines from 1, columns in UTF-8 bytes from 0. */
export interface PythonRange {
  line: number;
  endLine: number;
  column: number;
  endColumn: number;
}

/** What is known about an error beyond its class and line. Everything but `frames` is left out where it does not apply. */
export interface ErrorDetail {
  /** The program's own frames, innermost first: the expression that was being evaluated in each. */
  frames: (PythonRange & { name: string })[];
  /** Where Python says that the syntax is wrong; columns are in characters here. */
  syntax?: PythonRange;
  /** Python's own "Did you mean". */
  suggestion?: string;
  /** The name or attribute that was not found. */
  name?: string;
  /** The type of the object that has no such attribute, or that is indexed in the innermost frame. */
  type?: string;
  /** The names that the object with the missing attribute has, or those in the scope of the missing name. */
  known?: string[];
  /** The keys of what is indexed, as Python writes them, and how many items it has. */
  keys?: string[];
  length?: number;
  /** The types of the names in the failing expression. */
  types?: Record<string, string>;
}

/** The class that carries what was found out. */
const TOLD = 'LatentLensDetail';

/**
 * A program that runs `code` and raises what is known about its error, as JSON within the 2000 characters of a message. The code runs
 * in a `__main__` of its own, with one more frame beneath it; its outcome is judged by running it alone.
 */
export function detailProgram(code: string): string {
  return PROBE.replace('SOURCE', () => JSON.stringify(code));
}

const PROBE = String.raw`
import json, re, sys, traceback, types
file = "<latent-lens>"
source = SOURCE
lines = re.split("\r\n|\n|\r", source)
told = {"frames": []}

class ${TOLD}(Exception):
    pass

def position(trace):
    for at, found in enumerate(trace.tb_frame.f_code.co_positions()):
        if at == trace.tb_lasti // 2:
            return found
    return (None,) * 4

def segment(line, end, column, last):
    if line != end or None in (line, column, last) or line > len(lines):
        return ""
    return lines[line - 1].encode("utf-8", "surrogatepass")[column:last].decode("utf-8", "replace")

def short(names, room=700):
    kept = []
    for name in names:
        room -= len(name) + 4
        if room < 0:
            break
        kept.append(name)
    return kept

def look(error):
    traces = []
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            traces.append(trace)
        trace = trace.tb_next
    seen = set()
    for trace in traces[::-1]:
        frame = (*position(trace), trace.tb_frame.f_code.co_name[:40])
        if frame[0] is not None and frame not in seen and len(seen) < 8:
            seen.add(frame)
            told["frames"].append(frame)
    if isinstance(error, SyntaxError) and not traces:
        told["syntax"] = [error.lineno, error.end_lineno, error.offset, error.end_offset]
    if isinstance(error, (NameError, AttributeError, ImportError)):
        said = str(traceback.TracebackException(type(error), error, error.__traceback__))
        meant = re.search("Did you (?:mean:?|forget to import) '(.*?)'", said)
        if meant:
            told["suggestion"] = meant[1][:80]
        if error.name is not None:
            told["name"] = str(error.name)[:80]
    if not traces:
        return
    frame = traces[-1].tb_frame
    names = {**frame.f_globals, **frame.f_locals}
    text = segment(*position(traces[-1]))
    words = re.findall(r"(?<![\w.\"'])[^\W\d]\w*", text)[:8]
    told["types"] = {word: type(names[word]).__name__[:40] for word in words if word in names}
    if isinstance(error, AttributeError):
        told["type"] = type(error.obj).__name__[:40]
        told["known"] = short([name for name in dir(error.obj) if not name.startswith("_")])
    elif isinstance(error, NameError):
        told["known"] = short([name for name in names if not name.startswith("__")])
    else:
        indexed = re.match(r"([^\W\d]\w*(?:\.[^\W\d]\w*|\[(?:\"[^\"]*\"|'[^']*'|[\w+-]+)\])*)\[[^\[]*\]$", text)
        if indexed:
            owner = eval(indexed[1], frame.f_globals, frame.f_locals)
            told["type"] = type(owner).__name__[:40]
            if isinstance(owner, dict):
                told["keys"] = short([repr(key) for key in owner])
            if hasattr(owner, "__len__"):
                told["length"] = len(owner)

main = sys.modules["__main__"] = types.ModuleType("__main__")
try:
    exec(compile(source, file, "exec", dont_inherit=True), main.__dict__)
except BaseException as error:
    try:
        look(error)
    except BaseException:
        pass
raise ${TOLD}(json.dumps(told)) from None
`.trimStart();

/** What `detailProgram` found out; null when it did not end as it should. Nothing in it is believed: the program may have forged it. */
export function readDetail(outcome: Outcome): ErrorDetail | null {
  if (outcome.label !== TOLD || outcome.message === null) return null;
  let told: unknown;
  try {
    told = JSON.parse(outcome.message);
  } catch {
    return null;
  }
  if (typeof told !== 'object' || told === null) return null;
  const { frames, syntax, suggestion, name, type, known, keys, length, types } = told as Record<string, unknown>;
  const texts = (value: unknown) => (Array.isArray(value) && value.every(isText) ? value : undefined);
  const isTypes = typeof types === 'object' && types !== null && Object.values(types).every(isText);
  return {
    frames: (Array.isArray(frames) ? frames : []).flatMap((frame: unknown) => {
      const range = rangeOf(frame);
      return range && Array.isArray(frame) && isText(frame[4]) ? [{ ...range, name: frame[4] }] : [];
    }),
    syntax: rangeOf(syntax),
    suggestion: isText(suggestion) ? suggestion : undefined,
    name: isText(name) ? name : undefined,
    type: isText(type) ? type : undefined,
    known: texts(known),
    keys: texts(keys),
    length: typeof length === 'number' && Number.isInteger(length) ? length : undefined,
    types: isTypes ? (types as Record<string, string>) : undefined,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function rangeOf(value: unknown): PythonRange | undefined {
  if (!Array.isArray(value) || !value.slice(0, 4).every((number) => number === null || Number.isInteger(number))) return undefined;
  const [line, endLine, column, endColumn] = value as (number | null)[];
  if (typeof line !== 'number') return undefined;
  return { line, endLine: endLine ?? line, column: column ?? 0, endColumn: endColumn ?? 0 };
}
