/** Density: from which share of tokens on a latent is active at so many that being active tells little. */

/** The share of all tokens above which a latent is called dense. */
export const DENSE = 0.2;
