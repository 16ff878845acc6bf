/** The figure of an attribution graph. */
import type { Part } from '../../protocol/analyses';
import type { Result } from '../../protocol/documents/result';
import { plain } from '../kinds/text';
import type { Figure, GraphUse } from '../kinds/figure';
import { circuitFiles } from './circuit-files';
import { circuitFigure } from './circuit-graph';

export function attributionGraphFigures({ reading: { model, source, prompt, tokens }, parts }: Result, part: Part<'attributionGraph'>): Figure[] {
  const { metric: { positive, negative }, graph } = part;
  const { layers, id, sha256 } = model;
  const about =
    `What gives what to logit(${plain(positive)}) − logit(${plain(negative)}) and to latents of transcoders, with attention and norms as they are in the run: an edge is the direct effect, past all other latents.`;
  const probability = parts.prediction?.value.answers.find(({ label }) => label === positive)?.probability ?? null;
  const words = {
    model: id, layers, slug: `${source.file ?? 'code'}-attribution-graph`, prompt, tokens: graph.places.map(({ label }, at) => tokens[at]?.text ?? label),
    answer: { text: positive, probability }, description: about,
  };
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const ablate = (ids: readonly string[]): GraphUse[] => {
    const changes = ids.flatMap((one) => {
      const { kind, site, index, place } = byId.get(one)!;
      const positions = place === null ? [] : graph.places[place].tokens;
      return kind === 'latent' && positions.length > 0 ? [{ site: site!, latent: index!, positions, change: { kind: 'ablate' as const } }] : [];
    });
    const titled = changes.length > 1 ? 'Ablate these latents' : 'Ablate it';
    return changes.length === 0 ? [] : [{ title: titled, id: 'intervention', params: { changes } as never }];
  };
  return [circuitFigure(graph, layers, {
    name: 'attribution-graph', title: 'Attribution graph', about, unit: 'activation, logits', files: circuitFiles(graph, words, null),
    of: { sha256, file: source.file },
    uses: { node: (node) => ablate(node.members ?? [node.id]), edge: () => [], group: ablate },
  })];
}
