/** The Redis server that holds a queue: opened, and checked for what BullMQ needs of it. */
import { isIP } from 'node:net';
import { Redis } from 'ioredis';
import { parseAddress, type Address } from './address';

/** Of the server, before BullMQ's scripts run. */
const LEAST_VERSION = [6, 2];
/** How long a server may take to answer at first, in milliseconds. */
const PATIENCE = 10_000;
/** All keys begin so. */
export const PREFIX = 'latent-lens';

export interface Server {
  redis: Redis;
  /** Its address without a password. */
  shown: string;
  close(): Promise<void>;
}

/**
 * Connects. Once that succeeded, a lost connection is opened anew for as long as it takes.
 * @param onLost told when the server does not answer any more
 * @throws a sentence where there is no such server, it wants another password, or it would lose jobs
 */
export async function openServer(text: string, onLost: () => void = () => undefined): Promise<Server> {
  const address = parseAddress(text);
  const { host, port, database: db, username, password, tls, shown } = address;
  let known = false;
  let last: unknown;
  const redis = new Redis({
    host, port, db, username, password, ...(tls && { tls: isIP(host) ? {} : { servername: host } }),
    lazyConnect: true, connectTimeout: PATIENCE, maxRetriesPerRequest: null,
    retryStrategy: (times) => (known ? Math.min(200 * times, 3000) : null),
  });
  redis.on('error', (error) => {
    last = error;
    if (known) onLost();
  });
  const close = async () => {
    // What was sent by then still arrives.
    if (redis.status === 'ready') await redis.quit().catch(() => undefined);
    redis.disconnect();
  };
  try {
    await inTime(redis.connect(), address);
    const info = await inTime(redis.info(), address);
    checkServer(info, shown);
    // A number that the server does not have is told by an error alone.
    await inTime(redis.select(db), address);
    known = true;
  } catch (error) {
    await close();
    throw new Error(problemOf(/Connection is closed/.test((error as Error).message) ? (last ?? error) : error, address), { cause: known ? error : undefined });
  }
  return { redis, shown, close };
}

async function inTime<T>(work: Promise<T>, { shown }: Address): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Said(`${shown} does not answer as a Redis server does. Check host and port, and whether TLS (rediss://) is needed.`)), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A message that is a sentence already. */
class Said extends Error {}

/** @param info what INFO says @throws a sentence where the server cannot hold a queue */
export function checkServer(info: string, shown: string): void {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const version = field('valkey_version') ?? field('redis_version');
  const [major, minor] = (version ?? '').split('.').map(Number);
  if (version === undefined || !(major >= 0)) throw new Said(`${shown} does not say which Redis it is. Give the address of a Redis or Valkey server.`);
  if (major < LEAST_VERSION[0] || (major === LEAST_VERSION[0] && minor < LEAST_VERSION[1])) {
    throw new Said(`${shown} is Redis ${version}; a queue needs ${LEAST_VERSION.join('.')} or newer. Install a newer one, or divide the study with --shard.`);
  }
  const policy = field('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw new Said(`${shown} may throw jobs away when its memory is full: its maxmemory-policy is ${policy}. Set it with: redis-cli config set maxmemory-policy noeviction`);
  }
  if (field('role') === 'slave') throw new Said(`${shown} is a replica, which cannot be written. Give the address of its master.`);
}

function problemOf(error: unknown, { shown, host, password }: Address): string {
  if (error instanceof Said) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `There is no host ${host}. Check the address of the queue.`;
  if (code === 'ECONNREFUSED') return `No Redis server answers at ${shown}. Start one with "redis-server", or check host and port.`;
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return `${shown} cannot be reached. Check host and port, and whether a firewall is between.`;
  if (/^(?:NOAUTH|WRONGPASS|ERR AUTH)|without any password|invalid (?:username|password)/i.test(message)) {
    return password === undefined
      ? `The Redis server at ${shown} wants a password. Give it in the address, or in the variable REDISCLI_AUTH.`
      : `The Redis server at ${shown} does not take this user and password. Check them; in an address, %40 stands for @, %2F for / and %23 for #.`;
  }
  if (/^NOPERM/.test(message)) return `The Redis server at ${shown} does not let this user do what a queue needs. Give it all commands on the keys ${PREFIX}:*.`;
  if (/DB index/.test(message)) return `The Redis server at ${shown} has no database of this number. Leave it out, or give one from 0 to 15.`;
  if (/^(?:ERR_SSL|ERR_TLS|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code ?? '')) return `${shown} cannot be opened with TLS (${code}). Check its certificate (NODE_EXTRA_CA_CERTS names further ones), or write redis:// where it has none.`;
  return `${shown} does not answer as a Redis server does. Check host and port, and whether TLS (rediss://) is needed.`;
}
