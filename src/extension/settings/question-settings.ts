/** The question in the user's settings: for every model one of its own, or one for all. */
import * as vscode from 'vscode';
import { absolutePath, modelSetting, read, setEntry } from './settings';
import type { AskedQuestion, QuestionTemplate } from '../../protocol/engine';
import { fileProblem } from '../../protocol/words/file-problem';
import { aboutChoice, WrongChoice } from '../../protocol/models/wrong-choice';
import { BUILT_IN_QUESTIONS, questionPlace, type QuestionPlace } from '../../protocol/models/questions';

/** Templates are short; a longer file is one by mistake. */
const MAX_TEMPLATE_BYTES = 1_000_000;

/** What the engine is asked. @throws WrongChoice when the template file cannot be read */
export async function questionSettings(scope?: vscode.Uri): Promise<AskedQuestion> {
  const answers = read('answers', scope);
  const contextLimit = read('contextLimit', scope);
  return {
    template: await askedTemplate(questionInUse(scope), scope),
    answers: answers.length > 0 ? answers : null,
    contextLimit: contextLimit || null,
  };
}

/** What the engine is asked about a place, with what may be answered besides; the settings' own question is not asked then. */
export function openQuestionSettings(open: AskedQuestion['open'], answers: string[] | null, scope?: vscode.Uri): AskedQuestion {
  return { open, answers, contextLimit: read('contextLimit', scope) || null };
}

/** As settings name the model that is in use. */
export function modelName(): string {
  return modelSetting() || 'python-errors';
}

/** The question that the model in use is asked. */
export function questionInUse(scope?: vscode.Uri): QuestionPlace {
  const ofModel = ofModels(scope)[modelName()] ?? read('template', scope);
  return questionPlace(ofModel.trim(), Object.keys(ownQuestions(scope)));
}

/** Questions that are a model's alone. @throws WrongChoice when the setting is something else */
function ofModels(scope?: vscode.Uri): Record<string, string> {
  try {
    return read('templateByModel', scope);
  } catch (error) {
    throw aboutChoice('question', error);
  }
}

/** The user's own questions by name, as they stand in the settings: not checked. */
export function ownQuestions(scope?: vscode.Uri): Record<string, unknown> {
  return read('templates', scope);
}

/** A question as a request has it; null for the usual one. */
export async function askedTemplate(place: QuestionPlace, scope?: vscode.Uri): Promise<AskedQuestion['template']> {
  if (place.in === 'package') return place.name === BUILT_IN_QUESTIONS[0] ? null : { name: place.name };
  if (place.in === 'file') return { file: place.file, json: await readTemplateFile(place.file, scope), id: place.id };
  const own = ownQuestions(scope)[place.name];
  const template = typeof own === 'object' && own !== null && !Array.isArray(own) ? { ...own, id: place.name } : own;
  return { file: `${place.name} in the setting latentLens.templates`, json: JSON.stringify(template), id: null };
}

/** @param setting a name, or a template file */
export async function useQuestion(setting: string): Promise<void> {
  await setEntry('templateByModel', modelName(), setting);
}

/** Adds a question to the user's own. */
export async function addQuestion(name: string, { id: _, ...template }: QuestionTemplate): Promise<void> {
  await setEntry('templates', name, template);
}

async function readTemplateFile(file: string, scope?: vscode.Uri): Promise<string> {
  const uri = vscode.Uri.file(absolutePath(file, 'template', scope));
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_TEMPLATE_BYTES) throw new Error(`${file} has ${size.toLocaleString('en-US')} bytes, more than a template file may have.`);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    const why = fileProblem(error, file) ?? (error as Error).message;
    throw new WrongChoice('question', `The question could not be read. ${why} Choose another one, or correct its name in the settings.`, { cause: error });
  }
}
