/** What draws figures of one kind on a page. */
import type { Figure } from '../../src/figures/figure';
import type { Controls } from '../ui/controls';
import type { Theme } from '../ui/colours';
import type { DrawingChoices } from './drawing';
import type { Picture } from './picture';

/** Draws figures of one kind, one in the place of the other. */
export interface FigurePainter<F extends Figure = Figure> {
  element: HTMLElement;
  show: (figure: F) => void;
  /** Marks a token, or none. */
  mark?: (position: number | null) => void;
  /** Of what is shown; left out where it is text. */
  picture: ((words: Pick<Picture, 'title' | 'subtitle'>, theme: Theme) => Picture | null) | null;
  /** Further controls, beside the exports. */
  controls?: HTMLElement;
}

export interface Surroundings {
  controls: Controls;
  drawing: DrawingChoices;
  /** Positions that have to be in sight, such as those of the line at which Python fails. */
  focus: () => ReadonlySet<number>;
  /** Is told the token and the layer that the reader chooses. */
  choose: (position: number, layer: number | null) => void;
}
