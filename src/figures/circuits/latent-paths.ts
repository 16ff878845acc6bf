/** Figures of latent paths: each edge by its score and really patched, and the heads that carry it. */
import type { Part } from '../../protocol/analyses';
import type { Result } from '../../protocol/documents/result';
import { carriedFigure, checkFigure } from './circuit';
import type { Figure } from '../kinds/figure';

export function latentPathsFigures(_: Result, { check, carried }: Part<'latentPaths'>): Figure[] {
  return [
    { ...checkFigure(check, 'The edges that were asked for'), name: 'latent-paths', title: 'Paths between latents' },
    ...(carried.length > 0 ? [{ ...carriedFigure(carried), name: 'latent-paths-carried' }] : []),
  ];
}
