/** Latents and positions as they are written on the command line. */
import { InvalidArgumentError } from 'commander';
import { type LatentRef, parseLatentName } from '../../vocabulary/latent-name';
import { longSite, type SiteName } from '../../vocabulary/sites';

/** Longer prompts than any model's; keeps 0-999999999 from filling the memory. */
const MOST_POSITION = 1_000_000;

/** "3,7-9": positions count from 0, both ends of a range included. */
export function parsePositions(text: string): number[] {
  const positions = text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || to < from || to > MOST_POSITION) {
      throw new InvalidArgumentError(`'${part}' is no position. Give positions as 3,7-9; they count from 0, as latents FILE prints them under #.`);
    }
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return [...new Set(positions)].sort((a, b) => a - b);
}

/** "blocks.2.hook_resid_post,3.mlp_out": sites by their whole or their short names. */
export function parseSites(text: string): SiteName[] {
  return text.split(',').map((name) => {
    const site = longSite(name.trim());
    if (site === null) throw new InvalidArgumentError(`'${name}' is no site. Give sites as blocks.2.hook_resid_post, with commas between them.`);
    return site;
  });
}

/** "SITE:NUMBER" or "SITE:NUMBER@POSITIONS"; also as `latents` prints it, "2.resid_post/17". */
export function parseLatent(text: string): LatentRef & { positions: number[] | 'all' } {
  const [name, positions] = text.split(/@(.*)/s);
  const latent = parseLatentName(name);
  if (!latent) {
    throw new InvalidArgumentError(`'${text}' names no latent. Give SITE:NUMBER or SITE:NUMBER@POSITIONS, such as blocks.2.hook_resid_post:17@5.`);
  }
  return { ...latent, positions: positions === undefined ? 'all' : parsePositions(positions) };
}
