/** How much of a logit difference comes from each token that the model reads: gradient times embedding, from one backward pass. */
import { gradientsAt, logitDifference, type Model } from '../../model';

/**
 * For each token of the prompt, Σ over the embedding of activation × gradient of logit[positive] - logit[negative] at the last position
 * (Simonyan et al. 2013; Shrikumar et al. 2016: the first-order change when the embedding goes to 0), in logits.
 */
export async function inputAttribution(
  model: Model,
  ids: readonly number[],
  { positive, negative, signal }: { positive: number; negative: number; signal?: AbortSignal },
): Promise<number[]> {
  const [{ sites }, { gradients }] = [
    await model.run([ids], { read: [{ kind: 'embed' }], signal }),
    await gradientsAt(model, [ids], logitDifference(positive, negative), [{ kind: 'embed' }], signal),
  ];
  const [embedded, gradient] = [sites.get('hook_embed')!.data, gradients.get('hook_embed')!.data];
  const width = embedded.length / ids.length;
  return ids.map((_, position) => {
    let sum = 0;
    for (let i = position * width; i < (position + 1) * width; i++) sum += embedded[i] * gradient[i];
    return sum;
  });
}
