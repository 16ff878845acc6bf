/** Nodes that are to be left out, from their names: parts of the model, or latents, at places of a program. */
import type { ModelShape } from '../../../architectures';
import { writersOf, type EdgeWriter } from '../../../methods/circuits/graph';
import type { PlacedFeature } from '../../../methods/circuits/latent-places';
import type { PlacedNode } from '../../../methods/circuits/node-places';
import type { Model } from '../../../model';
import { ANALYSES } from '../../../protocol/analyses';
import type { Tried } from '../../../protocol/analyses/ablation';
import { parsePlaced, type NamedNode, type NamedWriter } from '../../../protocol/reading/nodes';
import { parseStretch } from '../../../protocol/reading/place';
import type { LoadedSae } from '../../../sae';
import { shortLatentName } from '../../../vocabulary/latent-name';
import { shortSite } from '../../../vocabulary/sites';
import { saeAt } from '../../latents/active';
import { positionsIn } from '../../reading/places';
import { checkNamed } from '../named-writer';
import { Unanswerable, type Reading } from '../reading';
import type { CircuitPairs } from './circuit-pairs';

export interface NamedNodes {
  readonly parts: readonly PlacedNode[];
  readonly latents: readonly PlacedFeature[];
  readonly told: Tried['nodes'];
}

/** @returns the names. @throws a sentence, Unanswerable where there are none, where one is of no part that the model has */
export function checkNames(shape: ModelShape, names: readonly string[] | null): readonly string[] {
  if (names === null) throw new Unanswerable(`Nothing was said that is to be left out. ${ANALYSES.ablation.first}`);
  for (const { node } of names.map(parsePlaced)) if (node.kind !== 'latent' && node.kind !== 'error') checkNamed(shape, node);
  return names;
}

/** @throws a sentence where one is not there, or where nothing could differ */
export function namedNodes(reading: Reading, pairs: CircuitPairs, names: readonly string[], saes: readonly LoadedSae[]): NamedNodes {
  const { model } = reading.loaded;
  const writers = writersOf(model);
  const parts = new Map<string, PlacedNode>();
  const latents = new Map<string, PlacedFeature>();
  const told = names.map((name) => {
    const { node, at } = parsePlaced(name);
    const places = placesAt(reading, pairs, name, at);
    if (node.kind === 'latent' || node.kind === 'error') {
      const sae = saeAt(saes, node.site, model.shape.layers);
      const latent = node.kind === 'error' ? null : node.latent;
      const { dSae } = sae.config;
      if (latent !== null && latent >= dSae) throw new Error(`The SAE of ${node.site} has the latents 0 to ${dSae - 1}, and no ${latent}.`);
      for (const place of places) latents.set(`${node.site} ${latent} ${place}`, { sae, latent, place });
    } else {
      writers.forEach((writer, i) => {
        if (isOf(node, writer)) for (const place of places) parts.set(`${i} ${place}`, { writer: i, place });
      });
    }
    const there = at === null ? null : places.map((place) => pairs.places[place]);
    return {
      name, words: nodeWords(node), place: there && there.map(({ label }) => label).join(''),
      tokens: there && there.flatMap(({ tokens }) => tokens).sort((a, b) => a - b),
    };
  });
  if (parts.size > 0 && latents.size > 0) {
    throw new Error('Heads and MLPs are left out of the model as it is, latents of one with SAEs in it: name nodes of one of the two kinds only.');
  }
  return { parts: [...parts.values()], latents: [...latents.values()], told };
}

function isOf(node: NamedWriter, writer: EdgeWriter): boolean {
  if (node.kind === 'embed' || writer.kind === 'embed') return node.kind === writer.kind;
  if (node.layer !== writer.layer) return false;
  if (writer.kind === 'head') return node.kind === 'attention' || (node.kind === 'head' && node.head === writer.head);
  return node.kind === 'mlp' && writer.kind === 'mlp';
}

/** Indices of places. */
function placesAt({ program }: Reading, { places, finding: [own] }: CircuitPairs, name: string, at: string | number | null): number[] {
  if (at === null) return places.map((_, place) => place);
  if (typeof at === 'number') {
    if (at < places.length) return [at];
    throw new Error(`There is no place ${at} for ${name}: programs like this one have the places 0 to ${places.length - 1}. Name a token as #POSITION or LINE:COLUMN.`);
  }
  const found = positionsIn(program, parseStretch(at)).flatMap((position) => own.placeOf[position] ?? []);
  if (found.length > 0) return [...new Set(found)];
  throw new Error(`Up to ${at} both programs are the same, so ${name} does the same in both, and leaving it out could change nothing. Name a later token.`);
}

function nodeWords(node: NamedNode): string {
  switch (node.kind) {
    case 'embed': return 'the embedding';
    case 'head': return `head ${node.layer}.${node.head}`;
    case 'attention': return `attention of layer ${node.layer}`;
    case 'mlp': return `MLP ${node.layer}`;
    case 'latent': return `latent ${shortLatentName(node)}`;
    case 'error': return `what the SAE of ${shortSite(node.site)} leaves out`;
  }
}

/** All nodes of a model at places where they may differ, but the remainders of layers. */
export function allNodes(model: Model, places: readonly number[]): PlacedNode[] {
  return writersOf(model).flatMap(({ kind }, writer) => (kind === 'remainder' ? [] : places.map((place) => ({ writer, place }))));
}
