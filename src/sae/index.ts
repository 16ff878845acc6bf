/** Sparse autoencoders: reading their formats, running them, splicing them into a model. */
export * from './config';
export * from './trace';
export * from './loaded-sae';
export * from './open';
export * from './find';
export * from './fit';
export * from './splice';
export * from './directions';
export * from './facts/facts';
export * from './facts/facts-file';
export * from './facts/neuronpedia';
