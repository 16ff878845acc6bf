/**
 * Which variant the programs of examples/ and of further folders are compared with, why, and after how long, as a Markdown table.
 * Times are of a warm engine, one program after the other: until the variant is known, and until all is done.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { analyse } from '../src/engine/analyses/analyse';
import { loadModel } from '../src/engine/session/load';
import { Reading } from '../src/engine/analyses/reading';
import { Session } from '../src/engine/analyses/session';
import { paramsOf } from '../src/protocol/analyses';
import { explanationOf } from '../src/protocol/documents/explanation';
import { PythonSandbox } from '../src/snippets/sandbox/sandbox';
import { PYTHON_ERROR_TYPE } from '../src/snippets/prompts/templates';
import { note } from './timing';

/** @param folders of programs, beside examples/ */
export async function benchVariants(folders: readonly string[]): Promise<string> {
  const session = new Session(await loadModel('', { onProgress: (stage) => note(stage) }));
  const python = await PythonSandbox.start();
  try {
    const files = (await Promise.all(['examples', ...folders].map(programsIn))).flat();
    await measured(session, python, files[0]); // warms up
    const rows: string[] = [];
    for (const file of files) {
      note(file);
      rows.push(await measured(session, python, file));
    }
    const heads = ['program', 'model', 'Python', 'compared variant', 'why this one', 'model of it', 'programs run', 'variant after', 'all after'];
    return [row(heads), `|${heads.map(() => '---').join('|')}|`, ...rows].join('\n');
  } finally {
    python.close();
    await session.close();
  }
}

async function programsIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.py')).sort().map((name) => path.join(folder, name));
}

async function measured(session: Session, python: PythonSandbox, file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const begun = performance.now();
  const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  let programs = 0;
  let known = '–';
  const label = (codes: string[]) => {
    programs += codes.length;
    return python.runMany(codes);
  };
  const onPartial = (_: unknown, { stage, done }: { stage: string; done?: number }) => {
    if (stage === 'Patching' && done === undefined) known = seconds();
  };
  const wanted = { prediction: paramsOf('prediction'), lens: paramsOf('lens'), patching: paramsOf('patching') };
  const name = path.basename(file, '.py');
  try {
    const reading = await Reading.open(session, PYTHON_ERROR_TYPE, { file, text }, { label });
    const { prediction, actual, counterfactual } = explanationOf(await analyse(reading, wanted, { onPartial }));
    const right = actual?.label === prediction.label ? '✓' : '✗';
    const variant = counterfactual
      ? [counterfactual.description, counterfactual.relation ?? '', answer(counterfactual.prediction, prediction.label)]
      : ['none', '', ''];
    return row([name, `${answer(prediction)} ${right}`, `${actual?.label}${actual?.line ? `, line ${actual.line}` : ''}`, ...variant, String(programs), known, seconds()]);
  } catch (error) {
    return row([name, (error as Error).message, '', '', '', '', '', '', '']);
  }
}

function answer({ label, answers }: { label: string; answers: readonly { label: string; probability: number }[] }, asked?: string): string {
  const share = (wanted: string) => `${Math.round(100 * (answers.find((one) => one.label === wanted)?.probability ?? 0))} %`;
  return `${label} ${share(label)}${asked !== undefined && asked !== label ? ` (${asked} ${share(asked)})` : ''}`;
}

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
