/** The chat template of an instruct model: how it writes a user's message and begins its answer. */
import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import { namedToken } from './beginning';
import type { TokenizerConfig } from './file';
import { OutOfTime, withinTime } from './within-time';

/** Milliseconds; a template takes one or two. */
export const MAX_CHAT_TIME = 1000;
/** Characters of a template; the longest known has about 20,000. */
const MAX_TEMPLATE = 200_000;
/** Characters that a template may put around a message. */
const MAX_AROUND = 100_000;
/** Numbers in a `range`. */
const MAX_RANGE = 10_000;

/** Stands for the message where the template is asked what it puts around one. */
const PLACEHOLDER = 'LatentLensMessage7c1e94';

/** For templates that write today's date: that of Llama's, so that the same program gives the same prompt tomorrow. */
const DATE: Record<string, string> = { Y: '2024', y: '24', m: '07', d: '26', b: 'Jul', B: 'July', a: 'Fri', A: 'Friday', H: '00', M: '00', S: '00', '%': '%' };

export class ChatTemplate {
  private around: { before: string; after: string } | null = null;

  /** @param tokens the special tokens that a template may name, such as `bos_token` */
  private constructor(
    private readonly source: string,
    private readonly tokens: Record<string, string>,
    private readonly name: string,
  ) {}

  /**
   * The template that a tokenizer_config.json holds, of several the one named "default"; null when there is none.
   * @param name the tokenizer's file, for messages
   */
  static of(config: TokenizerConfig, name: string): ChatTemplate | null {
    const held = config.chat_template ?? null;
    const source = Array.isArray(held) ? (held.find((item) => item?.name === 'default')?.template ?? null) : held;
    if (source === null) return null;
    if (typeof source !== 'string') throw new Error(`${name} comes with a chat_template that is neither a text nor a list of named ones.`);
    const keys = ['bos_token', 'eos_token', 'unk_token', 'pad_token'] as const;
    const tokens = keys.flatMap((key) => {
      const token = namedToken(config, key);
      return token === null ? [] : [[key, token]];
    });
    // Jinja reads every kind of line end as \n, before anything else (jinja2's lexer); a template from Windows has others.
    return new ChatTemplate(source.replace(/\r\n?/g, '\n'), Object.fromEntries(tokens) as Record<string, string>, name);
  }

  /**
   * What the template puts before and after a user's message, the beginning of the answer included, for this message.
   * @throws a sentence when the template cannot be read, raises an error, takes too long, or does not leave the message as it is
   */
  write(message: string): { before: string; after: string } {
    this.around ??= this.split();
    const { before, after } = this.around;
    const written = this.render(message);
    if (written === before + message + after) return this.around;
    const trims = written === before + message.trim() + after;
    const what = trims ? 'drops the white space at the start or end of a message' : 'changes the text of this message';
    const how = trims ? 'Choose code that begins without white space, or a template with a prefix' : 'Choose other code';
    throw new Error(`The chat template of ${this.name} ${what}, so the code in it could not be found again. ${how}, or ask without the chat template.`);
  }

  private split(): { before: string; after: string } {
    const parts = this.render(PLACEHOLDER).split(PLACEHOLDER);
    if (parts.length !== 2) {
      const times = parts.length === 1 ? 'leaves a message out' : `writes a message ${parts.length - 1} times`;
      throw new Error(`The chat template of ${this.name} ${times}, so there is no place for the code in it. Ask without the chat template.`);
    }
    return { before: parts[0], after: parts[1] };
  }

  /** A conversation of one message, and the beginning of an answer to it. */
  private render(content: string): string {
    const fail = (what: string): never => {
      throw new Error(`The chat template of ${this.name} ${what}. Ask without the chat template, or repair it.`);
    };
    if (this.source.length > MAX_TEMPLATE) return fail(`has ${this.source.length} characters; at most ${MAX_TEMPLATE} are read`);
    let text: unknown;
    try {
      text = withinTime(MAX_CHAT_TIME, () => this.interpret([{ role: 'user', content }]));
    } catch (error) {
      if (error instanceof OutOfTime) return fail(`takes longer than ${MAX_CHAT_TIME / 1000} s`);
      return fail(`cannot be used: ${(error as Error).message.replace(/\.$/, '')}`);
    }
    if (typeof text !== 'string') return fail('gives no text');
    if (text.length > content.length + MAX_AROUND) return fail(`writes ${text.length} characters for a message of ${content.length}`);
    return text;
  }

  private interpret(messages: { role: string; content: string }[]): unknown {
    const environment = new Environment();
    const values = {
      ...this.tokens,
      messages,
      add_generation_prompt: true,
      date_string: '26 Jul 2024',
      strftime_now: (format: string) => format.replace(/%(.)/g, (whole, letter: string) => DATE[letter] ?? whole),
      raise_exception: (message: string) => {
        throw new Error(message);
      },
      range: limitedRange,
      true: true, True: true, false: false, False: false, none: null, None: null,
    };
    for (const [key, value] of Object.entries(values)) environment.set(key, value);
    const program = parse(tokenize(this.source, { lstrip_blocks: true, trim_blocks: true }));
    return new Interpreter(environment).run(program).value;
  }
}

function limitedRange(start: number, stop?: number, step = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!(count <= MAX_RANGE)) throw new Error(`it asks for a range of ${count} numbers; at most ${MAX_RANGE} are given`);
  return Array.from({ length: count }, (_, i) => from + i * step);
}
