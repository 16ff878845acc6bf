/** A graph that was opened from a file, in whichever of the field's formats it is: what a page shows without any model. */
import type { CircuitGraph } from './circuit';
import { isEapIg, readEapIg, type EapIgShape } from './eap-ig';
import type { GraphNotes } from './notes';
import { isNeuronpedia, MOST_BYTES, readNeuronpedia, type Marked } from './neuronpedia';

export interface OpenedGraph {
  format: 'Neuronpedia' | 'EAP-IG';
  /** What it is named, where the format has names. */
  title: string | null;
  model: string | null;
  layers: number;
  prompt: string | null;
  graph: CircuitGraph;
  /** What its maker pinned and grouped, and, where the format tells them apart from labels, named. */
  marked: Marked & { names?: GraphNotes['names'] };
  /** The file's content, where the format keeps what a reader makes of it. */
  document: unknown;
  /** Of the model, where the format says it. */
  shape: EapIgShape | null;
  /** Sentences about what is not shown as the file has it. */
  notices: string[];
}

/** @param what names the file @throws a sentence where it is no such graph */
export function openGraph(text: string, what: string): OpenedGraph {
  if (text.length > MOST_BYTES) throw new Error(`${what} has ${(text.length / 1e6).toFixed(0)} MB; graphs of at most ${Math.round(MOST_BYTES / 1e6)} MB are opened.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${what} is no JSON.`);
  }
  if (isNeuronpedia(value)) {
    const { slug, model, ...read } = readNeuronpedia(value, what);
    return { format: 'Neuronpedia', title: slug, model, shape: null, document: value, ...read };
  }
  if (isEapIg(value)) {
    const { graph, shape, notes } = readEapIg(value, what);
    const none = { title: null, model: null, prompt: null, document: null, notices: [] };
    return { format: 'EAP-IG', layers: shape.layers, graph, marked: notes, shape, ...none };
  }
  throw new Error(
    `${what} is no graph that can be shown: Neuronpedia’s and circuit-tracer’s have metadata, qParams, nodes and links, EAP-IG’s have cfg, nodes and edges.`,
  );
}
