#--- no error
from abc import ABC, abstractmethod
import math


class Shape(ABC):
    @abstractmethod
    def area(self):
        ...

    def describe(self):
        return f"{type(self).__name__} with area {self.area():.1f}"


class Circle(Shape):
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return math.pi * self.radius ** 2


class Rectangle(Shape):
    def __init__(self, width, height):
        self.width, self.height = width, height

    def area(self):
        return self.width * self.height


shapes = [Circle(2), Rectangle(3, 4)]
for shape in sorted(shapes, key=lambda shape: shape.area()):
    print(shape.describe())
#--- TypeError
from abc import ABC, abstractmethod


class Animal(ABC):
    @abstractmethod
    def sound(self):
        pass


class Dog(Animal):
    def sound(self):
        return "Woof"


class Fish(Animal):
    def swim(self):
        return "..."


for animal in (Dog, Fish):
    print(animal().sound())
#--- no error
class Temperature:
    def __init__(self, celsius):
        self.celsius = celsius

    @property
    def celsius(self):
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._celsius = value

    @property
    def fahrenheit(self):
        return self._celsius * 9 / 5 + 32


reading = Temperature(21.5)
print(reading.fahrenheit)
reading.celsius = -40
print(reading.fahrenheit == reading.celsius)
try:
    reading.celsius = -300
except ValueError as error:
    print("refused:", error)
#--- RecursionError
class Temperature:
    def __init__(self, celsius):
        self.celsius = celsius

    @property
    def celsius(self):
        return self.celsius

    @celsius.setter
    def celsius(self, value):
        self.celsius = value


reading = Temperature(20)
print(reading.celsius)
#--- AttributeError
class Temperature:
    def __init__(self, kelvin):
        self._kelvin = kelvin

    @property
    def celsius(self):
        return self._kelvin - 273.15


water = Temperature(300)
print(round(water.celsius, 2))
water.celsius = 50
print(water.celsius)
#--- no error
class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    __rmul__ = __mul__

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"


a, b = Vector(1, 2), Vector(3, -1)
print(a + b, 3 * a, b * 2)
assert a + b == Vector(4, 1)
#--- TypeError
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)


a = Vector(1, 2)
b = a * 3
c = 2 * a
print(b.x, c.y)
#--- no error
class Stack:
    def __init__(self, *items):
        self._items = list(items)

    def __len__(self):
        return len(self._items)

    def __bool__(self):
        return bool(self._items)

    def __iter__(self):
        return reversed(self._items)

    def push(self, item):
        self._items.append(item)
        return self

    def pop(self):
        return self._items.pop()


stack = Stack(1, 2).push(3).push(4)
while stack:
    print(stack.pop(), end=" ")
print(len(stack))
#--- AttributeError
class Query:
    def __init__(self, rows):
        self.rows = rows

    def where(self, **conditions):
        self.rows = [r for r in self.rows if all(r.get(k) == v for k, v in conditions.items())]
        return self

    def order_by(self, key):
        self.rows.sort(key=lambda r: r[key])

    def first(self):
        return self.rows[0] if self.rows else None


data = [{"id": 2, "kind": "a"}, {"id": 1, "kind": "a"}, {"id": 3, "kind": "b"}]
print(Query(data).where(kind="a").order_by("id").first())
#--- no error
import time
from functools import wraps


def timed(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = function(*args, **kwargs)
        wrapper.calls.append(time.perf_counter() - start)
        return result

    wrapper.calls = []
    return wrapper


@timed
def slow_sum(limit):
    """Add the first numbers."""
    return sum(range(limit))


print(slow_sum(1000), slow_sum(limit=10))
print(slow_sum.__name__, len(slow_sum.calls))
#--- TypeError
def retry(times):
    def decorator(function):
        def wrapper(*args):
            for attempt in range(times):
                try:
                    return function(*args)
                except ValueError:
                    print("attempt", attempt + 1, "failed")
            return None
        return wrapper
    return decorator


@retry
def parse(text):
    return int(text)


print(parse("12") + 1)
print(parse("x"))
#--- no error
def retry(times):
    def decorator(function):
        def wrapper(*args):
            for attempt in range(times):
                try:
                    return function(*args)
                except ValueError:
                    print("attempt", attempt + 1, "failed")
            return None
        return wrapper
    return decorator


@retry(times=2)
def parse(text):
    return int(text)


print(parse("12"))
print(parse("x"))
#--- no error
from contextlib import contextmanager


@contextmanager
def section(title):
    print(f"<{title}>")
    try:
        yield title.upper()
    finally:
        print(f"</{title}>")


class Recorder:
    def __init__(self):
        self.events = []

    def __enter__(self):
        self.events.append("enter")
        return self

    def __exit__(self, kind, value, traceback):
        self.events.append(kind.__name__ if kind else "exit")
        return kind is KeyError


with section("body") as name:
    print(name)

with Recorder() as recorder:
    {}["missing"]
print(recorder.events)
#--- ValueError
class Transaction:
    def __init__(self, data):
        self.data = data
        self.backup = None

    def __enter__(self):
        self.backup = dict(self.data)
        return self.data

    def __exit__(self, kind, value, traceback):
        if kind is not None:
            self.data.clear()
            self.data.update(self.backup)


accounts = {"a": 10, "b": 5}
with Transaction(accounts) as data:
    data["a"] -= 20
    if data["a"] < 0:
        raise ValueError("negative balance")
print(accounts)
#--- no error
class InsufficientStock(Exception):
    def __init__(self, item, wanted, available):
        super().__init__(f"{item}: wanted {wanted}, only {available} available")
        self.item = item


class Shop:
    def __init__(self, **stock):
        self.stock = stock

    def sell(self, item, amount=1):
        available = self.stock.get(item, 0)
        if amount > available:
            raise InsufficientStock(item, amount, available)
        self.stock[item] = available - amount


shop = Shop(pens=10, paper=2)
for item, amount in [("pens", 4), ("paper", 3), ("ink", 1)]:
    try:
        shop.sell(item, amount)
    except InsufficientStock as error:
        print("sorry,", error)
print(shop.stock)
#--- KeyError
class MissingSetting(KeyError):
    pass


class Settings:
    def __init__(self, **values):
        self.values = values

    def __getitem__(self, name):
        try:
            return self.values[name]
        except KeyError:
            raise MissingSetting(name) from None


settings = Settings(theme="dark", size=11)
print(settings["theme"])
print(settings["language"])
#--- AttributeError
class Settings:
    def __init__(self, **values):
        self.values = values

    def __getattr__(self, name):
        if name in self.values:
            return self.values[name]
        raise AttributeError(f"no setting named {name!r}")


settings = Settings(theme="dark", size=11)
print(settings.theme, settings.size + 1)
print(settings.font)
#--- no error
from enum import Enum


class State(Enum):
    RED = 30
    GREEN = 45
    YELLOW = 5

    def next(self):
        order = list(State)
        return order[(order.index(self) + 1) % len(order)]


def simulate(start, seconds):
    state, passed = start, 0
    while passed + state.value <= seconds:
        passed += state.value
        yield state.name, passed
        state = state.next()


for name, second in simulate(State.RED, 160):
    print(f"{second:>4}s end of {name}")
#--- ValueError
from enum import Enum


class Level(Enum):
    LOW = 1
    MEDIUM = 2
    HIGH = 3


def parse(codes):
    return [Level(code).name for code in codes]


print(parse([1, 3, 2]))
print(parse([2, 4]))
#--- TypeError
class Counter:
    def __init__(self, start):
        self.value = start

    def increase(step=1):
        return step


counter = Counter(10)
print(counter.increase())
print(counter.increase(5) + counter.value)
#--- TypeError
class Base:
    def __init__(self, name):
        self.name = name


class Child(Base):
    def __init__(self, name, age):
        super().__init__()
        self.age = age


child = Child("Lia", 7)
print(child.name, child.age)
#--- AttributeError
class Base:
    def __init__(self, name):
        self.name = name


class Child(Base):
    def __init__(self, name, age):
        self.age = age

    def __str__(self):
        return f"{self.name} ({self.age})"


child = Child("Lia", 7)
print(child.age)
print(child)
#--- no error
class Event:
    def __init__(self):
        self._handlers = []

    def subscribe(self, handler):
        self._handlers.append(handler)
        return handler

    def fire(self, *args):
        return [handler(*args) for handler in self._handlers]


changed = Event()


@changed.subscribe
def log(old, new):
    return f"{old} -> {new}"


changed.subscribe(lambda old, new: new - old)
print(changed.fire(3, 8))
print(changed.fire(8, 2))
#--- no error
class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    def __getitem__(self, position):
        row, column = position
        return self.rows[row][column]

    def __setitem__(self, position, value):
        row, column = position
        self.rows[row][column] = value

    @classmethod
    def identity(cls, size):
        return cls([[int(i == j) for j in range(size)] for i in range(size)])

    @staticmethod
    def valid(rows):
        return len({len(row) for row in rows}) == 1


m = Matrix.identity(3)
m[0, 2] = 7
print(m[0, 2], m[2, 0], Matrix.valid(m.rows))
#--- IndexError
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def column(self, index):
        return [row[index] for row in self.rows]


m = Matrix([[1, 2, 3], [4, 5], [6, 7, 8]])
print(m.column(0))
print(m.column(2))
#--- SyntaxError
class Player:
    def __init__(self, name, lives=3, score):
        self.name = name
        self.lives = lives
        self.score = score


player = Player("Zed", 2, 100)
print(player.name)
#--- IndentationError
class Timer:
    def __init__(self):
        self.ticks = 0

    def tick(self):
    self.ticks += 1


timer = Timer()
timer.tick()
print(timer.ticks)
#--- NameError
class Cart:
    def __init__(self):
        self.items = []

    def add(self, name, price):
        self.items.append((name, price))

    def total(self):
        return sum(price for _, price in items)


cart = Cart()
cart.add("tea", 3.5)
cart.add("cup", 8)
print(cart.total())
#--- no error
from typing import Optional, Protocol


class Storage(Protocol):
    def get(self, key: str) -> Optional[str]: ...


class Memory:
    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get(self, key: str) -> Optional[str]:
        return self.values.get(key)

    def put(self, key: str, value: str) -> None:
        self.values[key] = value


def greeting(storage: Storage, user: str) -> str:
    name = storage.get(user)
    return f"Hello {name}!" if name else "Who are you?"


memory = Memory()
memory.put("u1", "Sara")
print(greeting(memory, "u1"), greeting(memory, "u2"))
