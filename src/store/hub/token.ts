/** The user's token for the Hugging Face Hub, where the command line may use it: as Python's huggingface_hub finds it. */
import { readFile, stat } from 'node:fs/promises';
import { tokenFile } from '../places/folders';

const MOST_CHARACTERS = 1000;

/** HF_TOKEN, else HUGGING_FACE_HUB_TOKEN, else the file that `hf auth login` writes; null where there is none. */
export async function findToken(env: Readonly<Record<string, string | undefined>> = process.env): Promise<string | null> {
  const given = (env.HF_TOKEN ?? env.HUGGING_FACE_HUB_TOKEN)?.trim();
  if (given) return given;
  const file = tokenFile(env);
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile() || info.size > MOST_CHARACTERS) return null;
  return (await readFile(file, 'utf8').catch(() => '')).trim() || null;
}

/** @throws a sentence, without the token in it, when a header cannot hold it */
export function checkToken(token: string | null | undefined): string | null {
  if (token === null || token === undefined || token === '') return null;
  if (typeof token === 'string' && token.length <= MOST_CHARACTERS && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new Error('The token for the Hugging Face Hub holds characters that no token has. Copy it again from https://huggingface.co/settings/tokens.');
}
