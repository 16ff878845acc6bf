import { describe, expect, it } from 'vitest';
import { placesIn, strongest } from '../../../src/extension/latents/places';

const text = 'a = 1\r\n\r\n  print("é😀")\nb\rc';
const spans = [['a', 1], ['print', 3], ['"é😀"', 2], ['b', 3], ['c', 0.5]].map(([token, activation]) => {
  const start = text.indexOf(token as string);
  return { site: 'hook_embed' as const, latent: 1, text: token as string, start, end: start + (token as string).length, activation: activation as number };
});

describe('places where a latent is active', () => {
  it('have the lines and characters that an editor counts', () => {
    const places = placesIn('f', text, { spans });
    expect(places.map(({ start, end }) => [start.line, start.character, end.line, end.character])).toEqual([
      [0, 0, 0, 1], [2, 2, 2, 7], [2, 8, 2, 13], [3, 0, 3, 1], [4, 0, 4, 1],
    ]);
    expect(places.map(({ code }) => code)).toEqual(['a = 1', 'print("é😀")', 'print("é😀")', 'b', 'c']);
  });

  it('are one for a character of several tokens, and may reach into another line', () => {
    const at = { site: 'hook_embed' as const, latent: 1, text: '\n  ', start: 5, end: 10 };
    const places = placesIn('f', text, { spans: [{ ...at, activation: 1 }, { ...at, activation: 4 }, { ...at, activation: 2 }] });
    expect(places).toMatchObject([{ activation: 4, start: { line: 0, character: 5 }, end: { line: 2, character: 1 } }]);
    expect(placesIn('f', '', { spans: [] })).toEqual([]);
  });

  it('come by their strength', () => {
    expect(strongest(placesIn('f', text, { spans }), 3).map(({ token }) => token)).toEqual(['print', 'b', '"é😀"']);
  });
});
