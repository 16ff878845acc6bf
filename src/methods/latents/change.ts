/** The change of one activation. */
import type { LatentChange } from '../../vocabulary/latent-change';

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
