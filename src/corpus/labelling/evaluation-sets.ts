import { filesOf } from '../written/files';

/**
 * The JSONL files of a folder: the evaluation sets kept in test/fixtures.
 * @throws a sentence when there are none, so that nothing is made that has not been held against them
 */
export const evaluationSets = (folder: string): string[] => filesOf(folder, '.jsonl');
