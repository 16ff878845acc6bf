/** Sliding windows of some layers, from config.json. */
import type { Config } from '../config';

/** Which layers have one: `layer_types`, or where they are not given `slides`. */
export function slidingLayers(config: Config, layers: number, slides: (layer: number) => boolean): boolean[] {
  const types = config.value('layer_types') ?? null;
  if (types === null) return Array.from({ length: layers }, (_, layer) => slides(layer));
  const known = (type: unknown) => type === 'sliding_attention' || type === 'full_attention';
  if (!Array.isArray(types) || types.length !== layers || !types.every(known)) {
    config.refuse('layer_types', `needs one of sliding_attention and full_attention for each of the ${layers} layers`);
  }
  return (types as string[]).map((type) => type === 'sliding_attention');
}

/** How many positions the queries of each layer see, themselves included: `sliding_window` in layers that slide. Most classes have 4096. */
export function slidingWindows(config: Config, sliding: readonly boolean[], fallback = 4096): (number | undefined)[] {
  const given = config.value('sliding_window');
  if (!sliding.includes(true)) return sliding.map(() => undefined);
  if (given === null) config.refuse('sliding_window', 'is null, but some layers have sliding windows');
  const window = config.positive('sliding_window', fallback);
  return sliding.map((slides) => (slides ? window : undefined));
}
