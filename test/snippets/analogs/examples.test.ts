/** Each example's nearest edit that changes what Python does, and pairs like it: none is dropped. (Of 200 none was, either.) */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAnalogs } from '../../../src/snippets/analogs/analogs';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { renderPrompt } from '../../../src/snippets/prompts/prompts';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { verified } from '../../../src/snippets/twins/variants';
import { proposeNear, whatHappens } from '../../../src/snippets/twins/near';
import { kitTokenizer } from '../tokenizer/kit';

let sandbox: PythonSandbox;
beforeAll(async () => {
  sandbox = await PythonSandbox.start();
});
afterAll(() => sandbox.close());

const folder = path.join(import.meta.dirname, '../../../examples');
const tokenizer = kitTokenizer();
const COUNT = 25;

test.for(readdirSync(folder).filter((name) => name.endsWith('.py')))('%s', async (name) => {
  const code = readFileSync(path.join(folder, name), 'utf8');
  const label = (codes: string[]) => sandbox.runMany(codes);
  const happened = await whatHappens(code, label);
  const near = await proposeNear(code, happened);
  const variants = await verified(
    code, happened.outcome, near.slice(0, 40).map(({ edit }) => edit), { label, tokenizer, render: (text,
  ) => renderPrompt(PYTHON_ERROR_TYPE, text, null) });
  const pair = variants.find(({ labelChanged }) => labelChanged)!.edit;
  const found = await findAnalogs(pair, { count: COUNT, seed: 1, label });
  expect({ pairs: found.pairs.length, tried: found.tried, fixed: found.fixed }).toEqual({ pairs: COUNT, tried: COUNT, fixed: [] });
});
