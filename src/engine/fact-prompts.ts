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

  /** @throws when the tokens are not those of a program with the question */
  get(index: number): FactPrompt {
    return (this.known[index] ??= this.read(index));
  }

  private read(index: number): FactPrompt {
    const { file: { file, question }, tokenizer } = this;
    const ids = this.file.prompt(index);
    const begins = tokenizer.addsBos && ids[0] === tokenizer.bos;
    const spelled = begins ? ids.slice(1) : ids;
    const text = tokenizer.decode(spelled);
    const { prefix, suffix } = question;
    const prompt = { text, codeStart: prefix.length, codeEnd: text.length - suffix.length };
    if (!text.startsWith(prefix) || !text.endsWith(suffix) || prompt.codeEnd < prompt.codeStart) {
      throw new Error(`${file}: prompt ${index} is no program with the file's question. Make the file again with saes describe.`);
    }
    const ranges = [...(begins ? [{ start: 0, end: 0 }] : []), ...tokenRanges(text, spelled, tokenizer)];
    const tree = this.parser.parse(text.slice(prompt.codeStart, prompt.codeEnd));
    return { text, ranges, roles: tokenRoles(tree, prompt, ranges), tokens: ids.map((id) => tokenizer.tokenText(id)) };
  }
}
