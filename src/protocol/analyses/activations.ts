/** Activations: the latents of one SAE that are active at each token. */
import * as z from 'zod';
import type { LatentRef } from '../../vocabulary/latent-name';
import { bulk, count, isCount, isList, isNumber, isObject, number, site, siteName, text, whole } from '../fields';
import { analysis } from './analysis';
import { listedSae } from './latents';

/** A latent of the SAE at a site; of the SAEs that are open, each site has one. */
export const latentRef = z.object({ site: siteName, latent: count }) satisfies z.ZodType<LatentRef>;

/** A latent and what is said about it. */
export const describedLatent = z.object({
  ...latentRef.shape,
  /** What it stands for; null when nobody knows. */
  description: z.object({ text, source: z.enum(['automatic', 'neuronpedia']), score: number.optional() }).nullable(),
  /** The largest activation in the held-out code that its facts were collected from; null without facts. */
  maximum: number.nullable(),
});
export type DescribedLatent = z.output<typeof describedLatent>;

const isActive = (value: unknown): boolean => isObject(value) && isCount(value.latent) && isNumber(value.activation);
const items = { type: 'object', properties: { latent: { type: 'integer' }, activation: { type: 'number' } } };

/** As many as can be told apart in a list. */
export const mostListed = whole(1, 100, { title: 'Latents at each token', description: 'latents to list for each token' });

const part = z.object({
  sae: listedSae,
  /** For each token the most active latents, the largest first. */
  active: bulk<{ latent: number; activation: number }[][]>(isList(isList(isActive)), { type: 'array', items: { type: 'array', items } }),
  /** For each token how many latents are active, also those that are not listed. */
  counts: bulk<number[]>(isList(isCount), { type: 'array', items: { type: 'integer' } }),
  /** Those that occur in `active`, in the order of their numbers. */
  latents: z.array(describedLatent),
});
export type ActiveLatents = z.output<typeof part>;

export const activations = analysis({
  id: 'activations',
  version: 1,
  title: 'Activations',
  about: 'the latents of one sparse autoencoder that are active at each token',
  group: 'who',
  needs: ['saes'],
  params: z.strictObject({
    site: site({ title: 'Site', description: "the SAE's site (default: the residual stream after the middle layer, or the site nearest to it)" }).nullable().default(null),
    count: mostListed.default(10),
  }),
  part,
  misfit: ({ active, counts }, { tokens }) => (active.length !== tokens ? 'active' : counts.length !== tokens ? 'counts' : undefined),
});
