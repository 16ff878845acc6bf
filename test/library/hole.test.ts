import { expect, it } from 'vitest';
import { openModel } from '../../src/library';

it('reads code up to a hole with a model that has no sentinels, and cuts what it cannot read', async () => {
  const lens = await openModel(undefined, { python: false });
  try {
    const code = 'count: int = 3\nprint(count)\n';
    const { text, tokens, pieces } = lens.hole(code, { start: 7, end: 10 });
    expect(text).toBe('count: ');
    expect(pieces).toEqual([{ start: 0, end: 7, at: 0 }]);
    const { resid } = await lens.model.run([tokens.map(({ id }) => id)]);
    expect(resid.data).toHaveLength(tokens.length * lens.model.shape.width);
    const long = '# a line\n'.repeat(2000) + code;
    const start = long.indexOf('int');
    expect(lens.hole(long, { start, end: start + 3 }).tokens.length).toBeLessThanOrEqual(lens.model.shape.context);
    expect(() => lens.hole(code, { start: 7, end: 10 }, { room: 1 })).toThrow('The line with the hole has more tokens than the model reads.');
  } finally {
    await lens.close();
  }
});
