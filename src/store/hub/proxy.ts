/** The proxy on the way to the Hub: the editor's, else the environment's. */
import { EnvHttpProxyAgent, type Agent, type Dispatcher } from 'undici';
import { HubError } from './error';

export interface Proxy {
  /** `http://host:port`, with a name and a password before the host where it wants them; null for that of the environment. */
  url: string | null;
  /** Hosts that are asked directly, with those below them; `*` for all. Those of the environment's NO_PROXY are as well. */
  noProxy: readonly string[];
}

/** @throws HubError when the address is none of a proxy; it is not shown, as it may hold a password */
export function proxyAgent(proxy: Proxy | null, options: Agent.Options): Dispatcher {
  const { env } = process;
  const direct = [...(proxy?.noProxy ?? []), env.no_proxy ?? env.NO_PROXY ?? ''].filter((host) => host.trim() !== '');
  const url = proxy?.url ?? undefined;
  try {
    return new EnvHttpProxyAgent({ ...options, httpProxy: url, httpsProxy: url, noProxy: direct.includes('*') ? '*' : direct.join(',') });
  } catch (error) {
    const from = url === undefined ? 'HTTPS_PROXY or HTTP_PROXY' : 'the setting http.proxy';
    throw new HubError(`What ${from} says is no address of a proxy. Give one such as http://proxy.example:8080.`, 'network', { cause: error });
  }
}
