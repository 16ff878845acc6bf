import { describe, expect, it } from 'vitest';
import { chunksOf, clean, corpusChunks } from '../../../src/corpus/packages/library-code';

describe('corpus', () => {
  it('reads the standard library out of pyodide', () => {
    const chunks = [...corpusChunks({ maxCharacters: 300 })];
    expect(chunks.length).toBeGreaterThan(10_000);
    expect(chunks.every((chunk) => chunk.length <= 300 && chunk.length >= 40)).toBe(true);
    expect(chunks.some((chunk) => chunk.startsWith('def '))).toBe(true);
    // eslint-disable-next-line no-control-regex
    expect(chunks.some((chunk) => /[^\x0a\x20-\x7e]/.test(chunk))).toBe(false);
  });

  it('drops docstrings and comments, keeps strings', () => {
    const lines = clean('# licence\ndef f(a):\n    """Say.\n\n    More."""\n\n    # why\n    return """x"""\n');
    expect(lines).toEqual(['def f(a):', '    return """x"""', '']);
  });

  it('cuts at statements and dedents', () => {
    const lines = ['class A:', '    def one(self):', '        return 1', '    def two(self):', '        return 2'];
    expect([...chunksOf(lines, 45)]).toEqual(['class A:\n    def one(self):\n        return 1', 'def two(self):\n    return 2']);
    expect([...chunksOf(['x = [', '    1,', ']', 'y = 2'], 100)]).toEqual(['x = [\n    1,\n]\ny = 2']);
  });
});
