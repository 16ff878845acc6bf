/** The folders that hold models on this machine. */
import { homedir } from 'node:os';
import path from 'node:path';

export interface ModelFolders {
  /** Ours: shared by the editor and the command line. The only one that is ever written to. */
  store: string;
  /** The cache that Python's huggingface_hub keeps. */
  huggingface: string;
  /** Where Ollama may keep its models: as set, the user's, and that of its service on Linux. */
  ollama: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** LATENT_LENS_STORE, else the platform's folder for data; the others as their own programs find them. */
export function modelFolders(env: Environment = process.env, platform: NodeJS.Platform = process.platform, home = homedir()): ModelFolders {
  const { join, resolve } = platform === 'win32' ? path.win32 : path.posix;
  const data = {
    darwin: () => join(home, 'Library', 'Application Support'),
    win32: () => env.LOCALAPPDATA || join(home, 'AppData', 'Local'),
    other: () => env.XDG_DATA_HOME || join(home, '.local', 'share'),
  }[platform === 'darwin' || platform === 'win32' ? platform : 'other'];
  const ollama = env.OLLAMA_MODELS ? [resolve(env.OLLAMA_MODELS)] : [join(home, '.ollama', 'models')];
  if (!env.OLLAMA_MODELS && platform === 'linux') ollama.push('/usr/share/ollama/.ollama/models');
  return {
    store: env.LATENT_LENS_STORE ? resolve(env.LATENT_LENS_STORE) : join(data(), 'latent-lens'),
    huggingface: env.HF_HUB_CACHE || env.HUGGINGFACE_HUB_CACHE || join(huggingFaceHome(env, home, join), 'hub'),
    ollama,
  };
}

/** Where `hf auth login` leaves a token. */
export function tokenFile(env: Environment = process.env, home: string = homedir()): string {
  return env.HF_TOKEN_PATH || path.join(huggingFaceHome(env, home, path.join), 'token');
}

function huggingFaceHome(env: Environment, home: string, join: typeof path.join): string {
  return env.HF_HOME || join(env.XDG_CACHE_HOME || join(home, '.cache'), 'huggingface');
}
