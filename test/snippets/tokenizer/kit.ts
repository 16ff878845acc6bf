import { BYTE_TO_CHAR, tokenOfText } from '../../../src/snippets/tokenizer/byte-level';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';

export interface KitOptions {
  /** Texts that become one token each (if no earlier one gets in the way). */
  words?: readonly string[];
  /** Split digits one by one (default true). */
  digits?: boolean;
  /** Let the post-processor put `<s>` in front (default true). */
  bos?: boolean;
  /** Compose texts first (default false). */
  nfc?: boolean;
}

/** Words of code and the answers; the answers come last, so that ordinary words are whole in them too. */
export const KIT_WORDS = [
  '    ',
  'print',
  ' =',
  ' in',
  'é',
  '😀',
  '日',
  '")',
  "')",
  ...PYTHON_ERROR_TYPE.answers.map(({ text }) => text),
];

/** A small hand-made tokenizer.json: `<s>`, `</s>`, the 256 bytes and the merges that build the words. */
export function tokenizerJson(options: KitOptions = {}): Record<string, unknown> {
  const { words = KIT_WORDS, digits = true, bos = true, nfc = false } = options;
  const tokens = ['<s>', '</s>', ...BYTE_TO_CHAR];
  const merges: string[] = [];
  for (const word of words) {
    const [first, ...rest] = Array.from(tokenOfText(word));
    let left = first;
    for (const right of rest) {
      if (!merges.includes(`${left} ${right}`)) merges.push(`${left} ${right}`);
      left += right;
      if (!tokens.includes(left)) tokens.push(left);
    }
  }
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const special = (id: number, content: string): object => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [special(0, '<s>'), special(1, '</s>')],
    normalizer: nfc ? { type: 'NFC' } : null,
    pre_tokenizer: digits
      ? { type: 'Sequence', pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel] }
      : byteLevel,
    post_processor: bos
      ? {
          type: 'TemplateProcessing',
          single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
          pair: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
          special_tokens: { '<s>': { id: '<s>', ids: [0], tokens: ['<s>'] } },
        }
      : byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      byte_fallback: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  };
}

export function kitTokenizer(options: KitOptions = {}): CodeTokenizer {
  return new CodeTokenizer(tokenizerJson(options), { bos_token: '<s>' });
}

/** Texts that break careless offset arithmetic. */
export const HARD_TEXTS: readonly string[] = [
  '',
  ' ',
  'print("hello")',
  'x = 1234567890\n',
  'a\r\nb\rc\n\r\n',
  '\tif x:\n\t\ty = 1\n',
  'nul\0inside\0',
  'naïve café Ünïcödé',
  'e\u0301 combining, a\u0308\u0323 twice',
  '👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag, 👍🏽 tone',
  '日本語の変数 = "漢字" # コメント',
  '한국어 \u1112\u1161\u11ab jamo',
  'lone \ud800 high, low \udc00, reversed \udc00\ud800 end \ud83d',
  'العربية ٣ and ² and ½ and Ⅷ',
  '\ufeffbom and \u0085 nel \u2028 ls \u3000 wide \u00a0 nbsp',
  'زبان\u200cها zero width \u200b\u200d joiner',
  '𝐱 = 𝟏 + 𝟐  # mathematical letters',
  "it's we're I'll they'd",
  '   leading   and   trailing   ',
  '<s>not really</s> <s >',
  '\\ud800 \\x00 "\\N{SNOWMAN}" ☃',
  'x' + '\u0301'.repeat(50),
  '~'.repeat(300),
];
