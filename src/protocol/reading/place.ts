/**
 * Places: tokens of a program as people and scripts name them, in flags, requests and documents. `12:5` is the token at line 12, column 5
 * (both from 1, in the file; columns are UTF-16 units), `#7` the token at position 7 of the prompt (from 0), `last` its last token, and
 * anything else a token of the template by its text, such as `<fim_middle>`. `3:12:5` and `3:last` are places in layer 3.
 */
import * as z from 'zod';
import { said, text } from '../fields';

export type Place =
  | { kind: 'line'; line: number; column: number }
  | { kind: 'position'; position: number }
  | { kind: 'last' }
  | { kind: 'token'; text: string };

export interface LayerPlace {
  layer: number;
  place: Place;
}

/** From one place to another; of lines and columns the end is where a selection would end, so not part of it. */
export interface Stretch {
  from: Place;
  to: Place;
}

export const PLACE_WORDS = 'LINE:COLUMN (from 1), #POSITION (from 0), last, or the text of a token of the question';
export const LAYER_PLACE_WORDS = `LAYER:LINE:COLUMN, LAYER:#POSITION, LAYER:last or LAYER:TOKEN, as in 3:12:5 or 5:last`;
export const STRETCH_WORDS = 'LINE:COLUMN-LINE:COLUMN, #POSITION-#POSITION, or one place';

const LINE = /^([1-9]\d{0,8}):([1-9]\d{0,8})$/;
const POSITION = /^#(\d{1,9})$/;
/** A token's text stands for itself only where it can be nothing that was meant otherwise: `12`, `3:4:5`, `#x`. */
const NUMBERS = /^[\d:#-]*$|^#/;

function placeOf(given: string): Place | undefined {
  if (given === 'last') return { kind: 'last' };
  const [, line, column] = LINE.exec(given) ?? [];
  if (line !== undefined) return { kind: 'line', line: Number(line), column: Number(column) };
  const [, position] = POSITION.exec(given) ?? [];
  if (position !== undefined) return { kind: 'position', position: Number(position) };
  return given === '' || NUMBERS.test(given) ? undefined : { kind: 'token', text: given };
}

function layerPlaceOf(given: string): LayerPlace | undefined {
  const [, layer, rest] = /^(\d{1,4}):(.+)$/s.exec(given) ?? [];
  const place = rest === undefined ? undefined : placeOf(rest);
  return place && { layer: Number(layer), place };
}

function stretchOf(given: string): Stretch | undefined {
  const one = placeOf(given);
  const [, first, second] = /^(#\d+|\d+:\d+)-(#\d+|\d+:\d+|last)$/.exec(given) ?? [];
  const [from, to] = first === undefined ? [one, one] : [placeOf(first), placeOf(second)];
  return from && to && { from, to };
}

export function isStretch(given: string): boolean {
  return stretchOf(given) !== undefined;
}

/** @throws a sentence */
export function parsePlace(given: string): Place {
  return placeOf(given) ?? refuse(given, 'a place', PLACE_WORDS);
}

/** @throws a sentence */
export function parseLayerPlace(given: string): LayerPlace {
  return layerPlaceOf(given) ?? refuse(given, 'a place in a layer', LAYER_PLACE_WORDS);
}

/** @throws a sentence */
export function parseStretch(given: string): Stretch {
  return stretchOf(given) ?? refuse(given, 'a stretch of tokens', STRETCH_WORDS);
}

function refuse(given: string, what: string, words: string): never {
  throw new Error(`${JSON.stringify(given.slice(0, 80))} is not ${what}. Write it as ${words}.`);
}

export function placeText(place: Place): string {
  if (place.kind === 'line') return `${place.line}:${place.column}`;
  if (place.kind === 'position') return `#${place.position}`;
  return place.kind === 'last' ? 'last' : place.text;
}

export function layerPlaceText({ layer, place }: LayerPlace): string {
  return `${layer}:${placeText(place)}`;
}

const MOST = 200;
/** As they stand in parameters and documents: texts. */
export const place = said(text.max(MOST).refine((given) => placeOf(given) !== undefined), { title: 'Place', words: PLACE_WORDS, place: 'token' });
export const layerPlace = said(text.max(MOST).refine((given) => layerPlaceOf(given) !== undefined), { title: 'Place', words: LAYER_PLACE_WORDS, place: 'layer' });
export const stretch = said(text.max(MOST).refine((given) => stretchOf(given) !== undefined), { title: 'Tokens', words: STRETCH_WORDS, place: 'stretch' });
export const stretches = z.array(stretch).min(1).max(1000);
