/** latent-lens evaluate: accuracy on labelled programs. */
import type { Command } from 'commander';
import { parseJson } from '../../checkpoints/strict-json';
import type { LabelledCode } from '../../engine/evaluation/evaluate';
import type { Io } from '../io';
import { print } from '../print';
import { openModel } from '../open-model';
import { addModelOptions, readTemplate, type ModelFlags } from '../arguments/options';
import { withProgress } from '../progress';
import { renderEvaluation } from '../render/evaluation';
import { readTextFile } from '../arguments/text-file';

export function addEvaluateCommand(program: Command, io: Io): void {
  const command = program
    .command('evaluate')
    .description('measure how often the model predicts what programs really do')
    .argument('<data>', 'JSON lines, each {"code": …, "label": …} and, if you like, "source" and "id"; a program that raises nothing has the label "no error"')
    .option('--json', 'print {accuracy, noErrorRecall, calibrationError, bySource, byLength, rows} as JSON');
  addModelOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens evaluate test/fixtures/handwritten.jsonl
  $ latent-lens evaluate programs.jsonl --model models/python-errors --json`,
    )
    .action(async (file: string, flags: ModelFlags & { json?: true }) => {
      const rows = parseRows(await readTextFile(file, io), file);
      const template = await readTemplate(flags.template, flags.chat);
      const [{ evaluate }] = await Promise.all([import('../../engine/evaluation/evaluate')]);
      const evaluation = await withProgress(io, async (report) => {
            const loaded = await openModel(flags, io, report);
        try {
          return await evaluate(loaded, template, rows, { name: (row) => `${file}, line ${rows[row].line}`, signal: io.signal, onProgress: report });
        } finally {
          await loaded.model.release();
        }
      });
      print(io, evaluation, flags.json, renderEvaluation);
    });
}

/** @throws naming the file and the line of a row that is not {code, label} */
export function parseRows(text: string, file: string): (LabelledCode & { line: number })[] {
  const rows: (LabelledCode & { line: number })[] = [];
  for (const [i, json] of text.split(/\r?\n/).entries()) {
    if (json.trim() === '') continue;
    const where = `${file}, line ${i + 1}`;
    let row: unknown;
    try {
      row = parseJson(json);
    } catch (error) {
      throw new Error(`${where} ${(error as Error).message}. Each line must be {"code": …, "label": …}.`, { cause: error });
    }
    const { code, label, source, id } = (typeof row === 'object' && row !== null ? row : {}) as Record<string, unknown>;
    if (typeof code !== 'string') throw new Error(`${where} has no "code" that is a text. Each line must be {"code": …, "label": …}.`);
    if (typeof label !== 'string' && label !== null) throw new Error(`${where} has no "label" that is a text. Each line must be {"code": …, "label": …}.`);
    if (code.trim() === '') throw new Error(`${where}: the code is empty.`);
    for (const [name, value] of Object.entries({ source, id })) {
      if (value !== undefined && typeof value !== 'string') throw new Error(`${where}: "${name}" is no text.`);
    }
    rows.push({
      code,
      label: label ?? '',
      line: i + 1,
      ...(source !== undefined && { source: source as string }),
      ...(id !== undefined && { id: id as string }),
    });
  }
  if (rows.length === 0) throw new Error(`${file} holds no rows. Each line must be {"code": …, "label": …}.`);
  return rows;
}
