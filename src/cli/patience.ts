/** What a command says to the one that watches over it. */
export const PATIENCE = 'patience';

/** After Ctrl-C: the command saves what it has and ends by itself, however long that takes. A second Ctrl-C ends it all the same. */
export function askForPatience(): void {
  process.send?.(PATIENCE);
}
