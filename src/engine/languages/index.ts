/** The languages whose types are asked about, by the end of a file's name or the editor's name for them. */
import { TypeJudge, judgedLanguage } from '../../snippets/judge/judge';
import type { Labeller } from '../../snippets/twins/variants';
import type { Knowledge } from '../reading/knowledge';
import { nameOf, type SourceText } from '../reading/program';
import { insertedBy, typePlaceAt, type Language } from './language';
import type { Project } from './imported-files';
import { python } from './python';
import { typeScript } from './typescript';

export type { Language } from './language';

/** The editor's names by the ends of files' names. */
const IDS: Readonly<Record<string, string>> = {
  ts: 'typescript', mts: 'typescript', cts: 'typescript', tsx: 'typescriptreact',
  js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascriptreact', py: 'python', pyw: 'python', pyi: 'python',
};

const ENDS = Object.keys(IDS).map((end) => `.${end}`).join(', ');

/** The editor's name for the language of a file; null for one whose types are not known. */
export function languageIdOf(file: string): string | null {
  return IDS[/\.(\w+)$/.exec(file)?.[1].toLowerCase() ?? ''] ?? null;
}

/** What a language may look at besides the code. */
export interface Reads {
  /** Where files may be read that the code imports. */
  project?: Project | null;
  /** Runs programs. */
  label?: Labeller;
}

/** The languages, with the judge that they share; its process is started when it is first needed. */
export class Languages {
  private readonly judge: TypeJudge;

  /** @param limits of one question to the judge; its own where left out */
  constructor(limits: ConstructorParameters<typeof TypeJudge>[0] = {}) {
    this.judge = new TypeJudge(limits);
  }

  /**
   * @param id the editor's name
   * @returns null for a language whose types are not known
   */
  of(id: string | null, { project = null, label }: Reads = {}): Language | null {
    if (id === 'python') return python(label);
    const judged = id === null ? undefined : judgedLanguage(id);
    return judged ? typeScript(this.judge, judged, project) : null;
  }

  /**
   * A question about the type that a place in a file means: the code with what has to be put in so that a type can stand there, the hole
   * in it, and who knows what is true there.
   * @param offset UTF-16 @param id the editor's name for the language; by the file's name when left out @param label runs programs
   * @throws a sentence where the language is not known, or no type can stand there
   */
  async typeAt(
    source: SourceText, offset: number, { id, label, signal }: { id?: string; label?: Labeller; signal?: AbortSignal } = {},
  ): Promise<{ source: SourceText; knowledge: Knowledge }> {
    const named = id ?? (source.file === null ? null : languageIdOf(source.file));
    const language = this.of(named, { project: source.project, label });
    if (!language) {
      throw new Error(`The types of ${source.file === null ? 'this code' : nameOf(source)} cannot be asked about: it is no TypeScript, JavaScript or Python file (${ENDS}).`);
    }
    const { text, start, end, site } = await typePlaceAt(language, source.text, offset, signal);
    const inserted = insertedBy(site.changes);
    return { source: { ...source, text, hole: { start, end }, ...(inserted.length > 0 && { inserted }) }, knowledge: language.knowledge };
  }

  close(): void {
    this.judge.dispose();
  }
}
