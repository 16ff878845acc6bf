import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Advice, buttonsOf, openSettings } from '../../../src/extension/ui/advice';
import { aboutChoice, WrongChoice } from '../../../src/protocol/models/wrong-choice';

const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8'));
const commands = manifest.contributes.commands.map(({ command }: { command: string }) => command);

describe('advice', () => {
  it('comes with buttons that run commands which exist, and open settings which exist', () => {
    for (const choice of ['model', 'saes', 'question'] as const) {
      const buttons = buttonsOf(new WrongChoice(choice, 'No.'))!;
      expect(buttons.length).toBeGreaterThan(1);
      for (const { command, arguments: given } of buttons) {
        if (command.startsWith('latentLens.')) expect(commands).toContain(command);
        else expect(Object.keys(manifest.contributes.configuration.properties)).toContain(given![0]);
      }
    }
  });

  it('is told from what went wrong by itself', () => {
    expect(buttonsOf(new Error('It broke.'))).toBeNull();
    expect(buttonsOf(new Advice('Open a file.'))).toEqual([]);
    expect(buttonsOf(new Advice('Wrong.', [openSettings('model')]))).toEqual([{ title: 'Open Settings', command: 'workbench.action.openSettings', arguments: ['latentLens.model'] }]);
  });

  it('stays about the choice that it was first about', () => {
    const first = aboutChoice('saes', new Error('There are none.'));
    expect(aboutChoice('model', first)).toBe(first);
    expect(first).toMatchObject({ choice: 'saes', message: 'There are none.' });
  });
});
