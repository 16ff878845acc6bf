/** One item: a program and its edits, asked of one model, as rows. */
import { analyse, type Wanted } from '../../engine/analyses/analyse';
import { Reading } from '../../engine/analyses/reading';
import type { Session } from '../../engine/analyses/session';
import type { Languages } from '../../engine/languages';
import { arrangeHole } from '../../engine/reading/around-place';
import { withOpenAnswers } from '../../engine/reading/open-answers';
import { readProgram, type Program } from '../../engine/reading/program';
import { openQuestion, type Question } from '../../engine/reading/question';
import { rounded } from '../../engine/session/rounded';
import { predictBehind } from '../../methods/prediction/prediction';
import { readOut } from '../../model';
import type { Prepared, StudyEdit, StudyProgram } from '../../protocol/studies/program';
import { EXAMPLES, ORIGINAL, rowOf, type Measure, type StudyRow } from '../../protocol/studies/rows';
import type { SamplingAsked, Study } from '../../protocol/studies/study';
import { uniformFrom } from '../../random';
import type { Labeller } from '../../snippets/outcomes/unjudged';
import { isOpen, type Form } from '../../snippets/prompts/forms';
import { hashOf } from '../programs/hash';
import { drawSamples, sampleChance } from './chance';
import { examplesName, idsOfExamples, templateWith } from './examples';
import { explained } from './explanations';
import { maskedByRole } from './masking';
import { BY_ROLE, measuresOf } from './measures';
import { tokenRolesOf } from './roles';
import { textOf, type AskedText } from '../programs/text';

export interface AskedOf {
  study: Study;
  form: Form;
  session: Session;
  /** The model's hash, and what the study calls it. */
  sha256: string;
  name: string;
  languages: Languages;
  /** Runs programs, for analyses that compare. */
  label: Labeller;
  signal?: AbortSignal;
}

/** What a row says of itself beside what is measured. */
export type Told = Pick<StudyRow, 'condition' | 'number' | 'description'>;

/** @param examples for each of the study's kinds of examples, those of this program; null where there are too few */
export async function ask(prepared: Prepared, examples: readonly (readonly AskedText[] | null)[], asked: AskedOf): Promise<StudyRow[]> {
  const { study, signal } = asked;
  const { program, edits, unusable } = prepared;
  if (unusable !== null) return [row(prepared, { code: program.code, hole: program.hole, truth: program.truth ?? '' }, AS_IT_IS, asked, { problem: unusable })];
  const rows: StudyRow[] = [];
  const add = async (text: AskedText, told: Told, given: readonly AskedText[] = []) => {
    signal?.throwIfAborted();
    rows.push(row(prepared, text, told, asked, await orProblem(() => measured(text, prepared, given, asked), signal)));
  };
  await add(textOf(prepared, null), AS_IT_IS);
  for (const edit of edits) await add(textOf(prepared, edit), toldOf(edit));
  for (const [i, kind] of study.examples.entries()) {
    const given = examples[i];
    const told: Told = { condition: EXAMPLES, number: i + 1, description: examplesName(kind) };
    const text = textOf(prepared, null);
    if (given) await add(text, told, given);
    else rows.push(row(prepared, text, told, asked, { problem: 'There are too few programs that could be examples.' }));
  }
  return rows;
}

export const AS_IT_IS: Told = { condition: ORIGINAL, number: 0, description: null };

export const toldOf = ({ kind, number, description }: StudyEdit): Told => ({ condition: kind, number, description });

/** What is found, or why nothing is, as a sentence: one program that cannot be read does not end a study. */
async function orProblem(find: () => Promise<Partial<StudyRow>>, signal?: AbortSignal): Promise<Partial<StudyRow>> {
  try {
    return await find();
  } catch (error) {
    if (signal?.aborted) throw error;
    return { problem: (error as Error).message };
  }
}

/** What a row is known by. */
export function keyOf({ program }: Prepared, { code, hole, truth }: AskedText, told: Told, { study, form, sha256 }: AskedOf): string {
  const how = [form, study.sampling, study.explanations, study.analyses, study.seed];
  return hashOf([sha256, code, hole, truth, program.id, told, how]);
}

/** What intervals draw as a whole. */
export function clusterOf({ cluster }: Study, { id, pair, package: of, file }: StudyProgram): string {
  return (cluster === 'package' ? (of ?? file) : pair) ?? id;
}

function row(prepared: Prepared, text: AskedText, told: Told, asked: AskedOf, found: Partial<StudyRow>): StudyRow {
  const { program } = prepared;
  const { code, hole, truth } = text;
  const { study, name } = asked;
  return rowOf({
    key: keyOf(prepared, text, told, asked),
    model: name,
    program: program.id,
    cluster: clusterOf(study, program),
    package: program.package ?? null, split: program.split ?? null, pair: program.pair ?? null, language: program.language,
    file: program.file ?? null, kind: program.kind ?? null, site: program.site ?? null, name: program.name ?? null,
    ...told,
    code, holeStart: hole && hole.start, holeEnd: hole && hole.end, truth,
    ...found,
  });
}

/** What is found of one text; a sentence where the model cannot read it. */
async function measured(text: AskedText, prepared: Prepared, examples: readonly AskedText[], asked: AskedOf): Promise<Partial<StudyRow>> {
  const { study, session: { loaded }, signal } = asked;
  const { program: { id, language, equivalents = [] } } = prepared;
  const read = readText(text, id, examples, asked);
  const { program } = read;
  const made = isOpen(read.question.form) ? await loaded.model.run([program.ids], { cache: true, signal }) : undefined;
  const question = await withOpenAnswers(loaded, read.question, program, text.truth, { made, signal });
  const truth = question.answers.find(({ label }) => label === text.truth.trim());
  if (!truth) return { tokens: program.ids.length, problem: `${text.truth} is none of the answers to the question.` };
  const { prediction, run } = await predictBehind(loaded.model, program.ids, question.answers, { made, topK: 1, signal });
  const [last] = await readOut(loaded.model, run.resid, [run.layout.lengths[0] - 1], { topK: 1, answers: [truth.ids[0]], signal });
  const at = prediction.answers.findIndex(({ label }) => label === truth.label);
  const predicted = prediction.label;
  const knowledge = isOpen(question.form) ? asked.languages.of(language)?.knowledge : undefined;
  const verdict = (await knowledge?.verdicts(program, text.truth, [predicted], signal))?.[0];
  const exact = verdict?.exact ?? plain(predicted) === plain(text.truth);
  const equivalent = exact || equivalents.includes(predicted) ? true : (verdict?.equivalent ?? null);
  const others = prediction.answers.filter((_, i) => i !== at);
  const { logProbability, probability } = prediction.answers[at];
  return {
    tokens: program.ids.length,
    predicted, probability: rounded(prediction.answers[0].probability), truthProbability: rounded(probability),
    margin: rounded(logProbability - Math.max(...others.map((one) => one.logProbability))),
    right: equivalent ?? exact, exact, equivalent: isOpen(question.form) ? equivalent : null,
    checks: verdict?.checks ?? null, overGeneral: verdict?.overGeneral ?? null,
    rank: at + 1, tokenRank: last.answers[0].rank + 1,
    ...(study.sampling && (await sampled(program, truth.ids, probability, study.sampling, `${id} ${text.code}`, asked))),
    ...(study.explanations && isOpen(question.form) && examples.length === 0
      ? { explanations: await explained(loaded, read.question, text, language, asked.languages, signal) } : {}),
    ...(examples.length === 0 && Object.keys(study.analyses).length > 0 ? { measures: await analysed(text, prepared, asked) } : {}),
  };
}

const plain = (type: string) => type.replace(/\s+/g, ' ').trim();

/** A text as the model reads it, with the examples before it. @throws a sentence where it does not fit */
export function readText(
  { code, hole }: AskedText, id: string, examples: readonly AskedText[], { form, session: { loaded } }: AskedOf,
): { question: Question; program: Program } {
  if (!isOpen(form)) {
    const question = openQuestion(loaded, examples.length > 0 ? templateWith(form, examples) : form);
    return { question, program: readProgram(loaded, question, { file: id, text: code }) };
  }
  const question = openQuestion(loaded, form);
  const program = readProgram(loaded, question, arrangeHole(loaded, question, { file: id, text: code, hole: hole! }));
  if (examples.length === 0) return { question, program };
  const bos = loaded.tokenizer.addsBos ? 1 : 0;
  const ids = [...program.ids.slice(0, bos), ...idsOfExamples(loaded, question, examples), ...program.ids.slice(bos)];
  if (ids.length > question.room) throw new Error(`With the examples it has ${ids.length} tokens; the model reads at most ${question.room}.`);
  return { question, program: { ...program, ids } };
}

async function sampled(
  { ids }: Program, answer: readonly number[], probability: number, sampling: SamplingAsked, seeded: string, {
    study, session: { loaded: { model } }, signal,
  }: AskedOf,
): Promise<Partial<StudyRow>> {
  const { temperature, topP, samples } = sampling;
  const chance = temperature === 1 && topP === 1 ? probability : await sampleChance(model, ids, answer, sampling, signal);
  if (samples === 0) return { sampleProbability: rounded(chance) };
  const uniform = uniformFrom(parseInt(hashOf([study.seed, seeded]).slice(0, 8), 16));
  const samplesRight = await drawSamples(model, ids, answer, samples, sampling, uniform, signal);
  return { sampleProbability: rounded(chance), samples, samplesRight };
}

async function analysed({ code, hole, truth }: AskedText, { program: { id, language } }: Prepared, asked: AskedOf): Promise<StudyRow['measures']> {
  const { study, form, session, languages, label, signal } = asked;
  const source = { file: id, text: code, ...(hole && { hole }) };
  const knowledge = isOpen(form) ? (languages.of(language)?.knowledge ?? undefined) : undefined;
  try {
    const reading = await Reading.open(session, form, source, { label: isOpen(form) ? undefined : label, knowledge, signal });
    const { masking, ...wanted } = study.analyses;
    const result = await analyse(reading, wanted as Wanted, { signal });
    const byRole = masking || BY_ROLE.some((id) => result.parts[id]);
    const roles = byRole ? await tokenRolesOf(result.reading, { code, hole, truth }, language, languages, signal) : null;
    return { ...measuresOf(result, truth, roles), ...(masking && (await masked(reading, roles!, truth, masking, signal))) };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { problem: (error as Error).message };
  }
}

async function masked(...[reading, roles, truth, asked, signal]: Parameters<typeof maskedByRole>): Promise<Record<string, Measure>> {
  try {
    const found = await maskedByRole(reading, roles, truth, asked, signal);
    return Object.fromEntries(Object.entries(found).map(([name, value]) => [`masking.${name}`, value]));
  } catch (error) {
    if (signal?.aborted) throw error;
    return { 'masking.missing': (error as Error).message };
  }
}
