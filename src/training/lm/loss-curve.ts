/** The training log as a picture: losses against the left axis, validation accuracy against the right one. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { niceTicks } from '../ticks';
import type { LogEntry } from './log';

const SIZE = { width: 860, height: 420 };
const PLOT = { left: 62, right: 800, top: 48, bottom: 366 };
/** Readable on white and on a dark page. */
const GREY = '#7b8794';

interface Series {
  name: string;
  colour: string;
  dash: string;
  points: { step: number; value: number }[];
}

/** Reads log.jsonl of a work folder and writes loss-curve.svg beside it. Returns the picture's path. */
export async function writeLossCurve(folder: string): Promise<string> {
  const file = path.join(folder, 'loss-curve.svg');
  await writeFile(file, lossCurveSvg(readLog(await readFile(path.join(folder, 'log.jsonl'), 'utf8'))));
  return file;
}

/** The entries of a log. Training that went on from a checkpoint repeats steps: the later entries count. */
export function readLog(text: string): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const line of text.split('\n')) {
    if (!/^\{.*\}$/.test(line)) continue; // empty, or cut off when training was killed
    const entry = JSON.parse(line) as LogEntry;
    while (entries.length > 0 && entries.at(-1)!.step >= entry.step) entries.pop();
    entries.push(entry);
  }
  return entries;
}

/** An SVG without a background; entries may come in any number, and lines break where a value is missing or not finite. */
export function lossCurveSvg(entries: readonly LogEntry[]): string {
  const series = (name: string, colour: string, dash: string, value: (entry: LogEntry) => number | undefined): Series => ({
    name,
    colour,
    dash,
    points: entries.flatMap((entry) => {
      const y = value(entry);
      return typeof y === 'number' && Number.isFinite(y) ? [{ step: entry.step, value: y }] : [];
    }),
  });
  const losses = [
    series('answer loss', '#2f81d6', '', ({ labelLoss }) => labelLoss),
    series('code loss', '#9a6bd1', '6 3', ({ codeLoss }) => codeLoss),
    series('validation answer loss', '#2f81d6', '2 3', ({ validationLoss }) => validationLoss),
  ];
  const accuracy = series('validation accuracy', '#d9822b', '', ({ validationAccuracy }) => validationAccuracy);
  const steps = niceTicks(Math.max(1, ...entries.map(({ step }) => step)), 8);
  const loss = niceTicks(Math.max(0.1, ...losses.flatMap(({ points }) => points.map(({ value }) => value))), 6);
  const x = (step: number) => PLOT.left + ((PLOT.right - PLOT.left) * step) / steps.at(-1)!;
  const y = (value: number, top: number) => PLOT.bottom - ((PLOT.bottom - PLOT.top) * value) / top;
  const lossY = (value: number) => y(value, loss.at(-1)!);
  const accuracyY = (value: number) => y(value, 1);
  const all = [...losses.map((one) => ({ ...one, y: lossY })), { ...accuracy, y: accuracyY }];
  const shown = all.filter(({ points }) => points.length > 0);

  const parts = [
    ...loss.map((tick) => `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${round(lossY(tick))}" y2="${round(lossY(tick))}" stroke="${GREY}" stroke-opacity="0.25"/>`),
    ...loss.map((tick) => label(PLOT.left - 8, lossY(tick) + 4, number(tick), 'end')),
    ...steps.map((tick) => label(x(tick), PLOT.bottom + 18, tick.toLocaleString('en-US'), 'middle')),
    ...(accuracy.points.length > 0 ? [0, 0.25, 0.5, 0.75, 1].map((tick) => label(PLOT.right + 8, accuracyY(tick) + 4, `${100 * tick} %`, 'start')) : []),
    `<path d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}" stroke="${GREY}" fill="none"/>`,
    label((PLOT.left + PLOT.right) / 2, PLOT.bottom + 42, 'training step', 'middle'),
    `<text transform="translate(16 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)" text-anchor="middle">cross-entropy (nats per token)</text>`,
    ...shown.map((one) => curve(one, x, one.y)),
    ...legend(shown),
  ];
  if (entries.length === 0) parts.push(label((PLOT.left + PLOT.right) / 2, 200, 'no steps logged yet', 'middle'));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="${GREY}">\n` +
    `<title>Training: losses and validation accuracy by step</title>\n${parts.join('\n')}\n</svg>\n`
  );
}

function curve({ name, colour, dash, points }: Series, x: (step: number) => number, y: (value: number) => number): string {
  const dots = points.length <= 60 && name.startsWith('validation');
  const at = points.map(({ step, value }) => [round(x(step)), round(y(value))]);
  const line = `<polyline points="${at.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="1.8" stroke-linejoin="round"${dash && ` stroke-dasharray="${dash}"`}/>`;
  return dots ? [line, ...at.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="2.5" fill="${colour}"/>`)].join('\n') : line;
}

/** One entry for each curve, with its last value. */
function legend(series: readonly Series[]): string[] {
  let next = PLOT.left;
  return series.map(({ name, colour, dash, points }) => {
    const left = next;
    next += 92 + 6 * name.length;
    const last = points.at(-1)!.value;
    const value = name.endsWith('accuracy') ? `${(100 * last).toFixed(1)} %` : last.toFixed(3);
    const stroke = `<line x1="${left}" x2="${left + 22}" y1="20" y2="20" stroke="${colour}" stroke-width="2.5"${dash && ` stroke-dasharray="${dash}"`}/>`;
    return `${stroke}${label(left + 28, 24, `${name} ${value}`, 'start')}`;
  });
}

function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${text}</text>`;
}

const round = (value: number) => Number(value.toFixed(1));
const number = (value: number) => String(Number(value.toPrecision(3)));
