import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { positionAt, positionsIn } from '../../../src/engine/reading/places';
import type { Program } from '../../../src/engine/reading/program';
import { parsePlace, parseStretch } from '../../../src/protocol/reading/place';
import { opened } from '../analysed';
import { smallModel, type SmallModel } from '../small-model';

const CODE = 'a = 1\r\nfor i in range(3):\r\n    print(a + i)\r\n';

describe('places in a program', () => {
  let small: SmallModel;
  let loaded: LoadedModel;
  let program: Program;
  beforeAll(async () => {
    small = await smallModel();
    loaded = await loadModel(small.folder, { threads: 1 });
    program = (await opened(loaded, { text: CODE })).program;
  });
  afterAll(async () => {
    await loaded.model.release();
    await small.remove();
  });

  const at = (text: string) => positionAt(program, parsePlace(text));
  const textOf = (position: number) => CODE.slice(program.tokens[position].start!, program.tokens[position].end!);

  it('finds the token at every character of every line', () => {
    const lines = CODE.split('\r\n');
    lines.forEach((line, i) =>
      [...line].forEach((character, j) => {
        const { start, end } = program.tokens[at(`${i + 1}:${j + 1}`)];
        const offset = CODE.split('\r\n', i).reduce((sum, { length }) => sum + length + 2, 0) + j;
        expect([start! <= offset, offset < end!, CODE[offset]]).toEqual([true, true, character]);
      }),
    );
  });

  it('knows positions and the last token', () => {
    expect(at('#2')).toBe(2);
    expect(at('last')).toBe(program.tokens.length - 1);
  });

  it('finds all tokens of a stretch, which ends before its end', () => {
    const found = positionsIn(program, parseStretch('2:1-2:6'));
    expect(textOf(found[0])).toContain('for');
    expect(found.map(textOf).join('')).not.toContain('range');
    expect(positionsIn(program, parseStretch('#1-#3'))).toEqual([1, 2, 3]);
    expect(positionsIn(program, parseStretch('1:1'))).toEqual([at('1:1')]);
  });

  it.each([
    ['9:1', /There is no line 9; the file ends with line 4/],
    ['1:40', /There is no column 40 in line 1; it has 5 characters/],
    ['#999', /There is no position 999/],
    ['<fim_middle>', /The question has no token "<fim_middle>"/],
  ])('refuses %s in a sentence', (text, sentence) => expect(() => at(text)).toThrow(sentence));

  it('refuses a stretch that ends before it begins', () => {
    expect(() => positionsIn(program, parseStretch('2:4-1:1'))).toThrow(/There is no token from 2:4 to 1:1/);
  });
});
