/** A latent's rule in words: "closing quote inside print(…), after a number". */
import { ASPECTS } from '../snippets/prompts/token-features';

/** A rule that tells less well (the harmonic mean of precision and recall on other programs) is no description. */
export const TELLS = 0.5;

/** What is set off by a comma behind the kind, the token and the place. */
const APART: readonly string[] = ['before', 'beforeValue', 'statement', 'line', 'raises', 'answer'];

/** @param features of the rule, each `aspect=words`, in any order */
export function ruleWords(features: readonly string[]): string {
  const words = new Map(features.map((feature) => [feature.slice(0, feature.indexOf('=')), feature.slice(feature.indexOf('=') + 1)]));
  const kind = words.get('kind');
  const token = words.get('token');
  let text = kind ?? token ?? 'tokens';
  if (kind !== undefined && token !== undefined && !says(kind, token)) text = `${kind} ${token}`;
  for (const aspect of ASPECTS) {
    const more = words.get(aspect);
    if (more === undefined || aspect === 'kind' || aspect === 'token') continue;
    text += aspect === 'value' && kind === undefined && token === undefined ? ` of a name ${more}` : `${APART.includes(aspect) ? ', ' : ' '}${more}`;
  }
  return text;
}

/** Whether a kind names the token: "keyword if", or a sign, which has one. */
function says(kind: string, token: string): boolean {
  const text = token.slice(1, -1);
  return kind.endsWith(` ${text}`) || !/[\p{L}\p{N}]/u.test(text);
}
