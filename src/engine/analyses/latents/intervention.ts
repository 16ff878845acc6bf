/** What the model answers when latents are changed. */
import { runWithSaes } from '../../../methods/latents/gradients';
import { changeHooks, setLatents } from '../../../methods/latents/patching';
import { generate } from '../../../model';
import type { ChangedLatent } from '../../../protocol/documents/latents';
import type { LoadedSae } from '../../../sae';
import { saeAt } from '../../latents/active';
import { explainedPrediction } from '../document';
import { rounded } from '../../session/rounded';
import type { Run } from '../run';

/**
 * Only SAEs with a latent that is changed are spliced in. A change at chosen positions of the prompt acts there alone; one at all
 * positions acts on an answer's further tokens and on what is generated as well. Of an SAE that reads each head alone, the change acts
 * on all heads.
 */
export const intervention: Run<'intervention'> = {
  run: async (reading, { changes, errorTerm: error, generate: maxTokens }, { topK, signal, onProgress }) => {
    const { session, question, program: { ids }, loaded: { model, tokenizer } } = reading;
    const all = await session.saes();
    const named = changes.map((change) => ({ ...change, sae: saeAt(all, change.site, model.shape.layers) }));
    const saes = [...new Set(named.map(({ sae }) => sae))];
    const plain = explainedPrediction(await reading.prediction(topK, { signal, onProgress }), tokenizer);
    onProgress?.('Changing latents');
    const { before, after, change } = await setLatents(model, ids, question.answers, named, { saes, error, topK, signal });

    const { inputs } = await runWithSaes(model, [ids], { saes, error, signal });
    const was = async (sae: LoadedSae, latent: number, positions: ChangedLatent['positions']) => {
      const { data } = await sae.someLatents(inputs.get(sae)!, [latent]);
      const heads = data.length / ids.length;
      const at = (position: number) => Math.max(...data.subarray(position * heads, (position + 1) * heads));
      return (positions === 'all' ? ids.map((_, i) => i) : positions).map((position) => ({ position, activation: rounded(at(position)) }));
    };
    const written = async (some: typeof named, stage: string) => {
      const stop = tokenizer.eos === null ? [] : [tokenizer.eos];
      let count = 0;
      const onToken = () => onProgress?.(stage, ++count, maxTokens);
      const hooks = changeHooks(model, some, { saes, error });
      return tokenizer.decode(await generate(model, ids, { maxTokens, stop, hooks, signal, onToken }));
    };
    return {
      value: {
        changes: await Promise.all(
          changes.map(async ({ site, latent, positions, change: kind }, i) => ({
            site, latent, positions, change: kind, was: await was(named[i].sae, latent, positions),
          })),
        ),
        errorTerm: error,
        plain,
        before: explainedPrediction(before, tokenizer),
        after: explainedPrediction(after, tokenizer),
        change: change.map(({ label, probability, logit }) => ({ label, probability: rounded(probability), logit: rounded(logit) })),
        generated: maxTokens > 0 ? { before: await written([], 'Writing unchanged'), after: await written(named, 'Writing changed') } : null,
      },
      problems: await (await session.book()).problems(saes),
    };
  },
};
