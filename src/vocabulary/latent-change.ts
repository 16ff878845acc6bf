/** A change of a latent: what becomes of its activation. */

/** 0, a value, a multiple, or more by a constant (also where it is not active). */
export type LatentChange =
  | { kind: 'ablate' }
  | { kind: 'set'; value: number }
  | { kind: 'scale'; factor: number }
  | { kind: 'steer'; by: number };
