#--- UnboundLocalError
def make_meter(limit):
    used = 0

    def consume(units):
        ⟦global limit_hit|nonlocal used|nonlocal limit⟧
        if used + units > limit:
            return False
        used += units
        return True

    return consume


meter = make_meter(⟦10|None|-1⟧)
print(meter(4), meter(5))
print(meter(⟦3|1⟧))
#--- no error
def tally():
    counts = {}

    def vote(name):
        ⟦counts[name] = counts.get(name, 0) + 1|counts[name] += 1|counts = dict(counts, name=1)⟧
        return counts

    return vote


vote = tally()
for ballot in ["Lin", "Ravi", "Lin", ⟦"Ada"|["Ada"]|None⟧]:
    result = vote(ballot)
print(result⟦["Lin"]|["lin"]|.get("lin")⟧)
print(len(result))
#--- no error
score = 0
bonus = 5

def hit(points):
    ⟦global score|nonlocal score|global scores⟧
    score += points
    if points > 9:
        ⟦score += bonus|bonus = 1|score = bonus; bonus = 0⟧

for shot in (3, 10, ⟦7|"7"|0⟧):
    hit(shot)
print("score:", score)
print("average:", score / ⟦3|(bonus - 5)⟧)
#--- TypeError
import functools


def logged(label):
    def wrap(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            print("[%s] %s" % (label, function.__name__))
            return function(*args, **kwargs)
        ⟦return inner|return function|return label⟧
    return wrap


@logged⟦|("maths")⟧
def area(w, h=1):
    return w * h


print(area(3, h=4))
print(area(⟦5|w=5|h=5⟧))
#--- no error
def retry(times):
    def decorate(f):
        def wrapper(*args):
            for attempt in range(times):
                try:
                    return f(*args)
                except ⟦ConnectionError|(ValueError, ConnectionError)|OSError⟧:
                    print("attempt", attempt + 1, "failed")
            ⟦return None|raise KeyError(f.__name__)|return -1⟧
        return wrapper
    return decorate


failures = [1, 1, ⟦0|1|2⟧]


@retry(⟦3|2|0⟧)
def fetch(page):
    if failures.pop(0):
        raise ConnectionError("line is down")
    return "<h1>" + page + "</h1>"


text = fetch("home")
print(text⟦|.upper()|[4:8]⟧)
#--- IndexError
def retry_until_good(feed):
    """Takes readings until one lies in range."""
    while True:
        value = feed.pop(⟦0||1⟧)
        if 0 < value < ⟦10|20|100⟧:
            return value


sensor = [55, 31, ⟦18|8|-8⟧]
print(retry_until_good(sensor))
print(len(sensor), "left")
#--- no error
def memo(f):
    cache = {}
    def g(n):
        if n not in cache:
            cache[n] = f(n)
        return cache⟦[n]|.get(n)|[str(n)]⟧
    ⟦return g|g.cache = cache; return g|return⟧

@memo
def stairs(n):
    if n ⟦< 2|== 1|> 2⟧:
        return 1
    return stairs(n - 1) + stairs(n - 2)

print(stairs(⟦20|0|2.5⟧))
print(⟦"done"|stairs.cache[3]|cache⟧)
#--- no error
from functools import lru_cache

@lru_cache(maxsize=None)
def ways(amount, coins):
    if amount == 0:
        return 1
    if ⟦amount < 0 or not coins|amount < 0|not coins⟧:
        return 0
    return ways(amount - coins[0], coins) + ways(amount, coins[1:])

purse = ⟦(1, 2, 5, 10)|[1, 2, 5, 10]|()⟧
print(ways(12, purse))
print(ways.cache_info()⟦.misses > 0|["misses"]|.missed⟧)
#--- NameError
handlers = {}

def on(event):
    def register(f):
        handlers[event] = f
        return ⟦f|event|handlers⟧
    return register

@on("join")
def greet(nick):
    return f"* {nick} has joined"

@on("say")
def say(nick, text=⟦""|None⟧):
    return f"<{nick}> {text.strip()}"

print(handlers["join"]("zed"))
print(handlers[⟦"say"|"quit"|say⟧]("zed"))
print(⟦register|on|handlers⟧("part")(greet)("zed"))
#--- KeyError
handlers = dict(add=lambda a, b: a + b, div=lambda a, b: a / b)

def run(line):
    op, *numbers = line.split()
    return handlers⟦[op]|.get(op, max)⟧(*map(⟦int|float|str⟧, numbers))

for line in ["add 2 3", "div 9 ⟦2|0|two⟧", "⟦sub|add|div⟧ 5 ⟦1|1 1|⟧"]:
    print(line, "=", run(line))
#--- no error
buttons = []
for digit in range(3):
    buttons.append(lambda⟦ d=digit: d| d: d|: digit⟧)

pressed = [b() for b in buttons]
print(pressed)
table = {⟦0|2⟧: "zero", 1: "one", 2: "two"}
print([table[p] for p in pressed])
print(⟦digit|d|pressed[digit]⟧)
#--- AssertionError
rules = []
for limit in (10, 100, 1000):
    rules.append(lambda n⟦|, limit=limit⟧: n < limit)

small, medium, large = rules
assert large(⟦500|5000⟧)
assert medium(50), "50 is less than 100"
assert not small(⟦50|5⟧), "50 is not small"
print("rules hold")
#--- no error
def compose(*functions):
    def run(x):
        for f in ⟦functions|reversed(functions)|function⟧:
            x = f(x)
        return x
    return run


slug = compose(str.strip, str.lower, lambda s: s.replace(" ", "-"), ⟦str.title|len|list⟧)
titles = ["  Hello World ", "A b C", ⟦""|5|b"x"⟧]
print([slug(t) for t in titles])
print(compose()⟦(4)|()⟧)
#--- UnboundLocalError
def label(temperature, names=("cold", "mild", "hot")):
    if temperature < 8:
        word = names[0]
    elif temperature < 22:
        word = names[1]
    elif temperature > ⟦22|21|40⟧:
        word = names[2]
    return f"{temperature}: {word}"


week = [4, 13, 25, ⟦22|23|"22"⟧, 7]
for t in week:
    print(label(t⟦|, ("brr", "ok")|, names="CMH"⟧))
#--- UnboundLocalError
def longest(words):
    for word in words:
        if len(word) > ⟦9|3|0⟧:
            best = word
            break
    ⟦|else:
        best = "none"
⟧
    return best

print(longest(["harpsichord", "oboe"]))
print(longest(["viola", ⟦"cello"|"glockenspiel"|440⟧]))
#--- no error
def outer():
    x = "outer"

    def middle():
        ⟦x = "middle"|nonlocal x|global x⟧

        def inner():
            nonlocal x
            x = ⟦x.upper()|x.upper|None⟧
            return x

        return inner() ⟦+|*⟧ "!"

    return middle(), x


⟦a, b|a|a, b, c⟧ = outer()
print(a, b)
#--- SyntaxError
def counter():
    n = 0

    def bump(by=1):
        ⟦n += by
        nonlocal n|nonlocal n
        n += by|nonlocal by
        n = by⟧
        return n

    return bump


tick = counter()
for _ in range(3):
    tick(⟦2|"2"⟧)
print(tick())
#--- no error
from functools import partial, reduce

def scale(factor, value, *, offset=0):
    return factor * value + offset

to_inch = partial(scale, 1 / 2.54)
to_fahrenheit = partial(scale, 1.8, ⟦offset=32|32|value=0⟧)

lengths = [2.54, 10, ⟦30|"30"|0⟧]
print([round(to_inch(n), 1) for n in lengths])
print(to_fahrenheit(⟦37|factor=37|⟧))
print(reduce(lambda a, b: ⟦a + b|a / b|a[b]⟧, lengths))
#--- TypeError
from functools import reduce

orders = [
    {"item": "tea", "cost": 3.5},
    {"item": "scone", "cost": 2.75},
    ⟦{"item": "jam", "cost": 1}|{"item": "jam"}|{}⟧,
]
total = reduce(lambda acc, o: acc + o["cost"], orders⟦|, 0|, None⟧)
print(f"total {total:.2f}")
#--- no error
from functools import singledispatch


@singledispatch
def show(value):
    ⟦raise TypeError(f"cannot show {type(value).__name__}")|return "?"|return value.show()⟧


@show.register
def _(value: int):
    return "#" * value


@show.register(⟦list|tuple|set⟧)
def _(value):
    return " ".join(show(v) for v in value)


@show.register
def _(value: str):
    return value.center(9, "-")


print(show([3, "mid", ⟦1|1.5|True|None⟧]))
#--- TypeError
def plan_trip(start, end, *, days=1, budget=None):
    nightly = budget / days if budget else 0
    return f"{start} to {end}, {days} days at {nightly:.0f}"

print(plan_trip("Hull", "Bergen", days=4, budget=⟦600|0|"600"⟧))
print(plan_trip("Hull", "Oslo", ⟦3|days=3|day=3⟧))
print(plan_trip(end="Rome", start="Pisa", days=⟦2|0|None⟧, budget=90))
#--- no error
def volume(length, /, width=1, *sizes, unit="cm", **extra):
    result = length * width
    for s in sizes:
        result *= s
    return result, unit, ⟦extra|extra["note"]|sorted(extra)[0]⟧

box = {"unit": "m", "note": "fragile"}
print(volume(2, 3, 4, **box)[2])
print(volume(⟦2|length=2|"2"⟧, ⟦width=5|length=5|2, width=5⟧, note="flat"))
#--- SyntaxError
def send(to, subject="(none)", ⟦body|body=""|*body|to⟧):
    lines = ["To: " + to, "Subject: " + subject]
    if body:
        lines.append(str(body))
    return "\n".join(lines)

mail = send("ann@example.org", "Tea?", "At four.")
print(mail.splitlines()⟦[-1]|[3]⟧)
print(send(⟦"bob@example.org"|None|subject="Hi"⟧).count("\n"))
#--- no error
def append_all(items, target=⟦None|[]|()⟧):
    if target is None:
        target = []
    for item in items:
        target.append(item)
    return target

a = append_all([1, 2])
b = append_all([3])
print(a, b)
print(b[⟦0|1|2⟧])
print(append_all("xy", ⟦["w"]|"w"|{"w"}⟧))
#--- no error
def cached_square(n, seen={}):
    if n in seen:
        return "again"
    seen[n] = n * n
    return seen[n]

results = [cached_square(2), cached_square(⟦3|2|[2]|"3"⟧), cached_square(5⟦|, {}|, None⟧)]
print(results)
print(results[0] + results[⟦2|1|-1⟧])
#--- AttributeError
def timed(f):
    def wrapper(*a, **k):
        wrapper.calls += 1
        return f(*a, **k)
    ⟦|wrapper.calls = 0
    |f.calls = 0
    ⟧return wrapper

@timed
def roll(die, sides=6):
    return die % ⟦sides|0|(sides - 6)⟧ + 1

print([roll(d) for d in ⟦(4, 9, 31)|()|"abc"⟧])
print(roll.⟦calls|__name__⟧)
#--- no error
def pipeline(source, *steps):
    for step in steps:
        source = step(source)
    return source

def strip(lines):
    for line in lines:
        yield line.strip()

def drop_comments(lines):
    ⟦return (l for l in lines if not l.startswith(";"))|yield from (l for l in lines if l[0] != ";")|[l for l in lines if l != ";"]⟧

config = """
; network
port = 8080
⟦host = local|host local|host = = local⟧
"""
pairs = (l.split("=") for l in pipeline(config.split("\n"), strip, drop_comments) if l)
settings = {k.strip(): v.strip() for k, v in pairs}
print(settings⟦["port"]|["Port"]|.get("Port")⟧)
#--- NameError
class Palette:
    names = ["red", "green", "blue"]
    count = len(names)
    upper = [n.upper() for n in names]
    indexed = [names⟦[i]| ⟧ for i in range(⟦count|3⟧)]

print(Palette.upper, Palette.indexed)
#--- no error
x = 10
squares = [x * x for x in range(5)]
print(x, squares[⟦-1|x|x - 6⟧])
evens = {y for y in squares if y % 2 == ⟦0|1⟧}
print(⟦len(evens)|y|evens[0]⟧)
total = 0
for z in evens:
    total += z
print(⟦z|total|zz⟧ > 0, total / ⟦len(evens)|(x - 10)⟧)
#--- NameError
rooms = {"hall": 12, "den": 9, "attic": 0}
big = [name for name, size in rooms.items() if size > ⟦10|0|20⟧]
print(big)
if "hall" in big ⟦and|or⟧ size > 5:
    print("roomy")
for name, area in rooms.items():
    ⟦pass|size = area⟧
print(name)
