/** A circuit as files in the field's formats, with what the reader made of it and what is shown of it. */
import type { CircuitEdge, CircuitGraph } from '../../protocol/graphs/circuit';
import { writeEapIg, type EapIgShape } from '../../protocol/graphs/eap-ig';
import { remarkNeuronpedia, writeNeuronpedia, type NeuronpediaWords } from '../../protocol/graphs/neuronpedia';
import type { OpenedGraph } from '../../protocol/graphs/opened';
import type { GraphFile } from '../kinds/figure';

/** @param words null where the graph is of no prompt @param shape null where the model's is not known */
export function circuitFiles(graph: CircuitGraph, words: NeuronpediaWords | null, shape: EapIgShape | null): GraphFile[] {
  const key = ({ from, to, input }: Pick<CircuitEdge, 'from' | 'to'> & { input?: string | null }) => JSON.stringify([from, to, input ?? null]);
  return [
    ...(words ? [{
      title: 'Neuronpedia', suffix: 'neuronpedia', about: 'Save the whole graph, with pins and groups, as Neuronpedia and circuit-tracer have it',
      content: (notes) => writeNeuronpedia(named(graph, notes.names), words, notes),
    } satisfies GraphFile] : []),
    ...(shape ? [{
      title: 'EAP-IG', suffix: 'eap-ig', about: 'Save the scores, summed over places, as EAP-IG has them, with pins, names and groups beside them; what is shown is in its circuit',
      content: (notes, shown) => {
        const keys = new Set(shown.edges.map(key));
        const edges = new Set(graph.edges.filter((edge) => keys.has(key(edge))));
        return writeEapIg(graph, shape, { nodes: new Set(shown.nodes.map(({ id }) => id)), edges }, notes);
      },
    } satisfies GraphFile] : []),
  ];
}

/** Of a graph that was opened from a file: the file as it was, with what the reader made of it. */
export function openedFiles({ graph, document, format, shape }: OpenedGraph): GraphFile[] {
  if (format === 'EAP-IG') return circuitFiles(graph, null, shape);
  return [{
    title: format, suffix: 'neuronpedia', about: 'Save the graph as it is in the file, with your pins, names and groups',
    content: (notes) => remarkNeuronpedia(document, notes, notes.names),
  }];
}

function named(graph: CircuitGraph, names: Readonly<Record<string, string>>): CircuitGraph {
  return { ...graph, nodes: graph.nodes.map((node) => (Object.hasOwn(names, node.id) ? { ...node, label: names[node.id] } : node)) };
}
