// What extensions draw into the code.
import { plain } from './workbench.mjs';

/**
 * The pieces of code to which extensions have given a background or a frame.
 * @param {import('./workbench.mjs').Workbench} workbench
 * @param {'0px' | '1px' | '2px'} [border] Those only whose frame is so wide.
 * @returns {Promise<{ text: string, background: string, border: string, x: number, y: number }[]>} `x` and `y` are its middle.
 */
export async function marksIn({ page }, border) {
  const all = await page.evaluate(() => {
    const range = document.createRange();
    const charactersOf = (line) => {
      const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const characters = [];
      while (texts.nextNode()) {
        for (const [i, text] of [...texts.currentNode.data].entries()) {
          range.setStart(texts.currentNode, i);
          range.setEnd(texts.currentNode, i + 1);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          characters.push({ text, x: (left + right) / 2, y: (top + bottom) / 2 });
        }
      }
      return characters;
    };
    const editors = [...document.querySelectorAll('.editor-instance .monaco-editor, .notebookOverlay .monaco-editor')];
    return editors.flatMap((editor) => {
      const characters = [...editor.querySelectorAll('.view-line')].flatMap(charactersOf);
      return [...editor.querySelectorAll('.view-overlays [class*="ced-"]')].flatMap((mark) => {
        const { left, right, top, bottom } = mark.getBoundingClientRect();
        if (left === right) return [];
        const text = characters.filter(({ x, y }) => left < x && x < right && top < y && y < bottom).map((character) => character.text).join('');
        const { backgroundColor: background, borderTopWidth: border } = getComputedStyle(mark);
        return [{ text, background, border, x: (left + right) / 2, y: (top + bottom) / 2 }];
      });
    });
  });
  return all.map((mark) => ({ ...mark, text: plain(mark.text) })).filter((mark) => border === undefined || mark.border === border);
}

/** What is drawn behind pieces of the code, and how, where it can be seen. */
async function drawnIn({ page }) {
  const spans = page.locator('.editor-instance .view-line span[class*="ced-"], .notebookOverlay .view-line span[class*="ced-"]');
  const styles = await spans.evaluateAll((all) => all.map((span) => getComputedStyle(span, '::after')).map(({ content, color, borderTopStyle, fontStyle }) => ({ content, color, borderTopStyle, fontStyle })));
  return styles
    .filter(({ content, color }) => content.startsWith('"') && color !== 'rgba(0, 0, 0, 0)')
    .map(({ content, ...style }) => ({ text: JSON.parse(content), ...style }));
}

/** What the variant has instead of the code: in a dashed frame, as nothing of the file is. @returns {Promise<string[]>} */
export async function ghostsIn(workbench) {
  const drawn = await drawnIn(workbench);
  return drawn.filter(({ borderTopStyle, fontStyle }) => borderTopStyle === 'dashed' && fontStyle === 'italic').map(({ text }) => text);
}

/** What is written at the ends of lines. @returns {Promise<string[]>} */
export async function labelsIn(workbench) {
  return (await drawnIn(workbench)).filter(({ borderTopStyle }) => borderTopStyle === 'none').map(({ text }) => text);
}
