/** Figures of head scores: heads by the score that is chosen, and of each score the best head. */
import type { Part } from '../../protocol/analyses';
import type { Result } from '../../protocol/documents/result';
import { TOKEN_PAIRS } from '../../vocabulary/token-pairs';
import type { Figure, GridFigure, Row, TableFigure } from '../kinds/figure';
import { changeOfShares, gridOfHeads, points } from './patterns';
import { percent } from '../kinds/text';

type HeadScores = Part<'headScores'>;
type Score = HeadScores['scores'][number];

export function headScoresFigures(result: Result, part: HeadScores): Figure[] {
  const asked: string | undefined = result.parts.headScores?.params.score;
  const chosen = part.scores.find(({ kind }) => kind === asked) ?? part.scores.at(0);
  return [...(chosen ? [grid(chosen)] : []), table(part, result.reading.tokens.length)];
}

/** Layers against heads; a layer that sees no pair has nothing to show. */
function grid({ kind, tokens, rows, uniform, score, random }: Score): GridFigure {
  const values = score.map((row, layer) => row.map((value) => (rows[layer] === 0 ? null : value)));
  return {
    kind: 'grid',
    name: 'head-scores',
    title: `Heads that read ${TOKEN_PAIRS[kind]}`,
    about: tokens === 0
      ? 'No token here has such a pair.'
      : `The share of a head’s attention that goes there, on average over the ${tokens} tokens that have such a pair, less what spreading it evenly over all that the token sees would give.`,
    grid: gridOfHeads(values, changeOfShares('share beyond an even reading')),
    describe: (layer, head) => ({
      title: `head ${layer}.${head}`,
      lines: values[layer][head] === null
        ? [['tokens with a pair that the layer sees', 'none']]
        : [
            ['of its attention', percent(score[layer][head] + uniform[layer])],
            ['spread evenly', percent(uniform[layer])],
            ['score', points(score[layer][head])],
            ['score of random pairs', points(random[layer][head])],
            ['tokens', String(rows[layer])],
          ],
    }),
    rows: () => score.flatMap((row, layer) => row.map((value, head): Row => ({
      kind, layer, head, score: rows[layer] === 0 ? null : value, uniform: uniform[layer], random: random[layer][head], tokens: rows[layer],
    }))),
  };
}

function table({ scores }: HeadScores, size: number): TableFigure {
  const lines = scores.map(({ kind, tokens, rows, uniform, score, random }) => {
    const heads = score.flatMap((row, layer) => (rows[layer] === 0 ? [] : row.map((value, head) => ({ layer, head, value }))));
    const best = heads.length === 0 ? null : heads.reduce((a, b) => (b.value > a.value ? b : a));
    return { kind, tokens, uniform, random, best };
  });
  return {
    kind: 'table',
    name: 'head-scores-best',
    title: 'The best head of each score',
    about: `What is read, how many of the ${size} tokens have such a pair (the others are left out), and the head that reads it most beyond an even reading.`,
    columns: [{ title: 'What is read' }, { title: 'Tokens', right: true }, { title: 'Head' }, { title: 'Share', right: true }, { title: 'Even', right: true }, { title: 'Score', right: true }, { title: 'Random', right: true }],
    cells: lines.map(({ kind, tokens, uniform, random, best }) => [
      TOKEN_PAIRS[kind], String(tokens), ...(best
        ? [`${best.layer}.${best.head}`, percent(best.value + uniform[best.layer]), percent(uniform[best.layer]), points(best.value), points(random[best.layer][best.head])]
        : ['–', '–', '–', '–', '–']),
    ]),
    rows: () => scores.flatMap(({ kind, rows, uniform, score, random }) => score.flatMap((row, layer) => row.map((value, head): Row => ({
      kind, layer, head, score: rows[layer] === 0 ? null : value, uniform: uniform[layer], random: random[layer][head], tokens: rows[layer],
    })))),
  };
}
