/**
 * TransformerLens's weight processing: HookedTransformer.from_pretrained rewrites a model's weights so that it predicts the same with
 * activations that are easier to read, and some SAEs were trained on those. Each is a function of the activation of the model as it is
 * (`Architecture.processed`), so weights are left alone. Names are those of its options; that of center_unembed is missing, which moves
 * all logits of a position alike and no activation.
 */
export interface WeightProcessing {
  /** fold_ln: a norm's weight and bias become a part of what reads it. No activation changes by that alone. */
  readonly foldLn: boolean;
  /** center_writing_weights: what is written to the residual stream has the mean 0, where every norm subtracts the mean. */
  readonly centerWritingWeights: boolean;
  /** fold_value_biases: values lose their bias, with what fold_ln made of it, and attention's output has its effect. */
  readonly foldValueBiases: boolean;
}

export const UNPROCESSED: WeightProcessing = { foldLn: false, centerWritingWeights: false, foldValueBiases: false };
