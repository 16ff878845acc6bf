import { describe, expect, test } from 'vitest';
import { expandPath } from '../../../src/extension/settings/path-variables';

const places = { home: '/home/ada', folder: '/ws' };

describe('a path in the settings', () => {
  test.each([
    ['~/questions.json', '/home/ada/questions.json'],
    ['~', '/home/ada'],
    ['~\\questions.json', '/home/ada\\questions.json'],
    ['${workspaceFolder}/questions.json#errors', '/ws/questions.json#errors'],
    ['${workspaceFolder}', '/ws'],
    ['${userHome}/models/m', '/home/ada/models/m'],
    ['questions.json', 'questions.json'],
    ['./~/questions.json', './~/questions.json'],
    ['~ada/q.json', '~ada/q.json'],
    ['org/name@main', 'org/name@main'],
    ['C:\\q.json', 'C:\\q.json'],
    ['a$b/{x}', 'a$b/{x}'],
  ])('%s is %s', (text, path) => {
    expect(expandPath(text, 'template', places)).toBe(path);
  });

  test('a variable that is not replaced is said', () => {
    const known = '~, ${userHome} and ${workspaceFolder} are. Write the path instead.';
    for (const variable of ['${env:HOME}', '${workspaceFolder:two}', '${file}', '${}']) {
      expect(() => expandPath(`${variable}/q.json`, 'saes', places)).toThrow(
        `The setting latentLens.saes is "${variable}/q.json", but ${variable} is not replaced here: ${known}`,
      );
    }
  });

  test('a folder that is not open, or not trusted, is not made up', () => {
    const none = { ...places, folder: null };
    expect(() => expandPath('${workspaceFolder}/m', 'model', none)).toThrow('The setting latentLens.model is "${workspaceFolder}/m", but no folder that is trusted is open.');
    expect(expandPath('~/m', 'model', none)).toBe('/home/ada/m');
  });
});
