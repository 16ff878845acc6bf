// Analyses without a view of their own have a form from what they may be told, and figures that agree with the command line.
import path from 'node:path';
import { expect, it } from 'vitest';
import { hovers, pointAt } from './hover.mjs';
import { marksIn } from './marks.mjs';
import { commandLine, explained, read, useSession } from './session.mjs';
import { pictures, says } from './twins.mjs';
import { until } from './workbench.mjs';

const session = useSession();

it('attention and head patching are computed when they are looked at, agree with the command line, and are saved with the result', async () => {
  const { workbench, folder } = session;
  const answer = commandLine(session, 'attention', 'temperature.py:1-3');
  const panel = await explained(session);
  const heads = await panel.analysed('headPatching');
  expect(await heads.locator('.figure').count()).toBeGreaterThan(0);
  const attention = await panel.analysed('attention');
  const told = (await answer).parts.attention;
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
  await until('the result is on disk', () => read(file)?.toString('utf8').endsWith('}\n'));
  const { parts } = JSON.parse(read(file));
  const { variant, ...alone } = parts.attention.value; // the panel has a variant at hand
  expect(alone).toEqual(told.value);
  expect(variant.weights.flat(2).length).toBeGreaterThan(0);
  expect(parts.headPatching.value.direction).toBe('denoising');
}, 180_000);

const plain = (text) => text.replaceAll(/\s+/g, ' ');
const TOGGLE = 'Latent Lens: Show or Hide Attention in Code';

/** Tokens of the code that are read, and that read, by their mean share over all heads, as the command line has it. */
function means({ reading: { tokens }, parts: { attention: { value: { patterns } } } }) {
  const heads = patterns.flat();
  const share = (query, source) => heads.reduce((sum, { sources, weights }) => sum + (weights[query][sources[query].indexOf(source)] ?? 0), 0) / heads.length;
  const pairs = tokens.flatMap((_, query) => Array.from({ length: query }, (__, source) => ({ query, source, share: share(query, source) })));
  const limit = Math.max(...pairs.filter(({ source }) => source > 0).map((pair) => pair.share));
  const seen = pairs.filter((pair) => pair.source > 0 && Math.sqrt(pair.share / limit) * 6 >= 0.5);
  const inCode = (at) => tokens[at].start !== null;
  return (position) => ({
    share: (other) => share(Math.max(position, other), Math.min(position, other)),
    marks: seen.flatMap(({ query, source }) => (query === position ? [source] : source === position ? [query] : [])).filter(inCode).sort((a, b) => a - b),
  });
}

it('attention mode shows in the code what the token at the cursor and under the mouse reads and who reads it', async () => {
  const { workbench } = session;
  const answer = commandLine(session, 'attention', 'temperature.py:1-3');
  const panel = await explained(session);
  const told = await answer;
  const { tokens } = told.reading;
  const of = means(told);
  const at = (text) => tokens.findIndex((token) => token.start !== null && token.text === text);
  const drawn = async () => {
    const marks = (await marksIn(workbench)).filter(({ background }) => background.startsWith('color(srgb'));
    return marks.sort((a, b) => a.y - b.y || a.x - b.x).map(({ text }) => text).join(''); // equal ones side by side are one
  };
  const wanted = (position) => of(position).marks.map((one) => tokens[one].text.replaceAll('\n', '')).join('');
  const shows = (position) => until(`token ${position} shows what it reads`, async () => (await drawn()) === wanted(position), 20_000)
    .catch(async () => expect(await drawn()).toEqual(wanted(position)));
  const goTo = async (position) => {
    const { start } = tokens[position];
    const before = CODE.slice(0, start).split('\n');
    await workbench.goTo(before.length, before.at(-1).length + 1);
  };
  const CODE = read(path.join(session.folder, 'temperature.py')).toString('utf8');
  await workbench.focusCode();
  const [plus, print] = [at(' +'), at('print')];
  await goTo(plus);
  await workbench.runCommand(TOGGLE);
  await panel.analysed('attention'); // it was not read yet, so the panel is shown, which asks for it
  await workbench.statusItem('Attention: mean of all');
  expect(of(plus).marks.length).toBeGreaterThan(3);
  await shows(plus);
  for (const [name, theme] of Object.entries({ light: 'Light Modern', 'hc-dark': 'Dark High Contrast', 'hc-light': 'Light High Contrast', dark: 'Dark Modern' })) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`attention-mode-${name}`);
  }
  await workbench.focusCode();
  await goTo(print);
  await shows(print);

  await pointAt(workbench, 'Temperature');
  const hover = hovers(workbench).filter({ hasText: 'Attention of' }).first();
  await until('the hover is there', async () => {
    await pointAt(workbench, 'Temperature');
    return hover.waitFor({ timeout: 2000 }).then(() => true, () => false);
  });
  const text = await hover.innerText();
  const hovered = tokens.findIndex((token) => token.start !== null && JSON.stringify(token.text) === /Attention of ("[^"]*(?:\\"[^"]*)?")/.exec(text)?.[1]);
  await workbench.screenshot('attention-mode-hover-dark');
  await shows(hovered);
  const strongest = of(hovered).marks.map((one) => ({ one, share: of(hovered).share(one) })).filter(({ one }) => one < hovered).sort((a, b) => b.share - a.share)[0];
  const percent = 100 * strongest.share;
  expect(text).toContain(`${percent >= 9.95 ? percent.toFixed(0) : percent.toFixed(1)} %`);

  // The head that the panel is asked for is the one that is shown; an edit ends it.
  const button = panel.locator('[data-analysis="attention"] [data-action="showInCode"]');
  await panel.locator('[data-analysis="attention"] [data-param="head"] input').fill('0.1');
  await panel.locator('[data-analysis="attention"] [data-action="runAnalysis"]').click();
  await workbench.statusItem('Attention: head 0.1');
  await button.click();
  await until('nothing is drawn any more', async () => (await drawn()).length === 0);
  await button.click();
  await until('it is drawn again', async () => (await drawn()).length > 0);
  await workbench.focusCode();
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.type('#');
  await until('it ends with an edit', async () => (await drawn()).length === 0);
  expect(await workbench.page.locator('.statusbar-item:visible', { hasText: 'Attention:' }).count()).toBe(0);
}, 180_000);

it('head scores, path patching and steering say what the command line does, all of one explanation', async () => {
  const { folder } = session;
  const vector = path.join(folder, 'error.safetensors');
  await commandLine(session, 'vectors', 'make', '--positive', 'shipping.py', '--negative', 'temperature.py', '--layer', '3', '--out', vector);
  const panel = await explained(session);
  const asked = [
    ['headScores', null, 'head-scores'],
    ['pathPatching', null, 'path-patching'],
    ['pathPatching', ['to', 'L3H1.q, 4.0.k, logits'], 'path-patching', '--to', 'L3H1.q,4.0.k,logits'],
    ['steering', ['vector', vector], 'steering', '--vector', vector],
  ];
  for (const [id, told, name, ...flags] of asked) {
    const answer = commandLine(session, name, 'temperature.py:1-3', ...flags);
    await panel.tab(id);
    const part = panel.locator(`[data-analysis="${id}"]`);
    if (told) {
      await part.locator(`[data-param="${told[0]}"] input`).fill(told[1]);
      await part.locator('[data-action="runAnalysis"]').click();
    }
    await part.locator('.figure').first().waitFor({ timeout: 60_000 });
    await says(panel, id, answer);
    await part.locator('.answered').evaluate((answered) => answered.scrollIntoView());
    await pictures(session, `analysis-${id}`, { narrow: true });
  }
}, 240_000);

it('a circuit is found and drawn, and says what the command line does; fewer of its nodes are shown with what they do', async () => {
  const answer = commandLine(session, 'circuit', 'temperature.py:1-3');
  const panel = await explained(session);
  const part = await panel.analysed('circuit', 120_000);
  await says(panel, 'circuit', answer);
  const { circuit } = (await answer).parts;
  const kept = circuit.value.graph.nodes.length - 2;
  await until('its own size is measured', async () => plain(await part.innerText()).includes(`faithfulness ${circuit.value.faithfulness.toFixed(2)}`));
  await part.locator('input[type="range"]').first().fill('3');
  const shown = new RegExp(`(\\d+) of ${kept} nodes`);
  await until('fewer of them are shown', async () => Number(shown.exec(plain(await part.innerText()))?.[1]) < kept);
  await part.locator('.answered').evaluate((answered) => answered.scrollIntoView());
  await pictures(session, 'analysis-circuit', { narrow: true });
  // A proposed group is tried without being made, with the programs that the circuit was tried on.
  const tried = panel.locator('[data-analysis="ablation"]');
  await until('a proposed group is tried', async () => {
    if (await tried.isVisible()) return true;
    const ablate = part.locator('[data-action="ablateGroup"]').first();
    // What is measured meanwhile draws the list of groups anew, closed.
    if (!(await ablate.isVisible())) await part.locator('.graph-proposals summary').click({ timeout: 1000 }).catch(() => {});
    await ablate.click({ timeout: 1000 }).catch(() => {});
    return false;
  });
  await tried.locator('.figure').first().waitFor({ timeout: 60_000 });
  expect(plain(await tried.innerText())).toMatch(/A claim, made from 11 programs .* it holds in \d+/);
  await pictures(session, 'analysis-ablation', { narrow: true });
}, 240_000);

it('single weights of a head, neurons, and patterns of heads are patched, and say what the command line does', async () => {
  const panel = await explained(session);
  const asked = [
    ['patternPatching', {}, 'pattern-patching'],
    ['neuronPatching', {}, 'neuron-patching'],
    ['headPatching', { Site: 'attn.hook_pattern', Patch: 'head-and-position' }, 'head-patching', '--site', 'attn.hook_pattern', '--per', 'head-and-position'],
  ];
  for (const [id, choices, name, ...flags] of asked) {
    const answer = commandLine(session, name, 'temperature.py:1-3', ...flags);
    await panel.tab(id);
    const part = panel.locator(`[data-analysis="${id}"]`);
    await part.locator('.figure').first().waitFor({ timeout: 60_000 });
    for (const [name, value] of Object.entries(choices)) {
      const choice = part.getByRole('combobox', { name, exact: true });
      await choice.click();
      await choice.getByRole('option', { name: value, exact: true }).click();
    }
    if (Object.keys(choices).length > 0) await part.locator('[data-action="runAnalysis"]').click();
    await says(panel, id, answer);
    await part.locator('.answered').evaluate((answered) => answered.scrollIntoView());
    await pictures(session, `analysis-${id}`, { narrow: true });
  }
}, 240_000);
