/** Text in VS Code's notifications. Knows nothing of VS Code. */

/**
 * A message that may quote what a file or a server says: notifications make a link of `[words](command:…)`, which runs the command when
 * it is clicked.
 */
export function unlinked(message: string): string {
  return message.replaceAll('](', '] (');
}
