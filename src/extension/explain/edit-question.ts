/** Edit Question: which question the model is asked, a copy of one to be changed, and what the model reads. */
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/client';
import { addQuestion, askedTemplate, modelName, ownQuestions, questionInUse, useQuestion } from '../settings/question-settings';
import { askedOf, type Target } from '../code/target';
import type { VariantDocuments } from '../code/variant-documents';
import type { QuestionTemplate } from '../../protocol/engine';
import { BUILT_IN_QUESTIONS, QUESTION_NAME, type QuestionPlace } from '../../protocol/models/questions';

type Item = vscode.QuickPickItem & { place?: QuestionPlace; template?: QuestionTemplate; browse?: true };
type Action = 'use' | 'duplicate' | 'edit' | 'preview';

/** @param target the code to preview a prompt with */
export async function editQuestion(engine: EngineClient, documents: VariantDocuments, target: () => Promise<Target>): Promise<void> {
  const model = modelName();
  const item = await vscode.window.showQuickPick(questionItems(engine, model), { title: 'Edit Question', placeHolder: `What shall ${model} be asked about code?`, matchOnDetail: true });
  if (item?.browse) return browse(model);
  if (!item?.place) return;
  const action = await chooseAction(item, model);
  if (action === 'use') await use(settingOf(item.place), model);
  else if (action === 'duplicate') await duplicate(item.template!, model);
  else if (action === 'edit') await openSettings();
  else if (action === 'preview') await preview(item.place, engine, documents, await target());
}

async function questionItems(engine: EngineClient, model: string): Promise<Item[]> {
  const now = settingOf(questionInUse());
  const builtIn = await engine.request('templates', null);
  const described = (place: QuestionPlace, template: QuestionTemplate): Item => {
    const { suffix, answers, examples = [] } = template;
    const solved = examples.length === 0 ? '' : `, ${examples.length} solved example${examples.length === 1 ? '' : 's'}`;
    const ending = String(suffix ?? '').trim().split('\n').at(-1);
    return {
      label: `$(comment-discussion) ${template.id}`,
      description: settingOf(place) === now ? `in use for ${model}` : undefined,
      detail: `${answers?.length ?? 0} answers${solved}: “${ending}”`,
      place,
      template,
    };
  };
  const own = Object.entries(ownQuestions()).map(([name, template]) => {
    return described({ in: 'settings', name }, { ...(template as QuestionTemplate), id: name });
  });
  const place = questionInUse();
  const file: Item = { label: `$(file-code) ${now}`, description: `in use for ${model}`, detail: 'A template file', place };
  const heading = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    heading('built in'),
    ...builtIn.map((template) => described({ in: 'package', name: template.id }, template)),
    ...(own.length > 0 ? [heading('your settings'), ...own] : []),
    heading('files'),
    ...(place.in === 'file' ? [file] : []),
    { label: '$(folder-opened) Choose a template file…', detail: 'A JSON file with id, prefix, suffix, answers and perhaps examples', browse: true, alwaysShow: true },
  ];
}

async function chooseAction({ place, template }: Item, model: string): Promise<Action | undefined> {
  const name = settingOf(place!);
  const actions: (vscode.QuickPickItem & { action: Action })[] = [
    { label: `$(check) Use for ${model}`, detail: 'Other models are asked as before', action: 'use' },
    { label: '$(preview) Preview Prompt', detail: 'What the model reads for the code at the cursor, and how many tokens that are', action: 'preview' },
    ...(place!.in === 'settings' ? [{ label: '$(edit) Edit', detail: 'Opens your settings', action: 'edit' } as const] : []),
    ...(template ? [{ label: '$(copy) Duplicate and Edit…', detail: `Copies it into your settings, and asks it of ${model}`, action: 'duplicate' } as const] : []),
  ];
  return (await vscode.window.showQuickPick(actions, { title: `Edit Question: ${name}`, placeHolder: 'What shall be done with this question?' }))?.action;
}

async function use(setting: string, model: string): Promise<void> {
  await useQuestion(setting);
  void vscode.window.setStatusBarMessage(`${model} is asked ${setting} from now on`, 4000);
}

async function duplicate(template: QuestionTemplate, model: string): Promise<void> {
  const taken = [...BUILT_IN_QUESTIONS, ...Object.keys(ownQuestions())];
  const problem = (name: string) => {
    if (!QUESTION_NAME.test(name)) return 'A name is lower-case words joined by “-”, for example my-question.';
    return taken.includes(name) ? 'There is a question with this name. Choose another.' : undefined;
  };
  const free = Array.from({ length: taken.length + 1 }, (_, i) => `${template.id}-${i + 2}`).find((name) => !taken.includes(name))!;
  const name = await vscode.window.showInputBox({ title: 'Duplicate and Edit', prompt: 'The name of your question', value: free, validateInput: problem });
  if (name === undefined) return;
  await addQuestion(name, template);
  await use(name, model);
  await openSettings();
}

async function browse(model: string): Promise<void> {
  const [uri] = (await vscode.window.showOpenDialog({ filters: { 'Template file': ['json'] }, openLabel: 'Use as Question', title: 'Template File' })) ?? [];
  if (uri) await use(uri.fsPath, model);
}

async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettingsJson', { revealSetting: { key: 'latentLens.templates', edit: true } });
}

async function preview(place: QuestionPlace, engine: EngineClient, documents: VariantDocuments, target: Target): Promise<void> {
  const own = await askedOf(target);
  const asked = { ...own, question: { ...own.question, template: await askedTemplate(place, target.document.uri) } };
  const { text, tokens, room } = await engine.request('prompt', asked);
  const count = (n: number) => n.toLocaleString('en-US');
  const uri = documents.uri(`Prompt (${count(tokens)} of ${count(room)} tokens)`, text);
  await vscode.window.showTextDocument(uri, { preview: true });
}

/** As settings name it. */
function settingOf(place: QuestionPlace): string {
  if (place.in !== 'file') return place.name;
  return place.id === null ? place.file : `${place.file}#${place.id}`;
}
