/** Run Patching: a variant from a list, or one's own, then the site, the direction, and how many layers at once. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { EngineClient } from '../engine/client';
import { Advice } from '../ui/advice';
import type { OwnVariants } from '../code/own-variants';
import { USUALLY, type Explainer, type How } from './explainer';
import { sandboxTimeout } from '../settings/settings';
import { askedOf, type Target } from '../code/target';
import { closeDiffs, type VariantDocuments } from '../code/variant-documents';
import { DIRECTIONS, PATCH_SITE_WORDS } from '../../protocol/analyses/patching';
import { isRight } from '../../protocol/words/outcome';
import { pythonName } from '../../protocol/words/python';
import { variantListOf, type ListedVariant, type VariantList } from '../../protocol/documents/variants';

/** A variant of the list, or one's own: begun from the code as it is read (not always as it stands in the file), or gone on with. */
type Choice = { variant: ListedVariant } | { writeFrom: string; of: string };

export class RunPatching {
  private last: Required<Pick<How, 'site' | 'direction' | 'window'>> = { ...USUALLY, window: 1 };
  /** Of the model, as its last list of variants says. */
  private layers = 1;
  /** Variants that are being written, and the programs that they are written for. */
  private readonly writing = new Map<vscode.TextDocument, Target>();
  private readonly begun = new WeakMap<vscode.TextDocument, string>();
  /** What was written last, and the code that it is a variant of. */
  private written: { text: string; of: string } | null = null;
  private opened = 0;
  private previewing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly engine: EngineClient,
    private readonly explainer: Explainer,
    private readonly documents: VariantDocuments,
    private readonly own: OwnVariants,
  ) {}

  /** Asks all it needs; ends without a word when the user leaves. */
  async run(target: Target): Promise<void> {
    const choice = (await this.onlyOwn(target)) ?? (await this.chooseVariant(target));
    if (choice === undefined) return;
    if ('writeFrom' in choice) await this.writeVariant(target, choice);
    else await this.patch(target, { number: choice.variant.number });
  }

  /** One's own variant, where there is no other to choose: of a question about a place that no edits are known for. */
  private async onlyOwn(target: Target): Promise<Choice | null> {
    if (!target.open) return null;
    const { variants, source, model } = await this.list(target, new AbortController().signal);
    this.layers = model.layers;
    return variants.length > 0 || this.written?.of === source.code ? null : { writeFrom: source.code, of: source.code };
  }

  /** Patches with a variant that the user has written: the one in the active editor. */
  async runWritten(written = vscode.window.activeTextEditor?.document): Promise<void> {
    const target = written && this.writing.get(written);
    if (!target) throw new Advice('There is no variant being written in this editor. Begin with Run Patching.', [{ title: 'Run Patching', command: 'latentLens.runPatching' }]);
    const text = written.getText();
    const how = await this.chooseHow();
    if (!how) return;
    const pair = target.open && { pair: this.explainer.how.pair }; // it is the explained place
    this.written = { text, of: this.begun.get(written)! };
    await this.own.close(written);
    await this.explainer.explain(target, { compare: { text }, ...how, ...pair }, 'patching');
  }

  private async patch(target: Target, compare: How['compare']): Promise<void> {
    const how = await this.chooseHow();
    if (how) await this.explainer.explain(target, { compare, ...how }, 'patching');
  }

  private async chooseHow(): Promise<Pick<How, 'site' | 'direction' | 'window'> | undefined> {
    const site = await choose('Site', 'The activation that is replaced', PATCH_SITE_WORDS, this.last.site);
    const direction = site && (await choose('Direction', 'Which run is patched', DIRECTIONS, this.last.direction));
    const window = direction && (await choose('Layers at Once', 'In how many layers the same is patched', windowWords(this.layers), String(this.last.window)));
    if (!window) return undefined;
    return (this.last = { site, direction, window: Number(window) });
  }

  private async chooseVariant(target: Target): Promise<Choice | undefined> {
    const pick = vscode.window.createQuickPick<VariantItem>();
    pick.title = 'Run Patching: Variant';
    pick.placeholder = 'Compare with which variant of the code?';
    pick.matchOnDetail = true;
    pick.busy = true;
    pick.keepScrollPosition = true;
    pick.ignoreFocusOut = true; // the preview beside it must not close it
    const looking = target.open ? 'Asking the model' : 'Making variants and running them';
    pick.items = [{ label: `$(loading~spin) ${looking}…`, alwaysShow: true }];
    const below = await groupBelow();
    pick.show();
    const abort = new AbortController();
    let original: vscode.Uri | undefined;
    try {
      return await new Promise<Choice | undefined>((resolve, reject) => {
        pick.onDidHide(() => resolve(undefined));
        pick.onDidAccept(() => {
          const [item] = pick.selectedItems;
          if (item?.choice) resolve(item.choice);
        });
        pick.onDidChangeActive(([item]) => {
          if (item?.choice && 'variant' in item.choice) this.previewing = this.preview(original!, item.choice.variant, below.viewColumn).catch(() => undefined);
        });
        this.list(target, abort.signal).then((list) => {
          original = this.documents.uri('original', list.source.code);
          this.layers = list.model.layers;
          pick.busy = false;
          pick.items = variantItems(list, this.written);
        }, reject);
      });
    } finally {
      abort.abort();
      pick.dispose();
      await this.previewing;
      await closeDiffs();
      await closeEmpty(below);
    }
  }

  private async list(target: Target, signal: AbortSignal): Promise<VariantList> {
    const asked = await askedOf(target);
    const runs = { run: vscode.workspace.isTrusted, timeout: sandboxTimeout() };
    return variantListOf(await this.engine.request('analyse', { ...asked, ...runs, analyses: { prediction: {}, variants: {} } }, { signal }))!;
  }

  private async preview(original: vscode.Uri, { number, description, code }: ListedVariant, viewColumn: vscode.ViewColumn): Promise<void> {
    const options = { preview: true, preserveFocus: true, viewColumn };
    await vscode.commands.executeCommand('vscode.diff', original, this.documents.uri(`variant-${number}`, code), `Variant ${number}: ${description}`, options);
  }

  private async writeVariant(target: Target, { writeFrom, of: code }: Extract<Choice, { writeFrom: string }>): Promise<void> {
    const extension = path.posix.extname(target.document.uri.path) || '.py';
    const opened = await vscode.workspace.openTextDocument(this.own.add(writeFrom, extension));
    const document = await vscode.languages.setTextDocumentLanguage(opened, target.document.languageId);
    this.writing.set(document, target);
    this.begun.set(document, code);
    await this.tellContext();
    const closed = vscode.workspace.onDidCloseTextDocument((other) => {
      if (other !== document) return;
      closed.dispose();
      this.writing.delete(document);
      void this.tellContext();
    });
    const original = this.documents.uri(`original-${++this.opened}`, code, extension);
    await vscode.commands.executeCommand('vscode.diff', original, document.uri, 'Original ↔ Your Variant', { preview: false });
    const run = 'Run Patching';
    const chosen = await vscode.window.showInformationMessage('Change the code on the right, then run patching between the two.', run);
    if (chosen === run) await this.runWritten(document);
  }

  private async tellContext(): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'latentLens.writingVariant', this.writing.size > 0);
  }
}

/** A group of editors below the active one: the list of variants lies over the upper half of the window, and previews lie here. */
async function groupBelow(): Promise<vscode.TabGroup> {
  const before = vscode.window.tabGroups.activeTabGroup;
  const told = new Promise((resolve) => {
    const listening = vscode.window.tabGroups.onDidChangeTabGroups(() => {
      if (vscode.window.tabGroups.activeTabGroup !== before) resolve(listening.dispose());
    });
    setTimeout(() => resolve(listening.dispose()), 500);
  });
  await vscode.commands.executeCommand('workbench.action.newGroupBelow');
  await told;
  return vscode.window.tabGroups.activeTabGroup;
}

async function closeEmpty({ viewColumn }: vscode.TabGroup): Promise<void> {
  const group = vscode.window.tabGroups.all.find((other) => other.viewColumn === viewColumn && other.tabs.length === 0);
  if (group && vscode.window.tabGroups.all.length > 1) await vscode.window.tabGroups.close(group);
}

/** What each number of layers means, of a model with so many. */
function windowWords(layers: number): Readonly<Record<string, string>> {
  const words = (count: number) => (count === 1 ? 'each layer by itself' : `${count} neighbouring layers, from that of the row on; every cell is really patched`);
  return Object.fromEntries(Array.from({ length: layers }, (_, i) => [String(i + 1), words(i + 1)]));
}

/** The last choice comes first. */
async function choose<C extends Readonly<Record<string, string>>>(
  title: string,
  placeHolder: string,
  choices: C,
  last: keyof C,
): Promise<(keyof C & string) | undefined> {
  const items = (Object.keys(choices) as (keyof C & string)[])
    .sort((a, b) => Number(b === last) - Number(a === last))
    .map((label) => ({ label, detail: choices[label].charAt(0).toUpperCase() + choices[label].slice(1) }));
  return (await vscode.window.showQuickPick(items, { title: `Run Patching: ${title}`, placeHolder, matchOnDetail: true }))?.label;
}

type VariantItem = vscode.QuickPickItem & { choice?: Choice };

function variantItems({ variants, actual, source }: VariantList, written: { text: string; of: string } | null): VariantItem[] {
  const outcome = ({ actual: own }: ListedVariant) => (own ? `${pythonName({ by: own.by })}: ${own.label}` : 'not run');
  const listed = variants.map((variant) => {
    const { number, description, prediction, tokensKept, control } = variant;
    const percent = `${Math.round(100 * prediction.probability)} %`;
    const right = { true: ' ✓', false: ' ✗', null: '' }[`${isRight(variant.actual, prediction.label)}`];
    const notes = [tokensKept ? 'same tokens' : 'other token count', ...(control ? ['control'] : [])].join(' · ');
    return {
      label: `${number}  ${description}`,
      description: notes,
      detail: `${outcome(variant)} · model: ${prediction.label} ${percent}${right}`,
      choice: { variant } as Choice,
    };
  });
  const own = { label: '$(edit) Write your own variant…', detail: 'Opens a diff whose right side you change', choice: { writeFrom: source.code, of: source.code } as Choice, alwaysShow: true };
  const last = written?.of === source.code && {
    label: '$(history) Go on with your last variant…',
    detail: 'Opens it again beside the original',
    choice: { writeFrom: written.text, of: source.code } as Choice,
    alwaysShow: true,
  };
  const heading = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const changes = listed.filter((_, i) => variants[i].labelChanged !== false);
  const others = listed.filter((_, i) => variants[i].labelChanged === false);
  return [
    ...(changes.length > 0 ? [heading(actual ? `not ${actual.label}` : 'not run'), ...changes] : []),
    ...(others.length > 0 ? [heading(actual ? `${actual.label} as before` : 'not run'), ...others] : []),
    heading('your own'),
    own,
    ...(last ? [last] : []),
  ];
}
