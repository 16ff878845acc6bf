/** Types of a Python program put to the test: edits that keep the one at a hole, each run, and those that the value there really has. */
import type { TypeEdit } from '../judge/messages';
import type { Labeller } from '../outcomes/unjudged';
import { createParser } from '../syntax/parse';
import { keptPythonEdits, type PythonEditsAsked } from './edits';
import { typesSeen } from './seen';

export interface PythonTypes {
  /** Those after which the grammar accepts the program and, where programs are run, it ends as it did. */
  edits: TypeEdit[];
  /** How many did not. */
  dropped: number;
  /** As a run shows them, in the order in which they were first seen; null where that cannot be told, or nothing is run. */
  seen: string[] | null;
}

/** @param label runs programs; without it only the syntax is verified */
export async function pythonTypes(asked: PythonEditsAsked, label?: Labeller): Promise<PythonTypes> {
  const parser = await createParser();
  try {
    const { edits, dropped } = await keptPythonEdits(parser, asked, label);
    const count = Object.values(dropped).reduce((sum, one) => sum + one, 0);
    return { edits, dropped: count, seen: label ? await typesSeen(parser, asked, label) : null };
  } finally {
    parser.dispose();
  }
}
