/** What the Hub's answers mean to a user. */
import type { HubRefusal } from '../../protocol/models/models';

/** A sentence, and what kind of obstacle it is about where something can be done. It never holds a token. */
export class HubError extends Error {
  override readonly name = 'HubError';

  constructor(
    message: string,
    readonly refusal?: HubRefusal,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What was asked for, for messages. */
export interface Wanted {
  id: string;
  revision: string;
  /** A file; null for the repository itself. */
  file: string | null;
}

/** The error of an answer that is no success and will not become one by asking again. */
export function refusedBy(status: number, code: string | null, wanted: Wanted, asked: { endpoint: string; token: boolean }): HubError {
  const { endpoint, token } = asked;
  const { id, revision, file } = wanted;
  const host = new URL(endpoint).host;
  const page = `${endpoint}/${id}`;
  if (code === 'GatedRepo') {
    return token
      ? new HubError(`${id} is gated, and the token's account has no access yet. Accept its licence at ${page}, then try again.`, 'licence')
      : new HubError(`${id} is gated: accept its licence at ${page}, then set a token of your account (HF_TOKEN, or in the editor) and try again.`, 'token');
  }
  if (code === 'RevisionNotFound') return new HubError(`${id} has no revision '${revision}'. Look at ${page}/tree/main for its branches and tags.`, 'missing');
  if (code === 'EntryNotFound') return new HubError(`${id} has no ${file ?? 'such file'} at ${revision}.`, 'missing');
  // The Hub says 401 of what does not exist as well, so as not to tell.
  if (code === 'RepoNotFound' || status === 404 || status === 401) {
    if (status === 404 && code === null && file !== null) return new HubError(`${host} has no ${file} of ${id} at ${revision}.`, 'missing');
    return token
      ? new HubError(`${host} has no model ${id}, or the token does not open it. Check the name, and the token at ${endpoint}/settings/tokens.`, 'missing')
      : new HubError(`${host} has no model ${id} that is open to all. Check the name; a private or gated one needs a token (HF_TOKEN, or in the editor).`, 'token');
  }
  if (status === 403) {
    return new HubError(`${host} does not give ${id} to this token. Check its permissions at ${endpoint}/settings/tokens, and the licence at ${page}.`, 'licence');
  }
  return new HubError(`${host} answered ${status} when asked for ${file ?? id}. Try again later.`, 'network');
}

/** Errors of the connection that asking again at once does not mend. */
const LASTING = /^(?:ENOTFOUND|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_INVALID_URL|UND_ERR_PRX)/;

export function isLasting(error: unknown): boolean {
  const status = proxyStatus(error);
  return LASTING.test(causeOf(error)) || (status !== null && status < 500);
}

/** What undici says of a proxy that makes no tunnel; it has no code of its own. */
const NO_TUNNEL = /^Proxy response \((\d+)\)/;

/** The status that a proxy answered with instead of making a tunnel; null where it was no proxy. */
export function proxyStatus(error: unknown): number | null {
  const match = NO_TUNNEL.exec(String((innermost(error).message as string | undefined) ?? ''));
  return match && Number(match[1]);
}

export function notReached(url: URL, error: unknown): HubError {
  const status = proxyStatus(error);
  if (status !== null) {
    const todo = status === 407 ? 'It wants a name and a password, as in http://name:password@host:port.' : 'Ask who runs it whether it lets this server through.';
    return new HubError(`The proxy does not let ${url.host} through (it answered ${status}). ${todo}`, 'network', { cause: error });
  }
  const cause = causeOf(error);
  const certificate = /CERT|SELF_SIGNED|UNABLE_TO|TLS/.test(cause);
  const todo = certificate
    ? 'Its certificate is not trusted here; where a proxy has one of its own, name it with NODE_EXTRA_CA_CERTS.'
    : 'Check the network; behind a proxy, set HTTPS_PROXY, or http.proxy in the editor.';
  return new HubError(`${url.host} could not be reached (${cause}). ${todo}`, 'network', { cause: error });
}

/** The innermost error's code, else its message, without what could be long. */
export function causeOf(error: unknown): string {
  const { code, message } = innermost(error);
  return String(code ?? message ?? 'no reason given').slice(0, 100);
}

interface Caused {
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  errors?: unknown[];
}

function innermost(error: unknown): Caused {
  let at = error as Caused;
  for (let depth = 0; depth < 5; depth++) {
    const inner = (at.cause ?? at.errors?.[0]) as Caused | undefined;
    if (typeof inner !== 'object' || inner === null) break;
    at = inner;
  }
  return at;
}
