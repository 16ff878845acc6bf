/** Solved programs before the code: which ones, and what the model then reads. */
import { arrangeHole } from '../../engine/reading/around-place';
import { readProgram } from '../../engine/reading/program';
import type { Question } from '../../engine/reading/question';
import type { LoadedModel } from '../../engine/session/load';
import type { Prepared, StudyProgram } from '../../protocol/studies/program';
import type { ExamplesAsked } from '../../protocol/studies/study';
import type { Template } from '../../snippets/prompts/templates';
import { hashOf } from '../programs/hash';
import { textOf, type AskedText } from '../programs/text';

/** Of longer programs no examples are made (codetrace's limit). */
const LONGEST = 1000;

/** What rows of such examples are called: "2 same", "1 any rename-letter". */
export function examplesName({ count, from, edited }: ExamplesAsked): string {
  return `${count} ${from}${edited === null ? '' : ` ${edited}`}`;
}

/** What programs of which no two are examples of each other have in common. */
const kinOf = ({ id, pair, package: from, file }: StudyProgram) => pair ?? from ?? file ?? id;

/** From which examples are drawn: made once for a study. */
export class ExamplePool {
  private readonly fit: readonly Prepared[];

  constructor(all: readonly Prepared[], private readonly seed: number) {
    this.fit = all.filter(({ program, unusable }) => unusable === null && program.truth !== null && program.code.length <= LONGEST);
  }

  /** Examples for a program, none of its own kin; null where there are too few. The same ones for the same seed. */
  for({ program }: Prepared, asked: ExamplesAsked): AskedText[] | null {
    const { count, from, edited } = asked;
    const uses = ({ truth }: StudyProgram) => from === 'any' || (truth === program.truth) === (from === 'same');
    const some: { by: string; text: AskedText }[] = [];
    for (const one of this.fit) {
      if (one.program.language !== program.language || kinOf(one.program) === kinOf(program) || !uses(one.program)) continue;
      const edit = edited === null ? null : one.edits.find(({ kind, truth }) => kind === edited && truth === one.program.truth);
      if (edit === undefined) continue;
      some.push({ by: hashOf([this.seed, program.id, one.program.id, examplesName(asked)]), text: textOf(one, edit) });
    }
    if (some.length < count) return null;
    return some.sort((a, b) => (a.by < b.by ? -1 : 1)).slice(0, count).map(({ text }) => text);
  }
}

/** The template with these programs, solved, before the code. */
export function templateWith(template: Template, examples: readonly AskedText[]): Template {
  return { ...template, examples: examples.map(({ code, truth }) => ({ code: code.trimEnd(), answer: truth })) };
}

/** The ids of whole prompts with their answers, each with a blank line behind it, as a model without a beginning of its own reads them. */
export function idsOfExamples(loaded: LoadedModel, question: Question, examples: readonly AskedText[]): number[] {
  const { tokenizer } = loaded;
  const blank = tokenizer.encodeCode('\n\n', { except: question.sentinels?.reserved, continued: true }).map(({ id }) => id);
  return examples.flatMap(({ code, hole, truth }) => {
    const { ids } = readProgram(loaded, question, arrangeHole(loaded, question, { file: null, text: code, hole: hole! }));
    const answer = tokenizer.encodeCode(truth, { except: question.sentinels?.reserved, continued: true }).map(({ id }) => id);
    // Without sentinels what follows the type is read too, as an example would end in its middle otherwise.
    const behind = question.sentinels ? [] : tokenizer.encodeCode(code.slice(hole!.end), { continued: true }).map(({ id }) => id);
    return [...(tokenizer.addsBos ? ids.slice(1) : ids), ...answer, ...behind, ...blank];
  });
}
