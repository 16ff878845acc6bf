import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { architectureFor } from '../../../src/architectures';
import { checkRecipe, RECIPE_FIELDS } from '../../../src/training/lm/recipe-check';
import { configOf, readRecipe, type Recipe } from '../../../src/training/lm/recipe';

const FILE = 'models/python-errors/recipe.json';
let recipe: Recipe;
beforeAll(async () => {
  recipe = JSON.parse(await readFile(FILE, 'utf8')) as Recipe;
});
const changed = (change: (recipe: Record<string, Record<string, unknown>>) => void) => {
  const copy = structuredClone(recipe) as unknown as Record<string, Record<string, unknown>>;
  change(copy);
  return () => checkRecipe(copy, 'r.json');
};

describe('a recipe', () => {
  test("that of the embedded model is one, and so is a graphics card's; the weights in 16 bits take at most 20 MB", async () => {
    for (const file of [FILE, 'models/python-errors/recipe-gpu.json']) {
      const { weights } = architectureFor(configOf(await readRecipe(file)));
      const numbers = [...weights.values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
      expect(2 * numbers).toBeLessThan(20e6);
    }
    expect(configOf(recipe)).toMatchObject({ torch_dtype: { F32: 'float32', F16: 'float16', BF16: 'bfloat16' }[recipe.stored] });
  });

  test('is refused with the name, the meaning and the bounds of what is wrong', () => {
    expect(changed((r) => (r.training.rate = '0.1'))).toThrow(`r.json is not a recipe: 'training.rate' must be a number from 0 to 1 (AdamW's stable rate), not "0.1".`);
    expect(changed((r) => delete r.model.layers)).toThrow("'model.layers' is missing: blocks");
    expect(changed((r) => (r.training.steps = 9))).toThrow("'training.steps' is not a field of a recipe");
    expect(changed((r) => (r.model.width = 100))).toThrow("'model.width' must be an even multiple");
    expect(changed((r) => (r.data.shardsInRound = { real: -1 }))).toThrow("'data.shardsInRound.real' must be a whole number");
    expect(() => checkRecipe(null, 'r.json')).toThrow("'seed' is missing");
  });

  test('may leave out what is optional, but not half of a group', () => {
    expect(changed((r) => delete r.training.muon)).not.toThrow();
    expect(changed((r) => (r.training.muon = { momentum: 0.9 }))).toThrow("'training.muon.weightDecay' is missing");
    expect(Object.values(RECIPE_FIELDS).every(({ about }) => about.length > 3)).toBe(true);
  });
});
