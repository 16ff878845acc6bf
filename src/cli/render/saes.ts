/** A list of SAEs for people. */
import type { SaeList } from '../../protocol/documents/latents';
import { inColumns } from './columns';
import { harmless, wrap } from './text';
import type { Style } from './style';

export function renderSaes({ saes, model }: SaeList, style: Style, columns: number): string {
  const [head, ...rows] = inColumns(
    [{ title: 'site' }, { title: 'architecture' }, { title: 'width', right: true }, { title: 'latents', right: true }, { title: 'k', right: true }, { title: 'format' }, { title: 'folder' }],
    saes.map(({ folder, sae, problem }) => [
      sae?.site ?? '–', sae?.architecture ?? '', String(sae?.width ?? ''), String(sae?.latents ?? ''), String(sae?.k ?? ''), sae?.format ?? '',
      `${problem === null ? style.green('✓') : style.red('✗')} ${harmless(sae?.name ?? folder)}`,
    ]),
  );
  const lines = [style.dim(head)];
  saes.forEach(({ problem, warning }, i) => {
    lines.push(rows[i]);
    if (problem !== null) lines.push(...wrap(harmless(problem), columns - 4).map((line) => `    ${style.red(line)}`));
    if (warning !== null) lines.push(...wrap(harmless(warning), columns - 4).map((line) => `    ${style.yellow(line)}`));
  });
  const fitting = saes.filter(({ problem }) => problem === null).length;
  lines.push('', `${fitting} of ${saes.length} SAE${saes.length === 1 ? '' : 's'} can be used with ${harmless(model.id)} (${model.layers} layers).`);
  return `${lines.join('\n')}\n`;
}
