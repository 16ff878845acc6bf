/**
 * A canvas context that writes SVG: as much of CanvasRenderingContext2D as our drawing and Chart.js use. Anything else throws, so that
 * nothing is ever missing from a picture in silence. Points are put into the picture's coordinates at once; shapes stay shapes and text
 * stays text.
 */
import { attributes, escapeXml, paint, rounded } from './svg-text';

type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

/** What save() keeps. */
const INITIAL = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  miterLimit: 10,
  lineDashOffset: 0,
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
};
type State = typeof INITIAL;

/** How far below the given point a text's baseline is, in font sizes. Viewers disagree about SVG's own baselines. */
const BASELINES: Record<string, number> = { alphabetic: 0, top: 0.85, hanging: 0.8, middle: 0.35, bottom: -0.2, ideographic: -0.2 };
const ANCHORS: Record<string, string> = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' };

/** Width of a text in a font, in pixels. */
export type MeasureText = (text: string, font: string) => number;

class SvgContext {
  /** Chart.js looks for these. */
  canvas: { width: number; height: number } | null = null;
  prevTextDirection: undefined;
  private state: State = { ...INITIAL };
  private transformation: Matrix = [1, 0, 0, 1, 0, 0];
  private dash: number[] = [];
  private clipped: string | null = null;
  private stack: { state: State; transformation: Matrix; dash: number[]; clipped: string | null }[] = [];
  private path = '';
  private start: [number, number] | null = null;
  private readonly clips = new Map<string, string>();
  private readonly items: { clipped: string | null; markup: string }[] = [];

  constructor(
    private readonly measure: MeasureText,
    private readonly prefix: string,
  ) {}

  /** What was drawn. */
  markup(): string {
    const clips = [...this.clips.values()].join('');
    let body = '';
    let open: string | null = null;
    for (const { clipped, markup } of this.items) {
      if (clipped !== open) body += `${open === null ? '' : '</g>'}${clipped === null ? '' : `<g clip-path="url(#${clipped})">`}`;
      open = clipped;
      body += markup;
    }
    return `${clips && `<defs>${clips}</defs>`}${body}${open === null ? '' : '</g>'}`;
  }

  save(): void {
    const { state, transformation, dash, clipped } = this;
    this.stack.push({ state: { ...state }, transformation, dash, clipped });
  }

  restore(): void {
    const saved = this.stack.pop();
    if (saved) Object.assign(this, saved);
  }

  translate(x: number, y: number): void {
    this.apply([1, 0, 0, 1, x, y]);
  }

  scale(x: number, y: number): void {
    this.apply([x, 0, 0, y, 0, 0]);
  }

  rotate(angle: number): void {
    this.apply([Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]);
  }

  setTransform(...matrix: Matrix): void {
    this.transformation = matrix;
  }

  resetTransform(): void {
    this.transformation = [1, 0, 0, 1, 0, 0];
  }

  setLineDash(dash: number[]): void {
    this.dash = [...dash];
  }

  getLineDash(): number[] {
    return [...this.dash];
  }

  beginPath(): void {
    this.path = '';
    this.start = null;
  }

  moveTo(x: number, y: number): void {
    this.start = [x, y];
    this.path += `M${this.point(x, y)}`;
  }

  lineTo(x: number, y: number): void {
    if (!this.start) this.moveTo(x, y);
    else {
      const point = this.point(x, y);
      const already = ['M', 'L', ' '].some((before) => this.path.endsWith(before + point));
      if (!already) this.path += `L${point}`;
    }
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    if (!this.start) this.moveTo(x1, y1);
    this.path += `C${this.point(x1, y1)} ${this.point(x2, y2)} ${this.point(x, y)}`;
  }

  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise = false): void {
    const at = (angle: number): [number, number] => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    const whole = Math.abs(to - from) >= 2 * Math.PI - 1e-9;
    const turn = whole ? 2 * Math.PI : (((counterclockwise ? from - to : to - from) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
    this.lineTo(...at(from));
    if (radius === 0) return;
    // SVG draws no whole circle in one arc.
    const parts = turn > Math.PI ? 2 : 1;
    const r = rounded(radius * this.scaling());
    for (let i = 1; i <= parts; i++) {
      const angle = from + ((counterclockwise ? -1 : 1) * turn * i) / parts;
      this.path += `A${r} ${r} 0 0 ${counterclockwise ? 0 : 1} ${this.point(...at(angle))}`;
    }
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path += this.rectangle(x, y, width, height);
    this.start = [x, y];
  }

  closePath(): void {
    if (this.path) this.path += 'Z';
  }

  clip(path?: unknown): void {
    needsNoPath(path);
    const key = `${this.clipped ?? ''} ${this.path}`;
    const id = this.clips.has(key) ? /id="([^"]*)"/.exec(this.clips.get(key)!)![1] : `${this.prefix}${this.clips.size}`;
    const around = this.clipped === null ? '' : ` clip-path="url(#${this.clipped})"`;
    if (!this.clips.has(key)) this.clips.set(key, `<clipPath id="${id}"${around}><path d="${this.path}"/></clipPath>`);
    this.clipped = id;
  }

  fill(rule?: unknown): void {
    if (rule !== 'evenodd') needsNoPath(rule);
    this.add(this.path, { fill: this.state.fillStyle, ...(rule === 'evenodd' && { 'fill-rule': rule }) });
  }

  stroke(path?: unknown): void {
    needsNoPath(path);
    this.add(this.path, { fill: 'none', ...this.stroking() });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.add(this.rectangle(x, y, width, height), { fill: this.state.fillStyle });
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.add(this.rectangle(x, y, width, height), { fill: 'none', ...this.stroking() });
  }

  /** Chart.js clears everything before it draws, and draws more than once. */
  clearRect(x: number, y: number, width: number, height: number): void {
    const { canvas } = this;
    if (!canvas || x > 0 || y > 0 || width < canvas.width || height < canvas.height) throw new Error('A picture clears a part of itself.');
    this.items.length = 0;
    this.clips.clear();
  }

  measureText(text: string): { width: number } {
    return { width: this.measure(text, this.state.font) };
  }

  fillText(text: string, x: number, y: number, maxWidth?: number): void {
    this.text(text, x, y, maxWidth, { fill: this.state.fillStyle });
  }

  strokeText(text: string, x: number, y: number, maxWidth?: number): void {
    this.text(text, x, y, maxWidth, { fill: 'none', ...this.stroking() });
  }

  private text(text: string, x: number, y: number, maxWidth: number | undefined, colours: Record<string, string | number>): void {
    const { font, textAlign, textBaseline } = this.state;
    const parts = /^(.*?)(\d+(?:\.\d+)?)px(?:\/\S+)?\s+(.+)$/.exec(font);
    if (!parts) throw new Error(`The font ${font} cannot be written into a picture.`);
    const [, style, size, family] = parts;
    const squeezed = maxWidth !== undefined && this.measure(text, font) > maxWidth;
    const [a, b, c, d, e, f] = this.transformation;
    const moved = b === 0 && c === 0 && a === 1 && d === 1;
    const position = moved
      ? { x: x + e, y: y + f + BASELINES[textBaseline] * Number(size) }
      : { x, y: y + BASELINES[textBaseline] * Number(size), transform: `matrix(${[a, b, c, d, e, f].map(rounded).join(' ')})` };
    const written = attributes({
      ...position,
      ...paint(colours, this.state.globalAlpha),
      'font-family': family,
      'font-size': Number(size),
      ...(/bold|[6-9]00/.test(style) && { 'font-weight': 'bold' }),
      ...(style.includes('italic') && { 'font-style': 'italic' }),
      ...(ANCHORS[textAlign] !== 'start' && { 'text-anchor': ANCHORS[textAlign] }),
      ...(squeezed && { textLength: maxWidth, lengthAdjust: 'spacingAndGlyphs' }),
    });
    this.items.push({ clipped: this.clipped, markup: `<text xml:space="preserve" ${written}>${escapeXml(text)}</text>` });
  }

  private add(path: string, colours: Record<string, string | number>): void {
    const painted = paint(colours, this.state.globalAlpha);
    const invisible = [painted.fill, painted.stroke].every((colour) => colour === undefined || colour === 'none');
    if (path && !invisible) this.items.push({ clipped: this.clipped, markup: `<path d="${path}" ${attributes(painted)}/>` });
  }

  private stroking(): Record<string, string | number> {
    const { strokeStyle, lineWidth, lineCap, lineJoin, lineDashOffset } = this.state;
    return {
      stroke: strokeStyle,
      'stroke-width': lineWidth * this.scaling(),
      ...(lineCap !== 'butt' && { 'stroke-linecap': lineCap }),
      ...(lineJoin !== 'miter' && { 'stroke-linejoin': lineJoin }),
      ...(this.dash.length > 0 && { 'stroke-dasharray': this.dash.join(' '), 'stroke-dashoffset': lineDashOffset }),
    };
  }

  private rectangle(x: number, y: number, width: number, height: number): string {
    return `M${this.point(x, y)}L${this.point(x + width, y)}L${this.point(x + width, y + height)}L${this.point(x, y + height)}Z`;
  }

  private point(x: number, y: number): string {
    const [a, b, c, d, e, f] = this.transformation;
    return `${rounded(a * x + c * y + e)} ${rounded(b * x + d * y + f)}`;
  }

  private scaling(): number {
    const [a, b, c, d] = this.transformation;
    return Math.sqrt(Math.abs(a * d - b * c));
  }

  private apply([a, b, c, d, e, f]: Matrix): void {
    const [p, q, r, s, t, u] = this.transformation;
    this.transformation = [p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u];
  }

  /** The context as a canvas would give it. */
  strict(): CanvasRenderingContext2D {
    const guarded = new Proxy(this, {
      get: (target, name) => {
        if (typeof name === 'string' && Object.hasOwn(INITIAL, name)) return target.state[name as keyof State];
        if (!(name in target)) throw new Error(`A picture needs ${String(name)} of a canvas, which SVG export does not have.`);
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
      set: (target, name, value) => {
        if (typeof name === 'string' && Object.hasOwn(INITIAL, name)) Object.assign(target.state, { [name]: value });
        else if (name === 'canvas' || name === 'prevTextDirection') Reflect.set(target, name, value);
        else throw new Error(`A picture sets ${String(name)} of a canvas, which SVG export does not have.`);
        return true;
      },
    });
    return guarded as unknown as CanvasRenderingContext2D;
  }
}

/** A Path2D tells nobody what is in it. */
function needsNoPath(path: unknown): void {
  if (path !== undefined) throw new Error('A picture draws a Path2D, which SVG export cannot read.');
}

/** Something that Chart.js takes for a canvas, and what was drawn on it. `prefix` keeps the ids of several apart. */
export function svgCanvas(
  width: number,
  height: number,
  measure: MeasureText,
  prefix = 'clip',
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D; markup: () => string } {
  const recorder = new SvgContext(measure, prefix);
  const context = recorder.strict();
  const canvas = { width, height, getContext: () => context };
  recorder.canvas = canvas;
  return { canvas: canvas as unknown as HTMLCanvasElement, context, markup: () => recorder.markup() };
}
