/**
 * What a producer and its workers send each other through Redis. A job is one program; what the study asks is there once, under the hash
 * that jobs name. Neither side believes the other: all is checked when it is read.
 */
import * as z from 'zod';
import { checked, count, read, text } from '../../protocol/fields';
import { manifest, type Manifest } from '../../protocol/studies/manifest';
import { prepared, studyProgram } from '../../protocol/studies/program';
import { COLUMNS, type StudyRow } from '../../protocol/studies/rows';
import { hashOf } from '../programs/hash';
import type { Done, Job } from '../running/workshop';
import { PREFIX } from './server';

/** The queue of a version: what another one asks is never taken, as it may measure something else. */
export const queueOf = (version: string) => `studies-${version}`;
export const manifestKey = (run: string) => `${PREFIX}:manifest:${run}`;
/** Of a job among those of all studies. */
export const jobId = (run: string, { key }: Pick<Job, 'key'>) => `${run}-${key}`;

/** How long what nobody fetches is kept, in seconds: a week. */
export const KEPT = 7 * 24 * 3600;
/** How often a job is tried whose process ended. */
export const TRIES = 3;

const hash = text.regex(/^[0-9a-f]{32}$/);
const asked = z.object({ code: text, hole: z.object({ start: count, end: count }).nullable(), truth: text });
const job = z.discriminatedUnion('stage', [
  z.object({ key: hash, stage: z.literal('prepare'), program: studyProgram }),
  z.object({ key: hash, stage: z.literal('ask'), model: count, prepared, examples: z.array(z.array(asked).nullable()) }),
  z.object({ key: hash, stage: z.literal('learn'), model: count, programs: z.array(prepared) }),
  z.object({
    key: hash, stage: z.literal('steer'), model: count, programs: z.array(prepared),
    vectors: z.object({ pairs: count, vector: text, shuffled: text }),
  }),
  z.object({
    key: hash, stage: z.literal('transplant'), model: count,
    programs: z.array(z.object({ prepared, donors: z.object({ other: prepared.nullable(), same: prepared.nullable() }) })),
  }),
]);
const queued = z.object({ run: hash, job });
export type Queued = z.output<typeof queued>;

const measure = z.union([z.number(), text, z.null(), z.array(z.number().nullable())]);
const column = { STRING: text, INT32: z.int(), DOUBLE: z.number(), BOOLEAN: z.boolean(), JSON: z.record(text, measure) };
const row = z.strictObject(Object.fromEntries(
  Object.entries(COLUMNS).map(([name, type]) => [name, name === 'key' ? text : column[type].nullable()]),
)) as unknown as z.ZodType<StudyRow>;

/** A worker that cannot do what it got says so, and the machine it is on. */
export const refusal = z.object({ host: text.max(300), sentence: text.max(10_000) });
export type Refusal = z.output<typeof refusal>;

/** @throws a sentence where it is none */
export const readJob = (data: unknown): Queued => checked(queued, data, 'A job in the queue');

/** Of rows by their keys, numbers by name. */
const measured = z.record(text, z.record(text, measure));
const DONE: Record<Job['stage'], z.ZodType<Done>> = {
  prepare: prepared, ask: z.array(row).min(1), learn: z.object({ pairs: count, sums: text, shuffled: text }),
  steer: measured, transplant: measured,
};

/** What a job of this stage gave; a sentence where it is something else. */
export function valueOf(stage: Job['stage'], value: unknown): { value: Done } | { wrong: string } {
  const made = read(DONE[stage], value);
  return 'data' in made ? { value: made.data } : { wrong: `What a worker sent back is not what a study's rows are: ${made.wrong}. Install the same version of Latent Lens on all machines, and resume the study.` };
}

/** @throws a sentence where it is not the one that is named */
export function readManifest(json: string | null, run: string): Manifest {
  if (json === null) throw new Error('The study that a job belongs to is not in the queue any more. Run it again.');
  const known = checked(manifest, JSON.parse(json), 'The study in the queue');
  if (hashOf(known) !== run) throw new Error('The study in the queue is not the one that its jobs name. Run it again.');
  return known;
}
