// Attribution graphs from elsewhere open in the editor, without an engine.
import path from 'node:path';
import { expect, it } from 'vitest';
import { violations } from './axe.mjs';
import { addFile, engines, Panel, read, useSession } from './session.mjs';
import { pictures } from './twins.mjs';
import { until } from './workbench.mjs';

const session = useSession();

const TOKENS = ['<bos>', 'The', ' capital', ' of', ' the', ' state', ' with', ' Dallas', ' is'];

/** As circuit-tracer writes them. */
function attributionGraph() {
  const node = (node_id, layer, ctx_idx, feature_type, clerp, influence = null) =>
    ({ node_id, feature: 1, layer, ctx_idx, feature_type, jsNodeId: node_id, clerp, influence, activation: null });
  return {
    metadata: { slug: 'dallas-austin', scan: 'gemma-2-2b', prompt_tokens: TOKENS, prompt: TOKENS.join(''), schema_version: 1 },
    qParams: { pinnedIds: ['4_7_7'], supernodes: [['say a capital', '20_5_8', '20_6_8']], linkType: 'both', clickedId: '', sg_pos: '' },
    nodes: [
      node('E_1_2', 'E', 2, 'embedding', 'Emb: " capital"'), node('E_2_7', 'E', 7, 'embedding', 'Emb: " Dallas"'),
      node('1_3_2', '1', 2, 'cross layer transcoder', 'capital', 0.3), node('4_7_7', '4', 7, 'cross layer transcoder', 'Texas', 0.2),
      node('4_-1_7', '4', 7, 'mlp reconstruction error', '', 0.6), node('20_5_8', '20', 8, 'cross layer transcoder', 'say Austin', 0.4),
      node('20_6_8', '20', 8, 'cross layer transcoder', 'say a city', 0.5), node('27_9_8', '27', 8, 'logit', 'Output " Austin" (p=0.450)'),
    ],
    links: [
      ['E_1_2', '1_3_2', 6], ['E_2_7', '4_7_7', 9], ['1_3_2', '20_5_8', 2], ['4_7_7', '20_5_8', 4], ['4_7_7', '20_6_8', 1.5],
      ['4_-1_7', '20_6_8', -1], ['20_5_8', '27_9_8', 5], ['20_6_8', '27_9_8', -2],
    ].map(([source, target, weight]) => ({ source, target, weight })),
  };
}

it('a graph of Neuronpedia’s is drawn with what its maker grouped, read by keys, and saved with what the reader makes of it', async () => {
  const { workbench, folder } = session;
  const file = path.join(folder, 'dallas.json');
  addFile(session, 'dallas.json', JSON.stringify(attributionGraph()));
  await workbench.openFile('temperature.py'); // until the window has started, it lists no commands
  await workbench.runCommand('Latent Lens: Open Attribution Graph…');
  await workbench.chooseFile(file);
  const page = await Panel.showing(workbench, 'dallas-austin');
  const nodes = page.locator('.graph-node');
  expect(await nodes.count()).toBe(7); // two are one group
  expect(await page.text('[data-region="graph"]')).toContain('gemma-2-2b');
  await page.locator('[data-node="4_7_7"]').focus();
  await workbench.page.keyboard.press('Enter');
  const details = page.locator('.graph-details');
  expect(await details.innerText()).toMatch(/^Texas, latent 4\.1 at “·Dallas” \(token 7\), 4 MLP: 0\.800/);
  expect(await details.locator('tbody tr').count()).toBe(2);
  await details.locator('input').fill('about Texas');
  await workbench.page.keyboard.press('Enter');
  expect(await page.locator('[data-node="4_7_7"]').getAttribute('aria-label')).toContain('about Texas (Texas, latent 4.1) at');
  await page.locator('[data-node="4_7_7"]').focus();
  await workbench.page.keyboard.press('ArrowUp');
  await workbench.page.keyboard.press('Enter');
  expect(await details.innerText()).toContain('say a capital, 2 of the graph together');
  expect(await details.innerText()).toContain('5.500'); // 4 and 1.5
  await pictures(session, 'graph-file', { narrow: true });
  for (const theme of ['Dark High Contrast', 'Light Modern', 'Dark Modern']) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`graph-file-${theme.replaceAll(' ', '-').toLowerCase()}`);
    expect(await violations(page)).toEqual([]);
  }
  await details.locator('[data-action="ungroup"]').click();
  expect(await nodes.count()).toBe(8);

  await page.locator('[data-export="neuronpedia"]').click();
  const saved = path.join(folder, 'saved.json');
  await workbench.chooseFile(saved);
  const written = JSON.parse(await until('the graph is on disk', () => read(saved)?.toString('utf8')));
  expect(written.nodes[3]).toMatchObject({ clerp: 'about Texas', feature_type: 'cross layer transcoder' });
  expect(written.qParams).toMatchObject({ pinnedIds: ['4_7_7'], supernodes: [] });
  expect(written.nodes.map(({ node_id }) => node_id)).toEqual(attributionGraph().nodes.map(({ node_id }) => node_id));
  expect(written.links).toEqual(attributionGraph().links);
  await page.locator('[data-export="svg"]').click();
  const picture = path.join(folder, 'graph.svg');
  await workbench.chooseFile(picture);
  expect(await until('the picture is on disk', () => read(picture)?.toString('utf8'))).toContain('about Texas');
  expect(engines(session)).toEqual([]);

  addFile(session, 'other.json', '{"a": 1}');
  await workbench.runCommand('Latent Lens: Open Attribution Graph…');
  await workbench.chooseFile(path.join(folder, 'other.json'));
  const other = await Panel.showing(workbench, 'is no graph that can be shown');
  expect(await other.error()).toContain('other.json is no graph that can be shown');
});
