/** Cells of grids become the parameters of From → To: places, runs and site mean the activation that the reader saw. */
import { describe, expect, it, test } from 'vitest';
import { activationIn, chosenIn, fromToParams, type Activation } from '../../../src/figures/kinds/cells';
import { lensGrid } from '../../../src/figures/lens';
import { patchingGrid } from '../../../src/figures/patching/patching';
import { gridOfHeads } from '../../../src/figures/attention/patterns';
import { ANALYSES, paramsOf } from '../../../src/protocol/analyses';
import { sampleExplanation } from '../../webview/sample';

// The variant has a token more, so that behind it both have other positions.
const longer = { code: 'x = 1\nprint(x)', variant: 'x = a + 1\nprint(x)' };
const explanation = sampleExplanation(longer);
const lens = lensGrid(explanation, null);
const patching = patchingGrid(explanation)!;
const noising = patchingGrid(sampleExplanation({ ...longer, direction: 'noising' }))!;
const last = patching.columns.length - 1;

describe('a cell', () => {
  it('of the lens is read and changed in the program itself, behind its layer; the embedding is of no layer', () => {
    const spot = { run: 'original', position: 3, label: lens.columns[3].labels[0] };
    expect(activationIn(lens, 5, 3)).toEqual({ site: 'hook_resid_post', layer: 4, read: spot, into: spot });
    expect(activationIn(lens, 0, 3)).toBeNull();
    expect(activationIn(lens, -1, 3)).toBeNull();
  });

  it('of patching is read in one run and changed in the other, each by its own position', () => {
    const [original, variant] = [explanation.tokens.length - 1, explanation.counterfactual!.tokens.length - 1];
    expect(variant).toBeGreaterThan(original);
    const [a, b] = [{ run: 'original', position: original }, { run: 'variant', position: variant }];
    expect(activationIn(patching, 2, last)).toMatchObject({ site: 'hook_resid_pre', layer: 2, read: a, into: b });
    expect(activationIn(noising, 2, last)).toMatchObject({ read: b, into: a });
    const added = patching.columns.findIndex(({ mark }) => mark === 'inserted');
    expect(activationIn(patching, 2, added)).toMatchObject({ read: null, into: { run: 'variant' } });
  });

  it('of heads is a head, and no activation of a token', () => {
    const heads = gridOfHeads([[0, 1], [2, 3]], lens.scale);
    expect(chosenIn(heads, 1, 0)).toEqual({ position: null, layer: 1, head: 0 });
    expect(activationIn(heads, 1, 0)).toBeNull();
    expect(chosenIn(lens, -1, 3)).toEqual({ position: 3, layer: null, head: null });
  });
});

describe('from one cell to another', () => {
  const cell = (grid: typeof lens, row: number, column: number) => activationIn(grid, row, column)!;

  it('is what From → To is asked', () => {
    const asked = fromToParams(cell(lens, 2, 3), cell(lens, 5, 4));
    expect(asked).toEqual({ from: ['1:#3'], to: ['4:#4'], read: 'original', into: 'original', site: 'hook_resid_post' });
    expect(paramsOf('fromTo', asked as Record<string, unknown>)).toMatchObject(asked as object);
    const across = fromToParams(cell(patching, 1, 0), cell(patching, 3, last));
    const end = explanation.counterfactual!.tokens.length - 1;
    expect(across).toEqual({ from: ['1:#0'], to: [`3:#${end}`], read: 'original', into: 'variant', site: 'hook_resid_pre' });
    expect(ANALYSES.fromTo.params.safeParse(across).success).toBe(true);
  });

  it('what enters a layer is what left the one below, so charts of both go together', () => {
    const asked = fromToParams(cell(patching, 3, 0), cell(lens, 3, 1));
    expect(asked).toEqual({ from: ['2:#0'], to: ['2:#1'], read: 'original', into: 'original', site: 'hook_resid_post' });
    expect(fromToParams(cell(patching, 0, 0), cell(lens, 3, 1))).toContain('first layer');
  });

  test('a sentence says why it cannot be', () => {
    const mlp: Activation = { ...cell(lens, 2, 3), site: 'hook_mlp_out' };
    expect(fromToParams(mlp, cell(lens, 2, 3))).toContain('hook_mlp_out');
    expect(fromToParams(mlp, { ...mlp, into: null })).toBe('The run that is changed has no such token.');
    expect(fromToParams({ ...mlp, read: null }, mlp)).toBe('The run that is read has no such token.');
  });
});
