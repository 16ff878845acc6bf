// Analyses without a view of their own have a form from what they may be told, and figures that agree with the command line.
import path from 'node:path';
import { expect, it } from 'vitest';
import { commandLine, explained, read, useSession } from './session.mjs';
import { until } from './workbench.mjs';

const session = useSession();

it('attention and head patching are computed when they are looked at, agree with the command line, and are saved with the result', async () => {
  const { workbench, folder } = session;
  const panel = await explained(session);
  const heads = await panel.analysed('headPatching');
  expect(await heads.locator('.figure').count()).toBeGreaterThan(0);
  const attention = await panel.analysed('attention');
  const told = commandLine(session, 'attention', 'temperature.py:1-3').parts.attention;
  for (const finding of told.findings) expect((await attention.innerText()).replaceAll(/[`\s]+/g, ' ')).toContain(finding.replaceAll(/[`\s]+/g, ' '));
  await attention.locator('[data-export="csv"]').first().click();
  const csv = path.join(folder, 'attention.csv');
  await workbench.chooseFile(csv);
  await until('the numbers are on disk', () => read(csv)?.toString('utf8').endsWith('\n'));
  const saved = read(csv).toString('utf8');
  expect(saved).toMatch(/^layer,head,position,token,readPosition,readToken,weight/);
  expect(saved.match(/^\d+,\d+,\d+,/gm)).toHaveLength(told.value.weights.flat(2).length); // a token may be a line break

  await panel.locator('[data-action="saveResult"]').click();
  const file = path.join(folder, 'analyses.latentlens.json');
  await workbench.chooseFile(file);
  await until('the result is on disk', () => read(file)?.toString('utf8').endsWith('}'));
  const { parts } = JSON.parse(read(file));
  const { variant, ...alone } = parts.attention.value; // the panel has a variant at hand
  expect(alone).toEqual(told.value);
  expect(variant.weights.flat(2).length).toBeGreaterThan(0);
  expect(parts.headPatching.value.direction).toBe('denoising');
}, 180_000);
