/**
 * The judge of types: asks the TypeScript compiler, which runs in a process of its own that is started when first needed, killed when a
 * question takes too long or too much memory, and then started again. The compiler runs no code, takes no configuration and reads no file
 * but its library's; the code comes with the question.
 */
import { unlessAborted } from '../../unless-aborted';
import { checkedJson, MOST_ITEMS, QUESTIONS } from './messages';
import type { Around, Asked, Change, HoleAnswer, Item, JudgedLanguage, Kept, QuestionName, SitesAnswer, TypeEdit, TypeSite, Verdict } from './messages';
import { together } from './edits/together';
import { JudgeProcess, type JudgeLimits } from './process';

/** What `edits` is asked. */
export type EditsAsked = Omit<Asked<'propose'>, 'seed' | 'most'> & Partial<Pick<Asked<'propose'>, 'seed' | 'most'>>;

/** How many edits were dropped, and why. */
export type Dropped = Record<NonNullable<Kept['why']>, number>;

export { siteAt } from './site-at';
export type { Around, Change, HoleAnswer, JudgedLanguage, Kept, SitesAnswer, TypeEdit, TypeSite, Verdict };

/** A question that the compiler cannot answer in time or at all; its message is a sentence. */
export class Undecided extends Error {
  override name = 'Undecided';
}

/** How long a question that nobody waits for any more may go on before its process is killed. */
const GRACE_MS = 500;

/** The compiler's languages by the editor's names for them. */
const LANGUAGE_IDS: ReadonlyMap<string, JudgedLanguage> = new Map([
  ['typescript', 'typescript'], ['typescriptreact', 'tsx'], ['tsx', 'tsx'],
  ['javascript', 'javascript'], ['javascriptreact', 'jsx'], ['jsx', 'jsx'],
]);

/** Undefined for a language that the judge does not know. */
export const judgedLanguage = (languageId: string): JudgedLanguage | undefined => LANGUAGE_IDS.get(languageId);

export class TypeJudge {
  readonly #limits: JudgeLimits;
  #process: JudgeProcess | null = null;
  #starting: Promise<JudgeProcess> | null = null;
  #closed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ timeoutMs = 5_000, memoryMb = 512 }: Partial<JudgeLimits> = {}) {
    this.#limits = { timeoutMs, memoryMb };
  }

  /** The compiler's process, undefined when there is none. */
  get pid(): number | undefined {
    return this.#process?.alive ? this.#process.pid : undefined;
  }

  /** Starts the process, so that the first question is answered as fast as others. */
  async start(): Promise<void> {
    await this.#ready();
  }

  /** The type at a hole in the code, which ends before it with the colon and a space. @throws {Undecided} */
  async hole(asked: Asked<'hole'>, signal?: AbortSignal): Promise<HoleAnswer> {
    return (await this.#ask('hole', asked, signal))[0];
  }

  /** A verdict for each candidate; one that the compiler cannot judge says why. @throws {Undecided} where the truth is such a one */
  async candidates(asked: Asked<'candidates'>, signal?: AbortSignal): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    while (verdicts.length < asked.candidates.length) {
      const rest = asked.candidates.slice(verdicts.length, verdicts.length + MOST_ITEMS);
      const ended = await this.#collect('candidates', { ...asked, candidates: rest }, (verdict) => verdicts.push(verdict), signal);
      if (ended === null) continue;
      if (!ended.ready) throw new Undecided(ended.why);
      verdicts.push({ ...UNDECIDED, candidate: asked.candidates[verdicts.length], undecided: ended.why });
    }
    return verdicts;
  }

  /** All places for types, from the syntax alone. @throws {Undecided} */
  async sites(asked: Asked<'sites'>, signal?: AbortSignal): Promise<SitesAnswer> {
    return (await this.#ask('sites', asked, signal))[0];
  }

  /** The declarations around a place, and what to read with it where the file is too long, from the syntax alone. @throws {Undecided} */
  async around(asked: Asked<'around'>, signal?: AbortSignal): Promise<Around> {
    return (await this.#ask('around', asked, signal))[0];
  }

  /** What each text imports by a path from where it lies, from the syntax alone. @throws {Undecided} */
  async imports(texts: readonly string[], signal?: AbortSignal): Promise<string[][]> {
    return (await this.#ask('imports', { texts: [...texts] }, signal)).map(({ specifiers }) => specifiers);
  }

  /** The longest type at the beginning of each text, null where there is none. @throws {Undecided} */
  async cut(texts: readonly string[], site: TypeSite['site'] | null = null, signal?: AbortSignal): Promise<(string | null)[]> {
    return (await this.#ask('cut', { texts: [...texts], site }, signal)).map(({ type }) => type);
  }

  /**
   * Edits that keep the type at a hole, each verified, the same ones for the same seed, and before them several at once; and how many were
   * dropped, and why. Where nothing is written, the hole is empty behind its colon.
   * @throws {Undecided} where the program itself cannot be told
   */
  async edits({ seed = 0, most = 200, ...asked }: EditsAsked, signal?: AbortSignal): Promise<{ edits: TypeEdit[]; dropped: Dropped }> {
    const proposals = await this.#ask('propose', { ...asked, seed, most }, signal);
    const { within: _, ...whole } = asked;
    const verdicts = await this.verify({ ...whole, tried: proposals }, signal);
    const dropped: Dropped = { syntax: 0, errors: 0, type: 0, undecided: 0 };
    for (const { why } of verdicts) if (why) dropped[why]++;
    const edits = proposals.filter((_, i) => verdicts[i].kept);
    const several = together(edits, asked.hole);
    const fit = await this.verify({ ...whole, tried: several }, signal);
    return { edits: [...several.filter((_, i) => fit[i].kept), ...edits], dropped };
  }

  /** Whether changes of a program (edits, or several of them together) keep the type at a hole. @throws {Undecided} as `edits` */
  async verify(asked: Asked<'verify'>, signal?: AbortSignal): Promise<Kept[]> {
    const verdicts: Kept[] = [];
    while (verdicts.length < asked.tried.length) {
      const tried = asked.tried.slice(verdicts.length, verdicts.length + MOST_ITEMS).map(({ changes, names }) => ({ changes, names }));
      const ended = await this.#collect('verify', { ...asked, tried }, (verdict) => verdicts.push(verdict), signal);
      if (ended && !ended.ready) throw new Undecided(ended.why);
      if (ended) verdicts.push({ kept: false, why: 'undecided' });
    }
    return verdicts;
  }

  /** Ends the process; what is asked rejects, and so does all that is asked later. */
  dispose(): void {
    this.#closed = true;
    this.#process?.kill();
  }

  async #ask<N extends QuestionName>(name: N, asked: Asked<N>, signal: AbortSignal | undefined): Promise<Item<N>[]> {
    const items: Item<N>[] = [];
    const ended = await this.#collect(name, asked, (item) => items.push(item), signal);
    if (ended) throw new Undecided(ended.why);
    return items;
  }

  /** @returns null when all items came, else why not, and whether what all of them need was known by then */
  async #collect<N extends QuestionName>(
    name: N,
    asked: Asked<N>,
    onItem: (item: Item<N>) => void,
    signal: AbortSignal | undefined,
  ): Promise<{ why: string; ready: boolean } | null> {
    checkedJson(QUESTIONS[name].asked, asked);
    signal?.throwIfAborted();
    let abandoned = false;
    const job = this.#last.then(async () => {
      if (abandoned || this.#closed) return null;
      const judge = await this.#ready();
      let ready = false;
      let unfit: Error | null = null;
      const take = (item: unknown) => {
        if (abandoned || unfit) return;
        try {
          onItem(checkedJson(QUESTIONS[name].item, item) as Item<N>);
        } catch (error) {
          unfit = error as Error;
        }
      };
      const abort = () => setTimeout(() => !ended && judge.kill(), GRACE_MS).unref();
      let ended = false;
      signal?.addEventListener('abort', abort, { once: true });
      const ending = await judge.ask(name, asked, take, () => (ready = true));
      ended = true;
      signal?.removeEventListener('abort', abort);
      if (unfit) throw unfit as Error;
      if ('done' in ending) return null;
      if ('killed' in ending) return { why: ending.killed, ready };
      throw new Undecided(ending.wrong);
    });
    this.#last = job.catch(() => undefined);
    try {
      const ended = await unlessAborted(job, signal);
      if (this.#closed) throw new Error('The TypeScript judge is closed; start another one.');
      return ended;
    } catch (error) {
      abandoned = true;
      throw error;
    }
  }

  /** The process, started if there is none. */
  async #ready(): Promise<JudgeProcess> {
    if (this.#process?.alive) return this.#process;
    this.#starting ??= JudgeProcess.start(this.#limits).finally(() => (this.#starting = null));
    this.#process = await this.#starting;
    if (this.#closed) this.#process.kill();
    return this.#process;
  }
}

const UNDECIDED = { parses: true, exact: null, equivalent: null, overGeneral: null, assignable: null, checks: null, error: null };
