/**
 * Whether running a program may take forever, judged from its text: a `while` whose condition nothing in its body
 * changes. It errs on the side of "may not end"; it only spares the sandbox from waiting for its time limit.
 */
export function mayNotEnd(code: string): boolean {
  const lines = code.split('\n');
  return lines.some((line, i) => {
    const [, space, condition] = /^(\s*)while\b(.*):\s*(?:#.*)?$/.exec(line) ?? [];
    if (space === undefined || condition === undefined) return /^\s*while\b.*:\s*\S/.test(line);
    const rest = lines.slice(i + 1);
    const end = rest.findIndex((next) => next.trim() !== '' && /^\s*/.exec(next)![0].length <= space.length);
    const body = (end === -1 ? rest : rest.slice(0, end)).filter((next) => !/^\s*#/.test(next)).join('\n');
    if (body.trim() === '') return false;
    if (/^\s*(True|1|not False)\s*$/.test(condition)) return !/\b(break|return|raise|next|pop|popleft|remove)\b/.test(
      body,
    );
    const names = condition.match(/[A-Za-z_]\w*/g) ?? [];
    const changed = names.some(
      (name) => new RegExp(`\\b${name}\\b[^=\\n]*[-+*/%]?=(?!=)|\\b${name}\\.\\w+\\(`).test(body),
    );
    return !changed && !/\b(break|return)\b/.test(body);
  });
}

/** Whether other numbers could make a program slow: loops until a condition holds, and branching recursion. */
export function isDelicate(code: string): boolean {
  if (/^\s*while\b|__next__/m.test(code)) return true;
  return [...code.matchAll(/def (\w+)/g)].some(([, name]) => {
    const body = code.slice(code.indexOf(`def ${name!}`));
    return body.split(new RegExp(`\\b${name!}\\(`)).length > 4 || /\*\*\s*\w|range\(\d{5,}/.test(code);
  });
}
