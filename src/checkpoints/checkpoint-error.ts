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

const MOST_QUOTED = 120;

/** A name from an untrusted file as it may be printed: no character that controls a terminal or turns text around, not endless. */
export function quoteName(name: string): string {
  return spelled(JSON.stringify(name.length > MOST_QUOTED ? `${name.slice(0, MOST_QUOTED).toWellFormed()}…` : name));
}

/** The same without quotation marks. */
export function bareName(name: string): string {
  return quoteName(name).slice(1, -1);
}

/** Any value of an untrusted file's JSON, likewise. */
export function quoteValue(value: unknown): string {
  if (typeof value === 'string') return quoteName(value);
  const json = typeof value === 'bigint' ? String(value) : String(JSON.stringify(value));
  return spelled(json.length > MOST_QUOTED ? `${json.slice(0, MOST_QUOTED).toWellFormed()}…` : json);
}

function spelled(json: string): string {
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
