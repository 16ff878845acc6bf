/** How large an activation is, in words: as a share of the latent's largest. */

/** @param maximum the largest in the code that the latent's facts were collected from; null without facts */
export function activationShare(activation: number, maximum: number | null, listed: { largest: number; where: string }): string {
  if (maximum === 0) return 'not active in the code its facts were collected from';
  if (maximum === null) return `${times(activation / listed.largest)} its largest activation ${listed.where}, ${listed.largest.toFixed(2)}`;
  return `${times(activation / maximum)} its largest known activation, ${maximum.toFixed(2)}`;
}

function times(share: number): string {
  return share > 1.005 ? `${share.toFixed(2)} times` : `${Math.round(100 * share)} % of`;
}
