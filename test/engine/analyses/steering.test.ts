/** Steering on the command line: vectors made from two folders, read again and checked, and added; what does not fit is refused. */
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { VectorsCard } from '../../../src/engine/steering/vectors-file';
import type { Result } from '../../../src/protocol/documents/result';
import { run, temporaryFolder } from '../../cli/kit';
import { smallModel } from '../small-model';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';

test('make, add, refuse', async () => {
  const [small, other, folder] = [await smallModel(), path.resolve('models/python-errors'), await temporaryFolder()];
  const file = await folder.write('weather.py', CODE);
  const [plus, minus] = [[], []] as string[][];
  for (let i = 0; i < 8; i++) {
    plus.push(await folder.write(`plus-${i}.py`, `x${i} = "a" + ${i}\n`));
    minus.push(await folder.write(`minus-${i}.py`, `x${i} = "a" + "${i}"\n`));
  }
  const out = path.join(path.dirname(file), 'text.safetensors');
  const model = ['--model', small.folder];
  const made = await run(['vectors', 'make', ...model, '--positive', ...plus, '--negative', ...minus, '--out', out, '--json']);
  expect(made.code, made.err).toBe(0);
  const card = JSON.parse(made.out) as VectorsCard;
  expect([card.layers, card.positive.programs, card.site]).toEqual([[0, 1, 2], 8, 'hook_resid_post']);
  expect(card.quality.every(({ heldOut }) => heldOut!.pairs === 4 && heldOut!.agree <= 4)).toBe(true);
  expect([card.heldOut!.positive.length, card.heldOut!.negative.length]).toEqual([4, 4]);
  expect(card.answers!.toward).not.toBe(card.answers!.away);
  expect(JSON.parse(readFileSync(out.replace('.safetensors', '.json'), 'utf8'))).toEqual(card);

  const nowhereToWrite = await run(['vectors', 'make', ...model, '--positive', ...plus, '--negative', ...minus, '--out', path.join(out, 'no/v.safetensors')]);
  expect([nowhereToWrite.code, nowhereToWrite.err]).toEqual([1, expect.stringContaining(`There is no folder to put ${path.join(out, 'no/v.safetensors')} into; make it first.`)]);
  // One of terabytes is told from that of its card without being read, and tokens of which none is read are not taken.
  const [huge, damaged] = ['huge', 'damaged'].map((name) => path.join(path.dirname(file), `${name}.safetensors`));
  for (const copy of [huge, damaged]) copyFileSync(out, copy);
  truncateSync(huge, 2 ** 40);
  writeFileSync(huge.replace('.safetensors', '.json'), JSON.stringify(card));
  const wrongly = { ...card.heldOut!, positive: [{ ids: [1], position: 1 }] };
  writeFileSync(damaged.replace('.safetensors', '.json'), JSON.stringify({ ...card, heldOut: wrongly }));
  for (const [given, sentence] of [[huge, 'is not the file that its card'], [damaged, 'its position lies behind its tokens']]) {
    const refused = await run(['steering', file, ...model, '--no-run', '--vector', given]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(sentence)]);
  }

  const asked = ['steering', file, ...model, '--no-run', '--vector', out, '--layer', '1'];
  const steered = async (...more: string[]) => {
    const { code, out: json, err } = await run([...asked, '--json', ...more]);
    expect(code, err).toBe(0);
    return JSON.parse(json) as Result & { before: { difference: number }; after: { difference: number } };
  };
  const none = await steered('--factor', '0');
  expect(none.after).toEqual(none.before);
  expect(none.parts.steering!.value.divergence.every((value) => value < 1e-6)).toBe(true);
  const nowhere = await run(['steering', file, ...model, '--no-run', '--vector', `${out}.safetensors`]);
  expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining(`There is no file ${out}.safetensors. Make one with latent-lens vectors make.`)]);
  const some = await steered('--factor', '8', '--at', 'all');
  const { value } = some.parts.steering!;
  expect(some.after.difference).not.toBe(some.before.difference);
  expect(value.positions).toHaveLength(some.reading.tokens.length);
  expect(value.layers).toEqual([{ layer: 1, norm: expect.closeTo(card.quality[1].norm, 3) as number }]);
  expect(value.random!.draws).toBe(5);
  // Of one draw the answers' odds are its logit difference, as both come from one run.
  const { random: once, metric } = (await steered('--factor', '8', '--at', 'all', '--draws', '1')).parts.steering!.value;
  expect(once!.answers.map(({ label }) => label)).toEqual(value.before.answers.map(({ label }) => label));
  const logOf = (label: string) => Math.log(once!.answers.find((one) => one.label === label)!.probability);
  expect(logOf(metric.positive) - logOf(metric.negative)).toBeCloseTo(once!.difference, 2);
  // The held-out effect is what steering each of these programs by itself does.
  const held = value.heldOut!;
  expect(held).toMatchObject({ set: 'negative', programs: 4, toward: card.answers!.toward, away: card.answers!.away });
  expect(none.parts.steering!.value.heldOut).toBeNull();
  const apart: { before: number; after: number }[] = [];
  for (const one of minus.filter((_, i) => i % 2 === 1)) {
    const alone = await run(['steering', one, ...model, '--no-run', '--vector', out, '--layer', '1', '--factor', '8', '--draws', '0', '--held-out', '0', '--json', '--answers', `${held.toward},${held.away}`]);
    expect(alone.code, alone.err).toBe(0);
    const { before, after } = (JSON.parse(alone.out) as Result).parts.steering!.value;
    const odds = ({ answers }: typeof before) => {
      const of = (label: string) => Math.log(answers.find((answer) => answer.label === label)!.probability);
      return of(held.toward) - of(held.away);
    };
    apart.push({ before: odds(before), after: odds(after) });
  }
  const mean = (of: 'before' | 'after') => apart.reduce((sum, one) => sum + one[of], 0) / apart.length;
  expect(held.difference.before).toBeCloseTo(mean('before'), 2);
  expect(held.difference.after).toBeCloseTo(mean('after'), 2);
  expect(held.difference.random).not.toBeCloseTo(held.difference.after, 3);
  const back = (await steered('--factor', '-8')).parts.steering!.value.heldOut!;
  expect(back.set).toBe('positive');
  const wrote = (await steered('--factor', '8', '--generate', '5')).parts.steering!.value;
  expect(wrote.before.written!.tokens.length).toBeLessThanOrEqual(5);
  expect(wrote.after.written!.tokens[0].id).toBe(wrote.after.top[0].id);
  expect((await steered('--factor', '0', '--generate', '5')).after).toMatchObject({ written: wrote.before.written });
  const people = await run([...asked, '--tokens', '2:7-2:22']);
  for (const part of ['Answers before and after', 'How far each prediction is moved', 'random vectors', 'On programs that the vector was not made from']) expect(people.out).toContain(part);

  const foreign = await run(['steering', file, '--model', other, '--no-run', '--vector', out]);
  expect([foreign.code, foreign.err]).toEqual([1, expect.stringContaining('has other weights')]);
  const missing = await run(['steering', file, ...model, '--no-run']);
  expect(missing.err).toContain('Name a file of steering vectors');
  writeFileSync(out, readFileSync(out).fill(0, 200, 204));
  expect((await run(asked)).err).toContain('is not the file that its card');
  await small.remove();
  await folder.remove();
}, 120_000);
