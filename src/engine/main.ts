/** The engine process: forked by the extension, ends when the extension does. */
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node.js';
import { serveEngine } from './server';

if (!process.send) {
  console.error('This is a part of Latent Lens that its extension starts. Use latent-lens on the command line.');
  process.exit(2);
}
process.on('disconnect', () => process.exit(0));
void serveEngine(createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process)));
