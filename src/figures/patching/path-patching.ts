/** Figures of path patching. */
import type { Part } from '../../protocol/analyses';
import { componentWords } from '../../protocol/analyses/components';
import type { PathSender } from '../../protocol/analyses/path-patching';
import { readersWords } from '../../protocol/reading/nodes';
import type { Result } from '../../protocol/documents/result';
import type { Figure, Row, TableFigure } from '../kinds/figure';
import { changeOf, changeScale } from './patching';
import { decimal, plain, sentence } from '../kinds/text';
import { writerFigure, writerGrid, type WriterCell } from '../kinds/writers';

type PathPatching = Part<'pathPatching'>;
type Cell = PathSender & WriterCell;

export function pathPatchingFigures({ pair }: Result, part: PathPatching): Figure[] {
  if (!pair) return [];
  const { receivers, through, direction, metric: { positive, negative }, clean, corrupted, senders } = part;
  const cells = senders.filter((sender): sender is Cell => sender.kind !== 'embed' && sender.layer !== null);
  const made = writerGrid(cells, (cell) => moved(part, cell), (values) => changeScale(direction, part.all.effect !== null, values));
  const to = readersWords(receivers);
  const way = through === 'mlps' ? 'directly and through the MLPs between' : 'directly';
  const about =
    `How much of logit(${plain(positive)}) − logit(${plain(negative)}), ` +
    `${decimal(clean)} in the original and ${decimal(corrupted)} in the variant, ` +
    `each ${direction === 'denoising' ? 'restores' : 'removes'} by what it says to ${to} ${way}; “all” is all heads of a layer.`;
  const title = `Paths to ${to}`;
  const rows = () => senders.map((sender) => row(part, sender));
  if (!made) return [table(part, rows)];
  const { format, label } = made.grid.scale;
  return [
    writerFigure(made, {
      name: 'path-patching',
      title,
      about,
      rows,
      describe: (cell) => {
        if (!cell) return { title: 'nothing', lines: [['this path', 'none: it does not lie before the receiver']] };
        return {
          title: `${componentWords(cell)} → ${to}`,
          lines: [
            [label, format(moved(part, cell))],
            ...(cell.effect === null ? [] : [['normalised (1 as original, 0 as variant)', decimal(cell.effect, 3)] as [string, string]]),
            ['logit difference after the patch', decimal(cell.logitDifference, 3)],
            ...(cell.changed ? [] : [[receivers.length > 1 ? 'what the receivers read' : 'what the receiver reads', 'the same to the bit'] as [string, string]]),
          ],
        };
      },
    }),
    table(part, rows),
  ];
}

/** How much a path changes the run that it is patched in. */
function moved(part: PathPatching, { effect, logitDifference }: Pick<PathSender, 'effect' | 'logitDifference'>): number | null {
  return changeOf(part, part.all.effect === null ? { raw: logitDifference } : { effect });
}

const MOST = 10;

function table(part: PathPatching, rows: () => Row[]): TableFigure {
  const { senders, together, all, receivers } = part;
  const { names } = together;
  const asked = together.asked && names.length > 0;
  const size = (sender: PathSender) => Math.abs(moved(part, sender) ?? 0);
  const largest = senders.filter(({ kind }) => kind !== 'attn_out').sort((a, b) => size(b) - size(a)).slice(0, MOST);
  const line = (words: string, value: Pick<PathSender, 'effect' | 'logitDifference'>) =>
    [words, decimal(moved(part, value)), decimal(value.logitDifference, 3)];
  return {
    kind: 'table',
    name: 'path-patching-senders',
    title: `What is said to ${readersWords(receivers)}`,
    about: sentence('the senders that move most, then several at once'),
    columns: [
      { title: 'sender' },
      { title: part.all.effect === null ? 'change (logits)' : 'share', right: true },
      { title: 'logit difference', right: true },
    ],
    cells: [
      ...largest.map((sender) => line(componentWords(sender), sender)),
      ...(asked || names.length > 1 ? [line(asked ? `as asked: ${names.join(' + ')}` : `the ${names.length} that move most, together`, together)] : []),
      ...(together.random ? [line('as many at random, on average', together.random)] : []),
      line('all together', all),
    ],
    rows,
  };
}

function row({ receivers, through, direction, clean, corrupted }: PathPatching, sender: PathSender): Row {
  const { name, kind, layer, head, logitDifference, effect, changed } = sender;
  return { receivers: receivers.join(' '), through, direction, sender: name, kind, layer, head, logitDifference, normalized: effect, changed, clean, corrupted };
}
