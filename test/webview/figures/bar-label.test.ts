import { expect, it } from 'vitest';
import { barLabel } from '../../../webview/figures/charts';

it('says in one line below the answer what there is to say of it, and in two where one would be cut off', () => {
  expect(barLabel({ label: 'string', predicted: true, mark: '✓ true' })).toEqual(['string', '◂ predicted · ✓ true']);
  expect(barLabel({ label: 'unknown', predicted: true, mark: 'more general, and an error' })).toEqual(['unknown', '◂ predicted', 'more general, and an error']);
  expect(barLabel({ label: 'any', predicted: false, mark: null })).toEqual(['any']);
});
