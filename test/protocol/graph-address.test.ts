/** Addresses of a circuit's parts, and places that are found again after an edit. */
import { describe, expect, it } from 'vitest';
import { edgeAddress, nodeAddress, spanNow } from '../../src/protocol/graphs/address';
import { sampleCircuit } from '../figures/sample-circuit';

const graph = sampleCircuit([...'print("x" + 21)']);
const OF = { sha256: '5f'.repeat(32), file: 'my code.py' };

it('tell all nodes and edges apart, and are the same for the same', () => {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const nodes = graph.nodes.map((node) => nodeAddress(node, graph.places, OF));
  expect(new Set(nodes).size).toBe(nodes.length);
  const edges = graph.edges.map((edge) => edgeAddress(edge, byId, graph.places, OF));
  expect(new Set(edges).size).toBe(edges.length);
  const head = graph.nodes.find(({ kind }) => kind === 'head')!;
  const { start, end } = graph.places[head.place!].span!;
  expect(nodeAddress(head, graph.places, OF)).toBe(`5f5f5f5f5f5f/${head.layer}/head.${head.index}@my%20code.py#${start}-${end}`);
  expect(nodeAddress({ ...head, place: null }, graph.places, OF)).toBe(`5f5f5f5f5f5f/${head.layer}/head.${head.index}`);
  expect(nodeAddress(head, graph.places, { ...OF, sha256: 'ab'.repeat(32) })).not.toBe(nodeAddress(head, graph.places, OF));
});

describe('a stretch after an edit', () => {
  const code = 'a = 1\nb = a + 2\nprint(b)\n';
  const at = (text: string, of = code) => ({ start: of.indexOf(text), end: of.indexOf(text) + text.length });
  const cases: [string, string, string, string | null][] = [
    ['nothing', code, '2', 'same'],
    ['a line before it', `import os\n${code}`, '2', 'moved'],
    ['something behind it', `${code}print(a)\n`, '2', 'same'],
    ['itself', code.replace('2', '3'), '2', null],
    ['its line', code.replace('b = a + 2', 'b = a * 2'), 'b = a + 2', null],
    ['lines around it', `# new\n${code.replace('print(b)', 'print(a)')}`, '2', 'moved'],
    ['everything', 'x', '2', null],
  ];
  it.each(cases)('when %s was changed', (_, after, text, kind) => {
    const now = spanNow(code, after, at(text));
    expect(now.kind).toBe(kind ?? 'gone');
    if (now.kind !== 'gone') expect(after.slice(now.start, now.end)).toBe(text);
  });

  it('is not guessed where its line is there twice', () => {
    const twice = 'x = 1\ny = 2\nx = 1\n';
    expect(spanNow(twice, `z\n${twice.replace('y', 'w')}z\n`, { start: 4, end: 5 })).toEqual({ kind: 'gone' });
  });
});
