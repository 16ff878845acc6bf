import { describe, expect, it } from 'vitest';
import { normalise, programHash } from '../../../src/corpus/labelling/normalise';

const same = (a: string, b: string) => expect(programHash(a)).toBe(programHash(b));
const differ = (a: string, b: string, layout = false) =>
  expect(programHash(a, { layout })).not.toBe(programHash(b, { layout }));

describe('normalise', () => {
  it('ignores spaces, comments, blank lines and the kind of quotation mark', () => {
    same('x = 1\nprint( "a" )', "x=1 # one\n\n\nprint('a')\n");
    same('f(a, b)', 'f( a,b )');
    same('"""doc"""\nx = 1', "'''doc'''\nx = 1");
  });

  it('keeps identifiers, numbers and the text inside strings', () => {
    differ('print(total)', 'print(Total)');
    differ('x = 1', 'x = 11');
    differ('print("a b")', 'print("ab")');
    differ('print("# no comment")', 'print("")');
    differ('return x', 'returnx');
    differ('x = 1\ny = 2', 'x = 1y = 2');
  });

  it('keeps what separates a missing quote or bracket from its twin', () => {
    differ('print("a" + 1)', 'print("a" + 1');
    differ('x = "abc"', 'x = "abc');
    differ('x = "abc"', 'x = abc"');
  });

  it('sees the layout only when asked', () => {
    same('if x:\n    y = 1', 'if x:\n  y = 1');
    differ('if x:\n    y = 1', 'if x:\ny = 1', true);
    expect(programHash('if x:\n\n    y = 1 # y', { layout: true })).toBe(programHash('if x:\n    y = 1', { layout: true }));
  });

  it('ends on any text', () => {
    for (const text of ['', '"', "'''", '"\\', '#', '   ', "f'{x", '\t\n\r\n']) expect(typeof normalise(text)).toBe('string');
  });
});
