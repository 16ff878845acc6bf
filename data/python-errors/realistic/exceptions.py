#--- no error
class StockError(Exception):
    def __init__(self, item, wanted⟦|, have⟧):
        super().__init__(f"{wanted} x {item}")
        self.item = item


stock = {"nail": 40, "screw": ⟦0|7|"7"⟧}

def take(item, n):
    if stock[item] < n:
        raise StockError(item, n)
    stock[item] -= n

for item, n in [("nail", 10), ("screw", 5), (⟦"nail"|"bolt"⟧, 30)]:
    try:
        take(item, n)
    except StockError as e:
        print("out of", e.⟦item|name|args[0]|args[1]⟧)
print(stock)
#--- ValueError
def to_age(text):
    try:
        age = int(text)
    except ValueError:
        print("not a number:", text)
        ⟦raise|return None|age = 0⟧
    else:
        print("fine")
    return age


answers = ["31", ⟦"forty"|"40"|""⟧, "22"]
ages = [to_age(a) for a in answers]
print(max(⟦ages|a or 0 for a in ages⟧))
#--- NameError
def check(value):
    try:
        return 10 / value
    except ⟦ZeroDivisonError|ZeroDivisionError|Exception⟧:
        return 0

for v in (5, 2, ⟦0|1|-1|"0"⟧):
    print(v, check(v))
#--- no error
def check(value):
    try:
        return 10 // value
    except ⟦ZeroDivisonError|ZeroDivisionError|ArithmeticError⟧:
        return float("inf")

print([check(v) for v in (⟦1, 2, 4|1, 0, 4|1, "a"|⟧)])
#--- UnboundLocalError
def price(row):
    try:
        name, cost = row.split(⟦","|", "|":"⟧)
        cost = float(cost)
    except ValueError:
        ⟦print("bad row", row)|return 0|cost = 0|print("bad row", rows)⟧
    return cost


rows = ["tea,1.20", "cake,2.5", ⟦"free"|"water,0"|"milk,1,5"⟧]
total = 0
for row in rows:
    total += price(row)
print(total)
#--- NameError
failed = []
for path in ["a.cfg", "b.cfg"]:
    try:
        raise FileNotFoundError(path)
    except OSError as err:
        failed.append(⟦path|err|(path, err)⟧)
        ⟦|last = err
        ⟧print("skipped", path)
print(len(failed), "failed")
print("last problem:", ⟦err|failed[-1]|last|failed[2]⟧)
#--- no error
def attempt(action, *args):
    try:
        result = action(*args)
    except (TypeError, ⟦ValueError|KeyError⟧) as e:
        return type(e).__name__
    except LookupError:
        return "lookup"
    else:
        return result⟦|.value⟧
    finally:
        counter.append(1)


counter = []
print(attempt(int, "x1"))
print(attempt([].pop⟦|, 0|, 0, 0⟧))
print(attempt(divmod, 7, ⟦2|0|"2"⟧))
print(len(counter))
#--- no error
def finish():
    try:
        return 1 / ⟦0|2⟧
    finally:
        return ⟦"swallowed"|None|1 / 0⟧

def loop():
    for n in range(3):
        try:
            raise KeyError(n)
        finally:
            ⟦continue|break|pass⟧
    return n

print(finish())
print(loop())
#--- ZeroDivisionError
steps = []
try:
    steps.append("open")
    try:
        steps.append(⟦1 / 0|1 / 1|int("zero")⟧)
    finally:
        steps.append("close")
except ⟦ValueError|ArithmeticError|(ValueError, ZeroDivisionError)⟧:
    steps.append("handled")
print(steps, steps[⟦-1|3|4⟧])
#--- KeyError
class Config(dict):
    def __missing__(self, key):
        if key.startswith("x-"):
            return None
        ⟦raise KeyError(key)|return ""|raise AttributeError(key)⟧


c = Config(host="::1", port=⟦80|None|"80"⟧)
print(c["x-debug"])
print(c["host"], c["port"] + 1)
print(c⟦["path"]|.get("path")|["x-path"]|[4]⟧)
#--- no error
class AppError(Exception): pass
class DbError(AppError): pass
class NetError(⟦AppError|ValueError|DbError⟧): pass

def work(kind):
    raise kind("boom")

seen = []
for kind in (DbError, NetError, ⟦AppError|KeyError⟧):
    try:
        work(kind)
    except DbError:
        seen.append("db")
    except (AppError, ValueError) as e:
        seen.append(str(e))
    except ⟦LookupError|KeyError⟧:
        seen.append("lookup")
print(seen[⟦2|3⟧])
#--- TypeError
def validate(user):
    if "@" not in user["mail"]:
        raise ⟦"no mail"|ValueError("no mail")|ValueError|LookupError("no mail")⟧
    return user


users = [{"mail": "a@b.c"}, {"mail": "⟦nobody|no@body⟧"}, {⟦"mail"|"email"⟧: "z@z"}]
good = []
for u in users:
    try:
        good.append(validate(u))
    except (ValueError, LookupError) as problem:
        print("skip:", problem)
print(len(good))
#--- TypeError
errors = [ValueError, KeyError, ⟦"IndexError"|IndexError|LookupError⟧]

def guarded(f, *args):
    try:
        return f(*args)
    except ⟦tuple(errors)|Exception|errors⟧:
        return "guarded"

print(guarded(len, "abc"))
print(guarded(int, ⟦"zz"|"12"⟧))
#--- no error
def convert(row):
    try:
        return int(row["n"])
    except KeyError as e:
        raise ValueError("row lacks n") ⟦from e|from None|from "e"⟧

rows = [{"n": "4"}, {⟦"m"|"n"⟧: "5"}, {"n": ⟦"6"|None|"six"⟧}]
total = 0
for row in rows:
    try:
        total += convert(row)
    except ValueError as e:
        print(e, "|", type(e.__cause__).__name__)
print(total // ⟦2|(total - 10)|"2"⟧)
#--- AssertionError
def withdraw(balance, amount):
    assert amount > 0, "amount must be positive"
    assert balance >= amount⟦|  - 50|, f"only {balance} left"⟧
    return balance - amount


purse = 100
for amount in (30, ⟦45|20|0⟧, 30):
    try:
        purse = withdraw(purse, amount)
    except ⟦ValueError|AssertionError|Exception⟧ as e:
        print("no:", e)
print(purse)
#--- IndentationError
def safe_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
    ⟦return None|    return None|    pass⟧


for pair in [(8, 2), (1, 0), (9, 3)]:
    result = safe_div(*pair)
    print("undefined" if result ⟦is None|== 3⟧ else result + 1)
#--- SyntaxError
import json

def read(text):
    try:
        return json.loads(text)
    ⟦|except json.JSONDecodeError:
        pass
    |except json.DecodeError:
        pass
    ⟧
    return {}

docs = ['{"id": 1}', '{⟦"id": 2|⟧}', "[]"]
parsed = [read(d) for d in docs]
print(parsed[0]["id"], len(parsed))
#--- no error
import json

docs = ['{"id": 4}', ⟦'{"id": 5}'|'{id: 5}'|'[5]'|'{}'⟧]
ids = []
for d in docs:
    try:
        ids.append(json.loads(d)["id"])
    except (ValueError, ⟦KeyError|IndexError|TypeError⟧):
        ids.append(None)
print(ids, ids⟦[1] or 0|[1] + 1|[2]⟧)
#--- AttributeError
try:
    import ⟦ujson_fast|json|math⟧ as codec
except ImportError:
    codec = ⟦None|__import__("json")|print⟧

record = {"bird": "wren", "eggs": 6}
if codec⟦| is not None and hasattr(codec, "dumps")⟧:
    print("codec found")
print(codec.dumps(record))
#--- ModuleNotFoundError
try:
    from ⟦maths|math|cmath⟧ import sqrt
except ⟦NameError|ImportError|Exception⟧:
    def sqrt(x):
        return x ** 0.5

sides = [(3, 4), (5, 12), (⟦8|"8"⟧, 15)]
for a, b in sides:
    print(a, b, sqrt(a * a + b * b))
#--- ImportError
from collections import OrderedDict, ⟦DefaultDict|defaultdict|deque as defaultdict⟧
⟦|DefaultDict = defaultdict
⟧
visits = defaultdict(int) if len("ab") > ⟦1|2⟧ else {}
for page in ["/", "/about", "/"]:
    visits[page] += 1
print(OrderedDict(sorted(visits.items())))
print(visits⟦["/contact"]|.get("/contact")|.most_common(1)⟧)
#--- no error
def levels(n):
    ⟦if n == 0:
        return 0|if n < 0:
        return 0|if n == 1:
        return 1⟧
    return 1 + levels(n - 1)

try:
    print(levels(⟦5|0|2.5|"5"⟧))
except ⟦RecursionError|TypeError|IndexError⟧:
    print("too deep")
print(levels(3))
#--- RecursionError
class Shape:
    def area(self):
        return 0

    def __repr__(self):
        return "<%s %s>" % (type(self).__name__, ⟦self|self.area()|id(self) > 0|self.colour⟧)


class Disc(Shape):
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3 * self.r ** 2


shapes = [Disc(1), Disc(⟦2|"2"⟧)]
print(len(shapes))
print(⟦shapes|len(shapes[1:])|shapes[2:]⟧)
#--- no error
import warnings

class Gauge:
    limits = (0, 100)

    def set(self, value):
        low, high = self.limits
        if not low <= value <= high:
            ⟦warnings.warn("out of range")|raise ValueError("out of range")|raise OverflowError("out of range")⟧
            value = high
        self.value = value

warnings.simplefilter("ignore")
g = Gauge()
try:
    g.set(⟦120|"12"|50⟧)
except OverflowError:
    g.value = -1
print(g.⟦value|limits[1]|limits[2]⟧)
#--- TypeError
def countdown(n):
    if n == 0:
        raise ⟦SystemError|StopIteration|KeyError⟧("lift-off")
    print(n)
    countdown(n - 1)

try:
    countdown(⟦3|1|"3"⟧)
except Exception as e:
    message = e⟦|.args[0]|.message⟧
    print("event")
    print(message + "!")
