/** Answers before and after a change of latents, for people. */
import { changedActivation } from '../../methods/latents/change';
import type { ChangedDocument } from '../../protocol/documents/latents';
import type { LatentChange } from '../../vocabulary/latent-change';
import { shortPercent } from './bars';
import { inColumns } from './columns';
import { signed } from './latents';
import type { Style } from './style';
import { cut, harmless, tokenText, wrap } from './text';
import { shortLatentName } from '../../vocabulary/latent-name';

/** Answers that are listed: the most probable before and after, and those that change most. */
const MOST = 6;
const TOKEN = 12;
const UNREACHED = 'The change does not reach the answers: their logits stay as they are.';

export function renderChanged(document: ChangedDocument, style: Style, columns: number): string {
  const { source, model, changes, before, after, change, errorTerm, generated } = document;
  const part = source.firstLine > 1 || source.start > 0 ? `:${source.firstLine}-${source.lastLine}` : '';
  const heading = (text: string) => style.bold(style.cyan(text));
  const paragraph = (text: string) => wrap(harmless(text), columns - 2).map((line) => `  ${line}`);
  const listed = [before.answers, after.answers].flatMap((answers) => answers.slice(0, MOST / 2).map(({ label }) => label));
  const moved = [...change].sort((a, b) => Math.abs(b.probability) - Math.abs(a.probability)).slice(0, MOST / 2);
  const labels = [...new Set([...listed, ...moved.map(({ label }) => label)])];
  const [head, ...rows] = inColumns(
    [
      { title: 'answer' }, { title: 'before', right: true }, { title: 'after', right: true }, { title: 'change', right: true },
      { title: 'logit', right: true },
    ],
    labels.map((label) => {
      const [was, is] = [before, after].map(({ answers }) => answers.find((answer) => answer.label === label)!.probability);
      const own = change.find((one) => one.label === label)!;
      return [harmless(label), shortPercent(was), shortPercent(is), `${signed(100 * own.probability)} pp`, signed(own.logit)];
    }),
  );
  const lines = [
    `${style.bold(harmless(`${source.file ?? 'code'}${part}`))} ${style.dim(`· ${model.id}, ${model.layers} layers`)}`,
    '',
    heading('Changed'),
    ...changedLines(document, style, columns),
    ...(errorTerm ? [] : [style.dim("  on the SAEs' reconstructions alone, without their error terms")]),
    '',
    heading('Answers'),
    style.dim(head),
    ...rows,
  ];
  if (before.label === after.label) lines.push(...paragraph(`The answer stays ${after.label}.`));
  else lines.push(...paragraph(`The answer changes from ${before.label} to ${after.label}.`));
  if (generated) {
    lines.push('', heading('Written'), ...paragraph(`before: ${written(generated.before)}`), ...paragraph(`after:  ${written(generated.after)}`));
  }
  if (change.every(({ logit }) => logit === 0)) lines.push(...paragraph(changes.some(another) ? UNREACHED : 'Nothing changed: no latent got another activation.'));
  return `${lines.join('\n')}\n`;
}

/** Each latent with the places where it was active, the strongest first. */
function changedLines({ changes, tokens }: ChangedDocument, style: Style, columns: number): string[] {
  return changes.map(({ site, latent, positions, change, was }) => {
    const name = `${shortLatentName({ site, latent })} ${changeText(change)} at ${positions === 'all' ? 'all positions' : `# ${positions.join(', ')}`}`;
    const active = was.filter(({ activation }) => activation > 0).sort((a, b) => b.activation - a.activation);
    const places = active.slice(0, 3).map(({ position, activation }) => `${activation.toFixed(2)} on ${cut(tokenText(tokens[position].text), TOKEN)} (#${position})`);
    const more = active.length > 3 ? ` and ${active.length - 3} more` : '';
    return `  ${name}  ${style.dim(cut(active.length === 0 ? 'was not active there' : `was ${places.join(', ')}${more}`, columns - name.length - 4))}`;
  });
}

/** Whether the latent got another activation than it had anywhere. */
function another({ change, was }: ChangedDocument['changes'][number]): boolean {
  return was.some(({ activation }) => changedActivation(activation, change) !== activation);
}

function changeText(change: LatentChange): string {
  switch (change.kind) {
    case 'ablate':
      return 'set to 0';
    case 'set':
      return `set to ${change.value}`;
    case 'scale':
      return `multiplied by ${change.factor}`;
    case 'steer':
      return `${change.by < 0 ? 'less' : 'more'} by ${Math.abs(change.by)}`;
  }
}

function written(text: string): string {
  return text === '' ? '(nothing: the text ends)' : JSON.stringify(text);
}
