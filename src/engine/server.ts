/** The engine's side of the protocol: one model at a time, one request after the other, Python started when it is first needed. */
import { RequestType, ResponseError, ProgressType, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node.js';
import { PATCH_SITES, type PatchSite } from '../methods/patching';
import type { Asked, EngineFailure, EngineMethod, EngineProgress, EngineRequests, OpenedModel, OpenModel } from '../protocol/engine';
import { PYTHON_ERROR_TYPE } from '../snippets/templates';
import { explain } from './explain';
import { listVariants } from './list-variants';
import { loadModel, type LoadedModel } from './load';
import { openQuestion, readProgram, type SourceText } from './program';
import type { Progress } from './progress';
import { LazyPython } from './python';

interface Context {
  signal: AbortSignal;
  progress: (progress: EngineProgress) => void;
}

type Handlers = {
  [Method in EngineMethod]: (params: EngineRequests[Method]['params'], context: Context) => Promise<EngineRequests[Method]['result']>;
};

/** JSON-RPC's and the Language Server Protocol's codes. */
const CANCELLED = -32800;
const FAILED = -32803;

/** Answers requests on a connection until it closes. */
export function serveEngine(connection: MessageConnection): void {
  const engine = new Engine();
  const progressType = new ProgressType<EngineProgress>();
  let last: Promise<unknown> = Promise.resolve();
  for (const [method, handler] of Object.entries(engine.handlers) as [EngineMethod, Handlers['explain']][]) {
    const type = new RequestType<{ progressToken: number; params: never }, unknown, EngineFailure>(method);
    connection.onRequest(type, async ({ progressToken, params }, token) => {
      const progress = (value: EngineProgress) => void connection.sendProgress(progressType, progressToken, value);
      const signal = signalOf(token);
      const result = last.then(() => {
        signal.throwIfAborted();
        return handler(params, { signal, progress });
      });
      last = result.catch(() => undefined);
      return result.catch((error: Error) => {
        if (signal.aborted) throw new ResponseError<EngineFailure>(CANCELLED, 'Cancelled.');
        throw new ResponseError<EngineFailure>(FAILED, error.message, { stack: error.stack });
      });
    });
  }
  connection.onClose(() => void engine.close());
  connection.listen();
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

class Engine {
  private loaded?: LoadedModel;
  private readonly python = new LazyPython();

  readonly handlers: Handlers = {
    openModel: (params) => this.openModel(params),
    tokens: (asked) => {
      const model = this.model();
      return Promise.resolve(readProgram(model, openQuestion(model, PYTHON_ERROR_TYPE), sourceOf(asked)).tokens);
    },
    explain: ({ compare, site, direction, topK, run, ...asked }, { signal, progress }) => {
      if (!PATCH_SITES.includes(site as PatchSite)) throw new Error(`'${site}' cannot be patched; choose one of ${PATCH_SITES.join(', ')}.`);
      const onProgress = staged(progress);
      return explain(this.model(), PYTHON_ERROR_TYPE, sourceOf(asked), {
        against: compare === 'best' || compare === null ? undefined : 'number' in compare ? compare : { program: { file: null, text: compare.text } },
        compare: compare !== null,
        site: site as PatchSite,
        direction,
        topK,
        signal,
        onProgress,
        onPartial: (partial) => progress({ stage: 'Comparing', partial }),
        label: run ? this.python.labeller(onProgress, signal) : undefined,
      });
    },
    variants: ({ run, ...asked }, { signal, progress }) => {
      const onProgress = staged(progress);
      const label = run ? this.python.labeller(onProgress, signal) : undefined;
      return listVariants(this.model(), PYTHON_ERROR_TYPE, sourceOf(asked), { signal, onProgress, label });
    },
  };

  private model(): LoadedModel {
    if (!this.loaded) throw new Error('No model is open. Choose one with Latent Lens: Select Model.');
    return this.loaded;
  }

  private async openModel({ folder, threads }: OpenModel): Promise<OpenedModel> {
    const loaded = await loadModel(folder ?? undefined, { threads: threads ?? undefined });
    await this.loaded?.model.release();
    this.loaded = loaded;
    const { shape, checkpoint } = loaded.model;
    return { id: loaded.id, folder: loaded.model.folder, layers: shape.layers, context: shape.context, bytes: checkpoint.bytes };
  }

  async close(): Promise<void> {
    this.python.close();
    await this.loaded?.model.release();
  }
}

function staged(progress: Context['progress']): Progress {
  return (stage, done, total) => progress({ stage, done, total });
}

function sourceOf({ file, text, range }: Asked): SourceText {
  return { file, text, range: range ?? undefined };
}
