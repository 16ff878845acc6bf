/** Sessions without weights of their own, shared by all SAEs that compute the same: opening one takes longer than running it. */
import type { Session } from '../graph';

const sessions = new Map<string, { opening: Promise<Session>; users: number }>();

/** The session of a key, opened for the first user; each gives it back with {@link giveBack}, unless this throws. */
export async function share(key: string, open: () => Promise<Session>): Promise<Session> {
  const shared = sessions.get(key) ?? { opening: open(), users: 0 };
  sessions.set(key, shared);
  shared.users++;
  try {
    return await shared.opening;
  } catch (error) {
    if (sessions.get(key) === shared) sessions.delete(key);
    throw error;
  }
}

/** Ends the session with its last user. */
export async function giveBack(key: string): Promise<void> {
  const shared = sessions.get(key);
  if (!shared || --shared.users > 0) return;
  sessions.delete(key);
  await (await shared.opening).release();
}
