import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../src/corpus/labelling/answers';
import { MUTATIONS } from '../../src/corpus/mutations';
import { createParser, type PythonParser } from '../../src/snippets/syntax/parse';
import { PythonSandbox } from '../../src/snippets/sandbox/sandbox';
import { QUIET } from '../../src/corpus/labelling/labels';
import { Random } from '../../src/corpus/random';

/** A program with a place for most mutations; it raises nothing. */
const PROGRAM = `import json
import math
from collections import defaultdict

TOTAL = 0
stock = {"bolts": 12, "nuts": 30}
rows = [("a", 1), ("b", 2), ("c", 3)]


class Box:
    def __init__(self, width, height=2):
        self.width = width
        self.height = height

    def area(self):
        """Width times height."""
        return self.width * self.height

    def __repr__(self):
        return f"Box {self.width}"


def add(amount):
    global TOTAL
    TOTAL += amount
    return TOTAL


def factorial(n):
    if n == 0:
        return 1
    return n * factorial(n - 1)


def average(values):
    if not values:
        raise ValueError("no values")
    total = 0
    for value in values:
        total = total + value
    return total / len(values)


# group the rows
groups = defaultdict(list)
for name, number in rows:
    groups[name].append(number)
    if number == 2 and name in groups:
        print("two")
    elif number > 2:
        print("more", number)
    else:
        print(f"{name} is {number}")

box = Box(3, height=4)
print(box.area() + 1, "area")
print(stock["nuts"], stock.get("washers", 0))
with open("out.txt", "w") as f:
    f.write("12,13")
parts = open("out.txt").read().split(",")
first, second = parts
number = int("12") + int(parts[0])
items = [3, 1, 2]
items.sort()
print(items[0], items[-1], ", ".join(str(item) for item in items))
found = next((item for item in items if item > 2), None)
try:
    print(json.loads("[1]")[0])
except ValueError as error:
    print(error)
assert factorial(3) == 6
print(average([1, 2, 3]), math.sqrt(4), len(items), max(items))
for i in range(len(items)):
    print(items[i])
label = "big" if add(5) > 3 else "small"
print("done " + str(found) + label)`;

let parser: PythonParser;
let sandbox: PythonSandbox;
beforeAll(async () => {
  parser = await createParser();
  sandbox = await PythonSandbox.start();
}, 600_000);
afterAll(() => sandbox?.close());

describe('mutations', () => {
  it('each finds a place, and most raise what they aim at when the code is run', async () => {
    expect((await sandbox.run(PROGRAM)).label).toBe('no error');
    const tree = parser.parse(PROGRAM);
    const unplaced = new Set<string>();
    const hits = new Map<string, number>();
    const made: { name: string; aims: string; code: string }[] = [];
    for (const { name, aims, apply } of MUTATIONS) {
      const codes = new Set<string>();
      for (let seed = 0; seed < 6; seed++) {
        const code = apply(tree, new Random(`${name}/${seed}`));
        if (code !== undefined) codes.add(code);
      }
      if (codes.size === 0) unplaced.add(name);
      for (const code of codes) made.push({ name, aims, code });
    }
    const outcomes = await sandbox.runMany(made.map(({ code }) => code));
    made.forEach(({ name, aims, code }, i) => {
      if (answerOf(outcomes[i].label, code) === aims) hits.set(name, (hits.get(name) ?? 0) + 1);
    });
    const aimed = MUTATIONS.filter(({ aims, name }) => aims !== QUIET && !unplaced.has(name));
    const silent = aimed.filter(({ name }) => !hits.has(name)).map(({ name }) => name);
    // Some mistakes show in other programs only.
    expect(unplaced.size, [...unplaced].join(', ')).toBeLessThan(MUTATIONS.length * 0.2);
    expect(silent.length, silent.join(', ')).toBeLessThan(aimed.length * 0.35);
    for (const error of new Set(aimed.map(({ aims }) => aims))) {
      expect(
        aimed.some(({ aims, name }) => aims === error && hits.has(name)),
        error,
      ).toBe(true);
    }
  }, 600_000);
});
