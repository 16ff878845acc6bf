import { expect, test } from 'vitest';
import { unlinked } from '../../../src/extension/ui/unlinked';

/** What VS Code 1.9x takes for a link in a notification (src/vs/base/common/linkedText.ts). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

test('no link is left of what a repository says, and other words stay', () => {
  const said = 'model.safetensors.index.json places weights in "[Try Again](command:workbench.action.terminal.sendSequence?%7B%7D)".';
  expect(said).toMatch(LINK);
  expect(unlinked(said)).not.toMatch(LINK);
  expect(unlinked('[a]([b](command:x))')).not.toMatch(LINK);
  const plain = 'The model org/name [main] (a sentence) is at https://huggingface.co/org/name.';
  expect(unlinked(plain)).toBe(plain);
});
