import path from 'node:path';
import { CancellationTokenSource, type ResponseError } from 'vscode-jsonrpc/node.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Model } from '../../src/model';
import { ANALYSES, ANALYSIS_IDS } from '../../src/protocol/analyses';
import type { AnalyseRequest, AskedQuestion, EngineMethod, EngineProgress, EngineRequests } from '../../src/protocol/engine';
import { explanationOf } from '../../src/protocol/documents/explanation';
import { BUILT_IN_QUESTIONS } from '../../src/protocol/models/questions';
import { FORMAT, updated, type Result } from '../../src/protocol/documents/result';
import { PYTHON_ERROR_TYPE, TEMPLATES } from '../../src/snippets/prompts/templates';
import { smallModel, type SmallModel } from '../engine/small-model';
import { writeSae } from '../sae/kit';
import { inMemoryEngine, type AskOptions, type InMemoryEngine } from './in-memory';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\nfor day in range(3):\n    print(day, city)\n';
const site = 'blocks.1.hook_resid_post';
const plain: AskedQuestion = { template: null, answers: null, contextLimit: null };
const asked = { file: 'weather.py', text: CODE, range: null, question: plain };
const notRun = { run: false, timeout: null };
const reading = { prediction: { topK: 3 }, lens: { topK: 3 } };
const request: AnalyseRequest = { ...asked, ...notRun, compare: 'best', analyses: { ...reading, patching: {} } };
const uncompared: AnalyseRequest = { ...request, analyses: reading };
const withVariants: AnalyseRequest = { ...request, analyses: { ...request.analyses, variants: {} } };
const listing: AnalyseRequest = { ...asked, ...notRun, analyses: { prediction: {}, variants: {} } };
const SUFFIX = PYTHON_ERROR_TYPE.suffix;
const CANCELLED = -32800;

let small: SmallModel;
let engine: InMemoryEngine;
const open = (into = engine) => into.ask('openModel', { model: small.folder, threads: 1 });
beforeAll(async () => {
  small = await smallModel();
  engine = inMemoryEngine();
  await open();
});
afterAll(async () => {
  engine.connection.end();
  await engine.ended;
  await small.remove();
});

const explain = async (asks: AnalyseRequest, options?: AskOptions) => explanationOf(await engine.ask('analyse', asks, options));

const listed = async (asks: AnalyseRequest = listing) => {
  const { reading: { template }, parts: { prediction, variants } } = await engine.ask('analyse', asks);
  return { template, prediction: prediction!.value, variants: variants!.value.variants };
};

const codeOf = (asking: Promise<unknown>) => asking.then(() => 'answered', (error: ResponseError<unknown>) => error.code);

/** A request that was not asked before, so that nothing is known of it: another limit of time makes no other answer where nothing is run. */
const fresh = (to: AnalyseRequest = request) => ({ ...to, timeout: ++asks });
let asks = 0;

/** The requests about getting and keeping models are in test/store/engine.test.ts. */
type AboutOpenModel = Exclude<EngineMethod, 'listModels' | 'modelInfo' | 'catalog' | 'hubModel' | 'addModel' | 'removeModel'>;

test('every request is answered', async () => {
  const params: { [M in AboutOpenModel]: EngineRequests[M]['params'] } = {
    openModel: { model: small.folder, threads: null, saes: [await writeSae({ site, dIn: 16, dSae: 40, architecture: 'topk' })] },
    tokens: asked,
    analyse: {
      ...request,
      analyses: {
        ...Object.fromEntries(ANALYSIS_IDS.map((id) => [id, {}])),
        ...withVariants.analyses,
        latents: { sites: [site], top: 5, method: 'integrated-gradients', steps: 3, check: true },
        activations: { count: 3 },
        intervention: { changes: [{ site, latent: 3, positions: 'all', change: { kind: 'steer', by: 30 } }], generate: 2 },
        knockout: { sources: ['1:8-1:16'] },
      },
    },
    enclosing: { text: CODE, offset: 20 },
    prompt: { ...asked, question: { ...asked.question, template: { name: 'python-error-type-few-shot' } } },
    templates: null,
    saes: null,
    activations: { ...asked, site: null, count: 3, around: null },
    firings: { text: CODE, latents: [{ site, latent: 3 }, { site, latent: 4 }] },
    latent: { site, latent: 3 },
    searchLatents: { by: 'promotes', query: 'TypeError', site: null, limit: 5 },
  };
  const { openModel, searchLatents, ...others } = params;
  const opened = await engine.ask('openModel', openModel); // looking something up does not wait for it
  const rest = Object.fromEntries(
    await Promise.all((Object.keys(others) as (keyof typeof others)[]).map(async (method) => [method, await engine.ask(method, params[method] as never)])),
  );
  const answers = { openModel: opened, ...rest } as { [M in AboutOpenModel]: EngineRequests[M]['result'] };
  await expect(engine.ask('searchLatents', searchLatents)).rejects.toThrow('Nothing is known yet about these latents.'); // no facts were collected
  expect(answers.openModel).toMatchObject({ id: path.basename(small.folder), folder: small.folder, layers: 3, context: 160 });
  const { reading: read, pair, parts, missing } = answers.analyse;
  expect(Object.keys({ ...parts, ...missing }).sort()).toEqual(Object.keys(ANALYSES).sort());
  // No vector was named, nothing that is to be left out, and no latents.
  expect(missing).toEqual({
    attributionGraph: 'None of the open SAEs is a transcoder, and an attribution graph needs one of each layer’s MLP. Name a folder that holds them with --sae.',
    latentPaths: `Nothing was said whose activations are to be patched. ${ANALYSES.latentPaths.first}`,
    steering: ANALYSES.steering.first, ablation: `Nothing was said that is to be left out. ${ANALYSES.ablation.first}`,
  });
  expect(answers.tokens).toEqual(read.tokens);
  expect(pair).not.toBeNull();
  expect(parts.variants!.value.variants.length).toBeGreaterThan(10);
  expect(answers.enclosing).toEqual({ start: 0, end: CODE.length - 1, whole: true });
  expect(answers.templates).toEqual(TEMPLATES);
  expect(BUILT_IN_QUESTIONS).toEqual(TEMPLATES.map(({ id }) => id));
  expect(answers.prompt.text).toBe(answers.templates[1].examples!.map(({ code, answer }) => `${code}${SUFFIX} ${answer}\n\n`).join('') + CODE.trimEnd() + SUFFIX);
  expect(answers.prompt.room).toBe(160);
  expect(answers.prompt.tokens).toBeGreaterThan(answers.tokens.length + 60);
  expect(answers.saes.saes.map(({ sae, problem, warning }) => [sae?.site, problem, warning])).toEqual([[site, null, null]]);
  expect(parts.latents!.value).toMatchObject({ method: 'integrated-gradients', steps: 3, check: { count: 5 } });
  expect(parts.latents!.params).toMatchObject({ sites: [site], positions: null, top: 5, errorTerm: true });
  expect(parts.activations!.value).toEqual({ sae: answers.activations.sae, active: answers.activations.active, counts: answers.activations.counts, latents: answers.activations.latents });
  expect(answers.activations.tokens).toEqual(answers.tokens);
  const fired = answers.activations.tokens.flatMap(({ start }, i) => (start === null ? [] : answers.activations.active[i].map(({ latent }) => latent)));
  expect(answers.activations.latents.map(({ latent }) => latent)).toEqual(expect.arrayContaining([...new Set(fired)]) as number[]);
  expect(answers.firings.tokens).toBe(answers.tokens.filter(({ start }) => start !== null).length);
  const { plain: { continuation: _, ...predicted }, before, change } = parts.intervention!.value;
  expect(before).toEqual(predicted);
  expect(change.some(({ logit }) => Math.abs(logit) > 1e-3)).toBe(true);
  expect(answers.latent).toMatchObject({ site, latent: 3, sae: { site, latents: 40 } });
});

test('without a model only what needs one is refused', async () => {
  const empty = inMemoryEngine();
  await expect(empty.ask('tokens', asked)).rejects.toThrow('No model is open.');
  expect(await empty.ask('enclosing', { text: '\nx = 1\n', offset: 0 })).toEqual({ start: 1, end: 6, whole: true });
  expect(await empty.ask('enclosing', { text: '# nothing', offset: 0 })).toBeNull();
  const failing = [open(empty), empty.ask('openModel', { model: path.resolve('test'), threads: null })];
  await expect(failing[1]).rejects.toThrow('not a model folder');
  await failing[0];
  expect((await empty.ask('tokens', asked)).length).toBeGreaterThan(20); // the model before is still open
  empty.connection.end();
  await empty.ended;
});

test('where no model is chosen, each question goes to the one of the package that was trained for it', async () => {
  const engine = inMemoryEngine();
  expect(await engine.ask('openModel', { model: null, threads: 1 })).toMatchObject({ id: 'python-errors', open: { id: 'types', fillsHoles: true } });
  const about = async (question: AskedQuestion) => {
    const { reading: { model } } = await engine.ask('analyse', { ...asked, question, ...notRun, analyses: { prediction: {} } });
    return model.id;
  };
  const place = { open: { ask: 'next-token' as const, start: 7, end: 7, fim: true } };
  expect([await about(plain), await about(place), await about(plain)]).toEqual(['python-errors', 'types', 'python-errors']);
  const opened = await engine.ask('openModel', { model: 'python-errors', threads: 1 });
  expect(opened).toMatchObject({ id: 'python-errors', open: { id: 'python-errors', fillsHoles: false } });
  expect(await about({ open: { ...place.open, fim: false } })).toBe('python-errors'); // a chosen model answers everything
  engine.connection.end();
  await engine.ended;
});

describe('what is known so far', () => {
  async function followed(asks: AnalyseRequest, from = engine) {
    const said: EngineProgress[] = [];
    const whole = await from.ask('analyse', asks, { onProgress: (progress) => said.push(progress) });
    const stages = said.map(({ stage }) => stage).filter((stage, i, all) => stage !== all[i - 1]);
    const updates = said.flatMap(({ update }) => (update ? [update] : []));
    const known: Result[] = [];
    for (const update of updates) known.push(updated(known.at(-1) ?? null, update)!);
    return { whole, said, stages, updates, known };
  }

  test('comes as prediction, then with the lens, then with the near twin, then patch by patch', async () => {
    const { whole, said, stages, updates, known } = await followed(fresh());
    expect(stages).toEqual(['Reading the code', 'Making variants', 'Reading variants', 'Patching']);
    const [predicted, read, compared, ...swept] = known;
    const { prediction, lens, patching } = whole.parts;
    expect(Object.keys(updates[0])).toEqual(['reading', 'parts']);
    expect(predicted).toEqual({ ...whole, pair: null, parts: { prediction: { ...prediction!, findings: [] } } });
    expect(Object.keys(updates[1])).toEqual(['parts']);
    expect(read).toEqual({ ...whole, pair: null, parts: { prediction: { ...prediction!, findings: [] }, lens: lens! } });
    expect(updates[2].pair).toEqual(whole.pair);
    expect(compared).toEqual({ ...whole, parts: { prediction: prediction!, lens: lens! } });
    for (const update of updates.slice(3)) expect(Object.keys(update.parts!)).toEqual(['patching']);

    const steps = swept.map(({ parts }) => parts.patching!.value);
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.at(-1)).toEqual(patching!.value);
    const gaps = steps.map(({ logitDifference }) => logitDifference.flat().filter((value) => value === null).length);
    expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
    expect(gaps[0]).toBeGreaterThan(gaps.at(-1)!);
    for (const step of steps) {
      expect(step.effect === null).toBe(patching!.value.effect === null);
      expect(step).toEqual({ ...patching!.value, effect: step.effect, logitDifference: step.logitDifference });
      const cells = patching!.value.logitDifference.flat();
      expect(step.logitDifference.flat().map((value, i) => value ?? cells[i])).toEqual(cells);
    }
    expect({ ...known.at(-1), parts: { ...known.at(-1)!.parts, patching } }).toEqual(whole); // its findings come with the answer
    expect(JSON.parse(JSON.stringify(said))).toEqual(said.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
    const counted = said.filter(({ stage, total }) => stage === 'Patching' && total !== undefined).map(({ done }) => done!);
    expect(counted).toEqual([...counted].sort((a, b) => a - b));
  });

  test('names what follows when nothing is compared, and lists variants all the same', async () => {
    expect((await followed(fresh(uncompared))).stages).toEqual(['Reading the code']);
    expect((await followed({ ...fresh(), compare: { text: 'x = 1' } })).stages).toEqual(['Reading the code', 'Making variants', 'Reading the other program', 'Patching']);
    const { stages, whole } = await followed(fresh({ ...uncompared, analyses: { ...reading, variants: {} } }));
    expect(stages.slice(0, 3)).toEqual(['Reading the code', 'Making variants', 'Reading variants']);
    const list = await engine.ask('analyse', listing);
    expect(whole.parts.variants).toEqual(list.parts.variants);
    expect([whole.pair, whole.parts.patching]).toEqual([null, undefined]);
  });

  test('the variants of an explanation are those of the list, whatever it is compared with', async () => {
    const { variants } = await listed();
    for (const compare of ['best', { number: 3 }, { text: 'x = 1' }] as const) {
      const result = await explain({ ...withVariants, compare });
      expect(result.variants!.map(({ prediction: _, ...rest }) => rest)).toEqual(variants.map(({ prediction: _, ...rest }) => rest));
      result.variants!.forEach(({ prediction }, i) => {
        expect(prediction.label).toBe(variants[i].prediction.label);
        expect(prediction.probability).toBeCloseTo(variants[i].prediction.probability, 4);
      });
      expect({ ...(await explain({ ...request, compare })), variants: result.variants }).toEqual(result);
    }
  });

  describe('is not found out again for the same code', () => {
    const follow = (asks: AnalyseRequest, then: AnalyseRequest['analyses']): AnalyseRequest => ({ ...asks, analyses: { ...asks.analyses, ...then } });

    test('by the next request, whose answer is as if all had been asked at once', async () => {
      const asks = fresh(uncompared);
      const first = await followed(asks);
      const runs = vi.spyOn(Model.prototype, 'run');
      const again = await followed(asks);
      expect(runs).not.toHaveBeenCalled();
      expect(again.whole).toEqual(first.whole);
      runs.mockRestore();

      const more = await followed(follow(asks, { patching: {}, variants: {} }));
      expect(first.stages[0]).toBe('Reading the code');
      expect(more.stages).not.toContain('Reading the code');
      expect(more.whole).toEqual(await engine.ask('analyse', follow(fresh(uncompared), { patching: {}, variants: {} })));
    });

    test('but anew after one that was cancelled, or of other code', async () => {
      const asks = fresh();
      const whole = await engine.ask('analyse', asks);
      const cancelled = codeOf(engine.ask('analyse', { ...asks, analyses: { ...asks.analyses, patching: { site: 'hook_mlp_out' } } }, {
        onProgress: ({ stage }, cancel) => stage === 'Patching' && cancel(),
      }));
      expect(await cancelled).toBe(CANCELLED);
      const anew = await followed(asks);
      expect(anew.stages[0]).toBe('Reading the code');
      expect(anew.whole).toEqual(whole);
      expect((await followed({ ...asks, text: `${CODE}\nx = 1` })).stages[0]).toBe('Reading the code');
    });
  });
});

describe('a cancelled request', () => {
  test('that has not begun never does', async () => {
    const cancel = new CancellationTokenSource();
    const said: string[] = [];
    const asking = codeOf(engine.ask('analyse', request, { cancel, onProgress: ({ stage }) => said.push(stage) }));
    cancel.cancel();
    expect(await asking).toBe(CANCELLED);
    expect(said).toEqual([]);
  });

  test('that waits for another ends at once, and the other goes on', async () => {
    const cancel = new CancellationTokenSource();
    const order: string[] = [];
    const first = engine.ask('analyse', withVariants, { onProgress: () => cancel.cancel() }).then(() => order.push('first'));
    const second = codeOf(engine.ask('analyse', request, { cancel })).then((code) => order.push(`second ${code}`));
    await Promise.all([first, second]);
    expect(order).toEqual([`second ${CANCELLED}`, 'first']);
  });

  test.each(['Reading the code', 'Making variants', 'Reading variants', 'Patching'])('ends while it says "%s"', async (stage) => {
    const stages: string[] = [];
    const answered = codeOf(
      engine.ask('analyse', fresh(), {
        onProgress: (progress, cancel) => {
          stages.push(progress.stage);
          if (progress.stage === stage) cancel();
        },
      }),
    );
    expect(await answered).toBe(CANCELLED);
    expect(new Set(stages).size).toBe(['Reading the code', 'Making variants', 'Reading variants', 'Patching'].indexOf(stage) + 1);
    expect(await engine.ask('analyse', request)).toMatchObject({ format: FORMAT, version: 2, parts: { patching: {} } });
  });
});

test('two requests at once are answered one after the other, as they are alone, and the cursor does not wait', async () => {
  const noising = { ...request, analyses: { ...reading, patching: { direction: 'noising' as const } } };
  const alone = [await engine.ask('analyse', request), await engine.ask('analyse', noising)];
  const order: string[] = [];
  const together = [
    engine.ask('analyse', fresh()).finally(() => order.push('first')),
    engine.ask('analyse', fresh(noising)).finally(() => order.push('second')),
    engine.ask('enclosing', { text: CODE, offset: 0 }).finally(() => order.push('cursor')),
  ] as const;
  expect((await Promise.all(together)).slice(0, 2)).toEqual(alone);
  expect(order).toEqual(['cursor', 'first', 'second']);
});

describe('a question', () => {
  const template = (...ids: string[]) => {
    const answers = [{ label: 'TypeError', text: ' a TypeError' }, 'NoError'];
    const all = ids.map((id) => ({ id, suffix: '\n# Does this raise', answers }));
    return { file: 'mine.json', json: JSON.stringify(all), id: null as string | null };
  };
  const explained = (question: Partial<AskedQuestion>, change: Partial<AnalyseRequest> = {}) =>
    explain({ ...uncompared, ...change, question: { ...plain, ...question } });

  test('of the user\'s own is asked by every request', async () => {
    const question = { ...plain, template: template('mine') };
    const result = await explained(question, { ...request, compare: { text: 'x = 1' } });
    expect(result).toMatchObject({ template: 'mine', prompt: `${CODE.trimEnd()}\n# Does this raise` });
    expect(result.lens.labels).toEqual(['TypeError', 'no error']);
    expect(result.counterfactual!.prompt).toBe('x = 1\n# Does this raise');
    expect(result.tokens).toEqual(await engine.ask('tokens', { ...asked, question }));
    const { template: id, prediction } = await listed({ ...listing, question });
    expect([id, prediction.answers]).toEqual(['mine', result.prediction.answers]);
    expect((await explained({ template: { ...template('one', 'two'), id: 'two' } })).template).toBe('two');
  });

  test('can have other answers', async () => {
    const { lens, prediction } = await explained({ answers: ['KeyError', 'OSError', 'no error'] });
    expect(lens.labels).toEqual(['KeyError', 'OSError', 'no error']);
    const standard = await explained({});
    for (const label of ['KeyError', 'no error']) {
      const of = ({ answers }: typeof prediction) => answers.find((answer) => answer.label === label)!.logit;
      expect(of(prediction)).toBe(of(standard.prediction));
    }
    expect((await explained({ template: template('mine'), answers: ['TypeError', 'KeyError'] })).lens.labels).toEqual(['TypeError', 'KeyError']);
  });

  test('has the room that the setting leaves', async () => {
    const { length } = (await explained({})).tokens;
    await expect(explained({ contextLimit: length })).resolves.toMatchObject({ template: 'python-error-type' });
    await expect(explained({ contextLimit: 1000 })).resolves.toMatchObject({ template: 'python-error-type' });
    await expect(explained({ contextLimit: length - 1 })).rejects.toThrow(
      `weather.py: the 4 lines are ${length} tokens with the question; the context limit in the settings allows ${length - 1}. ` +
        'Choose fewer lines: the first 3 fit (weather.py:1-3), or raise the limit.',
    );
    await expect(explained({ contextLimit: 1 })).rejects.toThrow(/Even the first line is too long; choose shorter code, or raise the limit\.$/);
    await expect(explained({}, { text: CODE.repeat(5), file: null })).rejects.toThrow(/reads at most 160\. Choose fewer lines: the first \d+ fit \(lines 1-\d+\)\.$/);
  });

  test.each<[string, Partial<AskedQuestion>, RegExp]>([
    ['no JSON', { template: { file: 'mine.json', json: '{', id: null } }, /^mine\.json is not valid JSON/],
    ['several templates', { template: template('one', 'two') }, /^mine\.json holds 2 templates \(one, two\); choose one by its id in the settings\.$/],
    ['another id', { template: { ...template('one', 'two'), id: 'three' } }, /^mine\.json holds no template "three"/],
    ['one answer', { answers: ['TypeError'] }, /^There must be 2 to 200 answers/],
    ['an answer twice', { answers: ['TypeError', 'TypeError'] }, /have the label "TypeError"/],
    ['an endless answer', { answers: ['TypeError', '1 2 3 4 5 6 7 8 9 '.repeat(50)] }, /^The answer "1 2 3.*" has [\d,]+ tokens, and .* reads at most 160\. Give shorter answers\.$/],
    ['half a token', { contextLimit: 20.5 }, /^The request analyse: "question\.contextLimit" is 20\.5; it must be a whole number from 1 to [\d,]+ or null\.$/],
    ['no room', { contextLimit: 0 }, /^The request analyse: "question\.contextLimit" is 0; it must be a whole number from 1 to/],
  ])('with %s is refused', async (_, question, why) => {
    await expect(explained(question)).rejects.toThrow(why);
  });
});


test('the end of the connection ends what is under way and closes everything', async () => {
  const other = inMemoryEngine();
  await open(other);
  let said = 0;
  const asking = other.ask('analyse', withVariants, {
    onProgress: ({ stage }) => {
      said++;
      if (stage === 'Reading variants') other.connection.end();
    },
  });
  asking.catch(() => undefined); // nobody answers any more
  await other.ended;
  const before = said;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(said).toBe(before);
});

describe('with Python', () => {
  const loop = { ...asked, text: 'while True:\n    pass\n', run: true };

  test('a program has the time that the request gives it, in a sandbox of its own', async () => {
    const ask = async (timeout: number | null) => {
      const stages: string[] = [];
      const { actual } = await explain({ ...uncompared, ...loop, timeout }, { onProgress: ({ stage }) => stages.push(stage) });
      return { actual, started: stages.includes('Starting Python') };
    };
    expect(await ask(0.2)).toMatchObject({ actual: { label: 'timeout', message: 'The program ran for more than 200 ms.', line: null }, started: true });
    expect((await ask(0.2)).started).toBe(false);
    expect(await ask(0.4)).toMatchObject({ actual: { message: 'The program ran for more than 400 ms.' }, started: true });
  }, 60_000);

  test('a cancelled run ends the program, and the next one runs', async () => {
    const running = { ...uncompared, ...loop, timeout: 60 };
    const began = performance.now();
    const code = codeOf(engine.ask('analyse', running, {
      onProgress: ({ stage }, cancel) => stage === 'Starting Python' && setTimeout(cancel, 8000), // by then the program runs
    }));
    expect(await code).toBe(CANCELLED);
    expect(performance.now() - began).toBeLessThan(30_000);
    const { actual } = await explain({ ...withVariants, run: true, timeout: 60 });
    expect(actual).toMatchObject({ label: 'TypeError', line: 2 });
  }, 90_000);
});
