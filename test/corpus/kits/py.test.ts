import { describe, expect, it } from 'vitest';
import { py } from '../../../src/corpus/kits/structure/py';

describe('py', () => {
  it('takes the indentation around the text away, and leaves what is put in', () => {
    const lines = 'if a:\n    b';
    const make = (name: string) => py`
      for ${name} in ${3}:
          print("\\n", ${name})

      ${lines}
    `;
    expect(make('x')).toBe('for x in 3:\n    print("\\n", x)\n\nif a:\n    b');
    expect(make('y')).toBe('for y in 3:\n    print("\\n", y)\n\nif a:\n    b');
  });

  it('refuses a text that does not stand between line breaks', () => {
    expect(() => py`x = ${1}`).toThrow('py takes lines between line breaks, not: x = …');
  });
});
