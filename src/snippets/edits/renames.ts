import type { Occurrence } from '../syntax/occurrences';
import { namesOf } from '../syntax/occurrences';
import type { EditFamily, Proposal } from './types';
import { brief, freshNames, misspellings, wordsOf } from './words';

const ROLES = { variable: 'assignment', parameter: 'parameter', function: 'definition', class: 'definition' } as const;

/** Renames one use (or one binding) of a name, so that it no longer fits the others. */
export const renamedUses: EditFamily = {
  kinds: ['rename-use'],
  *propose(tree): Iterable<Proposal> {
    const taken = wordsOf(tree.code);
    const { occurrences } = namesOf(tree);
    const places: { name: string; occurrence: Occurrence }[] = [];
    for (const [name, list] of occurrences) for (const occurrence of list) places.push({ name, occurrence });
    places.sort((a, b) => a.occurrence.node.start - b.occurrence.node.start);
    const uses = places.filter(({ occurrence }) => !occurrence.binds);
    const bindings = places.filter(({ name, occurrence }) => occurrence.binds && occurrences.get(name)!.length > 1);
    const choices = new Map<string, string[]>();
    for (const [name, list] of occurrences) {
      const slips = misspellings(name, taken);
      const role = list.some(({ node }) => node.field === 'function') ? 'function' : 'variable';
      choices.set(name, [...slips.slice(0, 1), ...freshNames(name, role, taken).slice(0, 1), ...slips.slice(1, 2)]);
    }
    for (let round = 0; round < 3; round++) {
      for (const { name, occurrence } of [...uses, ...bindings]) {
        const replacement = choices.get(name)![round];
        if (replacement === undefined) continue;
        const { node, binds } = occurrence;
        const place = `the ${binds ? ROLES[binds] : 'use'} on line ${tree.line(node.start)}`;
        yield {
          kind: 'rename-use',
          description: `renamed ${brief(name)} to ${brief(replacement)} in one place, ${place}`,
          changes: [{ start: node.start, end: node.end, replacement }],
        };
      }
    }
  },
};

/** Renames a variable, function or class everywhere: a control, after which the program must do the same. */
export const renamedEverywhere: EditFamily = {
  kinds: ['rename-all'],
  *propose(tree): Iterable<Proposal> {
    const taken = wordsOf(tree.code);
    const { occurrences, fixed } = namesOf(tree);
    const names = [...occurrences].filter(([name, list]) => !fixed.has(name) && list.some(({ binds }) => binds));
    for (let round = 0; round < 2; round++) {
      for (const [name, list] of names) {
        const binds = list.map((occurrence) => occurrence.binds);
        const role = binds.includes('class') ? 'class' : binds.includes('function') ? 'function' : 'variable';
        const replacement = freshNames(name, role, taken)[round];
        if (replacement === undefined) continue;
        const line = tree.line(list[0].node.start);
        const places = list.length === 1 ? 'its only place' : `all ${list.length} places`;
        yield {
          kind: 'rename-all',
          description: `renamed ${brief(name)} to ${replacement} in ${places}, from line ${line} on`,
          changes: list.map(({ node }) => ({ start: node.start, end: node.end, replacement })),
        };
      }
    }
  },
};
