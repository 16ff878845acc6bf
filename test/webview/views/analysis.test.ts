import { describe, expect, it } from 'vitest';
import { STARTING, UNASKED } from '../../../src/protocol/pages/answer';
import { fromPanel } from '../../../src/protocol/pages/panel';
import { askingPart, EMPTY, receive } from '../../../webview/panel/state';
import { answerOf, isUnasked, whyNotAsked } from '../../../webview/views/asked';
import { sampleResult } from '../sample';

describe('an analysis in the panel', () => {
  const shown = { result: sampleResult(), progress: 'complete' as const, live: true, outdated: false };

  it('is asked for, answered and forgotten', () => {
    const asked = askingPart(EMPTY, 'activations');
    expect(asked.parts.activations).toMatchObject({ running: { stage: 'Starting' }, error: null, result: null });
    const failed = { ...UNASKED, error: 'There are no SAEs.' };
    expect(receive(asked, { type: 'part', id: 'activations', answer: failed }).parts).toEqual({ activations: failed });
    expect(receive(asked, { type: 'part', id: 'activations', answer: UNASKED }).parts).toEqual({ activations: UNASKED });
  });

  it('says why it cannot be asked', () => {
    expect(whyNotAsked(shown, ['variant'])).toBeNull();
    expect(whyNotAsked({ ...shown, result: sampleResult({ variant: null }) }, ['variant'])).toContain('no variant');
    expect(whyNotAsked({ ...shown, result: sampleResult({ variant: null }) }, [])).toBeNull();
    expect(whyNotAsked({ ...shown, live: false }, [])).toContain('saved result');
    expect(whyNotAsked({ ...shown, outdated: true }, [])).toContain('changed');
    expect(whyNotAsked({ ...shown, progress: 'running' }, [])).toContain('comes first');
    expect(whyNotAsked({ ...shown, progress: 'stopped' }, [])).toContain('stopped');
  });

  it('is asked by its view once, and not where that takes long; what was saved needs no asking', () => {
    expect(isUnasked(UNASKED)).toBe(true);
    for (const answer of [{ error: 'No.' }, { running: STARTING }, { cost: { count: 9, unit: 'patches', atMost: true, seconds: 90 } }]) expect(isUnasked({ ...UNASKED, ...answer })).toBe(false);
    const { lens } = shown.result.parts;
    expect(answerOf({ ...shown, parts: {} }, 'lens')).toEqual({ ...UNASKED, result: lens });
    expect(answerOf({ ...shown, parts: { lens: { ...UNASKED, running: STARTING } } }, 'lens')).toEqual({ ...UNASKED, running: STARTING, result: lens });
    expect(answerOf({ ...shown, parts: {} }, 'attention')).toBe(UNASKED);
  });

  it('is asked with a known name and anything, which the analysis checks', () => {
    expect(fromPanel.safeParse({ type: 'ask', id: 'activations', params: { count: 'many' }, byReader: true }).success).toBe(true);
    expect(fromPanel.safeParse({ type: 'ask', id: 'nothing', params: {}, byReader: true }).success).toBe(false);
    expect(fromPanel.safeParse({ type: 'cancel', id: 'lens' }).success).toBe(true);
    expect(fromPanel.safeParse({ type: 'cursor', id: 'fromTo', field: 'from' }).success).toBe(true);
    expect(fromPanel.safeParse({ type: 'cursor', id: 'fromTo', field: 3 }).success).toBe(false);
    expect(fromPanel.safeParse({ type: 'file', id: 'steering', field: 'vector' }).success).toBe(true);
  });
});
