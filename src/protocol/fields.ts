/**
 * Fields of requests, results, settings and flags, as zod schemas: from one definition come the TypeScript type, the check of anything that
 * is not trusted, the form, the command line's flag with its help, and JSON Schema. What is wrong becomes a sentence that names the field.
 */
import * as z from 'zod';
import { isSiteName, type SiteName } from '../vocabulary/sites';

// Pages with a strict content policy allow no code that is made from text.
z.config({ jitless: true });

export type PlaceKind = 'token' | 'layer' | 'stretch' | 'head';

/** What forms and help show of a field; `words` ends the sentence "it must be …" where the schema's own words would say too little. */
export interface FieldMeta {
  title?: string;
  description?: string;
  words?: string;
  /** Its value is never written out, as it may hold a password. */
  secret?: boolean;
  /** Where a text names a file or a folder of the reader's machine: which one. */
  file?: { kind: 'file' | 'folder'; extensions?: readonly string[] };
  /** What of the program a text names: a token, one in a layer, one or several, or a head. */
  place?: PlaceKind;
  /** What an empty field of a form stands for, in a word; that it is chosen automatically where left out. */
  left?: string;
  /** What each choice means. */
  choices?: Readonly<Record<string, string>>;
  /** JSON Schema of a check that zod cannot describe. */
  json?: Record<string, unknown>;
}

const META = z.registry<FieldMeta>();

/** A copy of the schema with what is to be said about it. Schemas that wrap it (optional, nullable, default) have it too. */
export function said<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  const own = schema.clone() as S; // what others say of the same schema stays theirs
  META.add(own, meta);
  return own;
}

export function metaOf(schema: z.ZodType): FieldMeta {
  return META.get(schema) ?? (inner(schema) ? metaOf(inner(schema)!) : {});
}

/** A whole number. */
export function whole(least: number, most: number, meta: FieldMeta = {}): z.ZodInt {
  return said(z.int().min(least).max(most), meta);
}

/** A whole number from 0 on. */
export const count = z.int().min(0);
export const text = z.string();
export const number = z.number();

/** A site of a model, by its whole name. */
export function site(meta: FieldMeta = {}): z.ZodType<SiteName, SiteName> {
  const schema = z.string().refine(isSiteName) as unknown as z.ZodType<SiteName, SiteName>; // a refinement changes no type
  return said(schema, { words: 'a site, as blocks.2.hook_resid_post', ...meta });
}
export const siteName = site();

/** One of several words, each with its meaning. */
export function choice<const C extends Readonly<Record<string, string>>>(
  choices: C,
  meta: FieldMeta = {},
): z.ZodEnum<{ [K in keyof C & string]: K }> {
  const names = Object.fromEntries(Object.keys(choices).map((name) => [name, name])) as { [K in keyof C & string]: K };
  return said(z.enum(names), { ...meta, choices });
}

/**
 * A large value, checked in one pass and not copied.
 * @param json what JSON Schema says of it
 */
export function bulk<T>(check: (value: unknown) => boolean, json: Record<string, unknown>): z.ZodType<T> {
  return said(z.custom<T>(check), { json, words: 'as it is described in the schema of results' });
}

const MAX_CELLS = 4_000_000;

/** Checks for `bulk`. */
export const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
export const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
export const isFlag = (value: unknown): boolean => typeof value === 'boolean';
export const isText = (value: unknown): boolean => typeof value === 'string';
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
export const orNull = (check: (value: unknown) => boolean) => (value: unknown): boolean => value === null || check(value);
export const isList = (check: (value: unknown) => boolean) => (value: unknown): boolean =>
  Array.isArray(value) && value.length <= MAX_CELLS && value.every(check);
/** Rows of one length. */
export const isMatrix = (check: (value: unknown) => boolean) => (value: unknown): boolean =>
  isList(isList(check))(value) && (value as unknown[][]).every((row) => row.length === (value as unknown[][])[0].length);

const list = (items: Record<string, unknown>): Record<string, unknown> => ({ type: 'array', items });

/** [row][column]: numbers. */
export const matrix = bulk<number[][]>(isMatrix(isNumber), list(list({ type: 'number' })));
/** [row][column]: numbers, or null where there is none. */
export const gaps = bulk<(number | null)[][]>(isMatrix(orNull(isNumber)), list(list({ type: ['number', 'null'] })));
/** [row][column]: whether. */
export const flags = bulk<boolean[][]>(isMatrix(isFlag), list(list({ type: 'boolean' })));
/** A list of such tables, as one for each layer. */
export const matrices = bulk<number[][][]>(isList(isMatrix(isNumber)), list(list(list({ type: 'number' }))));
export const gapMatrices = bulk<(number | null)[][][]>(isList(isMatrix(orNull(isNumber))), list(list(list({ type: ['number', 'null'] }))));
export const flagMatrices = bulk<boolean[][][]>(isList(isMatrix(isFlag)), list(list(list({ type: 'boolean' }))));

/**
 * What a schema reads of a value, with defaults filled in.
 * @param what names the value where it is wrong as a whole, and is put before its fields
 * @throws a sentence that names the first field that is wrong
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = deepest(error.issues[0]);
  throw new Error(sentence(issue, schema, valueAt(value, issue.path), what));
}

/** What a schema reads of a value, or the path of the first field that is wrong, as in `patching.effect`; empty for the value itself. */
export function read<S extends z.ZodType>(schema: S, value: unknown): { data: z.output<S> } | { wrong: string } {
  const { success, data, error } = schema.safeParse(value);
  return success ? { data } : { wrong: pathText(deepest(error.issues[0]).path) };
}

/** The JSON Schema of what may be given to a schema. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      const { title, description, json, choices } = META.get(zodSchema as unknown as z.ZodType) ?? {};
      const meanings = choices && Object.entries(choices).map(([name, meaning]) => `${name}: ${meaning}`).join('; ');
      const words = [description, meanings].filter(Boolean).join('. ');
      Object.assign(made, json, title && { title }, words && { description: words });
    },
  });
}

/** "a whole number from 1 to 100", as in "it must be …". */
export function wordsOf(schema: z.ZodType): string {
  const { words } = META.get(schema) ?? {};
  if (words) return words;
  if (schema instanceof z.ZodNullable) return `${wordsOf(schema.unwrap() as z.ZodType)} or null`;
  const unwrapped = inner(schema);
  if (unwrapped) return wordsOf(unwrapped);
  if (schema instanceof z.ZodNumber) return numberWords(schema);
  if (schema instanceof z.ZodEnum) return orWords(schema.options.map(String));
  if (schema instanceof z.ZodLiteral) return orWords([...schema.values].map((value) => JSON.stringify(value)));
  if (schema instanceof z.ZodUnion) return orWords((schema.options as z.ZodType[]).map(wordsOf));
  if (schema instanceof z.ZodString) return 'a text';
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodArray) return `a list, each of it ${wordsOf(schema.element as z.ZodType)}`;
  if (schema instanceof z.ZodTuple) return `a list of ${schema._zod.def.items.length}`;
  return 'an object with its fields';
}

function numberWords(schema: z.ZodNumber): string {
  const { minValue: least, maxValue: most } = schema;
  const from = least === null || least <= Number.MIN_SAFE_INTEGER ? null : least;
  const to = most === null || most >= Number.MAX_SAFE_INTEGER ? null : most;
  const what = schema.format === 'safeint' ? 'a whole number' : 'a number';
  if (from !== null && to !== null) return `${what} from ${from} to ${to}`;
  return from === null ? (to === null ? what : `${what} up to ${to}`) : `${what} from ${from} on`;
}

function orWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The schema that a wrapper adds something to. */
function inner(schema: z.ZodType): z.ZodType | undefined {
  const wraps = [z.ZodOptional, z.ZodNullable, z.ZodDefault, z.ZodReadonly].some((wrapper) => schema instanceof wrapper);
  return wraps ? ((schema as z.ZodOptional)._zod.def.innerType as z.ZodType) : undefined;
}

type Issue = z.core.$ZodIssue;

/** Of a union's issues those of the one branch that got furthest into the value. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inside = issue.errors.flatMap((issues) => issues.slice(0, 1)).filter(({ path }) => path.length > 0);
  if (inside.length === 0) return issue;
  const best = deepest(inside.reduce((a, b) => (b.path.length > a.path.length ? b : a)));
  return { ...best, path: [...issue.path, ...best.path] };
}

/** @param given the value that is wrong: a refinement reports what it looked at, not the field that it names */
function sentence(issue: Issue, schema: z.ZodType, given: unknown, what: string): string {
  const path = pathText(issue.path);
  const name = path === '' ? what : `${what}: "${path}"`;
  if (issue.code === 'unrecognized_keys') {
    const at = bare(schemaAt(schema, issue.path));
    const known = at instanceof z.ZodObject ? Object.keys(at.shape as object) : [];
    return `${name} has no field "${issue.keys[0]}"${known.length > 0 ? `; it has ${known.join(', ')}` : ''}.`;
  }
  if (issue.code === 'invalid_union' && issue.discriminator) return unknownKind(issue, schema, given, what);
  const at = schemaAt(schema, issue.path);
  const secret = issue.path.map((_, i) => schemaAt(schema, issue.path.slice(0, i + 1))).find(isSecret);
  const must = issue.code === 'custom' && at && !metaOf(at).words ? issue.message : `it must be ${at ? wordsOf(at) : 'something else'}`;
  if (secret) return `${name} is wrong; it must be ${metaOf(secret).words ?? wordsOf(at ?? secret)}.`;
  const is = given === undefined ? 'missing' : shown(given);
  return `${name} is ${is}; ${must}.`;
}

function isSecret(schema: z.ZodType | undefined): boolean {
  return schema !== undefined && metaOf(schema).secret === true;
}

/** Of a union that is told apart by one field, that this field is none of those. */
function unknownKind(issue: Issue & { discriminator?: string }, schema: z.ZodType, given: unknown, what: string): string {
  const field = issue.discriminator!;
  const path = issue.path.slice(0, -1);
  const union = bare(schemaAt(schema, path));
  const kinds = union instanceof z.ZodUnion ? (union.options as z.ZodType[]).flatMap((option) => wordsOf(schemaAt(option, [field])!)) : [];
  return `${what}: "${pathText(issue.path)}" is ${given === undefined ? 'missing' : shown(given)}; it must be ${orWords(kinds)}.`;
}

function bare(schema: z.ZodType | undefined): z.ZodType | undefined {
  const wrapped = schema && inner(schema);
  return wrapped ? bare(wrapped) : schema;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined), value);
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
}

/** The schema of a place in a value; undefined where that depends on the value. */
function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  if (path.length === 0) return schema;
  const wrapped = inner(schema);
  if (wrapped) return schemaAt(wrapped, path);
  const [key, ...rest] = path;
  const next = childOf(schema, key);
  if (next) return schemaAt(next, rest);
  if (!(schema instanceof z.ZodUnion)) return undefined;
  return (schema.options as z.ZodType[]).map((option) => schemaAt(option, path)).find((found) => found !== undefined);
}

function childOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, z.ZodType>)[key];
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  if (schema instanceof z.ZodTuple) return schema._zod.def.items[Number(key)] as z.ZodType;
  return undefined;
}

const LONGEST = 60;

/** A value in a sentence: short, and without characters that do something. */
function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const json = JSON.stringify(value) ?? String(value);
  const inert = json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return inert.length > LONGEST ? `${inert.slice(0, LONGEST)}…` : inert;
}
