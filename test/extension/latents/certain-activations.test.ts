import { afterAll, beforeAll, expect, it } from 'vitest';
import { LatentRequests } from '../../../src/engine/latent-requests';
import { loadModel } from '../../../src/engine/session/load';
import { Session } from '../../../src/engine/analyses/session';
import { certainUntil } from '../../../src/extension/latents/activation-cache';
import { smallModel, type SmallModel } from '../../engine/small-model';
import { writeSae } from '../../sae/kit';

const CODE = 'names = ["ada", "eva"]\nfor name in names:\n    total = 1 + len(name)\nprint("letters: ", total)\n';

let small: SmallModel;
let session: Session;
let requests: LatentRequests;
beforeAll(async () => {
  small = await smallModel();
  const sae = await writeSae({ dIn: 16, dSae: 40, architecture: 'topk', site: 'blocks.1.hook_resid_post' });
  session = new Session(await loadModel(small.folder, { threads: 1 }), [sae]);
  requests = new LatentRequests(session);
});
afterAll(async () => {
  await requests.close();
  await session.close();
  await small.remove();
});

async function read(text: string) {
  const asked = { text, site: null, count: 4, around: 0 };
  return requests.activations(asked, { signal: new AbortController().signal, onProgress: () => undefined });
}

it.each([
  ['a number grows', CODE.replace('1 +', '100 +')],
  ['a line is added', CODE.replace('\nprint', '\ntotal = None\nprint')],
  ['white space is removed', CODE.replace('    total', '  total')],
  ['the end is typed', `${CODE}total()`],
  ['all after it is deleted', CODE.slice(0, CODE.indexOf('name in'))],
])('the model answers the same before an edit: %s', async (_, edited) => {
  const [before, after] = [await read(CODE), await read(edited)];
  const certain = certainUntil(CODE, edited);
  const kept = before.tokens.filter(({ end }, position) => position === 0 || (end !== null && end <= certain)).length;
  expect(kept).toBeGreaterThan(8);
  expect(after.tokens.slice(0, kept)).toEqual(before.tokens.slice(0, kept));
  for (let position = 0; position < kept; position++) {
    expect(after.counts[position]).toBe(before.counts[position]);
    expect(after.active[position].map(({ latent }) => latent)).toEqual(before.active[position].map(({ latent }) => latent));
    after.active[position].forEach(({ activation }, i) => expect(activation).toBeCloseTo(before.active[position][i].activation, 3));
  }
  expect(JSON.stringify(after.active.slice(kept))).not.toBe(JSON.stringify(before.active.slice(kept)));
});
