import { lead, type Fault } from './types';

/**
 * Pairs in which one character decides between a wrong type and a program that cannot be read: the classic probes
 * for what a model knows of an error. The first two variants are the pair; the rest keep either half from becoming
 * a surface cue.
 */
export const STUDY_FAULTS: readonly Fault[] = [
  (b) => {
    // print("age: " + 30) against print("age: " + "30"
    const l = b.r.chance(0.5) ? b.text(`${b.r.chance(0.5) ? b.word() : b.phrase().toLowerCase()}: `) : lead(b);
    const n = b.int(0, 999);
    const q = b.text(String(n));
    return [[`print(${l} + ${n})`], [`print(${l} + ${q}`], ...b.r.sample([[`print(${l} + ${q})`], [`print(${l} + str(${n}))`], [`print(${l} + ${n}`], [`print(${l}, ${n})`], [`print(${l} + ${q.slice(0, -1)})`]], b.r.int(1, 3))];
  },
  (b) => {
    // The same with a variable: print("age: " + age) where age is a number or text.
    const l = lead(b);
    const n = b.int(0, 999);
    const name = b.intName();
    return [[`${name} = ${n}`, `print(${l} + ${name})`], [`${name} = ${b.text(String(n))}`, `print(${l} + ${name}`], [`${name} = ${b.text(String(n))}`, `print(${l} + ${name})`], [`${name} = ${n}`, `print(${l} + str(${name}))`], [`${name} = ${n}`, `print(${l} + ${name}`]].slice(0, b.r.int(2, 5));
  },
  (b) => {
    // numbers += 4 against the list's bracket left open
    const name = b.fresh('numbers values items nums lst data scores prices x my_list a ages totals', b.subject.numbers.split(' ').map((entry) => entry.split('/')[0]).join(' '));
    const items = b.comma(Array.from({ length: b.r.int(1, 6) }, () => (b.r.chance(0.85) ? b.int() : b.text())));
    const n = b.int(0, 300);
    const after = b.r.chance(0.35) ? [`print(${name})`] : [];
    return [[`${name} = [${items}]`, `${name} += ${n}`, ...after], [`${name} = [${items}`, `${name} += ${n}`, ...after], ...b.r.sample([[`${name} = [${items}]`, `${name} += [${n}]`, ...after], [`${name} = [${items}`, `${name} += [${n}]`, ...after], [`${name} = ${n + 1}`, `${name} += ${n}`, ...after], [`${name} = [${items}]`, `${name}.append(${n})`, ...after], [`${name} = [${items}]`, `${name} += [${n}`, ...after], [`${name} = [${items}]`, `${name} += ${b.text(String(n))}`, ...after]], b.r.int(1, 3))];
  },
  (b) => {
    // 5 + "130" against the string left unterminated
    const n = b.int(0, 999);
    const q = b.text(b.digits());
    const op = b.r.chance(0.75) ? '+' : b.r.pick(['-', '/', '*']);
    const shape = b.r.pick(['bare', 'bare', 'print', 'assign', 'assign'] as const);
    const name = b.fresh('result total x answer value y sum_all', b.subject.ints);
    const write = (e: string) => (shape === 'bare' ? [e] : shape === 'print' ? [`print(${e})`] : [`${name} = ${e}`, ...(e.includes('int(') && b.style.trailingPrint ? [`print(${name})`] : [])]);
    const half = b.r.chance(0.5) ? q.slice(0, -1) : q.slice(1);
    return [write(`${n} ${op} ${q}`), write(`${n} ${op} ${half}`), ...b.r.sample([write(`${n} ${op} int(${q})`), write(`${n} ${op} ${q.slice(1, -1)}`), write(`${q} ${op} ${n}`), write(`${b.text(String(n))} + ${q}`), write(`${n} ${op} ${q.slice(0, -1)}`)], b.r.int(1, 3))];
  },
  (b) => {
    // sum([1, 2, "three"]) against the parenthesis missing
    const numbers = Array.from({ length: b.r.int(1, 4) }, () => b.int());
    const odd = b.text(b.r.chance(0.6) ? b.word() : b.digits());
    const at = b.r.chance(0.7) ? numbers.length : b.r.int(0, numbers.length);
    const mixed = b.comma([...numbers.slice(0, at), odd, ...numbers.slice(at)]);
    const plain = b.comma([...numbers, b.int()]);
    const f = b.r.pick(['sum', 'sum', 'sum', 'max', 'min', 'sorted', 'len']);
    const shape = b.r.pick(['bare', 'bare', 'print', 'assign'] as const);
    const name = b.fresh('total result x s answer');
    const write = (e: string) => (shape === 'bare' ? e : shape === 'print' ? `print(${e})` : `${name} = ${e}`);
    const after = shape === 'assign' && b.r.chance(0.5) ? [`print(${name})`] : [];
    return [[write(`${f}([${mixed}])`), ...after], [write(`${f}([${mixed}]`), ...after], ...b.r.sample([[write(`${f}([${plain}])`), ...after], [write(`${f}([${plain}]`), ...after], [write(`${f}([${mixed})`), ...after], [write(`${f}(${mixed}])`), ...after], [write(`${f}([${mixed.slice(0, -1)}])`), ...after]], b.r.int(1, 3))];
  },
];
