import { expect, test } from 'vitest';
import { latentFindings, type LatentFindingsInput } from '../../src/findings/latents';

const names = ['`print`', '`(`', 'the last token'];
const latent = (site: string, number: number, position: number, attribution: number | null, description: string | null = null) => ({ site, latent: number, position, attribution, description });
const input: LatentFindingsInput = {
  clean: 6, corrupted: -4, withoutErrorTerms: { clean: 5, corrupted: -3.1 }, names,
  latents: [latent('blocks.2.hook_resid_post', 17, 2, 0.52, 'closing quote'), latent('blocks.1.hook_mlp_out', 4, 0, -0.2), latent('blocks.1.hook_mlp_out', 9, 1, 0.01)],
  saes: [{ site: 'blocks.1.hook_mlp_out', logits: { latents: 3, error: -0.3 } }, { site: 'blocks.2.hook_resid_post', logits: { latents: 8, error: 1.8 } }],
};

test('names the latents with the largest effects, their sum, the error terms, and what is left without them', () => {
  expect(latentFindings(input)).toEqual([
    'The largest effects: latent 17 of blocks.2.hook_resid_post (closing quote) on the last token with 52 %; against the difference: latent 4 of blocks.1.hook_mlp_out on `print` with −20 %.',
    'The 3 listed latents sum to 33 % of the difference, but effects at different sites do not add up: what one layer passes on to the next is counted at each of them.',
    'What the SAEs do not reconstruct has an effect of 18 % at blocks.2.hook_resid_post; no latent explains that.',
    "Without the SAEs' error terms the difference is 81 % of the model's own.",
  ]);
});

test('one SAE alone adds up; little error is little; a difference may turn round', () => {
  const one = { ...input, latents: input.latents.slice(0, 1), saes: [{ site: 'blocks.2.hook_resid_post', logits: { latents: 8, error: 0.2 } }] };
  const [first, second, third, fourth] = latentFindings({ ...one, withoutErrorTerms: { clean: -1, corrupted: 1 } });
  expect(first).toMatch(/^One latent carries most of the difference: latent 17 of .* with 52 %\.$/);
  expect(second).toBe('The one listed latent has 52 % of the difference.');
  expect(third).toBe('What the SAEs do not reconstruct carries little: 2 %, at blocks.2.hook_resid_post.');
  expect(fourth).toBe("Without the SAEs' error terms the difference turns round: it is −20 % of the model's own.");
  const none = { ...input, saes: input.saes.map(({ site, logits }) => ({ site, logits: { ...logits, error: null } })) };
  expect(latentFindings(none)).toHaveLength(3);
});

test('small effects, no latents and a difference too small to divide by are said as they are', () => {
  expect(latentFindings({ ...input, latents: [latent('hook_embed', 1, 0, 0.03)] })[0]).toBe('No single latent carries as much as 5 % of the difference; the largest effect is 3 %.');
  expect(latentFindings({ ...input, latents: [] })[0]).toMatch(/^No latent has another activation/);
  expect(latentFindings({ ...input, latents: [latent('hook_embed', 1, 0, null)] })).toEqual([expect.stringContaining('too small to express effects as a share') as string]);
});

test('only a latent that is alone with half of the difference carries most of it; those against it are named as such', () => {
  const first = (...shares: number[]) => latentFindings({ ...input, latents: shares.map((share, i) => latent('hook_embed', i, 0, share)) })[0];
  const on = (i: number, share: string) => `latent ${i} of hook_embed on \`print\` with ${share} %`;
  expect(first(0.12, 0.12, 0.11)).toBe(`The largest effects: ${on(0, '12')}, ${on(1, '12')} and ${on(2, '11')}.`);
  expect(first(0.74, -0.73, -0.54)).toBe(`The largest effects: ${on(0, '74')}; against the difference: ${on(1, '−73')} and ${on(2, '−54')}.`);
  expect(first(0.12)).toBe(`The largest effect: ${on(0, '12')}.`);
  expect(first(-0.6)).toBe(`The largest effect works against the difference: ${on(0, '−60')}.`);
});

test('a long description is left to the list of latents', () => {
  const described = (description: string) => latentFindings({ ...input, latents: [latent('hook_embed', 1, 0, 0.6, description)] })[0];
  expect(described('closing quote inside print(…)')).toContain('1 of hook_embed (closing quote inside print(…)) on');
  expect(described('most at the question’s last token (active at 27 % of tokens)')).toContain('1 of hook_embed on');
});
