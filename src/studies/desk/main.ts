/** The process that runs and reads studies for the editor. It ends with the editor, and a study that it runs can be gone on with. */
import type { DeskMethod, DeskRequests, FromDesk, ToDesk } from '../../protocol/studies/desk';
import { resumeStudy, runStudy, type RunOptions } from '../running/run';
import { pageOf, rowOfKey, stateOf } from './show';

const tell = (message: FromDesk) => void process.send?.(message);
const stop = new AbortController();

type Handler<M extends DeskMethod> = (
  params: DeskRequests[M]['params'], onProgress: RunOptions['onProgress'],
) => Promise<DeskRequests[M]['result']>;

const HANDLERS: { [M in DeskMethod]: Handler<M> } = {
  run: ({ file, out, ...options }, onProgress) =>
    runStudy(file, out, { ...options, limit: null, shard: null, signal: stop.signal, onProgress }),
  resume: ({ out, ...options }, onProgress) => resumeStudy(out, { ...options, signal: stop.signal, onProgress }),
  look: ({ outs }) => Promise.all(outs.map((out) => stateOf(out).catch(() => null))),
  show: ({ out }) => pageOf(out),
  row: ({ out, key }) => rowOfKey(out, key),
};

process.on('message', (message: ToDesk) => {
  const { id } = message;
  const onProgress: RunOptions['onProgress'] = (stage, done, total) => tell({ id, progress: { stage, done: done ?? null, total: total ?? null } });
  (HANDLERS[message.do] as (params: unknown, progress: typeof onProgress) => Promise<unknown>)(message.params, onProgress).then(
    (result) => tell({ id, result }),
    (error: Error) => tell({ id, wrong: error.message }),
  );
});
// The editor is gone, or does not want it any more: workers are ended and the folder is given back first.
process.on('disconnect', () => {
  stop.abort(new Error('The study was stopped.'));
  setTimeout(() => process.exit(0), 1500);
});
process.on('SIGINT', () => undefined);
