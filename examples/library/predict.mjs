// What a model predicts for a few programs, and whether Python agrees. Run: node examples/library/predict.mjs
import { openModel } from 'latent-lens';

const lens = await openModel();
for (const code of ['print("Temperature: " + 21)', 'print(len([1, 2, 3]))', 'scores = {"Ann": 3}\nprint(scores["Bo"])']) {
  const reading = await lens.read(code);
  const { parts } = await reading.analyse({ prediction: {} });
  const { label, answers, actual } = parts.prediction.value;
  console.log(`${JSON.stringify(code)}: ${label} (${Math.round(100 * answers[0].probability)} %), Python: ${actual.label}`);
}
await lens.close();
