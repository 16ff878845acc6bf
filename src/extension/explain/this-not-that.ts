/** Why This, Not That: two answers to what comes next at a place, each chosen among the model's own or typed. */
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/client';
import { askedOf, targetAt, type Target } from '../code/target';
import type { ExplainedPrediction } from '../../protocol/documents/explanation';
import { visible } from '../../vocabulary/visible';

export interface ThisNotThat {
  /** With what was typed among its answers. */
  target: Target;
  pair: [string, string];
}

interface Item extends vscode.QuickPickItem {
  /** Null for one that is to be typed. */
  answer: string | null;
}

/** Answers with their shares, and which of them stands in the code. */
interface Offered {
  answers: ExplainedPrediction['answers'];
  standing: string | null;
}

/** Undefined when the reader leaves. @throws a sentence where the model cannot be asked, or has no tokens for what was typed */
export async function chooseThisNotThat(engine: EngineClient, chosen: Target): Promise<ThisNotThat | undefined> {
  let target = chosen;
  const pair: string[] = [];
  for (const title of ['Why This … (1 of 2)', '… and Not That? (2 of 2)']) {
    const placeHolder = pair.length === 0 ? 'Which token is asked about?' : `What instead of ${pair[0]}?`;
    const items = offered(engine, target).then((offer) => itemsOf(offer, pair));
    const item = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
    if (!item) return undefined;
    if (item.answer !== null) pair.push(item.answer);
    else {
      const typed = await typedAnswer(title);
      if (typed === undefined) return undefined;
      target = withAnswer(target, typed);
      const { answers } = await offered(engine, target);
      const label = labelOf(target, typed);
      if (!answers.some((answer) => answer.label === label)) throw new Error(`The model has no answer ${label} here. Choose another.`);
      pair.push(label);
    }
  }
  return { target, pair: [pair[0], pair[1]] };
}

async function offered(engine: EngineClient, target: Target): Promise<Offered> {
  const asked = await askedOf(target);
  const { parts } = await engine.request('analyse', { ...asked, run: false, timeout: null, analyses: { prediction: {} } });
  const { answers, actual } = parts.prediction!.value;
  return { answers, standing: actual?.label ?? null };
}

function itemsOf({ answers, standing }: Offered, chosen: readonly string[]): Item[] {
  const own = answers.filter(({ label }) => !chosen.includes(label)).map(({ label, probability }) => ({
    label: withoutIcons(label),
    description: `${(100 * probability).toFixed(1)} %${label === standing ? ' · stands in the code' : ''}`,
    answer: label,
  }));
  return [...own, { label: '$(edit) Type another…', alwaysShow: true, answer: null }];
}

function typedAnswer(title: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title, prompt: 'What could stand there instead: a token or several, as it would stand in the code',
    validateInput: (text) => (text === '' ? 'Type what could stand there.' : undefined),
  });
}

function withAnswer(target: Target, answer: string): Target {
  const { open, document } = target;
  return targetAt(document, { ...open!, answers: [...(open!.answers ?? []), answer] });
}

/** What the engine calls it: where only what is before the place is read, the space there is the answer's. */
function labelOf({ code, open }: Target, typed: string): string {
  const spaced = !open!.fim && code.endsWith(' ') && !/^\s/.test(typed);
  return visible(spaced ? ` ${typed}` : typed);
}

/** A label that spells an icon of VS Code's shows its text. */
function withoutIcons(label: string): string {
  return label.replace(/\$\((?=[\w~-]+\))/g, '\\$(');
}
