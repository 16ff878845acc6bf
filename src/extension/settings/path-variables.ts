/** Paths in settings: `~`, `${userHome}` and `${workspaceFolder}`, as VS Code's own settings have them. Knows nothing of VS Code. */
import { Advice, openSettings } from '../ui/advice';

export interface PathPlaces {
  home: string;
  /** What `${workspaceFolder}` stands for; null where no folder is open, or none that may be used. */
  folder: string | null;
}

/**
 * The text with `~` at its start and these variables replaced, wherever they stand.
 * @param setting its name, for messages
 * @throws a sentence for any other variable, and for `${workspaceFolder}` where there is none
 */
export function expandPath(text: string, setting: string, { home, folder }: PathPlaces): string {
  const lead = `The setting latentLens.${setting} is "${text}"`;
  const buttons = [openSettings(setting)];
  const expanded = text.replace(/\$\{([^{}]*)\}/g, (variable, name: string) => {
    if (name === 'userHome') return home;
    if (name !== 'workspaceFolder') throw new Advice(`${lead}, but ${variable} is not replaced here: ~, \${userHome} and \${workspaceFolder} are. Write the path instead.`, buttons);
    if (folder === null) throw new Advice(`${lead}, but no folder that is trusted is open. Give the whole path.`, buttons);
    return folder;
  });
  return /^~(?:[/\\]|$)/.test(expanded) ? home + expanded.slice(1) : expanded;
}
