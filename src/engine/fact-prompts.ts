/** The held-out programs that facts about latents come from: their texts, and what each token is in the language. */
import type { FactsFile } from '../sae';
import type { PythonParser } from '../snippets/parse';
import { tokenRanges, type TokenRange } from '../snippets/ranges';
import { tokenRoles, type TokenRole } from '../snippets/roles';
import type { CodeTokenizer } from '../snippets/tokenizer';

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

  private text(index: number): { text: string; ids: number[]; spelled: number[] } {
    const { file: { file, question: { prefix, suffix } }, tokenizer } = this;
    const ids = this.file.prompt(index);
    const spelled = tokenizer.addsBos && ids[0] === tokenizer.bos ? ids.slice(1) : ids;
    const bytes = spelled.reduce((sum, id) => sum + (tokenizer.bytesOf(id)?.length ?? NaN), 0);
    const text = Number.isNaN(bytes) ? '' : tokenizer.decode(spelled);
    const whole = Buffer.byteLength(text) === bytes && text.length >= prefix.length + suffix.length;
    if (whole && text.startsWith(prefix) && text.endsWith(suffix)) return { text, ids, spelled };
    throw new Error(`${file}: prompt ${index} is no program with the file's question. Make the file again with latent-lens saes describe.`);
  }

  private read(index: number): FactPrompt {
    const { file: { question }, tokenizer } = this;
    const { text, ids, spelled } = this.text(index);
    const prompt = { text, codeStart: question.prefix.length, codeEnd: text.length - question.suffix.length };
    const ranges = [...(spelled.length < ids.length ? [{ start: 0, end: 0 }] : []), ...tokenRanges(text, spelled, tokenizer)];
    const tree = this.parser.parse(text.slice(prompt.codeStart, prompt.codeEnd));
    return { text, ranges, roles: tokenRoles(tree, prompt, ranges), tokens: ids.map((id) => tokenizer.tokenText(id)) };
  }
}
