/** What the hover says about a token, as Markdown. */
import { activationShare } from './activation-words';
import type { ReadToken } from './activation-cache';
import type { Annotation } from './annotations';
import { codeSpan, commandLink, escaped, shortened } from '../ui/markdown';
import type { Activations, DescribedLatent } from '../../protocol/documents/latents';
import type { LatentArgument } from '../../protocol/pages/latents-view';
import type { LatentRef } from '../../vocabulary/latent-name';

/** The commands that its links may run. */
export const HOVER_COMMANDS = ['latentLens.showLatent', 'latentLens.highlightLatent', 'latentLens.ablateLatent'] as const;

/** Longer ones are shown by their beginning; the latent's page has all of it. */
const TEXT_LENGTH = 64;
const BAR = { width: 56, height: 10, colour: '#3f82c6' };

export interface HoverContext {
  uri: string;
  annotation: (ref: LatentRef) => Annotation | null;
}

export function hoverText({ reading, position, lines }: ReadToken, context: HoverContext): string {
  const { sae, tokens, active, counts } = reading;
  const token = tokens[position];
  const same = tokens.filter(({ start, end }) => start === token.start && end === token.end).length;
  const parts = same > 1 ? `, the last of ${same} tokens of this character` : '';
  const read = lines ? ` The file is too long for the model, which read lines ${lines.first}–${lines.last}.` : '';
  const title = `${codeSpan(JSON.stringify(token.text))} &nbsp;token ${position}, id ${token.id}${parts}`;
  const listed = active[position];
  const count = counts[position];
  const more = count > listed.length ? `, the strongest ${listed.length} of ${count}` : '';
  const about = count === 0 ? `No latent of ${escaped(sae.site)} is active here.` : `Active latents of ${escaped(sae.site)}${more}:`;
  const rows = listed.map(({ latent, activation }) => row(reading, { site: sae.site, latent }, activation, token.start!, context));
  const table = rows.length > 0 ? `\n\n| | | | | |\n|:--|:--|--:|:--|:--|\n${rows.join('\n')}` : '';
  const problems = reading.problems.map((problem) => `\n\n⚠ ${escaped(problem)}`).join('');
  return `${title}\n\n${about}${read}${table}${problems}`;
}

function row(reading: Activations, ref: LatentRef, activation: number, offset: number, { uri, annotation }: HoverContext): string {
  const described = reading.latents.find(({ latent }) => latent === ref.latent);
  const argument: LatentArgument = { ...ref, at: { uri, offset } };
  const number = commandLink(String(ref.latent), 'latentLens.showLatent', argument, `Show latent ${ref.latent} of ${ref.site}`);
  const highlight = commandLink('Highlight', 'latentLens.highlightLatent', argument, 'Highlight the tokens of this file where it is active, or stop');
  const ablate = commandLink('Ablate', 'latentLens.ablateLatent', argument, 'See what the model answers when this latent is 0 here');
  const cells = [number, bar(reading, ref, activation), `${activation.toFixed(2)}&nbsp;`, said(described, annotation(ref)), `${highlight}&nbsp;·&nbsp;${ablate}`];
  return `| ${cells.join(' | ')} |`;
}

/** The user's own name first, then what is known. */
function said(described: DescribedLatent | undefined, annotation: Annotation | null): string {
  const short = (text: string) => escaped(shortened(text, TEXT_LENGTH));
  const { name = '', note = '' } = annotation ?? {};
  const texts = [name && `**${short(name)}**`, note && short(note), described?.description && withCode(closed(shortened(described.description.text, TEXT_LENGTH)))];
  return texts.filter(Boolean).join(' · ') || '*no description*';
}

/** A text that was cut inside what it quotes still ends that. */
function closed(text: string): string {
  return text.endsWith('…') && text.split('`').length % 2 === 0 ? `${text}\`` : text;
}

/** What stands between backticks as code; a column's bar would end the cell even there. */
function withCode(text: string): string {
  const parts = text.split(/`([^`|]+)`/).map((part, i) => (i % 2 === 1 ? codeSpan(part) : escaped(part)));
  return parts.filter((part) => part !== '').join(' ');
}

/** An activation as a share of the latent's largest, as a picture that can be seen on light and on dark. */
function bar({ active, latents }: Activations, { latent }: LatentRef, activation: number): string {
  const known = latents.find((other) => other.latent === latent)?.maximum ?? null;
  const here = active.flat().reduce((most, one) => (one.latent === latent ? Math.max(most, one.activation) : most), 0);
  const share = Math.min(1, activation / (known ?? here));
  const says = activationShare(activation, known, { largest: here, where: 'of those listed for the tokens that were read' });
  return `![${escaped(says)}](${barPicture(share)} "${escaped(says)}")`;
}

export function barPicture(share: number): string {
  const { width, height } = BAR;
  const rect = (w: number, fill: string) => `<rect width="${w}" height="${height}" rx="2" ${fill}/>`;
  const bars = rect(width, 'fill="#808080" fill-opacity="0.3"') + rect(Math.max(1.5, width * share), `fill="${BAR.colour}"`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${bars}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
