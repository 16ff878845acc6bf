/** The verdict on code in its context: what Python did with it in the sandbox says nothing, or less, where the context was not there. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { mayNeedPackage, withPackages } from '../../snippets/outcomes/missing-packages';
import { sharedParser } from '../../snippets/syntax/parse';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import type { SyntaxTree } from '../../snippets/syntax/syntax';
import { mayOnlyDefine, uncalled } from '../../snippets/outcomes/uncalled';
import type { Labeller } from '../../snippets/twins/variants';
import { NO_ERROR } from '../../vocabulary/labels';

/** What surrounds the code. */
export interface Surroundings {
  /** The file's text without the code. */
  around: string;
  /** The folder that the file is in, where it is in one. */
  folder?: string | null;
}

/** Runs programs as `label` does, and says of their outcomes what the surroundings leave of them. */
export function judging(label: Labeller, surroundings: Surroundings): Labeller {
  return async (codes, how) => {
    const outcomes = await label(codes, how);
    return Promise.all(outcomes.map((outcome, i) => judged(outcome, codes[i], surroundings)));
  };
}

async function judged(outcome: Outcome, code: string, surroundings: Surroundings): Promise<Outcome> {
  const { label, message } = outcome;
  if (label === NO_ERROR && !mayOnlyDefine(code) && !mayNeedPackage(code)) return outcome;
  if (label === 'NameError') {
    const name = /^name '(.+?)' is not defined/.exec(message ?? '')?.[1];
    if (name && isBound(name, surroundings.around)) {
      const note = `\`${name}\` is defined elsewhere in the file, and these lines were run alone. Select that too, or select nothing, and what the code needs is taken along.`;
      return { ...outcome, note };
    }
  }
  if (label !== NO_ERROR && label !== 'ModuleNotFoundError' && !mayNeedPackage(code)) return outcome;
  const parser = await sharedParser();
  let parsed: SyntaxTree | undefined;
  const tree = () => (parsed ??= parser.parse(code));
  const known = withPackages(outcome, tree, (name) => isOwnModule(name, surroundings.folder ?? null));
  if (known.label !== NO_ERROR || !mayOnlyDefine(code)) return known;
  const names = uncalled(tree());
  return names.length > 0 ? { ...known, uncalled: names } : known;
}

const MOST_PARENTS = 4;

/** Whether a module of this name lies beside the file, or in one of the next folders above it. */
function isOwnModule(name: string, folder: string | null): boolean {
  if (folder === null || !/^\w+$/.test(name)) return false;
  let at = path.resolve(folder);
  for (let above = 0; above <= MOST_PARENTS; above++) {
    const inside = path.join(at, name);
    if (existsSync(`${inside}.py`) || holdsPython(inside)) return true;
    if (path.dirname(at) === at) return false;
    at = path.dirname(at);
  }
  return false;
}

function holdsPython(folder: string): boolean {
  return existsSync(path.join(folder, '__init__.py')) && statSync(folder).isDirectory();
}

/** Whether a text seems to give a name a value. */
function isBound(name: string, text: string): boolean {
  if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) return false;
  const word = `(?<![\\w.])${name}(?!\\w)`;
  const binding = [`(?:def|class|import|as|for)[ \\t]+(?:[\\w., \\t]*,[ \\t]*)?${word}`, `${word}[ \\t]*(?:=(?!=)|:=|:[^\\n]*=)`, `\\bdef\\b[^\\n]*\\([^\\n]*${word}`];
  return binding.some((pattern) => new RegExp(pattern, 'u').test(text));
}
