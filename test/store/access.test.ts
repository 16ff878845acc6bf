/** Who may have what: tokens, gates, redirects, limits, and servers that do not answer well. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HubClient, retryAfter } from '../../src/store/hub/client';
import { HubError } from '../../src/store/hub/error';
import { COMMIT, refuse, TOKEN, type Fault } from './hub-server';
import { model, storeFixture } from './kit';

const hub = storeFixture();

/** The error's sentence and what it is about. */
async function refusal(adding: Promise<unknown>): Promise<[string, string | undefined]> {
  const error = await adding.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(HubError);
  const { message, refusal: kind, stack } = error as HubError;
  expect(`${message}${stack}`).not.toMatch(/hf_/); // never the token
  return [message.replaceAll(hub.server.endpoint, 'HUB').replaceAll(new URL(hub.server.endpoint).host, 'HOST').replaceAll(new URL(hub.server.cdnOrigin).host, 'CDN'), kind];
}

const saying = (status: number, headers: Record<string, string> = {}, where = '/revision/'): Fault =>
  (seen, _, response) => seen.path.includes(where) && (response.writeHead(status, headers).end(), true);

describe('tokens', () => {
  test('go to the Hub and never to the CDN that it redirects to', async () => {
    hub.server.add('org/private', { files: model(), private: true });
    await hub.add('org/private', { token: TOKEN });
    const { seen } = hub.server;
    expect(seen.filter(({ at }) => at === 'hub').every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
    expect(seen.filter(({ at }) => at === 'cdn').map(({ authorization }) => authorization)).toEqual([null, null]);
  });

  test('are not sent when there is none, and not to a Hub without encryption elsewhere', async () => {
    hub.server.add('org/open', { files: model() });
    await hub.add('org/open');
    expect(hub.server.seen.every(({ authorization }) => authorization === null)).toBe(true);

    const proxied: Record<string, unknown>[] = [];
    const proxy = createServer((request, response) => {
      proxied.push(request.headers);
      response.writeHead(404, { 'x-error-code': 'RepoNotFound' }).end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    proxy.on('connect', (_, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      proxy.emit('connection', socket);
    });
    await expect(hub.add('org/open', { endpoint: 'http://mirror.example', token: TOKEN })).rejects.toThrow('mirror.example has no model org/open');
    expect(proxied).toHaveLength(1);
    expect(proxied[0]).not.toHaveProperty('authorization');
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  test('that no header can hold are refused without being shown', async () => {
    for (const token of ['hf_a\nX-Evil: 1', 'hf_ä', `hf_${'x'.repeat(2000)}`]) {
      const error = await hub.add('org/open', { token }).then(() => '', String);
      expect(error).toContain('The token for the Hugging Face Hub holds characters that no token has.');
      expect(error).not.toContain('hf_');
    }
    expect(hub.server.seen).toEqual([]);
  });
});

describe('what the Hub refuses', () => {
  test('is a sentence that says what to do', async () => {
    hub.server.add('org/gated', { files: model(), gated: 'auto' });
    hub.server.add('org/manual', { files: model(), gated: 'manual' });
    hub.server.add('org/open', { files: model() });
    expect(await refusal(hub.add('org/gated'))).toEqual([
      'org/gated is gated: accept its licence at HUB/org/gated, then set a token of your account (HF_TOKEN, or in the editor) and try again.', 'token',
    ]);
    expect(await refusal(hub.add('org/manual', { token: TOKEN }))).toEqual([
      "org/manual is gated, and the token's account has no access yet. Accept its licence at HUB/org/manual, then try again.", 'licence',
    ]);
    expect(await hub.add('org/gated', { token: TOKEN })).toMatchObject({ reference: 'org/gated' });
    expect(await refusal(hub.add('org/nowhere'))).toEqual([
      'HOST has no model org/nowhere that is open to all. Check the name; a private or gated one needs a token (HF_TOKEN, or in the editor).', 'token',
    ]);
    expect(await refusal(hub.add('org/nowhere', { token: TOKEN }))).toEqual([
      'HOST has no model org/nowhere, or the token does not open it. Check the name, and the token at HUB/settings/tokens.', 'missing',
    ]);
    expect((await refusal(hub.add('org/open', { token: 'hf_wrong' })))[0]).toContain('or the token does not open it');
    expect(await refusal(hub.add('org/open@v9'))).toEqual(["org/open has no revision 'v9'. Look at HUB/org/open/tree/main for its branches and tags.", 'missing']);
    hub.server.faults = [(seen, _, response) => seen.path.includes('/resolve/') && (refuse(response, 403, null, 'Forbidden'), true)];
    expect(await refusal(hub.add('org/open', { token: TOKEN, checkConfig: () => undefined }))).toEqual([
      'HOST does not give org/open to this token. Check its permissions at HUB/settings/tokens, and the licence at HUB/org/open.', 'licence',
    ]);
  });

  test('of a gated model is known before, with the files that would come', async () => {
    hub.server.add('org/gated', { files: model(), gated: 'auto', tags: ['license:gemma'] });
    const found = await hub.look('org/gated', { checkConfig: () => undefined });
    expect(found).toMatchObject({ id: 'org/gated', commit: COMMIT, licence: 'gemma', gated: true, bytes: 304_023 });
    expect(found.problem).toMatch(/^org\/gated is gated: accept its licence/);
  });

  test('by the CDN is not taken for the Hub', async () => {
    hub.server.add('org/open', { files: model() });
    hub.server.always = [(seen, _, response) => seen.at === 'cdn' && (response.writeHead(403).end(), true)];
    expect(await refusal(hub.add('org/open'))).toEqual(['CDN, which holds tokenizer.json, answered 403. Try again.', 'network']);
  });
});

describe('what passes', () => {
  test('500 and then fine; 429 with Retry-After is waited for, and said', async () => {
    hub.server.add('org/open', { files: model() });
    hub.server.faults = [saying(500), saying(503), saying(429, { 'retry-after': '1' }), saying(502, {}, '/blob/')];
    const waiting: (string | null)[] = [];
    const start = Date.now();
    await hub.add('org/open', { onProgress: (progress) => waiting.push(progress.waiting) });
    expect(Date.now() - start).toBeGreaterThanOrEqual(1000);
    expect(hub.server.seen.filter(({ path }) => path.includes('/revision/'))).toHaveLength(4);
    expect(waiting).toContainEqual(expect.stringMatching(/^127\.0\.0\.1:\d+ answered 502; trying again in 1 s$/));
  });

  test('what goes on and on is given up', async () => {
    hub.server.add('org/open', { files: model() });
    hub.server.always = [saying(503)];
    expect(await refusal(hub.add('org/open'))).toEqual(['HOST answered 503 when asked for org/open. Try again later.', 'network']);
    expect(hub.server.seen).toHaveLength(6);
    hub.server.always = [saying(429, { 'retry-after': '3600' })];
    expect(await refusal(hub.add('org/open'))).toEqual(['HOST has had too many requests from here. Try again in 60 minutes; with a token it allows more.', 'network']);
    expect(hub.server.seen).toHaveLength(7); // an hour is not waited for
  });

  test('a wait ends when the download is cancelled', async () => {
    hub.server.add('org/open', { files: model() });
    hub.server.always = [saying(429, { 'retry-after': '60' })];
    const stop = new AbortController();
    const adding = hub.add('org/open', { signal: stop.signal });
    await vi.waitUntil(() => hub.server.seen.length > 0);
    stop.abort();
    await expect(adding).rejects.toThrow(/abort/i);
  });

  test('Retry-After in seconds, as a date, and the Hub’s own header', () => {
    const asked = (headers: Record<string, string>) => retryAfter({ headers: new Headers(headers) } as never, Date.parse('2025-01-01T00:00:00Z'));
    expect(asked({ 'retry-after': '120' })).toBe(120_000);
    expect(asked({ 'retry-after': 'Wed, 01 Jan 2025 00:00:30 GMT' })).toBe(30_000);
    expect(asked({ 'retry-after': 'Tue, 31 Dec 2024 00:00:00 GMT' })).toBe(0);
    expect(asked({ ratelimit: '"api";r=0;t=55' })).toBe(55_000);
    expect(asked({ ratelimit: '"api";r=10;t=55' })).toBeUndefined();
    expect(asked({})).toBeUndefined();
    // A date is that of the server's clock, whatever this machine's shows.
    expect(asked({ 'retry-after': 'Wed, 01 Jan 2025 05:00:30 GMT', date: 'Wed, 01 Jan 2025 05:00:00 GMT' })).toBe(30_000);
  });

  test('redirects without end, and out of encryption, are not followed', async () => {
    hub.server.add('org/open', { files: model() });
    hub.server.always = [(seen, _, response) => seen.path.includes('/revision/') && (response.writeHead(302, { location: seen.path }).end(), true)];
    expect(await refusal(hub.add('org/open'))).toEqual(['HOST redirects without end. Try again later.', 'network']);
    hub.server.always = [(seen, _, response) => seen.path.includes('/revision/') && (response.writeHead(302, { location: 'http://elsewhere.example/x' }).end(), true)];
    expect((await refusal(hub.add('org/open')))[0]).toContain('redirects to elsewhere.example without encryption, which is not followed.');
    for (const location of ['file:///etc/passwd', 'data:application/json,{}', 'http://[']) {
      hub.server.always = [saying(302, { location })];
      expect(await refusal(hub.add('org/open'))).toEqual(['HOST redirects to what is no address of a server.', 'network']);
    }
  });
});

describe('the way there', () => {
  test('a Hub that is not there, and one that is no address', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    expect(await refusal(hub.add('org/open', { endpoint: `http://127.0.0.1:${port}` }))).toEqual([
      `127.0.0.1:${port} could not be reached (ECONNREFUSED). Check the network; behind a proxy, set HTTPS_PROXY, or http.proxy in the editor.`, 'network',
    ]);
    for (const endpoint of ['file:///etc', 'huggingface.co', 'https://user:secret@huggingface.co', 'https://x/?a=1']) {
      const error = await hub.add('org/open', { endpoint }).then(() => '', String);
      expect(error).toContain('is no address of a Hub');
      expect(error).not.toContain('secret');
    }
  });

  test('HF_ENDPOINT names a mirror, also one below a path', async () => {
    hub.server.add('org/open', { files: model() });
    vi.stubEnv('HF_ENDPOINT', `${hub.server.endpoint}/`);
    expect(new HubClient({}).endpoint).toBe(hub.server.endpoint);
    expect(await hub.add('org/open', { endpoint: null })).toMatchObject({ reference: 'org/open' });
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});
