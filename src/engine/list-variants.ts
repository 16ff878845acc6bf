/** The edits of a program with their true errors and the model's predictions. */
import { predict } from '../methods/prediction';
import type { VariantList } from '../protocol/variants';
import type { Template } from '../snippets/templates';
import type { Labeller } from '../snippets/variants';
import { lineShifted } from './against';
import { explainedPrediction, shifted } from './explain';
import type { LoadedModel } from './load';
import { openQuestion, readProgram, type SourceText } from './program';
import type { Progress } from './progress';
import { rounded } from './rounded';
import { findTwins, predictTwins } from './twins';

/** @throws when the code is empty or too long */
export async function listVariants(
  loaded: LoadedModel,
  template: Template,
  text: SourceText,
  { label, signal, onProgress }: { label?: Labeller; signal?: AbortSignal; onProgress?: Progress } = {},
): Promise<VariantList> {
  const question = openQuestion(loaded, template);
  const program = readProgram(loaded, question, text);
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
    actual: shifted(outcome, program),
    prediction: explainedPrediction(prediction, loaded.tokenizer),
    variants: predicted.map(({ number, variant, program: own, outcome: done, prediction: { answers } }) => ({
      number,
      kind: variant.edit.kind,
      description: lineShifted(variant.edit.description, variant.edit, program),
      line: variant.edit.line + program.source.firstLine - 1,
      code: variant.edit.variant,
      actual: shifted(done, own),
      prediction: { label: answers[0].label, probability: rounded(answers[0].probability) },
      tokensKept: variant.tokensKept,
      labelChanged: done && variant.labelChanged,
      control: variant.control,
    })),
  };
}
