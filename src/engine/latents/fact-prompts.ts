/** The held-out programs that facts about latents come from: their texts, and what each token is in the language. */
import type { FactsFile } from '../../sae';
import type { PythonParser } from '../../snippets/syntax/parse';
import type { Token, TokenRange } from '../../snippets/tokenizer/ranges';
import { inOnePiece } from '../../snippets/prompts/prompts';
import { tokenRoles, type TokenRole } from '../../snippets/prompts/roles';
import type { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';

export interface FactPrompt {
  text: string;
  /** Of the tokens, in `text`. */
  ranges: TokenRange[];
  roles: TokenRole[];
  tokens: string[];
}

export class FactPrompts {
  private readonly known: (FactPrompt | undefined)[] = [];

  constructor(
    private readonly file: FactsFile,
    private readonly tokenizer: CodeTokenizer,
    private readonly parser: Pick<PythonParser, 'parse'>,
  ) {}

  /** Checks all prompts, so that none fails later. @throws when the tokens of one are not those of a program with the question */
  check(): void {
    for (let i = 0; i < this.file.prompts; i++) this.text(i);
  }

  get(index: number): FactPrompt {
    return (this.known[index] ??= this.read(index));
  }

  private text(index: number): { text: string; tokens: Token[] } {
    const { file: { file, question: { prefix, suffix } }, tokenizer } = this;
    const ids = this.file.prompt(index);
    const bos = tokenizer.addsBos && ids[0] === tokenizer.bos;
    const known = ids.every((id) => tokenizer.bytesOf(id));
    const text = known ? tokenizer.textOf(bos ? ids.slice(1) : ids) : '';
    if (known && text.length >= prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix)) {
      const tokens = tokenizer.encode(text, { bos });
      if (tokens.length === ids.length && tokens.every(({ id }, i) => id === ids[i])) return { text, tokens };
    }
    throw new Error(`${file}: prompt ${index} is no program with the file's question. Make the file again with latent-lens saes describe.`);
  }

  private read(index: number): FactPrompt {
    const { prefix, suffix } = this.file.question;
    const { text, tokens } = this.text(index);
    const prompt = inOnePiece(text, prefix.length, text.length - suffix.length);
    const tree = this.parser.parse(prompt.code);
    return { text, ranges: tokens, roles: tokenRoles(tree, prompt, tokens), tokens: tokens.map((token) => token.text) };
  }
}
