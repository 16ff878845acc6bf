/** Names of the Hub's models as people have them: a page's address, or a name from before there were owners. */

/** Models that the Hub still serves without an owner's name, and the one other name that TransformerLens has for them. */
const WITHOUT_OWNER: Readonly<Record<string, string>> = {
  gpt2: 'openai-community/gpt2',
  'gpt2-small': 'openai-community/gpt2',
  'gpt2-medium': 'openai-community/gpt2-medium',
  'gpt2-large': 'openai-community/gpt2-large',
  'gpt2-xl': 'openai-community/gpt2-xl',
  distilgpt2: 'distilbert/distilgpt2',
};

const HOSTS = ['huggingface.co', 'www.huggingface.co', 'hf.co'];
/** What else stands first in an address of the Hub. */
const NO_MODELS = ['datasets', 'spaces', 'collections', 'papers', 'docs', 'blog', 'learn', 'api'];

/**
 * The reference (see ModelReference) that an address of the Hub or such a name stands for; any other text as it is.
 * @param endpoint of another Hub than huggingface.co
 * @throws a sentence for an address that is of no model
 */
export function hubNameOf(text: string, endpoint?: string | null): string {
  const found = pathOf(text, endpoint);
  if (found === null) {
    if (/^https?:\/\//i.test(text)) throw new Error(`${shown(text)} is no address of the Hugging Face Hub. Give org/name, or the address of a model's page there.`);
    return withOwner(text);
  }
  const parts = found.replace(/[?#].*$/s, '').split('/').filter((part) => part !== '').map(decoded);
  if (parts.length === 0 || NO_MODELS.includes(parts[0]!)) throw new Error(`${shown(text)} is no model's page. Give org/name, or the address of a model's page.`);
  const lone = withOwner(parts[0]!);
  const [id, [view, revision = 'main', ...file]] = lone === parts[0] ? [parts.slice(0, 2).join('/'), parts.slice(2)] : [lone, parts.slice(1)];
  if (view === undefined) return id;
  if (['blob', 'resolve', 'raw'].includes(view)) {
    const name = file.join('/');
    return /\.gguf$/i.test(name) ? `${at(id, revision)}:${name}` : at([id, ...file.slice(0, -1)].join('/'), revision);
  }
  if (view === 'tree') return at([id, ...file].join('/'), revision);
  if (view === 'commit') return at(id, revision);
  return ['commits', 'discussions', 'edit'].includes(view) ? id : parts.join('/');
}

/** What follows the Hub's own part of an address; null for what is none. */
function pathOf(text: string, endpoint?: string | null): string | null {
  const bare = text.replace(/^https?:\/\//i, '');
  const own = endpoint ? [endpoint.trim().replace(/^https?:\/\//i, '').replace(/\/+$/, '')] : [];
  const host = [...own, ...HOSTS].find((one) => bare.toLowerCase().startsWith(`${one.toLowerCase()}/`));
  return host === undefined ? null : bare.slice(host.length + 1);
}

function at(folder: string, revision: string): string {
  return revision === 'main' ? folder : `${folder}@${revision}`;
}

/** Also with a revision or a file behind it. */
function withOwner(text: string): string {
  const [, name, rest] = /^([^/@:]+)(.*)$/s.exec(text) ?? ['', text, ''];
  return !rest!.startsWith('/') && Object.hasOwn(WITHOUT_OWNER, name!) ? `${WITHOUT_OWNER[name!]}${rest}` : text;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 120));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // refused as a name, as it stands
  }
}
