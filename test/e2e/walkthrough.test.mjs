// The first thing a new user clicks: the button of the empty view opens the extension's own walkthrough.
import { it } from 'vitest';
import { useSession } from './session.mjs';

const session = useSession();

it('Get Started opens the walkthrough, not VS Code’s own page', async () => {
  const { workbench } = session;
  const { page } = workbench;
  await page.locator('.activitybar .action-item a[aria-label^="Latent Lens"]').click();
  const pane = page.locator('.pane:has(.pane-header[aria-label^="Results"])');
  const header = pane.locator('.pane-header');
  await header.waitFor();
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  await pane.locator('.welcome-view a, .welcome-view .monaco-button', { hasText: 'Get Started' }).last().click();
  // A step's title stands on its walkthrough's page only; VS Code's page lists walkthroughs by their own titles.
  await page.locator('.gettingStartedContainer .getting-started-step', { hasText: 'Open the sample' }).first().waitFor();
  await workbench.screenshot('walkthrough');
  await page.locator('.activitybar .action-item a[aria-label^="Explorer"]').click();
});
