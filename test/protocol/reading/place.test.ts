import { describe, expect, it } from 'vitest';
import { layerPlaceText, parseLayerPlace, parsePlace, parseStretch, placeText } from '../../../src/protocol/reading/place';

describe('places', () => {
  it.each([
    ['12:5', { kind: 'line', line: 12, column: 5 }],
    ['#0', { kind: 'position', position: 0 }],
    ['last', { kind: 'last' }],
    ['<fim_middle>', { kind: 'token', text: '<fim_middle>' }],
    ['<|fim_middle|>', { kind: 'token', text: '<|fim_middle|>' }],
  ])('reads %s, and writes it again', (text, place) => {
    expect(parsePlace(text)).toEqual(place);
    expect(placeText(parsePlace(text))).toBe(text);
  });

  it.each(['3:12:5', '0:#17', '11:last', '2:<fim_suffix>'])('reads %s with its layer, and writes it again', (text) => {
    const read = parseLayerPlace(text);
    expect(read.layer).toBe(Number(text.split(':')[0]));
    expect(layerPlaceText(read)).toBe(text);
  });

  it.each([
    ['1:2-3:4', { from: { kind: 'line', line: 1, column: 2 }, to: { kind: 'line', line: 3, column: 4 } }],
    ['#2-#9', { from: { kind: 'position', position: 2 }, to: { kind: 'position', position: 9 } }],
    ['4:1', { from: { kind: 'line', line: 4, column: 1 }, to: { kind: 'line', line: 4, column: 1 } }],
  ])('reads the stretch %s', (text, stretch) => expect(parseStretch(text)).toEqual(stretch));

  it.each(['', '12', '0:5', '5:0', '#', '#x', '#-1', '3:', '1:2:3', '1:2-3:4'])('refuses %j as a place in a sentence', (text) => {
    expect(() => parsePlace(text)).toThrow(/is not a place\. Write it as LINE:COLUMN/);
  });

  it.each(['3', 'x:3:4', '3:0:1', '3:'])('refuses %j as a place in a layer', (text) => expect(() => parseLayerPlace(text)).toThrow(/LAYER:LINE:COLUMN/));

  // The line is read as the layer, and a bare line is no place.
  it('refuses a line and column without a layer', () => expect(() => parseLayerPlace('3:4')).toThrow(/3:12:5/));
});
