// Types in a workspace that is not trusted: what the compiler says stands in the panel, as on the command line.
import { expect, it } from 'vitest';
import { addFile, commandLine, Panel, sandboxes, useSession } from './session.mjs';
import { pictures } from './twins.mjs';
import { plain, until } from './workbench.mjs';

const session = useSession({ trust: 'restricted' });

const CODE = `interface Item {
  name: string;
  price: number;
}

export function label(item: Item, prefix: string, amount = 1) {
  return prefix + item.name.trim() + amount;
}
`;

it('the type at the cursor: candidates with what the compiler says of each, and an edit that keeps it', async () => {
  const { workbench } = session;
  addFile(session, 'label.ts', CODE);
  const twin = commandLine(session, 'types', 'explain', 'label.ts:6:45');
  await workbench.openFile('label.ts');
  await workbench.goTo(6, 45);
  await workbench.contextMenu('Latent Lens', 'Explain Predicted Type');
  const panel = await Panel.showing(workbench, 'label.ts');
  await panel.done();
  const { prediction, actual, findings } = await twin;
  expect(actual).toMatchObject({ label: 'string', by: 'the code' });
  const percent = `${(100 * prediction.answers[0].probability).toFixed(1)} %`;
  expect(plain(await panel.text('[data-part="prediction"]'))).toContain(`${prediction.label}\n${percent}`);
  expect(await panel.text('[data-part="actual"]')).toContain('string');
  expect(await panel.text('#overview')).not.toMatch(/Python|not run|raises/);
  expect(plain(await panel.text('.findings'))).toContain(plain(findings[0].replaceAll('`', '')).slice(0, 40));
  expect(sandboxes(session)).toEqual([]);
  await pictures(session, 'types', { narrow: true });

  // The search says what the command line says, and the edit that it found can be compared with.
  const search = commandLine(session, 'types', 'variants', 'label.ts:6:45', '--search');
  const card = panel.locator('[data-part="search"]');
  await card.locator('[data-action="searchVariants"]').waitFor();
  await card.locator('[data-action="searchVariants"]').click();
  await card.locator('.findings').waitFor();
  await panel.done();
  const { parts: { variants } } = await search;
  expect(plain(await panel.text('[data-part="search"]'))).toContain(plain(variants.findings[1]));
  const { number } = variants.value.search;
  await pictures(session, 'types-search', { narrow: true });
  await panel.locator(`[data-patch="${number}"]`).click();
  const what = variants.value.search.best.description.slice(0, 20);
  await until('it is patched with what was found', async () => plain(await panel.text('[data-view="patching"]')).includes(plain(`Variant\n${what}`)));
  await panel.tab('prediction');
  await panel.locator(`[data-variant="${number}"][aria-current="true"]`).waitFor();

  // Where no model is chosen, the next token is asked of the one of types as well, which reads around the cursor.
  await workbench.focusCode();
  await workbench.goTo(7, 16);
  await workbench.runCommand('Latent Lens: Explain Next Token');
  const next = await Panel.showing(workbench, 'at 7:16');
  await next.done();
  const around = await commandLine(session, 'next', 'label.ts:7:16', '--fim');
  expect(around.model.id).toBe('types');
  expect(plain(await next.text('[data-part="prediction"]'))).toContain(`${around.prediction.label}\n${(100 * around.prediction.answers[0].probability).toFixed(1)} %`);

  await workbench.focusCode();
  await workbench.goTo(5, 1);
  await workbench.runCommand('Latent Lens: Explain Predicted Type');
  expect(await (await Panel.showing(workbench, 'No type can stand here')).error()).toContain('Put the cursor on a parameter');
});
