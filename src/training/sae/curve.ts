/** The log of a training of autoencoders as a picture: loss, variance explained, L0 and dead share of every site. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { niceTicks } from '../ticks';
import type { SaeLogEntry } from './log';

const PANEL = { width: 380, height: 210, left: 58, right: 12, top: 30, bottom: 34 };
const ROW = 18;
/** Readable on white and on a dark page. */
const GREY = '#7b8794';
const COLOURS = ['#2f81d6', '#d9822b', '#3a9a5b', '#9a6bd1', '#c94f6d', '#5b8f9c', '#a08a2c', '#7d6a58'];
const DASHES = ['', '6 3', '2 3', '8 3 2 3'];

interface Panel {
  title: string;
  /** The axis goes at least up to here. */
  least: number;
  value: (entry: SaeLogEntry) => number;
}
const PANELS: Panel[] = [
  { title: 'variance explained (%)', least: 100, value: ({ unexplained }) => 100 * Math.max(0, 1 - unexplained) },
  { title: 'active latents a token (L0)', least: 1, value: ({ active }) => active },
  { title: 'dead latents (%)', least: 1, value: ({ dead }) => 100 * dead },
  { title: 'loss', least: 1e-3, value: ({ loss }) => loss },
];

/** Reads log.jsonl of a work folder and writes sae-curves.svg beside it. Returns the picture's path. */
export async function writeSaeCurves(folder: string): Promise<string> {
  const file = path.join(folder, 'sae-curves.svg');
  await writeFile(file, saeCurvesSvg(readSaeLog(await readFile(path.join(folder, 'log.jsonl'), 'utf8'))));
  return file;
}

/** The entries of a log by site. Training that went on from a checkpoint repeats steps: the later entries count. */
export function readSaeLog(text: string): Map<string, SaeLogEntry[]> {
  const sites = new Map<string, SaeLogEntry[]>();
  for (const line of text.split('\n')) {
    if (!/^\{.*\}$/.test(line)) continue; // empty, or cut off when training was killed
    const entry = JSON.parse(line) as SaeLogEntry;
    const entries = sites.get(entry.site) ?? [];
    while (entries.length > 0 && entries.at(-1)!.step >= entry.step) entries.pop();
    entries.push(entry);
    sites.set(entry.site, entries);
  }
  return sites;
}

/** Layers have colours, the places in a layer dashes. */
export function saeCurvesSvg(sites: Log): string {
  const places = [...new Set([...sites.keys()].map(placeOf))];
  const layers = [...new Set([...sites.keys()].map(layerOf))];
  const style = (site: string) => ({
    colour: COLOURS[layers.indexOf(layerOf(site)) % COLOURS.length],
    dash: DASHES[places.indexOf(placeOf(site)) % DASHES.length],
  });
  const panels = PANELS.map((one, i) => {
    const [x, y] = [(i % 2) * PANEL.width, Math.floor(i / 2) * PANEL.height];
    return `<g transform="translate(${x} ${y})">${panel(one, sites, style)}</g>`;
  });
  const below = 2 * PANEL.height + 14;
  const legend = [...sites.keys()].map((site, i) => {
    const [x, y] = [PANEL.left + (i % 3) * 235, below + Math.floor(i / 3) * ROW];
    const { colour, dash } = style(site);
    const line = `<line x1="${x}" x2="${x + 22}" y1="${y - 4}" y2="${y - 4}" stroke="${colour}" stroke-width="2.5"${dashed(dash)}/>`;
    return `${line}<text x="${x + 28}" y="${y}">${site}</text>`;
  });
  const height = below + Math.ceil(sites.size / 3) * ROW;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * PANEL.width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="11" fill="${GREY}">\n` +
    `<title>Training of sparse autoencoders: variance explained, L0, dead share and loss by tokens</title>\n${[...panels, ...legend].join('\n')}\n</svg>\n`
  );
}

type Style = (site: string) => { colour: string; dash: string };
type Log = ReadonlyMap<string, readonly SaeLogEntry[]>;

function panel({ title, least, value }: Panel, sites: Log, style: Style): string {
  const all = [...sites.values()].flat();
  const finite = all.map(value).filter(Number.isFinite);
  const xs = niceTicks(Math.max(1e-3, ...all.map(({ tokens }) => tokens / 1e6)), 5);
  const ys = niceTicks(Math.max(least, ...finite), 5);
  const x = (tokens: number) => PANEL.left + ((PANEL.width - PANEL.left - PANEL.right) * tokens) / 1e6 / xs.at(-1)!;
  const y = (v: number) => PANEL.height - PANEL.bottom - ((PANEL.height - PANEL.top - PANEL.bottom) * v) / ys.at(-1)!;
  const right = PANEL.width - PANEL.right;
  const curves = [...sites].map(([site, entries]) => {
    const shown = entries.filter((entry) => Number.isFinite(value(entry)));
    const points = shown.map((entry) => `${round(x(entry.tokens))},${round(y(value(entry)))}`);
    const { colour, dash } = style(site);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-linejoin="round"${dashed(dash)}/>`;
  });
  return [
    `<text x="${PANEL.left}" y="16" font-weight="600">${title}</text>`,
    ...ys.map((tick) => `<path d="M${PANEL.left} ${round(y(tick))}H${right}" stroke="${GREY}" stroke-opacity="0.25"/>`),
    ...ys.map((tick) => `<text x="${PANEL.left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${tick}</text>`),
    ...xs.map((tick) => `<text x="${round(x(tick * 1e6))}" y="${PANEL.height - PANEL.bottom + 16}" text-anchor="middle">${tick} M</text>`),
    ...curves,
  ].join('');
}

const layerOf = (site: string) => site.split('.')[1] ?? site;
const placeOf = (site: string) => site.split('.').slice(2).join('.');
const dashed = (dash: string) => dash && ` stroke-dasharray="${dash}"`;
const round = (value: number) => Number(value.toFixed(1));
