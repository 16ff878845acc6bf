/**
 * The studies' pages: every command that a reader can copy runs. One over hundreds of pairs runs over a few, and what the page says of the
 * hundreds is near what comes of these.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsOf, numbersBehind } from '../../bench/study';
import { numbersOf } from '../../bench/study-blocks';
import type { Result } from '../../src/protocol/documents/result';
import { run } from '../cli/kit';

const FOLDER = path.resolve('docs/studies');

const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

/** Over six pairs it takes seconds and is within some tenths of what it is over hundreds; where no number is held against it, two will do. */
const FEW = { numbers: '6', none: '2' };

describe.each(PAGES)('docs/studies/%s', (page) => {
  const text = readFileSync(path.join(FOLDER, page), 'utf8');
  const commands = commandsOf(text);
  const over = (command: string) => /--prompts \d+/.test(command);

  test('has commands', () => expect(commands.length).toBeGreaterThan(0));

  test.each(commands.filter((command) => !over(command)))('%s', async (command) => {
    const [name, ...args] = command.split(' ');
    expect(name).toBe('latent-lens');
    const { code, out, err } = await run(args);
    expect([code, code === 0 ? '' : err]).toEqual([0, '']);
    expect(out).toMatch(/\S/);
  }, 60_000);

  const many = commands.filter(over);
  if (many.length === 0) return;

  test('says what came of hundreds', () => expect(many.some((command) => numbersBehind(text, command).size > 5)).toBe(true));

  test.each(many)('%s', async (command) => {
    const stated = numbersBehind(text, command);
    const [, ...args] = command.replace(/--prompts \d+/, `--prompts ${FEW[stated.size === 0 ? 'none' : 'numbers']}`).split(' ');
    const { code, out, err } = await run([...args, '--json']);
    expect([code, code === 0 ? '' : err]).toEqual([0, '']);
    const result = JSON.parse(out) as Result;
    expect(text).toContain(result.reading.model.sha256);
    for (const { name, value, within } of stated.size === 0 ? [] : numbersOf(result)) {
      expect(Math.abs((stated.get(name) ?? NaN) - value), `${name}: ${stated.get(name)} on the page, ${value} here`).toBeLessThanOrEqual(within);
    }
  }, 300_000);
});
