/** Where a queue is: the address of a Redis server, which may hold a password. That is in no sentence, no log and no file of a study. */

/** What a connection is opened with. */
export interface Address {
  host: string;
  port: number;
  database: number;
  tls: boolean;
  username: string | undefined;
  password: string | undefined;
  /** The address without user and password. */
  shown: string;
}

const FORM = 'Write it as redis://HOST, redis://USER:PASSWORD@HOST:PORT/NUMBER, or with rediss:// for TLS; in a password, %40 stands for @, %2F for / and %23 for #.';

/**
 * @param env REDISCLI_AUTH gives the password where the address has none, as it does for redis-cli
 * @throws a sentence that says the form, and nothing of what was given, as a password may be anywhere in it
 */
export function parseAddress(text: string, env: Readonly<Record<string, string | undefined>> = process.env): Address {
  const wrong = (why: string): never => {
    throw new Error(`The address of the queue ${why}. ${FORM}`);
  };
  if (!/^rediss?:\/\//.test(text)) return wrong('does not begin with redis:// or rediss://');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return wrong('is no address');
  }
  if (url.hostname === '') return wrong('names no host');
  if (url.search !== '' || url.hash !== '') return wrong('has a part behind ? or #, which means nothing here');
  const [, number = '0'] = /^\/?(\d{1,5})?$/.exec(url.pathname) ?? wrong('has something behind the host that is not the number of a database');
  const said = (part: string) => {
    try {
      return part === '' ? undefined : decodeURIComponent(part);
    } catch {
      return wrong('has a user or a password with a % that begins no character');
    }
  };
  const [port, database] = [url.port === '' ? 6379 : Number(url.port), Number(number)];
  if (port === 0) return wrong('has the port 0');
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, database, tls: url.protocol === 'rediss:',
    username: said(url.username), password: said(url.password) ?? (env.REDISCLI_AUTH || undefined),
    shown: `${url.protocol}//${url.hostname}:${port}${database === 0 ? '' : `/${database}`}`,
  };
}
