/** What the hover says about a token in attention mode, as Markdown: a short table of what it reads and who reads it. */
import type { ReadsTable, Seen } from './reads';
import { codeSpan, escaped } from '../ui/markdown';
import { shareText } from '../ui/units';
import type { PromptToken } from '../../protocol/reading/reading';

/** Rows of the table. */
const MOST = 5;

const COUNTS = { plain: 'share of the attention', norm: 'share × ‖v W_O‖', signed: 'logits' } as const;

/** @param placeOf LINE:COLUMN of a token of the explained code; null of the question around it */
export function attentionHover(
  table: ReadsTable,
  tokens: readonly PromptToken[],
  position: number,
  placeOf: (position: number) => string | null,
): string {
  const { reads, readBy, sink, itself, rest } = table.of(position);
  const name = (at: number) => `${codeSpan(JSON.stringify(tokens[at].text))} ${placeOf(at) ?? `question, token ${at}`}`;
  const value = (one: number) => (table.weigh === 'plain' ? shareText(one) : one.toFixed(3).replace('-', '−'));
  const cell = (list: readonly Seen[], i: number) => (i < list.length ? `${name(list[i].at)} | ${value(list[i].value)}` : ' | ');
  const rows = Array.from({ length: Math.min(MOST, Math.max(reads.length, readBy.length)) }, (_, i) => `| ${cell(reads, i)} | ${cell(readBy, i)} |`);
  const counted = table.metric === null ? COUNTS[table.weigh] : `logits added to ${table.metric}`;
  const more = (list: readonly Seen[]) => (list.length > MOST ? ` (${MOST} of ${list.length})` : '');
  const head = `| Reads${more(reads)} | | &nbsp; Is read by${more(readBy)} | |\n|:--|--:|:--|--:|`;
  const shares = [
    ...(position === 0 ? [] : [`Not shown: the first token of all, where heads rest, gets ${shareText(sink)}`]),
    `${position === 0 ? 'Not shown: the' : 'the'} token itself ${shareText(itself)}`,
    `smaller shares than a head’s eight largest ${shareText(rest)}`,
  ];
  return [
    `**Attention** of ${name(position)}, ${ofHeads(table)}: ${escaped(counted)}`,
    rows.length > 0 ? [head, ...rows].join('\n') : 'It reads nothing that is kept but itself and the first token, and nothing that is kept reads it.',
    escaped(`${shares.join(', ')}.`),
  ].join('\n\n');
}

export function ofHeads({ head, heads }: Pick<ReadsTable, 'head' | 'heads'>): string {
  return head ? `head ${head.layer}.${head.head}` : `mean of all ${heads} heads`;
}
