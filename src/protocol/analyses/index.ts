/** All analyses, in one table: the panel, the command line, reports, saved results, the library and studies derive from it. */
import type * as z from 'zod';
import { checked } from '../fields';
import { ablation } from './ablation';
import { activations } from './activations';
import { attention } from './attention';
import { attributionGraph } from './attribution-graph';
import { attributionPatching } from './attribution-patching';
import { circuit } from './circuit';
import { components } from './components';
import { fromTo } from './from-to';
import { generation } from './generation';
import { headPatching } from './head-patching';
import { headScores } from './head-scores';
import { intervention } from './intervention';
import { knockout } from './knockout';
import { latentPaths } from './latent-paths';
import { latents } from './latents';
import { lens } from './lens';
import { pairs } from './pairs';
import { patching } from './patching';
import { pathPatching } from './path-patching';
import { neuronPatching } from './neuron-patching';
import { patternPatching } from './pattern-patching';
import { prediction } from './prediction';
import { steering } from './steering';
import { variants } from './variants';

/** In the order in which they are computed and shown. */
export const ANALYSES = {
  prediction,
  lens,
  generation,
  patching,
  variants,
  headPatching,
  patternPatching,
  neuronPatching,
  attributionPatching,
  pathPatching,
  pairs,
  circuit,
  latentPaths,
  attributionGraph,
  attention,
  headScores,
  components,
  latents,
  activations,
  intervention,
  knockout,
  ablation,
  fromTo,
  steering,
} as const;

export type AnalysisId = keyof typeof ANALYSES;
export const ANALYSIS_IDS = Object.keys(ANALYSES) as readonly AnalysisId[];

/** What an analysis is told: every field is there. */
export type Params<K extends AnalysisId> = z.output<(typeof ANALYSES)[K]['params']>;
/** What is asked of an analysis: fields with a default may be left out. */
export type AskedParams<K extends AnalysisId> = z.input<(typeof ANALYSES)[K]['params']>;
/** What comes back. */
export type Part<K extends AnalysisId> = z.output<(typeof ANALYSES)[K]['part']>;

/** What an analysis is told, with defaults for what is left out. @throws a sentence that names the first field that is wrong */
export function paramsOf<K extends AnalysisId>(id: K, asked: unknown = {}): Params<K> {
  return checked(ANALYSES[id].params, asked, ANALYSES[id].title) as Params<K>;
}
