/** The array language: trace, differentiate, lower to ONNX, run. */
export * from './tensor';
export * from './ops/source';
export * from './ops/elementwise';
export * from './ops/shape';
export * from './ops/reduce';
export * from './ops/index-ops';
export * from './ops/matmul';
export * from './gradient';
export * from './lower';
export * from './session';
export * from './provider';
