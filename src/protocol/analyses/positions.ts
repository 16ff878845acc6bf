/** How tokens of several programs that are alike are put together. */
import { choice } from '../fields';

export const POSITIONS = {
  merged: 'by their role in the syntax: all tokens of one (“the middle of the name in line 3”) are a place',
  kept: 'by their position: each token is a place, as all pairs have the same number of tokens',
} as const;
export type Positions = keyof typeof POSITIONS;

export const positions = choice(POSITIONS, { title: 'Places', description: 'how tokens of several programs are put together' }).default('merged');
