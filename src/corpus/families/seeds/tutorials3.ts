/** Hand-written programs: commented, typed, docstringed and modern Python, as in tutorials and pull requests. */
export const seeds = String.raw`
#--- no error
class Singleton:
    _instance = None
    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance
print(Singleton() is Singleton())
#--- no error
class InvalidAge(ValueError):
    pass
try:
    raise InvalidAge("too old")
except ValueError as e:
    print("caught", e)
#--- no error
class Meter:
    def __enter__(self):
        print("in")
        return self
    def __exit__(self, *exc):
        print("out")
        return True
with Meter():
    1 / 0
print("after")
#--- ZeroDivisionError
class Meter:
    def __enter__(self):
        print("in")
        return self
    def __exit__(self, *exc):
        print("out")
with Meter():
    1 / 0
print("after")
#--- no error
def parse(value):
    try:
        return int(value)
    except ValueError:
        return None

print([parse(v) for v in ["1", "x", "2"]])
#--- TypeError
def parse(value):
    try:
        return int(value)
    except ValueError:
        return None

print([parse(v) for v in ["1", None, "2"]])
#--- TypeError
def parse(value):
    try:
        return int(value)
    except ValueError:
        return None

print(sum(parse(v) for v in ["1", "x", "2"]))
#--- no error
def retry(times):
    for attempt in range(times):
        try:
            return 10 / attempt
        except ZeroDivisionError:
            print("retrying")
print(retry(3))
#--- ZeroDivisionError
def retry(times):
    for attempt in range(times):
        try:
            return 10 / attempt
        except ZeroDivisionError:
            print("retrying")
            raise
print(retry(3))
#--- ValueError
def process(order):
    if not order:
        raise ValueError("empty order")
    for item, qty in order.items():
        print(item, qty)
process({"tea": 2})
process({})
#--- AttributeError
def process(order):
    if not order:
        raise ValueError("empty order")
    for item, qty in order.items():
        print(item, qty)
process([("tea", 2)])
#--- no error
def outer():
    try:
        inner()
    except KeyError as e:
        print("missing", e)
def inner():
    return {}["k"]
outer()
#--- KeyError
def outer():
    try:
        inner()
    except IndexError as e:
        print("missing", e)
def inner():
    return {}["k"]
outer()
#--- no error
def log(msg, *, level="info"):
    print(f"[{level}] {msg}")
log("started")
log("failed", level="error")
#--- TypeError
def log(msg, *, level="info"):
    print(f"[{level}] {msg}")
log("started")
log("failed", "error")
#--- no error
counter = {"hits": 0}
def hit():
    counter["hits"] += 1
for _ in range(3):
    hit()
print(counter["hits"])
#--- KeyError
counter = {"hits": 0}
def hit():
    counter["misses"] += 1
hit()
#--- UnboundLocalError
hits = 0
def hit():
    hits += 1
for _ in range(3):
    hit()
print(hits)
#--- no error
total = 0
def add_all(*nums):
    global total
    for n in nums:
        total += n
add_all(1, 2, 3)
print(total)
#--- no error
def running_total():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    return add
acc = running_total()
acc(5)
print(acc(7))
#--- UnboundLocalError
def running_total():
    total = 0
    def add(n):
        total += n
        return total
    return add
acc = running_total()
print(acc(7))
#--- no error
def chunked(seq, size):
    for i in range(0, len(seq), size):
        yield seq[i:i + size]

print(list(chunked("abcdefg", 3)))
#--- ValueError
def chunked(seq, size):
    for i in range(0, len(seq), size):
        yield seq[i:i + size]

print(list(chunked("abcdefg", 0)))
#--- StopIteration
def chunked(seq, size):
    for i in range(0, len(seq), size):
        yield seq[i:i + size]

parts = chunked("abcd", 2)
print(next(parts), next(parts), next(parts))
#--- no error
def take(n, it):
    it = iter(it)
    return [next(it) for _ in range(n)]

print(take(2, "abc"))
#--- StopIteration
def take(n, it):
    it = iter(it)
    out = []
    for _ in range(n):
        out.append(next(it))
    return out

print(take(5, "abc"))
#--- no error
def dot(u, v):
    if len(u) != len(v):
        raise ValueError("length mismatch")
    return sum(a * b for a, b in zip(u, v))
print(dot([1, 2], [3, 4]))
#--- ValueError
def dot(u, v):
    if len(u) != len(v):
        raise ValueError("length mismatch")
    return sum(a * b for a, b in zip(u, v))
print(dot([1, 2], [3, 4, 5]))
#--- AssertionError
def dot(u, v):
    assert len(u) == len(v), "length mismatch"
    return sum(a * b for a, b in zip(u, v))
print(dot([1, 2], [3]))
#--- no error
def normalize(values):
    low, high = min(values), max(values)
    return [(v - low) / (high - low) for v in values]
print(normalize([2, 4, 6]))
#--- ZeroDivisionError
def normalize(values):
    low, high = min(values), max(values)
    return [(v - low) / (high - low) for v in values]
print(normalize([5, 5, 5]))
#--- ValueError
def normalize(values):
    low, high = min(values), max(values)
    return [(v - low) / (high - low) for v in values]
print(normalize([]))
#--- no error
def percent(part, whole):
    return f"{100 * part / whole:.1f}%"
print(percent(3, 8))
#--- ZeroDivisionError
def percent(part, whole):
    return f"{100 * part / whole:.1f}%"
print(percent(3, 0))
#--- no error
def interest(p, r, t):
    return p * (1 + r) ** t
print(f"{interest(1000, 0.03, 5):,.2f}")
#--- TypeError
def interest(p, r, t):
    return p * (1 + r) ** t
print(f"{interest(1000, '3%', 5):,.2f}")
#--- no error
def to_roman(n):
    out = ""
    for v, s in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        while n >= v:
            out += s
            n -= v
    return out
print(to_roman(29))
#--- UnboundLocalError
def to_roman(n):
    for v, s in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        while n >= v:
            out += s
            n -= v
    return out
print(to_roman(29))
#--- no error
def histogram(data):
    for label, n in data.items():
        print(f"{label:>5} | {'#' * n}")
histogram({"a": 3, "bb": 1})
#--- TypeError
def histogram(data):
    for label, n in data.items():
        print(f"{label:>5} | {'#' * n}")
histogram({"a": 3.5, "bb": 1})
#--- SyntaxError
def histogram(data):
    for label, n in data.items():
        print(f"{label:>5} | {'#' * n})
histogram({"a": 3})
`;
