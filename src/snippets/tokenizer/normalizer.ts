/** Normalizers of a tokenizer.json that leave every character its place: NFC, and what SentencePiece does with spaces. */
import { bareName } from '../../checkpoints/checkpoint-error';
import type { AlignedText } from './aligned-text';
import type { Component } from './file';

export type Normalize = (text: AlignedText) => AlignedText;

/** UTF-16 units that are put in the place of a space, or before a text; SentencePiece puts one. */
const MOST_INSERTED = 16;
/** Units that all steps may make of one, and of a text beside that. NFC makes three. */
const MOST_GROWTH = 4;
const MOST_ADDED = 1000;

/** @throws (through `refuse`) for a normalizer that is not read here, with its name */
export function normalizerOf(config: Component | null, refuse: (what: string) => never): Normalize {
  if (config === null) return (text) => text;
  switch (config.type) {
    case 'NFC':
      return composed;
    case 'Prepend': {
      const inserted = config.prepend;
      if (typeof inserted !== 'string' || inserted.length > MOST_INSERTED) return refuse(`has a Prepend normalizer without a text of at most ${MOST_INSERTED} characters.`);
      return (text) => (text.text === '' || inserted === '' ? text : text.prepended(inserted));
    }
    case 'Replace': {
      const pattern = (config.pattern as { String?: unknown } | undefined)?.String;
      const by = config.content;
      if (pattern !== ' ' || typeof by !== 'string' || by === '' || by.length > MOST_INSERTED) {
        return refuse('has a Replace normalizer that replaces something else than the space, or by a long text; its tokens cannot be placed.');
      }
      return (text) => spacesReplaced(text, by);
    }
    case 'Sequence': {
      const steps = ((config.normalizers ?? []) as Component[]).map((step) => normalizerOf(step, refuse));
      return (text) => steps.reduce((so, step) => notGrown(step(so), text), text);
    }
    default:
      return refuse(`has a normalizer (${bareName(config.type)}) that is not read: NFC, Prepend, Replace and Sequence are.`);
  }
}

function notGrown(now: AlignedText, before: AlignedText): AlignedText {
  const [from, to] = [before.text.length, now.text.length];
  if (to <= MOST_GROWTH * from + MOST_ADDED) return now;
  throw new Error(`The tokenizer's normalizer makes ${to} characters of ${from}, so this text cannot be read. Use the tokenizer that belongs to the model.`);
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
