import { afterAll, beforeAll, expect, test } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { traceTypes, TYPE_CLASSES } from '../../../src/corpus/labelling/trace';

let sandbox: PythonSandbox;
beforeAll(async () => {
  sandbox = await PythonSandbox.start();
}, 600_000);
afterAll(() => sandbox.close());

/** The traced expressions of a program as [text that ends there, type]. */
async function traced(code: string): Promise<string[]> {
  const [marks] = await traceTypes(sandbox, [code]);
  return marks.map(([end, type]) => `${/\S*$/.exec(code.slice(0, end))![0]} ${TYPE_CLASSES[type]}`);
}

test('names, calls, attributes, subscripts and operations have the classes of their values', async () => {
  expect(await traced('a = 3\nb = "x"\nprint(a, b.upper(), [a][0])\n-a < 1')).toEqual([
    'print function', 'print(a int 3', 'b str', 'b.upper function', 'b.upper() str', '[a int 3', '[a][0] int 3', '[a][0]) None',
    '-a int below -1', '1 True',
  ]);
});

test('what is not reached has no class, and the expression that ends the run raises', async () => {
  expect(await traced('def f():\n    return x\ny = 0\ny + [1][5]\nprint(y)')).toEqual(['y int 0', '[1][5] raises']);
  expect(await traced('try:\n    1 / 0\nexcept ZeroDivisionError:\n    print(q)')).toEqual(['ZeroDivisionError class', 'print function', 'print(q not defined']);
  expect(await traced('try:\n    [][0]\nexcept IndexError:\n    raise')).toContain('IndexError class');
});

test('classes, patterns, annotations and f-strings run as they are', async () => {
  const code = 'class A:\n    def __init__(self, n: int) -> None:\n        super().__init__()\n        self.n: int = n\nmatch A(2):\n    case A(n=k) if k:\n        print(f"{k}")';
  const found = await traced(code);
  expect(found).toContain('A(2) object');
  expect(found).toContain('super() object');
  expect(found).toContain('print(f"{k int 2');
});

test('programs that do not compile have no marks and spoil no others', async () => {
  const results = await traceTypes(sandbox, ['print(', 'x = []\nx', '']);
  expect(results.map((marks) => marks.map(([, type]) => TYPE_CLASSES[type]))).toEqual([[], ['list of 0'], []]);
});
