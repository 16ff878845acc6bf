// The panel in every theme and width: nothing that hinders people who use assistive technology, nothing cut off.
import { expect, it } from 'vitest';
import { violations } from './axe.mjs';
import { ghostsIn, labelsIn } from './marks.mjs';
import { addFile, EXPLAIN, explained, LONG, Panel, useSession } from './session.mjs';
import { until } from './workbench.mjs';

const session = useSession();

const THEMES = { dark: 'Dark Modern', light: 'Light Modern', 'hc-dark': 'Dark High Contrast', 'hc-light': 'Light High Contrast' };
const VIEWS = ['prediction', 'lens', 'components', 'patching', 'headPatching', 'attention', 'latents', 'activations', 'knockout', 'intervention'];

/** Until the view has what it asks for. */
async function shown(panel, view) {
  if (view === 'latents') await panel.attributed();
  if (view === 'activations') await panel.activated();
  if (['components', 'headPatching', 'attention'].includes(view)) await panel.analysed(view);
}

/** What sticks out of the page sideways, which would make all of it scroll. */
async function overflow({ frame }) {
  return frame.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}

it('in no theme a view has an accessibility violation', async () => {
  const { workbench } = session;
  const panel = await explained(session);
  await workbench.focusCode();
  await workbench.goTo(1);
  for (const [name, theme] of Object.entries(THEMES)) {
    await workbench.setTheme(theme);
    const found = {};
    for (const view of VIEWS) {
      await panel.tab(view);
      await shown(panel, view);
      await workbench.screenshot(`panel-${view}-${name}`);
      found[view] = await violations(panel);
    }
    expect(found, theme).toEqual(Object.fromEntries(VIEWS.map((view) => [view, []])));
    expect(await ghostsIn(workbench), theme).toEqual(['"', '"']); // the study's pair: quotes are added, a bracket dropped
    expect(await labelsIn(workbench), theme).toEqual(['⟵ variant']);
  }
}, 300_000);

it('in a narrow window and in a wide one nothing sticks out, and long code is readable', async () => {
  const { workbench } = session;
  await workbench.setTheme(THEMES.dark);
  addFile(session, 'long.py', LONG.split('\n').slice(20).join('\n'));
  await workbench.openFile('long.py');
  await workbench.page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  const panel = await Panel.showing(workbench, 'long.py');
  await panel.done(90_000);
  const before = workbench.page.viewportSize();
  await workbench.page.keyboard.press('Control+b'); // hides the side bar
  try {
    for (const [name, width] of [['narrow', 690], ['wide', 1920]]) {
      await workbench.page.setViewportSize({ width, height: 1000 });
      await until('the panel has its new width', async () => Math.abs((await panel.frame.evaluate(() => innerWidth)) - width / 2) < 60);
      for (const view of VIEWS) {
        await panel.tab(view);
        await shown(panel, view);
        await workbench.screenshot(`panel-${view}-${name}`);
        expect(await overflow(panel), `${view}, ${name}`).toBe(0);
      }
    }
  } finally {
    await workbench.page.setViewportSize(before);
    await workbench.page.keyboard.press('Control+b');
  }
}, 240_000);
