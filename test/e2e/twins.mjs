// An analysis in the panel beside its twin on the command line, and as it looks.
import { expect } from 'vitest';
import { until } from './workbench.mjs';

const plain = (text) => text.replaceAll(/[`\s]+/g, ' ');

/** Until an analysis says what the command line finds. */
export async function says(panel, analysis, { findings }) {
  const part = panel.locator(`[data-analysis="${analysis}"]`);
  expect(findings.length).toBeGreaterThan(0);
  await until(`${analysis} says what the command line does`, async () => {
    const text = plain(await part.innerText());
    return findings.every((finding) => text.includes(plain(finding)));
  }, 60_000);
}

/** In dark and light, and in a narrow panel where that is asked for. */
export async function pictures({ workbench }, name, { narrow = false } = {}) {
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
