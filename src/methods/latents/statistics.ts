/** How active each latent of one SAE is over many prompts, and where most: counted from the active latents of each row. */
import { HISTOGRAM_STEPS, type TopLatents } from '../../sae';

/** Where a latent is most active, one place a prompt, before near twins among the prompts are left out. */
const CANDIDATES = 24;

/** A token of one of the prompts. */
export interface Place {
  prompt: number;
  position: number;
  activation: number;
}

export class LatentStatistics {
  /** Rows at which each latent is active, and its largest activation. */
  readonly active: Float64Array;
  readonly maximum: Float32Array;
  /** [dSae, HISTOGRAM_STEPS] */
  readonly histogram: Int32Array;
  rows = 0;
  /** [dSae, CANDIDATES], the largest first; activation 0 where there is none. */
  private readonly candidates: { prompt: Int32Array; position: Int32Array; activation: Float32Array };
  /** The largest activation within the prompt that is being read, and where. */
  private readonly inPrompt: { activation: Float32Array; position: Int32Array };

  constructor(readonly dSae: number) {
    this.active = new Float64Array(dSae);
    this.maximum = new Float32Array(dSae);
    this.histogram = new Int32Array(dSae * HISTOGRAM_STEPS);
    const size = dSae * CANDIDATES;
    this.candidates = { prompt: new Int32Array(size), position: new Int32Array(size), activation: new Float32Array(size) };
    this.inPrompt = { activation: new Float32Array(dSae), position: new Int32Array(dSae) };
  }

  /** Counts rows of one prompt, [from, to) of `top`; `each` rows belong to one position, and the first one's position is `start`. */
  addPrompt({ count, values, indices }: TopLatents, prompt: number, from: number, to: number, each: number, start: number): void {
    const { activation, position } = this.inPrompt;
    const seen: number[] = [];
    for (let row = from; row < to; row++) {
      for (let i = row * count; i < (row + 1) * count && values.data[i] > 0; i++) {
        const latent = indices.data[i];
        const value = values.data[i];
        this.active[latent]++;
        if (activation[latent] === 0) seen.push(latent);
        if (value > activation[latent]) {
          activation[latent] = value;
          position[latent] = start + Math.floor((row - from) / each);
        }
      }
    }
    this.rows += to - from;
    for (const latent of seen) {
      this.maximum[latent] = Math.max(this.maximum[latent], activation[latent]);
      this.addCandidate(latent, { prompt, position: position[latent], activation: activation[latent] });
      activation[latent] = 0;
    }
  }

  /** Sorts the activations of rows into the histogram; after every prompt was added. */
  addToHistogram({ count, values, indices }: TopLatents, from: number, to: number): void {
    for (let i = from * count; i < to * count; i++) {
      const value = values.data[i];
      if (!(value > 0)) continue;
      const latent = indices.data[i];
      const step = Math.min(HISTOGRAM_STEPS - 1, Math.floor((value / this.maximum[latent]) * HISTOGRAM_STEPS));
      this.histogram[latent * HISTOGRAM_STEPS + step]++;
    }
  }

  /** The places where a latent is most active, one a prompt, the most active first. */
  places(latent: number): Place[] {
    const { prompt, position, activation } = this.candidates;
    const found: Place[] = [];
    for (let i = latent * CANDIDATES; i < (latent + 1) * CANDIDATES && activation[i] > 0; i++) {
      found.push({ prompt: prompt[i], position: position[i], activation: activation[i] });
    }
    return found;
  }

  private addCandidate(latent: number, place: Place): void {
    const { prompt, position, activation } = this.candidates;
    const first = latent * CANDIDATES;
    let at = first + CANDIDATES - 1;
    if (activation[at] >= place.activation) return;
    for (; at > first && activation[at - 1] < place.activation; at--) {
      prompt[at] = prompt[at - 1];
      position[at] = position[at - 1];
      activation[at] = activation[at - 1];
    }
    prompt[at] = place.prompt;
    position[at] = place.position;
    activation[at] = place.activation;
  }
}
