/** docs/scale.md: its commands and flags exist, and its queries ask for columns that the table has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COLUMNS } from '../../src/protocol/studies/rows';
import { run } from '../cli/kit';

const page = readFileSync('docs/scale.md', 'utf8');
const blocks = (language: string) => [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, block]) => block);
const commands = [...blocks('sh'), ...blocks('yaml')].flatMap((block) => [...block.matchAll(/latent-lens ([a-z]+ [a-z]+)([^\n"]*)/g)]).map(([, name, rest]) => ({ name, rest }));

test('has commands and queries', () => {
  expect(commands.length).toBeGreaterThan(6);
  expect(blocks('sql').length).toBeGreaterThan(4);
});

test.each(commands)('latent-lens $name$rest', async ({ name, rest }) => {
  const { out, code } = await run([...name.split(' '), '--help']);
  expect(code).toBe(0);
  for (const [flag] of rest.matchAll(/--[a-z]+/g)) expect(out).toMatch(new RegExp(`  ${flag} `));
});

/** What is no column: SQL's own words and functions, lower-cased, as far as the page uses them. */
const WORDS = new Set('select from where group by order and not in is null on join as case when then else end desc limit true count avg cast double integer read_parquet json_each filename'.split(' '));

test.each(blocks('sql'))('%s', (query) => {
  const plain = query.replaceAll(/'[^']*'/g, '').replaceAll('"', '');
  const given = new Set([...plain.matchAll(/\bAS (\w+)/gi)].map(([, name]) => name.toLowerCase()));
  const names = [...plain.matchAll(/(?:\b(\w+)\.)?\b([a-z_]\w*)/gi)].map(([, of, name]) => ({ of, name }));
  const columns = names.filter(({ of, name }) => !(of && given.has(of.toLowerCase())) && !WORDS.has(name.toLowerCase()) && !given.has(name.toLowerCase()) && !['a', 'b'].includes(name));
  expect(columns.length).toBeGreaterThan(0);
  for (const { name } of columns) expect(Object.keys(COLUMNS)).toContain(name);
  for (const [, condition] of query.matchAll(/condition (?:=|NOT IN \() ?'(\w+)'/g)) expect(['original', 'examples']).toContain(condition);
});
