/** A Redis server for tests, on a port and in a folder of its own; none where this machine has none. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';

/** With what an address must have written otherwise. */
export const PASSWORD = 'gE/he@im#1';

export interface TestServer {
  /** With the password, and without. */
  address: string;
  shown: string;
  redis: Redis;
  stop(): Promise<void>;
}

export const hasRedis = ((): boolean => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export async function startRedis(): Promise<TestServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-redis-'));
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, '--requirepass', PASSWORD], { stdio: 'ignore' });
  const redis = new Redis({ port, password: PASSWORD, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  await redis.ping();
  return {
    address: `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`, shown: `redis://127.0.0.1:${port}`, redis,
    stop: async () => {
      redis.disconnect();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
