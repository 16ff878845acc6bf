/** Messages of pages, which are checked, as a page may be of another version. */
import type * as z from 'zod';
import { checked } from '../../protocol/fields';

/**
 * A page's message as its schema reads it. One that is not of the protocol is logged, and nothing comes of it: undefined.
 * @param what names it in the log
 */
export function pageMessage<S extends z.ZodType>(
  schema: S,
  received: unknown,
  what: string,
  log: (line: string) => void,
): z.output<S> | undefined {
  try {
    return checked(schema, received, what);
  } catch (error) {
    log(`${(error as Error).message} It was ignored.`);
    return undefined;
  }
}
