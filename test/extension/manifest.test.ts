import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COLOURS } from '../../src/extension/attention/shades';

const root = path.join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const { commands, menus, submenus, walkthroughs, keybindings, viewsWelcome, configuration } = manifest.contributes;
const declared = new Set(commands.map(({ command }: { command: string }) => command));

describe('what the extension tells VS Code about itself', () => {
  it('names pictures that exist, here and in the README', () => {
    const pictures = walkthroughs.flatMap(({ icon, steps }: { icon: string; steps: { media: { image: string } }[] }) => [icon, ...steps.map(({ media }) => media.image)]);
    const readme = [...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1]);
    expect(readme.length).toBeGreaterThan(0);
    for (const picture of [manifest.icon, ...pictures, ...readme]) expect(existsSync(path.join(root, picture)), picture).toBe(true);
  });

  it('refers to declared commands only, and registers each', () => {
    const inMenus = Object.values(menus as Record<string, { command?: string }[]>).flat().filter(({ command }) => command !== undefined);
    const text = JSON.stringify([walkthroughs, viewsWelcome]);
    const linked = [...text.matchAll(/command:(latentLens\.\w+)/g)].map((match) => match[1]);
    for (const command of [...inMenus, ...keybindings].map(({ command: name }) => name).concat(linked)) expect(declared, command).toContain(command);
    const table = readFileSync(path.join(root, 'src', 'extension', 'commands.ts'), 'utf8');
    for (const command of declared as Set<string>) expect(table, command).toMatch(new RegExp(`^    ${command.replace('latentLens.', '')}:`, 'm'));
  });

  it('puts five entries at most into the context menu: one, and the others in a submenu beside it', () => {
    const context = menus['editor/context'] as { command?: string; submenu?: string; when: string }[];
    expect(context.map(({ command, submenu }) => command ?? submenu)).toEqual(['latentLens.explain', 'latentLens.code']);
    expect(submenus).toEqual([{ id: 'latentLens.code', label: 'Latent Lens' }]);
    // What comes next is asked in any language.
    expect(context.map(({ when }) => when)).toEqual(['editorLangId == python', undefined]);
    const everywhere = (menus['latentLens.code'] as { command: string; when?: string }[]).filter(({ when }) => when === undefined);
    expect(everywhere.map(({ command }) => command)).toEqual(['latentLens.explainNext']);
    // Of two entries of which one is shown where the other is not, one counts.
    const entries = menus['latentLens.code'] as { when?: string }[];
    const together = entries.filter(({ when = '' }) => !entries.some((other) => when.endsWith(`!(${other.when})`)));
    expect(entries.length - together.length).toBe(1);
    for (const language of ['python', 'typescript', 'javascriptreact', 'json']) {
      const shown = together.filter(({ when = '' }) => {
        const [, wanted, pattern] = /^editorLangId (?:== (\w+)|=~ \/(.*)\/)/.exec(when) ?? [];
        return wanted !== undefined ? wanted === language : pattern === undefined || new RegExp(pattern).test(language);
      });
      expect(1 + shown.length, language).toBeLessThanOrEqual(5);
    }
  });

  it('shows in the palette only what can be done, by keys that the extension sets', () => {
    const palette = menus.commandPalette as { command: string; when: string }[];
    expect(new Set(palette.map(({ command }) => command)).size).toBe(palette.length);
    const sources = ['services.ts', 'models/models.ts', 'explain/run-patching.ts'].map((file) => readFileSync(path.join(root, 'src', 'extension', file), 'utf8')).join('');
    const everywhere = JSON.stringify([menus, keybindings]).match(/latentLens\.\w+(?=[ "|&)]|\\")/g)!.filter((name) => !declared.has(name));
    const keys = new Set(everywhere.filter((name) => !['latentLens.code', 'latentLens.models', 'latentLens.latents', 'latentLens.results'].includes(name)));
    expect(keys.size).toBeGreaterThan(5);
    for (const key of keys) expect(sources, key).toMatch(new RegExp(`\\b${key.replace('latentLens.', '(?:latentLens\\\\.)?')}\\b['":,]`));
    // What needs code, a result, a download or an engine says so.
    for (const name of ['explain', 'explainNext', 'whyThisNotThat', 'runPatching', 'showTokens', 'ablateLatent', 'explainAgain', 'saveResult', 'copyCliCommand', 'cancel', 'restartEngine', 'cancelDownload', 'clearHighlights', 'removeHuggingFaceToken']) {
      expect(palette.find(({ command }) => command === `latentLens.${name}`)?.when, name).toMatch(/latentLens\.\w+/);
    }
  });

  it('gives themes the colours that attention is drawn with, in every kind of theme', () => {
    const colours = manifest.contributes.colors as { id: string; description: string; defaults: Record<string, string> }[];
    expect(colours.map(({ id }) => id)).toEqual(Object.values(COLOURS));
    for (const { description, defaults } of colours) {
      expect(description).toMatch(/^[A-Z].*\.$/);
      expect(Object.keys(defaults)).toEqual(['dark', 'light', 'highContrast', 'highContrastLight']);
    }
  });

  it('opens its own walkthrough, by the name that VS Code gives it', () => {
    const own = walkthroughs.map(({ id }: { id: string }) => `${manifest.publisher}.${manifest.name}#${id}`);
    const links = [...JSON.stringify(viewsWelcome).matchAll(/command:workbench\.action\.openWalkthrough\?([^)\s]+)\)/g)].map(([, argument]) => JSON.parse(decodeURIComponent(argument!)) as string);
    expect(links).toHaveLength(1);
    for (const link of links) expect(own).toContain(link);
  });

  it('takes no folder, template or hover from a workspace that is not trusted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const names = ['model', 'saes', 'explanations', 'template', 'templateByModel', 'hover.enabled', 'hover.site'].map((name) => `latentLens.${name}`);
    expect(restrictedConfigurations).toEqual(names);
    expect(Object.keys(configuration.properties)).toEqual(expect.arrayContaining(names));
  });

  it('describes every setting, and reads no other', () => {
    const settings = Object.entries(configuration.properties as Record<string, { description?: string; markdownDescription?: string }>);
    for (const [name, { description, markdownDescription }] of settings) expect(description ?? markdownDescription, name).toMatch(/\w.*\.$/s);
    const names = settings.map(([name]) => name.replace('latentLens.', ''));
    const files = ['settings.ts', 'question-settings.ts'].map((file) => readFileSync(path.join(root, 'src', 'extension', 'settings', file), 'utf8'));
    for (const [, name] of files.join('').matchAll(/\b(?:read(?:Object)?|setEntry)(?:<[^>]+>)?\('([\w.]+)'/g)) expect(names).toContain(name);
  });
});
