/**
 * What a general model predicts about the programs of examples/, asked in three ways, as a Markdown table: docs/smollm2.md has one.
 * Nothing is compared with another program, so this takes a few seconds a question.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadModel, type LoadedModel } from '../src/engine/session/load';
import { readProgram } from '../src/engine/reading/program';
import { openQuestion } from '../src/engine/reading/question';
import { predict, type Prediction } from '../src/methods/prediction/prediction';
import { PythonSandbox } from '../src/snippets/sandbox/sandbox';
import { PYTHON_ERROR_TYPE, PYTHON_ERROR_TYPE_FEW_SHOT, type Template } from '../src/snippets/prompts/templates';
import { note } from './timing';
import { canonicalLabel } from '../src/vocabulary/labels';

const FOLDER = path.resolve('examples');

/** How the question is asked, by the words of the command line. */
const QUESTIONS: Record<string, Template> = {
  'the plain question': PYTHON_ERROR_TYPE,
  '`--few-shot`': PYTHON_ERROR_TYPE_FEW_SHOT,
  '`--chat`': { ...PYTHON_ERROR_TYPE, chat: true },
};

interface Program {
  file: string;
  code: string;
  /** What Python does. */
  actual: string;
}

/** @param reference as --model takes it */
export async function benchExamples(reference: string): Promise<string> {
  const loaded = await loadModel(reference, { onProgress: (stage) => note(stage) });
  const programs = await readPrograms();
  const sections: string[] = [];
  for (const [words, template] of Object.entries(QUESTIONS)) {
    if (template.chat && !loaded.tokenizer.chat) {
      note(`${loaded.id} has no chat template.`);
      continue;
    }
    note(`Asking with ${words} …`);
    sections.push(await table(words, loaded, template, programs));
  }
  await loaded.model.release();
  return sections.join('\n\n');
}

async function readPrograms(): Promise<Program[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.py')).sort();
  const codes = await Promise.all(files.map((file) => readFile(path.join(FOLDER, file), 'utf8')));
  const python = await PythonSandbox.start();
  try {
    const outcomes = await python.runMany(codes);
    return files.map((file, i) => ({ file, code: codes[i], actual: canonicalLabel(outcomes[i].label) }));
  } finally {
    python.close();
  }
}

async function table(words: string, loaded: LoadedModel, template: Template, programs: readonly Program[]): Promise<string> {
  const question = openQuestion(loaded, template);
  const rows: string[] = [];
  let right = 0;
  let ranks = 0;
  for (const { file, code, actual } of programs) {
    const { ids } = readProgram(loaded, question, { file, text: code });
    const prediction = await predict(loaded.model, ids, question.answers, { topK: 1 });
    const rank = rankOf(prediction, actual);
    if (rank === 1) right++;
    ranks += rank;
    rows.push(row([file.replace('.py', ''), String(ids.length), actual, ...said(prediction), String(rank), percent(prediction.answers[rank - 1].probability), percent(prediction.answersProbability)]));
  }
  const heads = ['program', 'tokens', 'Python raises', 'the model answers', 'with', 'rank of the truth', 'with', `all ${question.answers.length} answers`];
  return [
    `With ${words}: ${right} of ${programs.length} right, the truth ranked ${(ranks / programs.length).toFixed(1)} on average.`,
    '',
    row(heads),
    '|---|--:|---|---|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

function said({ answers: [first] }: Prediction): string[] {
  return [first.label, percent(first.probability)];
}

/** From 1. */
function rankOf({ answers }: Prediction, actual: string): number {
  const rank = answers.findIndex(({ label }) => label === actual) + 1;
  if (rank === 0) throw new Error(`"${actual}" is not among the answers of the question.`);
  return rank;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function percent(share: number): string {
  return share < 0.001 ? '< 0.1 %' : `${(100 * share).toFixed(1)} %`;
}
