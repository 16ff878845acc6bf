// The model itself: read an activation, and replace one. Run: node examples/library/hooks.mjs
import { blockSite, openModel, siteName } from 'latent-lens';

const lens = await openModel(undefined, { python: false });
const { ids } = await lens.read('print("Temperature: " + 21)');
const site = blockSite(2, 'hook_mlp_out'); // [batch, positions, width]
const { sites, resid } = await lens.model.run([ids], { read: [site] });
const width = lens.model.shape.width;
const last = sites.get(siteName(site)).data.subarray(-width);
console.log(`${siteName(site)} at the last token: norm ${Math.hypot(...last).toFixed(2)}`);

const ablated = await lens.model.run([ids], { hooks: [{ site, edit: (activation) => void activation.data.fill(0) }] });
const change = ablated.resid.data.map((value, i) => value - resid.data[i]).subarray(-width);
console.log(`Without it, the residual stream at the last token changes by ${Math.hypot(...change).toFixed(2)}`);
await lens.close();
