/** Requests to the Hub: the token goes to its own host only, redirects are followed by hand, and what may pass is asked again. */
import { setTimeout as delay } from 'node:timers/promises';
import { fetch, type Dispatcher, type RequestInit, type Response } from 'undici';
import { quoteName } from '../../checkpoints/checkpoint-error';
import { HubError, isLasting, notReached, refusedBy, type Wanted } from './error';
import { proxyAgent, type Proxy } from './proxy';
import { checkToken } from './token';

export const HUB = 'https://huggingface.co';

export interface HubOptions {
  /** HF_ENDPOINT, else https://huggingface.co, when left out. */
  endpoint?: string | null;
  token?: string | null;
  /** That of the environment (HTTPS_PROXY, NO_PROXY) when left out. */
  proxy?: Proxy | null;
  signal?: AbortSignal;
  /** Told why nothing comes for a while, and null when it goes on. */
  onWaiting?: (why: string | null) => void;
  /** Milliseconds before the first second try; each further one waits twice as long. */
  retryMs?: number;
}

const RETRIES = 5;
const MOST_REDIRECTS = 5;
/** The Hub counts requests over five minutes; who is asked to wait longer had better come back. */
const MOST_WAIT_MS = 5 * 60_000;
/** Milliseconds of silence: at the beginning, before an answer, and in the middle of a file. */
const TIMEOUTS = { connectTimeout: 30_000, headersTimeout: 30_000, bodyTimeout: 60_000 };

export class HubClient {
  /** Without a slash at its end. */
  readonly endpoint: string;
  private readonly token: string | null;
  private readonly agent: Dispatcher;

  constructor(readonly options: HubOptions) {
    this.endpoint = endpointOf(options.endpoint || process.env.HF_ENDPOINT || HUB);
    const token = checkToken(options.token);
    this.token = isEncrypted(this.endpoint) || isHere(this.endpoint) ? token : null;
    this.agent = proxyAgent(options.proxy ?? null, TIMEOUTS);
  }

  /**
   * A successful answer (2xx, or 416 where a range was asked for), its body unread.
   * @throws HubError when it is refused, or does not come after several tries
   */
  async get(url: string, wanted: Wanted, init: RequestInit = {}): Promise<Response> {
    const { signal, onWaiting, retryMs = 1000 } = this.options;
    for (let tries = 0; ; tries++) {
      signal?.throwIfAborted();
      const { response, url: at, error } = await this.follow(new URL(url), init);
      if (response && (response.ok || response.status === 416)) return response;
      await response?.body?.cancel().catch(() => undefined);
      if (signal?.aborted) throw signal.reason;
      if (error instanceof HubError) throw error;
      if (error !== undefined && (isLasting(error) || tries >= RETRIES)) throw notReached(at, error);
      const asked = response && retryAfter(response);
      const passing = !response || response.status === 429 || response.status === 408 || response.status >= 500;
      if (!passing || tries >= RETRIES || (asked ?? 0) > MOST_WAIT_MS) throw this.refused(response!, at, wanted, asked ?? null);
      const wait = Math.max(asked ?? 0, retryMs * 2 ** tries);
      onWaiting?.(`${at.host} ${response ? `answered ${response.status}` : 'broke the connection'}; trying again in ${Math.ceil(wait / 1000)} s`);
      await delay(wait, undefined, { signal });
      onWaiting?.(null);
    }
  }

  close(): void {
    void this.agent.destroy();
  }

  private async follow(start: URL, init: RequestInit): Promise<{ response?: Response; url: URL; error?: unknown }> {
    const home = new URL(this.endpoint).origin;
    let url = start;
    try {
      for (let redirects = 0; ; redirects++) {
        const headers = new Headers(init.headers as HeadersInit);
        headers.set('User-Agent', 'latent-lens');
        headers.set('Accept-Encoding', 'identity'); // lengths and ranges are the file's own
        headers.delete('Authorization');
        if (this.token !== null && url.origin === home) headers.set('Authorization', `Bearer ${this.token}`);
        const { signal } = this.options;
        const response = await fetch(url, { ...init, headers: Object.fromEntries(headers), redirect: 'manual', dispatcher: this.agent, signal });
        const location = response.headers.get('location');
        if (response.status < 300 || response.status >= 400 || location === null) return { response, url };
        await response.body?.cancel();
        if (redirects >= MOST_REDIRECTS) throw new HubError(`${start.host} redirects without end. Try again later.`, 'network');
        const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
        if (next === null || !/^https?:$/.test(next.protocol)) throw new HubError(`${url.host} redirects to what is no address of a server.`, 'network');
        [next.username, next.password] = ['', ''];
        if (next.origin !== url.origin) checkRedirect(url, next);
        url = next;
      }
    } catch (error) {
      return { url, error };
    }
  }

  private refused(response: Response, at: URL, wanted: Wanted, asked: number | null): HubError {
    const { status, headers } = response;
    if (status === 429) {
      const minutes = Math.ceil((asked ?? 0) / 60_000);
      const when = minutes === 0 ? 'in a few minutes' : minutes === 1 ? 'in a minute' : `in ${minutes} minutes`;
      return new HubError(`${at.host} has had too many requests from here. Try again ${when}; with a token it allows more.`, 'network');
    }
    if (at.origin !== new URL(this.endpoint).origin) return new HubError(`${at.host}, which holds ${wanted.file ?? wanted.id}, answered ${status}. Try again.`, 'network');
    return refusedBy(status, headers.get('x-error-code'), wanted, { endpoint: this.endpoint, token: this.token !== null });
  }
}

/** @throws a sentence when it is no address of a server */
function endpointOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    const what = text.includes('@') ? 'What was given' : quoteName(text); // before @ there may be a password
    throw new Error(`${what} is no address of a Hub; give one such as ${HUB} (HF_ENDPOINT), without a name or password.`);
  }
  return url.href.replace(/\/+$/, '');
}

/** @throws HubError where a redirect leads out of encryption, or makes a server elsewhere ask this machine's own ones for something */
function checkRedirect(from: URL, to: URL): void {
  if (isHere(to.href) && !isHere(from.href)) throw new HubError(`${from.host} redirects to this machine, which is not followed.`, 'network');
  if (!isEncrypted(to.href) && !isHere(to.href) && (isEncrypted(from.href) || isHere(from.href))) {
    throw new HubError(`${from.host} redirects to ${to.host} without encryption, which is not followed.`, 'network');
  }
}

function isEncrypted(url: string): boolean {
  return new URL(url).protocol === 'https:';
}

/** Whether a server is on this machine. */
function isHere(url: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/**
 * Milliseconds that a server asks to wait: Retry-After in seconds or as a date, or the draft header RateLimit that the Hub sends.
 * @param now where the server does not say what its clock shows
 */
export function retryAfter({ headers }: Pick<Response, 'headers'>, now: number = Date.now()): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text !== undefined && /^\d+$/.test(text)) return Number(text) * 1000;
  const date = text === undefined ? NaN : Date.parse(text);
  const clock = Date.parse(headers.get('date') ?? '');
  if (!Number.isNaN(date)) return Math.max(0, date - (Number.isNaN(clock) ? now : clock));
  const limit = /r\s*=\s*0\s*;\s*t\s*=\s*(\d+)/.exec(headers.get('ratelimit') ?? '');
  return limit ? Number(limit[1]) * 1000 : undefined;
}
