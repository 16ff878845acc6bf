import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { bytesOfToken, textOfBytes, tokenOfText } from './byteLevel';
import { tokenRanges } from './ranges';
import type { Token, TokenSpeller } from './ranges';
import { checkTokenizer, faithful } from './tokenizerFile';
import type { TokenizerConfig, TokenizerFile } from './tokenizerFile';

/** Larger files are refused; the largest tokenizer.json of a known code model is about 35 MB. */
export const MAX_TOKENIZER_BYTES = 96 * 1024 * 1024;

/** A byte-level BPE tokenizer with exact character ranges. */
export class CodeTokenizer implements TokenSpeller {
  /** The beginning-of-text token, null when the tokenizer has none. */
  readonly bos: number | null;
  /** The end-of-text token, null when the tokenizer names none. */
  readonly eos: number | null;
  /** Whether `encode` puts `bos` first, as tokenizer.json (or, for Llama's classes, tokenizer_config.json) says. */
  readonly addsBos: boolean;
  /** One more than the largest id. */
  readonly vocabSize: number;
  readonly composes: boolean;
  private readonly bytes: (Uint8Array | undefined)[] = [];
  private readonly ids = new Map<string, number>();
  private readonly stripping = new Map<number, { left: boolean; right: boolean }>();
  private readonly tokenizer: Tokenizer;

  /** @throws when the parsed tokenizer.json is not a byte-level BPE tokenizer; `name` is for messages */
  constructor(file: unknown, config: TokenizerConfig = {}, name = 'tokenizer.json') {
    checkTokenizer(file, name);
    try {
      this.tokenizer = new Tokenizer(faithful(file), config);
    } catch (error) {
      throw new Error(`${name} could not be read as a tokenizer: ${(error as Error).message}`, { cause: error });
    }
    this.composes = file.normalizer?.type === 'NFC';
    for (const [token, id] of Object.entries(file.model.vocab)) {
      this.bytes[id] = bytesOfToken(token);
      this.ids.set(token, id);
    }
    const encoder = new TextEncoder();
    for (const added of file.added_tokens ?? []) {
      this.bytes[added.id] = encoder.encode(added.content);
      this.ids.set(tokenOfText(added.content), added.id);
      this.stripping.set(added.id, { left: added.lstrip === true, right: added.rstrip === true });
    }
    this.vocabSize = this.bytes.length;
    const prefix = this.prefix(file);
    this.bos = prefix ?? this.named(config.bos_token);
    this.eos = this.named(config.eos_token);
    const decides = /^(?:Llama|CodeLlama|Gemma|Cohere)Tokenizer/.test(config.tokenizer_class ?? '');
    this.addsBos =
      this.bos !== null && (decides && config.add_bos_token !== undefined ? config.add_bos_token : prefix !== null);
  }

  /**
   * Reads `tokenizer.json` and, if there, `tokenizer_config.json` of a model folder.
   * @throws with the file's path when it is missing, too large, broken, or not byte-level BPE
   */
  static async fromFolder(folder: string): Promise<CodeTokenizer> {
    const file = path.join(folder, 'tokenizer.json');
    const json = await readJson(file);
    if (json === undefined) {
      throw new Error(`There is no tokenizer.json in ${folder}. Give the folder of a model as Hugging Face serves it.`);
    }
    const configFile = path.join(folder, 'tokenizer_config.json');
    const config = (await readJson(configFile)) ?? {};
    if (typeof config !== 'object' || Array.isArray(config)) throw new Error(`${configFile} is not a JSON object.`);
    return new CodeTokenizer(json, config as TokenizerConfig, file);
  }

  /** The tokens of a text with their ranges; `bos` comes first with an empty range when `addsBos` says so. */
  encode(text: string): Token[] {
    const { ids } = this.tokenizer.encode(text, { add_special_tokens: false });
    const ranges = tokenRanges(text, ids, this);
    const tokens = ids.map((id, i) => ({ id, text: this.tokenText(id), ...ranges[i] }));
    if (this.addsBos) tokens.unshift({ id: this.bos!, text: this.tokenText(this.bos!), start: 0, end: 0 });
    return tokens;
  }

  /** The ids of a text only, without `bos`. */
  encodeIds(text: string): number[] {
    return this.tokenizer.encode(text, { add_special_tokens: false }).ids;
  }

  /** The text of ids, special tokens included; bytes that form no character become U+FFFD. */
  decode(ids: readonly number[]): string {
    const parts = ids.map((id) => this.known(id));
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(all);
  }

  /** The text of one token; bytes that are not whole characters are shown as `\xe4`. */
  tokenText(id: number): string {
    return textOfBytes(this.known(id));
  }

  /** The id of the token that is exactly this text, or undefined. */
  idOf(text: string): number | undefined {
    return this.ids.get(tokenOfText(text));
  }

  bytesOf(id: number): Uint8Array | undefined {
    return this.bytes[id];
  }

  strips(id: number): { left: boolean; right: boolean } {
    return this.stripping.get(id) ?? NO_STRIPPING;
  }

  private known(id: number): Uint8Array {
    const bytes = this.bytes[id];
    if (!bytes) throw new RangeError(`The token id ${id} is not in the vocabulary of ${this.vocabSize} tokens.`);
    return bytes;
  }

  /** The token that the post-processor puts before a text, or null. */
  private prefix(file: TokenizerFile): number | null {
    if (!file.post_processor) return null;
    const probe = 'a';
    const plain = this.tokenizer.encode(probe, { add_special_tokens: false }).ids;
    const full = this.tokenizer.encode(probe).ids;
    return full.length > plain.length && full[0] !== plain[0] ? full[0] : null;
  }

  private named(token: TokenizerConfig['bos_token']): number | null {
    const name = typeof token === 'string' ? token : token?.content;
    return name === undefined ? null : (this.idOf(name) ?? null);
  }
}

const NO_STRIPPING = { left: false, right: false };

/** The parsed file, undefined when there is none. */
async function readJson(file: string): Promise<unknown> {
  let size: number;
  try {
    size = (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} could not be read: ${(error as Error).message}`, { cause: error });
  }
  if (size > MAX_TOKENIZER_BYTES) {
    throw new Error(`${file} has ${size} bytes; at most ${MAX_TOKENIZER_BYTES} are read. Is it really a tokenizer?`);
  }
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${(error as Error).message}. Download it again.`, { cause: error });
  }
}
