import path from 'node:path';
import { CancellationTokenSource, type ResponseError } from 'vscode-jsonrpc/node.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AskedQuestion, EngineMethod, EngineProgress, EngineRequests, ExplainRequest } from '../../src/protocol/engine';
import { BUILT_IN_QUESTIONS } from '../../src/protocol/questions';
import { PYTHON_ERROR_TYPE, TEMPLATES } from '../../src/snippets/prompts/templates';
import { smallModel, type SmallModel } from '../engine/small-model';
import { writeSae } from '../sae/kit';
import { inMemoryEngine, type InMemoryEngine } from './in-memory';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\nfor day in range(3):\n    print(day, city)\n';
const site = 'blocks.1.hook_resid_post';
const plain: AskedQuestion = { template: null, answers: null, contextLimit: null };
const asked = { file: 'weather.py', text: CODE, range: null, question: plain };
const notRun = { run: false, timeout: null };
const request: ExplainRequest = {
  ...asked, ...notRun, compare: 'best', variants: false, site: 'hook_resid_pre', direction: 'denoising', topK: 3,
};
const SUFFIX = PYTHON_ERROR_TYPE.suffix;
const CANCELLED = -32800;
const FAILED = -32803;

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

const codeOf = (asking: Promise<unknown>) => asking.then(() => 'answered', (error: ResponseError<unknown>) => error.code);

/** The requests about getting and keeping models are in test/engine/models.test.ts. */
/** A request that was not asked before, so that nothing is known of it: another limit of time makes no other answer where nothing is run. */
const fresh = () => ({ ...request, timeout: ++asks });
let asks = 0;

type AboutOpenModel = Exclude<EngineMethod, 'listModels' | 'modelInfo' | 'catalog' | 'hubModel' | 'addModel' | 'removeModel'>;

test('every request is answered', async () => {
  const params: { [M in AboutOpenModel]: EngineRequests[M]['params'] } = {
    openModel: { model: small.folder, threads: null, saes: [await writeSae({ site, dIn: 16, dSae: 40, architecture: 'topk' })] },
    tokens: asked,
    explain: request,
    variants: { ...asked, ...notRun },
    enclosing: { text: CODE, offset: 20 },
    prompt: { ...asked, question: { ...asked.question, template: { name: 'python-error-type-few-shot' } } },
    templates: null,
    saes: null,
    latents: {
      ...asked, ...notRun, compare: 'best', sites: [site], positions: null, top: 5, errorTerm: true, method: 'integrated-gradients', steps: 3, check: true,
    },
    activations: { ...asked, site: null, count: 3, around: null },
    firings: { text: CODE, latents: [{ site, latent: 3 }, { site, latent: 4 }] },
    changeLatents: { ...asked, changes: [{ site, latent: 3, positions: 'all', change: { kind: 'steer', by: 30 } }], errorTerm: true, generate: 2 },
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
  expect(answers.tokens).toEqual(answers.explain.tokens);
  expect(answers.explain.counterfactual).not.toBeNull();
  expect(answers.explain.variants).toBeNull();
  expect(answers.variants.variants.length).toBeGreaterThan(10);
  expect(answers.enclosing).toEqual({ start: 0, end: CODE.length - 1, whole: true });
  expect(answers.templates).toEqual(TEMPLATES);
  expect(BUILT_IN_QUESTIONS).toEqual(TEMPLATES.map(({ id }) => id));
  expect(answers.prompt.text).toBe(answers.templates[1].examples!.map(({ code, answer }) => `${code}${SUFFIX} ${answer}\n\n`).join('') + CODE.trimEnd() + SUFFIX);
  expect(answers.prompt.room).toBe(160);
  expect(answers.prompt.tokens).toBeGreaterThan(answers.tokens.length + 60);
  expect(answers.saes.saes.map(({ sae, problem, warning }) => [sae?.site, problem, warning])).toEqual([[site, null, null]]);
  expect(answers.latents).toMatchObject({ method: 'integrated-gradients', steps: 3, check: { count: 5 } });
  expect(answers.activations.tokens).toEqual(answers.tokens);
  const fired = answers.activations.tokens.flatMap(({ start }, i) => (start === null ? [] : answers.activations.active[i].map(({ latent }) => latent)));
  expect(answers.activations.latents.map(({ latent }) => latent)).toEqual(expect.arrayContaining([...new Set(fired)]) as number[]);
  expect(answers.firings.tokens).toBe(answers.tokens.filter(({ start }) => start !== null).length);
  const { continuation: _, ...predicted } = answers.changeLatents.prediction;
  expect(answers.changeLatents.before).toEqual(predicted);
  expect(answers.changeLatents.change.some(({ logit }) => Math.abs(logit) > 1e-3)).toBe(true);
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

describe('what is known so far', () => {
  async function followed(change: Partial<ExplainRequest>) {
    const said: EngineProgress[] = [];
    const whole = await engine.ask('explain', { ...fresh(), ...change }, { onProgress: (progress) => said.push(progress) });
    const stages = said.map(({ stage }) => stage).filter((stage, i, all) => stage !== all[i - 1]);
    return { whole, said, stages, partials: said.flatMap(({ partial }) => (partial ? [partial] : [])) };
  }

  test('comes as prediction and lens, then with the counterfactual, then patch by patch', async () => {
    const { whole, said, stages, partials } = await followed({ variants: true });
    expect(stages).toEqual(['Reading the code', 'Making variants', 'Reading variants', 'Patching', 'Reading variants']);
    const [read, compared, swept, ...none] = partials;
    expect(none).toEqual([]);
    const nothing = { counterfactual: null, patching: null, variants: null, findings: [] };
    expect(read).toEqual({ ...whole, ...nothing });
    expect({ ...compared, patching: null }).toEqual({ ...whole, patching: null, variants: null, findings: [] });
    expect(swept).toEqual({ ...whole, variants: null });

    const steps = [compared.patching!, ...said.flatMap(({ patching }) => (patching ? [patching] : []))];
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.at(-1)).toEqual(whole.patching);
    const gaps = steps.map(({ logitDifference }) => logitDifference.flat().filter((value) => value === null).length);
    expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
    expect(gaps[0]).toBeGreaterThan(gaps.at(-1)!);
    for (const step of steps) {
      expect(step.effect === null).toBe(whole.patching!.effect === null);
      expect(step).toEqual({ ...whole.patching, effect: step.effect, logitDifference: step.logitDifference });
      const known = step.logitDifference.flat().map((value, i) => value ?? whole.patching!.logitDifference.flat()[i]);
      expect(known).toEqual(whole.patching!.logitDifference.flat());
    }
    expect(JSON.parse(JSON.stringify(said))).toEqual(said.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
    const counted = said.filter(({ stage, total }) => stage === 'Patching' && total !== undefined).map(({ done }) => done!);
    expect(counted).toEqual([...counted].sort((a, b) => a - b));
  });

  test('names what follows when nothing is compared, and lists variants all the same', async () => {
    expect((await followed({ compare: null })).stages).toEqual(['Reading the code']);
    expect((await followed({ compare: { text: 'x = 1' } })).stages).toEqual(['Reading the code', 'Reading the other program', 'Patching']);
    const { stages, whole } = await followed({ compare: null, variants: true });
    expect(stages).toEqual(['Reading the code', 'Making variants', 'Reading variants']);
    const list = await engine.ask('variants', { ...asked, ...notRun });
    expect(whole.variants).toEqual(list.variants);
    expect(whole).toMatchObject({ counterfactual: null, patching: null });
  });

  test('the variants of an explanation are those of the list, whatever it is compared with', async () => {
    const { variants } = await engine.ask('variants', { ...asked, ...notRun });
    for (const compare of ['best', { number: 3 }, { text: 'x = 1' }] as const) {
      const result = await engine.ask('explain', { ...request, compare, variants: true });
      expect(result.variants!.map(({ prediction: _, ...rest }) => rest)).toEqual(variants.map(({ prediction: _, ...rest }) => rest));
      result.variants!.forEach(({ prediction }, i) => {
        expect(prediction.label).toBe(variants[i].prediction.label);
        expect(prediction.probability).toBeCloseTo(variants[i].prediction.probability, 4);
      });
      expect({ ...(await engine.ask('explain', { ...request, compare })), variants: result.variants }).toEqual(result);
    }
  });
});

describe('a cancelled request', () => {
  test('that has not begun never does', async () => {
    const cancel = new CancellationTokenSource();
    const said: string[] = [];
    const asking = codeOf(engine.ask('explain', request, { cancel, onProgress: ({ stage }) => said.push(stage) }));
    cancel.cancel();
    expect(await asking).toBe(CANCELLED);
    expect(said).toEqual([]);
  });

  test('that waits for another ends at once, and the other goes on', async () => {
    const cancel = new CancellationTokenSource();
    const order: string[] = [];
    const first = engine.ask('explain', { ...request, variants: true }, { onProgress: () => cancel.cancel() }).then(() => order.push('first'));
    const second = codeOf(engine.ask('explain', request, { cancel })).then((code) => order.push(`second ${code}`));
    await Promise.all([first, second]);
    expect(order).toEqual([`second ${CANCELLED}`, 'first']);
  });

  test.each(['Reading the code', 'Making variants', 'Reading variants', 'Patching'])('ends while it says "%s"', async (stage) => {
    const stages: string[] = [];
    const answered = codeOf(
      engine.ask('explain', { ...fresh(), variants: true }, {
        onProgress: (progress, cancel) => {
          stages.push(progress.stage);
          if (progress.stage === stage) cancel();
        },
      }),
    );
    expect(await answered).toBe(CANCELLED);
    expect(new Set(stages).size).toBe(['Reading the code', 'Making variants', 'Reading variants', 'Patching'].indexOf(stage) + 1);
    expect(await engine.ask('explain', request)).toMatchObject({ format: 'latent-lens/explanation' });
  });
});

test('two requests at once are answered one after the other, as they are alone, and the cursor does not wait', async () => {
  const alone = [await engine.ask('explain', request), await engine.ask('explain', { ...request, direction: 'noising' })];
  const order: string[] = [];
  const together = [
    engine.ask('explain', fresh()).finally(() => order.push('first')),
    engine.ask('explain', { ...fresh(), direction: 'noising' }).finally(() => order.push('second')),
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
  const explained = (question: Partial<AskedQuestion>, change: Partial<ExplainRequest> = {}) =>
    engine.ask('explain', { ...request, compare: null, ...change, question: { ...plain, ...question } });

  test('of the user\'s own is asked by every request', async () => {
    const question = { ...plain, template: template('mine') };
    const result = await explained(question, { compare: { text: 'x = 1' } });
    expect(result).toMatchObject({ template: 'mine', prompt: `${CODE.trimEnd()}\n# Does this raise` });
    expect(result.lens.labels).toEqual(['TypeError', 'no error']);
    expect(result.counterfactual!.prompt).toBe('x = 1\n# Does this raise');
    expect(result.tokens).toEqual(await engine.ask('tokens', { ...asked, question }));
    const { template: id, prediction } = await engine.ask('variants', { ...asked, ...notRun, question });
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
    ['half a token', { contextLimit: 20.5 }, /^The context limit is 20\.5; it must be a whole number from 1 to/],
    ['no room', { contextLimit: 0 }, /^The context limit is 0;/],
  ])('with %s is refused', async (_, question, why) => {
    await expect(explained(question)).rejects.toThrow(why);
  });
});

test.each<[EngineMethod, unknown, RegExp]>([
  ['explain', { topK: 0 }, /^The number of tokens to list is 0; it must be a whole number from 1 to 100\.$/],
  ['explain', { topK: 'many' }, /whole number from 1 to 100/],
  ['explain', { site: 'hook_nothing' }, /cannot be patched; choose one of hook_resid_pre/],
  ['explain', { direction: 'sideways' }, /choose denoising or noising/],
  ['explain', { compare: { number: 0 } }, /^The variant's number is 0; it must be a whole number from 1 on\.$/],
  ['explain', { compare: { number: 5000 } }, /^There is no variant 5000; they are numbered 1 to \d+ in the list of variants\.$/],
  ['explain', { compare: { text: CODE } }, /^The other program and weather\.py hold the same code/],
  ['explain', { compare: {} }, /^Compare with 'best'/],
  ['explain', { text: 7 }, /^The request has no text to read\./],
  ['explain', { timeout: 0.05 }, /^A program may run for 0\.1 to 60 seconds, not for 0\.05\. Change the limit in the settings\.$/],
  ['variants', { timeout: 61 }, /0\.1 to 60 seconds, not for 61/],
  ['variants', { timeout: '2' }, /not for "2"/],
  ['tokens', { range: { start: 5, end: 4 } }, /^The selection 5–4 does not lie in the text of \d+ characters\. Select the code again\.$/],
  ['tokens', { range: { start: 0, end: 100_000 } }, /does not lie in the text/],
  ['tokens', { range: { start: 3, end: 3 } }, /no code here, only an empty text/],
  ['tokens', { text: ' \r\n\f' }, /no code here, only white space/],
  ['enclosing', { offset: -1 }, /^The cursor at -1 does not lie/],
  ['enclosing', { offset: null }, /does not lie in the text/],
  ['openModel', { model: 3 }, /must be a text/],
  ['openModel', { threads: 0 }, /^The number of threads is 0;/],
])('%s with %j is refused with a sentence', async (method, change, why) => {
  const right = { openModel: { model: small.folder, threads: 1 }, enclosing: { text: CODE, offset: 0 } }[method as string] ?? request;
  const failure = await engine.ask(method, { ...right, ...(change as object) } as never).catch((error: ResponseError<{ stack?: string }>) => error);
  expect(failure).toMatchObject({ message: expect.stringMatching(why) as string, code: FAILED, data: { stack: expect.any(String) as string } });
});

test('a request of any wrong form is refused with a sentence', async () => {
  const code = ['text', 'range', 'question'];
  const fieldsOf: Partial<Record<EngineMethod, readonly string[]>> = {
    tokens: code, prompt: [], explain: ['compare', 'site', 'timeout'], variants: ['timeout'], latents: ['compare', 'sites', 'positions'], activations: ['text', 'site', 'around'],
    firings: ['text', 'latents'], changeLatents: ['changes', 'generate'], latent: ['site', 'latent'], searchLatents: ['by', 'query', 'limit'], enclosing: ['text', 'offset'],
    modelInfo: ['model', 'from'], hubModel: ['reference'], addModel: ['reference'], removeModel: ['reference'],
  };
  const right = {
    ...request, text: 'x = 1\n', compare: null, count: 4, around: null, latents: [], generate: 0, sites: null, positions: null, top: 3, errorTerm: true, method: 'gradient',
    by: 'description', query: 'x', limit: 3, offset: 0,
  };
  const other = inMemoryEngine();
  await other.ask('openModel', { model: small.folder, threads: 1, saes: [await writeSae({ site, dIn: 16, dSae: 40, architecture: 'topk' })] });
  const odd = [null, 0, '1', true, [], [null]] as unknown[];
  const asks = Object.entries(fieldsOf).flatMap(([method, fields]): [EngineMethod, unknown][] => [
    ...odd.map((params): [EngineMethod, unknown] => [method as EngineMethod, params]),
    ...fields.flatMap((field) => odd.map((value): [EngineMethod, unknown] => [method as EngineMethod, { ...right, [field]: value }])),
  ]);
  asks.push(['explain', { ...request, question: { template: '1' } }], ['explain', { ...request, question: { template: {} } }], ['openModel', null]);
  const raw: string[] = [];
  for (const [method, params] of asks) {
    const answer = await other.ask(method, params as never).then(() => 'Answered.', (error: Error) => error.message);
    const isSentence = answer.endsWith('.') && !/^Cannot |undefined|\[object|is not (?:a function|iterable)|reading '|'in' operator/.test(answer);
    if (!isSentence) raw.push(`${method}(${JSON.stringify(params)}): ${answer}`);
  }
  other.connection.end();
  await other.ended;
  expect(raw).toEqual([]);
  expect(await engine.ask('explain', null as never).catch((error: Error) => error.message)).toBe(
    "The request 'explain' says nothing that could be read. Reload the window, so that all parts of Latent Lens are of one version.",
  );
});

test('a message that is no request of this protocol is refused, and the next is answered', async () => {
  for (const method of ['tokens', 'explain', 'variants', 'enclosing']) {
    await expect(engine.connection.sendRequest(method, { progressToken: 1 })).rejects.toThrow('The request has no text to read.');
  }
  await expect(engine.connection.sendRequest('unheard')).rejects.toThrow(/unheard/i);
  expect(await engine.ask('enclosing', { text: 'x', offset: 0 })).toEqual({ start: 0, end: 1, whole: true });
});

test('the end of the connection ends what is under way and closes everything', async () => {
  const other = inMemoryEngine();
  await open(other);
  let said = 0;
  const asking = other.ask('explain', { ...request, variants: true }, {
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
      const { actual } = await engine.ask('explain', { ...request, ...loop, timeout, compare: null }, { onProgress: ({ stage }) => stages.push(stage) });
      return { actual, started: stages.includes('Starting Python') };
    };
    expect(await ask(0.2)).toMatchObject({ actual: { label: 'timeout', message: 'The program ran for more than 200 ms.', line: null }, started: true });
    expect((await ask(0.2)).started).toBe(false);
    expect(await ask(0.4)).toMatchObject({ actual: { message: 'The program ran for more than 400 ms.' }, started: true });
  }, 60_000);

  test('a cancelled run ends the program, and the next one runs', async () => {
    const running = { ...request, ...loop, timeout: 60, compare: null };
    const began = performance.now();
    const code = codeOf(engine.ask('explain', running, {
      onProgress: ({ stage }, cancel) => stage === 'Starting Python' && setTimeout(cancel, 8000), // by then the program runs
    }));
    expect(await code).toBe(CANCELLED);
    expect(performance.now() - began).toBeLessThan(30_000);
    const { actual } = await engine.ask('explain', { ...request, run: true, timeout: 60, variants: true });
    expect(actual).toMatchObject({ label: 'TypeError', line: 2 });
  }, 90_000);
});
