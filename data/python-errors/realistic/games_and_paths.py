#--- no error
lights = [[0] * 4 for _ in range(⟦4|3⟧)]
orders = ["on 0 0", "on 3 3", "flip 1 2", "⟦off 3 3|off 3|OFF 3 3|off 4 4⟧"]
for order in orders:
    what, r, c = order.split()
    r, c = int(r), int(c)
    if what == "on":
        lights[r][c] = 1
    elif what == "off":
        lights[r][c] = 0
    elif what == "flip":
        lights[r][c] ^= 1
    else:
        raise KeyError(what)
print(sum(map(sum, lights)))
#--- TypeError
def best_tour(dist, here, left):
    if not left:
        return dist[here]["home"]
    return min(dist[here][n] + best_tour(dist, n, left ⟦- n|- {n}⟧) for n in left)

dist = {
    "home": {"bank": 2, "shop": 5},
    "bank": {"home": 2, "shop": 1},
    "shop": {"home": 5, "bank": 1},
}
print(best_tour(dist, "home", {"bank", "shop"}))
#--- no error
import math

def haversine(a, b):
    la1, lo1, la2, lo2 = map(math.radians, ⟦(*a, *b)|a + b|(a, b)⟧)
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))

towns = {"Oslo": (59.9, 10.7), "Riga": (56.9, 24.1), "Rome": (41.9, ⟦12.5|"12.5"|12.5, 0⟧)}
names = list(towns)
for a, b in zip(names, names[1:]):
    print(f"{a}-{b}: {haversine(towns[a], towns[b]):.0f} km")
#--- IndexError
def josephus(people, k):
    people = list(people)
    i = 0
    while len(people) > ⟦0|1⟧:
        i = (i + k - 1) % len(people)
        print(people.pop(i), "leaves")
    return people[0]

print(josephus(⟦range(1, 6)|"abc"|[7]⟧, 2), "wins")
#--- no error
def tri(n: int) -> int:
    """The n-th triangular number, recursively."""
    return n and n + tri(n - 1)

table = {tri(i): i for i in range(⟦8|3⟧)}
total = 0
for key in (0, 3, 21):
    total += table.get(key, ⟦0|None|""⟧)
print(total, table[⟦10|11|28|0⟧])
#--- KeyError
PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2}

def postfix(tokens):
    out, ops = [], []
    for t in tokens:
        if t == "(":
            ops.append(t)
        elif t == ")":
            while ops[-1] != "(":
                out.append(ops.pop())
            ops.pop()
        elif t in PRECEDENCE:
            while ops ⟦and|and ops[-1] != "(" and⟧ PRECEDENCE[ops[-1]] >= PRECEDENCE[t]:
                out.append(ops.pop())
            ops.append(t)
        else:
            out.append(t)
    return out + ops[::-1]

print(postfix("a + b * c".split()))
print(postfix("⟦( a + b ) * c|a * b + c|a + b )|( a ) )⟧".split()))
#--- no error
class Matrix:
    def __init__(self, rows):
        if len({len(r) for r in rows}) ⟦!= 1|> 1⟧:
            raise ValueError("ragged")
        self.rows = rows

    def __matmul__(self, other):
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*other.rows)] for r in self.rows])

    def __eq__(self, other):
        return self.rows == other.rows

eye = Matrix([[1, 0], [0, 1]])
turn = Matrix([[0, -1], [1, ⟦0|0, 0|None⟧]])
assert turn @ turn @ turn @ turn == ⟦eye|turn|[[1, 0], [0, 1]]⟧
print((turn @ eye).rows)
#--- SyntaxError
def hailstone(n, /, *, limit=100):
    steps = 0
    while n != 1 and steps < limit:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps

print(hailstone(6))
print(hailstone(⟦limit=5, 7|7, limit=5|7, 5|n=7|0⟧))
#--- AttributeError
import re

moves = "R2 L1 U4"
x = y = 0
for step in moves.split() + [⟦"D"|"D3"|"D0"⟧]:
    m = re.match(r"([LRUD])(\d+)$", step)
    n = int(m.group(⟦2|0|3⟧))
    if m.group(1) in "LR":
        x += n if m.group(1) == "R" else -n
    else:
        y += n if m.group(1) == "U" else -n
print(abs(x) + abs(y))
#--- no error
def toposort(needs):
    done, path = [], []

    def visit(n):
        if n in done:
            return
        if n in path:
            raise ValueError("cycle: " + " ".join(path))
        path.append(n)
        for m in needs[n]:
            visit(m)
        path.remove(n)
        done.append(n)

    for n in sorted(needs):
        visit(n)
    return done

print(toposort({"cake": ["dough", "oven"], "dough": ["flour"], "flour": [], "oven": [⟦|"cake"|"gas"|"flour"⟧]}))
try:
    toposort({"egg": ["hen"], "hen": ["egg"]})
except ⟦ValueError|KeyError|RecursionError⟧ as err:
    print(err)
#--- ValueError
a, b, *rest = [int(x) for x in "12 18 30 7⟦.5| 5|⟧".split()]

def gcd(p, q):
    return p if not q else gcd(q, p % q)

for n in rest:
    a = gcd(a, n)
print(a, b ⟦// a|% (a - 1)⟧)
#--- no error
counts = [0] * ⟦26|10⟧
for ch in "Mississippi River":
    if ch.isalpha():
        counts[ord(ch.⟦lower|upper|casefold⟧()) - ord("a")] += 1
top = max(range(len(counts)), key=counts.__getitem__)
print(chr(top + 97), counts[top])
#--- NameError
def subset_sum(nums, goal):
    reach = {0: []}
    for n in nums:
        for s, used in list(reach.items()):
            reach.setdefault(s + n, used + [n])
    return reach⟦.get(gaol)|.get(goal)|[goal]⟧

bill = [12, 5, 9, 20]
print(subset_sum(bill, ⟦26|27|0⟧))
#--- no error
from fractions import Fraction as F

def egyptian(q):
    while q:
        d = ⟦-(-q.denominator // q.numerator)|q.denominator // q.numerator + 1⟧
        yield d
        q -= F(1, d)
        if d > 10 ** 6:
            break

print(list(egyptian(F(⟦5, 6|0, 6|5, 0|"5/6"|"5:6"|2.5, 6⟧))))
#--- AttributeError
pegs = {"A": [3, 2, 1], "B": [], "C": []}

def move(a, b):
    disk = pegs[a].pop()
    if pegs[b] and pegs[b][-1] < disk:
        return False
    pegs[b] = pegs[b]⟦.append(disk)| + [disk]⟧
    return True

for pair in ["AC", "AB", "CB"]:
    if not move(*pair):
        print("illegal", pair)
print(pegs, len(pegs["B"]))
#--- IndexError
def lru(pages, size):
    frames, faults = [], 0
    for p in pages:
        if p in frames:
            frames.remove(p)
        else:
            faults += 1
            if len(frames) == size:
                frames.pop(0)
        frames.append(p)
    return faults

print(lru([1, 2, 3, 1, 4], 3))
print(lru("abca", ⟦0|1|2|"2"⟧))
#--- no error
def soundex(name):
    groups = {"bfpv": "1", "cgjkqsxz": "2", "dt": "3", "l": "4", "mn": "5", "r": "6"}
    code = [next((d for g, d in groups.items() if c in g), ⟦""|None⟧) for c in name.lower()]
    out = name[0].upper()
    for prev, cur in zip(code, code[1:]):
        if cur != prev:
            out += cur
    return out.ljust(4, "0")[:4]

for name in ("Robert", "Lee", "⟦Ashcraft||O'Hara⟧"):
    print(name, soundex(name))
#--- AssertionError
class Clock24:
    def __init__(self, h, m=0):
        assert 0 <= h ⟦< 24|<= 24⟧ and 0 <= m < 60
        self.minutes = h * 60 + m

    def __add__(self, m):
        h, m = divmod(self.minutes + m, 60)
        return Clock24(h⟦| % 24⟧, m)

start = Clock24(22, ⟦45|15|75⟧)
print((start + 60).minutes)
print((start + 90).minutes)
#--- no error
def brackets(n, opened=0, text=""):
    if n == 0 and opened == 0:
        return [text]
    out = []
    if n:
        out += brackets(n - 1, opened + 1, text + "(")
    if opened⟦| > 0|> -1⟧:
        out += brackets(n, opened - 1, text + ")")
    return out

for b in brackets(⟦3|0|1⟧):
    print(b)
print(len(brackets(2)), ⟦brackets(2)[1]|brackets(2)[2]|brackets(-1, 0)⟧)
#--- UnboundLocalError
def compress(path):
    for a, b in zip(path, path[1:]):
        dx, dy = b[0] - a[0], b[1] - a[1]
    return dx, dy, len(path)

tracks = [[(0, 0), (1, 2)], [(⟦4, 4|4, 4), (5, 5⟧)], [(2, 2), (2, 9)]]
print([compress(t) for t in tracks⟦| if len(t) > 1|[:1]⟧])
#--- no error
numbers = [n for n in range(2, 60) if all(n % d for d in range(2, n))]
gaps = {}
for p, q in zip(numbers, numbers[1:]):
    gaps.setdefault(q - p, []).append(p)
for gap in sorted(gaps):
    print(gap, gaps[gap][:3])
print(gaps[⟦6|8|2⟧][⟦0|5|30⟧] % ⟦7|0⟧)
#--- StopIteration
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n ⟦<= 0|< 0⟧:
            raise StopIteration
        self.n -= 1
        return self.n

c = Countdown(⟦2|3|5⟧)
total = sum(x for x in c ⟦if x > 0|if next(c) >= 0⟧)
print(total)
print(next(c⟦|, "lift off"⟧))
#--- no error
def count_islands(rows):
    land = {(r, c) for r, row in enumerate(rows) for c, x in enumerate(row) if x == ⟦"#"|"."|"@"⟧}
    islands = []
    while land:
        todo = [land.pop()]
        size = 0
        while todo:
            r, c = todo.pop()
            size += 1
            for spot in {(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)} & land:
                land.⟦remove|discard|pop⟧(spot)
                todo.append(spot)
        islands.append(size)
    return sorted(islands)

sizes = count_islands(["##..", "...#", ⟦"#.##"|"...."|""|None⟧])
print(sizes, sizes[⟦-1|0⟧])
#--- SyntaxError
x = 10
y = ⟦0x1G|0x1F|0b12|1_0⟧
print(x ^ y, x & y)
print(x << 2 if y > x else y >> 1)
#--- TypeError
def inc(digits, base=10):
    for i in reversed(range(len(digits))):
        digits[i] += 1
        if digits[i] < base:
            return digits
        digits[i] = 0
    return [1] + digits

counter = ⟦(1, 9)|[1, 9]|[9, 9]|[]⟧
for _ in range(3):
    counter = inc(counter)
print(counter)
#--- no error
tower = {"base": None, "hall": "base", "roof": "hall", "flag": ⟦"roof"|"hall"|"sky"⟧}

def height(part):
    return 0 if part is None else 1 + height(tower[part])

print({p: height(p) for p in tower⟦| if p != "flag"⟧})
print(height(⟦"flag"|None|"base"|"moon"⟧))
#--- NameError
class Fenwick:
    def __init__(self, n):
        self.t = [0] * (n + 1)

    def add(self, i, v):
        while i < len(self.t):
            self.t[i] += v
            i += ⟦lowbit|self.lowbit|Fenwick.lowbit⟧(i)

    @staticmethod
    def lowbit(i):
        return i & -i

    def total(self, i):
        s = 0
        while i > 0:
            s += self.t[i]
            i -= self.lowbit(i)
        return s

f = Fenwick(8)
f.add(⟦3|9⟧, 5)
print(f.total(4), f.total(⟦8|20|0⟧))
#--- no error
votes = "ABC ACB BCA CBA BAC".split()
running = set("ABC⟦|D⟧")
while True:
    tally = dict.fromkeys(running, 0)
    for v in votes:
        first = next(c for c in v if c in running)
        tally[first] += 1
    top = max(tally, key=tally.get)
    if tally[top] * 2 > len(votes):
        break
    running.remove(min(sorted(tally), key=tally.get))
print(top, tally⟦[top]|["E"]|.get("E")⟧)
#--- IndexError
def knapsack(w, v, cap):
    n = len(w)
    t = [[0] * (cap + 1) for _ in range(n⟦| + 1⟧)]
    for i in range(1, n + 1):
        for c in range(cap + 1):
            t[i][c] = t[i - 1][c]
            if w[i - 1] <= c:
                t[i][c] = max(t[i][c], t[i - 1][c - w[i - 1]] + v[i - 1])
    return t[n][cap]

print(knapsack([1, 3, 4], [15, 20, 30], 4))
#--- no error
def varint(n):
    out = bytearray()
    while True:
        low = n & 0x7F
        n >>= 7
        out.append(low | (0x80 if n else 0))
        if not n:
            return bytes(out)

def unvarint(data):
    n = 0
    for k, byte in enumerate(data):
        n += (byte & 0x7F) << (7 * k)
    return n

for number in (0, 127, 300, ⟦10 ** 6|2.0|True⟧):
    code = varint(number)
    assert unvarint(code) == number⟦| and len(code) < 3⟧
    print(number, code.hex()⟦|[0]|[2]⟧)
#--- AttributeError
from types import SimpleNamespace as NS

def collide(a, b):
    return a.x < b.x + b.w and b.x < a.x + a.⟦width|w⟧

player = NS(x=0, w=2)
walls = [NS(x=5, w=1), ⟦NS(x=-3, w=1)|NS(x=9)|NS(x=1, w=1)⟧]
hits = [w for w in walls if collide(w, player)]
print(len(hits))
#--- ValueError
board = ["X", "O", "X", " ", "O", " ", ⟦"O"|" "|"X"⟧, "X", "X"]
lines = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 4, 8), (2, 4, 6)]
turn = "O"
for _ in range(⟦3|2|1⟧):
    spot = board.index(" ")
    board[spot] = turn
    turn = "X" if turn == "O" else "O"
won = [l for l in lines if len({board[i] for i in l}) == 1]
print(won)
#--- no error
def bucket(values, edges):
    result = {e: [] for e in edges}
    for v in values:
        for e in sorted(edges):
            if v <= e:
                result[e].append(v)
                break
        else:
            ⟦print("too big:", v)|raise ValueError(v)|result[e + 1].append(v)|pass⟧
    return result

print(bucket([3, 12, 7, ⟦99|20|None⟧], [5, 10, 20]))
#--- ZeroDivisionError
from statistics import mean

def correlation(xs, ys):
    mx, my = mean(xs), mean(ys)
    top = sum((x - mx) * (y - my) for x, y in zip(xs, ys))
    sx = sum((x - mx) ** 2 for x in xs)
    sy = sum((y - my) ** 2 for y in ys)
    return top / (sx * sy) ** 0.5

hours = [1, 2, 3, 4]
marks = [⟦6, 6, 6, 6|5, 6, 6, 7|6, "6", 6, 6⟧]
print(round(correlation(hours, hours), 3))
print(round(correlation(hours, marks), 3))
#--- no error
DIRS = dict(N=(0, 1), E=(1, 0), S=(0, -1), W=(-1, 0))
turns = "NESW"

def drive(cmds, facing=⟦"N"|"W"|"n"⟧):
    x, y = 0, 0
    for c in cmds:
        if c == "R":
            facing = turns[(turns.index(facing) + 1) % ⟦4|5⟧]
        elif c == "F":
            dx, dy = DIRS[facing]
            x, y = x + dx, y + dy
    return x, y, facing

print(drive("FFRF"), drive("RRRR⟦R||FX⟧"))
#--- KeyError
def simulate(rules, word, n):
    for _ in range(n):
        word = "".join(rules⟦[c]|.get(c, c)⟧ for c in word)
    return word

plant = {"F": "F[+F]", "+": "+", "[": "[", ⟦"}": "}"|"]": "]"⟧}
print(simulate(plant, "F", 1))
print(len(simulate(plant, "F", ⟦3|1|0⟧)))
#--- RecursionError
def same(a, b):
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    return a == b

left = [1, [2]]
right = [1, [2]]
left.append(⟦left|3|[]⟧)
right.append(⟦#r right|3⟧)
print(same(left, right))
#--- no error
def gauss(m):
    n = len(m)
    for i in range(n):
        pivot = next((r for r in range(i, n) if m[r][i]⟦| > 0⟧), None)
        if pivot is None:
            return None
        m[i], m[pivot] = m[pivot], m[i]
        m[i] = [v / m[i][i] for v in m[i]]
        for r in range(n):
            if r != i:
                m[r] = [a - m[r][i] * b for a, b in zip(m[r], m[i])]
    return [row[-1] for row in m]

print(gauss([[2, 1, 5], [1, 3, 10]]))
result = gauss([[1, 1, 2], [2, ⟦3|2|"2"⟧, 6]])
print(⟦[round(x, 2) for x in result]|result|result and result[2]⟧)
#--- AssertionError
def insertion(a):
    for i in range(1, len(a)):
        j = i
        while j > ⟦1|0⟧ and a[j - 1] > a[j]:
            a[j - 1], a[j] = a[j], a[j - 1]
            j -= 1
    return a

tests = [[], [1], [2, ⟦1|3⟧], [1, 3, 2]]
for t in tests:
    assert insertion(t[:]) == sorted(t), t
print("all sorted")
#--- IndentationError
score = 0
for ball in [4, 6, "W", 1]:
    if ball == "W":
⟦    # wicket|        pass|        print("out")⟧
    else:
        score += ball
print(score)
#--- ImportError
from ⟦collections import OrderDict|collections import OrderedDict|colections import OrderedDict⟧

seen = OrderedDict()
for n in [3, 1, 3, 2]:
    seen[n] = seen.get(n, 0) + 1
    seen.move_to_end(n)
print(list(seen), seen.popitem(last=⟦False|True⟧))
#--- ModuleNotFoundError
import random
import ⟦nummbers|numbers⟧

random.seed(3)

def shuffle(deck):
    for i in range(len(deck) - 1, 0, -1):
        j = random.randint(0, i)
        deck[i], deck[j] = deck[j], deck[i]
    return deck

print(len(shuffle(⟦list(range(8))|list("abcd")|"abcd"|(1, 2)⟧)))
print(isinstance(4, numbers.⟦Integral|Integer⟧))
#--- FileNotFoundError
def words(path="⟦wordlist-en.txt|⟧"):
    try:
        for line in open(path):
            yield line.strip()
    except ⟦PermissionError|OSError⟧:
        yield "cat"

source = words()
print("anagrams of", "act")
print([w for w in ⟦source|["cat"]|[]⟧ if sorted(w) == sorted("act")])
