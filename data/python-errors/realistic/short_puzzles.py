#--- no error
nums = [4, 8, ⟦15|"15"|0⟧, 16]
xor = 0
for n in nums:
    xor ^= n
print(xor, nums[⟦3|-4|4⟧])
#--- SyntaxError
def area(w, h=2⟦, d|, d=1|⟧):
    return w * h

print(area(3), area(3, ⟦4|"ab"|None⟧))
#--- KeyError
digits = {c: i for i, c in enumerate("0123456789⟦|AB⟧")}
total = 0
for c in "⟦1B|17|⟧":
    total = total * 12 + digits[c]
print(total)
#--- TypeError
def depth(t):
    return 1 + max(map(depth, t), default=0)

print(depth([[], [[]]]))
print(depth([[], ⟦3|[]|()|""|{}⟧]))
#--- no error
stack = list("abc")
while stack:
    print(stack.pop(⟦|0|1⟧))
print("empty", stack⟦|[:1]|[-1]⟧)
#--- ValueError
def unpack(move):
    piece, src, dst = move.split("-")
    return piece, ord(src[0]) - 96, int(dst[1])

for move in ["N-g1-f3", "P-e2-e4", ⟦"O-O"|"K-e1-g1"|"K-e1-g"⟧]:
    print(unpack(move))
#--- SyntaxError
pairs = [(1, "one"), (2, "two")]
for n, ⟦"name"|name|*name⟧ in pairs:
    print(n, len(name))
lookup = dict(pairs)
print(lookup[⟦2|3|"2"⟧])
#--- NameError
def mean(xs):
    return sum(xs) / len(xs)

def variance(xs):
    m = mean(xs)
    return mean([(x - m) ** 2 for x in ⟦values|xs⟧])

print(mean([1, 2, 3]))
print(variance(⟦[2, 4]|[]|[1]⟧))
#--- no error
import math

n = ⟦720|-1|0|1.5⟧
k = 0
while math.factorial(k) < n:
    k += 1
print(k, math.⟦log2|sqrt⟧(n))
#--- SyntaxError
square = lambda n: n * n
table = {n: square(n) for n in range(5)}
if (⟦table[3] := 9|t := table[3]|t := table[5]⟧) > 8:
    print("large")
#--- IndexError
row = [1, 0, 0, 1, 1]
for _ in range(3):
    row = [row[i - 1] ^ row[⟦i + 1|(i + 1) % len(row)|i⟧] for i in range(len(row))]
    print("".join(".#"[x] for x in row))
#--- AttributeError
heap = []
import heapq
for n in (5, 1, ⟦4|"4"⟧):
    heapq.heappush(heap, n)
print(⟦heap.heappop()|heapq.heappop(heap)|heap.pop()⟧)
#--- no error
def ordinal(n):
    if 10 <= n % 100 <= 20:
        return f"{n}th"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"

print([ordinal(n) for n in (1, 2, 3, 11, 21, 112)])
#--- no error
seats = {"A": [1, 0, 1], "B": [0, 0, 0]}
for row, taken in seats.items():
    free = [i for i, t in enumerate(taken, 1) if not t]
    try:
        print(row, "seat", free[1])
    except IndexError:
        print(row, "has no second free seat")
#--- no error
class Graph:
    def __init__(self):
        self.links = {}

    def join(self, a, b):
        self.links.setdefault(a, set()).add(b)
        self.links.setdefault(b, set()).add(a)
        return self

    def degree(self, a):
        return len(self.links.get(a, ()))

g = Graph().join("x", "y").join("y", "z")
print(g.degree("y"), g.degree("q"))
#--- no error
from itertools import zip_longest

def add(a, b):
    carry, out = 0, []
    for x, y in zip_longest(reversed(a), reversed(b), fillvalue="0"):
        carry, d = divmod(int(x) + int(y) + carry, 10)
        out.append(str(d))
    if carry:
        out.append(str(carry))
    return "".join(reversed(out))

assert add("999", "1") == "1000"
print(add("12345678", "87654321"))
#--- TypeError
import heapq

stops = [(4, {"name": "Pier"}), (2, {"name": "Hill"}), (4, {"name": "Dock"})]
heapq.heapify(stops)
while stops:
    minutes, stop = heapq.heappop(stops)
    print(minutes, stop["name"])
#--- ValueError
def square_root(n):
    if n < 0:
        raise ValueError("negative")
    guess = n / 2 or 1
    for _ in range(20):
        guess = (guess + n / guess) / 2
    return guess

readings = [16, 2.25, 9]
offset = 10
print([round(square_root(r), 3) for r in readings])
print([round(square_root(r - offset), 3) for r in readings])
#--- no error
def ends(word, *, sep="-"):
    first, *_, last = word
    return first + sep + last

for w in ("heron", "ox", "sparrow"):
    print(ends(w))
print(ends([*"crow"], sep="/"))
#--- IndexError
def column(table, k):
    return [row[k] for row in table]

scores = [[9, 7, 8], [6, 5], [8, 8, 9]]
print(column(scores, 0))
print(column(scores, 1))
print(column(scores, 2))
#--- NameError
total = 0
for power in range(6):
    total += 2 ** power
del power
print(total, "after", power)
