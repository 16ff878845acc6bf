/** Who is there: producers and workers that say so every few seconds, with their versions, by the server's clock. */
import os from 'node:os';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { text } from '../../protocol/fields';
import { PREFIX } from './server';

const party = z.object({
  role: z.enum(['producer', 'worker']),
  version: text.max(100),
  host: text.max(300),
  pid: z.int(),
  /** Of a worker, how many jobs it does at once. */
  atOnce: z.int().min(0),
});
export type Party = z.output<typeof party>;

const KEY = `${PREFIX}:here`;
/** Who said nothing for so long is gone, in milliseconds. */
const GONE = 60_000;

export class Presence {
  private readonly mine: string;

  constructor(private readonly redis: Redis, role: Party['role'], version: string, atOnce = 0) {
    this.mine = JSON.stringify({ role, version, host: os.hostname(), pid: process.pid, atOnce } satisfies Party);
  }

  /** Says that this one is here. @returns all that are */
  async say(): Promise<Party[]> {
    const [seconds, micros] = await this.redis.time();
    const now = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
    await this.redis.zadd(KEY, now, this.mine);
    await this.redis.zremrangebyscore(KEY, '-inf', now - GONE);
    return (await this.redis.zrange(KEY, 0, -1)).flatMap((member) => party.safeParse(jsonOf(member)).data ?? []);
  }

  async leave(): Promise<void> {
    await this.redis.zrem(KEY, this.mine);
  }
}

function jsonOf(member: string): unknown {
  try {
    return JSON.parse(member);
  } catch {
    return null;
  }
}
