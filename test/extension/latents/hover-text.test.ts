import { describe, expect, it } from 'vitest';
import { barPicture, HOVER_COMMANDS, hoverText, type HoverContext } from '../../../src/extension/latents/hover-text';
import { codeSpan, commandLink, escaped, shortened } from '../../../src/extension/ui/markdown';
import type { ActivationsAt } from '../../../src/protocol/documents/latents';

const SITE = 'blocks.2.hook_resid_post' as const;
const sae: ActivationsAt['sae'] = { name: 'sae', site: SITE, layer: 2, format: 'saelens', architecture: 'topk', width: 4, latents: 64, k: 2 };
const reading: ActivationsAt = {
  sae,
  read: { start: 0, end: 9 },
  room: 512,
  tokens: [
    { id: 1, text: '<s>', start: null, end: null },
    { id: 30, text: 'print', start: 0, end: 5 },
    { id: 31, text: '\u{fffd}', start: 5, end: 7 },
    { id: 32, text: '\u{fffd}', start: 5, end: 7 },
  ],
  active: [[], [{ latent: 12, activation: 2 }, { latent: 40, activation: 1 }], [], [{ latent: 40, activation: 4 }]],
  counts: [0, 5, 0, 1],
  latents: [
    { site: SITE, latent: 12, description: { text: 'after `print` | [x](command:evil)', source: 'automatic' }, maximum: 8 },
    { site: SITE, latent: 40, description: null, maximum: null },
  ],
  problems: [],
};
const context: HoverContext = { uri: 'file:///a.py', annotation: () => null };

describe('the hover', () => {
  it('says what the model reads, and which latents are active there', () => {
    const text = hoverText({ reading, position: 1, lines: null }, context);
    const [title, about, table] = text.split('\n\n');
    expect(title).toBe('`"print"` &nbsp;token 1, id 30');
    expect(about).toBe(`Active latents of ${escaped(SITE)}, the strongest 2 of 5:`);
    const rows = table.split('\n').slice(2);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('| 2.00&nbsp; |');
    expect(rows[0]).toContain(escaped('25 % of its largest known activation, 8.00'));
    expect(rows[0]).toContain(`| after \`print\` ${escaped('| [x](command:evil)')} |`);
    expect(rows[1]).toContain('| *no description* |');
    expect(rows[1]).toContain(escaped('25 % of its largest activation of those listed for the tokens that were read, 4.00'));
  });

  it('says how often a latent exceeds what is known of it, and when nothing is', () => {
    const withMaximum = (maximum: number) => {
      const latents = [{ ...reading.latents[0], maximum }, reading.latents[1]];
      return hoverText({ reading: { ...reading, latents }, position: 1, lines: null }, context);
    };
    expect(withMaximum(0.75)).toContain(escaped('2.67 times its largest known activation, 0.75'));
    expect(withMaximum(2)).toContain(escaped('100 % of its largest known activation, 2.00'));
    expect(withMaximum(0)).toContain(escaped('not active in the code its facts were collected from'));
    expect(withMaximum(0)).toContain(barPicture(1));
  });

  it('shows quoted code as code where the description is cut inside it', () => {
    const description = { text: `after \`${'x'.repeat(80)}\``, source: 'automatic' as const };
    const text = hoverText({ reading: { ...reading, latents: [{ ...reading.latents[0], description }] }, position: 1, lines: null }, context);
    expect(text).toMatch(/\| after `x+…` \|/);
  });

  it('says what is wrong with the SAE, as text', () => {
    const problem = 'latents.safetensors is *damaged*.';
    expect(hoverText({ reading: { ...reading, problems: [problem] }, position: 1, lines: null }, context)).toContain(`\n\n⚠ ${escaped(problem)}`);
    expect(hoverText({ reading, position: 1, lines: null }, context)).not.toContain('⚠');
  });

  it('links to the trusted commands alone, with the latent and the place', () => {
    const text = hoverText({ reading, position: 1, lines: null }, context);
    const links = [...text.matchAll(/\]\(command:([\w.]+)\?(\S+) /g)];
    expect(new Set(links.map(([, command]) => command))).toEqual(new Set(HOVER_COMMANDS));
    expect(links).toHaveLength(6);
    expect(JSON.parse(decodeURIComponent(links[0][2]))).toEqual([{ site: SITE, latent: 12, at: { uri: 'file:///a.py', offset: 0 } }]);
    expect(text).not.toContain('command:evil');
    expect(text).not.toContain('| [x');
  });

  it('puts the user’s own name first', () => {
    const annotation = () => ({ name: 'a *quote*', note: 'see below', scope: 'workspace' as const });
    const text = hoverText({ reading, position: 1, lines: null }, { ...context, annotation });
    expect(text).toContain(`**a ${escaped('*quote*')}** · see below · after `);
  });

  it('says what else there is to know about the token', () => {
    const split = hoverText({ reading, position: 3, lines: null }, context);
    expect(split).toContain('token 3, id 32, the last of 2 tokens of this character');
    expect(split).not.toContain('strongest');
    const none = hoverText({ reading, position: 2, lines: { first: 3, last: 40 } }, context);
    expect(none).toContain(`No latent of ${escaped(SITE)} is active here.`);
    expect(none).toContain('read lines 3–40');
    expect(none).not.toContain('|');
  });

  it('draws a share of the bar, and something for the smallest', () => {
    const widths = (share: number) => {
      const svg = Buffer.from(barPicture(share).split(',')[1], 'base64').toString();
      return [...svg.matchAll(/<rect width="([\d.]+)"/g)].map(([, width]) => Number(width));
    };
    expect(widths(0.5)).toEqual([56, 28]);
    expect(widths(1)).toEqual([56, 56]);
    expect(widths(1e-6)[1]).toBeGreaterThan(1);
  });
});

describe('foreign text', () => {
  const hostile = '[x](command:evil) <b>&lt; `code` | $(zap) **bold** https://evil.example www.evil.example a@evil.example #1 \\ ~s~ !\n\n# y';

  it('has no sign left that Markdown knows', () => {
    expect(escaped(hostile).replace(/&#\d+;/g, '')).toMatch(/^[\p{L}\p{N} ]*$/u);
    const back = escaped(hostile).replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    expect(back).toBe(hostile.replace('\n\n', ' '));
    expect(escaped('naïve 日本')).toBe('naïve 日本');
  });

  it('shows what is hidden, and nothing turns the writing direction', () => {
    expect(escaped('a\u202eb\u200bc\0')).toBe('a&#183;b&#183;c&#183;');
    expect(codeSpan('a\u2066b')).toBe('`a·b`');
  });

  it('cannot leave its code span', () => {
    expect(codeSpan('x')).toBe('`x`');
    expect(codeSpan('a ``b`` c')).toBe('```a ``b`` c```');
    expect(codeSpan('`')).toBe('`` ` ``');
    expect(codeSpan('a\n\nb')).toBe('`a b`');
  });

  it('cannot leave its link, nor its title', () => {
    const link = commandLink('a](b', 'latentLens.showLatent', { site: 'x)"y' }, 'q" (r)');
    expect(link).toMatch(/^\[[^\]]*\]\(command:latentLens\.showLatent\?[\w%.~-]+ "[^"]*"\)$/);
  });

  it('is cut between signs', () => {
    expect(shortened('😀😀😀', 3)).toBe('😀😀😀');
    expect(shortened('😀😀😀', 2)).toBe('😀…');
  });
});
