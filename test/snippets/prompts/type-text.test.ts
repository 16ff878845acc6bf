import { expect, it } from 'vitest';
import { typeEnd } from '../../../src/snippets/prompts/type-text';

it.each([
  [' string, y: number) {', ' string'],
  [' Map<string, number>, z', ' Map<string, number>'],
  [' (a: number) => void) {}', ' (a: number) => void'],
  [' { a: string; b: number } = x', ' { a: string; b: number } '],
  [' string[]): void', ' string[]'],
  [' [number, string];', ' [number, string]'],
  [" 'a' | 'b' = 'a'", " 'a' | 'b' "],
  [' int:\n    return 1', ' int'],
  [' dict[str, int] = {}', ' dict[str, int] '],
  [' int\nb: str', ' int'],
  [' x is string {', ' x is string '],
  [' string {', ' string '],
  [' string | { a: 1 }, b', ' string | { a: 1 }'],
  [' Promise<void> {', ' Promise<void> '],
  [' string', null],
  [') {', ''],
] as [string, string | null][])('%s', (text, type) => {
  expect(typeEnd(text)).toBe(type === null ? null : type.length);
});
