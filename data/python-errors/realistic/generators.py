#--- StopIteration
def lessons():
    yield "alphabet"
    yield "numbers"
    ⟦return|yield "colours"|pass⟧


plan = lessons()
print(next(plan))
print(next(plan))
print(next(plan⟦|, None|, "holiday"⟧))
#--- no error
def batches(items, size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = ⟦[]|None|()⟧
    if batch:
        yield batch


parcels = list(range(⟦7|6|0⟧))
for number, batch in enumerate(batches(parcels, 3), 1):
    print("van", number, batch)
print("last van carries", ⟦len(batch)|batch[1]|batches⟧)
#--- TypeError
def evens(limit):
    for n in range(0, limit, 2):
        yield n

numbers = evens(⟦10|0|2⟧)
⟦|numbers = list(numbers)
|numbers = sorted(evens)
⟧print(numbers[⟦1|7⟧])
#--- no error
def running_mean():
    total, count = 0, 0
    mean = None
    while True:
        value = yield mean
        total += value
        count += 1
        mean = total / count


meter = running_mean()
⟦next(meter)|meter.send(None)|meter.send(0)|iter(meter)⟧
for speed in [50, 70, ⟦60|"60"|None⟧]:
    print(meter.send(speed))
#--- ValueError
def even_only(stream):
    for n in stream:
        if n % 2:
            raise ValueError(f"odd: {n}")
        yield n


stream = even_only([4, 8, ⟦15|16⟧, 16, ⟦23|42|0⟧])
print(next(stream))
⟦first_two = [next(stream), next(stream)]|first_two = [next(stream)]|first_two = stream⟧
print(first_two)
#--- no error
def flatten(nested):
    for part in nested:
        if isinstance(part, ⟦list|(list, str)|tuple⟧):
            yield from flatten(part)
        else:
            yield part

data = [1, [2, [3, 4], ⟦5|"five"|[]⟧], [[6]]]
flat = list(flatten(data))
print(flat, ⟦sum(flat[:3])|sum(flat)|flat.count(5)⟧)
#--- ValueError
people = ["Asha", "Bo", "Cyd"]
ages = [31, 27, ⟦|44⟧]
towns = ("Bath", "York", "Ely")

for person, age, town in zip(people, ages, towns⟦, strict=True||, strict=False⟧):
    print(f"{person} of {town} is {age}")
print(age ⟦+|// 0 if age < 20 else⟧ 1)
#--- no error
from itertools import groupby

sightings = [
    ("owl", 3), ("fox", 1), ("owl", 2), ("bat", 9), ("fox", ⟦4|0|None⟧),
]
⟦sightings.sort()|sightings.sort(key=lambda s: s[0])|sightings = sightings.sort()⟧
totals = {}
for animal, group in groupby(sightings, key=lambda s: s[0]):
    totals[animal] = sum(n for _, n in ⟦group|sightings⟧)
assert totals["fox"] ⟦<= 5|== 5|> 5⟧, totals
print(totals)
#--- IndexError
from itertools import islice, count, takewhile

squares = (n * n for n in count(1))
small = list(takewhile(lambda s: s < ⟦30|50|1⟧, squares))
print(small)
following = list(islice(squares, ⟦2|0⟧))
print(following[0])
print(small[⟦5|4|-1⟧])
#--- no error
from itertools import product, permutations

letters = "abc"
pairs = list(product(letters, repeat=2))
print(len(pairs))
orders = ⟦["".join(p) for p in permutations(letters)]|list(permutations(letters))|permutations(letters)⟧
place = {word: i for i, word in enumerate(orders)}
for word in ("abc", "cab", "⟦bca|aab⟧"):
    if word in place⟦| or word == "aab"⟧:
        print(word, place[word])
print(orders[⟦-1|6⟧])
#--- TypeError
from itertools import accumulate, chain
import operator

deposits = [100, 250, -80]
later = ⟦40|[40]|(40,)|"40"⟧
balance = list(accumulate(chain(deposits, later)⟦|, initial=0|, operator.sub⟧))
print(balance)
print("lowest", min(balance), "at", balance.index(min(balance)))
#--- no error
def parse(tokens):
    token = next(tokens)
    if token == "(":
        values = []
        while (item := parse(tokens)) ⟦is not None|is None⟧:
            values.append(item)
        return values
    if token == ")":
        return None
    return ⟦int(token)|token|float(token)⟧


source = "( 1 ( 2 3 ) ⟦4|x|( 4⟧ )"
tree = parse(iter(source.split()))
print(tree, tree[1]⟦[0]|[2]|[0][0]⟧)
#--- StopIteration
stations = ["Ayr", "Troon", "Irvine", "Paisley"]

def after(name):
    it = iter(stations)
    for s in it:
        if s == name:
            return next(it⟦|, stations[0]|, None⟧)
    ⟦return None|raise KeyError(name)|return stations[len(s)]⟧

print(after("Ayr"))
print(after("⟦Paisley|Troon|Perth⟧"))
#--- no error
class Deck:
    SUITS = "SHDC"
    RANKS = "A23"

    def __iter__(self):
        ⟦return ((r + s) for s in self.SUITS for r in self.RANKS)|for s in self.SUITS: yield from self.RANKS|return [r + s for s in self.SUITS for r in self.RANKS]|yield self.RANK⟧


deck = Deck()
hand = [card for card, _ in zip(deck, range(⟦5|2|0⟧))]
print(hand)
first, second, *others = hand
print(first, others⟦|[0]|[-1]⟧)
#--- NameError
def reader(lines):
    for line in lines:
        if not line:
            ⟦raise StopIterating|return|continue⟧
        yield line.upper()

text = ["one", "two", ⟦""|"-"⟧, "three"]
for n, line in enumerate(reader(text)):
    print(n, line)
print(⟦n|n + len(line)|text[n + 2]⟧)
#--- KeyError
def walk(tree, node="root"):
    yield node
    for child in tree⟦[node]|.get(node, [])|.get(node)⟧:
        yield from walk(tree, child)


dirs = {
    "root": ["etc", "home"],
    "etc": [],
    "home": ["ann", "bob"],
    "ann": [],
    ⟦"bob ": []|"bob": []|"bob": ["root2"]⟧,
}
names = walk(dirs)
print(next(names), next(names))
print(⟦list(names)|next(names)|names⟧)
#--- no error
def lazily(items):
    print("started")
    for item in items:
        yield 100 / item

shares = lazily([4, ⟦0|5|"2"⟧, 10])
print("made")
⟦wanted = None|wanted = next(shares)|wanted = list(shares)|next(shares); wanted = next(shares)⟧
print("wanted", wanted)
#--- no error
numbers = iter([3, 1, 4, 1, 5, 9])
pairs = list(zip(numbers, numbers))
print(pairs)
rest = list(numbers)
assert ⟦not rest|rest|rest == []⟧, "nothing should be left"
a, b = pairs[⟦0|2|3⟧]
print(a ⟦- b|/ (b - 9 + a - 5)|% b⟧)
#--- ValueError
words = (w for w in "the cat sat on the mat".split())
print(max(⟦words|words, key=len|(w for w in words if len(w) > 2)⟧))
print(max(words⟦|, default="-"|, key=len⟧))
#--- no error
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b

gen = fib()
first = [next(gen) for _ in range(10)]
print(first)
for f in gen:
    if f > 100:
        break
ratio = f / first[⟦-1|0|10⟧]
gen.close()
print(round(ratio, 2), ⟦"end"|next(gen)|next(gen, "end")|gen.next()⟧)
#--- TypeError
scores = {"ana": [7, 9], "ben": [⟦|6⟧], "cat": [10]}
averages = {
    name: sum(s) / len(s) if s else None
    for name, s in scores.items()
}
ranked = sorted(averages, key=⟦averages.get|lambda n: averages[n] or 0|str|averages⟧)
print(ranked)
print(ranked[-1]⟦|.upper()⟧)
#--- no error
def primes(limit):
    sieve = [True] * ⟦(limit + 1)|limit⟧
    for n in range(2, limit + 1):
        if sieve[n]:
            yield n
            for m in range(n * n, ⟦limit + 1|limit + 2|limit⟧, n):
                sieve[m] = False


print(list(primes(⟦30|31|1|2.0⟧)))
#--- SyntaxError
def chapters(book):
    for title, pages in book.items():
        ⟦yield title, pages if pages > 10 else|yield title, pages|yield (title, pages or 1)⟧


book = {"Dawn": 12, "Noon": 30, "Dusk": ⟦0|8⟧}
for title, pages in chapters(book):
    print(title, 60 / pages)
#--- SyntaxError
temps = [12, 15, 9, 21]
warm = [t for t in temps if t > 10 ⟦else 0||and t⟧]
labels = ["warm" if t > 10 else "cold" for t in temps]
for t, name in zip(temps, ⟦labels|label⟧):
    print(t, name)
print(warm[⟦2|3⟧])
#--- no error
import contextlib

@contextlib.contextmanager
def section(title, log):
    log.append("<" + title + ">")
    try:
        yield ⟦log|title|None⟧
    finally:
        log.append("</" + title + ">")

log = []
with section("body", log) as out:
    out.append("text")
    with ⟦contextlib.suppress(ZeroDivisionError)|contextlib.suppress(ValueError)|section("p", log)⟧:
        out.append(1 / ⟦0|2⟧)
print(" ".join(⟦str(x) for x in log|log⟧))
#--- no error
class Transaction:
    def __init__(self, account):
        self.account = account

    def __enter__(self):
        self.before = dict(self.account)
        ⟦return self.account|return|return self⟧

    def __exit__(self, kind, error, trace):
        if kind:
            self.account.clear()
            self.account.update(self.before)
        ⟦return kind is ValueError|return True|return False⟧


account = {"ann": 50, "bob": 20}
with Transaction(account) as a:
    a["ann"] -= 80
    a["bob"] += 80
    if a["ann"] < 0:
        raise ⟦ValueError|KeyError⟧("overdrawn")
print(account[⟦"ann"|"cat"⟧])
#--- TypeError
class Timer:
    def __enter__(self):
        self.ticks = 0
        return self

    def __exit__(self, ⟦error|*error|kind, value, trace⟧):
        print("ticks:", self.ticks)
    ⟦|enter = __enter__
    ⟧
    def tick(self):
        self.ticks += 1


with Timer() as t:
    for _ in range(⟦3|"3"⟧):
        t.tick()
#--- AttributeError
class Torch:
    lit = False

    def __enter__(self):
        self.lit = True
        ⟦pass|return self|return Torch⟧

    def __exit__(self, *error):
        self.lit = False
        return ⟦None|True|False⟧


torch = Torch()
with torch as light:
    print("lit" if torch.lit else "dark")
    print(light.lit)
print(torch.⟦lit|battery⟧)
#--- no error
from contextlib import ExitStack, closing

class Tap:
    def __init__(self, name):
        self.name = name

    def ⟦close|stop⟧(self):
        print("closed", self.name)

with ExitStack() as stack:
    taps = [stack.enter_context(⟦closing(Tap(n))|Tap(n)⟧) for n in ("hot", "cold")]
    stack.callback(print, "all off"⟦|, sepp=""⟧)
    print(len(taps), taps[⟦0|2⟧].name)
#--- FileNotFoundError
def load(path, default=⟦None|"{}"⟧):
    try:
        with open(path) as f:
            return f.read()
    except ⟦PermissionError|OSError|(ValueError, KeyError)⟧:
        return default
    finally:
        print("looked at", path)


text = load("profile.json")
print(len(text⟦| or ""⟧))
