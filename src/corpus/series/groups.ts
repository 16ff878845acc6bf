/** Groups of near twins: a program and what single mistakes make of it. */
import type { PythonParser } from '../../snippets/syntax/parse';
import { estimateTokens } from '../labelling/program';
import { QUIET, type Label } from '../labelling/labels';
import { mayNotEnd } from '../rewriting/ending';
import type { Random } from '../random';
import { MUTATIONS, type Mutation } from '../mutations';
import type { Prior } from './prior';

export interface Draft {
  code: string;
  /** The mutation's name; undefined for the program itself. */
  edit?: string;
}

export interface Group {
  /** packages, realistic or generated. */
  source: string;
  /** The package or the file. */
  origin?: string;
  family: string;
  drafts: Draft[];
}

/** Something that programs are drawn from. */
export interface GroupSource {
  draw(random: Random, prior: Prior): Group | undefined;
}

const BY_AIM = new Map<Label, Mutation[]>();
for (const mutation of MUTATIONS) BY_AIM.set(mutation.aims, [...(BY_AIM.get(mutation.aims) ?? []), mutation]);

/** Errors that a program which only defines things can raise. */
const AT_DEFINITION: Partial<Record<Label, number>> = {
  SyntaxError: 3,
  IndentationError: 3,
  ModuleNotFoundError: 2,
  ImportError: 2,
};

export interface TwinOptions {
  parser: PythonParser;
  prior: Prior;
  random: Random;
  count: number;
  /** The program defines things and calls nothing. */
  quiet?: boolean;
  maxTokens: number;
}

/** A program and up to `count` mutants of it, each one edit away, now and then two. */
export function twinsOf(code: string, { parser, prior, random, count, quiet, maxTokens }: TwinOptions): Draft[] {
  const tree = parser.parse(code);
  const drafts: Draft[] = [{ code }];
  const seen = new Set([code]);
  for (let tries = 0; drafts.length <= count && tries < 5 * count; tries++) {
    const aim = prior.aim(random, (label) => (quiet ? (AT_DEFINITION[label] ?? 0.12) : 1));
    const choices = BY_AIM.get(aim) ?? BY_AIM.get(QUIET)!;
    const mutation = random.weighted(
      choices,
      choices.map(({ weight }) => weight ?? 1),
    );
    const fresh = mutation.apply(tree, random)?.trimEnd();
    if (fresh === undefined || seen.has(fresh) || fresh.trim() === '' || (/\t.*\S/.test(fresh) && fresh.length > 4000)) continue;
    if (estimateTokens(fresh) > maxTokens || mayNotEnd(fresh)) continue;
    seen.add(fresh);
    drafts.push({ code: fresh, edit: mutation.name });
  }
  return drafts;
}
