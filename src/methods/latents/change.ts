/** What becomes of a latent's activation: 0, a value, a multiple, or more by a constant (also where it was not active). */
export type LatentChange =
  | { readonly kind: 'ablate' }
  | { readonly kind: 'set'; readonly value: number }
  | { readonly kind: 'scale'; readonly factor: number }
  | { readonly kind: 'steer'; readonly by: number };

export function changedActivation(activation: number, change: LatentChange): number {
  switch (change.kind) {
    case 'ablate':
      return 0;
    case 'set':
      return change.value;
    case 'scale':
      return activation * change.factor;
    case 'steer':
      return activation + change.by;
  }
}
