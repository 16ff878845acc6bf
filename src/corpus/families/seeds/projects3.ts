/** Hand-written programs: shops, schools, games, banks, weather and other small projects. */
export const seeds = String.raw`
#--- no error
people = 5
pizzas = 3
slices = pizzas * 8
print("Slices each:", slices // people, "left over:", slices % people)
#--- no error
seconds = 3725
h, rest = divmod(seconds, 3600)
m, s = divmod(rest, 60)
print(f"{h:02}:{m:02}:{s:02}")
#--- TypeError
seconds = "3725"
h, rest = divmod(seconds, 3600)
print(h)
#--- ZeroDivisionError
print(divmod(10, 0))
#--- no error
a, b, c = 1, -3, 2
d = b ** 2 - 4 * a * c
x1 = (-b + d ** 0.5) / (2 * a)
x2 = (-b - d ** 0.5) / (2 * a)
print(x1, x2)
#--- ZeroDivisionError
a, b, c = 0, -3, 2
d = b ** 2 - 4 * a * c
x1 = (-b + d ** 0.5) / (2 * a)
print(x1)
#--- ValueError
import math
a, b, c = 1, 2, 5
d = b ** 2 - 4 * a * c
print(math.sqrt(d))
#--- no error
def calculator(a, op, b):
    if op == "+": return a + b
    if op == "-": return a - b
    if op == "*": return a * b
    if op == "/": return a / b
    raise ValueError(f"unknown operator {op}")
print(calculator(6, "/", 3), calculator(2, "*", 4))
#--- ValueError
def calculator(a, op, b):
    if op == "+": return a + b
    if op == "/": return a / b
    raise ValueError(f"unknown operator {op}")
print(calculator(6, "%", 3))
#--- ZeroDivisionError
def calculator(a, op, b):
    if op == "+": return a + b
    if op == "/": return a / b
    raise ValueError(f"unknown operator {op}")
print(calculator(6, "/", 0))
#--- no error
expr = "3 4 + 2 *"
stack = []
for tok in expr.split():
    if tok in "+*":
        b, a = stack.pop(), stack.pop()
        stack.append(a + b if tok == "+" else a * b)
    else:
        stack.append(int(tok))
print(stack[0])
#--- IndexError
expr = "3 + *"
stack = []
for tok in expr.split():
    if tok in "+*":
        b, a = stack.pop(), stack.pop()
        stack.append(a + b if tok == "+" else a * b)
    else:
        stack.append(int(tok))
print(stack[0])
#--- no error
def fahrenheit(temps):
    return {city: round(t * 1.8 + 32) for city, t in temps.items()}
print(fahrenheit({"Rome": 30, "Oslo": 12}))
#--- AttributeError
def fahrenheit(temps):
    return {city: round(t * 1.8 + 32) for city, t in temps.items()}
print(fahrenheit([("Rome", 30), ("Oslo", 12)]))
#--- no error
def timer(func):
    def wrapper(*args):
        print("start", func.__name__)
        result = func(*args)
        print("end")
        return result
    return wrapper

@timer
def add(a, b):
    return a + b
print(add(1, 2))
#--- TypeError
def timer(func):
    def wrapper():
        print("start", func.__name__)
        return func()
    return wrapper

@timer
def add(a, b):
    return a + b
print(add(1, 2))
#--- TypeError
def timer(func):
    def wrapper(*args):
        return func(*args)

@timer
def add(a, b):
    return a + b
print(add(1, 2))
#--- NameError
@timer
def add(a, b):
    return a + b
print(add(1, 2))
#--- no error
def repeat(n):
    def deco(f):
        def inner(*a):
            for _ in range(n):
                f(*a)
        return inner
    return deco
@repeat(2)
def hi(name):
    print("hi", name)
hi("Bo")
#--- no error
def repeat(n):
    def deco(f):
        def inner(*a):
            for _ in range(n):
                f(*a)
        return inner
    return deco
@repeat
def hi(name):
    print("hi", name)
hi("Bo")
#--- no error
def compose(f, g):
    return lambda x: f(g(x))
inc_then_double = compose(lambda x: x * 2, lambda x: x + 1)
print(inc_then_double(5))
#--- no error
funcs = [lambda: i for i in range(3)]
print([f() for f in funcs])
#--- no error
pipeline = [str.strip, str.lower, len]
value = "  Hello "
for step in pipeline:
    value = step(value)
print(value)
#--- TypeError
pipeline = [str.strip, len, str.lower]
value = "  Hello "
for step in pipeline:
    value = step(value)
print(value)
#--- no error
commands = {"hi": lambda: "hello", "bye": lambda: "goodbye"}
for c in ["hi", "bye"]:
    print(commands[c]())
#--- KeyError
commands = {"hi": lambda: "hello", "bye": lambda: "goodbye"}
for c in ["hi", "quit"]:
    print(commands[c]())
#--- no error
matrix = [[1, 2], [3, 4]]
det = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]
print("det =", det)
inverse = [[matrix[1][1] / det, -matrix[0][1] / det], [-matrix[1][0] / det, matrix[0][0] / det]]
print(inverse)
#--- ZeroDivisionError
matrix = [[1, 2], [2, 4]]
det = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]
inverse = [[matrix[1][1] / det, -matrix[0][1] / det], [-matrix[1][0] / det, matrix[0][0] / det]]
print(inverse)
#--- no error
alive = {(0, 0), (0, 1), (1, 0)}
def neighbours(x, y):
    return sum((x + dx, y + dy) in alive for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
print(neighbours(0, 0))
#--- no error
import random
random.seed(42)
heads = sum(random.choice([True, False]) for _ in range(100))
print(0 <= heads <= 100)
#--- no error
from collections import deque
queue = deque(["Ann", "Bob", "Cid"])
queue.rotate(-1)
print(list(queue))
served = queue.popleft()
print(served)
#--- IndexError
from collections import deque
queue = deque(["Ann"])
while True:
    print("serving", queue.popleft())
#--- no error
from dataclasses import dataclass, field

@dataclass(order=True)
class Task:
    priority: int
    name: str = field(compare=False)

tasks = [Task(2, "wash"), Task(1, "cook")]
print(min(tasks).name)
#--- TypeError
from dataclasses import dataclass

@dataclass
class Task:
    priority: int
    name: str

tasks = [Task(2, "wash"), Task(1, "cook")]
print(min(tasks).name)
#--- no error
from dataclasses import dataclass

@dataclass
class Vec:
    x: float
    y: float
    def length(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

print(Vec(3, 4).length())
#--- no error
from enum import Enum

class Light(Enum):
    RED = "stop"
    GREEN = "go"

light = Light.RED
if light is Light.RED:
    print(light.value)
#--- no error
from itertools import groupby
data = [("fruit", "apple"), ("fruit", "pear"), ("veg", "leek")]
for kind, items in groupby(data, key=lambda p: p[0]):
    print(kind, [name for _, name in items])
#--- no error
from functools import reduce
orders = [{"total": 5}, {"total": 7.5}]
print(reduce(lambda acc, o: acc + o["total"], orders, 0))
#--- TypeError
from functools import reduce
orders = [{"total": 5}, {"total": 7.5}]
print(reduce(lambda acc, o: acc + o["total"], orders))
#--- no error
from datetime import date
birthdays = {"Ann": date(2000, 5, 1), "Bob": date(1998, 12, 24)}
for who, when in sorted(birthdays.items(), key=lambda p: p[1]):
    print(who, when.isoformat())
#--- no error
import json
orders = json.loads('[{"id": 1, "items": ["pen"]}, {"id": 2, "items": []}]')
for order in orders:
    print(order["id"], len(order["items"]))
#--- IndexError
import json
orders = json.loads('[{"id": 1, "items": ["pen"]}, {"id": 2, "items": []}]')
for order in orders:
    print(order["id"], order["items"][0])
#--- KeyError
import json
orders = json.loads('[{"id": 1, "items": ["pen"]}, {"id": 2}]')
for order in orders:
    print(order["id"], order["items"])
#--- no error
import re
text = "Order #12 and order #7"
ids = [int(n) for n in re.findall(r"#(\d+)", text)]
print(sum(ids))
#--- no error
import re
pattern = re.compile(r"^[\w.]+@\w+\.\w+$")
for mail in ["a@b.co", "nope"]:
    print(mail, bool(pattern.match(mail)))
#--- AttributeError
import re
pattern = re.compile(r"^(\w+)@(\w+)\.\w+$")
for mail in ["a@b.co", "nope"]:
    print(pattern.match(mail).group(1))
`;
