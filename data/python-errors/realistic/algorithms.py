#--- no error
def binary_search(items, target):
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == target:
            return middle
        if items[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return None


primes = [2, 3, 5, 7, 11, 13, 17, 19, 23]
for number in (13, 4, 23):
    position = binary_search(primes, number)
    if position is None:
        print(number, "is not there")
    else:
        print(number, "at", position)
#--- TypeError
def find(items, target):
    for i, item in enumerate(items):
        if item == target:
            return i


values = [4, 8, 15, 16, 23, 42]
first = find(values, 15)
second = find(values, 99)
print("distance:", second - first)
#--- no error
def quicksort(items):
    if len(items) <= 1:
        return items
    pivot, *rest = items
    smaller = [x for x in rest if x < pivot]
    larger = [x for x in rest if x >= pivot]
    return quicksort(smaller) + [pivot] + quicksort(larger)


data = [33, 4, 15, 8, 4, 27]
print(quicksort(data))
print(quicksort(["pear", "apple", "fig"]))
assert quicksort(data) == sorted(data)
#--- TypeError
def bubble_sort(items):
    items = list(items)
    for end in range(len(items) - 1, 0, -1):
        for i in range(end):
            if items[i] > items[i + 1]:
                items[i], items[i + 1] = items[i + 1], items[i]
    return items


print(bubble_sort([5, 1, 4]))
print(bubble_sort([5, None, 4]))
#--- IndexError
def bubble_sort(items):
    for i in range(len(items)):
        for j in range(len(items)):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items


numbers = [9, 2, 7]
print(bubble_sort(numbers))
#--- no error
from collections import deque

GRAPH = {
    "A": ["B", "C"],
    "B": ["D"],
    "C": ["D", "E"],
    "D": ["F"],
    "E": ["F"],
    "F": [],
}


def shortest_path(graph, start, goal):
    queue = deque([[start]])
    visited = {start}
    while queue:
        path = queue.popleft()
        node = path[-1]
        if node == goal:
            return path
        for neighbour in graph[node]:
            if neighbour not in visited:
                visited.add(neighbour)
                queue.append(path + [neighbour])
    return []


print(" > ".join(shortest_path(GRAPH, "A", "F")))
print(len(shortest_path(GRAPH, "F", "A")))
#--- KeyError
def reachable(graph, start):
    seen = set()
    stack = [start]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        for neighbour in graph[node]:
            stack.append(neighbour)
    return seen


roads = {"Oslo": ["Bergen", "Hamar"], "Bergen": ["Oslo"], "Hamar": ["Lom"]}
print(sorted(reachable(roads, "Oslo")))
#--- no error
def factorial(n):
    """Return n! for a non-negative integer."""
    if n < 0:
        raise ValueError("n must not be negative")
    return 1 if n == 0 else n * factorial(n - 1)


def binomial(n, k):
    return factorial(n) // (factorial(k) * factorial(n - k))


for n in range(6):
    print(" ".join(str(binomial(n, k)) for k in range(n + 1)).center(20))
#--- RecursionError
def factorial(n):
    return n * factorial(n - 1)


results = {}
for n in range(3, 6):
    results[n] = factorial(n)
print(results)
#--- RecursionError
def flatten(items):
    result = []
    for item in items:
        if hasattr(item, "__iter__"):
            result.extend(flatten(item))
        else:
            result.append(item)
    return result


print(flatten([1, [2, 3], (4, [5])]))
print(flatten(["ab", ["c"]]))
#--- no error
def flatten(items):
    result = []
    for item in items:
        if isinstance(item, (list, tuple)):
            result.extend(flatten(item))
        else:
            result.append(item)
    return result


print(flatten([1, [2, 3], (4, [5])]))
print(flatten(["ab", ["c"]]))
#--- no error
from functools import lru_cache


@lru_cache(maxsize=None)
def paths(rows, columns):
    if rows == 1 or columns == 1:
        return 1
    return paths(rows - 1, columns) + paths(rows, columns - 1)


for size in range(2, 8):
    print(size, paths(size, size))
print(paths.cache_info().hits > 0)
#--- TypeError
from functools import lru_cache


@lru_cache(maxsize=64)
def total(numbers):
    return sum(n * n for n in numbers)


print(total((1, 2, 3)))
print(total([1, 2, 3]))
#--- no error
def transpose(matrix):
    return [list(row) for row in zip(*matrix)]


def multiply(a, b):
    if len(a[0]) != len(b):
        raise ValueError("shapes do not match")
    columns = transpose(b)
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


a = [[1, 2, 3], [4, 5, 6]]
b = transpose(a)
product = multiply(a, b)
for row in product:
    print(row)
trace = sum(product[i][i] for i in range(len(product)))
print("trace", trace)
#--- ValueError
def multiply(a, b):
    if len(a[0]) != len(b):
        raise ValueError(f"cannot multiply {len(a)}x{len(a[0])} by {len(b)}x{len(b[0])}")
    return [[sum(a[i][k] * b[k][j] for k in range(len(b))) for j in range(len(b[0]))] for i in range(len(a))]


m = [[1, 2, 3], [4, 5, 6]]
identity = [[1, 0], [0, 1]]
print(multiply(identity, m))
print(multiply(m, identity))
#--- IndexError
def neighbours(grid, row, column):
    count = 0
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            if dr == dc == 0:
                continue
            count += grid[row + dr][column + dc]
    return count


grid = [
    [0, 1, 0],
    [1, 1, 0],
    [0, 0, 1],
]
for r in range(3):
    print([neighbours(grid, r, c) for c in range(3)])
#--- no error
def neighbours(grid, row, column):
    rows, columns = len(grid), len(grid[0])
    count = 0
    for r in range(max(0, row - 1), min(rows, row + 2)):
        for c in range(max(0, column - 1), min(columns, column + 2)):
            if (r, c) != (row, column):
                count += grid[r][c]
    return count


grid = [
    [0, 1, 0],
    [1, 1, 0],
    [0, 0, 1],
]
for r in range(3):
    print([neighbours(grid, r, c) for c in range(3)])
#--- no error
def sieve(limit):
    flags = [True] * (limit + 1)
    flags[0:2] = [False, False]
    for n in range(2, int(limit ** 0.5) + 1):
        if flags[n]:
            for multiple in range(n * n, limit + 1, n):
                flags[multiple] = False
    return [n for n, flag in enumerate(flags) if flag]


def factors(n):
    found = []
    for prime in sieve(n):
        while n % prime == 0:
            found.append(prime)
            n //= prime
    return found


print(sieve(30))
print(factors(360))
#--- ZeroDivisionError
def prime_factors(n):
    factors = []
    divisor = 0
    while n > 1:
        while n % divisor == 0:
            factors.append(divisor)
            n //= divisor
        divisor += 1
    return factors


print(prime_factors(84))
#--- AssertionError
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def lcm(a, b):
    return a * b / gcd(a, b) + 1


assert gcd(12, 18) == 6
assert gcd(7, 5) == 1
assert lcm(4, 6) == 12, f"lcm(4, 6) is {lcm(4, 6)}"
print("all good")
#--- no error
class Node:
    def __init__(self, value):
        self.value = value
        self.left = None
        self.right = None


class Tree:
    def __init__(self, values=()):
        self.root = None
        for value in values:
            self.insert(value)

    def insert(self, value):
        if self.root is None:
            self.root = Node(value)
            return
        node = self.root
        while True:
            side = "left" if value < node.value else "right"
            child = getattr(node, side)
            if child is None:
                setattr(node, side, Node(value))
                return
            node = child

    def __iter__(self):
        yield from self._walk(self.root)

    def _walk(self, node):
        if node:
            yield from self._walk(node.left)
            yield node.value
            yield from self._walk(node.right)


tree = Tree([8, 3, 10, 1, 6])
print(list(tree))
#--- AttributeError
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


def last(node):
    while node.next.next is not None:
        node = node.next
    return node.next.value


chain = Node("a", Node("b", Node("c")))
print(last(chain))
print(last(Node("single")))
#--- no error
class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        if not self.items:
            raise IndexError("pop from an empty stack")
        return self.items.pop()


OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


def evaluate(expression):
    stack = Stack()
    for token in expression.split():
        if token in OPERATORS:
            right, left = stack.pop(), stack.pop()
            stack.push(OPERATORS[token](left, right))
        else:
            stack.push(float(token))
    return stack.pop()


print(evaluate("3 4 + 2 *"))
print(evaluate("10 2 8 * + 3 -"))
#--- IndexError
def evaluate(tokens):
    stack = []
    for token in tokens:
        if token == "+":
            stack.append(stack.pop() + stack.pop())
        elif token == "*":
            stack.append(stack.pop() * stack.pop())
        else:
            stack.append(int(token))
    return stack[0]


for line in ["2 3 +", "4 5 * 2 +", "7 *"]:
    print(line, "=", evaluate(line.split()))
#--- no error
def is_balanced(text):
    pairs = {")": "(", "]": "[", "}": "{"}
    stack = []
    for char in text:
        if char in pairs.values():
            stack.append(char)
        elif char in pairs:
            if not stack or stack.pop() != pairs[char]:
                return False
    return not stack


for sample in ["(a[b]{c})", "(]", "((", ""]:
    print(repr(sample), is_balanced(sample))
#--- NameError
def knapsack(items, capacity):
    best = [0] * (capacity + 1)
    for weight, value in items:
        for c in range(capacity, weight - 1, -1):
            best[c] = max(best[c], best[c - weight] + value)
    return best[capacty]


print(knapsack([(3, 4), (4, 5), (2, 3)], 6))
#--- UnboundLocalError
def longest_run(values):
    best = 0
    for previous, current in zip(values, values[1:]):
        if current > previous:
            run += 1
        else:
            run = 1
        best = max(best, run)
    return best


print(longest_run([1, 2, 3, 1, 5]))
#--- no error
import heapq


def dijkstra(graph, start):
    distances = {node: float("inf") for node in graph}
    distances[start] = 0
    queue = [(0, start)]
    while queue:
        distance, node = heapq.heappop(queue)
        if distance > distances[node]:
            continue
        for neighbour, weight in graph[node].items():
            candidate = distance + weight
            if candidate < distances[neighbour]:
                distances[neighbour] = candidate
                heapq.heappush(queue, (candidate, neighbour))
    return distances


network = {"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8}, "d": {}}
print(dijkstra(network, "a"))
#--- SyntaxError
def collatz(n):
    steps = 0
    while n != 1:
        if n % 2 = 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


print([collatz(n) for n in range(1, 10)])
#--- SyntaxError
def fibonacci(count):
    a, b = 0, 1
    numbers = []
    for _ in range(count):
        numbers.append(a)
        a, b = b, a + b
    return numbers

print(fibonacci(10)
print("done")
#--- IndentationError
def mode(values):
    counts = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
     return max(counts, key=counts.get)


print(mode([1, 2, 2, 3]))
#--- StopIteration
def pairs(items):
    iterator = iter(items)
    result = []
    for first in iterator:
        result.append((first, next(iterator)))
    return result


print(pairs([1, 2, 3, 4]))
print(pairs([1, 2, 3]))
#--- no error
def chunks(items, size):
    for start in range(0, len(items), size):
        yield items[start:start + size]


letters = list("abcdefgh")
for chunk in chunks(letters, 3):
    print(chunk, len(chunk))
first = next(chunks(letters, 5), None)
print(first)
#--- no error
def hanoi(n, source="A", target="C", spare="B"):
    if n == 0:
        return 0
    moves = hanoi(n - 1, source, spare, target)
    if n == 1:
        print(source, "->", target)
    return moves + 1 + hanoi(n - 1, spare, target, source)


print(hanoi(3), "moves")
