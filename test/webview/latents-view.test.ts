import { describe, expect, it } from 'vitest';
import type { ChangedDocument, LatentPage, ListedSae, SaeList } from '../../src/protocol/documents/latents';
import {
  answerBars, barSentences, changedTable, changedTitle, changeSentence, contextLine, foundWords, histogramBars, logitBars, outcomeOf, saeProblems, usableSites, wasSentence,
} from '../../webview/sidebar/words';
import { FIRST, interventionOf, readChoices, suggested } from '../../webview/sidebar/choices';
import { sampleExplanation } from './sample';
import { blockSiteName } from '../../src/vocabulary/sites';

const SITE = 'blocks.2.hook_resid_post' as const;
const sae: ListedSae = { name: SITE, site: SITE, layer: 2, format: 'saelens', architecture: 'topk', width: 96, latents: 2048, k: 32 };

describe('the form', () => {
  const form = FIRST.form;

  it('asks for what was typed, or else for what it suggests', () => {
    const change = (to: Partial<typeof form>, maximum: number | null = 8) => interventionOf({ ...form, ...to }, maximum);
    expect(change({})).toEqual({ change: { kind: 'ablate' }, where: 'everywhere', errorTerm: true, generate: 0 });
    expect(change({ kind: 'set' })).toMatchObject({ change: { kind: 'set', value: 8 } });
    expect(change({ kind: 'scale' })).toMatchObject({ change: { kind: 'scale', factor: 2 } });
    expect(change({ kind: 'steer' })).toMatchObject({ change: { kind: 'steer', by: 4 } });
    expect(change({ kind: 'steer', values: { ...form.values, steer: ' -2.5 ' } })).toMatchObject({ change: { by: -2.5 } });
    expect(change({ generate: '20', errorTerm: false, where: 'cursor' })).toMatchObject({ generate: 20, errorTerm: false, where: 'cursor' });
    expect([suggested('set', null), suggested('steer', 0), suggested('set', 3.14159)]).toEqual([1, 0.5, 3.14]);
  });

  it('says what is wrong', () => {
    for (const generate of ['-1', '21', '1.5', 'x']) expect(interventionOf({ ...form, generate }, 8)).toMatch(/^Give a whole number/);
    expect(interventionOf({ ...form, kind: 'set', values: { ...form.values, set: '1e999' } }, 8)).toMatch(/^Give a number/);
  });

  it('is read again after a reload, as far as it is one', () => {
    const kept = { search: { by: 'here', query: 'q', site: SITE }, opened: { site: SITE, latent: 3 }, form: { ...form, kind: 'steer', where: 'cursor' } };
    expect(readChoices(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(readChoices({ ...kept, form: { ...form, where: 'given' } }).form.where).toBe('everywhere');
    for (const wrong of [null, 1, {}, { search: 1, opened: 'x', form: [] }]) expect(readChoices(wrong)).toEqual(FIRST);
  });
});

describe('words about latents', () => {
  const hit = { site: SITE, latent: 1, description: null, maximum: null, density: null, promotes: [], activation: 2 };
  const found = (by: 'description' | 'promotes' | 'here', total: number | null, count: number) => ({
    search: { by, query: 'quo\u202ete', site: null }, total, hits: Array.from({ length: count }, () => hit), token: by === 'here' ? { text: '\n', line: 3 } : null,
  });

  it('say how many were found', () => {
    expect(foundWords(found('description', 1200, 100))).toMatch(/^1,200 latents, 100 shown\. Those that can add most to a token’s logit first; dense ones \(active at over 20 % of tokens\)/);
    expect(foundWords(found('promotes', 1, 1))).toMatch(/^1 latent\. Those that promote this very token first, by the logit;/);
    expect(foundWords(found('promotes', 0, 0))).toBe('No latent promotes a token like “quo⟨U+202E⟩te”.');
    expect(foundWords(found('here', 32, 4))).toBe('32 latents active at “↵” in line 3, the strongest 4 shown, the largest activations of each SAE first.');
    expect(foundWords(found('here', 0, 0))).toBe('No latent is active at “↵” in line 3.');
  });

  it('tell SAEs that can be used from those that cannot', () => {
    const listed = (name: string, layer: number, problem: string | null, warning: string | null = null) => ({ folder: `/${name}`, sae: { ...sae, site: blockSiteName(layer, 'hook_mlp_out') }, problem, warning });
    const list: SaeList = { format: 'latent-lens/saes', version: 1, model: { id: 'm', layers: 6 }, saes: [listed('a', 0, null), listed('b', 1, 'It does not fit.'), listed('c', 2, null, 'Doubtful.'), { folder: '/d', sae: null, problem: 'Damaged.', warning: null }] };
    expect(usableSites(list)).toEqual(['blocks.0.hook_mlp_out', 'blocks.2.hook_mlp_out']);
    expect(saeProblems(list)).toEqual(['/b: It does not fit.', '/c: Doubtful.', '/d: Damaged.']);
  });

  it('show the line of a context around its token', () => {
    const context = { before: 'x = 1\n    print("a', token: '"', after: ' + 1)\ny', activation: 1, role: '' };
    expect(contextLine(context)).toEqual({ before: 'print("a', token: '"', after: ' + 1)', whole: 'x = 1\n    print("a" + 1)\ny' });
    expect(contextLine({ ...context, token: '\n' })).toMatchObject({ token: '↵', after: '' });
    const long = contextLine({ ...context, before: 'b'.repeat(100), after: 'c'.repeat(100) });
    expect([Array.from(long.before).length, Array.from(long.after).length, long.before[0], long.after.at(-1)]).toEqual([61, 40, '…', '…']);
  });

  const page: LatentPage = {
    site: SITE, latent: 1, sae, description: null, maximum: 6, link: null, problem: null,
    promotes: [{ id: 1, text: ' a', logit: 0.5 }], suppresses: [{ id: 2, text: 'b', logit: -2 }],
    facts: { tokens: 100, density: 0.1, histogram: [3, 2, 1], contexts: [], nearest: [] },
  };

  it('give histograms their axis', () => {
    expect(histogramBars(page)).toEqual([{ from: 0, to: 2, count: 3 }, { from: 2, to: 4, count: 2 }, { from: 4, to: 6, count: 1 }]);
    expect(histogramBars({ ...page, facts: null })).toEqual([]);
    expect(histogramBars({ ...page, maximum: 0 })).toEqual([]);
    expect(histogramBars({ ...page, facts: { ...page.facts!, histogram: [0, 0] } })).toEqual([]);
  });

  it('put logits on one scale', () => {
    expect(logitBars(page, 'promotes')).toEqual([{ token: '·a', logit: '+0.500', share: 0.25 }]);
    expect(logitBars(page, 'suppresses')).toEqual([{ token: 'b', logit: '−2.000', share: 1 }]);
    expect(logitBars({ ...page, promotes: null }, 'promotes')).toEqual([]);
  });
});

describe('a change', () => {
  const { model, template, source, prompt, tokens, prediction } = sampleExplanation();
  const told = (all: Record<string, number>) => {
    const answers = Object.entries(all).map(([label, probability]) => ({ label, probability, logit: 10 * probability }));
    return { label: answers.reduce((a, b) => (b.probability > a.probability ? b : a)).label, answers, answersProbability: 1, top: [] };
  };
  const before = told({ TypeError: 0.83, NameError: 0.1, KeyError: 0.0001 });
  const after = told({ TypeError: 0.41, NameError: 0.52, KeyError: 0.0002 });
  const change = before.answers.map(({ label, probability, logit }, i) => ({ label, probability: after.answers[i].probability - probability, logit: after.answers[i].logit - logit }));
  const document: ChangedDocument = {
    model, template, source, prompt, tokens, prediction, errorTerm: true, before, after, change, generated: null,
    changes: [{ site: SITE, latent: 7, positions: [2], change: { kind: 'ablate' }, was: [{ position: 2, activation: 3.2 }] }],
  };
  const was = (positions: number[] | 'all', activations: number[], kind: 'ablate' | 'steer' = 'ablate') => wasSentence({
    ...document,
    changes: [{ ...document.changes[0], positions, change: kind === 'ablate' ? { kind } : { kind, by: 1 }, was: activations.map((activation, i) => ({ position: positions === 'all' ? i : positions[i], activation })) }],
  });

  it('is said in one sentence with both probabilities', () => {
    expect(changeSentence(document)).toBe('TypeError 83.0\u00a0% → 41.0\u00a0%, now NameError with 52.0\u00a0%.');
    expect(changeSentence({ ...document, after: before })).toBe('TypeError 83.0\u00a0% → 83.0\u00a0%, still TypeError.');
    expect(changedTitle(document)).toBe('temperature.py, line 1');
  });

  it('has the answers’ probabilities and their logit difference before and after', () => {
    const { rows } = outcomeOf(document, null);
    expect(rows).toEqual([
      ['TypeError', '83.0\u00a0%', '41.0\u00a0%', '−42.0\u00a0points'],
      ['NameError', '10.0\u00a0%', '52.0\u00a0%', '+42.0\u00a0points'],
      ['logit of TypeError − logit of NameError', '7.30', '−1.10', '−8.40'],
    ]);
    expect(outcomeOf({ ...document, after: before }, null).rows.map(([name]) => name)).toEqual(['TypeError', 'NameError', 'logit of TypeError − logit of NameError']);
    const attributed = { metric: { positive: 'TypeError', negative: 'KeyError' }, nodes: [] };
    expect(outcomeOf(document, attributed).rows.map(([name]) => name)).toEqual(['TypeError', 'KeyError', 'logit of TypeError − logit of KeyError']);
    const equal = { ...document, before: { ...before, answers: before.answers.map((answer) => ({ ...answer, logit: 3 })) }, after: { ...after, answers: after.answers.map((answer) => ({ ...answer, logit: 2 })) } };
    expect(outcomeOf(equal, null).rows).toHaveLength(2); // they begin with the same token
  });

  it('stands beside what the bars had said of the place', () => {
    const nodes = [{ position: 2, clean: 3.2, corrupted: 0.5, attribution: 0.4, patched: null }, { position: 5, clean: 1, corrupted: 0, attribution: -0.2, patched: -0.25 }];
    const attributed = { metric: { positive: 'TypeError', negative: 'NameError' }, nodes };
    expect(barSentences(document, attributed)).toEqual([expect.stringMatching(/at token 2, “.+”: \+0\.40 by attribution \(3\.20 against 0\.50 in the variant\)\.$/)]);
    const everywhere = { ...document, changes: [{ ...document.changes[0], positions: 'all' as const }] };
    expect(barSentences(everywhere, attributed)[1]).toContain('−0.20 by attribution, −0.25 really patched');
    expect(barSentences(document, { ...attributed, nodes: [] })).toEqual(['The bars list no effect of this latent there.']);
    expect(barSentences(document, null)).toEqual([]);
  });

  it('says how active the latent was', () => {
    const token = (at: number) => tokens[at].text.replaceAll(' ', '·').replaceAll('\n', '↵');
    expect(was([2], [3.2])).toBe(`Latent 7 has the activation 3.20 at token 2, “${token(2)}”.`);
    expect(was([2], [0])).toBe(`Latent 7 has the activation 0.00 at token 2, “${token(2)}”, so this changes nothing.`);
    expect(was([2], [0], 'steer')).not.toContain('changes nothing');
    expect(was('all', [0, 1, 4])).toBe(`Latent 7 is active at 2 of 3 tokens, most at “${token(2)}” with 4.00.`);
    expect(was('all', [0, 0])).toBe('Latent 7 is active at none of the 2 tokens, so this changes nothing.');
  });

  it('has a bar for every answer that matters, and a row for every one', () => {
    expect(answerBars(document)).toEqual([{ label: 'TypeError', before: 0.83, after: 0.41 }, { label: 'NameError', before: 0.1, after: 0.52 }]);
    expect(answerBars(document, 1)).toHaveLength(1);
    const { rows } = changedTable(document);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toEqual(['NameError', '10.0\u00a0%', '52.0\u00a0%', '+4.200']);
  });
});
