/** Generated TypeScript: its skeletons, and types of a program's own. */
import type { Random } from '../../random';
import { USER_NAMES } from '../vocabulary';
import { HOLE, type Dialect, type Skeleton, type UserType } from './program';
import { BASIC, FIELDS, HELPERS, OTHER_VALUES } from './typescript-values';
import { FUNCTIONS, NEUTRAL, type Value } from './value';

/** Two or three types of the program's own, which differ in their members. */
function userTypes(random: Random): UserType[] {
  const names = random.sample(USER_NAMES, random.int(2, 3));
  const free = new Map(FIELDS.map(({ type, names: all }) => [type, random.shuffle(all)]));
  return names.map((type) => {
    const fields = Array.from({ length: random.int(1, 3) }, () => {
      const field = random.pick(FIELDS.filter((one) => free.get(one.type)!.length > 0));
      return { ...field, name: free.get(field.type)!.pop()! };
    });
    const lower = type[0].toLowerCase() + type.slice(1);
    const literal = `{ ${fields.map((field) => `${field.name}: ${LITERALS[field.type]}`).join(', ')} }`;
    const style = random.pick(['interface', 'type', 'class']);
    const end = random.pick([';', ';', ',']);
    const members = fields.map((field) => `  ${field.name}: ${field.type}${style === 'class' ? ` = ${LITERALS[field.type]};` : end}`).join('\n');
    const method = random.pick(FUNCTIONS) + type;
    const declaration =
      style === 'class' ? `class ${type} {\n${members}\n\n  ${method}(): number {\n    return ${random.int(1, 9)};\n  }\n}`
      : style === 'type' ? `type ${type} = {\n${members}\n};` : `interface ${type} {\n${members}\n}`;
    const uses = fields.flatMap((field) => [field.use.replace(/\bv\b/, `v.${field.name}`), `v.${field.name}`]);
    return {
      type, kind: 'declared' as const, declaration, names: [lower, lower, `the${type}`, `new${type}`],
      uses: style === 'class' ? [...uses, `v.${method}()`] : uses,
      literals: style === 'class' ? [`new ${type}()`] : [literal],
    };
  });
}

const LITERALS: Readonly<Record<string, string>> = { string: "'a'", number: '1', boolean: 'true', 'string[]': "['a']", Date: 'new Date()' };

const put = (use: string, name: string) => use.replace(/(?<![\w.'"])v(?![\w'"])/g, name);
const fn = (random: Random) => random.pick(FUNCTIONS);
/** Another parameter with a type that the use does not depend on. */
function other(random: Random, not: string): string {
  const { type, names } = random.pick(BASIC);
  const name = random.pick([...names, ...NEUTRAL].filter((one) => one !== not));
  return `${name}«: ${type}»`;
}
function parameters(random: Random, name: string): string {
  const own = `${name}: ${HOLE}`;
  return random.pick([own, own, `${own}, ${other(random, name)}`, `${other(random, name)}, ${own}`]);
}
const before = (random: Random) =>
  random.pick(['', '', '  const step = 3;\n', "  console.log('begin');\n", '  // one after another\n', '  const out: unknown[] = [];\n']);

const skeletons: readonly Skeleton[] = [
  ({ name, random, use }) => ({
    site: 'parameter',
    text: `${random.pick(['', 'export '])}function ${fn(random)}(${parameters(random, name)})«: string» {\n${before(random)}  return String(${put(use, name)});\n}`,
  }),
  ({ name, random, use }) => ({
    site: 'parameter',
    text: `${random.pick(['', 'export '])}function ${fn(random)}(${parameters(random, name)})«: void» {\n${before(random)}  console.log(${put(use, name)});\n}`,
  }),
  ({ name, random, use }) => ({
    site: 'parameter',
    text: `${random.pick(['', 'export '])}const ${fn(random)} = (${parameters(random, name)}) => [${put(use, name)}];`,
  }),
  ({ name, random, use }) => ({
    site: 'parameter',
    text: `${random.pick(['', 'async '])}function ${fn(random)}(${parameters(random, name)}) {\n  const ${random.pick(['result', 'out', 'answer'])} = ${put(use, name)};\n${before(random)}  return true;\n}`,
  }),
  ({ name, random, use }) => ({
    site: 'parameter',
    text: `class ${random.pick(['Base', 'Main', 'Helper', 'Keeper'])} {\n  private calls«: number» = 0;\n\n  ${fn(random)}(${parameters(random, name)})«: number» {\n    console.log(${put(use, name)});\n    return ++this.calls;\n  }\n}`,
  }),
  ({ value, name, random }) => {
    const [inner, outer] = random.sample(FUNCTIONS, 2);
    const x = random.pick(['one', 'that', 'item', 'value']);
    return { site: 'parameter', text: `function ${inner}(${x}: ${value.type}) {\n  return [${x}];\n}\n\nfunction ${outer}(${parameters(random, name)}) {\n${before(random)}  return ${inner}(${name});\n}` };
  },
  ({ name, random, literal }) => {
    const f = fn(random);
    return { site: 'parameter', text: `function ${f}(${name}: ${HOLE}) {\n${before(random)}  return [${name}];\n}\n\n${f}(${literal});` };
  },
  ({ value, name, random }) => {
    const kept = random.pick(['last', 'kept', 'current']) + random.int(1, 9);
    return { site: 'parameter', text: `let ${kept}: ${value.type};\n\nfunction ${fn(random)}(${parameters(random, name)})«: void» {\n  ${kept} = ${name};\n}` };
  },
  ({ value, name, random }) => {
    const list = random.pick(['all', 'list', 'rows', 'queue']) + random.pick(['', 'Now', 'Left']);
    const text = `const ${list}: ${listOf(value)} = [];\n\nfunction ${fn(random)}(${parameters(random, name)}) {\n  ${list}.push(${name});\n  return ${list}.length;\n}`;
    return { site: 'parameter', text };
  },
  ({ value, name, random, literal }) => ({
    site: 'return',
    text: `function ${name}(${random.pick(['', other(random, name)])}): ${HOLE} {\n${before(random)}  return ${typed(literal, value)};\n}`,
  }),
  ({ value, name, random }) => {
    const x = random.pick(NEUTRAL.filter((one) => one !== name));
    return { site: 'return', text: `function ${name}(${x}: ${value.type}, ${other(random, x)}): ${HOLE} {\n${before(random)}  return ${x};\n}` };
  },
  ({ value, name, random }) => {
    const field = random.pick(['inner', 'content', 'current', 'payload', 'first']);
    return { site: 'return', text: `interface Holder {\n  ${field}: ${value.type};\n  used: boolean;\n}\n\nfunction ${name}(holder: Holder): ${HOLE} {\n${before(random)}  return holder.${field};\n}` };
  },
  ({ name, random, use }) => {
    const f = fn(random);
    return { site: 'return', text: `function ${name}(): ${HOLE} {\n  throw 0;\n}\n\nfunction ${f}()«: void» {\n  const one = ${name}();\n  console.log(${put(use, 'one')});\n}` };
  },
  ({ value, name, random }) => {
    const f = fn(random);
    return { site: 'variable', text: `declare function ${f}(): ${value.type};\n\nexport const ${name}: ${HOLE} = ${f}();` };
  },
  ({ name, random, use, value, literal }) => ({
    site: 'variable',
    text: `function ${fn(random)}()«: unknown» {\n  let ${name}: ${HOLE} = ${typed(literal, value)};\n  return ${put(use, name)};\n}`,
  }),
  ({ value, name, random }) => ({
    site: 'variable',
    text: `async function ${fn(random)}(pending: Promise<${value.type}>) {\n  const ${name}: ${HOLE} = await pending;\n${before(random)}  return [${name}];\n}`,
  }),
  ({ name, random, use }) => ({
    site: 'property',
    text: `interface Options {\n  ${name}: ${HOLE};\n  ${random.pick(['retries', 'mode', 'scale'])}: number;\n}\n\nfunction ${fn(random)}(options: Options) {\n  return [${put(use, `options.${name}`)}];\n}`,
  }),
  ({ name, random, literal }) => ({
    site: 'property',
    text: `interface Options {\n  ${random.pick(['retries', 'mode', 'scale'])}?: number;\n  ${name}: ${HOLE};\n}\n\nconst options: Options = { ${name}: ${literal} };\nconsole.log(options);`,
  }),
  ({ value, name, random }) => {
    const given = random.pick(['given', 'start', 'first']);
    return { site: 'property', text: `class Holder {\n  private ${name}: ${HOLE};\n\n  constructor(${given}: ${value.type}) {\n    this.${name} = ${given};\n  }\n}` };
  },
  ({ name, random, use }) => ({
    site: 'parameter',
    text: `function ${fn(random)}(${name}: ${HOLE} | null)«: string» {\n  if (${name} === null) return '';\n  return String(${put(use, name)});\n}`,
  }),
  ({ value, name, random }) => ({
    site: 'parameter',
    text: `function ${fn(random)}(list: ${listOf(value)}, change: (${name}: ${HOLE}) => void) {\n  list.forEach(change);\n}`,
  }),
];

const listOf = ({ type }: Value) => (/[ |>]/.test(type) ? `Array<${type}>` : `${type}[]`);

/** An empty collection says nothing of what it holds. */
const typed = (literal: string, value: Value) => (literal === '{}' ? `{} as ${value.type}` : literal);

export const typescriptDialect: Dialect = { language: 'typescript', basic: BASIC, others: OTHER_VALUES, skeletons, userTypes, helpers: HELPERS };
