/** Execution providers: what ONNX Runtime can compute with. Operations that another than the CPU does not have are left to the CPU. */
export const PROVIDERS = ['cpu', 'cuda', 'dml', 'coreml', 'webgpu'] as const;
export type Provider = (typeof PROVIDERS)[number];
