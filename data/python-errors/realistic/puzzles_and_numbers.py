#--- no error
def dijkstra(graph, start):
    dist = {start: 0}
    todo = set(graph)
    while todo:
        known = [n for n in todo if n in dist]
        if not known:
            break
        here = min(known, key=⟦dist.get|dist.pop|dist⟧)
        todo.remove(here)
        for there, km in graph[here].items():
            new = dist[here] + km
            if new < dist.get(there, ⟦new + 1|None|0⟧):
                dist[there] = new
    return dist

metro = {"Zoo": {"Park": 2, "Port": 9}, "Park": {"Port": 3}, "Port": {}, "Mill": {"Zoo": 1}}
result = dijkstra(metro, "Zoo")
print(result["Port"], ⟦result["Park"]|result["Mill"]|result.get("Mill")⟧)
#--- TypeError
def rotate(matrix):
    return ⟦zip(*matrix[::-1])|list(zip(*matrix[::-1]))|[list(r) for r in zip(*matrix[::-1])]⟧

tile = [[1, 2, 3],
        [4, 5, 6]]
turned = rotate(tile)
print(len(tile), "rows before")
print(len(turned), "rows after")
print(turned[0][⟦1|2|-2⟧])
#--- no error
stack = []
pairs = {")": "(", "]": "[", "}": "{"}

def balanced(text):
    stack.clear()
    for ch in text:
        if ch in pairs.values():
            stack.append(ch)
        elif ch in pairs:
            if ⟦not stack or |⟧stack.pop() != pairs[ch]:
                return False
    return not stack

assert balanced("{[()]}")
assert ⟦not balanced("(]")|balanced("(]")|not balanced("()")⟧
print(balanced("f(x[0]))"))
#--- KeyError
memo = {0: 0, 1: 1⟦, 2: 1|⟧}

def trib(n):
    if n not in memo:
        memo[n] = trib(n - 1) + trib(n - 2) + trib(n - 3)
    return memo[n]

for i in (5, 9, ⟦20|2|1⟧):
    print(i, trib(i))
print(memo[⟦21|20|4⟧])
#--- IndexError
def pascal(n):
    rows = [[1]]
    for _ in range(n⟦| - 1⟧):
        last = rows[-1]
        rows.append([1] + [a + b for a, b in zip(last, last[1:])] + [1])
    return rows

for row in pascal(4):
    print(" ".join(str(x) for x in row).center(20))
triangle = pascal(6)
print(triangle[6][⟦7|3|-7⟧])
#--- AttributeError
class Trie:
    def __init__(self):
        self.kids = {}
        self.end = False

    def add(self, word):
        node = self
        for ch in word:
            node = node.kids.setdefault(ch, ⟦{}|Trie()|Trie⟧)
        node.end = True

    def has(self, word):
        node = self
        for ch in word:
            if ch not in node.kids:
                return False
            node = node.kids[ch]
        return node.end

t = Trie()
for w in ⟦["tea", "ten", "to"]|"abc"|["", ""]⟧:
    t.add(w)
print(t.has("ten"), t.has("te"))
#--- no error
def crc(data, poly=0x07):
    reg = 0
    for byte in data:
        reg ^= byte
        for _ in range(8):
            reg = ((reg << 1) ^ poly if reg & 0x80 else reg << 1) & 0xFF
    return reg

message = ⟦b"weather report"|"weather report"|bytearray(b"xx")|b""|[87, 12.5]⟧
print("%02x" % crc(message))
print(crc(message, ⟦0x31|"0x31"⟧))
#--- NameError
import itertools

def target_sum(cards, goal):
    for size in range(1, len(cards) + 1):
        for hand in ⟦combinations|itertools.combinations|itertools.combination⟧(cards, size):
            if sum(hand) == goal:
                return hand

hand = target_sum([3, 9, 8, 4, 5], ⟦17|1|29⟧)
print("hand:", hand, len(hand), "cards")
#--- no error
from decimal import Decimal, InvalidOperation

def parse_number(s):
    try:
        return int(s)
    except ValueError:
        pass
    try:
        return Decimal(s)
    except ⟦InvalidOperation|ArithmeticError⟧:
        return ⟦None|0|s⟧

values = [parse_number(s) for s in ("12", "2.50", "abc")]
print(sum(v for v in values if v⟦| is not None|  or True⟧))
#--- ValueError
MAP = "A1-B2-⟦C|C3|C33⟧"
squares = MAP.split("-")
points = [(ord(s[0]) - ord("A"), int(s[1:])) for s in squares]
xs, ys = zip(*points)
print(max(xs), min(ys))
print("spread", max(ys) - min(ys))
#--- RecursionError
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __getattr__(self, name):
        if name == "width":
            return len(self.⟦row|rows⟧[0])
        return getattr(self, name⟦|, None⟧) if name != "colour" else "black"

m = Matrix([[1, 2], [3, 4]])
print(m.rows[1])
print(m.colour)
print(m.⟦width|rows|colour⟧)
#--- no error
def bfs_levels(tree, root):
    level, out = [root], []
    while level:
        out.append([n["name"] for n in level])
        level = [kid for n in level for kid in n⟦.get("kids", [])|["kids"]|.get("kids")⟧]
    return out

family = {"name": "Olga", "kids": [
    {"name": "Ivan", "kids": [{"name": "Pia"}]},
    {⟦"name"|"nom"|"Name"⟧: "Nils"},
]}
levels = bfs_levels(family, family)
print(levels[⟦2|3|-3⟧])
#--- TypeError
def perm_power(perm, k):
    result = list(range(len(perm)))
    for _ in range(k):
        result = [perm[i] for i in result]
    return result

shuffle = [2, 0, 1, ⟦3|4|"3"|-1⟧]
print(perm_power(shuffle, 2))
print(perm_power(shuffle, ⟦3 / 1|3|3 // 1|-1⟧))
#--- SyntaxError
def evaluate(node):
    if isinstance(node, int):
        return node
    op, left, right = node
    if op == "add":
        return evaluate(left) + evaluate(right)
    ⟦else if|elif|if⟧ op == "mul":
        return evaluate(left) * evaluate(right)
    raise ValueError(f"unknown {op}")

print(evaluate(("add", 2, ("mul", 3, 4))))
print(evaluate(⟦("mul", 1, 1)|("sub", 1, 1)|("add", 1)|("add", 1, None)⟧))
#--- no error
wins = {"rock": "scissors", "paper": "rock", "scissors": "paper"}
rounds = [("rock", "paper"), ("paper", "paper"), ("scissors", "paper"), ⟦("rock", "lizard")|("lizard", "rock")|("rock",)|"rock paper"⟧]
score = [0, 0]
for a, b in rounds:
    if a == b:
        continue
    winner = 0 if wins[a] == b else 1
    score[winner] += 1
print("score: %d - %d" % ⟦tuple(score)|score|(score, 0)|score[0]⟧)
#--- UnboundLocalError
def bisect_root(f, lo, hi, eps=1e-6):
    while hi - lo > eps:
        mid = (lo + hi) / 2
        if f(lo) * f(mid) <= 0:
            hi = mid
        else:
            lo = mid
    return mid

print(round(bisect_root(lambda x: x * x - 2, 0, 2), 4))
print(bisect_root(lambda x: x - 1, ⟦3, 1|1, 3|0, 1e-9|0, 2, 3|"1", 3⟧))
#--- IndexError
tape = [0] * ⟦3|8|4⟧
prog = "+>++>+++>[-]<."
head = 0
for ins in prog:
    if ins == ">":
        head += 1
    elif ins == "<":
        head -= 1
    elif ins == "+":
        tape[head] += 1
    elif ins == "-":
        tape[head] -= 1
    elif ins == ".":
        print(⟦chr(tape[head])|tape[head]|chr(tape)⟧)
#--- no error
class Ring:
    def __init__(self, size):
        self.items = [None] * size
        self.at = 0

    def put(self, x):
        self.items[self.at] = x
        self.at = (self.at + 1)⟦ % len(self.items)| % (len(self.items) + 1)|⟧

    def __iter__(self):
        return ⟦iter(self.items)|self.items|(x for x in self.items)|self⟧

r = Ring(⟦3|0|5|"3"⟧)
for x in "abcd":
    r.put(x)
print(list(r))
#--- AssertionError
def hamming(a, b):
    assert len(a) == len(b), "lengths differ"
    return sum(x != y for x, y in zip(a, b))

codes = ["0000", "0111", "101", ⟦"1101"|"110"⟧]
print(hamming(codes[0], codes[1]))
best = min(hamming(a, b) for a in codes for b in codes if ⟦a != b|a < b and len(a) == len(b)|a > b > a⟧)
print("distance", best)
#--- TypeError
from typing import Optional

def find_path(grid: list[str], r: int, c: int, seen: ⟦set|Optional[set]⟧ = None) -> int:
    ⟦|seen = seen or set()
    |seen = set() if seen is None else seen
    ⟧if (r, c) in seen:
        return 0
    seen.add((r, c))
    total = 1
    for nr, nc in ((r + 1, c), (r, c + 1)):
        if nr < len(grid) and nc < len(grid[0]) and grid[nr][nc] == "o":
            total += find_path(grid, nr, nc, seen)
    return total

print(find_path(["oo.", ".oo"], 0, ⟦0|5⟧))
#--- ImportError
from math import gcd, ⟦phi|pi|comb⟧

def totient(n):
    return sum(1 for k in range(1, n + 1) if gcd(k, n) == 1)

print([totient(n) for n in range(1, ⟦10|0⟧)])
print(totient(⟦12|"12"|1.5⟧))
#--- no error
def luhn(number):
    digits = [int(d) for d in str(number)⟦| if d != " "|.replace("-", "")⟧]
    total = sum(digits[-1::-2])
    for d in digits[-2::-2]:
        total += d * 2 - 9 * (d > 4)
    return total % 10 == 0

cards = [79927398713, "4539578763621486", ⟦12|"4539 5787"|-12|None⟧]
for card in cards:
    print(card, "ok" if luhn(card) else "bad")
#--- KeyError
transitions = {
    ("idle", "coin"): "ready",
    ("ready", "push"): "idle",
    ("ready", ⟦"coin"|"Coin"⟧): "ready",
}
state = "idle"
events = ["coin", "coin", "push", "⟦push|coin|kick⟧"]
for n, event in enumerate(events, 1):
    state = transitions[state, event]
    print(n, event, state)
#--- ZeroDivisionError
def mod_inverse(a, m):
    r0, r1, t0, t1 = m, a % m, 0, 1
    while r1 ⟦>= 0|> 0|!= 0⟧:
        q = r0 // r1
        r0, r1 = r1, r0 - q * r1
        t0, t1 = t1, t0 - q * t1
    if r0 != 1:
        raise ValueError("no inverse")
    return t0 % m

print(mod_inverse(3, 11))
print(mod_inverse(⟦10, 17|6, 9|5, 0|7, 7⟧))
#--- no error
text = "she sells sea shells"
pattern = ⟦"sea"|"seal"|"s"|""⟧

def table(p):
    t, k = [0], 0
    for i in range(1, len(p)):
        while k and p[i] != p[k]:
            k = t[k - 1]
        k += p[i] == p[k]
        t.append(k)
    return t

skip = table(pattern)
k = 0
hits = []
for i, ch in enumerate(text):
    while k and ch != pattern[k]:
        k = skip[k - 1]
    if ch == pattern[k]:
        k += 1
    if k == len(pattern):
        hits.append(i - k + 1)
        k = skip[k - 1]
print(pattern, "at", hits[⟦0|1|-1|2⟧])
#--- no error
def spiral(rows):
    out = []
    while rows:
        out += rows.pop(0)
        rows = [list(r) for r in zip(*rows)][::-1]
    return out

board = [[1, 2, 3], [8, 9, 4], ⟦[7, 6, 5]|[7, 6]|(7, 6, 5)|765⟧]
print(spiral(board))
print(⟦len(board)|board[0]|board[2]⟧)
#--- TypeError
from functools import cmp_to_key

def compare(a, b):
    if a + b > b + a:
        return -1
    if a + b < b + a:
        return 1
    ⟦|return 0⟧

parts = ["9", "34", "3", "30", ⟦"3"|"5"|5⟧]
print("".join(sorted(parts, key=cmp_to_key(compare))))
#--- no error
def subsets(s):
    if not s:
        yield ()
        return
    for rest in subsets(s[1:]):
        yield rest
        yield ⟦(s[0],)|(s[0])|[s[0]]⟧ + rest

groups = list(subsets(⟦(1, 2, 3)|("1", "2")|range(3)|{1, 2}|()⟧))
print(len(groups), max(groups, key=len))
#--- IndexError
heap = [9, 4, 7, 1, 8]

def sift(i, n):
    while 2 * i + 1 < n:
        kid = 2 * i + 1
        if ⟦heap[kid + 1] > heap[kid]|kid + 1 < n and heap[kid + 1] > heap[kid]⟧:
            kid += 1
        if heap[i] >= heap[kid]:
            return
        heap[i], heap[kid] = heap[kid], heap[i]
        i = kid

heap.append(⟦5|"5"|0⟧)
for i in range(len(heap) // 2 - 1, -1, -1):
    sift(i, len(heap))
print(heap[0], heap)
#--- no error
def look_and_say(term):
    from itertools import groupby
    return "".join(f"{len(list(g))}{k}" for k, g in groupby(term))

term = ⟦"1"|1|""|"22"⟧
for _ in range(5):
    print(term)
    term = look_and_say(term)
value = int(term⟦| or 0⟧)
print("even" if value % 2 == 0 else "odd")
#--- SyntaxError
moves = 0

def solve(disks, source, target, spare):
    global moves
    if disks:
        solve(disks - 1, source, spare, target)
        moves += 1
        print(f"disk {disks}: {source} to {target⟦|}⟧")
        solve(disks - 1, spare, target, source)

solve(⟦2|3|0⟧, "A", "C", "B")
assert moves == ⟦3|2 ** 2⟧
#--- AttributeError
queue = ("map", "key")

def grow(items, *new):
    items⟦.extend(new)| += new|.union(new)⟧
    return items

queue = grow(⟦queue|list(queue)|set(queue)⟧, "lamp")
print(len(queue), "lamp" in queue)
#--- no error
import struct

header = struct.pack(">HBB", 513, 7, ⟦255|0|1⟧)
size, kind, flags = struct.unpack(⟦">HBB"|"<HBB"|">BBBB"⟧, header)
print(size, kind, bin(flags))
names = {7: "image", 8: "sound"}
print(names⟦[kind]|[flags]|.get(flags)⟧)
#--- NameError
def shoelace(pts):
    twice = 0
    for i in range(len(pts)):
        x1, y1 = pts[i]
        x2, y2 = pts[(i + 1) % ⟦n|len(pts)⟧]
        twice += x1 * y2 - x2 * y1
    return abs(twice) / 2

garden = [(0, 0), (6, 0), (6, 4), (0, 4)]
print("area", shoelace(garden))
print("empty", shoelace(⟦[]|garden[:0]|[(1,)]|None⟧))
#--- no error
def justify(words, width):
    lines, current = [], []
    for w in words:
        if sum(map(len, current)) + len(current) + len(w) > width:
            lines.append(current)
            current = []
        current.append(w)
    lines.append(current)
    out = []
    for line in lines:
        gaps = len(line) - 1
        spare = width - sum(map(len, line))
        if gaps ⟦== 0|< 0⟧:
            out.append(line[0].ljust(width))
            continue
        each, extra = divmod(spare, gaps)
        out.append("".join(w + " " * (each + (i < extra)) * (i < gaps) for i, w in enumerate(line)))
    return out

poem = "Slowly the heron lifts over quiet water"⟦.split()||.split(", ")⟧
print("\n".join(justify(poem, ⟦14|9|"14"|60⟧)))
#--- KeyError
parent = {}

def find(x):
    while parent[x] != x:
        x = parent[x]
    return x

def union(a, b):
    ⟦|for x in (a, b):
        parent.setdefault(x, x)
    ⟧parent[find(a)] = find(b)

for name in ⟦"abcd"|"abcdef"|""⟧:
    parent[name] = name
union("a", "c")
union("c", "e")
print(find("a") == find("c"))
#--- no error
def gray(n: int) -> list:
    if n == ⟦0|-1⟧:
        return [""]
    shorter = gray(n - 1)
    return ["0" + c for c in shorter] + ["1" + c for c in reversed(shorter)]

codes = gray(⟦3|0|2.5|2⟧)
for a, b in zip(codes, codes[1:]):
    diff = [i for i in range(len(a)) if a[i] != b[i]]
    assert len(diff) == 1
    print(a, b, diff[⟦0|-1|1⟧])
#--- ValueError
words = "apple grape lemon melon".split()
secret = "lemon"

def mark(guess, word):
    left = list(word)
    result = ["-"] * len(word)
    for i, ch in enumerate(guess):
        if ch == word[i]:
            result[i] = "G"
            left.remove(ch)
    for i, ch in enumerate(guess):
        if result[i] == "-" and ⟦ch in word|ch in left⟧:
            result[i] = "y"
            left.remove(ch)
    return "".join(result)

print(mark("melon", secret))
print(mark(⟦"eerie"|"grape"|"lemons"|"le"|"LEMON"⟧, secret))
#--- no error
def newton(f, df, x, steps=20):
    for _ in range(steps):
        slope = df(x)
        if abs(slope) < 1e-12⟦| and False⟧:
            return None
        x -= f(x) / slope
    return x

root = newton(lambda x: x ** 2 - 9, lambda x: 2 * x, ⟦1.0|0|"1"|-4⟧)
print("no root" if root is None else round(root, 6))
cubic = newton(lambda x: x ** 3 - 8, lambda x: 3 * x * x, 1)
print(round(cubic, ⟦3|None|"3"|2.0⟧))
#--- StopIteration
def chunks(text, n):
    it = iter(text)
    while True:
        part = ⟦[next(it) for _ in range(n)]|[next(it, "") for _ in range(n)]⟧
        if not any(part):
            return
        print("".join(part))
        if part[-1] == ".":
            break

chunks(⟦"abcdefg"|"abcde."|"abc.ef"⟧, 3)
#--- IndentationError
def is_prime(n):
    if n < 2:
        return False
    d = 2
    while d * d <= n:
        if n % d == 0:
            return False
      ⟦|  ⟧d += 1
    return True

twins = [(p, p + 2) for p in range(⟦40|3⟧) if is_prime(p) and is_prime(p + 2)]
print(twins[⟦-1|0|9⟧])
#--- no error
class Poly:
    def __init__(self, *coef):
        self.coef = ⟦list(coef)|coef|set(coef)⟧

    def __call__(self, x):
        y = 0
        for c in self.coef:
            y = y * x + c
        return y

    def derive(self):
        n = len(self.coef) - 1
        return Poly(*[c * (n - i) for i, c in enumerate(self.coef[⟦:-1|:|0⟧])])

p = Poly(1, -3, 2)
print(p(1), p(2), p.derive()(⟦0|"0"|1.5⟧))
print(Poly()(4))
#--- TypeError
scores = {"Mo": [3, 5], "Al": [9], "Vi": ⟦7|[7]|()|None⟧}

def top(scores):
    best, who = -1, None
    for name in scores:
        points = sum(scores[name])
        if points > best:
            best, who = points, name
    return who⟦, best|⟧

print("%s leads with %d" % top(scores))
#--- no error
import sys

def flatten(thing):
    if isinstance(thing, (list, tuple)):
        for part in thing:
            yield from flatten(part)
    else:
        yield thing

nested = [1, [2, (3, [⟦4|"4"|None|[]⟧])], []]
flat = list(flatten(nested))
print(sum(flat), max(flat), flat⟦[3]|[-1]|[4]⟧, file=sys.⟦stdout|stdour⟧)
#--- RecursionError
def power(x, n):
    if n == 0:
        return 1
    half = power(x, ⟦n / 2|n // 2|n >> 1⟧) if n % 2 == 0 else power(x, n - 1)
    return half * half if n % 2 == 0 else x * half

print(power(2, 0), power(3, ⟦-3|0|5⟧))
#--- no error
def path_sum(triangle):
    rows = [list(map(int, line.split())) for line in triangle.strip().split("\n")]
    while len(rows) > 1:
        last = rows.pop()
        top = rows[-1]
        for i in range(len(top)):
            top[i] += max(last[i], last[i + 1])
    return rows[0][0]

print(path_sum("""
3
7 4
2 4 ⟦6|6 1||x⟧
8 5 9 3
"""))
print(path_sum("⟦5||7 x⟧"))
#--- UnboundLocalError
def parse_pairs(text):
    result = {}
    for chunk in text.split(";"):
        if "=" in chunk:
            key, value = chunk.split("=")
        result[key.strip()] = value.strip()
    return result

print(parse_pairs("a=1; b = 2"))
print(parse_pairs(⟦"size; colour=red"|"colour=red; size"|"a=b=c"|"=;"⟧))
#--- no error
hexes = [0x1F, 0b1011, 0o17, ⟦1_000|10__00|0x|08⟧]
flags = 0
for bit, value in enumerate(hexes):
    if value & 1:
        flags |= 1 << bit
print(f"{flags:04b}")
names = ["read", "write", "run"⟦, "own"|⟧]
print([names[b] for b in range(4) if flags >> b & 1])
print(names[flags.bit_length() ⟦- 1|+ 1|- 9⟧])
#--- ZeroDivisionError
samples = [("a", 4, 2), ("b", 9, 3), ("c", 5, ⟦0|1|-1⟧)]

def ratio(n, d):
    return n / d if d ⟦!= 1|!= 0|> 1⟧ else float(n)

total = 0
for name, n, d in samples:
    total += ratio(n, d)
    print(name, total)
#--- no error
from collections import Counter

def huffman(text):
    nodes = [(n, ch, None) for ch, n in Counter(text).items()]
    codes = {}
    while len(nodes) > 1:
        nodes.sort(key=lambda t: ⟦t[0]|t[1]|t[3]⟧)
        a, b, *nodes = nodes
        nodes.append((a[0] + b[0], a, b))

    def walk(node, code):
        if node[2] is None:
            codes[node[1]] = code or "0"
        else:
            walk(node[1], code + "0")
            walk(node[2], code + "1")

    walk(nodes[⟦0|-1|1⟧], "")
    return codes

print(len(huffman("abracadabra")["⟦a|z|c⟧"]))
print(huffman("⟦zz||z⟧"))
#--- ModuleNotFoundError
def factors(n):
    from ⟦collection|collections⟧ import Counter
    c = Counter()
    d = 2
    while n > 1:
        while n % d == 0:
            c[d] += 1
            n //= d
        d += 1
    return c

print(factors(⟦84|1|0⟧))
