/** `train data`: programs of the families, labelled in the sandbox, with tables of what came out. */
import { programFamilies } from '../families';
import { sideBySide, startLabellers } from '../labelling/labellers';
import { hashesOf } from '../labelling/program';
import type { Written } from '../written/written';
import { generateShards, type GenerateReport } from './generate';
import { LABELS } from '../labelling/labels';

export interface GenerateProgramsOptions {
  /** Labelled programs in all. */
  count: number;
  /** The seeds and skeletons that the families draw from. */
  written: Written;
  seed?: number | string;
  /** Where the shards go; `.cache/data` under the working directory by default. */
  folder?: string;
  /** JSONL files with a `code` field whose programs must not appear. */
  exclude?: readonly string[];
  /** Words that no program may hold. */
  heldOutWords?: readonly string[];
  shardSize?: number;
  joined?: { share: number; maxTokens: number };
  validation?: number;
  /** Python processes that label side by side. */
  processes?: number;
  /** Only families whose name starts with this. */
  only?: string;
  log?: (line: string) => void;
  signal?: AbortSignal;
}

/** Generates, labels and writes programs; everything is a function of the seed, the families and what is written. */
export async function generatePrograms(options: GenerateProgramsOptions): Promise<GenerateReport> {
  const { count, seed = 1, folder = '.cache/data', exclude = [], only = '', log = console.error } = options;
  const { processes = 2 } = options;
  const sandboxes = await startLabellers(processes);
  try {
    const report = await generateShards({
      families: programFamilies(options.written).filter((family) => family.name.startsWith(only)),
      labeller: sideBySide(sandboxes),
      count,
      written: options.written.sha256,
      seed,
      folder,
      excluded: hashesOf(exclude),
      heldOutWords: options.heldOutWords,
      shardSize: options.shardSize,
      joined: options.joined,
      validation: options.validation,
      signal: options.signal,
      onProgress: (done, total, perSecond) => log(`${done} of ${total} programs, ${Math.round(perSecond)} labelled/s`),
    });
    for (const line of describeReport(report)) log(line);
    return report;
  } finally {
    for (const sandbox of sandboxes) sandbox.close();
  }
}

/** Two tables: programs by label, and programs by family with their most frequent labels. */
export function describeReport(report: GenerateReport): string[] {
  const total = Math.max(1, report.programs);
  const lines = [`${report.programs} programs, ${report.labelled} labelled in ${report.seconds.toFixed(1)} s`];
  const byFamily = new Map<string, Map<string, number>>();
  for (const label of LABELS) {
    const cells = report.table.get(label) ?? new Map<string, number>();
    let count = 0;
    for (const [family, n] of cells) {
      count += n;
      byFamily.set(family, (byFamily.get(family) ?? new Map<string, number>()).set(label, n));
    }
    lines.push(`${label.padEnd(22)}${String(count).padStart(8)}  ${((100 * count) / total).toFixed(1)} %`);
  }
  const sum = (cells: Map<string, number>) => [...cells.values()].reduce((a, b) => a + b, 0);
  for (const [family, cells] of [...byFamily].sort((a, b) => sum(b[1]) - sum(a[1]))) {
    const top = [...cells].sort((a, b) => b[1] - a[1]).slice(0, 5);
    const parts = top.map(([label, n]) => `${label} ${n}`).join(', ');
    lines.push(`${family.padEnd(28)}${String(sum(cells)).padStart(8)}  ${parts}`);
  }
  return lines;
}
