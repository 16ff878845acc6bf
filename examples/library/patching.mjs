// Where a prediction is decided: the cells of a patching heatmap that restore most of it. Run: node examples/library/patching.mjs
import { openModel } from 'latent-lens';

const lens = await openModel();
const reading = await lens.read('city = "Lisbon"\nprint("Weather for " + city)\nprint("Temperature: " + 21)');
const result = await reading.analyse({ patching: { site: 'hook_resid_post', exact: true } });
const { effect, metric, clean, corrupted } = result.parts.patching.value;
console.log(`Compared: ${result.pair.description}`);
console.log(`logit(${metric.positive}) - logit(${metric.negative}): ${clean.toFixed(2)} in the original, ${corrupted.toFixed(2)} in the variant`);
const cells = effect.flatMap((row, layer) => row.map((share, position) => ({ layer, position, share })));
for (const { layer, position, share } of cells.sort((a, b) => b.share - a.share).slice(0, 5)) {
  console.log(`layer ${layer}, ${JSON.stringify(result.reading.tokens[position].text)}: ${Math.round(100 * share)} %`);
}
await lens.close();
