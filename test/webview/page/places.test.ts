/** What is read is kept until something else is, and putting it asks; what cannot be is said. */
import { expect, test } from 'vitest';
import type { Activation } from '../../../src/figures/kinds/cells';
import { Places } from '../../../webview/page/places';

const spot = (position: number) => ({ run: 'original' as const, position, label: 'x' });
const at = (layer: number, position: number): Activation => ({ site: 'hook_resid_post', layer, read: spot(position), into: spot(position) });

test('one cell is read and put at another', () => {
  const asked: unknown[] = [];
  let told = 0;
  const places = new Places((id, params) => asked.push([id, params]));
  places.onChange(() => told++);
  places.put(at(1, 1)); // nothing is read yet
  expect([asked, told]).toEqual([[], 0]);
  const source = at(0, 2);
  places.take(source);
  places.put(at(3, 4));
  expect(asked).toEqual([['fromTo', { from: ['0:#2'], to: ['3:#4'], read: 'original', into: 'original', site: 'hook_resid_post' }]]);
  places.put({ ...at(3, 4), site: 'hook_mlp_out' });
  expect(asked).toHaveLength(1);
  expect(places.refusal).toContain('hook_mlp_out');
  expect(places.source).toBe(source);
  places.put(at(3, 5));
  expect([asked.length, places.refusal]).toEqual([2, null]);
  places.take(null);
  expect([places.source, told]).toEqual([null, 4]);
  places.take(source);
  places.open(true);
  places.open(true);
  expect([places.isOpen, places.source, told]).toEqual([true, source, 6]);
});
