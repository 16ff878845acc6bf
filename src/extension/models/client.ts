/**
 * A second process of the engine, without a model: it lists, looks up and downloads, so that a download outlives the other one's
 * restarts. It is started when first asked, and ends when it has had nothing to do for a while.
 */
import { EngineClient, type RequestOptions } from '../engine/client';
import type { EngineRequests } from '../../protocol/engine';

export type ModelsMethod = 'listModels' | 'modelInfo' | 'catalog' | 'hubModel' | 'addModel' | 'removeModel';

const IDLE_MS = 30_000;

export class ModelsClient {
  private readonly client: EngineClient;
  private pending = 0;
  private idle?: NodeJS.Timeout;

  constructor(options: { script: string; log: (line: string) => void }) {
    const model = () => {
      throw new Error('This process opens no model.');
    };
    this.client = new EngineClient({ ...options, args: ['models'], model });
  }

  /** @throws Cancelled, or an Error whose message says what to do */
  async request<M extends ModelsMethod>(method: M, params: EngineRequests[M]['params'], options?: RequestOptions): Promise<EngineRequests[M]['result']> {
    clearTimeout(this.idle);
    this.pending++;
    try {
      return await this.client.request(method, params, options);
    } finally {
      this.pending--;
      if (this.pending === 0) this.idle = setTimeout(() => this.client.stop(), IDLE_MS);
    }
  }

  dispose(): void {
    clearTimeout(this.idle);
    this.client.stop();
  }
}
