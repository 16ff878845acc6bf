export * from './model';
export * from './cache';
export * from './readout';
export * from './gradients';
export * from './arrays';
export * from './generate';
