import { expect, test } from 'vitest';
import { parseLatent, parsePositions } from '../../../src/cli/arguments/latent-arguments';
import type { ChangedDocument } from '../../../src/protocol/documents/latents';
import { run } from '../kit';
import { SITE as site, smallWithSae } from './small';

const { small, code, sae } = await smallWithSae();

const steer = (...rest: string[]) => run(['steer', code, '--model', small.folder, '--sae', sae, ...rest]);

test('steer prints what changed, the answers, and what is written', async () => {
  const { code: exit, out } = await steer('--latent', `${site}:3`, '--latent', '1.resid_post/4@2,5-6', '--add', '40', '--generate', '3');
  expect(exit).toBe(0);
  for (const part of ['1.resid_post/3 more by 40 at all positions', '1.resid_post/4 more by 40 at # 2, 5, 6', 'before', 'after', 'pp', 'Written', 'The answer ']) expect(out).toContain(part);
  expect(Math.max(...out.split('\n').slice(1).map((line) => Array.from(line).length))).toBeLessThanOrEqual(80);
  const result = JSON.parse((await steer('--latent', `${site}:3`, '--latent', `${site}:4@2,5-6`, '--add', '40', '--generate', '3', '--json')).out) as ChangedDocument;
  expect(result).toMatchObject({ format: 'latent-lens/result', errorTerm: true });
  expect(result.changes.map(({ positions, change }) => [positions, change])).toEqual([['all', { kind: 'steer', by: 40 }], [[2, 5, 6], { kind: 'steer', by: 40 }]]);
  expect(result.change.some(({ logit }) => Math.abs(logit) > 0.01)).toBe(true);
  const scaled = JSON.parse((await steer('--latent', `${site}:3`, '--scale', '1', '--no-error-term', '--json')).out) as ChangedDocument;
  expect([scaled.errorTerm, scaled.generated, scaled.change.every(({ logit }) => logit === 0)]).toEqual([false, null, true]);
});

test('a change that does not reach the answers is told from none', async () => {
  const end = (JSON.parse((await steer('--latent', `${site}:3`, '--scale', '1', '--json')).out) as ChangedDocument).changes[0].was;
  const { position } = end.find(({ activation }) => activation === 0)!;
  const { out } = await steer('--latent', `${site}:3@${position}`, '--ablate');
  expect(out).toContain('Nothing changed: no latent got another activation.');
  const tiny = await steer('--latent', `${site}:3@${position}`, '--set', '1e-12');
  expect(tiny.out).toContain('The change does not reach the answers: their logits stay as they are.');
  expect(tiny.out).not.toContain('Nothing changed');
});

test('wrong use is said, and so is what does not exist', async () => {
  for (const [rest, message] of [
    [['--latent', `${site}:3`], 'say what becomes of the latents'],
    [['--latent', `${site}:3`, '--ablate', '--set', '1'], 'cannot be used with'],
    [['--latent', `${site}:3`, '--set', 'much'], 'Give a number'],
    [['--latent', `${site}:3`, '--set', '1e40'], 'Give a number from -1000000 to 1000000'],
    [['--latent', 'three', '--ablate'], "'three' names no latent"],
    [['--latent', `${site}:3@9-7`, '--ablate'], "'9-7' is no position"],
    [['--ablate'], "required option '--latent <latent>'"],
  ] as const) {
    const { code: exit, err, out } = await steer(...rest);
    expect([exit, out, err]).toEqual([2, '', expect.stringContaining(message) as string]);
  }
  const none = await steer('--latent', `${site}:30`, '--ablate');
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('Latent 30 does not exist') as string]);
});

test('latents and positions are read as they are printed', () => {
  expect(parsePositions('3,7-9,8')).toEqual([3, 7, 8, 9]);
  expect(parseLatent('5.attn.z/12')).toEqual({ site: 'blocks.5.attn.hook_z', latent: 12, positions: 'all' });
  expect(parseLatent('embed/1@0').site).toBe('hook_embed');
  expect(parseLatent('blocks.0.mlp.hook_post:7@1')).toEqual({ site: 'blocks.0.mlp.hook_post', latent: 7, positions: [1] });
  for (const wrong of ['', '3-', '1.5', '-1', '0-99999999']) expect(() => parsePositions(wrong)).toThrow('is no position');
});
