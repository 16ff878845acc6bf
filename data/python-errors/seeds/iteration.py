# Iterators, generators, files, assertions and exceptions.

#--- StopIteration
it = iter([1, 2])
print(next(it))
print(next(it))
print(next(it))
#--- no error
it = iter([1, 2])
print(next(it))
print(next(it))
#--- StopIteration
it = iter([1, 2])
while True:
    print(next(it))
#--- no error
it = iter([1, 2])
while True:
    try:
        print(next(it))
    except StopIteration:
        break
#--- TypeError
print(next([1, 2, 3]))
#--- StopIteration
print(next(iter([])))
#--- no error
print(next(iter([]), "empty"))
#--- StopIteration
def numbers():
    yield 1
    yield 2

g = numbers()
print(next(g), next(g), next(g))
#--- no error
def numbers():
    yield 1
    yield 2

for n in numbers():
    print(n)
#--- TypeError
def numbers():
    yield 1
    yield 2
print(numbers()[0])
#--- TypeError
def numbers():
    yield 1
    yield 2
print(len(numbers()))
#--- no error
def numbers():
    yield 1
    yield 2
print(sum(numbers()))
#--- StopIteration
def countdown(n):
    while n > 0:
        yield n
        n -= 1
c = countdown(2)
next(c)
next(c)
next(c)
#--- no error
def evens(limit):
    for i in range(0, limit, 2):
        yield i
print(list(evens(10)))
#--- no error
gen = (x * x for x in range(3))
print(list(gen))
print(list(gen))
#--- StopIteration
gen = (x * x for x in range(3))
print(list(gen))
print(next(gen))
#--- TypeError
gen = (x * x for x in range(3))
print(gen[1])
#--- StopIteration
gen = (x for x in [1, 3, 5] if x % 2 == 0)
print(next(gen))
#--- no error
first_big = next(x for x in [4, 8, 15] if x > 10)
print(first_big)
#--- StopIteration
first_big = next(x for x in [4, 8, 15] if x > 20)
print(first_big)
#--- no error
first_big = next((x for x in [4, 8, 15] if x > 20), None)
print(first_big)
#--- StopIteration
user = next(u for u in [{"id": 1}, {"id": 2}] if u["id"] == 3)
#--- no error
users = [{"id": 1}, {"id": 2}]
user = next(u for u in users if u["id"] == 2)
print(user)
#--- no error
class Countdown:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n
print(list(Countdown(3)))
#--- StopIteration
class Countdown:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n
c = Countdown(1)
next(c)
next(c)
#--- TypeError
class Box:
    def __init__(self, items):
        self.items = items
for x in Box([1, 2]):
    print(x)
#--- no error
class Box:
    def __init__(self, items):
        self.items = items
    def __iter__(self):
        return iter(self.items)
for x in Box([1, 2]):
    print(x)
#--- no error
lines = iter(["header", "row"])
header = next(lines)
for line in lines:
    print(line)
#--- StopIteration
lines = iter([])
header = next(lines)
for line in lines:
    print(line)
#--- StopIteration
pairs = zip([1, 2], "ab")
next(pairs)
next(pairs)
next(pairs)
#--- no error
m = map(int, ["1", "2"])
print(next(m) + next(m))
#--- ValueError
m = map(int, ["1", "two"])
print(list(m))
#--- StopIteration
f = filter(None, [0, "", []])
print(next(f))
#--- no error
e = enumerate("ab")
print(next(e))
#--- StopIteration
it = reversed([3])
next(it)
next(it)
#--- StopIteration
def read_all():
    data = yield
    print(data)
g = read_all()
next(g)
g.send("hello")
#--- no error
def gen():
    yield from range(2)
g = gen()
a, b = g
print(a, b)
#--- ValueError
def gen():
    yield from range(2)
a, b, c = gen()
#--- StopIteration
def gen():
    return 1
    yield
print(next(gen()))
#--- StopIteration
raise StopIteration
#--- FileNotFoundError
f = open("data.txt")
print(f.read())
#--- FileNotFoundError
with open("data.txt") as f:
    for line in f:
        print(line.strip())
#--- SyntaxError
with open("data.txt") as f
    print(f.read())
#--- IndentationError
with open("data.txt", "r") as file:
content = file.read()
#--- no error
try:
    f = open("data.txt")
except FileNotFoundError:
    print("File not found")
#--- FileNotFoundError
try:
    f = open("data.txt")
except ValueError:
    print("bad file")
#--- no error
try:
    with open("scores.txt") as f:
        scores = [int(l) for l in f]
except OSError as e:
    print("cannot read")
#--- FileNotFoundError
file = open("report.txt", "r")
lines = file.readlines()
file.close()
#--- FileNotFoundError
filename = "input.txt"
with open(filename) as f:
    print(len(f.read().split()))
#--- FileNotFoundError
filename = "notes"
f = open(filename + ".txt")
#--- FileNotFoundError
def load(path):
    with open(path) as f:
        return f.read()
text = load("config.ini")
#--- no error
def load(path):
    with open(path) as f:
        return f.read()
#--- no error
def load(path):
    try:
        with open(path) as f:
            return f.read()
    except FileNotFoundError:
        return ""
print(len(load("config.ini")))
#--- FileNotFoundError
for name in ["a.txt", "b.txt"]:
    with open(name) as f:
        print(f.readline())
#--- FileNotFoundError
with open(f"user_{5}.log") as log:
    print(log.read())
#--- FileNotFoundError
content = open("words.txt").read().lower()
print(content.count("the"))
#--- FileNotFoundError
with open("a.txt") as a, open("b.txt") as b:
    print(a.read() == b.read())
#--- no error
import io
f = io.StringIO("one\ntwo")
for line in f:
    print(line.strip())
#--- ValueError
import io
f = io.StringIO("one")
f.close()
f.read()
#--- AssertionError
age = -5
assert age >= 0
#--- AssertionError
age = -5
assert age >= 0, "Age cannot be negative"
#--- no error
age = 5
assert age >= 0, "Age cannot be negative"
print("ok")
#--- SyntaxError
x = 3
assert x = 3
#--- AssertionError
x = "3"
assert x == 3
#--- no error
assert 1 + 1 == 2
assert "a" in "cat"
assert not []
#--- AssertionError
assert 0.1 + 0.2 == 0.3
#--- no error
assert abs(0.1 + 0.2 - 0.3) < 1e-9
#--- AssertionError
assert len("hello") == 6
#--- AssertionError
assert isinstance("5", int), "not an int"
#--- no error
assert isinstance(5, int), "not an int"
#--- no error
assert sorted([3, 1, 2]) == [1, 2, 3]
#--- AssertionError
assert [3, 1, 2].sort() == [1, 2, 3]
#--- no error
assert (1 == 2, "never fails")
#--- AssertionError
def add(a, b):
    return a - b
assert add(2, 3) == 5
#--- no error
def add(a, b):
    return a + b
assert add(2, 3) == 5
assert add(-1, 1) == 0
print("All tests passed")
#--- AssertionError
def is_palindrome(s):
    return s == s[::-1]
assert is_palindrome("level")
assert is_palindrome("Level")
#--- AssertionError
def is_prime(n):
    for i in range(2, n):
        if n % i == 0:
            return False
    return True
assert is_prime(7)
assert not is_prime(1)
#--- no error
def test_upper():
    assert "foo".upper() == "FOO"
test_upper()
#--- AssertionError
def test_upper():
    assert "foo".upper() == "Foo"
test_upper()
#--- no error
def test_upper():
    assert "foo".upper() == "Foo"
#--- AssertionError
def sqrt(n):
    assert n >= 0, "negative"
    return n ** 0.5
print(sqrt(9))
print(sqrt(-9))
#--- AssertionError
def withdraw(balance, amount):
    assert amount <= balance, f"need {amount - balance} more"
    return balance - amount
withdraw(20, 50)
#--- no error
try:
    assert False, "boom"
except AssertionError as e:
    print("caught", e)
#--- AssertionError
try:
    assert False, "boom"
except ValueError as e:
    print("caught", e)
#--- no error
try:
    x = int("abc")
except ValueError:
    print("not a number")
#--- ValueError
try:
    x = int("abc")
except TypeError:
    print("not a number")
#--- SyntaxError
try:
    x = int("abc")
print("done")
#--- no error
try:
    x = int("abc")
except:
    print("error")
finally:
    print("bye")
#--- no error
try:
    x = int("7")
except ValueError:
    print("bad")
else:
    print(x * 2)
#--- no error
try:
    print(10 / 0)
except ZeroDivisionError as e:
    print("Error:", e)
#--- NameError
try:
    print(10 / 0)
except ZeroDivisonError as e:
    print("Error:", e)
#--- TypeError
try:
    print(10 / 0)
except ZeroDivisionError as e:
    print("Error: " + e)
#--- no error
try:
    print(undefined_thing)
except NameError:
    print("no such variable")
#--- no error
try:
    print(undefined_thing)
except Exception as e:
    print(type(e).__name__)
#--- no error
try:
    [][0]
except (IndexError, KeyError):
    print("lookup failed")
#--- SyntaxError
try:
    [][0]
except IndexError, KeyError as e:
    print("lookup failed")
#--- no error
try:
    {}["a"]
except LookupError:
    print("lookup failed")
#--- TypeError
try:
    raise ValueError("bad value")
except ValueError as e:
    raise TypeError("wrong") from e
#--- ValueError
raise ValueError("Invalid age")
#--- TypeError
raise "an error"
#--- NameError
raise ValueErr("oops")
#--- no error
def check_age(age):
    if age < 0:
        raise ValueError("age must be positive")
    return age
print(check_age(10))
#--- ValueError
def check_age(age):
    if age < 0:
        raise ValueError("age must be positive")
    return age
print(check_age(-1))
#--- TypeError
def check_age(age):
    if type(age) != int:
        raise TypeError("age must be an int")
    return age
check_age("12")
#--- TypeError
def safe_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        print("div by zero")
print(safe_div(1, 0) + 1)
#--- no error
def get(lst, i):
    try:
        return lst[i]
    except IndexError:
        return None
print(get([1, 2], 5))
#--- KeyError
def get(d, k):
    try:
        return d[k]
    except IndexError:
        return None
print(get({"a": 1}, "b"))
#--- no error
for s in ["1", "x", "3"]:
    try:
        print(int(s))
    except ValueError:
        continue
#--- ValueError
for s in ["1", "x", "3"]:
    print(int(s))
#--- NameError
try:
    n = 5
    n.append(1)
except AttributeError as err:
    print(err)
print(err)
#--- no error
class Resource:
    def __enter__(self):
        print("open")
        return self
    def __exit__(self, *args):
        print("close")
with Resource() as r:
    print("using")
#--- TypeError
class Resource:
    def open(self):
        return self
with Resource() as r:
    print("using")
#--- no error
from contextlib import contextmanager
@contextmanager
def tag(name):
    print("<" + name + ">")
    yield
    print("</" + name + ">")
with tag("b"):
    print("bold")
#--- no error
from contextlib import suppress
with suppress(KeyError):
    {}["x"]
print("fine")
#--- IndexError
from contextlib import suppress
with suppress(KeyError):
    [][1]
#--- ImportError
from contextlib import ignored
#--- no error
try:
    import json5
except ImportError:
    print("not installed")
#--- StopIteration
def process(items):
    for item in items:
        if item is None:
            raise StopIteration
        print(item)
process([1, None])
#--- no error
def loop():
    return loop()
try:
    loop()
except RecursionError:
    print("too deep")
#--- RecursionError
def loop():
    return loop()
try:
    loop()
except ValueError:
    print("too deep")
#--- ZeroDivisionError
x = 0
try:
    y = 1 / x
finally:
    print("cleanup")
#--- no error
def f():
    try:
        return 1
    finally:
        print("finally")
print(f())
