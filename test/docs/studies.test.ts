/** The studies' pages: every command that a reader can copy runs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../cli/kit';

const FOLDER = path.resolve('docs/studies');

const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

describe.each(PAGES)('docs/studies/%s', (page) => {
  const text = readFileSync(path.join(FOLDER, page), 'utf8');
  const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block.trim().split('\n'));

  test('has commands', () => expect(commands.length).toBeGreaterThan(0));

  test.each(commands)('%s', async (command) => {
    const [name, ...args] = command.split(' ');
    expect(name).toBe('latent-lens');
    const { code, out, err } = await run(args);
    expect([code, code === 0 ? '' : err]).toEqual([0, '']);
    expect(out).toMatch(/\S/);
  }, 60_000);
});
