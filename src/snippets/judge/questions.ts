/** What answers each question, in the process that holds the compiler. */
import { around } from './around';
import { judged } from './candidates';
import { cutType } from './cut';
import { proposed } from './edits/propose';
import { verified } from './edits/verify';
import { holeType } from './hole';
import { relativeImports } from './imports';
import type { Asked, Item, QuestionName } from './messages';
import { sitesOf } from './sites';

/** Gives the items one after another, and says when what all of them need is known. */
type Answering = { [N in QuestionName]: (asked: Asked<N>, ready: () => void) => Iterable<Item<N>> };

const ANSWERING: Answering = {
  hole: (asked) => [holeType(asked)],
  candidates: judged,
  sites: ({ language, text }) => [sitesOf(language, text)],
  around: ({ language, text, offset }) => [around(language, text, offset)],
  propose: proposed,
  verify: verified,
  *imports({ texts }) {
    for (const text of texts) yield { specifiers: relativeImports(text) };
  },
  *cut({ texts, site }) {
    for (const text of texts) yield { type: cutType(text, site) };
  },
};

export function answer<N extends QuestionName>(name: N, asked: Asked<N>, ready: () => void = () => undefined): Iterable<Item<N>> {
  return (ANSWERING[name] as Answering[N])(asked, ready);
}
