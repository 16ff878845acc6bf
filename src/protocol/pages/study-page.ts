/** What the extension and a study's page tell each other: the extension asks the process beside it, the page draws, sorts and filters. */
import * as z from 'zod';
import { text } from '../fields';
import type { StudyPage, StudyProgress } from '../studies/desk';
import { drawing, type Drawing } from './drawing';

export type ToStudyPage =
  /** `running` is what the study's own process does; null where none of this window runs it. */
  | { type: 'study'; page: StudyPage | null; folder: string; running: StudyProgress | null; error: string | null }
  | { type: 'running'; running: StudyProgress | null }
  | { type: 'drawing'; drawing: Drawing };

export const fromStudyPage = z.discriminatedUnion('type', [
  /** The page listens now; it is answered with all that it should show. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('action'), action: z.enum(['cancel', 'resume', 'refresh', 'reveal', 'html', 'csv']) }),
  /** A row's program is to be opened. */
  z.object({ type: z.literal('row'), key: text }),
  z.object({ type: z.literal('drawing'), drawing }),
  z.object({ type: z.literal('export'), name: text, kind: z.enum(['csv', 'json', 'svg', 'png']), content: text }),
]);
export type FromStudyPage = z.output<typeof fromStudyPage>;
export type StudyPageAction = Extract<FromStudyPage, { type: 'action' }>['action'];
