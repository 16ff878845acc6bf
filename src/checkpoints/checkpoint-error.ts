/** A weight file that cannot be trusted or read. The message names the file and, where there is one, the tensor. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';

  constructor(
    readonly file: string,
    problem: string,
    readonly tensor?: string,
    options?: ErrorOptions,
  ) {
    super(tensor === undefined ? `${file}: ${problem}` : `${file}: tensor ${quoteName(tensor)} ${problem}`, options);
  }
}

/** A name from an untrusted file as it may be printed: no control characters, not endless. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name);
}
