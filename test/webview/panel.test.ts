import { patchingCell, patchingGrid } from '../../src/figures/patching/patching';
import { describe, expect, it } from 'vitest';
import { UNASKED } from '../../src/protocol/pages/answer';
import type { ToPanel } from '../../src/protocol/pages/panel';
import type { ListedVariant } from '../../src/protocol/documents/variants';
import { fileStem, sameReading } from '../../webview/page/page';
import { EMPTY, progressOf, readSavedView, receive, savedView, type PanelState } from '../../webview/panel/state';
import { counted, firstStrong, whyNot } from '../../webview/views/patching/patching';
import { PATCH_SITES } from '../../src/vocabulary/sites';
import { DIRECTIONS, PATCH_SITE_WORDS as SITES } from '../../src/protocol/analyses/patching';
import { variantChoices } from '../../webview/views/patching/choices';
import { ALL_VARIANTS, shownVariants, variantFilters } from '../../webview/views/overview/variant-order';
import { pairRows, variantRows } from '../../webview/views/overview/variant-rows';
import { questionWords } from '../../src/protocol/words/question';
import { noneWords } from '../../webview/views/overview/variants-table';
import { sampleExplanation, sampleResult } from './sample';
import { isPending } from '../../src/figures/kinds/grid';

const words = questionWords('python-error');

const full = sampleExplanation();
const early = { ...full, actual: null, counterfactual: null, patching: null, findings: [] };
const whole = sampleResult();
const begun = { ...whole, pair: null, parts: { prediction: whole.parts.prediction, lens: whole.parts.lens } };
const { patching: patched } = whole.parts;
const after = (...messages: ToPanel[]) => messages.reduce<PanelState>((state, message) => receive(state, message), EMPTY);
const shows = (result: typeof whole | null): ToPanel => ({ type: 'result', result });
const is = (status: Partial<typeof EMPTY.status>): ToPanel => ({ type: 'status', status: { ...EMPTY.status, ...status } });
const last = full.tokens.length - 1;

describe('what the panel shows', () => {
  it('starts at the last token and keeps the selection while more comes', () => {
    const first = after(shows(begun));
    expect(first.selected).toEqual({ position: last, layer: null });
    const moved = receive(first, { type: 'position', position: 3 });
    expect(receive(receive(moved, { type: 'update', update: { pair: whole.pair, parts: { patching: patched } } }), shows(whole)).selected.position).toBe(3);
    const other = sampleResult({ code: 'print(1' });
    expect(receive(moved, shows(other)).selected.position).toBe(other.reading.tokens.length - 1);
  });

  it('takes what is new into the result, and nothing into none; another result has other parts', () => {
    const update: ToPanel = { type: 'update', update: { pair: whole.pair, parts: { patching: patched } } };
    const known = after(shows(begun), update);
    expect(known.explanation!.patching).toEqual(full.patching);
    expect(known.explanation!.lens).toBe(whole.parts.lens!.value); // what is not new is not drawn again
    expect(after({ type: 'update', update: { parts: { patching: patched } } }).result).toBeNull();
    const more = receive(known, { type: 'part', id: 'attention', answer: UNASKED });
    expect([more.parts, receive(more, update).parts, receive(more, shows(whole)).parts]).toEqual([{ attention: UNASKED }, { attention: UNASKED }, {}]);
  });

  it('shows a result without a lens, and one without a prediction', () => {
    const { prediction } = whole.parts;
    expect(after(shows({ ...whole, parts: { prediction } })).explanation).toMatchObject({ lens: null, patching: null });
    const bare = after(shows({ ...whole, pair: null, parts: {} }));
    expect([bare.explanation, bare.selected.position]).toEqual([null, last]);
  });

  it('ignores positions that are not there, and keeps the layer', () => {
    const state = { ...after(shows(whole)), selected: { position: 2, layer: 4 } };
    expect(receive(state, { type: 'position', position: 5 }).selected).toEqual({ position: 5, layer: 4 });
    for (const position of [-1, 1.5, full.tokens.length, NaN]) expect(receive(state, { type: 'position', position }).selected.position).toBeNull();
  });

  it('ignores what is not for it', () => {
    expect(receive(EMPTY, { type: 'other' } as unknown as ToPanel)).toBe(EMPTY);
  });

  it('knows what runs, what is done and what was stopped', () => {
    const running = { stage: 'Patching', done: 1, total: 2 };
    expect(progressOf(after(shows(begun), is({ running, complete: false })))).toBe('running');
    expect(progressOf(after(shows(begun), is({ complete: false })))).toBe('stopped');
    expect(progressOf(after(shows(whole), is({ running })))).toBe('complete'); // more is added
  });

  it('brings back the view after a reload, for the same code only', () => {
    const saved = readSavedView(JSON.parse(JSON.stringify(savedView({ ...after(shows(whole)), view: 'lens', selected: { position: 3, layer: 2 } }))))!;
    expect(saved.view).toBe('lens');
    expect(receive(EMPTY, shows(whole), saved).selected).toEqual({ position: 3, layer: 2 });
    expect(receive(EMPTY, shows(sampleResult({ code: 'x' })), saved).selected.layer).toBeNull();
    for (const wrong of [null, 1, {}, { view: 'x', selected: {} }, { view: 'lens', selected: null }]) expect(readSavedView(wrong)).toBeNull();
    expect(readSavedView({ view: 'lens', selected: { position: 'a' }, notes: [] })).toEqual({ view: 'lens', selected: { position: null, layer: null }, notes: {}, of: null });
  });

  it('keeps what the reader made of figures, for the same code only', () => {
    const made = { ...after(shows(whole)), notes: { circuit: { pinned: ['embed@3'], names: {}, groups: [] } } };
    const saved = readSavedView(JSON.parse(JSON.stringify(savedView(made))))!;
    expect(receive(EMPTY, shows(whole), saved).notes).toEqual(made.notes);
    expect(receive(made, shows(begun)).notes).toEqual(made.notes);
    for (const state of [EMPTY, made]) expect(receive(state, shows(sampleResult({ code: 'x' })), saved).notes).toEqual({});
    // What is saved with a result stands before what a page had kept, and what is no such thing is forgotten.
    const named = { circuit: { pinned: [], names: { 'L4H2@3': 'copies' }, groups: [] } };
    expect(receive(EMPTY, shows({ ...whole, notes: named }), saved).notes).toEqual(named);
    expect(readSavedView({ ...savedView(made), notes: { circuit: { pinned: 'all' } } })!.notes).toEqual({});
  });

  it('tells readings apart', () => {
    expect(sameReading(full, early)).toBe(true);
    expect(sameReading(full, { ...full, source: { ...full.source, file: 'other.py' } })).toBe(false);
    expect(sameReading(full, { ...full, model: { ...full.model, sha256: '00' } })).toBe(false);
    expect([sameReading(null, null), sameReading(full, null)]).toEqual([true, false]);
  });

  it('names files after the code', () => {
    expect(fileStem(full)).toBe('temperature');
    expect(fileStem(sampleExplanation({ file: 'C:\\x\\a b;<c>.py' }))).toBe('a_b_c_');
    expect(fileStem(sampleExplanation({ file: null }))).toBe('code');
  });
});

describe('patching that is not done', () => {
  const patching = structuredClone(full.patching!);
  patching.effect![2][3] = null;
  patching.logitDifference[2][3] = null;
  const partial = { ...full, patching };

  it('is told from zero and from no counterpart', () => {
    const grid = patchingGrid(partial)!;
    const column = grid.columns.findIndex(({ position }) => position === 3);
    expect(isPending(grid, 2, column)).toBe(true);
    expect(patchingCell(partial, grid, 2, column).lines).toContainEqual(['this patch', 'not done yet']);
    const [done, all] = counted(grid);
    expect(all - done).toBe(1);
    const inserted = patchingGrid(sampleExplanation({ code: 'print(area(3))', variant: 'print(area(3, 14), end)' }))!;
    expect(inserted.columns.every((_, at) => !isPending(inserted, 0, at))).toBe(true);
    expect(counted(inserted)[0]).toBe(counted(inserted)[1]);
  });

  it('begins where the first strong effect is, and at the edit while none is known', () => {
    const grid = patchingGrid(full)!;
    const none = { ...grid, values: grid.values.map((row) => row.map(() => null)) };
    expect(grid.columns[firstStrong(none)].mark).not.toBe('same');
    const at = (...strong: [column: number, value: number][]) => {
      const values = none.values.map((row, layer) => row.map((_, column) => (layer === 1 ? (strong.find(([where]) => where === column)?.[1] ?? 0) : null)));
      return firstStrong({ ...grid, values });
    };
    expect(at([2, 0.4], [4, -0.6], [6, 1])).toBe(4);
    expect(at([2, 0.4])).toBe(2);
  });

  it('says why there is none', () => {
    const shown = (explanation: typeof full, progress: 'running' | 'complete' | 'stopped') => whyNot({ explanation, progress, live: true });
    expect(shown(full, 'running')).toBeNull();
    expect(shown(early, 'running')).toContain('looked for');
    expect(shown(early, 'stopped')).toContain('stopped');
    expect(shown(early, 'complete')).toContain('no variant');
    expect(shown({ ...full, patching: null }, 'complete')).toContain('told apart');
  });
});

describe('variants', () => {
  it('are none of a program that could not be checked, and it is not the code that allows none', () => {
    expect([noneWords(true, false, words), noneWords(true, true, words)]).toEqual(Array(2).fill('The program itself could not be checked, so no edit of it is compared with it.'));
    expect(noneWords(false, true, words)).toBe('No variant could be made of this code.');
    expect(noneWords(false, false, words)).toBeNull();
  });

  const variant = (number: number, code: string, label: string | null): ListedVariant => ({
    number,
    kind: 'drop-bracket',
    description: `edit ${number}\u202e`,
    line: 1,
    code,
    actual: label === null ? null : { label, message: 'a\nb', line: 1 },
    prediction: { label: 'SyntaxError', probability: 0.25 },
    tokensKept: number % 2 === 0,
    labelChanged: label === null ? null : label !== 'TypeError',
    control: false,
  });
  const listed = { ...full, variants: [variant(1, 'x', 'TypeError'), variant(2, full.counterfactual!.code, 'SyntaxError'), variant(3, 'y', null)] };

  it('are rows with what is right, what is compared and nothing invisible', () => {
    const rows = variantRows(listed)!;
    expect(rows.map(({ right }) => right)).toEqual([false, true, null]);
    expect(rows.map(({ current }) => current)).toEqual([false, true, false]);
    expect(rows.map(({ tokens }) => tokens)).toEqual(['other count', 'same', 'other count']);
    expect(rows[0].edit).toBe('edit 1⟨U+202E⟩');
    expect(rows[2].actual).toBe('not run');
    expect(variantRows(full)).toBeNull();
  });

  it('are filtered by what they are, what Python does and what the model says, and sorted', () => {
    const own = (number: number, label: string, said: string, probability: number, more: Partial<ListedVariant> = {}): ListedVariant => ({ ...variant(number, `c${number}`, label), prediction: { label: said, probability }, ...more });
    const rows = variantRows({ ...full, variants: [
      own(1, 'TypeError', 'TypeError', 0.4, { line: 3 }), own(2, 'no error', 'TypeError', 0.9, { repair: true, line: 2 }),
      own(3, 'SyntaxError', 'SyntaxError', 0.7, { line: 1 }), own(4, 'no error', 'no error', 0.5, { repair: true, line: 2 }),
    ] })!;
    const numbers = (to: Partial<typeof ALL_VARIANTS>) => shownVariants(rows, { ...ALL_VARIANTS, ...to }).map(({ number }) => number);
    expect(variantFilters(rows, words).map(({ label }) => label)).toEqual([
      'all (4)', 'repairs (2)', 'Python does something else (3)', 'the model is wrong (1)', 'the model is right (3)',
      'Python: SyntaxError (1)', 'Python: TypeError (1)', 'Python: no error (2)', 'model: SyntaxError (1)', 'model: TypeError (2)', 'model: no error (1)',
    ]);
    for (const { value, label } of variantFilters(rows, words)) expect(numbers({ filter: value })).toHaveLength(Number(/\((\d+)\)$/.exec(label)![1]));
    expect([numbers({}), numbers({ filter: 'repairs' }), numbers({ filter: 'wrong' }), numbers({ filter: 'actual no error' })]).toEqual([[1, 2, 3, 4], [2, 4], [2], [2, 4]]);
    expect([numbers({ order: 'line' }), numbers({ order: 'probability' }), numbers({ order: 'actual' }), numbers({ filter: 'repairs', order: 'prediction' })])
      .toEqual([[3, 2, 4, 1], [2, 3, 4, 1], [3, 1, 2, 4], [2, 4]]);
  });

  it('are at first the pair that is compared', () => {
    const [original, variant] = pairRows(full)!;
    expect(original).toMatchObject({ program: 'the code as it is', actual: 'TypeError', prediction: 'TypeError', right: true });
    expect(variant).toMatchObject({ program: expect.stringContaining('put the number 21 in quotes'), actual: 'SyntaxError', prediction: 'SyntaxError', right: true });
    expect(pairRows({ ...full, actual: null })![0]).toMatchObject({ actual: 'not run', right: null });
    expect(pairRows(early)).toBeNull();
  });

  it('are offered for patching, the one at hand chosen', () => {
    expect(variantChoices(listed)).toMatchObject({ value: '2', options: [{ value: '1' }, { value: '2' }, { value: '3' }] });
    expect(variantChoices(full)).toMatchObject({ value: '', options: [{ value: '', label: expect.stringContaining('put the number') }] });
    expect(variantChoices({ ...early, variants: null })).toEqual({ value: '', options: [] });
    expect(Object.keys(SITES)).toEqual([...PATCH_SITES]);
    expect(Object.keys(DIRECTIONS)).toEqual(['denoising', 'noising']);
  });
});
