// An analysis in the panel beside its twin on the command line, and as it looks.
import { expect } from 'vitest';
import { TAKES_PICTURES, until } from './workbench.mjs';

const plain = (text) => text.replaceAll(/[`\s]+/g, ' ');

/**
 * Until an analysis says what the command line finds.
 * @param {Promise<{ parts: Record<string, { findings: string[] }> }>} told By `commandLine`.
 */
export async function says(panel, analysis, told) {
  const { findings } = (await told).parts[analysis];
  const part = panel.locator(`[data-analysis="${analysis}"]`);
  expect(findings.length).toBeGreaterThan(0);
  await until(`${analysis} says what the command line does`, async () => {
    const text = plain(await part.innerText());
    return findings.every((finding) => text.includes(plain(finding)));
  }, 60_000);
}

/** In dark and light, and in a narrow panel where that is asked for; none where no pictures are taken. */
export async function pictures({ workbench }, name, { narrow = false } = {}) {
  if (!TAKES_PICTURES) return;
  await workbench.page.mouse.move(1, 1);
  await workbench.screenshot(`${name}-dark`);
  await workbench.setTheme('Light Modern');
  await workbench.screenshot(`${name}-light`);
  if (narrow) {
    const { page } = workbench;
    const size = page.viewportSize();
    await page.setViewportSize({ width: 1060, height: size.height });
    await workbench.screenshot(`${name}-narrow`);
    await page.setViewportSize(size);
  }
  await workbench.setTheme('Dark Modern');
}
