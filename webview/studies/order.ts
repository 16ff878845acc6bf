/** Which rows of a study's table are seen, and in which order. */
import type { StudyTable, TableColumn } from '../../src/protocol/studies/desk';

export interface Sort {
  column: TableColumn;
  descending: boolean;
}

export interface Filter {
  /** In any column, in any case. */
  text: string;
  /** Rows with these values, by column; a column that is left out may have any. */
  only: Readonly<Partial<Record<TableColumn, string>>>;
}

export type Cell = string | number | boolean | null;

/** Of a table: texts are made once, as they are searched with every key. */
export class RowOrder {
  private readonly texts: string[];

  constructor(private readonly table: StudyTable) {
    const columns = Object.values(table.columns);
    this.texts = table.keys.map((_, row) => columns.map((column) => String(column[row] ?? '')).join('\n').toLowerCase());
  }

  /** Indices of rows; equal ones stay in the order of the table. */
  rows({ text, only }: Filter, sort: Sort | null): Uint32Array {
    const wanted = text.trim().toLowerCase();
    const wants = Object.entries(only).map(([name, value]) => ({ column: this.table.columns[name as TableColumn], value }));
    const kept: number[] = [];
    for (let row = 0; row < this.texts.length; row++) {
      if (wants.every(({ column, value }) => String(column?.[row] ?? '') === value) && (wanted === '' || this.texts[row].includes(wanted))) kept.push(row);
    }
    const column = sort && this.table.columns[sort.column];
    if (column) kept.sort((a, b) => compare(column[a], column[b], sort.descending) || a - b);
    return Uint32Array.from(kept);
  }

  /** The values of a column, the most frequent first. */
  values(name: TableColumn): string[] {
    const counts = new Map<string, number>();
    for (const value of this.table.columns[name] ?? []) {
      const text = String(value ?? '');
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([value]) => value);
  }
}

const collator = new Intl.Collator('en', { numeric: true });

/** What is not there comes last either way. */
function compare(a: Cell, b: Cell, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'string' ? collator.compare(a, String(b)) : Number(a) - Number(b);
  return descending ? -order : order;
}
