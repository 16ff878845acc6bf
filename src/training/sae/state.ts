/** A sparse autoencoder while and after it is trained. */
import type { FloatArray } from '../../graph';
import type { SaeShape } from './graph';
import type { ActivationStatistics } from './initialise';
import type { Cursor } from './prompts';

/** One autoencoder in training. */
export interface SaeState {
  shape: SaeShape;
  statistics: ActivationStatistics;
  /** Weights and their moments. */
  values: Record<string, FloatArray>;
  /** Activations since each latent was last active. */
  idle: Float32Array;
  selection: Selection;
}

/** What BatchTopK goes by besides its weights; the others have only the frequency. */
export interface Selection {
  /** The share of the tokens at which each latent is active, a running mean. */
  frequency: Float32Array;
  /** By how much each latent has to exceed the others, so that its frequency stays under the cap. */
  lift: Float32Array;
}

export interface SaePosition {
  step: number;
  /** Where the stream stood when this round was read. */
  cursor: Cursor;
  /** Batches of the round already used. */
  batch: number;
}

/** A trained autoencoder: the weights as saeWeights names them, for activations multiplied by the statistics' scale. */
export interface TrainedSae {
  shape: SaeShape;
  statistics: ActivationStatistics;
  weights: Map<string, Float32Array>;
}
