/** What the model answers when latents are changed, as one document. */
import { runWithSaes } from '../../methods/latents/gradients';
import { changeHooks, setLatents } from '../../methods/latents/patching';
import { predict } from '../../methods/prediction';
import { generate } from '../../model';
import type { ChangedDocument, ChangedLatent } from '../../protocol/latents';
import type { LoadedSae } from '../../sae';
import type { Template } from '../../snippets/prompts/templates';
import { saeAt } from './activations';
import { arrange } from '../reading/arrange';
import { explainedPrediction, readDocument } from './document';
import type { LoadedModel } from '../session/load';
import { openQuestion, readProgram, type SourceText } from '../reading/program';
import type { Progress } from '../session/progress';
import { rounded } from '../session/rounded';

export interface ChangeLatentsOptions {
  saes: readonly LoadedSae[];
  changes: readonly ChangedLatent[];
  /** Whether the SAEs' error terms are part of the runs. */
  error: boolean;
  /** Tokens to generate before and after; 0 for none. */
  generate?: number;
  contextLimit?: number;
  signal?: AbortSignal;
  onProgress?: Progress;
}

/**
 * Only SAEs with a latent that is changed are spliced in. A change at chosen positions of the prompt acts there alone; one at all
 * positions acts on an answer's further tokens and on what is generated as well. Of an SAE that reads each head alone, the change acts
 * on all heads.
 * @throws a sentence when a site has no SAE, or a latent or position does not exist
 */
export async function changeLatents(
  loaded: LoadedModel,
  template: Template,
  text: SourceText,
  options: ChangeLatentsOptions,
): Promise<ChangedDocument> {
  const { changes, error, signal, onProgress } = options;
  const { model, tokenizer } = loaded;
  const question = openQuestion(loaded, template, options.contextLimit);
  const { source } = await arrange(loaded, question, text);
  const program = readProgram(loaded, question, source);
  const { ids } = program;
  const named = changes.map((change) => ({ ...change, sae: saeAt(options.saes, change.site, model.shape.layers) }));
  const saes = [...new Set(named.map(({ sae }) => sae))];
  onProgress?.('Reading the code');
  const prediction = await predict(model, ids, question.answers, { signal });
  onProgress?.('Changing latents');
  const { before, after, change } = await setLatents(model, ids, question.answers, named, { saes, error, signal });

  const { inputs } = await runWithSaes(model, [ids], { saes, error, signal });
  const was = async (sae: LoadedSae, latent: number, positions: ChangedLatent['positions']) => {
    const { data } = await sae.someLatents(inputs.get(sae)!, [latent]);
    const heads = data.length / ids.length;
    const at = (position: number) => Math.max(...data.subarray(position * heads, (position + 1) * heads));
    return (positions === 'all' ? ids.map((_, i) => i) : positions).map((position) => ({ position, activation: rounded(at(position)) }));
  };
  const written = async (some: typeof named, stage: string) => {
    const maxTokens = options.generate!;
    const stop = tokenizer.eos === null ? [] : [tokenizer.eos];
    let count = 0;
    const onToken = () => onProgress?.(stage, ++count, maxTokens);
    const hooks = changeHooks(model, some, { saes, error });
    return tokenizer.decode(await generate(model, ids, { maxTokens, stop, hooks, signal, onToken }));
  };
  return {
    format: 'latent-lens/changed-latents',
    version: 1,
    ...(await readDocument(loaded, question, program, prediction, signal)),
    changes: await Promise.all(
      changes.map(async ({ site, latent, positions, change: kind }, i) => ({
        site, latent, positions, change: kind, was: await was(named[i].sae, latent, positions),
      })),
    ),
    errorTerm: error,
    before: explainedPrediction(before, tokenizer),
    after: explainedPrediction(after, tokenizer),
    change: change.map(({ label, probability, logit }) => ({ label, probability: rounded(probability), logit: rounded(logit) })),
    generated: options.generate ? { before: await written([], 'Writing unchanged'), after: await written(named, 'Writing changed') } : null,
  };
}
