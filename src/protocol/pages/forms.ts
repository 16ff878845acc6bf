/** Forms: with what each parameter of an analysis is set on a page. */
import * as z from 'zod';
import { metaOf, wordsOf, type FieldMeta, type PlaceKind } from '../fields';

interface Common {
  name: string;
  title: string;
  description: string;
  /** What it is when nothing is chosen. */
  otherwise: unknown;
  /** Whether it may be null, which leaves it to the analysis. */
  empty: boolean;
}

export type FormField = Common &
  (
    | { kind: 'choice'; choices: Readonly<Record<string, string>> }
    | { kind: 'number'; least: number | null; most: number | null; whole: boolean }
    | { kind: 'toggle' }
    /** A text, such as a place; a list of them has commas between. What it may be is said in words. */
    | { kind: 'text'; list: boolean; words: string; place: PlaceKind | null; left: string | null }
    /** The path of a file or folder, which a dialog can choose where there is one. */
    | { kind: 'file'; file: NonNullable<FieldMeta['file']> }
  );

/** Those that a page can set; others, such as lists of numbers, are left as they are. */
export function formFields(params: z.ZodObject): FormField[] {
  return Object.entries(params.shape as Record<string, z.ZodType>).flatMap(([name, field]): FormField[] => {
    const { title = name, description = '', choices, file, left = null } = metaOf(field);
    const common = { name, title, description, otherwise: field.safeParse(undefined).data, empty: field.safeParse(null).success };
    const inside = innermost(field);
    if (inside instanceof z.ZodEnum) return [{ ...common, kind: 'choice', choices: choices ?? Object.fromEntries(inside.options.map((option) => [String(option), ''])) }];
    if (inside instanceof z.ZodBoolean) return [{ ...common, kind: 'toggle' }];
    if (inside instanceof z.ZodNumber) return [{ ...common, kind: 'number', least: bound(inside.minValue), most: bound(inside.maxValue), whole: inside.format === 'safeint' }];
    if (inside instanceof z.ZodString && file) return [{ ...common, kind: 'file', file }];
    const place = (of: z.ZodType) => metaOf(field).place ?? metaOf(of).place ?? null;
    if (inside instanceof z.ZodString) return [{ ...common, kind: 'text', list: false, words: wordsOf(inside), place: place(inside), left }];
    if (inside instanceof z.ZodArray && inside.element instanceof z.ZodString) {
      return [{ ...common, kind: 'text', list: true, words: wordsOf(inside.element), place: place(inside.element), left }];
    }
    return [];
  });
}

/** Whether an analysis can be asked for with nothing said. */
export function needsNothing(params: z.ZodObject): boolean {
  return params.safeParse({}).success;
}

function bound(value: number | null): number | null {
  return value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}

function innermost(schema: z.ZodType): z.ZodType {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional;
  return wraps ? innermost(schema.unwrap() as z.ZodType) : schema;
}
