// Preloaded into vsce, which asks minimatch for every file and every pattern of .vscodeignore: a pattern is compiled once, not
// anew for each of some ten thousand files, which took two thirds of all its time. What matches stays the same.
const { createRequire } = require('node:module');

const minimatch = createRequire(require.resolve('@vscode/vsce/package.json'))('minimatch');
const { Minimatch, minimatch: original } = minimatch;

/** By options, then by pattern. */
const compiled = new WeakMap();

minimatch.minimatch = Object.assign((file, pattern, options) => {
  // What is no pattern, a comment, or has options of its own is minimatch's business.
  if (typeof pattern !== 'string' || pattern.startsWith('#') || !options) return original(file, pattern, options);
  if (!compiled.has(options)) compiled.set(options, new Map());
  const patterns = compiled.get(options);
  if (!patterns.has(pattern)) patterns.set(pattern, new Minimatch(pattern, options));
  return patterns.get(pattern).match(file);
}, original);
