/** An endless, seeded stream of full prompts: programs with the question after them, as the model reads them when it explains. */
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { placeInCode, promptTokens, renderPrompt } from '../../snippets/prompts/prompts';
import type { Template } from '../../snippets/prompts/templates';
import type { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import type { TypeMark } from '../../corpus/labelling/program';
import { Random } from '../../corpus/random';

export interface PromptOptions {
  tokenizer: CodeTokenizer;
  template: Template;
  /** JSON lines, each with the field `code`. */
  files: readonly string[];
  /** Programs of the first file that are kept for measuring. */
  validation: number;
  /** Pieces of real Python, and the share of the prompts that they make up. */
  realCode: readonly string[];
  realCodeShare: number;
  /** Longer prompts are left out. */
  maxTokens: number;
  seed: number | string;
}

/** A program as it stands in a file, with what Python did where the file says so. */
export interface DataProgram {
  code: string;
  label?: string;
  /** The line that raises, from 1; null where none does. */
  line?: number | null;
  /** The values of its expressions when it ran, by where they end. */
  types?: readonly TypeMark[];
}

/** Where a stream stands: its next prompt is number `next` of the shuffled file number `file`, files counted on through all epochs. */
export interface Cursor {
  file: number;
  next: number;
}

/** The files of a folder that hold JSON lines, in the order of their names; a file stands for itself. */
export function programFiles(sources: readonly string[]): string[] {
  const files = sources.flatMap((source) => {
    const info = statSync(source, { throwIfNoEntry: false });
    if (!info) throw new Error(`There is no file or folder ${source}. Give programs as JSON lines, each {"code": …}.`);
    if (!info.isDirectory()) return [source];
    const names = readdirSync(source).filter((name) => name.endsWith('.jsonl'));
    return names.sort().map((name) => path.join(source, name));
  });
  if (files.length === 0) throw new Error(`${sources.join(', ')} holds no .jsonl file. Make programs first: latent-lens train data.`);
  return files;
}

export async function readDataPrograms(file: string): Promise<DataProgram[]> {
  const programs: DataProgram[] = [];
  for (const [i, line] of (await readFile(file, 'utf8')).split('\n').entries()) {
    if (line.trim() === '') continue;
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      row = undefined;
    }
    const { code, label, line: raised, types } = (row ?? {}) as Record<string, unknown>;
    if (typeof code !== 'string') throw new Error(`${file}, line ${i + 1} is not {"code": …}.`);
    if (code.trim() === '') continue;
    const program: DataProgram = { code };
    if (typeof label === 'string') program.label = label;
    if (raised === null || typeof raised === 'number') program.line = raised;
    if (Array.isArray(types)) program.types = types as TypeMark[];
    programs.push(program);
  }
  return programs;
}

/** The token ids of a program's prompt. */
export function promptIds(tokenizer: CodeTokenizer, template: Template, code: string): number[] {
  return promptTokens(tokenizer, renderPrompt(template, code, tokenizer.chat)).map(({ id }) => id);
}

/** How many tokens of a prompt stand behind the program's. */
export function questionTokens(tokenizer: CodeTokenizer, template: Template): number {
  const prompt = renderPrompt(template, 'pass', tokenizer.chat);
  return promptTokens(tokenizer, prompt).filter((token) => placeInCode(prompt, token) === 'behind').length;
}

/**
 * Every program comes once before any comes again; a file's programs, and real code mixed in with them, come in an order that the seed
 * and the file's number decide.
 */
export class PromptStream {
  private readonly position: Cursor;
  private texts: string[] | undefined;

  constructor(
    private readonly options: PromptOptions,
    cursor: Cursor = { file: 0, next: 0 },
  ) {
    this.position = { ...cursor };
  }

  get cursor(): Cursor {
    return { ...this.position };
  }

  /** The next prompt's token ids; the beginning-of-sequence token comes first where the model reads one. */
  async next(): Promise<number[]> {
    const { tokenizer, template, maxTokens, files } = this.options;
    for (let empty = 0; ; ) {
      this.texts ??= await this.textsOf(this.position.file);
      if (this.position.next < this.texts.length) {
        const ids = promptIds(tokenizer, template, this.texts[this.position.next++]);
        if (ids.length <= maxTokens) return ids;
        continue;
      }
      empty = this.texts.length === 0 ? empty + 1 : 0;
      if (empty === files.length) throw new Error(`${files.join(', ')}: there are no programs to train on.`);
      this.position.file++;
      this.position.next = 0;
      this.texts = undefined;
    }
  }

  private async textsOf(number: number): Promise<string[]> {
    const { files, validation, realCode, realCodeShare, seed } = this.options;
    const file = number % files.length;
    const programs = (await readDataPrograms(files[file])).slice(file === 0 ? validation : 0);
    const texts = programs.map(({ code }) => code);
    const count = realCode.length === 0 ? 0 : Math.round((texts.length * realCodeShare) / (1 - realCodeShare));
    for (let i = 0; i < count; i++) texts.push(realCode[(number * count + i) % realCode.length]);
    return new Random(`${seed}/file/${number}`).shuffle(texts);
  }
}
