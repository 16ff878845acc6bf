/** A server on this machine that speaks the Hub's routes, and a second one, of another origin, that stands for its CDN. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Seen {
  at: 'hub' | 'cdn';
  method: string;
  path: string;
  authorization: string | null;
  range: string | null;
}

export interface Repository {
  files: Record<string, Buffer | string>;
  commit?: string;
  /** Branches and tags; main is always there. */
  revisions?: string[];
  tags?: string[];
  gated?: false | 'auto' | 'manual';
  private?: boolean;
  /** Another name that it redirects from. */
  formerly?: string;
  /** Changes what the listing says of a file. */
  listed?: (entry: TreeEntry) => TreeEntry;
}

export interface TreeEntry {
  type: string;
  oid?: string;
  size: number;
  path: string;
  lfs?: { oid: string; size: number; pointerSize: number };
}

/** Answers a request instead of the server; false leaves it to the server. */
export type Fault = (seen: Seen, request: IncomingMessage, response: ServerResponse) => boolean;

export const TOKEN = 'hf_right';
export const COMMIT = 'c0ffee'.padEnd(40, '0');
/** Larger files lie at the CDN, as LFS files do. */
export const LFS_BYTES = 1000;
const PAGE = 50;

export class HubServer {
  readonly seen: Seen[] = [];
  readonly repositories = new Map<string, Repository>();
  /** Tried in order; one that answers is used up, unless it is in `always`. */
  faults: Fault[] = [];
  always: Fault[] = [];
  private readonly hub: Server;
  private readonly cdn: Server;

  private constructor() {
    this.hub = createServer((request, response) => void this.answer('hub', request, response));
    this.cdn = createServer((request, response) => void this.answer('cdn', request, response));
  }

  static async start(): Promise<HubServer> {
    const server = new HubServer();
    for (const one of [server.hub, server.cdn]) await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.hub.address() as AddressInfo).port}`;
  }

  get cdnOrigin(): string {
    return `http://127.0.0.1:${(this.cdn.address() as AddressInfo).port}`;
  }

  add(id: string, repository: Repository): void {
    this.repositories.set(id, repository);
  }

  /** Requests for a file, at the Hub or the CDN. */
  requestsFor(file: string, at?: Seen['at']): Seen[] {
    return this.seen.filter((seen) => decodeURIComponent(seen.path).includes(file) && seen.path.includes('/resolve/') === (seen.at === 'hub') && (at === undefined || seen.at === at));
  }

  reset(): void {
    this.seen.length = 0;
    this.faults = [];
    this.always = [];
    this.repositories.clear();
  }

  async stop(): Promise<void> {
    for (const one of [this.hub, this.cdn]) {
      one.closeAllConnections();
      await new Promise((resolve) => one.close(resolve));
    }
  }

  private async answer(at: Seen['at'], request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const seen: Seen = { at, method, path: url, authorization: headers.authorization ?? null, range: headers.range ?? null };
    this.seen.push(seen);
    if (this.always.some((fault) => fault(seen, request, response))) return;
    const fault = this.faults.findIndex((one) => one(seen, request, response));
    if (fault >= 0) {
      this.faults.splice(fault, 1);
      return;
    }
    if (at === 'cdn') this.serveBlob(url, seen, response);
    else await this.serveHub(new URL(url, this.endpoint), seen, request, response);
  }

  private async serveHub(url: URL, seen: Seen, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree|paths-info)\/([^/]+)(?:\/(.*))?$/.exec(url.pathname);
    const resolve = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(url.pathname);
    const id = api?.[1] ?? resolve?.[1] ?? '';
    for (const [name, { formerly }] of this.repositories) {
      if (formerly !== id) continue;
      response.writeHead(307, { location: url.pathname.replace(id, name) + url.search }).end();
      return;
    }
    const repository = this.repositories.get(id);
    const token = seen.authorization === `Bearer ${TOKEN}`;
    if (seen.authorization !== null && !token) return refuse(response, 401, null, 'Invalid credentials in Authorization header');
    if (!repository || (repository.private && !token)) return refuse(response, token ? 404 : 401, 'RepoNotFound', 'Repository not found');
    const revision = decodeURIComponent(api?.[3] ?? resolve?.[2] ?? '');
    const commit = repository.commit ?? COMMIT;
    if (![commit, 'main', ...(repository.revisions ?? [])].includes(revision)) return refuse(response, 404, 'RevisionNotFound', 'Invalid rev id');
    if (api?.[2] === 'revision') return this.serveInfo(id, repository, commit, response);
    if (api?.[2] === 'tree') return this.serveTree(url, repository, api[4] ?? '', response);
    if (api?.[2] === 'paths-info') {
      const { paths } = JSON.parse(await text(request)) as { paths: string[] };
      return json(response, entriesOf(repository).filter(({ path }) => paths.includes(path)));
    }
    if (!resolve) return refuse(response, 404, null, 'Not found');
    if (repository.gated && !(token && repository.gated === 'auto')) {
      return refuse(response, token ? 403 : 401, 'GatedRepo', `Access to model ${id} is restricted.`);
    }
    const name = decodeURIComponent(resolve[3]);
    const content = repository.files[name];
    if (content === undefined) return refuse(response, 404, 'EntryNotFound', 'Entry not found');
    const bytes = Buffer.from(content);
    response.setHeader('X-Repo-Commit', commit);
    if (bytes.length > LFS_BYTES) {
      response.setHeader('X-Linked-Etag', `"${sha256(bytes)}"`);
      response.setHeader('X-Linked-Size', bytes.length);
      response.writeHead(302, { location: `${this.cdnOrigin}/blob/${sha256(bytes)}/${name}?signature=secret` }).end();
      return;
    }
    response.setHeader('ETag', `"${blobId(bytes)}"`);
    send(response, bytes, seen);
  }

  private serveInfo(id: string, { gated = false, tags = [], files }: Repository, sha: string, response: ServerResponse): void {
    const siblings = Object.keys(files).map((rfilename) => ({ rfilename }));
    json(response, { _id: '1', id, modelId: id, sha, gated, tags, private: false, downloads: 1, likes: 1, lastModified: '2025-01-01T00:00:00.000Z', siblings });
  }

  private serveTree(url: URL, repository: Repository, folder: string, response: ServerResponse): void {
    const inside = folder === '' ? '' : `${decodeURIComponent(folder)}/`;
    const recursive = url.searchParams.get('recursive') === 'true';
    const entries = entriesOf(repository).filter(({ path }) => path.startsWith(inside) && (recursive || !path.slice(inside.length).includes('/')));
    if (entries.length === 0 && inside !== '') return refuse(response, 404, 'EntryNotFound', 'Path not found');
    const from = Number(url.searchParams.get('cursor') ?? 0);
    if (from + PAGE < entries.length) {
      url.searchParams.set('cursor', String(from + PAGE));
      response.setHeader('Link', `<${url.href}>; rel="next"`);
    }
    json(response, entries.slice(from, from + PAGE).map((entry) => repository.listed?.(entry) ?? entry));
  }

  private serveBlob(url: string, seen: Seen, response: ServerResponse): void {
    const digest = /^\/blob\/([0-9a-f]{64})\//.exec(url)?.[1];
    const all = [...this.repositories.values()].flatMap(({ files }) => Object.values(files)).map((content) => Buffer.from(content));
    const bytes = all.find((content) => sha256(content) === digest);
    if (bytes) send(response, bytes, seen);
    else response.writeHead(403).end();
  }
}

export function send(response: ServerResponse, bytes: Buffer, { range, method }: Seen): void {
  const from = range === null ? null : Number(/^bytes=(\d+)-/.exec(range)?.[1]);
  if (from !== null && from >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    return;
  }
  const part = bytes.subarray(from ?? 0);
  const head = { 'content-length': part.length, 'accept-ranges': 'bytes' };
  response.writeHead(from === null ? 200 : 206, from === null ? head : { ...head, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
  response.end(method === 'HEAD' ? undefined : part);
}

export function refuse(response: ServerResponse, status: number, code: string | null, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', ...(code && { 'x-error-code': code }), 'x-error-message': message });
  response.end(JSON.stringify({ error: message }));
}

/** Sends the start of a file and breaks the connection. */
export function dropAfter(bytes: Buffer, count: number, file: string, at: Seen['at'] = 'cdn'): Fault {
  return (seen, _, response) => {
    if (seen.at !== at || !decodeURIComponent(seen.path).includes(file) || seen.range !== null) return false;
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, count), () => setTimeout(() => response.destroy(), 20));
    return true;
  };
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function entriesOf({ files }: Repository): TreeEntry[] {
  return Object.entries(files).map(([path, content]) => {
    const bytes = Buffer.from(content);
    const entry = { type: 'file', oid: blobId(bytes), size: bytes.length, path };
    return bytes.length > LFS_BYTES ? { ...entry, lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 134 } } : entry;
  });
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The id of git's blob. */
export function blobId(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
