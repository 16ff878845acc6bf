import { beforeAll, describe, expect, test } from 'vitest';
import { narrowed } from '../../../src/snippets/context/narrow';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';
import { lineStartsOf } from '../../../src/snippets/syntax/syntax';

let parser: PythonParser;
beforeAll(async () => {
  parser = await createParser();
});

const SHOP = `import math

PRICES = {"tea": 3, "milk": 2}


class Shop:
    """Sells things."""

    rate = 0.2

    def __init__(self):
        self.sold = []

    @property
    def size(self):
        return len(self.sold)

    def add(self, name):
        # what is sold
        self.sold.append(name)

    def total(self):
        money = 0
        names = list(self.sold)
        count = 0
        for name in names:
            count += 1
            price = PRICES[name]
            money += price * (1 + self.rate)
            print(name, price)
        print(math.floor(count))
        return money + "EUR"

    def unused(self):
        return self.nothing()


def other():
    return 1


shop = Shop()
shop.add("tea")
print(shop.total())
`;

/** The codes of all choices around a line. */
function codes(text: string, line: number): string[] {
  const lines = text.split('\n');
  const at = lineStartsOf(text)[line - 1];
  const all = { first: 1, last: lines.length };
  return [...narrowed(parser.parse(text), all, at)].map((one) => one.lines.flatMap(({ first, last }) => lines.slice(first - 1, last)).join('\n'));
}

const lineOf = (text: string) => SHOP.split('\n').findIndex((line) => line.includes(text)) + 1;

describe('a class that is too long', () => {
  test('is narrowed to a method with the members, definitions and the call that this needs', () => {
    const [method, uncalled] = codes(SHOP, lineOf('money + "EUR"'));
    for (const part of ['import math', 'PRICES =', 'class Shop:', 'rate = 0.2', 'self.sold = []', 'self.sold.append(name)', 'return money + "EUR"', 'shop = Shop()', 'shop.total()']) expect(method).toContain(part);
    for (const part of ['Sells things', 'def size', '@property', 'def unused', 'def other']) expect(method).not.toContain(part);
    expect(uncalled).not.toContain('shop.total()');
    expect(uncalled).toContain('def total');
  });

  test('then to the statement with what gives its names their values, and what is returned', () => {
    const statement = codes(SHOP, lineOf('money + "EUR"'))[2];
    for (const part of ['money = 0', 'names = list(self.sold)', 'money += price * (1 + self.rate)', 'return money + "EUR"', 'shop.total()']) expect(statement).toContain(part);
    for (const part of ['math.floor', 'import math']) expect(statement).not.toContain(part);
  });

  test('then to one in a loop', () => {
    const all = codes(SHOP, lineOf('price = PRICES'));
    const last = all.at(-2)!;
    for (const part of ['for name in names:', 'price = PRICES[name]', 'names = list(self.sold)', 'shop.add("tea")']) expect(last).toContain(part);
    for (const part of ['count = 0', 'count += 1', 'print(name, price)', 'math']) expect(last).not.toContain(part);
    for (const code of all) expect(parser.parse(code).errorCount).toBe(0);
  });
});

test('other branches stay, and what is on a line with its header is not cut', () => {
  const branches = 'def f(x):\n    y = 1\n    if x: return 2\n    if x > 3:\n        y = 2\n        z = 3\n    else:\n        w = 4\n        y = x / 0\n    return y\nf(1)\n';
  expect(codes(branches, 9).at(-2)).toBe('def f(x):\n    y = 1\n    if x > 3:\n        y = 2\n        z = 3\n    else:\n        y = x / 0\n    return y\nf(1)');
  expect(codes('def f(x): return x / 0\nf(1)\n', 1)).toEqual([]);
});

test('nothing is cut where the syntax is broken or where there is nothing', () => {
  expect(codes('class A:\n    def f(self):\n        return (1\n\n    def g(self):\n        pass\n', 5)).toEqual([]);
  expect(codes('\n\nx = 1\n', 1)).toEqual([]);
});

test('of statements without a blank line between them, the one at the place', () => {
  expect(codes('a = 1\nb = 2\nc = a + "x"\nd = c\n', 3)).toEqual(['a = 1\nc = a + "x"']);
});
