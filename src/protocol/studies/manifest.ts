/** A study's folder: what is run there. */
import * as z from 'zod';
import { count, text } from '../fields';
import { study } from './study';

export const RUN_FORMAT = 'latent-lens/study-run';

export const manifest = z.object({
  format: z.literal(RUN_FORMAT),
  version: z.literal(1),
  study,
  /** Of the study without its title and what is said about it: two runs of one hash ask the same. */
  studyHash: text,
  /** The folder that the study's paths start from. */
  from: text,
  /** What is asked: an open form or a template. */
  form: z.record(text, z.unknown()),
  models: z.array(z.object({ name: text, sha256: text })),
  /** All programs of the study, and those of this shard. */
  programs: z.object({ all: count, here: count, sha256: text }),
  /** Programs at most, drawn by the seed; null for all. */
  limit: count.nullable(),
  /** From 1. */
  shard: z.object({ index: count.min(1), of: count.min(1) }).nullable(),
  /** What is lacking, as sentences. */
  problems: z.array(text),
  versions: z.object({ latentLens: text, node: text }),
});
export type Manifest = z.output<typeof manifest>;
