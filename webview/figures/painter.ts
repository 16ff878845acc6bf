/** What draws figures of one kind on a page. */
import type { Figure, GraphUse } from '../../src/figures/kinds/figure';
import type { GraphNotes } from '../../src/protocol/graphs/notes';
import type { Grid } from '../../src/figures/kinds/grid';
import type { Controls } from '../ui/controls';
import type { Theme } from '../ui/colours';
import type { DrawingChoices } from './drawing';
import type { HeatmapEvents } from './heatmap/heatmap';
import type { Picture } from './picture';

/** Draws figures of one kind, one in the place of the other. */
export interface FigurePainter<F extends Figure = Figure> {
  element: HTMLElement;
  show: (figure: F) => void;
  /** Marks a token, or none. */
  mark?: (position: number | null) => void;
  /** Of what is shown; left out where it is text. */
  picture: ((words: Pick<Picture, 'title' | 'subtitle'>, theme: Theme) => Picture | null) | null;
  /** What can be done with what is selected may be something else now. */
  refresh?: () => void;
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
  /** Asks the analysis again, with these parameters beside those of before; null where that cannot be. */
  ask: ((params: Record<string, unknown>) => void) | null;
  /** What can be done with the cells of a grid. */
  cells: (grid: () => Grid) => Omit<HeatmapEvents, 'describe' | 'onSelect'>;
  graphs: GraphSurroundings;
}

/** What is done for graphs. */
export interface GraphSurroundings {
  /** Asks an analysis; null while nothing can be asked. */
  use: () => ((use: GraphUse) => void) | null;
  /** What the reader made of a figure, by its name, as it was kept: it may be of another one. */
  kept: (figure: string) => unknown;
  keep: (figure: string, notes: GraphNotes) => void;
  /** Saves a JSON file; its name begins as those of all files of the page. */
  save: (name: string, content: string) => void;
}
