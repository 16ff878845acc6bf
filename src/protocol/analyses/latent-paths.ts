/** Latent paths: what latents of SAEs, and what these leave out, say to other latents or to the logits, at single tokens. */
import * as z from 'zod';
import { choice, number, said } from '../fields';
import { LATENT_WORDS, latentReaders, placedLatents } from '../reading/nodes';
import { analysis } from './analysis';
import { CIRCUIT_SITES, edgesCarried, edgesChecked, edgesMisfit, type CircuitSites } from './circuit';
import { answers, metric } from './patching';

export const latentPaths = analysis({
  id: 'latentPaths',
  version: 1,
  title: 'Latent Paths',
  about: 'what latents of SAEs say to other latents or to the logits, past all other latents: by score, and really patched one by one',
  group: 'through',
  needs: ['variant', 'saes'],
  first: 'Say which latents, as 3.mlp_out/17@last; in the picture of a circuit of latents choose a node, and Patch along this edge.',
  params: z.strictObject({
    from: said(placedLatents.nullable().default(null), {
      title: 'Senders', left: 'none', description: 'the latents whose activations come from the near twin', words: `a list, each of it ${LATENT_WORDS}`,
    }),
    to: said(latentReaders.default(['logits']), {
      title: 'Receivers', description: 'who alone reads that', words: `a list, each of it logits, or ${LATENT_WORDS}`,
    }),
    sites: choice(CIRCUIT_SITES, {
      title: 'SAEs',
      description: 'whose latents are held while one speaks to another (default: those of attention’s and MLPs’ output, all where there are none)',
    }).nullable().default(null),
    answers,
  }),
  part: z.object({
    metric,
    sites: z.enum(Object.keys(CIRCUIT_SITES) as CircuitSites[]),
    /** The metric of both programs. */
    original: number,
    variant: number,
    check: edgesChecked,
    carried: edgesCarried,
  }),
  misfit: ({ check, carried }, { tokens }) => (edgesMisfit(check.edges, tokens) ? 'check' : edgesMisfit(carried, tokens) ? 'carried' : undefined),
});
