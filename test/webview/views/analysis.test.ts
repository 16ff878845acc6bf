import { describe, expect, it } from 'vitest';
import { UNASKED } from '../../../src/protocol/answer';
import { fromPanel } from '../../../src/protocol/panel';
import { askingPart, EMPTY, receive } from '../../../webview/panel/state';
import { whyNotAsked } from '../../../webview/views/asked';
import { sampleExplanation } from '../sample';

describe('an analysis in the panel', () => {
  const shown = { explanation: sampleExplanation(), progress: 'complete' as const, live: true, outdated: false };

  it('is asked for, answered and forgotten', () => {
    const asked = askingPart(EMPTY, 'activations');
    expect(asked.parts.activations).toMatchObject({ running: { stage: 'Starting' }, error: null, result: null });
    const failed = { running: null, error: 'There are no SAEs.', result: null };
    expect(receive(asked, { type: 'part', id: 'activations', answer: failed }).parts).toEqual({ activations: failed });
    expect(receive(asked, { type: 'part', id: 'activations', answer: UNASKED }).parts).toEqual({ activations: UNASKED });
  });

  it('says why it cannot be asked', () => {
    expect(whyNotAsked(shown, ['variant'])).toBeNull();
    expect(whyNotAsked({ ...shown, explanation: sampleExplanation({ variant: null }) }, ['variant'])).toContain('no variant');
    expect(whyNotAsked({ ...shown, explanation: sampleExplanation({ variant: null }) }, [])).toBeNull();
    expect(whyNotAsked({ ...shown, live: false }, [])).toContain('saved result');
    expect(whyNotAsked({ ...shown, outdated: true }, [])).toContain('changed');
    expect(whyNotAsked({ ...shown, progress: 'running' }, [])).toContain('comes first');
    expect(whyNotAsked({ ...shown, progress: 'stopped' }, [])).toContain('stopped');
  });

  it('is asked with a known name and anything, which the analysis checks', () => {
    expect(fromPanel.safeParse({ type: 'ask', id: 'activations', params: { count: 'many' } }).success).toBe(true);
    expect(fromPanel.safeParse({ type: 'ask', id: 'nothing', params: {} }).success).toBe(false);
    expect(fromPanel.safeParse({ type: 'cancel', id: 'lens' }).success).toBe(true);
  });
});
