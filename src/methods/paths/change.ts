/** A change of several runs' residual streams at some positions: by what some read another stream than is there. */

/** A run and one of the positions, both by their index. */
export interface Place {
  readonly run: number;
  readonly at: number;
}

export class StreamChange {
  private constructor(
    private readonly runs: number,
    private readonly positions: number,
    private readonly width: number,
    /** [runs, positions, width] */
    readonly data: Float32Array,
  ) {}

  static none(runs: number, positions: number, width: number): StreamChange {
    return new StreamChange(runs, positions, width, new Float32Array(runs * positions * width));
  }

  copy(): StreamChange {
    return new StreamChange(this.runs, this.positions, this.width, this.data.slice());
  }

  at({ run, at }: Place): Float32Array {
    const start = (run * this.positions + at) * this.width;
    return this.data.subarray(start, start + this.width);
  }

  /** Adds `after` − `before`. */
  add(place: Place, after: Float32Array, before: Float32Array): void {
    const own = this.at(place);
    for (let i = 0; i < own.length; i++) own[i] += after[i] - before[i];
  }

  /** The stream with the change: [width]. */
  with(place: Place, stream: Float32Array): Float32Array {
    const own = this.at(place);
    return stream.map((value, i) => value + own[i]);
  }

  /** All places of a run. */
  of(run: number): Place[] {
    return Array.from({ length: this.positions }, (_, at) => ({ run, at }));
  }

  /** Where there is any change, among these positions. */
  places(among: readonly number[]): Place[] {
    return Array.from({ length: this.runs }, (_, run) => among.map((at): Place => ({ run, at }))).flat()
      .filter((place) => this.at(place).some((value) => value !== 0));
  }
}
