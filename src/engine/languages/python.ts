/** Python: what is written, what a run shows where programs are run, and edits by its own scopes, whose syntax is verified. */
import { annotationsOf } from '../../snippets/python-types/annotations';
import { keptPythonEdits, keptTogether } from '../../snippets/python-types/edits';
import { typesSeen } from '../../snippets/python-types/seen';
import { narrowed } from '../../snippets/context/narrow';
import { neededLines, topStatements, type LineRange, type Statement } from '../../snippets/context/needs';
import { MAX_CODE_LENGTH, sharedParser } from '../../snippets/syntax/parse';
import { childOf, lineStartsOf, namedChildren, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';
import type { Labeller } from '../../snippets/twins/variants';
import type { TypeSite } from '../../snippets/judge/judge';
import { keptEdits, readOf } from './own-edit';
import type { Language } from './language';

/** Edits that are made if nobody says how many; the model reads each. */
const MOST_EDITS = 80;
const ANY: readonly string[] = ['Any', 'object', 'typing.Any'];

/** @param label runs programs; without it nothing is run */
export const python = (label?: Labeller): Language => ({
  name: 'Python',
  sites: async (text) => sitesOf((await sharedParser()).parse(text)),
  knowledge: {
    async needs(text, { start, end }) {
      if (text.length > MAX_CODE_LENGTH) return { readings: [], types: [] };
      const tree = (await sharedParser()).parse(`${text.slice(0, start)}object${text.slice(end)}`); // lines are the same
      const starts = lineStartsOf(text);
      const line = tree.line(start);
      const ranges = (lines: readonly LineRange[]) =>
        lines.map(({ first, last }) => ({ start: starts[first - 1], end: (starts[last] ?? text.length + 1) - 1 }));
      const own = topStatements(tree).find(({ first, last }) => first <= line && line <= last) ?? { first: line, last: line };
      const classes = topStatements(tree).flatMap((one) => classHead(tree, one) ?? []);
      const parts = [...narrowed(tree, own, start)].map(({ lines }) => lines);
      return { readings: [...neededLines(tree, own), ...parts].map(ranges), types: ranges(classes) };
    },
    async truth({ text, place }) {
      const written = text.slice(place!.start, place!.end).trim();
      const seen = label ? await typesSeen(await sharedParser(), { text, hole: place! }, label) : undefined;
      const said = { message: null, line: null };
      if (written !== '') return { label: written, ...said, by: 'the code', note: [seenWords(seen), NOT_CHECKED].filter(Boolean).join(' ') };
      return seen?.length ? { label: seen.join(' | '), ...said, by: 'a run of the program', note: NOT_CHECKED } : null;
    },
    async edits(program, _, most = MOST_EDITS) {
      const asked = { text: program.text, hole: program.place!, within: readOf(program) };
      const parser = await sharedParser();
      return keptEdits(program, await keptPythonEdits(parser, { ...asked, most }), (_edits, parts) => keptTogether(parser, asked, parts));
    },
    async verdicts({ text, place }, truth, answers) {
      const parser = await sharedParser();
      const broken = (type: string) => parser.parse(text.slice(0, place!.start) + type + text.slice(place!.end)).errorCount;
      const before = truth === null ? broken('object') : broken(truth);
      const plain = (type: string) => type.replace(/\s+/g, '');
      return answers.map((answer) => ({
        parses: broken(answer) <= before,
        exact: truth === null ? null : plain(answer) === plain(truth),
        // No checker of Python runs here.
        equivalent: truth !== null && plain(answer) === plain(truth) ? true : null,
        overGeneral: truth !== null && ANY.includes(answer) && !ANY.includes(truth) ? true : null,
        checks: null, error: null,
      }));
    },
  },
});

const NOT_CHECKED = 'Whether the program checks with another type is not known, as no checker of Python runs here.';

/** What a run shows, as a sentence; empty where nothing was run. */
function seenWords(seen: string[] | null | undefined): string {
  if (seen === undefined) return '';
  if (seen === null) return 'Which types a run of the program shows there could not be told.';
  if (seen.length === 0) return 'A run of the program does not come by there.';
  return `A run of the program shows ${seen.map((type) => `\`${type}\``).join(', ')} there.`;
}


/** The lines of a class that are before its first method; null of another statement. */
function classHead(tree: SyntaxTree, { node, first, last }: Statement): LineRange | null {
  const own = node.type === 'decorated_definition' ? childOf(node, 'definition')! : node;
  if (own.type !== 'class_definition') return null;
  const method = namedChildren(childOf(own, 'body')!).find(({ type }) => /^(?:function|decorated)_definition$/.test(type));
  return { first, last: method ? Math.max(tree.line(own.start), tree.line(method.start) - 1) : last };
}

function sitesOf(tree: SyntaxTree): TypeSite[] {
  const written = annotationsOf(tree).flatMap(({ site, type, named, name, written: text, removal }): TypeSite[] => {
    const nameRange = named ? rangeOf(named) : { start: type.start, end: type.start };
    const declaration = rangeOf(type.parent!);
    return [{ site, name, nameRange, written: text, hole: rangeOf(type), changes: [], removal, declaration }];
  });
  const bare = tree.ofType('function_definition').flatMap((node): TypeSite[] => {
    const name = childOf(node, 'name');
    const parameters = childOf(node, 'parameters');
    if (!name || !parameters) return [];
    const own = namedChildren(parameters).flatMap((parameter, i): TypeSite[] => {
      const at = parameter.type === 'default_parameter' ? childOf(parameter, 'name') : parameter;
      if (at?.type !== 'identifier' || (i === 0 && /^(?:self|cls)$/.test(tree.text(at)))) return [];
      return [bareSite('parameter', tree, at, at.end, ': ', parameter)];
    });
    const returns = childOf(node, 'return_type') ? [] : [bareSite('return', tree, name, parameters.end, ' -> ', node)];
    return [...own, ...returns];
  });
  return [...written, ...bare].sort((a, b) => a.hole.start - b.hole.start);
}

function bareSite(
  site: TypeSite['site'], tree: SyntaxTree, name: SyntaxNode, end: number, sign: string, declared: SyntaxNode,
): TypeSite {
  const hole = { start: end + sign.length, end: end + sign.length };
  const changes = [{ start: end, end, replacement: sign }];
  const [nameRange, declaration] = [rangeOf(name), rangeOf(declared)];
  return { site, name: tree.text(name), nameRange, written: null, hole, changes, removal: null, declaration };
}

const rangeOf = ({ start, end }: { start: number; end: number }) => ({ start, end });
