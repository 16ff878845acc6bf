# Commented, typed, docstringed and modern Python, as in tutorials and pull requests.

#--- no error
# Program to check if a number is positive
num = 7

if num > 0:
    print("Positive number")
elif num == 0:
    print("Zero")
else:
    print("Negative number")
#--- TypeError
# Program to check if a number is positive
num = "7"

if num > 0:
    print("Positive number")
elif num == 0:
    print("Zero")
#--- no error
# Add two numbers
num1 = 1.5
num2 = 6.3

# Display the sum
print('The sum of {0} and {1} is {2}'.format(num1, num2, num1 + num2))
#--- IndexError
# Add two numbers
num1 = 1.5
num2 = 6.3

# Display the sum
print('The sum of {0} and {1} is {2}'.format(num1, num2))
#--- no error
# Swap variables
x = 5
y = 10
temp = x
x = y
y = temp
print('x:', x, 'y:', y)
#--- no error
# multiplication table
num = 12
for i in range(1, 11):
    print(num, 'x', i, '=', num * i)
#--- TypeError
# multiplication table
num = 12
for i in range(1, 11):
    print(num + ' x ' + i + ' = ' + num * i)
#--- no error
# sum of natural numbers
num = 16
if num < 0:
    print("Enter a positive number")
else:
    sum = 0
    while num > 0:
        sum += num
        num -= 1
    print("The sum is", sum)
#--- no error
def compute_hcf(x, y):
    """Return the highest common factor."""
    smaller = min(x, y)
    for i in range(1, smaller + 1):
        if x % i == 0 and y % i == 0:
            hcf = i
    return hcf

print("HCF is", compute_hcf(54, 24))
#--- UnboundLocalError
def compute_hcf(x, y):
    """Return the highest common factor."""
    smaller = min(x, y)
    for i in range(1, smaller + 1):
        if x % i == 0 and y % i == 0:
            hcf = i
    return hcf

print("HCF is", compute_hcf(54, 0))
#--- ZeroDivisionError
def compute_hcf(x, y):
    """Return the highest common factor."""
    smaller = min(x, y)
    for i in range(smaller + 1):
        if x % i == 0 and y % i == 0:
            hcf = i
    return hcf

print("HCF is", compute_hcf(54, 24))
#--- no error
def greet(name: str, times: int = 1) -> str:
    """Greet someone."""
    return " ".join(["Hello " + name] * times)

print(greet("Ada", times=2))
#--- TypeError
def greet(name: str, times: int = 1) -> str:
    """Greet someone."""
    return " ".join(["Hello " + name] * times)

print(greet("Ada", times="2"))
#--- TypeError
def greet(name: str, times: int = 1) -> str:
    """Greet someone."""
    return " ".join(["Hello " + name] * times)

print(greet("Ada", count=2))
#--- SyntaxError
def greet(name: str, times: int = 1) -> str:
    """Greet someone.""
    return " ".join(["Hello " + name] * times)

print(greet("Ada"))
#--- no error
def greet(name: String) -> None:
    print("Hello", name)
#--- no error
from __future__ import annotations

def total(values: list[int]) -> int:
    return sum(values)

print(total([1, 2, 3]))
#--- TypeError
from typing import Optional

def find(name: str, people: dict[str, int]) -> Optional[int]:
    return people.get(name)

age = find("Zoe", {"Bob": 3})
print(age + 1)
#--- no error
from typing import Optional

def find(name: str, people: dict[str, int]) -> Optional[int]:
    return people.get(name)

age = find("Bob", {"Bob": 3})
if age is not None:
    print(age + 1)
#--- no error
MAX_ITEMS = 3
items: list[str] = []
for word in "one two three four".split():
    if len(items) >= MAX_ITEMS:
        break
    items.append(word)
print(items)
#--- no error
PI = 3.14
def circleArea(radius):
    return PI * radius * radius
def circlePerimeter(radius):
    return 2 * PI * radius
print(circleArea(2), circlePerimeter(2))
#--- TypeError
PI = 3.14
def circleArea(radius):
    return PI * radius * radius
print(circleArea("2"))
#--- NameError
PI = 3.14
def circleArea(radius):
    return pi * radius * radius
print(circleArea(2))
#--- no error
def celsiusToFahrenheit(c):
    f = c * 1.8 + 32
    return f
result = celsiusToFahrenheit(100)
print("Result: " + str(result))
#--- NameError
def celsiusToFahrenheit(c):
    f = c * 1.8 + 32
    return f
result = celsiustoFahrenheit(100)
print("Result: " + str(result))
#--- NameError
def celsiusToFahrenheit(c):
    f = c * 1.8 + 32
celsiusToFahrenheit(100)
print("Result: " + str(f))
#--- no error
def main():
    numbers = [5, 2, 8]
    print("Sorted:", sorted(numbers))
    print("Largest:", max(numbers))


if __name__ == "__main__":
    main()
#--- NameError
def main():
    numbers = [5, 2, 8]
    print("Sorted:", sorted(numbers))
    print("Largest:", max(number))


if __name__ == "__main__":
    main()
#--- ValueError
def main():
    numbers = []
    print("Largest:", max(numbers))


if __name__ == "__main__":
    main()
#--- TypeError
def main(args):
    print(args)


if __name__ == "__main__":
    main()
#--- no error
if (data := [1, 2, 3]) and len(data) > 2:
    print(f"{len(data)=}")
#--- no error
data = {"kind": "circle", "r": 2}
match data:
    case {"kind": "circle", "r": r}:
        print("circle", r)
    case {"kind": "square"}:
        print("square")
    case _:
        print("unknown")
#--- NameError
data = {"kind": "circle"}
match data:
    case {"kind": "circle", "r": r}:
        print("circle", r)
print(r)
#--- no error
command = "go north"
match command.split():
    case ["go", direction]:
        print("Going", direction)
    case ["quit"]:
        print("Bye")
#--- SyntaxError
command = "go north"
match command.split()
    case ["go", direction]:
        print("Going", direction)
#--- no error
head, *middle, tail = [1, 2, 3, 4, 5]
print(head, middle, tail)
#--- ValueError
head, *middle, tail = [1]
print(head)
#--- no error
a, (b, c) = 1, (2, 3)
print(a + b + c)
#--- TypeError
a, (b, c) = 1, 2
print(a)
#--- no error
numbers = (1, 2, 3)
print(*numbers, sep=", ")
#--- no error
def point(x, y, z=0):
    return (x, y, z)
coords = [1, 2]
print(point(*coords))
#--- TypeError
def point(x, y, z=0):
    return (x, y, z)
coords = [1, 2, 3, 4]
print(point(*coords))
#--- no error
def point(x, y, z=0):
    return (x, y, z)
opts = {"x": 1, "y": 2}
print(point(**opts))
#--- TypeError
def point(x, y, z=0):
    return (x, y, z)
opts = {"x": 1, "w": 2}
print(point(**opts))
#--- TypeError
def point(x, y, /, z=0):
    return (x, y, z)
print(point(x=1, y=2))
#--- no error
primes = [n for n in range(2, 30) if all(n % d for d in range(2, n))]
print(primes)
#--- ZeroDivisionError
primes = [n for n in range(2, 30) if all(n % d for d in range(n))]
print(primes)
#--- no error
table = {f"{i}x{j}": i * j for i in range(1, 4) for j in range(1, 4)}
print(table["2x3"])
#--- KeyError
table = {f"{i}x{j}": i * j for i in range(1, 4) for j in range(1, 4)}
print(table["4x3"])
#--- no error
words = ["level", "world", "noon"]
print([w for w in words if w == w[::-1]])
#--- TypeError
words = ["level", "world", 1221]
print([w for w in words if w == w[::-1]])
#--- SyntaxError
words = ["level", "world", "noon"]
print([w if len(w) > 4 for w in words])
#--- no error
words = ["level", "world", "noon"]
print([w if len(w) > 4 else "-" for w in words])
#--- IndexError
words = ["level" "world", "noon"]
print(words[2])
#--- no error
pairs = [(x, y) for x in "ab" for y in (1, 2)]
print(dict(pairs), len(pairs))
#--- no error
nested = {"a": {"b": {"c": 42}}}
print(nested["a"]["b"]["c"])
#--- KeyError
nested = {"a": {"b": {"c": 42}}}
print(nested["a"]["c"]["b"])
#--- TypeError
nested = {"a": {"b": {"c": 42}}}
print(nested["a"]["b"]["c"]["d"])
#--- AttributeError
nested = {"a": {"b": {"c": 42}}}
print(nested.get("x").get("b"))
#--- no error
nested = {"a": {"b": {"c": 42}}}
print(nested.get("x", {}).get("b"))
#--- no error
employees = [
    {"name": "Mia", "salary": 4200},
    {"name": "Jon", "salary": 3900},
]
for e in employees:
    e["salary"] *= 1.1
print(round(sum(e["salary"] for e in employees)))
#--- TypeError
employees = [
    {"name": "Mia", "salary": 4200},
    {"name": "Jon", "salary": "3900"},
]
print(sum(e["salary"] for e in employees))
#--- SyntaxError
employees = [
    {"name": "Mia", "salary": 4200},
    {"name": "Jon"; "salary": 3900},
]
print(len(employees))
#--- IndexError
employees = [
    {"name": "Mia", "salary": 4200},
    {"name": "Jon", "salary": 3900},
]
print(employees[2]["name"])
#--- no error
employees = {
    "Mia": {"salary": 4200},
    "Jon": {"salary": 3900},
}
best = max(employees, key=lambda n: employees[n]["salary"])
print(best)
#--- KeyError
employees = {
    "Mia": {"salary": 4200},
    "Jon": {"pay": 3900},
}
best = max(employees, key=lambda n: employees[n]["salary"])
print(best)
#--- no error
s = "The rain in Spain"
print(s.lower().count("ai"), s.startswith("The"), s.endswith("n"))
print(s[4:8], s.split()[-1])
#--- IndexError
s = "The rain in Spain"
print(s.split()[3], s.split()[4])
#--- ValueError
s = "The rain in Spain"
print(s.index("sun"))
#--- no error
dna = "AGCTTAGC"
pairs = {"A": "T", "T": "A", "G": "C", "C": "G"}
print("".join(pairs[b] for b in reversed(dna)))
#--- KeyError
dna = "AGCTNAGC"
pairs = {"A": "T", "T": "A", "G": "C", "C": "G"}
print("".join(pairs[b] for b in reversed(dna)))
#--- no error
binary = "1101"
value = 0
for digit in binary:
    value = value * 2 + int(digit)
print(value)
#--- ValueError
binary = "1102"
print(int(binary, 2))
#--- TypeError
binary = "1101"
value = 0
for digit in binary:
    value = value * 2 + digit
print(value)
#--- no error
flags = 0b0101
print(flags & 0b0100 != 0, bin(flags | 0b1000), flags >> 1)
#--- TypeError
flags = "0101"
print(flags & 4)
#--- no error
ip = "192.168.0.1"
octets = [int(o) for o in ip.split(".")]
print(all(0 <= o <= 255 for o in octets))
#--- ValueError
ip = "192.168.0.x"
octets = [int(o) for o in ip.split(".")]
print(octets)
#--- no error
queue = []
queue.append("a")
queue.append("b")
print(queue.pop(0))
print(queue.pop(0))
print(len(queue))
#--- IndexError
queue = []
queue.append("a")
print(queue.pop(0))
print(queue.pop(0))
#--- AttributeError
queue = []
queue.enqueue("a")
#--- no error
matrix = [[0 for _ in range(3)] for _ in range(2)]
matrix[1][2] = 5
print(matrix)
#--- IndexError
matrix = [[0 for _ in range(3)] for _ in range(2)]
matrix[2][1] = 5
print(matrix)
#--- no error
matrix = [[0] * 2] * 2
matrix[0][0] = 1
print(matrix)
#--- no error
rows, cols = 3, 4
grid = [["." for _ in range(cols)] for _ in range(rows)]
grid[rows - 1][cols - 1] = "#"
print("\n".join("".join(r) for r in grid))
#--- IndexError
rows, cols = 3, 4
grid = [["." for _ in range(cols)] for _ in range(rows)]
grid[cols - 1][rows - 1] = "#"
print("\n".join("".join(r) for r in grid))
#--- no error
class Vehicle:
    wheels = 4

    def __init__(self, brand):
        self.brand = brand

class Bike(Vehicle):
    wheels = 2

print(Bike("Trek").wheels, Bike("Trek").brand)
#--- AttributeError
class Vehicle:
    wheels = 4

    def __init__(self, brand):
        self.brand = brand

class Bike(Vehicle):
    def __init__(self, brand, gears):
        self.gears = gears

print(Bike("Trek", 7).brand)
#--- AttributeError
class Vehicle:
    wheels = 4

    def __init__(self, brand):
        self.brand = brand

print(Vehicle.wheels, Vehicle.brand)
#--- no error
class Thermostat:
    def __init__(self):
        self._temp = 20

    @property
    def temp(self):
        return self._temp

    @temp.setter
    def temp(self, value):
        self._temp = max(5, value)

t = Thermostat()
t.temp = 1
print(t.temp)
#--- AttributeError
class Thermostat:
    def __init__(self):
        self._temp = 20

    @property
    def temp(self):
        return self._temp

t = Thermostat()
t.temp = 1
print(t.temp)
#--- TypeError
class Thermostat:
    def __init__(self):
        self._temp = 20

    @property
    def temp(self):
        return self._temp

t = Thermostat()
print(t.temp())
#--- no error
class Money:
    def __init__(self, amount):
        self.amount = amount
    def __add__(self, other):
        return Money(self.amount + other.amount)
    def __str__(self):
        return f"{self.amount:.2f} EUR"
print(Money(5) + Money(2.5))
#--- AttributeError
class Money:
    def __init__(self, amount):
        self.amount = amount
    def __add__(self, other):
        return Money(self.amount + other.amount)
print(Money(5) + 3)
#--- TypeError
class Money:
    def __init__(self, amount):
        self.amount = amount
    def __str__(self):
        return self.amount
print(Money(5))
#--- no error
class Team:
    def __init__(self, *members):
        self.members = list(members)
    def __len__(self):
        return len(self.members)
    def __contains__(self, name):
        return name in self.members
t = Team("a", "b")
print(len(t), "a" in t)
#--- TypeError
class Team:
    def __init__(self, *members):
        self.members = list(members)
t = Team("a", "b")
print(len(t))
#--- TypeError
class Team:
    def __init__(self, *members):
        self.members = list(members)
t = Team("a", "b")
for m in t:
    print(m)
#--- AttributeError
class Logger:
    def __init__(self):
        self.lines = []
    def log(self, text):
        self.lines.append(text)
logger = Logger()
logger.log("start")
logger.info("end")
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
