/** What each analysis has to show; one that is missing or misnamed does not compile. */
import { ANALYSIS_IDS, type AnalysisId, type Part } from '../protocol/analyses';
import type { Result } from '../protocol/documents/result';
import { ablationFigures } from './circuits/ablation';
import { activationsFigures } from './activations';
import { attentionFigures } from './attention/attention';
import { attributionPatchingFigures } from './patching/attribution-patching';
import { attributionGraphFigures } from './circuits/attribution-graph';
import { circuitFigures } from './circuits/circuit';
import { componentsFigures } from './components';
import type { Figure } from './kinds/figure';
import { fromToFigures } from './patching/from-to';
import { generationFigures } from './generation';
import { headPatchingFigures } from './patching/head-patching';
import { headScoresFigures } from './attention/head-scores';
import { interventionFigures } from './intervention';
import { knockoutFigures } from './attention/knockout';
import { latentPathsFigures } from './circuits/latent-paths';
import { latentsFigures } from './latents';
import { lensFigures } from './lens';
import { pairsFigures } from './circuits/pairs';
import { patchingFigures } from './patching/patching';
import { pathPatchingFigures } from './patching/path-patching';
import { neuronPatchingFigures } from './patching/neuron-patching';
import { patternPatchingFigures } from './patching/pattern-patching';
import { predictionFigures } from './prediction';
import { steeringFigures } from './steering';
import { variantsFigures } from './variants';

const FIGURES: { readonly [K in AnalysisId]: (result: Result, part: Part<K>) => Figure[] } = {
  prediction: predictionFigures,
  lens: lensFigures,
  generation: generationFigures,
  components: componentsFigures,
  variants: variantsFigures,
  patching: patchingFigures,
  headPatching: headPatchingFigures,
  patternPatching: patternPatchingFigures,
  neuronPatching: neuronPatchingFigures,
  attributionPatching: attributionPatchingFigures,
  pathPatching: pathPatchingFigures,
  pairs: pairsFigures,
  circuit: circuitFigures,
  latentPaths: latentPathsFigures,
  attributionGraph: attributionGraphFigures,
  ablation: ablationFigures,
  attention: attentionFigures,
  headScores: headScoresFigures,
  latents: latentsFigures,
  activations: activationsFigures,
  intervention: interventionFigures,
  knockout: knockoutFigures,
  fromTo: fromToFigures,
  steering: steeringFigures,
};

/** The figures of one part of a result; none where it has no such part. */
export function figuresOf<K extends AnalysisId>(id: K, result: Result): Figure[] {
  const answered = result.parts[id];
  const draw: (result: Result, part: Part<K>) => Figure[] = FIGURES[id];
  return answered ? draw(result, answered.value as Part<K>) : [];
}

/** All figures of a result, by analysis, in the order of the analyses. */
export function allFigures(result: Result): { id: AnalysisId; figures: Figure[] }[] {
  return ANALYSIS_IDS.filter((id) => result.parts[id]).map((id) => ({ id, figures: figuresOf(id, result) }));
}
