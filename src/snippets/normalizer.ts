/** Normalizers of a tokenizer.json that leave every character its place: NFC, and what SentencePiece does with spaces. */
import type { AlignedText } from './alignedText';
import type { Component } from './tokenizerFile';

export type Normalize = (text: AlignedText) => AlignedText;

/** @throws (through `refuse`) for a normalizer that is not read here, with its name */
export function normalizerOf(config: Component | null, refuse: (what: string) => never): Normalize {
  if (config === null) return (text) => text;
  switch (config.type) {
    case 'NFC':
      return composed;
    case 'Prepend': {
      const inserted = config.prepend;
      if (typeof inserted !== 'string') return refuse('has a Prepend normalizer without a text.');
      return (text) => (text.text === '' || inserted === '' ? text : text.prepended(inserted));
    }
    case 'Replace': {
      const pattern = (config.pattern as { String?: unknown } | undefined)?.String;
      const by = config.content;
      if (pattern !== ' ' || typeof by !== 'string' || by === '') {
        return refuse('has a Replace normalizer that replaces something else than the space; its tokens cannot be placed.');
      }
      return (text) => spacesReplaced(text, by);
    }
    case 'Sequence': {
      const steps = ((config.normalizers ?? []) as Component[]).map((step) => normalizerOf(step, refuse));
      return (text) => steps.reduce((so, step) => step(so), text);
    }
    default:
      return refuse(`has a normalizer (${config.type}) that is not read: NFC, Prepend, Replace and Sequence are.`);
  }
}

export function spacesReplaced(text: AlignedText, by: string): AlignedText {
  return text.replaced(Array.from(text.text.matchAll(/ /g), ({ index }) => ({ start: index, end: index + 1, by })));
}

/** A letter with its marks or conjoining vowels and finals (Hangul): it composes with nothing outside of it. */
const COMPOSING_UNIT = /(?:[\u1100-\u115f\uac00-\ud7a3][\u1160-\u11ff]+|[^])\p{M}*/gu;

/** Unicode's composed form; a letter with its marks stands for all of their characters. */
function composed(text: AlignedText): AlignedText {
  const whole = text.text.normalize('NFC');
  if (whole === text.text) return text;
  const parts = [];
  for (const { 0: unit, index } of text.text.matchAll(COMPOSING_UNIT)) {
    const by = unit.normalize('NFC');
    if (by !== unit) parts.push({ start: index, end: index + unit.length, by });
  }
  const aligned = text.replaced(parts);
  if (aligned.text !== whole) throw new Error('This text has characters that compose across others, so its tokens cannot be placed. Write it in the form NFC.');
  return aligned;
}
