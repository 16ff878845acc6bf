import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { LatentRequests, type LookingUp } from '../../../src/engine/latent-requests';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { readProgram } from '../../../src/engine/reading/program';
import { openQuestion } from '../../../src/engine/reading/question';
import { checkedParams } from '../../../src/engine/requests';
import { Session } from '../../../src/engine/analyses/session';
import { divide } from '../../../src/engine/reading/windows';
import type { EngineRequests } from '../../../src/protocol/engine';
import { activationsOf } from '../../../src/protocol/documents/latents';
import { toRows, type LoadedSae } from '../../../src/sae';
import { statementStarts } from '../../../src/snippets/syntax/statements';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { writeSae } from '../../sae/kit';
import { resultOf } from '../analysed';
import { smallModel, type SmallModel } from '../small-model';
import type { SiteName } from '../../../src/vocabulary/sites';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const FUNCTION = 'def mean(values):\n    total = 0\n    for value in values:\n        total += value\n    return total / len(values)\n';
/** Far more than the 160 tokens that the model reads: functions, a comment, a statement that alone is too long, and a line that is. */
const LONG = [
  FUNCTION.repeat(4), '\n# the cities\nx = 1; y = 2  # two\n\n',
  `table = {\n${Array.from({ length: 60 }, (_, i) => `    "city ${i}": ${i * 7},\n`).join('')}}\n`,
  `numbers = [${Array.from({ length: 200 }, (_, i) => i).join(', ')}]\n`,
  '\n\n\n', FUNCTION.replaceAll('\n', '\r\n'), 'print("done 🎉")',
].join('');
const middle = 'blocks.1.hook_resid_post' as const;
const heads = 'blocks.2.attn.hook_z' as const;

let small: SmallModel;
let loaded: LoadedModel;
let session: Session;
let requests: LatentRequests;
let saes: LoadedSae[];
beforeAll(async () => {
  small = await smallModel();
  loaded = await loadModel(small.folder, { threads: 1 });
  const own = { dIn: 16, dSae: 40, architecture: 'topk' as const };
  const folders = [
    await writeSae({ ...own, site: 'hook_embed' }), await writeSae({ ...own, site: middle }), await writeSae({ ...own, dIn: 8, site: heads }),
    await writeSae({ ...own, site: 'ln_final.hook_normalized' }),
  ];
  session = new Session(loaded, folders);
  saes = await session.saes();
  requests = new LatentRequests(session);
});
afterAll(async () => {
  await requests.close();
  await session.close();
  await small.remove();
});

const lookingUp = (more: Partial<LookingUp> = {}): LookingUp => ({ signal: new AbortController().signal, onProgress: () => undefined, ...more });
const activations = async (text: string, change: Partial<EngineRequests['activations']['params']> = {}) =>
  requests.activations(checkedParams('activations', { file: 'weather.py', text, site: null, count: 4, around: null, ...change }), lookingUp());
const firings = async (text: string, latents: { site: SiteName; latent: number }[], more: Partial<LookingUp> = {}) =>
  requests.firings(checkedParams('firings', { text, latents }), lookingUp(more));
const question = () => openQuestion(loaded, PYTHON_ERROR_TYPE);
const division = (text = LONG) => divide(loaded, question(), { file: null, text });

describe('activations', () => {
  test.each<SiteName>([middle, 'hook_embed', heads, 'ln_final.hook_normalized'])('at %s are those of a whole run, and the largest of them', async (site) => {
    const result = await activations(CODE, { site });
    const { ids, tokens } = readProgram(loaded, question(), { file: null, text: CODE });
    expect(result.tokens).toEqual(tokens);
    expect([result.sae.site, result.read]).toEqual([site, { start: 0, end: CODE.length }]);
    const sae = saes.find(({ config }) => config.site === site)!;
    const run = await loaded.model.run([ids], { read: [sae.site] });
    const { data } = await sae.encode(toRows(sae, run.sites.get(site)!));
    const each = site === heads ? 2 : 1;
    for (const [position, active] of result.active.entries()) {
      const rows = Array.from({ length: each }, (_, head) => [...data.subarray((position * each + head) * 40, (position * each + head + 1) * 40)]);
      const largest = rows[0].map((_, latent) => ({ latent, activation: Math.max(...rows.map((row) => row[latent])) }));
      const expected = largest.filter(({ activation }) => activation > 0).sort((a, b) => b.activation - a.activation).slice(0, 4);
      expect(active.map(({ latent }) => latent)).toEqual(expected.map(({ latent }) => latent));
      active.forEach(({ activation }, i) => expect(activation).toBeCloseTo(expected[i].activation, 3));
      expect(result.counts[position]).toBe(rows.flat().filter((value) => value > 0).length);
    }
    const listed = new Set(result.active.flat().map(({ latent }) => latent));
    expect(result.latents.map(({ latent }) => latent)).toEqual([...listed].sort((a, b) => a - b));
    expect(listed.size).toBeGreaterThan(4);
  });

  test('of a program are an analysis too, with the same numbers', async () => {
    const result = await resultOf(session, { file: 'weather.py', text: CODE }, { activations: { site: heads, count: 3 } });
    expect(Object.keys(result.parts)).toEqual(['activations']);
    const { room, ...rest } = await activations(CODE, { site: heads, count: 3 });
    expect(activationsOf(result)).toEqual(rest);
    expect(room).toBe(question().room);
  });

  test('without a site are those of the residual stream after the middle layer', async () => {
    expect((await activations(CODE)).sae.site).toBe(middle);
    await expect(activations(CODE, { site: 'blocks.0.hook_mlp_out' })).rejects.toThrow(/There is no SAE for "blocks\.0\.hook_mlp_out"; there are some for .*hook_z/);
    await expect(activations(CODE, { count: 0 })).rejects.toThrow('"count" is 0; it must be a whole number from 1 to 100.');
  });

  test('of a range lie in the file, and are those of the code alone', async () => {
    const text = `# nothing\n${CODE}`;
    const whole = await activations(CODE);
    const part = await activations(text, { range: { start: 10, end: text.length } });
    expect(part.active).toEqual(whole.active);
    expect(part.tokens.map(({ start }) => start)).toEqual(whole.tokens.map(({ start }) => (start === null ? null : start + 10)));
  });

  test('asked again are the same without a run of the model, and a text that is too long is refused without a place to read at', async () => {
    const first = await activations(LONG, { around: 200 });
    const run = vi.spyOn(loaded.model, 'run');
    expect(await activations(LONG, { around: 200 })).toEqual(first);
    expect(run).not.toHaveBeenCalled();
    expect((await activations(LONG, { around: LONG.length - 1 })).read).not.toEqual(first.read);
    expect(run).toHaveBeenCalled();
    run.mockRestore();
    await expect(activations(' \n', { around: 1 })).rejects.toThrow('weather.py: there is no code that the model can read');
    await expect(activations(LONG)).rejects.toThrow(/weather\.py: the \d+ lines are [\d,]+ tokens with the question/);
  });
});

describe('a text that is too long for the model', () => {
  test('is divided at statements, then at lines, and every token is in one window', async () => {
    const { windows, skipped } = await division();
    expect(windows.length).toBeGreaterThan(6);
    expect(windows.every(({ ids }) => ids.length <= question().room)).toBe(true);
    const numbers = { start: LONG.indexOf('numbers ='), end: LONG.indexOf(']\n', LONG.indexOf('numbers =')) + 1 };
    expect(skipped).toEqual([numbers]);
    const covered = windows.map(({ source }) => LONG.slice(source.start, source.end));
    expect(covered.join('')).toBe(LONG.slice(0, numbers.start) + LONG.slice(numbers.end + 1));
    // Functions are whole; the table is cut between its lines.
    const starts = windows.map(({ source }) => LONG.slice(source.start).split('\n')[0]);
    expect(starts[0]).toBe('def mean(values):');
    expect(starts.filter((line) => line.startsWith('    "city')).length).toBeGreaterThan(2);
    expect(starts.filter((line) => /^ {4}(?!"city)/.test(line))).toEqual([]);
    expect(starts).toContain('table = {');
  });

  test('statements begin with the comments above them', async () => {
    const lines = (await statementStarts(LONG)).map((at) => LONG.slice(at).split('\n')[0]);
    expect(lines.slice(4, 7)).toEqual(['# the cities', 'table = {', expect.stringMatching(/^numbers/)]);
    expect(lines.slice(-2)).toEqual(['def mean(values):\r', 'print("done 🎉")']);
    expect(await statementStarts('x = 1\n# end')).toEqual([0]);
  });

  test('is read around an offset, and firings are the same activations', async () => {
    const refs = (site: SiteName) => Array.from({ length: 40 }, (_, latent) => ({ site, latent }));
    const found = await firings(LONG, [...refs(middle), ...refs(heads)]);
    const { windows } = await division();
    let seen = 0;
    for (const site of [middle, heads]) {
      for (const { source } of windows) {
        const { tokens, active, read, counts } = await activations(LONG, { site, count: 40, around: source.start });
        expect(read).toEqual({ start: source.start, end: source.end });
        tokens.forEach(({ start, end, text }, position) => {
          if (start === null || end === null) return;
          const own = found.spans.filter((span) => span.site === site && span.start === start && span.end === end && span.text === text);
          expect(own.map(({ latent, activation }) => [latent, activation]).sort((a, b) => b[1] - a[1]).map(([, activation]) => activation))
            .toEqual(active[position].map(({ activation }) => activation));
          expect(LONG.slice(start, end)).toContain(text.trim().slice(0, 1).replace('\\', ''));
          expect(counts[position]).toBeGreaterThan(0);
          seen += own.length;
        });
      }
    }
    expect(seen).toBe(found.spans.length);
    expect(found.spans.map(({ start }) => start)).toEqual(found.spans.map(({ start }) => start).sort((a, b) => a - b));
    expect(found.tokens).toBe(windows.flatMap(({ tokens }) => tokens).filter(({ start }) => start !== null).length);
    expect(found.skipped).toHaveLength(1);
    await expect(activations(LONG, { around: found.skipped[0].start + 5 })).rejects.toThrow('weather.py: this line alone is longer than the model can read');
    expect((await activations(LONG, { around: LONG.length })).read.end).toBe(LONG.length);
  });

  test('firings tell windows as progress, and stop when they are cancelled', async () => {
    const said: [number, number][] = [];
    await firings(LONG, [{ site: middle, latent: 1 }], { onProgress: (_, done, total) => said.push([done!, total!]) });
    const count = (await division()).windows.length;
    expect(said).toEqual(Array.from({ length: count }, (_, i) => [i, count]));
    const cancel = new AbortController();
    const stopping = firings(LONG, [{ site: middle, latent: 1 }], { signal: cancel.signal, onProgress: (_, done) => done === 2 && cancel.abort() });
    await expect(stopping).rejects.toThrow(/abort/);
  });

  test('nothing to read and nothing active are empty lists; a latent that does not exist is a sentence', async () => {
    for (const text of ['', ' \n\t\n']) expect(await firings(text, [{ site: middle, latent: 1 }])).toEqual({ spans: [], tokens: 0, skipped: [] });
    expect((await firings(CODE, [])).spans).toEqual([]);
    await expect(firings(CODE, [{ site: middle, latent: 40 }])).rejects.toThrow('Latent 40 does not exist');
    await expect(firings(CODE, [{ site: 'blocks.1.hook_mlp_out', latent: 4 }])).rejects.toThrow('There is no SAE for "blocks.1.hook_mlp_out"');
    await expect(firings(CODE, [{ site: 'nowhere' as SiteName, latent: 4 }])).rejects.toThrow('"latents[0].site" is "nowhere"; it must be a site, as blocks.2.hook_resid_post.');
    await expect(firings(CODE, [{ site: middle, latent: 1.5 }])).rejects.toThrow('"latents[0].latent" is 1.5; it must be a whole number from 0 on.');
  });
});
