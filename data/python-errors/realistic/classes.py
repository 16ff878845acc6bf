#--- no error
class Shelf:
    def __init__(self, width):
        self.width = width
        self.books = []

    def put(self, title, thickness):
        if self.used() + thickness <= self.width:
            self.books.append((title, thickness))
            ⟦return True|return|return title.isbn⟧
        return False

    def used(self):
        return sum(⟦t for _, t in self.books|t for t in self.books|t for _, t in books⟧)


shelf = Shelf(⟦20|"20"|20.5⟧)
for title, thickness in [("Emma", 4), ("Dune", 9), ("Ulysses", ⟦8|None|6⟧)]:
    print(title, shelf.put(title, thickness))
print(shelf.width // shelf.used())
print(shelf.books[⟦1|2|3⟧][0])
#--- AttributeError
class Instrument:
    family = "none"

    def describe(self):
        return f"{self.name} ({self.family})"


class Flute(Instrument):
    family = "woodwind"

    def __init__(self, name):
        ⟦name = name|self.name = name|super().__init__()⟧


class Drum(Instrument):
    family = "percussion"
    name = "drum"


band = ⟦[Drum(), Flute("piccolo")]|[Drum(), Drum()]|[Drum(), Flute()]⟧
for player in band:
    print(player.describe()⟦|.title()|.titel()⟧)
#--- TypeError
from dataclasses import dataclass


@dataclass
class Reading:
    station: str
    celsius: float
    wet: bool = False


readings = [
    Reading("Kew", 11.5),
    Reading("Oban", ⟦"9.0"|9.0|float("9.0")⟧, True),
    Reading(⟦"Tiree"|None|station="Tiree"⟧, 8),
]
dry = [r for r in readings if not r.⟦wet|dry⟧]
print(len(dry), "dry stations")
warmest = max(readings, key=lambda r: r.celsius)
print(warmest.station)
#--- no error
class Money:
    def __init__(self, pence):
        self.pence = pence

    def __add__(self, other):
        ⟦if isinstance(other, int):
            other = Money(other)
        |⟧return Money(self.pence + other.pence)

    ⟦__radd__ = __add__|__rsub__ = __add__|__iadd__ = __add__⟧

    def __str__(self):
        return ⟦"£%d.%02d" % divmod(self.pence, 100)|self.pence|"£%d.%02d" % self.pence⟧


till = [Money(250), Money(399), Money(⟦1|0|-400⟧)]
total = sum(till)
print(total)
#--- TypeError
from abc import ABC, abstractmethod


class Exporter(ABC):
    @abstractmethod
    def header(self): ...

    ⟦@abstractmethod
    |⟧def row(self, values):
        return ",".join(values)


class Csv(Exporter):
    def header(self):
        return "name,age"


class Tabs(Exporter):
    def header(self):
        return "name\tage"

    def row(self, values):
        return "\t".join(values)


for kind in ⟦(Tabs, Csv)|(Tabs,)|(Tabs, Exporter)⟧:
    out = kind()
    print(out.header())
    print(out.row(["Ola", ⟦"31"|31⟧]))
#--- no error
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees

    @property
    def degrees(self):
        return self.⟦_degrees|degrees|__degrees⟧

    @degrees.setter
    def degrees(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._degrees = value

    @property
    def kelvin(self):
        return self._degrees + 273.15


probe = Celsius(⟦21|-300|-273.15|"21"⟧)
⟦probe.degrees -= 5|probe.kelvin = 290|probe.degrees -= 500⟧
print(round(probe.kelvin⟦|()⟧, 2))
#--- AttributeError
class Point:
    __slots__ = ("x", "y"⟦|, "label"⟧)

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def named(self, label):
        ⟦self.label = label|self.x = label|return (label, self.x, self.y)⟧
        return self


corner = Point(0, 4)
print(corner.x, corner.y)
print(corner.named("top left"))
#--- RecursionError
class Settings:
    def __init__(self, **values):
        self.⟦values|__dict__["_values"]|seen⟧ = values

    def __getattr__(self, name):
        return self._values[name]


prefs = Settings(theme="dark", size=12)
print(prefs.theme)
print(prefs.size + 1)
print(prefs.⟦size|font⟧)
#--- no error
from dataclasses import dataclass, field


@dataclass(order=True)
class Job:
    priority: int
    name: str = field(compare=⟦False|True⟧)
    needs: list = ⟦field(default_factory=list, compare=False)|[]|None|()⟧


queue = sorted([Job(3, "paint"), Job(1, "sand"), Job(⟦2|"2"|1⟧, "prime")])
queue[0].needs.append("dust mask")
for job in queue:
    print(job.priority, job.name, len(job.needs))
assert queue[-1].name == "paint"⟦|, "paint comes last"⟧
#--- AssertionError
class Basket:
    def __init__(self, items=⟦[]|()|None⟧):
        self.items = list(items) if ⟦False|items|True⟧ else items

    def add(self, item):
        self.items.append(item)
        return self


monday = Basket().add("leeks")
tuesday = Basket().add("milk").add("eggs")
assert len(tuesday.items) == 2, tuesday.items
print(monday.items)
#--- TypeError
class Account:
    rate = 0.02

    def __init__(self, owner, balance=0):
        self.owner, self.balance = owner, balance

    def interest(⟦|self⟧):
        return self.balance * self.rate


class Savings(Account):
    rate = 0.05

    def interest(self):
        return super().interest() ⟦+|/⟧ 1


accounts = [Account("Mo"), Savings("Jin", 200)]
for a in accounts⟦|[:0]⟧:
    print("%s: %.2f" % (a.owner, a.interest()))
#--- no error
import enum


class Signal(enum.Enum):
    RED = "stop"
    AMBER = "wait"
    GREEN = "go"

    def next(self):
        order = list(Signal)
        return order[(order.index(self) + 1)⟦ % len(order)|⟧]


light = Signal⟦("stop")|("STOP")|["RED"]|["stop"]|.RED⟧
for _ in range(⟦4|2|1⟧):
    light = light.next()
    print(light.name.lower(), "=", light.value)
if light is Signal.GREEN and ⟦light.colour|light.value|light > Signal.RED⟧:
    print("drive")
#--- KeyError
from enum import Enum, auto

class Phase(Enum):
    NEW = auto()
    WAXING = auto()
    FULL = auto()
    WANING = auto()

diary = """
3 NEW
11 WAXING
18 ⟦Full|FULL|NEW⟧
26 WANING
"""
nights = {}
for line in diary.strip().splitlines():
    day, phase = line.split()
    nights[Phase[phase]] = ⟦int(day)|int(phase)|day⟧
print(nights[Phase.⟦FULL|NEW|GIBBOUS⟧] - nights[Phase.NEW])
#--- no error
from collections import namedtuple

Planet = namedtuple("Planet", "name moons ⟦radius|rad|radius mass⟧"⟦|, defaults=[1.0]⟧)

system = [
    Planet("Mars", 2, 3390),
    Planet("Earth", 1, ⟦6371|0|"6371"⟧),
    Planet("Venus", 0, 6052),
]
name, moons, radius = system[0]
for p in sorted(system, key=lambda p: p.radius):
    print(f"{p.name:<8}{p.moons:>3}{6371 / p.radius:8.2f}")
bigger = system[0]._replace(moons=⟦3|"3"⟧)
print(bigger[⟦1|-1|3⟧])
#--- AttributeError
from collections import namedtuple
Tide = namedtuple('Tide', ['hour', 'height'])
tides = [Tide(1, 0.6), Tide(7, 4.1), Tide(13, 0.9), Tide(19, 4.4)]
high = [t for t in tides if t.height > ⟦2|5|"2"⟧]
correction = 0.1
for t in high:
    ⟦t.height += correction|t = t._replace(height=t.height + correction)|correction += t.height⟧
    print(t.hour, round(t.height, 1))
print('highest at', max(high, key=lambda t: t.height).hour)
#--- no error
class Polynomial:
    def __init__(self, *coefficients):
        self.c = coefficients

    def __call__(self, x):
        result = 0
        for k in reversed(self.c):
            result = result * x + k
        return result

    def __len__(self):
        return ⟦len(self.c)|len(self.c) - 4|float(len(self.c))|len(self)⟧

    def __getitem__(self, power):
        return self.c[power]


p = Polynomial⟦(2, 0, 1)|([2, 0, 1])|()⟧
print(p(3), p⟦[1]|[3]|.get(1)⟧)
print("degree", len(p) - 1)
print(sum(k for k in p))
#--- NameError
class Counter:
    total = 0
    step = 2

    def click(self):
        ⟦total|self.total|Counter.total|Counters.total⟧ += ⟦step|self.step⟧


class Gate:
    def __init__(self):
        self.counter = Counter()

    def enter(self, people):
        for _ in people:
            print("in")
        print(self.count⟦|er⟧.total)


gate = Gate()
Counter.step
print(step)
#--- no error
class Node:
    def __init__(self, value, rest=None):
        self.value = value
        self.rest = rest

    def __iter__(self):
        node = self
        while node⟦ is not None||.rest⟧:
            yield ⟦node.value|node.val|node⟧
            node = node.rest


chain = Node("a", Node("b", Node("c"⟦|, "d"|, None⟧)))
letters = list(chain)
print("-".join(letters))
print(letters.index(⟦"c"|"d"|"a"⟧))
#--- StopIteration
class Countdown:
    def __init__(self, start):
        self.now = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.now == 0:
            raise StopIteration
        self.now -= 1
        return self.now + 1


rocket = Countdown(⟦3|4|0|"3"⟧)
for tick in rocket:
    print(tick)
    if tick == ⟦1|2|9⟧:
        break
print("ignition", next(rocket⟦|, "now"⟧))
#--- TypeError
class Fleet:
    def __init__(self, names):
        self.names = names

    def ⟦iter|__iter__|__next__⟧(self):
        return iter(self.names)

    def __contains__(self, name):
        return name ⟦in|not in⟧ self.names

fleet = Fleet(⟦["Argo", "Beagle"]|2|"Argo"⟧)
if "Argo" in fleet:
    print("Argo is ours")
for ship in fleet:
    print(ship.upper())
#--- no error
class Tree:
    """A tree of topics; each knows its parent."""

    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.children = []
        if parent⟦ is not None| is None|⟧:
            parent.children.append(self)

    def path(self):
        if self.parent is None:
            return self.name
        return ⟦self.parent.path()|self.path()|self.parent.path⟧ + "/" + self.name

    def depth(self):
        return 0 if not self.children else 1 + max(c.depth() for c in self.children)


root = Tree("biology")
birds = Tree("birds", root)
owls = Tree("owls", ⟦birds|"birds"|root⟧)
print(owls.path())
print(root.depth(), root.children[0].children⟦[0].name||[1].name⟧)
#--- ZeroDivisionError
class Fraction:
    def __init__(self, top, bottom=⟦0|1|None⟧):
        self.top = top
        self.bottom = bottom

    def __mul__(self, other):
        return Fraction(self.top * other.top, self.bottom * other.bottom)

    def __float__(self):
        return self.top / self.bottom


half = Fraction(1, 2)
three = Fraction(3)
print(float(half))
product = half * ⟦three|half|3⟧
print(product.top)
print(⟦float(product)|float(half)|product.bottom|int(product)⟧)
#--- no error
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __matmul__(self, other):
        ⟦columns = list(zip(*other.rows))|columns = zip(*other.rows)|columns = list(zip(other.rows))⟧
        return Matrix([
            [sum(a * b for a, b in zip(row, col)) for col in columns]
            for row in self.rows
        ])

    def __eq__(self, other):
        return self.rows == other.rows

    def trace(self):
        return sum(self.rows[i][i] for i in range(len(self.rows)))


turn = Matrix([[0, -1], [1, ⟦0|"0"|None⟧]])
half = turn @ turn
print(half.rows, half.trace())
assert half ⟦@|==|*⟧ half == Matrix([[1, 0], [0, 1]])
#--- TypeError
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(⟦"."|"-"|None⟧)))

    def ⟦__gt__|__lt__|__eq__⟧(self, other):
        return self.parts > other

    def __repr__(self):
        return "v" + ".".join(map(str, self.parts))


found = [Version("3.10"), Version("3.9"), Version("2.7")]
print(found)
print(sorted(found))
#--- no error
import functools


@functools.total_ordering
class Grade:
    ORDER = "FEDCBA"

    def __init__(self, letter):
        self.rank = self.ORDER.⟦index|find|rindex⟧(letter)

    def __eq__(self, other):
        return self.rank == other.rank

    ⟦def __lt__(self, other):
        return self.rank < other.rank|def less(self, other):
        return self.rank < other.rank|def __ge__(self, other):
        return self.rank >= other.rank⟧


marks = {"art": Grade("B"), "maths": Grade("⟦A|a|G|AB⟧"), "PE": Grade("C")}
best = max(marks, key=⟦marks.get|marks|lambda m: marks[m].rank⟧)
print(best, marks[best] >= marks["art"])
print({marks["art"].rank: ⟦1|marks["Art"]⟧})
#--- TypeError
class Square:
    def __init__(self, file, rank):
        self.file, self.rank = file, rank

    def __eq__(self, other):
        return (self.file, self.rank) == (other.file, other.rank)

    ⟦|def __hash__(self):
        return hash((self.file, self.rank))
|def hash(self):
        return 7
⟧
board = ⟦{}|[]⟧
a1 = Square("a", 1)
print(a1 == Square("a", 1))
board[a1] = "rook"
print(board[Square("a", ⟦1|2⟧)])
#--- no error
class Registry(type):
    kinds = {}

    def __new__(mcls, name, bases, space):
        cls = super().__new__(mcls, name, bases, space)
        mcls.kinds[⟦name.lower()|name|space["tag"]⟧] = cls
        ⟦return cls|return|return name⟧


class Widget(metaclass=Registry):
    pass


class Button(Widget):
    text = "OK"


class Slider(Widget):
    value = 5


made = Registry.kinds["button"]()
print(made.text⟦|.upper()|.value⟧)
print(sorted(Registry.kinds))
#--- AttributeError
class Parser:
    def __init__(self, text):
        self.text = text
        self.pos = 0

    def __peek(self):
        return self.text[self.pos] if self.pos < len(self.text) else ""

    def number(self):
        start = self.pos
        while self.⟦__peek|peek⟧().isdigit():
            self.pos += 1
        return int(self.text[start:self.pos])


p = Parser("⟦42|4x|⟧+17")
print(p.number())
p.pos += 1
print(p.number())
print(p.⟦__peek()|_Parser__peek()|number()|pos⟧)
#--- SyntaxError
class Elevator:
    def __init__(self, floors):
        self.floors = floors
        self.at = 0

    def go(self, floor)⟦|:⟧
        if floor not in range(self.floors):
            raise ValueError(f"no floor {floor}")
        moved = abs(floor - self.at)
        self.at = floor
        return moved


lift = Elevator(6)
trips = [3, 1, ⟦5|6|5.0⟧, 0]
print(sum(lift.go(f) for f in trips), "floors travelled")
#--- no error
class Temperature:
    def __get__(self, thing, owner=None):
        return thing.__dict__⟦.get("t", 20)|["t"]|.t⟧

    def __set__(self, thing, value):
        if ⟦value > 250|value < 0|value⟧:
            raise ValueError("too hot")
        thing.__dict__["t"] = value


class Oven:
    t = Temperature()

    def preheat(self, to):
        while self.t < to:
            self.t += ⟦40|80⟧
        return self.t


oven = Oven()
print(oven.t)
print(oven.preheat(180))
try:
    oven.t = 400
except ⟦ValueError|KeyError|(TypeError, ValueError)⟧ as problem:
    print("refused:", problem)
