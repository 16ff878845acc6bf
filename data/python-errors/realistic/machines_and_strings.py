#--- no error
import json

def lex(src):
    out, i = [], 0
    while i < len(src):
        if src[i] == '"':
            end = src.index('"', i + 1)
            out.append(src[i:end + 1])
            i = end + 1
        elif src[i] in "[],":
            out.append(src[i])
            i += 1
        else:
            i += 1
    return out

toks = lex('["red", "blue⟦"||" "⟧]')
print(len(toks), toks[⟦-1|5|4⟧])
print(json.loads(⟦toks[1]|toks|"".join(toks)⟧))
#--- TypeError
def caesar(word, key):
    return "".join(chr((ord(c) - 97 + key) % 26 + 97) for c in word)

keys = {"north": 3, "south": 11, "west": ⟦"4"|4|-4|4.0⟧}
for side, key in keys.items():
    print(side, "->", caesar(⟦side|key|side[:1]⟧, key))
#--- no error
class Env(dict):
    def __init__(self, outer=None, **names):
        super().__init__(names)
        self.outer = outer

    def look(self, name):
        if name in self:
            return self[name]
        if ⟦self.outer is None|not self.outer|False⟧:
            raise NameError(name)
        return self.outer.look(name)

world = Env(x=1, y=⟦2|None⟧)
room = Env(world, x=10)
print(room.look("x") + room.look("y"))
try:
    room.look(⟦"z"|"y"|["z"]⟧)
except NameError as e:
    print("unknown:", e)
#--- NameError
SYMBOLS = {"pi": 3.14, "two": 2}

def value(tok):
    if tok in SYMBOLS:
        return SYMBOLS[tok]
    try:
        return float(tok)
    except ValueError:
        raise NameError(f"unknown symbol {tok!r}")

line = "two * ⟦phi|pi|6|two⟧"
left, op, right = line.split(⟦|" "|"*"⟧)
print(value(left) * value(right))
#--- IndexError
def vowels_between(word):
    spots = [i for i, c in enumerate(word) if c in "aeiou"]
    return word[spots[0] + 1:spots[-1]]

for w in ["banana", "otter", ⟦"rhythm"|"gym ball"|"a"⟧]:
    print(vowels_between(w⟦|.upper()|.lower()⟧))
#--- no error
def matmul(a, b):
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]

def fib(n):
    result, base = [[1, 0], [0, 1]], [[1, 1], [1, 0]]
    while n:
        if n & 1:
            result = matmul(result, base)
        base = matmul(base, base)
        n >>= 1
    return result[0][1]

assert [fib(i) for i in range(7)] == [0, 1, 1, 2, 3, 5, ⟦8|13⟧]
print(fib(⟦50|50.0|0|"50"⟧))
#--- KeyError
weights = {"salt": 2, "iron": 8, "wool": 1}
lift = ["wool", "salt", ⟦"Iron"|"iron"|"silk"⟧]
limit = ⟦10|3|2⟧
load = 0
for item in lift:
    if load >= limit:
        print("full")
        break
    load += weights[item]
print(load, "kg")
#--- SyntaxError
def binary(n):
    bits = []
    while n:
        bits.append(n % 2)
        n //= 2
    return bits[::-1]

def value(bits):
    v = 0
    for b in bits:
        v = v * 2 + b
    ⟦yield|return⟧ v
⟦return value|assert value([]) == 0|⟧
print(binary(10), value(binary(10)))
#--- AttributeError
class Tree:
    def __init__(self, key):
        self.key, self.left, self.right = key, None, None

def insert(root, key):
    if root is None:
        return Tree(key)
    if key < root.key:
        root.left = insert(root.left, key)
    elif key > root.key:
        root.right = insert(root.right, key)
    ⟦|return root⟧

root = None
for k in (5, 2, ⟦8|5|"8"⟧):
    root = insert(root, k)
print(root.key, root.left.key)
#--- no error
from itertools import accumulate, product

rolls = [sum(p) for p in product(range(1, 7), repeat=⟦2|0|-1⟧)]
freq = {t: rolls.count(t) for t in sorted(set(rolls))}
running = list(accumulate(freq.values()))
print(freq[⟦7|1|12⟧], running[-1])
assert running[-1] == ⟦36|6 * 7⟧
#--- ValueError
heights = [3, 1, 4, 1, 5]
water = []
for day in range(⟦6|5|3⟧):
    low = min(heights)
    heights.remove(low)
    water.append(low)
    print("day", day, "left", len(heights))
print(sum(water))
#--- no error
def zigzag(s, rows):
    if rows == ⟦1|0⟧:
        return s
    lines = [""] * rows
    r, step = 0, 1
    for ch in s:
        lines[r] += ch
        if r == 0:
            step = 1
        elif r == rows - 1:
            step = -1
        r += step
    return "".join(lines)

print(zigzag("PAYPALISHIRING"[:⟦9|0⟧], 3))
print(zigzag("tern", ⟦1|0|-1|9⟧))
#--- UnboundLocalError
best = 0

def visit(grid, r, c, gold):
    gold += grid[r][c]
    if r + 1 == len(grid):
        if gold > best:
            ⟦best = gold|print("new best", gold)|return gold⟧
        return gold
    return max(visit(grid, r + 1, k, gold) for k in (c, c + 1))

print(visit([[3], [1, ⟦7|"7"⟧], [2, 4, 6]], 0, 0, 0))
#--- ZeroDivisionError
def gcd(a, b):
    if ⟦a == 0|b == 0|not b⟧:
        return a
    return gcd(b, a % b)

def simplify(n, d):
    g = gcd(n, d)
    return f"{n // g}/{d // g}"

print(simplify(⟦6, 8|0, 5|0, 0⟧))
#--- no error
vm = {"acc": 0, "pc": 0}
program = [("load", 5), ("dec", None), ("jnz", ⟦1|"1"|-2|2⟧), ("halt", None)]
for tick in range(40):
    op, arg = program[vm["pc"]]
    vm["pc"] += 1
    if op == "load":
        vm["acc"] = arg
    elif op == "dec":
        vm["acc"] -= 1
    elif op == "jnz" and vm["acc"]:
        vm["pc"] = arg
    elif op == "halt":
        break
assert vm⟦["acc"]|["ACC"]|.acc⟧ == 0
print(tick)
#--- IndentationError
def peak(a):
    lo, hi = 0, len(a) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < a[mid + 1]:
            lo = mid + 1
    ⟦    else:|      else:|    elif True:⟧
        ⟦|    ⟧hi = mid
    return a[lo]

print(peak([1, 5, 9, 4]))
#--- AssertionError
def merge(spans):
    spans = sorted(spans)
    out = [spans[0]]
    for lo, hi in spans[1:]:
        if lo ⟦<|<=⟧ out[-1][1]:
            out[-1] = (out[-1][0], max(hi, out[-1][1]))
        else:
            out.append((lo, hi))
    return out

shifts = [(8, 12), (14, 18), (12, 13)]
assert merge(shifts) == [(8, 13), (14, 18)], merge(shifts)
print(merge(⟦[]|[(1, 2)]|[(3,)]⟧))
#--- TypeError
def apply(fn, n, x):
    for _ in range(n):
        x = fn(x)
    return x

def double(x):
    ⟦print(2 * x)|return 2 * x⟧

print(apply(double, ⟦2|1|0⟧, 3))
#--- no error
word = "⟦level|ab|⟧"
half = len(word) // 2
left, right = word[:half], word[-half:][::-1]
print(left == right, end="\n\n")
if word and left ⟦!=|==⟧ right:
    raise ValueError(f"{word} is no palindrome")
print(word⟦[:1]|[0]|[4]⟧)
#--- StopIteration
hands = {"N": [10, 4], "E": [7], "S": [3, 9], "W": [⟦|2⟧]}
decks = {k: iter(v) for k, v in hands.items()}
trick = {seat: next(deck) for seat, deck in decks.items()}
print("winner:", max(trick, key=trick.get))
print(next(decks[⟦"N"|"E"|"X"⟧]))
#--- no error
def sudoku_box(grid, r, c):
    r0, c0 = 3 * (r // 3), 3 * (c // 3)
    return {grid[i][j] for i in range(r0, r0 + 3) for j in range(c0, c0 + 3)} - {0}

grid = [[(i * 3 + i // 3 + j) % 9 + 1 for j in range(9)] for i in range(⟦9|8|6⟧)]
grid[4][4] = ⟦0|[]|"x"⟧
print(sorted(sudoku_box(grid, 5, 5)))
print(len(sudoku_box(grid, ⟦0|8|9⟧, 0)))
#--- RecursionError
def ackish(m, n):
    if m == 0:
        return n + 1
    if n ⟦< 0|<= 0|== 0⟧:
        return ackish(m - 1, 1)
    return ackish(m⟦, n - 1| - 1, ackish(m, n - 1)⟧) if n != 0 else ackish(m, 0)

print(ackish(2, ⟦2|0⟧))
#--- ImportError
from bisect import bisect_left, ⟦bisect_mid|bisect_right|insort⟧

levels = [10, 20, 30, 40]
for x in (5, 20, ⟦45|"45"⟧):
    print(x, bisect_left(levels, x))
#--- no error
import base64

raw = "Zürich".encode(⟦"utf-8"|"UTF8"|8⟧)
packed = base64.b64encode(raw)
print(packed.decode(), len(packed))
back = base64.b64decode(packed).decode("utf-8")
assert back ⟦== "Zürich"|== raw|!= raw⟧
#--- SyntaxError
cells = {(0, 0), (0, 1), (1, 0)}
def perimeter(cells):
    edge = 0
    for r, c in cells:
        for dr, dc in [(0, 1), (1, 0), (0, -1), (-1, 0)]:
            if ⟦not in cells (r + dr, c + dc)|(r + dr, c + dc) not in cells|not (r + dr, c + dc) in cells⟧:
                edge += 1
    return edge

print("edge", perimeter(⟦cells|set()|{5}⟧))
#--- no error
def partitions(n, largest=None):
    largest = ⟦largest or n|n if largest is None else largest⟧
    if n == 0:
        yield []
    for k in range(min(n, largest), 0, -1):
        for rest in partitions(n - k, k):
            yield [k] + ⟦rest|list(rest)|tuple(rest)⟧

found = list(partitions(⟦5|0|1|"5"⟧))
print(len(found), found[0])
print(found⟦[-1]|[6]|[1]⟧)
#--- TypeError
PIECES = {"K": 0, "Q": 9, "R": 5, "B": 3, "N": 3, ⟦"p": "1"|"p": 1|"P": 1⟧}

def material(rank):
    total = 0
    for square in rank:
        if square.isdigit():
            continue
        worth = PIECES[square.upper() if square ⟦!= "p"|in "kqrbn"⟧ else square]
        total += worth
    return total

for rank in "RNBQKBNR/8/3p4".split("/"):
    print(rank, material(rank))
#--- no error
import operator

table = {"and": operator.and_, "or": operator.or_, "xor": operator.⟦xor|xor_⟧}

def gate(name, *ins):
    out, *rest = ins
    for x in rest:
        out = table[name](out, x)
    return out

a, b, c = True, False, ⟦True|1|"1"|None⟧
print(gate("and", a, b), gate("or", a, c))
print(gate(⟦"xor"|"XOR"⟧, a))
print(gate("nand"⟦, a|⟧))
#--- ValueError
def inversions(seq):
    n = 0
    for i in range(len(seq)):
        for j in range(i):
            n += seq[j] > seq[i]
    return n

puzzle = "1 2 3 4 5 6 8 7 ⟦_|0|⟧".split()
tiles = [int(t) for t in puzzle⟦| if t.isdigit()⟧]
print("solvable" if inversions(tiles) % 2 == 0 else "stuck")
#--- IndexError
def window_sums(data, k):
    total = sum(data[:k])
    sums = [total]
    for i in range(k, len(data)⟦ + 1|⟧):
        total += data[i] - data[i - k]
        sums.append(total)
    return sums

rain = [3, 0, 2, 8, 1]
print(max(window_sums(rain, ⟦2|5|0⟧)))
#--- no error
from string import Template

def fizz(n, rules=((3, "Fizz"), (5, "Buzz"))):
    return "".join(word for d, word in rules if n % d == 0) or ⟦n|str(n)|None⟧

t = Template("$a then $b")
print(t.⟦substitute|safe_substitute|replace⟧(a=fizz(15), ⟦b|c⟧=fizz(7)))
print(fizz(8, ⟦((4, "Quad"),)|(4, "Quad")|((0, "Zero"),)|()⟧))
#--- AttributeError
class Cell:
    def __init__(self, mine=False):
        self.mine = mine
        ⟦|self.shown = False⟧

    def reveal(self):
        if self.mine:
            return "boom"
        self.shown = True
        return "ok"

field = [Cell(), Cell(⟦True|False⟧), Cell()]
print([c.reveal() for c in field])
print(sum(c.shown for c in field))
#--- no error
def lcs(a, b):
    m = [[0] * (len(b) + 1) for _ in range(len(a) + ⟦1|2|0⟧)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            m[i + 1][j + 1] = m[i][j] + 1 if x == y else max(m[i][j + 1], m[i + 1][j])
    return m[len(a)][len(b)]

gene = "GATTACA"
for other in ("TACG", "", ⟦"GCAT"|list("GA")|7⟧):
    print(other, lcs(gene, other))
#--- KeyError
graph = {1: [2, 3], 2: [4], 3: [4], 4: [⟦5|1|⟧]}
colour = {}
stack = [(1, "red")]
while stack:
    node, paint = stack.pop()
    if node in colour:
        continue
    colour[node] = paint
    other = "blue" if paint == "red" else "red"
    stack += [(n, other) for n in graph⟦[node]|.get(node, ())|.get(node)⟧]
print(colour)
#--- SyntaxError
queue = [("print", 3), ("scan", 1), ("copy", 2)]
time = 0
while queue:
    name, left = queue.pop(0)
    left -= 1
    time += 1
    if left ⟦= 0|== 0|< 1⟧:
        print(f"{name} done at {time}")
    else:
        queue.append((name, left⟦|)⟧)
print("total", time)
#--- no error
class Die:
    """A die that always rolls its plan."""

    def __init__(self, plan):
        self.plan = iter(plan)

    def roll(self):
        return next(self.plan⟦|, 1⟧)

ladders = {3: 11, 6: 2}
die = Die([3, 2, ⟦4, 5|4|"4", 5|-20, 9⟧])
place, turns = 0, 0
while place < ⟦20|11|25⟧:
    place += die.roll()
    place = ladders.get(place, place)
    turns += 1
print(f"home in {turns}")
#--- NameError
def digits(n):
    return [int(d) for d in str(n)]

def narcissistic(limit):
    for n in range(1, limit):
        ds = digits(n)
        if n == sum(d ** len(ds) for d in ds):
            yield n

numbers = list(narcissistic(⟦500|1⟧))
if ⟦len(numbers) > 3|not numbers|numbers == [0]⟧:
    print("last:", number[-1])
print(numbers)
#--- no error
import cmath

def roots(a, b, c):
    if a == 0:
        return (-c / b,)
    d = ⟦cmath|math⟧.sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)

first, second = roots(1, 2, 5)
print(first.imag, second⟦.imag|.real|.imaginary⟧)
print(len(roots(⟦0, 2, 4|0, 0, 4|1, 2, 1|1, 2|"0", 2, 4⟧)))
#--- TypeError
from collections import deque

class Train:
    cars = deque()

    def add(⟦name|self, name⟧):
        Train.cars.append(name)
        return len(Train.cars)

t = Train()
for car in ("mail", "coal"⟦|, 9⟧):
    t.add(car)
t.cars.rotate(⟦1|1.5⟧)
print(list(t.cars))
#--- no error
def zeta(text):
    z = [0] * len(text)
    l = r = 0
    for i in range(1, len(text)):
        if i < r:
            z[i] = min(r - i, z[i - l])
        while ⟦i + z[i] < len(text) and |⟧text[z[i]] == text[i + z[i]]:
            z[i] += 1
        if i + z[i] > r:
            l, r = i, i + z[i]
    return z

print(zeta("aab⟦aab|xy|c⟧"))
print(max(zeta("⟦abc||a⟧")))
#--- UnboundLocalError
def nearest(points, x, y):
    limit = 10 ** 6
    for px, py in points:
        d = (px - x) ** 2 + (py - y) ** 2
        if d < limit:
            limit, best = d, (px, py)
    return best

wells = [(3, 4), (9, 1)]
print(nearest(wells, 0, 0))
print(nearest(⟦[]|wells|[(2,)]|[(5000, 0)]|[(500, 0)]⟧, 1, 1))
#--- ZeroDivisionError
def normalise(row):
    size = sum(v * v for v in row) ** 0.5
    return [v / size for v in row]

basis = [[3, 4], [0, ⟦0|2|0.5⟧], [1, 1]]
for row in basis:
    unit = normalise(⟦row|row or [1]|row + [1]|row[:0]⟧)
    print([round(u, 2) for u in unit])
#--- no error
morse = {".-": "A", "-...": "B", "-.-.": "C", ⟦"...."|"-.-"⟧: "H"}
signal = "-.-. .... ⟦.-|..-|.- ⟧"
try:
    text = "".join(morse[code] for code in signal.split(⟦|" "⟧))
except ⟦KeyError|LookupError|IndexError⟧:
    text = "?"
print(text)
#--- AssertionError
def radix(nums):
    place = 1
    while place ⟦< max(nums)|<= max(nums)⟧:
        buckets = [[] for _ in range(10)]
        for n in nums:
            buckets[n // place % 10].append(n)
        nums = [n for b in buckets for n in b]
        place *= 10
    return nums

assert radix([30, 7, 21]) == [7, 21, 30]
assert radix([⟦100, 20, 3|10, 9, 4|100, 200⟧]) == [3, 20, 100]
print("sorted")
#--- no error
def catch(f, *args):
    try:
        return f(*args)
    except RecursionError:
        return "too deep"

def down(n):
    return 0 if n == 0 else 1 + down(n - ⟦1|2|0⟧)

print(catch(down, 10))
print(catch(down, ⟦-1|7|0.5⟧))
print(⟦catch(down, 3)|down(-3)|catch(down)|catch(down("3"))⟧)
#--- IndentationError
def bits(n):
    """Yield the set bits of n, lowest first."""
    while n:
        low = n & -n
        yield low
      ⟦|  ⟧n ^= low

print(list(bits(⟦44|0⟧)))
#--- RecursionError
class Expr:
    def __init__(self, op, *parts):
        self.op, self.parts = op, parts

    def __repr__(self):
        if self.op == "var":
            return ⟦repr(self)|str(self.parts[0])|self.parts[0]⟧
        return "(" + f" {self.op} ".join(repr(p) for p in self.parts) + ")"

x = Expr("var", ⟦"x"|1⟧)
tree = Expr("+", x, Expr("*", 2, x))
print(⟦tree|tree.op|[tree]⟧)
#--- ModuleNotFoundError
try:
    import ⟦fastmatrix_c|math⟧ as backend
except ⟦NameError|ImportError|ModuleNotFoundError⟧:
    backend = None

def det(m):
    if len(m) == 1:
        return m[0][0]
    return sum((-1) ** j * m[0][j] * det([r[:j] + r[j + 1:] for r in m[1:]]) for j in range(len(m)))

print(backend is None, det([[1, 2], [3, ⟦4|"4"⟧]]))
#--- FileNotFoundError
import os

def read_maze(name):
    if ⟦os.path.isdir(name)|not os.path.exists(name)⟧:
        return ["#"]
    with open(name) as f:
        return f.read().split("\n")

rows = read_maze(⟦"levels/one.txt"|"."|os.curdir⟧)
print(rows[⟦0|1⟧])
