/** The compiler's process: limits, cancelling, and that nothing of it stays. */
import { afterAll, describe, expect, test } from 'vitest';
import { judgedLanguage, TypeJudge, Undecided } from '../../../src/snippets/judge/judge';
import { answer } from '../../../src/snippets/judge/questions';

const language = 'typescript' as const;
const judge = new TypeJudge();
const hurried = new TypeJudge({ timeoutMs: 1000 });
afterAll(() => [judge, hurried].forEach((one) => one.dispose()));

const simple = { language, before: 'function f(x: ', written: 'string', after: ') { return x.length; }' };

/** The seven lines of a union of 10,000 and a recursive tuple, which take the compiler 9 s and 520 MB before it gives up. */
const HOSTILE = `type D = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type P = \`\${D}\${D}\${D}\${D}\`;
type T<N extends number, A extends unknown[] = []> = A['length'] extends N ? A : T<N, [...A, P]>;
let y: T<990> = null!;
let q: T<989> = y;
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function ended(pid: number): Promise<void> {
  for (let i = 0; i < 200 && isAlive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAlive(pid)).toBe(false);
}

test('the process answers what the compiler answers here', async () => {
  expect(judge.pid).toBeUndefined();
  expect(await judge.hole(simple)).toEqual([...answer('hole', simple)][0]);
  expect(judge.pid).toBeGreaterThan(0);
  expect(await judge.cut(['string) {', '= 1'])).toEqual(['string', null]);
  const text = 'let x = 1;';
  expect((await judge.sites({ language, text })).sites).toHaveLength(1);
  const { edits, dropped } = await judge.edits({ language, text: `${text}\nfunction f(a: string, b = a) { return b; }`, hole: { start: 25, end: 31 } });
  expect(edits.length).toBeGreaterThan(10);
  expect(dropped).toEqual({ syntax: 0, errors: 0, type: 0, undecided: 0 });
});

test('all other annotations that can go are removed together, where not all can', async () => {
  const text = 'function f(a: string, b: number, c: number): number { return b * c; }\nclass A { d: A[] = []; e() { this.d.push(this); } }';
  const at = text.indexOf('string');
  const { edits, dropped } = await judge.edits({ language, text, hole: { start: at, end: at + 6 } });
  expect(edits.map(({ description }) => description)).toContain('removed 3 other types');
  expect(dropped.errors).toBe(1); // the one that is needed
});

describe('limits', () => {
  test('a hostile type is a sentence; the process is replaced, and the old one gone', { timeout: 120_000 }, async () => {
    await hurried.start();
    const pid = hurried.pid!;
    await expect(hurried.hole({ language, before: `${HOSTILE}let z: `, written: 'string', after: ' = q;' })).rejects.toThrow(new Undecided('The type could not be told in 1 s.'));
    await ended(pid);
    expect(await hurried.hole(simple)).toMatchObject({ declared: 'string' });
    expect(hurried.pid).not.toBe(pid);
    const hostile = HOSTILE.split('\n').slice(0, 3).join('\n');
    const asked = { language, before: `${hostile}\nfunction f(x: `, truth: 'string', after: ') { return x.length; }' };
    const needsTime = '{ length: T<990>[5] & T<989>[number] } & { a: T<990> extends T<989> ? 1 : 2 }';
    const verdicts = await hurried.candidates({ ...asked, candidates: ['string', needsTime, 'number'] });
    expect(verdicts.map(({ checks, undecided }) => undecided ?? checks)).toEqual([true, 'The type could not be told in 1 s.', false]);
  });

  test('too much memory is another', async () => {
    const small = new TypeJudge({ memoryMb: 150 });
    const before = Array.from({ length: 45_000 }, (_, i) => `let a${i}=[${i}];`).join('');
    await expect(small.hole({ language, before: `${before}let x: `, written: 'string', after: '' })).rejects.toThrow('The type could not be told: the compiler needs more than 150 MB of memory for it.');
    expect(await small.hole(simple)).toMatchObject({ declared: 'string' });
    small.dispose();
  });

  test('code that nests too deeply is a sentence too, and the process stays', async () => {
    const pid = judge.pid;
    await expect(judge.hole({ language, before: `let y = ${'('.repeat(50_000)}`, written: null, after: '' })).rejects.toThrow(new Undecided('The code is nested too deeply for the compiler.'));
    expect(await judge.hole(simple)).toMatchObject({ declared: 'string' });
    expect(judge.pid).toBe(pid);
  });
});

test('a question that is given up rejects at once, and its process soon serves the next', { timeout: 120_000 }, async () => {
  const reason = new Error('given up');
  const controller = new AbortController();
  const slow = judge.hole({ language, before: `${HOSTILE}let z: `, written: 'string', after: ' = q;' }, controller.signal);
  const waiting = judge.hole(simple);
  setTimeout(() => controller.abort(reason), 300);
  const began = performance.now();
  await expect(slow).rejects.toBe(reason);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(await waiting).toMatchObject({ declared: 'string' });
  await expect(judge.hole(simple, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('what does not fit is refused before it is sent', async () => {
  await expect(judge.hole({ ...simple, files: { '/etc/passwd.ts': '' } })).rejects.toThrow('files');
  await expect(judge.hole({ ...simple, before: 'x'.repeat(1_000_001) })).rejects.toThrow('The code is longer than 1,000,000 characters.');
  expect(judgedLanguage('typescriptreact')).toBe('tsx');
  expect(judgedLanguage('python')).toBeUndefined();
});

test('nothing is left after dispose', async () => {
  const other = new TypeJudge();
  await other.start();
  const pid = other.pid!;
  const asked = other.hole(simple);
  other.dispose();
  await expect(asked).rejects.toThrow('The TypeScript judge is closed; start another one.');
  await ended(pid);
  await expect(other.hole(simple)).rejects.toThrow('is closed');
});
