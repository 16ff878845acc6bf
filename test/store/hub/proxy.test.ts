/** Proxies on the way to the Hub: the editor's, those of the environment, and hosts that are asked directly. */
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { HubProxy } from '../../../src/protocol/models/models';
import { inMemoryEngine } from '../../protocol/in-memory';
import { model, storeFixture } from '../kit';

const hub = storeFixture();
const proxy: Server = createServer();
/** What was asked for through the proxy, and with which authorization. */
const tunnels: string[] = [];
const authorizations: (string | undefined)[] = [];
/** What the proxy answers; 200 makes a tunnel to the Hub. */
let status = 200;
let url = '';

beforeAll(async () => {
  proxy.on('connect', ({ url: to = '', headers }, socket) => {
    tunnels.push(to);
    authorizations.push(headers['proxy-authorization']);
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const through = connect(Number(new URL(hub.server.endpoint).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
    through.on('error', () => socket.destroy());
    socket.on('error', () => through.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
beforeEach(() => {
  [tunnels.length, authorizations.length, status] = [0, 0, 200];
  hub.server.add('org/open', { files: model() });
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => new Promise((resolve) => proxy.close(resolve)));

const endpoint = 'http://hub.test'; // known to the proxy only

test('that of the environment is used, save for hosts in NO_PROXY', async () => {
  vi.stubEnv('HTTP_PROXY', url);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  expect(await hub.look('org/open', { endpoint })).toMatchObject({ id: 'org/open', bytes: 304_023 });
  expect(tunnels[0]).toBe('hub.test:80');
  const before = tunnels.length;
  await hub.look('org/open');
  expect(tunnels).toHaveLength(before);
});

test('the editor’s comes before that of the environment, and its hosts without one beside the environment’s', async () => {
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
  vi.stubEnv('NO_PROXY', 'elsewhere.test');
  await hub.look('org/open', { endpoint, proxy: { url, noProxy: [] } });
  expect(tunnels[0]).toBe('hub.test:80');
  tunnels.length = 0;
  for (const noProxy of [['127.0.0.1'], ['*']]) await hub.look('org/open', { proxy: { url, noProxy } });
  expect(tunnels).toEqual([]);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  await hub.look('org/open', { proxy: { url, noProxy: ['elsewhere.test'] } });
  expect(tunnels).toEqual([]);
  await hub.look('org/open', { endpoint, proxy: { url, noProxy: ['elsewhere.test'] } });
  expect(tunnels).not.toEqual([]);
});

test('a request to the engine brings it, and the environment does not keep it', async () => {
  const engine = inMemoryEngine(hub.folders);
  const asked = (proxied: unknown) => engine.ask('hubModel', { reference: 'org/open', endpoint, proxy: proxied as HubProxy });
  expect(await asked({ url, noProxy: [] })).toMatchObject({ id: 'org/open' });
  expect(JSON.stringify(process.env)).not.toContain(url);
  tunnels.length = 0;
  for (const odd of [{ url: 1, noProxy: [] }, { url, noProxy: 'x' }, { url, noProxy: [1] }]) {
    await expect(asked(odd)).rejects.toThrow('Correct http.proxy and http.noProxy in the settings.');
  }
  expect(tunnels).toEqual([]);
  engine.connection.end();
  await engine.ended;
});

test('its name and password go to it alone, and are never said', async () => {
  const withName = url.replace('//', '//me:secret@');
  await hub.look('org/open', { endpoint, proxy: { url: withName, noProxy: [] } });
  expect(authorizations[0]).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`);
  status = 407;
  const refused = await hub.look('org/open', { endpoint, proxy: { url: withName, noProxy: [] } }).then(() => null, (error: Error) => error);
  expect(refused!.message).toBe('The proxy does not let hub.test through (it answered 407). It wants a name and a password, as in http://name:password@host:port.');
  for (const odd of ['me:secret@proxy:8080', 'http://me:secret@[bad', 'ftp://me:secret@x']) {
    const error = await hub.look('org/open', { proxy: { url: odd, noProxy: [] } }).then(() => null, (reason: Error) => reason);
    expect(error!.message).toMatch(/^What the setting http\.proxy says is no address of a proxy\./);
    expect(`${error!.message}${error!.stack}${refused!.stack}`).not.toContain('secret');
  }
  vi.stubEnv('HTTPS_PROXY', 'proxy.example:8080');
  await expect(hub.look('org/open')).rejects.toThrow('What HTTPS_PROXY or HTTP_PROXY says is no address of a proxy.');
});

test('one that does not let a server through is not asked again and again', async () => {
  status = 403;
  await expect(hub.look('org/open', { endpoint, proxy: { url, noProxy: [] } })).rejects.toThrow('(it answered 403). Ask who runs it');
  expect(tunnels).toHaveLength(1);
});

test('a server elsewhere cannot make this machine ask its own servers for something', async () => {
  const adding = hub.add('org/open', { endpoint, proxy: { url, noProxy: ['127.0.0.1'] } }); // its large files are at 127.0.0.1
  await expect(adding).rejects.toThrow('hub.test redirects to this machine, which is not followed.');
  expect(hub.server.seen.filter(({ at }) => at === 'cdn')).toEqual([]);
});
