/** A list of latents for people. */
import type { ExplainedLatent, LatentsDocument } from '../../protocol/documents/latents';
import { shortPercent } from './bars';
import { inColumns } from './columns';
import { renderDiff } from './diff';
import { cut, harmless, tokenText, wrap } from './text';
import type { Style } from './style';
import { shortSite } from '../../vocabulary/sites';

const TOKEN = 12;

export function renderLatents(document: LatentsDocument, style: Style, columns: number): string {
  const { source, model, prediction, counterfactual, metric, latents, errorTerm, mode, method, steps, positions, saes, check } = document;
  const part = source.firstLine > 1 || source.start > 0 ? `:${source.firstLine}-${source.lastLine}` : '';
  const title = (text: string, more: string) => `${style.bold(style.cyan(text))}  ${style.dim(cut(more, columns - text.length - 2))}`;
  const paragraph = (text: string) => wrap(harmless(text), columns - 2).map((line) => `  ${line}`);
  const best = counterfactual.prediction.answers[0];
  const logits = ({ clean, corrupted }: { clean: number; corrupted: number }) => `${signed(clean)} in the original, ${signed(corrupted)} in the variant`;
  const lines = [
    `${style.bold(harmless(`${source.file ?? 'code'}${part}`))} ${style.dim(`· ${model.id}, ${model.layers} layers, ${saes.length} SAE${saes.length === 1 ? '' : 's'}`)}`,
    '',
    title('Variant', harmless(counterfactual.description)),
    ...renderDiff(source, counterfactual.code, style, columns),
    ...paragraph(`Model: ${prediction.label} ${shortPercent(prediction.answers[0].probability)}, in the variant ${best.label} ${shortPercent(best.probability)}`),
    ...paragraph(`${metric.positive} − ${metric.negative}, logits: ${logits(document)}`),
    ...paragraph(`with the SAEs' reconstructions alone: ${logits(document.withoutErrorTerms)}`),
    '',
    title('Latents', '% of that difference that each would restore in the variant'),
    style.dim(`  ${errorTerm ? 'with' : 'without'} error terms · gradients pass ${mode === 'through' ? 'through reconstructions' : 'by the SAEs'}`),
    ...(method === 'gradient' ? [] : [style.dim(`  integrated gradients, ${steps} step${steps === 1 ? '' : 's'}`)]),
    ...(positions === null ? [] : wrap(`at # ${positions.join(', ')} alone`, columns - 2).map((line) => style.dim(`  ${line}`))),
    ...(latents.length === 0 ? ['  No latent differs between the two programs.'] : table(latents, style, columns)),
  ];
  if (check && check.count > 0) {
    const correlation = check.correlation === null ? '' : `correlation ${check.correlation.toFixed(3)}, `;
    lines.push('', ...paragraph(`Really patched: ${correlation}${check.sameSign} of ${check.count} signs agree.`));
  }
  if (errorTerm) lines.push('', ...sums(document, style));
  const bullets = document.findings.flatMap((finding) => wrap(harmless(finding), columns - 4).map((line, i) => `  ${i === 0 ? '•' : ' '} ${line}`));
  lines.push('', style.bold(style.cyan('Findings')), ...bullets);
  return `${lines.join('\n')}\n`;
}

function table(latents: readonly ExplainedLatent[], style: Style, width: number): string[] {
  const percents = (share: number | null, logits: number | null) => (logits === null ? '' : share === null ? signed(logits) : percent(share));
  const [head, ...rows] = inColumns(
    [
      { title: 'latent' }, { title: '#', right: true }, { title: 'token' }, { title: 'clean', right: true }, { title: 'variant', right: true },
      { title: 'effect', right: true }, { title: 'direct', right: true }, { title: 'patched', right: true }, { title: 'description' },
    ],
    latents.map(({ site, head, latent, position, token, clean, corrupted, attribution, directEffect, patched, logits, description }) => [
      `${shortSite(site)}${head === null ? '' : `[${head}]`}/${latent}`,
      String(position),
      cut(tokenText(token), TOKEN),
      clean.toFixed(2),
      corrupted.toFixed(2),
      percents(attribution, logits.attribution),
      percents(directEffect, logits.directEffect),
      percents(patched, logits.patched),
      harmless(description ?? ''),
    ]),
  );
  return [style.dim(head), ...rows.map((row) => cut(row, width))];
}

/** Each SAE's latents and error at all positions that were attributed. */
function sums({ saes, latents, clean, corrupted, positions }: LatentsDocument, style: Style): string[] {
  const clear = latents.some(({ attribution }) => attribution !== null);
  const share = (logits: number) => (clear ? percent(logits / (clean - corrupted)) : signed(logits));
  const [head, ...rows] = inColumns(
    [{ title: positions === null ? 'all positions' : 'these positions' }, { title: 'latents', right: true }, { title: 'error', right: true }],
    saes.map(({ site, logits }) => [shortSite(site), share(logits.latents), share(logits.error!)]),
  );
  return [style.dim(head), ...rows];
}

function percent(share: number): string {
  const value = 100 * share;
  if (Math.abs(value) < 0.05) return '·';
  return `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(Math.abs(value) < 9.95 ? 1 : 0)}`;
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}
