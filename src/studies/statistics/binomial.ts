/** Binomial probabilities, by logarithms, so that they stay right for thousands of programs. */

const LOG_FACTORIALS = [0];

/** log n! */
export function logFactorial(n: number): number {
  for (let i = LOG_FACTORIALS.length; i <= n; i++) LOG_FACTORIALS.push(LOG_FACTORIALS[i - 1] + Math.log(i));
  return LOG_FACTORIALS[n];
}

/** The chance of exactly k heads in n throws of a fair coin. */
export function fairChance(k: number, n: number): number {
  return Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2);
}
