/** Head scores as an analysis: of the patterns of the whole run, with pairs of the program's own syntax. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import { TOKEN_PAIR_KINDS } from '../../../../src/vocabulary/token-pairs';
import { blockSite, siteName } from '../../../../src/vocabulary/sites';
import { run, temporaryFolder } from '../../../cli/kit';
import { resultOf } from '../../analysed';
import { smallModel } from '../../small-model';

const CODE = 'def area(width):\n    size = width * 2\n    return size\nprint(area("3") + 1)\n';

test('previous tokens and brackets, from the whole run; what has no pair is said', async () => {
  const loaded = await loadModel(path.resolve('models/python-errors'));
  const { layers, heads } = loaded.model.shape;
  const result = await resultOf(loaded, { text: CODE }, { headScores: { score: 'bracket' } });
  const { value: { scores }, findings } = result.parts.headScores!;
  expect(scores.map(({ kind }) => kind)).toEqual(TOKEN_PAIR_KINDS);
  const { tokens } = result.reading;
  const size = tokens.length;
  const sites = Array.from({ length: layers }, (_, layer) => blockSite(layer, 'attn.hook_pattern'));
  const whole = await loaded.model.run([tokens.map(({ id }) => id)], { read: sites });
  const previous = scores.find(({ kind }) => kind === 'previous')!;
  expect(previous.tokens).toBe(size - 1);
  for (let layer = 0; layer < layers; layer++) {
    const { data } = whole.sites.get(siteName(sites[layer]))!;
    for (let head = 0; head < heads; head++) {
      let sum = 0;
      for (let query = 1; query < size; query++) sum += data[(head * size + query) * size + query - 1] - 1 / (query + 1);
      expect(previous.score[layer][head]).toBeCloseTo(sum / (size - 1), 5);
    }
  }
  const byKind = Object.fromEntries(scores.map((one) => [one.kind, one]));
  for (const kind of ['identifier', 'definition', 'bracket', 'signature', 'column', 'duplicate', 'induction']) expect(byKind[kind].tokens, kind).toBeGreaterThan(0);
  expect(byKind.import.tokens).toBe(0);
  expect(findings.at(-1)).toBe('No token here has a pair of these kinds: the import that the name comes from.');
  const figures = figuresOf('headScores', result);
  expect(figures.map(({ title }) => title)).toEqual(['Heads that read the bracket that is closed', 'The best head of each score']);
  expect(figures[1].rows()).toHaveLength(TOKEN_PAIR_KINDS.length * layers * heads);
  expect(readResult(JSON.stringify(result), 'saved.json').parts.headScores).toEqual(result.parts.headScores);
  await loaded.model.release();
});

test('on the command line', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('area.py', CODE);
  const asked = ['head-scores', file, '--model', small.folder, '--no-run'];
  const json = await run([...asked, '--json', '--score', 'induction']);
  expect(json.code).toBe(0);
  expect((JSON.parse(json.out) as Result).parts.headScores!.params).toEqual({ score: 'induction' });
  expect((await run(asked)).out).toContain('The best head of each score');
  expect((await run([...asked, '--score', 'nonsense'])).code).toBe(2);
  await small.remove();
  await folder.remove();
});
