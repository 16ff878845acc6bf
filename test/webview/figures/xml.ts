/** As much of an XML parser as the tests of pictures need: it throws at what is not well-formed. */

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  /** Of the element itself. */
  text: string;
  children: XmlElement[];
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

export function parseXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const source = xml.replace(/^<\?xml[^?]*\?>\s*/, '');
  const token = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/gy;
  for (const [whole, closing, name, attributes, empty, text, stray] of source.matchAll(token)) {
    if (stray) throw new Error(`A stray < in ${whole}.`);
    if (text !== undefined) open.at(-1)!.text += unescape(text);
    else if (closing) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes nothing.`);
    } else {
      const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescape(value)]);
      const element: XmlElement = { name, attributes: Object.fromEntries(pairs) as Record<string, string>, text: '', children: [] };
      if (Object.keys(element.attributes).length !== pairs.length) throw new Error(`<${name}> repeats an attribute.`);
      open.at(-1)!.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('There is not one root element.');
  return root.children[0];
}

/** An element and all in it, with one name or with any. */
export function elements(element: XmlElement, name?: string): XmlElement[] {
  const inside = element.children.flatMap((child) => elements(child, name));
  return name === undefined || element.name === name ? [element, ...inside] : inside;
}

function unescape(text: string): string {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) throw new Error('A character that XML has not.');
  return text.replace(/&(#?)(\w*)(;?)/g, (whole, number: string, name: string, end: string) => {
    const found = number ? String.fromCodePoint(Number(name)) : NAMED[name];
    if (!end || found === undefined) throw new Error(`${whole} is no entity.`);
    return found;
  });
}
