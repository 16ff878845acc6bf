import { BPE } from '@huggingface/tokenizers';
import { bareName } from '../../checkpoints/checkpoint-error';
import { AddedTokens } from './added-tokens';
import { AlignedText } from './aligned-text';
import { addedBeginning, namedToken } from './beginning';
import { bytesOfToken, textOfBytes, tokenOfText } from './byte-level';
import { ChatTemplate } from './chat';
import { normalizerOf, type Normalize } from './normalizer';
import { preTokenizerOf, type PreTokenizer } from './pre-tokenizer';
import { tokenRanges, type Token } from './ranges';
import { readTokenizer, type Component, type TokenizerConfig, type TokenizerFile } from './file';
import { readTokenizerFolder } from './folder';
import { OutOfTime, withinTime } from './within-time';

/** Milliseconds for a text, and for each of its characters; a thousand characters take about one. */
export const MAX_TIME = 2000;
const MAX_TIME_PER_CHARACTER = 0.05;

/** Goes before text that is continued, as in Meta's own code for Code Llama: no token joins it with what follows. */
const ANCHOR = '☺';

/**
 * A BPE tokenizer, byte-level as GPT-2's or with byte fallback as SentencePiece's, with exact character ranges: ids as the original library
 * gives them, and as `transformers` does for `tokenizer(text)`. Like there, text that spells a special token (`<|endoftext|>`, `<bos>`)
 * *is* that token, in a template, where that is wanted (`<fim_prefix>`), and in the user's code alike: one token with its whole range.
 */
export class CodeTokenizer {
  /** The beginning-of-sequence token, null when the tokenizer has none. */
  readonly bos: number | null;
  /** The end-of-sequence token, null when the tokenizer names none. */
  readonly eos: number | null;
  /**
   * Whether `encode` puts `bos` first, as `transformers` does with these files. (TransformerLens's `prepend_bos` puts one before the
   * prompts of every model, GPT-2's too: a template whose prefix begins with `<|endoftext|>` does the same.)
   */
  readonly addsBos: boolean;
  /** One more than the largest id of the vocabulary, added tokens included. */
  readonly vocabSize: number;
  /** One more than the largest id of the vocabulary without added tokens, which a model may have no embedding for. */
  readonly ordinarySize: number;
  /** The model's chat template; null when it has none. */
  readonly chat: ChatTemplate | null;
  private readonly bytes: (Uint8Array | undefined)[] = [];
  private readonly texts: (string | undefined)[] = [];
  private readonly addedIds = new Map<string, number>();
  private readonly vocab: ReadonlyMap<string, number>;
  private readonly bpe: BPE;
  private readonly normalize: Normalize;
  private readonly words: PreTokenizer;
  /** What stands for a space in the vocabulary; null in a byte-level one. */
  private readonly spaceMark: string | null;
  private readonly insertsSpace: boolean;
  private readonly added: AddedTokens;
  private readonly addedNormalized: AddedTokens;

  /**
   * @param json a parsed tokenizer.json
   * @param name the file's, for messages
   * @throws a sentence that names the file and the part of it that is broken or not read
   */
  constructor(json: unknown, config: TokenizerConfig = {}, private readonly name = 'tokenizer.json') {
    const refuse = (what: string): never => {
      throw new Error(`${name} ${what}`);
    };
    const file = readTokenizer(json, name);
    this.normalize = normalizerOf(file.normalizer, refuse);
    this.words = preTokenizerOf(file.pre_tokenizer, refuse);
    this.spaceMark = this.words.spaceMark ?? replacedSpace(file.normalizer);
    if (this.words.byteLevel && this.spaceMark !== null) refuse('is byte-level and replaces spaces as well, which is not read.');
    if (!this.words.byteLevel && !file.model.byte_fallback) {
      refuse('is neither byte-level nor has it byte fallback, so it cannot spell every text. Use a model with another tokenizer.');
    }
    this.insertsSpace = this.limited('a', () => this.words.split(this.normalize(AlignedText.of('a')))[0]?.text !== 'a');
    this.vocab = file.model.vocab;
    this.bpe = new BPE({ type: 'BPE', ...file.model, vocab: Object.fromEntries(this.vocab) });
    for (const [token, id] of this.vocab) this.bytes[id] = this.bytesOfVocabulary(token, file);
    this.ordinarySize = this.bytes.length;
    const encoder = new TextEncoder();
    for (const { content, id } of file.added_tokens) {
      // SentencePiece's added tokens may be words as well: Gemma's `▁▁` are two spaces.
      if (this.words.byteLevel || !this.vocab.has(content)) this.bytes[id] = encoder.encode(content);
      this.addedIds.set(this.spelling(content), id);
    }
    this.vocabSize = this.bytes.length;
    this.added = new AddedTokens(file.added_tokens.filter((token) => !token.normalized));
    this.addedNormalized = new AddedTokens(
      file.added_tokens.filter((token) => token.normalized),
      (content) => this.normalize(AlignedText.of(content)).text,
    );
    const first = addedBeginning(file, config, refuse);
    const idOf = (token: string | null): number | null => (token === null ? null : (this.idOf(token) ?? null));
    if (first !== null && idOf(first) === null) refuse(`puts ${bareName(first)} before every text, which is not in its vocabulary.`);
    this.addsBos = first !== null;
    this.bos = idOf(first) ?? idOf(namedToken(config, 'bos_token'));
    this.eos = idOf(namedToken(config, 'eos_token'));
    this.chat = ChatTemplate.of(config, name);
  }

  /**
   * Reads `tokenizer.json` and, if there, `tokenizer_config.json`, `special_tokens_map.json` and `chat_template.jinja` of a model folder.
   * @throws with the file's path when it is missing, too large, broken, or of a kind that is not read
   */
  static async fromFolder(folder: string): Promise<CodeTokenizer> {
    const { json, config, file } = await readTokenizerFolder(folder);
    return new CodeTokenizer(json, config, file);
  }

  /** The tokens of a text with their ranges; `bos` comes first with an empty range when `addsBos` says so, unless it is left out. */
  encode(text: string, { bos = true }: { bos?: boolean } = {}): Token[] {
    const tokens = this.tokens(text);
    if (bos && this.addsBos) tokens.unshift({ id: this.bos!, text: this.tokenText(this.bos!), start: 0, end: 0 });
    return tokens;
  }

  /** The ids of a text only, without `bos`. */
  encodeIds(text: string): number[] {
    return this.tokens(text).map(({ id }) => id);
  }

  /**
   * The tokens of a piece of a user's code, without `bos`.
   * @param except added tokens that are text here, whatever spells them
   * @param continued whether it goes on from other text: then a tokenizer of SentencePiece's kind puts no space before it
   */
  encodeCode(text: string, { except, continued = false }: { except?: ReadonlySet<string>; continued?: boolean } = {}): Token[] {
    const added = except ? this.added.without(except) : this.added;
    if (!continued || !this.insertsSpace) return this.tokens(text, added);
    const tokens = this.tokens(ANCHOR + text, added).filter(({ start }) => start >= ANCHOR.length);
    return tokens.map((token) => ({ ...token, start: token.start - ANCHOR.length, end: token.end - ANCHOR.length }));
  }

  /** The id of the added token that is exactly this text, or undefined. */
  addedId(text: string): number | undefined {
    return this.addedIds.get(this.spelling(text));
  }

  /**
   * The text that ids spell, special tokens included; bytes that form no character become U+FFFD, and an id without a token
   * (models often have more rows than their tokenizer has tokens) stands as `<7>`.
   */
  decode(ids: readonly number[]): string {
    const parts = ids.map((id) => this.bytes[id] ?? new TextEncoder().encode(`<${id}>`));
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(all);
  }

  /** The text whose tokens these are: what they spell, without the space that SentencePiece puts first. */
  textOf(ids: readonly number[]): string {
    const text = this.decode(ids);
    return this.insertsSpace && text.startsWith(' ') ? text.slice(1) : text;
  }

  /** The text of one token; bytes that are not whole characters are shown as `\xe4`, an id without a token as `<7>`. */
  tokenText(id: number): string {
    const bytes = this.bytes[id];
    return bytes ? (this.texts[id] ??= textOfBytes(bytes)) : `<${id}>`;
  }

  /** The id of the token that is exactly this text, or undefined. */
  idOf(text: string): number | undefined {
    const spelled = this.spelling(text);
    return this.addedIds.get(spelled) ?? this.vocab.get(spelled);
  }

  bytesOf(id: number): Uint8Array | undefined {
    return this.bytes[id];
  }

  private tokens(text: string, added = this.added): Token[] {
    return this.limited(text, () => this.cut(text, added));
  }

  /** What the expressions and merges of a file do with a text, which may be to search without end. */
  private limited<T>(text: string, run: () => T): T {
    try {
      return withinTime(MAX_TIME + Math.ceil(text.length * MAX_TIME_PER_CHARACTER), run);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      const what = `takes longer than ${MAX_TIME / 1000} s for ${text.length.toLocaleString('en-US')} characters: it has an expression that searches without end`;
      throw new Error(`${this.name} ${what}. Use the tokenizer that belongs to the model.`, { cause: error });
    }
  }

  private cut(text: string, added: AddedTokens): Token[] {
    const tokens: Token[] = [];
    const whole = AlignedText.of(text);
    const place = (id: number, start: number, end: number): void => void tokens.push({ id, text: this.tokenText(id), start, end });
    for (const outer of added.split(whole.text)) {
      if (outer.token) {
        place(outer.token.id, outer.start, outer.end);
        continue;
      }
      const section = this.normalize(whole.slice(outer.start, outer.end));
      for (const inner of this.addedNormalized.split(section.text)) {
        if (inner.token) place(inner.token.id, section.starts[inner.start], section.ends[inner.end - 1]);
        else for (const word of this.words.split(section.slice(inner.start, inner.end))) this.encodeWord(word, place);
      }
    }
    return tokens;
  }

  private encodeWord(word: AlignedText, place: (id: number, start: number, end: number) => void): void {
    const pieces = this.bpe.encode([this.words.byteLevel ? tokenOfText(word.text) : word.text]);
    const ids = pieces.map((piece) => this.vocab.get(piece)!);
    const spelled = this.spaceMark === null ? word : word.exchanged(this.spaceMark, ' ');
    const ranges = tokenRanges(spelled, ids.map((id) => this.bytes[id]!));
    for (const [i, id] of ids.entries()) place(id, ranges[i].start, ranges[i].end);
  }

  /** How the vocabulary writes a text. */
  private spelling(text: string): string {
    return this.words.byteLevel ? tokenOfText(text) : this.spaceMark === null ? text : text.replaceAll(' ', this.spaceMark);
  }

  private bytesOfVocabulary(token: string, { model }: TokenizerFile): Uint8Array | undefined {
    if (this.words.byteLevel) return bytesOfToken(token);
    const byte = model.byte_fallback ? /^<0x([0-9A-F]{2})>$/.exec(token) : null;
    if (byte) return Uint8Array.of(parseInt(byte[1], 16));
    return new TextEncoder().encode(this.spaceMark === null ? token : token.replaceAll(this.spaceMark, ' '));
  }
}

/** What a normalizer puts in the place of spaces. */
function replacedSpace(normalizer: Component | null): string | null {
  if (normalizer?.type === 'Sequence') return (normalizer.normalizers as Component[]).map(replacedSpace).find((mark) => mark !== null) ?? null;
  return normalizer?.type === 'Replace' ? (normalizer.content as string) : null;
}
