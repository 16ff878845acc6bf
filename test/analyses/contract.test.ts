/** What every analysis of the table keeps to, whatever it computes: a new one is tested by being in the table. */
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderFigure } from '../../src/cli/render/figures';
import { styleFor } from '../../src/cli/render/style';
import { width } from '../../src/cli/render/text';
import { allFigures } from '../../src/figures';
import { csv } from '../../src/figures/kinds/figure';
import { ANALYSES, ANALYSIS_IDS, paramsOf, type AnalysisId, type AskedParams } from '../../src/protocol/analyses';
import { readResult, type Result } from '../../src/protocol/documents/result';
import { makeVectors } from '../../src/engine/steering/make';
import { PYTHON_ERROR_TYPE } from '../../src/snippets/prompts/templates';
import { saeFolder, writeTranscoder } from '../sae/kit';
import { analysed, opened, resultOf, type Asked } from '../engine/analysed';
import { fakePython } from '../engine/small-model';
import { openSmallSaes } from '../engine/small-saes';

const SITE = 'blocks.1.hook_resid_post';
const { session } = await openSmallSaes([{ site: SITE }, { site: 'blocks.2.hook_mlp_out' }]);
/** One of these needs a transcoder of each layer, whose output an SAE cannot have as well. */
const { session: replaced } = await openSmallSaes([], async (layers, width) =>
  Promise.all(Array.from({ length: layers }, (_, layer) => writeTranscoder({ layer, site: 'mlp.hook_in', width, skip: layer > 0 }))));
const sessionOf = (id: AnalysisId) => (id === 'attributionGraph' ? replaced : session);
const source = { file: 'weather.py', text: 'city = "Lisbon"\nprint("Temperature: " + 21)\n' };
const options = { label: fakePython };

async function vectorFile(): Promise<string> {
  const file = path.join(await saeFolder(), 'small.safetensors');
  const sets = { positive: [{ file: null, text: 'x = 1 + "2"\n' }], negative: [{ file: null, text: 'x = 1 + 2\n' }] };
  await makeVectors(session.loaded, PYTHON_ERROR_TYPE, sets, file, { site: 'hook_resid_post', layers: [1], at: { kind: 'last' } });
  return file;
}

/** Params for analyses that cannot be asked for without, or do more than is needed here. */
const NEEDED: { readonly [K in AnalysisId]?: AskedParams<K> } = {
  intervention: { changes: [{ site: SITE, latent: 3, positions: 'all', change: { kind: 'steer', by: 20 } }], generate: 2 },
  knockout: { sources: ['1:8-1:16'] },
  pairs: { prompts: 4, top: 5, steps: 1 },
  ablation: { without: ['1.mlp', 'L2H1@last'], prompts: 0, draws: 2 },
  latentPaths: { from: [`${SITE}/error@last`], sites: 'all' },
  steering: { vector: await vectorFile() },
};

/** An analysis with the prediction, which results are read with. */
const askedFor = (id: AnalysisId): Asked => ({ prediction: {}, [id]: NEEDED[id] ?? {} });

/** A signal that is aborted when it is looked at for the so-many-th time, as between two layers. */
function cancelling(at: number): { signal: AbortSignal; checks: () => number } {
  const controller = new AbortController();
  const { signal } = controller;
  let checks = 0;
  signal.throwIfAborted = () => {
    if (++checks >= at) controller.abort();
    AbortSignal.prototype.throwIfAborted.call(signal);
  };
  return { signal, checks: () => checks };
}

describe.each(ANALYSIS_IDS)('%s', (id) => {
  let result: Result;
  beforeAll(async () => {
    result = await resultOf(sessionOf(id), source, askedFor(id), options);
    expect(result.missing).toBeUndefined();
  });
  const figures = () => allFigures(result).find((one) => one.id === id)!.figures;

  test('gives the same twice', async () => {
    expect(JSON.stringify(await resultOf(sessionOf(id), source, askedFor(id), options))).toBe(JSON.stringify(result));
  });

  test('survives being saved and read', () => {
    expect(readResult(JSON.stringify(result), 'result')).toEqual(JSON.parse(JSON.stringify(result)));
  });

  test('refuses what it is not to be told, in a sentence', () => {
    expect(() => paramsOf(id, { ...NEEDED[id], nonsense: 1 })).toThrow(/^[A-Z].*"nonsense".*\.$/);
    for (const name of Object.keys(ANALYSES[id].params.shape)) {
      const wrong = { ...NEEDED[id], [name]: { not: ['this'] } };
      expect(() => paramsOf(id, wrong), name).toThrow(new RegExp(`^${ANALYSES[id].title}: "${name}.*it must be .*\\.$`));
    }
  });

  test('ends at the next layer when it is cancelled, wherever that is, and the next request is answered as ever', async () => {
    const asked = askedFor(id);
    const run = async (wanted: Asked, cancelledAt: number) => {
      const counted = cancelling(cancelledAt);
      const outcome = await analysed(await opened(sessionOf(id), source, options), wanted, { signal: counted.signal }).then(() => 'answered', () => 'rejected');
      return { outcome, checks: counted.checks() };
    };
    const [{ checks: all }, alone] = [await run(asked, Infinity), await run({ prediction: {} }, Infinity)];
    if (id !== 'prediction') expect(all).toBeGreaterThan(alone.checks);
    expect(all).toBeGreaterThanOrEqual(sessionOf(id).loaded.model.shape.layers);
    for (const at of new Set([1, 2, alone.checks + 1, Math.ceil(all / 2), all].filter((check) => check <= all))) {
      expect(await run(asked, at), `cancelled at check ${at} of ${all}`).toEqual({ outcome: 'rejected', checks: at });
    }
    expect(JSON.stringify(await resultOf(sessionOf(id), source, asked, options))).toBe(JSON.stringify(result));
  });

  test('has figures, each with a name of its own, a sentence, and numbers that are numbers', () => {
    expect(figures().length).toBeGreaterThan(0);
    expect(new Set(figures().map(({ name }) => name)).size).toBe(figures().length);
    for (const { name, title, about, rows } of figures()) {
      expect(name).toMatch(/^[a-z\d]+(-[a-z\d]+)*$/);
      expect(title).not.toBe('');
      expect(about).toMatch(/^\p{Lu}.*\.$/su);
      const all = rows();
      expect(all.length).toBeGreaterThan(0);
      for (const row of all) {
        expect(Object.keys(row)).toEqual(Object.keys(all[0]));
        for (const value of Object.values(row)) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      }
      expect(csv(all).trimEnd().split('\r\n').length).toBeGreaterThan(all.length);
    }
  });

  test.each([60, 100])('draws them in %i columns of a terminal', (columns) => {
    for (const figure of figures()) {
      const text = renderFigure(figure, styleFor('true'), columns);
      expect(text).toContain(figure.title);
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
      if (figure.kind !== 'table' && figure.kind !== 'lines') for (const line of text.split('\n')) expect(width(line)).toBeLessThanOrEqual(columns);
    }
  });

  test('reads like this', () => {
    expect(figures().map((figure) => renderFigure(figure, styleFor('none'), 80)).join('\n\n')).toMatchSnapshot();
  });
});
