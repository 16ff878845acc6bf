/** The engine's server and a client of it in one process, over streams in memory. */
import { PassThrough } from 'node:stream';
import {
  CancellationTokenSource, createMessageConnection, ProgressType, StreamMessageReader, StreamMessageWriter, type MessageConnection,
} from 'vscode-jsonrpc/node.js';
import { serveEngine } from '../../src/engine/server';
import type { EngineMethod, EngineProgress, EngineRequests } from '../../src/protocol/engine';
import type { ModelFolders } from '../../src/store/places/folders';

export interface InMemoryEngine {
  ask<M extends EngineMethod>(method: M, params: EngineRequests[M]['params'], options?: AskOptions): Promise<EngineRequests[M]['result']>;
  connection: MessageConnection;
  /** Resolves when the server has ended. */
  ended: Promise<void>;
}

export interface AskOptions {
  onProgress?: (progress: EngineProgress, cancel: () => void) => void;
  cancel?: CancellationTokenSource;
}

/** @param folders where the engine finds models; the machine's own when left out */
export function inMemoryEngine(folders?: ModelFolders): InMemoryEngine {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const ended = serveEngine(createMessageConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), folders);
  connection.listen();
  connection.onClose(() => undefined);
  let tokens = 0;
  const ask: InMemoryEngine['ask'] = async (method, params, { onProgress, cancel = new CancellationTokenSource() } = {}) => {
    const progressToken = ++tokens;
    const listening = connection.onProgress(new ProgressType<EngineProgress>(), progressToken, (value) => onProgress?.(value, () => cancel.cancel()));
    try {
      return await connection.sendRequest(method, { progressToken, params }, cancel.token);
    } finally {
      listening.dispose();
    }
  };
  return { ask, connection: Object.assign(connection, { close: () => up.end() }), ended };
}
