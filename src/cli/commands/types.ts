/** latent-lens types: which type stands at a place, the edits that leave it true, and how often a model is right on a data set. */
import * as z from 'zod';
import type { Command } from 'commander';
import { parseJson } from '../../checkpoints/strict-json';
import type { TypeRow } from '../../engine/evaluation/evaluate-types';
import { ANALYSES, paramsOf } from '../../protocol/analyses';
import { forScripts } from '../../protocol/documents/result';
import { variantListOf } from '../../protocol/documents/variants';
import { checked } from '../../protocol/fields';
import { addOpenOptions, type OpenFlags } from '../arguments/options';
import { answerOption, beforeOption, fileAndPlace, fimOption, projectOptions, readRange, type QuestionFlags } from '../arguments/question';
import { readTextFile } from '../arguments/text-file';
import type { Io } from '../io';
import { openModel } from '../open-model';
import { print, printJson } from '../print';
import { withProgress } from '../progress';
import { analysed } from '../reading';
import { renderTypesEvaluation } from '../render/types-evaluation';
import { renderVariants } from '../render/variants';
import { optionOf } from './analysis';
import { addExplainOptions, explain, type ExplainFlags } from './explain';

const PLACE = 'FILE:LINE:COLUMN, counted from 1: on an annotation, or on a parameter, variable, property or function that has none';

export function addTypesCommands(program: Command, io: Io): void {
  const types = program.command('types').description('see which type a model predicts at a place in TypeScript, JavaScript or Python, whether the compiler agrees, and what makes it fail');
  const command = addExplainOptions(
    types
      .command('explain')
      .description('show which type the model predicts, what the compiler says of each candidate, an edit that changes its mind, and where in the model that is decided')
      .argument('<place>', PLACE),
  );
  placed(addOpenOptions(command))
    .option('--no-run', 'do not run a Python program to see which types a value has')
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens types explain examples/types/cart.ts:8:30
  $ latent-lens types explain examples/types/cart.ts:8:30 --against rename-misleading
  $ latent-lens types explain app.tsx:12:20 --model org/name --json

The compiler reads the file and what it imports from its folder (or that of --project), runs nothing and takes no configuration. Candidates are the model's own, each with the token that ends it.`,
    )
    .action((argument: string, flags: ExplainFlags) => {
      const { file, place } = fileAndPlace(argument);
      return explain(file, { ...flags, type: readRange(place) }, io);
    });

  const variants = types.command('variants')
    .description('list edits that keep the type, each with what the model predicts then, or search the smallest one that makes the model fail')
    .argument('<place>', PLACE);
  const params = ANALYSES.variants.params.shape;
  for (const [name, field] of Object.entries(params)) variants.addOption(optionOf(name, field));
  placed(addOpenOptions(variants))
    .option('--json', 'print one JSON document')
    .addHelpText('after', `
Examples:
  $ latent-lens types variants examples/types/cart.ts:8:30
  $ latent-lens types variants examples/types/cart.ts:8:30 --search --budget 400

A search reads edits of one thing first, those that change the fewest tokens before others, then several at once. To compare with what it found,
give the code of that variant (in --json) to: latent-lens types explain PLACE --edited CODE`)
    .action(async (argument: string, flags: OpenFlags & QuestionFlags & { json?: true } & Record<string, unknown>) => {
      const { file, place } = fileAndPlace(argument);
      const asked = { ...flags, type: readRange(place), run: false };
      const told = paramsOf('variants', Object.fromEntries(Object.keys(params).filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]])));
      const result = await analysed(file, asked, { prediction: { topK: 10 }, variants: told }, io);
      if (flags.json) printJson(io, forScripts(result));
      else print(io, variantListOf(result)!, false, renderVariants);
    });

  addOpenOptions(types.command('evaluate').description('measure how often the model predicts the types of a data set'))
    .argument('<data>', 'JSON lines, each {"language", "prefix", "suffix", "type", "kind"}: the code before and behind a type')
    .addOption(fimOption())
    .addOption(beforeOption())
    .option('--json', 'print {accuracy, byKind, byLanguage, rows} as JSON')
    .addHelpText('after', '\nExamples:\n  $ latent-lens types evaluate test/fixtures/types-typescript.jsonl\n  $ latent-lens types evaluate rows.jsonl --model org/name --json')
    .action(evaluated);

  async function evaluated(file: string, flags: OpenFlags & QuestionFlags & { json?: true }): Promise<void> {
    const rows = parseTypeRows(await readTextFile(file, io), file);
    const [{ evaluateTypes }, { Languages }] = await Promise.all([import('../../engine/evaluation/evaluate-types'), import('../../engine/languages')]);
    const languages = new Languages();
    try {
      const evaluation = await withProgress(io, async (report) => {
        const loaded = await openModel(flags, io, report, true);
        try {
          const { fim, before } = flags;
          const form = { id: 'type', behind: !before, ...(typeof fim === 'string' && { order: fim }) } as const;
          const of = (language: string) => languages.of(language)?.knowledge ?? null;
          return await evaluateTypes(loaded, form, rows, of, { name: (row) => `${file}, line ${rows[row].line}`, signal: io.signal, onProgress: report });
        } finally {
          await loaded.model.release();
        }
      });
      print(io, evaluation, flags.json, renderTypesEvaluation);
    } finally {
      languages.close();
    }
  }
}

function placed(command: Command): Command {
  for (const option of projectOptions()) command.addOption(option);
  return command.addOption(fimOption()).addOption(beforeOption()).addOption(answerOption());
}

const typeRow = z.object({
  id: z.string().optional(), kind: z.string().optional(), language: z.string(),
  prefix: z.string(), suffix: z.string(), type: z.string().min(1),
});

/** @throws naming the file and the line of a row that is no row of types */
function parseTypeRows(text: string, file: string): (TypeRow & { line: number })[] {
  const rows = text.split(/\r?\n/).flatMap((json, i) => {
    if (json.trim() === '') return [];
    const where = `${file}, line ${i + 1}`;
    let row: unknown;
    try {
      row = parseJson(json);
    } catch (error) {
      throw new Error(`${where} ${(error as Error).message}. Each line must be {"language", "prefix", "suffix", "type", "kind"}.`, { cause: error });
    }
    return [{ ...checked(typeRow, row, where), line: i + 1 }];
  });
  if (rows.length === 0) throw new Error(`${file} holds no rows. Each line must be {"language", "prefix", "suffix", "type", "kind"}.`);
  return rows;
}
