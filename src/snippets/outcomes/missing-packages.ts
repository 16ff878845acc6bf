/** Imports of packages that exist, but not in the sandbox: what Python does there with them says nothing. */
import { KNOWN_PACKAGES } from './known-packages';
import type { Outcome } from '../sandbox/sandbox';
import { ancestor, childOf, type SyntaxTree } from '../syntax/syntax';

const NOT_FOUND = /^No module named '([^'.]+)/;
const REFUSED_TO_COMPILE = ['SyntaxError', 'IndentationError', 'TabError'];

/** Whether the code may import such a package. */
export function mayNeedPackage(code: string): boolean {
  return [...code.matchAll(/\b(?:import|from)[ \t]+(\w+)/g)].some(([, name]) => KNOWN_PACKAGES.has(name));
}

/**
 * The outcome, or that it could not be judged: where a package of others was not found, or one that the code can do without (`try: import
 * numpy`) was looked for before. A module that is in the user's own folders counts as such a package.
 * @param isOwn whether the user has a module of this name
 */
export function withPackages(outcome: Outcome, tree: () => SyntaxTree, isOwn: (name: string) => boolean): Outcome {
  const { label, message, line } = outcome;
  const name = label === 'ModuleNotFoundError' ? NOT_FOUND.exec(message ?? '')?.[1] : undefined;
  if (name !== undefined) {
    if (isOwn(name)) return unjudged(outcome, `\`${name}\` is a file or folder of yours, which the sandbox has not.`);
    if (KNOWN_PACKAGES.has(name)) return unjudged(outcome, `The package \`${name}\` is not in the sandbox.`);
    return { ...outcome, note: `No package \`${name}\` is known to Latent Lens; if it is one of yours, the sandbox only does not have it.` };
  }
  if (REFUSED_TO_COMPILE.includes(label) || !mayNeedPackage(tree().code)) return outcome;
  const optional = importsRun(tree()).find((one) => KNOWN_PACKAGES.has(one.name) && (line === null || one.line < line));
  return optional ? unjudged(outcome, `The program tries the package \`${optional.name}\`, which is not in the sandbox.`) : outcome;
}

const unjudged = ({ python }: Outcome, message: string): Outcome => ({ label: 'not contained', message, line: null, python });

/** The imports in no function. */
function importsRun(tree: SyntaxTree): { name: string; line: number }[] {
  return tree.ofType('import_statement', 'import_from_statement').flatMap((node) => {
    if (ancestor(node, 'function_definition', 'lambda')) return [];
    const from = childOf(node, 'module_name');
    const modules = from ? [from] : node.children.filter(({ field }) => field === 'name');
    return modules.map((module) => ({ name: /^\w*/.exec(tree.text(module))![0], line: tree.line(node.start) }));
  });
}
