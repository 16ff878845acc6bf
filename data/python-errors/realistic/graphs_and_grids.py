#--- no error
roads = {
    "Leeds": {"York": 39, "Hull": 97},
    "York": {"Leeds": 39, "Hull": 60},
    "Hull": {"Leeds": 97, "York": ⟦60|"60"|None⟧},
    ⟦"Selby"|"Hull "⟧: {},
}


def cost(route):
    total = 0
    for here, there in zip(route, route[1:]):
        total += roads[here][there]
    return total


trip = ["York", "Leeds", ⟦"Hull"|"Selby"|"York"|"hull"⟧, "York"]
print(cost(trip))
print(cost(["Selby"]), ⟦cost([])|cost("York")|cost(trip[:1])⟧)
#--- IndexError
import heapq

def merge_runs(runs):
    heap = [(run[0], k, 0) for k, run in enumerate(runs)⟦| if run⟧]
    heapq.heapify(heap)
    out = []
    while heap:
        value, k, pos = heapq.heappop(heap)
        out.append(value)
        if pos + 1 ⟦<|<=|!=⟧ len(runs[k]):
            heapq.heappush(heap, (runs[k][pos + 1], k, pos + 1))
    return out

print(merge_runs([[1, 4, 9], [], ⟦[2, 3]|[2, "3"]|(2, 3)|range(5)⟧]))
#--- no error
grid = """
#######
#S..#.#
#.#.#G#
#.#...#
#######
""".⟦strip|lstrip|split⟧().splitlines()

rows, cols = len(grid), len(grid[0])
start = goal = None
for r in range(rows):
    for c in range(cols):
        if grid[r][c] == "S":
            start = (r, c)
        elif grid[r][c] == ⟦"G"|"E"|"#"⟧:
            goal = (r, c)

frontier, seen = [start], {start: 0}
while frontier:
    r, c = frontier.pop(0)
    for dr, dc in ((0, 1), (1, 0), (0, -1), ⟦(-1, 0)|(-1,)|[-1, 0]⟧):
        nxt = (r + dr, c + dc)
        if grid[nxt[0]][nxt[1]] != "#" and nxt not in seen:
            seen[nxt] = seen[(r, c)] + 1
            frontier.append(nxt)
print("steps:", seen[goal])
#--- RecursionError
def collatz_length(n):
    if n == ⟦0|1⟧:
        return 1
    if n % 2:
        return 1 + collatz_length(3 * n + 1)
    return 1 + collatz_length(n // 2)

best = max(range(1, ⟦12|30|1⟧), key=collatz_length)
print(best)
#--- no error
class Fraction2:
    def __init__(self, num, den=⟦1|0⟧):
        self.num, self.den = num, den

    def __add__(self, other):
        return Fraction2(self.num * other.den + other.num * self.den, self.den * other.den)

    def __float__(self):
        return self.num / self.den

half = Fraction2(1, 2)
whole = Fraction2(⟦3|-3|0⟧)
print(float(half + ⟦half|1|Fraction2(1, 4)⟧))
print(float(whole), whole.⟦den|denominator⟧)
#--- UnboundLocalError
calls = 0

def hanoi(n, a, b, c):
    ⟦|global calls
    ⟧if n == 0:
        return
    hanoi(n - 1, a, c, b)
    calls += 1
    hanoi(n - 1, c, b, a)

hanoi(⟦4|0|1⟧, "left", "right", "mid")
print(calls, "moves")
#--- no error
def tokenize(src: str) -> list[tuple[str, str]]:
    out = []
    i = 0
    while i < len(src):
        ch = src[i]
        if ch.isspace():
            i += 1
        elif ch.isdigit():
            j = i
            while ⟦j < len(src) and src[j].isdigit()|src[j].isdigit() and j < len(src)|j < len(src) - 1 and src[j].isdigit()⟧:
                j += 1
            out.append(("num", src[i:j]))
            i = j⟦| + 1⟧
        else:
            out.append(("op", ch))
            i += 1
    return out

toks = tokenize("12 + 7*(3 - 2) ⟦;|9|⟧")
print(sum(int(text) for kind, text in toks if kind == ⟦"num"|"op"|"word"⟧))
print(toks[⟦-1|8|20⟧])
#--- ValueError
from math import isqrt

def is_square(n):
    """True if n is a perfect square."""
    root = isqrt(n)
    return root * root == n

differences = [x * x - ⟦20|1|0⟧ for x in range(1, 12)]
squares = [d for d in differences if ⟦|d > 0 and |d or ⟧is_square(d)]
print(squares)
#--- no error
DIGITS = "0123456789abcdef"

def to_base(n, base):
    if n < base:
        return DIGITS[n]
    return to_base(n // base, base) + DIGITS[n % base]

for value, base in [(255, 16), (10, 2), (⟦77|0|-77|7.5⟧, ⟦8|1|16|20⟧)]:
    text = to_base(value, base)
    assert int(text, base) == value, text
    print(value, "=", text)
#--- SyntaxError
def transpose(m):
    return [[row[j] for row in m] for j in range(len(m[0]))]

def multiply(a, b):
    bt = transpose(b)
    return [[sum(x * y for x, y in zip(r, c)) for c in bt] for r in a⟦|]⟧

identity = [[1, 0], [0, 1]]
shear = [[1, 2], [0, ⟦1|"1"⟧]]
print(multiply(identity, shear))
print(transpose(⟦shear|[]|[[]]⟧))
#--- NameError
from collections import deque⟦|, defaultdict⟧

edges = [("shirt", "tie"), ("tie", "jacket"), ("trousers", "shoes"), ("trousers", "jacket")]
after = defaultdict(list)
waits = {}
for a, b in edges:
    after[a].append(b)
    waits[b] = waits.get(b, 0) + 1
    waits.setdefault(a, 0)

ready = deque(sorted(k for k in waits if not waits[k]))
order = []
while ready:
    item = ready.popleft()
    order.append(item)
    for nxt in after[item]:
        waits[nxt] -= 1
        if waits[nxt] == 0:
            ready.append(nxt)
print(" -> ".join(order))
#--- no error
import string

ALPHABET = string.ascii_⟦lowercase|uppercase|letter⟧

def shift(text, k):
    out = ""
    for ch in text:
        if ch in ALPHABET:
            out += ALPHABET[(ALPHABET.index(ch) + k)⟦ % 26|| % len(ALPHABET)⟧]
        else:
            out += ch
    return out

secret = shift("meet me at the zoo", ⟦5|-5|0|"5"⟧)
print(secret)
print(shift(secret, -5))
#--- AttributeError
class Stack:
    def __init__(self):
        self._data = []

    def push(self, x):
        self._data.append(x)
        ⟦|return self⟧

    def pop(self):
        return self._data.pop()

    def __len__(self):
        return len(self._data)

s = Stack()
s.push(4).push(⟦8|None⟧)
print(len(s), s.pop())
print(s.pop())⟦|; s.pop()|; print(len(s))⟧
#--- ZeroDivisionError
def slope(p, q):
    return (q[1] - p[1]) / (q[0] - p[0])

triangle = [(0, 0), (4, 3), (⟦4|5|0⟧, 9)]
for i in range(3):
    p = triangle[i]
    q = triangle[(i + 1)⟦ % 3||%2⟧]
    print(f"{p} to {q}: {slope(p, q):⟦.2f|.2d|>8⟧}")
#--- no error
def coins(amount, values=(50, 20, 10, 5, 2, 1)):
    used = {}
    for v in values:
        n, amount = divmod(amount, v)
        if n:
            used[v] = n
    if amount ⟦> 0|>= 0|< 0⟧:
        raise ValueError("cannot give change")
    return used

print(coins(87))
print(coins(30, (⟦20, 10|20, 0|25,|7⟧)))
try:
    print(coins(3, (2,)))
except ⟦ValueError|TypeError|Exception⟧ as e:
    print("error:", e)
#--- StopIteration
def primes():
    found = []
    n = 2
    while n < ⟦20|100|7⟧:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1

gen = primes()
first = [next(gen) for _ in range(⟦10|5|4|3⟧)] if 0 else []
for _ in range(9):
    first.append(next(gen⟦|, None⟧))
print(first)
#--- KeyError
OPS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    ⟦"//"|"/"⟧: lambda a, b: a / b,
}

def rpn(text):
    stack = []
    for tok in text.split():
        if tok.lstrip("-").isdigit():
            stack.append(int(tok))
        else:
            b, a = stack.pop(), stack.pop()
            stack.append(OPS[tok](a, b))
    return stack.pop()

print(rpn("3 4 + 2 *"))
print(rpn(⟦"10 4 - 3 /"|"10 4 - 3 *"|"10 4 - -"|"5 -"|""|"7 0 //"⟧))
#--- no error
from functools import ⟦lru_cache|lru_cached|cache as lru_cache⟧

@lru_cache(⟦None|maxsize=64⟧)
def ways(stairs, steps):
    if stairs == 0:
        return 1
    if stairs < 0:
        return 0
    return sum(ways(stairs - s, steps) for s in steps)

print(ways(10, (1, 2)))
print(ways(12, ⟦(1, 3, 5)|[1, 3, 5]|(0, 3)|()⟧))
#--- no error
def sieve(limit):
    flags = [True] * (limit + 1)
    flags[0] = flags[1] = False
    for i in range(2, int(limit ** 0.5) + 1):
        if flags[i]:
⟦            |                ⟧for j in range(i * i, limit + 1, i):
            ⟦#a |    ⟧    flags[j] = False
    ⟦#b | ⟧return [i for i, ok in enumerate(flags) if ok]

print(sieve(⟦50|1|2⟧))
#--- TypeError
def knapsack(items, room):
    best = [0] * (room + 1)
    for weight, value in items:
        for r in range(room, weight - 1, -1):
            best[r] = max(best[r], best[r - weight] + value)
    return best[room]

loot = [(3, 40), (2, 25), (4, ⟦"50"|50|-50⟧), (1, 12)]
print("best:", knapsack(loot, ⟦6|3|2.0|0⟧))
#--- no error
def flood(board, r, c, paint):
    old = board[r][c]
    if old == paint⟦| or r > 9⟧:
        return 0
    board[r][c] = paint
    n = 1
    for y, x in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
        if 0 <= y ⟦<|<=⟧ len(board) and 0 <= x < len(board[y]) and board[y][x] == old:
            n += flood(board, y, x, paint)
    return n

picture = [list("..@@"), list(".@@."), ⟦list("@@..")|"@@.."|list("....")⟧]
print(flood(picture, 0, ⟦2|1|-4⟧, "x"))
for line in picture:
    print("".join(line))
#--- AssertionError
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a

def lcm(a, b):
    return a * b // gcd(a, b)

assert gcd(48, 18) == 6
assert lcm(4, 6) == ⟦24|12⟧
assert gcd(⟦0|0.0|"0"⟧, 7) == 7
print(lcm(⟦21, 6|0, 5|0, 0⟧))
#--- no error
a=[5,2,9,1]
n=len(a)
for i in range(n):
    m=i
    for j in range(i+1,n⟦|+1⟧):
        if a[j]<a[m]:m=j
    a[i],a[m]=a[m],a[i]
print(a⟦|[n]|[-n]⟧)
#--- TypeError
def permutations(items):
    if not items:
        ⟦return|return []|return [[]]|yield []⟧
    out = []
    for i, x in enumerate(items):
        rest = items[:i] + items[i + 1:]
        for p in permutations(rest):
            out.append([x] + p)
    return out

print(len(permutations(⟦["a", "b", "c"]|[]⟧)))
#--- ModuleNotFoundError
import ⟦maths|math⟧
from fractions import Fraction

def convergents(x, n):
    for _ in range(n):
        whole = math.floor(x)
        yield whole
        x -= whole
        if x == 0:
            ⟦return|raise StopAsyncIteration|break⟧
        x = 1 / x

print(list(convergents(Fraction(⟦45, 16|45, 0|"45/16"|"45:16"⟧), 6)))
#--- IndentationError
def sieve(limit):
    flags = [True] * (limit + 1)
    for i in range(2, limit + 1):
        if not flags[i]:
            continue
        for j in range(i * i, limit + 1, i):
        ⟦flags|    flags⟧[j] = False
    return flags

marks = sieve(⟦30|2|"30"⟧)
print([i for i, ok in enumerate(marks) if ok and i > 1])
#--- no error
def queens(n, cols=()):
    """All ways to put n queens on an n by n board."""
    if len(cols) == n:
        return [cols]
    found = []
    row = len(cols)
    for c in range(n):
        safe = all(c != other and abs(c - other) != row - r for r, other in enumerate(cols))
        if safe:
            found ⟦+=|= found +|.append⟧ queens(n, cols + ⟦(c,)|(c)|[c]⟧)
    return found


solutions = queens(⟦5|6|3|0⟧)
print(len(solutions))
print(⟦solutions[:1]|solutions[0]|solutions[1][4]⟧)
#--- IndexError
life = ["....", ".##.", ".##.", "...."]

def alive(board, r, c):
    return board[r][c] == "#"

def step(board):
    new = []
    for r in range(len(board)):
        row = ""
        for c in range(len(board[r])):
            n = sum(alive(board, r + i, c + j) for i in (-1, 0, 1) for j in (-1, 0, ⟦1|0⟧) if ⟦(i or j)|(i or j) and 0 <= r + i < 4 and 0 <= c + j < 4⟧)
            row += "#" if n == 3 or n == 2 and alive(board, r, c) else "."
        new.append(row)
    return new

for line in step(life):
    print(line)
#--- AttributeError
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


def from_list(values):
    head = None
    for v in reversed(values):
        head = Node(v, head)
    return head


def middle(head):
    slow = fast = head
    while ⟦fast.next|fast.next and fast.next.next|fast and fast.next⟧:
        slow = slow.next
        fast = fast.next.next
    return slow


print(middle(from_list([1, 2, 3])).value)
print(middle(from_list([⟦4, 5|4, 5, 6|4|⟧])).value)
#--- no error
def hex_to_rgb(code):
    code = code.lstrip("#")
    if len(code) == 3:
        code = "".join(ch * 2 for ch in code)
    return tuple(int(code[i:i + 2], 16) for i in (0, 2, ⟦4|5|6⟧))

palette = ["#ff8800", "09f", ⟦"#A1B2C3"|"#gg0000"|"#12"|None|"##fff"⟧]
for code in palette:
    r, g, b = hex_to_rgb(code)
    print(f"{code:>8} {r:3} {g:3} {⟦b:3|b:03x|b!x|a:3⟧}")
#--- TypeError
import heapq

class Job:
    def __init__(self, name, rank):
        self.name = name
        self.rank = rank
⟦
|
    def __lt__(self, other):
        return self.name < other.name
⟧
pile = []
for name, rank in [("backup", 3), ("mail", 1), ("scan", ⟦3|2|1.5⟧)]:
    heapq.heappush(pile, (rank, Job(name, rank)))
while pile:
    rank, job = heapq.heappop(pile)
    print(rank, job.⟦name|title⟧)
#--- KeyError
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

def from_roman(text):
    total, last = 0, 0
    for letter in reversed(text⟦|.upper()⟧):
        value = ROMAN⟦[letter]|.get(letter, 0)|.get(letter)⟧
        total += value if value >= last else -value
        last = value
    return total

print([from_roman(t) for t in ["XIV", "XL", ⟦"xcix"|"XCIX"|""|"MC"⟧]])
#--- no error
def floyd(nodes, edges):
    inf = ⟦float("inf")|None|10 ** 9⟧
    d = {a: {b: 0 if a == b else inf for b in nodes} for a in nodes}
    for a, b, w in edges:
        d[a][b] = w
    for k in nodes:
        for i in nodes:
            for j in nodes:
                d[i][j] = min(d[i][j], d[i][k] + d[k][j])
    return d

paths = floyd(⟦"abcd"|"abc"|["a", "b", "c", "d", "e"]⟧, [("a", "b", 4), ("b", "c", 1), ("a", "c", 7), ("c", "d", 2)])
assert paths["a"]["c"] == ⟦5|7⟧
print(paths["a"]["d"])
#--- SyntaxError
from dataclasses import dataclass

@dataclass
class Point:
    x: float
    y: float

def area(points):
    s = 0
    for p, q in zip(points, points[1:] + points[:1]):
        s += p.x * q.y - q.x * p.y
    return abs(s) / 2

square = [Point(0, 0), Point(2, 0)⟦ |, ⟧Point(2, 2), Point(0, ⟦2|"2"⟧)]
print("area", area(square))
print("none", area(⟦[]|square[:1]|None⟧))
#--- no error
def popcount(n):
    count = 0
    while n ⟦> 0|>= 1|⟧:
        n &= n - 1
        count += 1
    return count

masks = [0, 1, 7, 0b1010, 1 << 20, ⟦0xFF|"255"|2.0|True⟧]
print([popcount(m) for m in masks])
print({m: bin(m).count("1") == popcount(m) for m in masks⟦|[9:]|[:-1]⟧})
#--- NameError
def lis(seq):
    """Length of the longest rising subsequence."""
    best = []
    for i, x in enumerate(seq):
        before = [best[j] for j in range(i) if seq[j] < x]
        best.append(1 + max(before, default=0))
    return max(best⟦|, default=0⟧)

prices = [3, 10, 2, 1, 20, 4, ⟦6|None|"6"⟧]
print(lis(prices))
print(lis(⟦price|prices[:0]|prices[3:]|[7, 7, 7]⟧))
#--- ValueError
board = [
    "5.3",
    "..1",
    "2⟦9 |98|9.⟧",
]

used = set()
for r, row in enumerate(board):
    for c, cell in enumerate(row):
        if cell == ".":
            continue
        used.add(⟦int(cell)|cell⟧)
missing = [d for d in range(1, 10) if d not in used]
print("missing:", missing)
print("smallest:", ⟦missing[0]|min(used)|missing[4]|missing[8]⟧)
#--- no error
import re

TOKEN = re.compile(r"\s*(?:(\d+)|(.))")

class Calc:
    def __init__(self, text):
        self.toks = [n or op for n, op in TOKEN.findall(text)] + ["end"]
        self.pos = 0

    def take(self):
        tok = self.toks[self.pos]
        self.pos += 1
        return tok

    def expr(self):
        value = self.term()
        while self.toks[self.pos] in "+-":
            value = value + self.term() if self.take() == "+" else value - self.term()
        return value

    def term(self):
        tok = self.take()
        if tok == "(":
            value = self.expr()
            self.take()
            return value
        return int(tok)

print(Calc("10 - (2 + 3) - 1").expr())
print(Calc(⟦"((4))"|"((4)"|"4 +"|"3 - x"|"((4"|""⟧).expr())
#--- RecursionError
tree = {"root": ["usr", "etc"], "usr": ["lib", "bin"], "etc": [], "lib": [⟦"root"|"etc"|"tmp"⟧], "bin": []}

def depth(name):
    children = tree[name]
    if not children:
        return 1
    return 1 + max(depth(c) for c in children)

print(depth(⟦"etc"|"bin"|"usr"⟧))
print("depth of tree:", depth("root"))
#--- no error
def edit_distance(a, b):
    prev = list(range(len(b) + 1))
    for i, x in enumerate(a, ⟦1|0⟧):
        cur = [i]
        for j, y in enumerate(b, ⟦1|2|0⟧):
            cur.append(min(prev[j] + 1, cur[j - 1] + 1, prev[j - 1] + (x != y)))
        prev = cur
    return prev[⟦-1|len(b)|len(a)⟧]

words = ["kitten", "sitting", "mitten", ⟦""|None|[]⟧]
for w in words:
    print(w or "(empty)", edit_distance("kitten", w))
#--- AttributeError
import math
from typing import NamedTuple

class Vec(NamedTuple):
    x: float
    y: float

    def norm(self):
        return math.hypot(self.x, self.y)

path = [Vec(0, 0), Vec(3, 4), Vec(3, ⟦8|"8"⟧)]
legs = [Vec(b.x - a.x, b.y - a.y) for a, b in zip(path, path[1:])]
print(sum(leg.norm() for leg in legs))
path[0].x ⟦= 1|== 1|+ 1⟧
print(path[0])
#--- ZeroDivisionError
def solve(a, b, e, c, d, f):
    det = a * d - b * c
    x = (e * d - b * f) / det
    y = (a * f - e * c) / det
    return x, y

systems = [
    (2, 1, 5, 1, -1, 1),
    (1, 2, 3, 2, ⟦4|5|"4"⟧, 6),
    (0, 1, 4, 1, 0, 7)⟦|, (1, 2, 3)⟧,
]
for s in systems⟦|[:1]⟧:
    print("x = %.2f, y = %.2f" % solve(*s))
#--- TypeError
def run(program):
    stack = []
    for line in program:
        op, *args = line.split()
        if op == "push":
            stack.append(⟦args[0]|int(args[0])|float(args[0])⟧)
        elif op == "add":
            stack.append(stack.pop() + stack.pop())
        elif op == "neg":
            stack.append(-stack.pop())
        else:
            raise ValueError(op)
    return stack

code = """push 2
push 40
⟦add|sub|push⟧
neg"""
print(run(code.splitlines()⟦|[:1]⟧))
#--- IndexError
from collections import deque

queue = deque(["Ann", "Ben", "Cy", "Di", "Eve"])
step = ⟦3|1|-2|"3"⟧
out = []
while ⟦len(out) < 6|queue|len(queue) > 1|len(out) < 5⟧:
    queue.rotate(1 - step)
    out.append(queue.popleft())
print("order:", ", ".join(out))
#--- no error
def encode(text):
    if not text:
        return ""
    out, count = [], 1
    for a, b in zip(text, text[1:] + "\0"):
        if a == b:
            count += 1
        else:
            out.append(f"{count}{a}")
            count = ⟦1|"1"|0⟧
    return "".join(out)

def decode(code):
    out, number = "", ""
    for ch in code:
        if ch.isdigit():
            number += ch
        else:
            out += ch * int(number)
            number = ""
    return out

for sample in ("aaab", "", "xyzzy", "w" * 12):
    assert decode(encode(sample)) == sample
print(decode(⟦"3a2b"|"a3b2"|"2-3"|"12"⟧))
#--- UnboundLocalError
def argmax(values):
    for i, v in enumerate(values):
        if i == 0 or v > top:
            top, where = v, i
    return where

temps = {"Mon": [3, 8, 5], "Tue": [7], "Wed": [⟦|2|None⟧]}
for day, row in temps.items():
    ⟦|if not row: continue
    ⟧print(day, argmax(row))
#--- StopIteration
maze = {(0, 0): "E", (0, 1): "S", (1, 1): "S", (2, 1): ⟦"W"|"X"|"E"|"N"⟧}
moves = {"E": (0, 1), "S": (1, 0), "W": (0, -1), "N": (-1, 0)}

pos, trail = (0, 0), []
while pos in maze and pos not in trail:
    trail.append(pos)
    dr, dc = moves[maze[pos]]
    pos = pos[0] + dr, pos[1] + dc

print(trail)
loop = next(p for p in trail if p == pos)
print("loop at", loop, "after", trail.index(loop))
#--- no error
# knight moves
def moves(square):
    col, row = "abcdefgh".index(square[0]), int(square[1])
    for dc, dr in [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]:
        c, r = col + dc, row + dr
        if 0 <= c < ⟦8|9⟧ and 1 <= r <= 8:
            yield "abcdefgh"[c] + str(r)

print(sorted(moves("a1")))
print(len(⟦list(moves("d4"))|moves("d4")|set(moves("i4"))|list(moves("g4"))⟧))
print(next(moves(⟦"h8"|"hh"|"8h"|"h11"⟧)))
#--- SyntaxError
def fib(n):
    a, b = 0, 1
    ⟦while n > 0|while n > 0:|for _ in range(n):⟧
        a, b = b, a + b
        n -= 1
    return a

table = {n: fib(n) for n in range(10)}
print(table[⟦9|10⟧])
#--- no error
import bisect

class Ranks:
    limits = [50, 65, 80, 90]
    names = ⟦"EDCBA"|"DCBA"|list("EDCBA")⟧

    @⟦classmethod|staticmethod|property⟧
    def of(cls, points):
        return cls.names[bisect.bisect(cls.limits, points)]

for pupil, points in {"Ida": 64, "Otto": ⟦90|89|"90"|-5⟧, "Per": 12}.items():
    print(pupil, Ranks.of(points))
#--- FileNotFoundError
import json

def load_graph(path, default=None):
    try:
        with open(path) as fh:
            return json.load(fh)
    except ⟦ValueError|OSError|FileNotFoundError|FileNotFound⟧:
        return default

g = load_graph("city_map.json"⟦|, {}|, {"A": []}⟧)
print(len(g), "stops")
