/** SVG's text form: escaped text, attributes and colours. */

/** Characters that XML 1.0 has not, lone surrogates among them. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeXml(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

export function attributes(values: Record<string, string | number | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}="${typeof value === 'number' ? rounded(value) : escapeXml(value!)}"`).join(' ');
}

/** A hundredth of a pixel is enough. */
export function rounded(value: number): number {
  if (!Number.isFinite(value)) throw new Error('A picture has a number in it that is none.');
  return Math.round(value * 100) / 100;
}

/** Fill and stroke with their opacities apart, as programs that know SVG 1.1 read them. */
export function paint(colours: Record<string, string | number>, alpha: number): Record<string, string | number | undefined> {
  const { fill, stroke, ...rest } = colours;
  return { ...one('fill', fill, alpha), ...one('stroke', stroke, alpha), ...rest };
}

function one(name: string, colour: string | number | undefined, alpha: number): Record<string, string | number | undefined> {
  if (colour === undefined || colour === 'none') return { [name]: colour };
  const [solid, own] = withoutAlpha(String(colour));
  const opacity = own * alpha;
  if (opacity === 0) return { [name]: 'none' };
  return { [name]: solid, [`${name}-opacity`]: opacity < 1 ? opacity : undefined };
}

function withoutAlpha(colour: string): [string, number] {
  if (colour === 'transparent') return ['none', 0];
  if (/^#[\da-f]{8}$/i.test(colour)) return [colour.slice(0, 7), parseInt(colour.slice(7), 16) / 255];
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/.exec(colour);
  if (!parts) return [colour, 1];
  const opacity = parts[4] === undefined ? 1 : Number(parts[4]) / (parts[5] ? 100 : 1);
  return [`rgb(${[1, 2, 3].map((i) => Math.round(Number(parts[i]))).join(',')})`, opacity];
}
