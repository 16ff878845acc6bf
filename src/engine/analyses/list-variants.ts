/** The edits of a program with their true errors and the model's predictions. */
import { predict } from '../../methods/prediction';
import type { VariantList } from '../../protocol/variants';
import type { Template } from '../../snippets/prompts/templates';
import type { Labeller } from '../../snippets/twins/variants';
import { arrange } from '../reading/arrange';
import { explainedPrediction, listedVariants, shifted } from './document';
import type { LoadedModel } from '../session/load';
import { openQuestion, readProgram, type SourceText } from '../reading/program';
import type { Progress } from '../session/progress';
import { findTwins, predictTwins } from '../twins/twins';

/** @throws when the code is empty or too long */
export async function listVariants(
  loaded: LoadedModel,
  template: Template,
  text: SourceText,
  options: { label?: Labeller; contextLimit?: number; signal?: AbortSignal; onProgress?: Progress } = {},
): Promise<VariantList> {
  const { contextLimit, signal, onProgress } = options;
  const question = openQuestion(loaded, template, contextLimit);
  const { source, label } = await arrange(loaded, question, text, options.label);
  const program = readProgram(loaded, question, source);
  const prediction = await predict(loaded.model, program.ids, question.answers, { signal });
  onProgress?.('Making variants');
  const { outcome, twins } = await findTwins(loaded, question, program, label);
  const predicted = await predictTwins(loaded, question.answers, twins, { topK: 1, signal, onProgress });
  return {
    format: 'latent-lens/variants',
    version: 1,
    model: { id: loaded.id, sha256: await loaded.model.sha256(), layers: loaded.model.shape.layers },
    template: template.id,
    source: program.source,
    actual: shifted(outcome, program, question.answers),
    prediction: explainedPrediction(prediction, loaded.tokenizer),
    variants: listedVariants(predicted, program),
  };
}
