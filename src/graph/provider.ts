/** Whether an execution provider works on this machine. */
import { lower } from './lower';
import { add } from './ops/elementwise';
import { input } from './ops/source';
import type { Provider } from '../vocabulary/providers';
import { floats, knownProviders, Session } from './session';

/** What to compute with, and why it is not what was wanted: a sentence for the user, null where it is. */
export interface ChosenProvider {
  readonly provider: Provider;
  readonly notice: string | null;
}

/** The wanted provider if it computes 1 + 2 here, else the CPU and why. */
export async function chooseProvider(wanted: Provider): Promise<ChosenProvider> {
  if (wanted === 'cpu') return { provider: 'cpu', notice: null };
  const known = knownProviders();
  const instead = (why: string): ChosenProvider => ({ provider: 'cpu', notice: `${wanted} cannot be used here: ${why}. Computing on the CPU instead.` });
  if (!known.includes(wanted)) return instead(`this system's ONNX Runtime has ${known.join(', ')}`);
  try {
    const x = input('x', 'float32', [1]);
    const session = await Session.open(lower({ inputs: { x }, outputs: { y: add(x, 2) } }), { provider: wanted });
    const { y } = await session.run({ x: floats(Float32Array.of(1), [1]) });
    await session.release();
    return Number(y.data[0]) === 3 ? { provider: wanted, notice: null } : instead(`it computes 1 + 2 = ${y.data[0]}`);
  } catch (error) {
    return instead(reason(error));
  }
}

/** The end of ONNX Runtime's message, without the places in its source that come before it. */
function reason(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
  const said = /(?:Failed to|Couldn't|cannot|not ).*$/i.exec(text)?.[0] ?? text;
  return said.slice(0, 200).replace(/[.\s]+$/, '');
}
