#--- no error
# annotations.py: what is evaluated when
from typing import Union

Number = Union[int, float]


def scale(values: list[Number], factor: Number = ⟦2|2.5|"2"⟧) -> list[⟦Number|Numbers|"Numbers"⟧]:
    step: ⟦Missing|int⟧
    return [v * factor for v in values]


def label(value: Number, unit: str = "kg") -> str:
    return f"{value:.1f} {unit}"


for v in scale([1, 2.25]):
    print(label(v))
#--- no error
class Tree:
    def __init__(self, label: str, children: "list[Tree]" = None):
        self.label = label
        self.children = children or []

    def add(self, child: ⟦Tree|"Tree"|object⟧) -> None:
        self.children.append(child)

    def size(self) -> int:
        return 1 + sum(c.size() for c in self.children)


root = Tree("root")
root.add(Tree("left", [Tree("leaf")]))
root.add(⟦Tree("right")|"right"|None⟧)
print(root.size())
#--- no error
from typing import get_type_hints, Protocol


class Shape(Protocol):
    def area(self) -> float: ...


class Square:
    side: ⟦float|"float"|"flot"⟧

    def __init__(self, side):
        self.side = side

    def area(self) -> float:
        return self.side ** 2


def total(shapes: "list[Shape]") -> float:
    return sum(s.area() for s in shapes)


print(total([Square(2), Square(⟦1.5|"x"⟧)]))
hints = get_type_hints(Square)
print(hints[⟦"side"|"area"⟧].__name__)
#--- TypeError
from typing import ⟦Optional, Tuple|Optional|Optional, Tuple, Set⟧

Pair = ⟦tuple(int, int)|tuple[int, int]|Tuple[int, int]|(int, int)⟧


def swap(p: Pair) -> Pair:
    return p[1], p[0]


def first(p: Optional[Pair]) -> int:
    return p[0] if p else 0


print(swap((1, 2)))
print(first(None) + first((3, 4)))
#--- no error
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=⟦True|False⟧)
class Coin:
    value: int
    currency: str = "EUR"
    minted: ClassVar⟦[int]|["Int"]|[Int]|⟧ = 0

    def __add__(self, other: "Coin") -> "Coin":
        if self.currency != other.currency:
            raise ValueError("currencies differ")
        return Coin(self.value + other.value, self.currency)


purse = [Coin(1), Coin(2), Coin(5, ⟦"EUR"|"CHF"⟧)]
Coin.minted += len(purse)
total = purse[0]
for coin in purse[1:]:
    total = total + coin
print(total, Coin.minted, len({Coin(1), Coin(1)}))
#--- TypeError
from dataclasses import dataclass


@dataclass
class Parcel:
    address: str
    express: bool = False
    weight: float⟦| = 1.0|: float = 2⟧

    def price(self) -> float:
        base = 4.0 + self.weight * 0.5
        return base * 2 if self.express else base


parcels = [Parcel("Mill Lane 3", weight=2.0), Parcel("Quay 1", True, ⟦4.0|"4"⟧)]
print([p.price() for p in parcels])
#--- no error
from typing import TypedDict, Iterable


class Film(TypedDict, total=False):
    title: str
    year: int


def by_year(films: Iterable[Film]) -> dict[int, list[str]]:
    index: dict[int, list[str]] = {}
    for film in films:
        index.setdefault(film⟦.get("year", 0)|["year"]|.year⟧, []).append(film["title"])
    return index


films: list[Film] = [
    {"title": "Fog", "year": 1999},
    {"title": "Salt"},
    {"title": "Ash", "year": ⟦1999|"1999"|None⟧},
]
index = by_year(films)
print(index[⟦0|2000|1999⟧], len(index))
#--- SyntaxError
def scale(x: float, by: float = 1.0) -> float:
    return x * by


def shift(x: float, by⟦: float := 0.0|: float = 0.0|=0.0: float|: (float) = 0⟧) -> float:
    return x + by


pipeline = [scale, shift]
value = 3.0
for step in pipeline:
    value = step(value, ⟦2|"2"⟧)
print(value)
#--- IndentationError
def read_scores(lines):
    scores = {}
    for line in lines:
        name, _, points = line.partition(":")
        if points.strip():
            scores[name] = int(points)
    ⟦  scores.pop("total", None)|scores.pop("total", None)|    scores.pop("total", None)|  # done⟧
    return scores


board = read_scores(["kim: 4", "lee: 9", "total: 13"])
print(max(board, key=⟦board.get|board|len⟧))
#--- IndentationError
import json

def load(text):
	data = json.loads(text)
⟦    |	⟧return data["items"]

items = load('{"items": [4, 5, ⟦6|null|"6"⟧]}')
print(sum(items))
#--- IndentationError
class Kettle:
    def __init__(self, litres):
        self.litres = litres
        self.on = False
⟦
    def switch(self):
    self.on = not self.on|
    def switch(self):
        self.on = not self.on|
    def switch(self): self.on = not self.on|
    def switch(self):
        # TODO: not done yet⟧

    def minutes(self):
        return self.litres * 2.5

k = Kettle(⟦1.7|None⟧)
k.switch()
print(k.on, k.minutes())
#--- IndentationError
def discount(price, member):
    if member:
        price = price * 0.9
    return round(price, 2)

items = {"soap": 2.4, "brush": 5.0}
for name, price in items.items():
⟦>>> print(name, discount(price, True))|    print(name, discount(price, True))|    ... print(name)|    ...; print(name)⟧
print("done")
#--- SyntaxError
# pasted from a web page
message = ⟦“Good morning”|"Good morning"|'Good morning"|"Good “morning”"⟧
people = ["Ines", "Pavel"]
for person in people:
    print(message + ", " + person)
print(len(message) ⟦–|-|+⟧ 4)
#--- NameError
# part of a longer script
def update(record, **changes):
    for key, value in changes.items():
        if key not in record:
            raise KeyError(key)
        record[key] = value
    return record

⟦if DEBUG:
    print("debugging")
|DEBUG = False
|if "DEBUG" in globals() and DEBUG:
    print("debugging")
⟧employee = update({"name": "Noor", "room": 12}, room=⟦14|None⟧, ⟦name="Noor B."|nmae="N"|⟧)
print(employee)
#--- NameError
# cell 3 of a notebook
cleaned = [row for row in ⟦df|[("a", 1), ("b", 2)]|[]|["ab", "c"]⟧ if row[1] is not None]
print(len(cleaned), "rows left")
total = 0
for _, amount in cleaned:
    total += amount
print(total)
#--- TypeError
names = ["Ola", "Per", "Siv"]
heights = [171, 180, 165]

# python 2: map returned a list
both = ⟦zip(names, heights)|list(zip(names, heights))|[*zip(names, heights)]⟧
print("pairs:", ⟦len(both)|both|next(both)⟧)
tallest = max(both, key=lambda pair: pair[1])
print("tallest:", tallest[⟦0|-1⟧])
#--- AttributeError
ages = {"ann": 31, "bob": 28}
keys = ⟦ages.keys()|list(ages)|sorted(ages.keys())|list(ages.values())⟧
print("bob" in keys)
keys.sort()
print(keys[⟦0|1|2⟧])
for name in keys:
    print(name, ages[name])
#--- SyntaxError
def handler(code):
    if code < 0:
        ⟦raise ValueError, "negative code"|raise ValueError("negative code")|raise "negative code"|return None⟧
    return code * 2

print(handler(3))
try:
    print(handler(⟦-1|1|"-1"⟧))
except ValueError:
    print("refused")
#--- SyntaxError
# permissions for a new user
READ = ⟦0400|0o400|400|"400"⟧
WRITE = 0o200
mode = READ ^ WRITE
print(oct(mode))
if mode & READ:
    print("may read")
print(⟦0xFF|0xFG|0b102|0o17⟧ > WRITE)
#--- TypeError
import functools

words = ["pear", "fig", "banana"]

def by_length(a, b):
    return len(a) - len(b)

print(sorted(words, key=functools.cmp_to_key(by_length)))
words.sort(⟦by_length|key=len|key=by_length|reverse=True⟧)
print(words[0])
#--- NameError
def menu(entries):
    for number, entry in enumerate(entries, 1):
        print("%d. %s" % (number, entry))

def choose(entries, answer):
    try:
        return entries[int(answer) - 1]
    except (ValueError, IndexError):
        return None

entries = ["new game", "load", "quit"]
menu(entries)
choice = choose(entries, ⟦"2"|"7"|"load"⟧)
if ⟦isinstance(choice, basestring)|isinstance(choice, str)|choice and isinstance(choice, unicode)⟧:
    print("you chose", choice.upper())
#--- ImportError
from string import ⟦maketrans|ascii_lowercase|capwords, digits⟧

def rot13(text):
    table = str.maketrans(
        "abcdefghijklmnopqrstuvwxyz",
        "nopqrstuvwxyzabcdefghijklm⟦|!⟧",
    )
    return text.translate(table)

secret = rot13("meet at noon")
print(secret)
assert rot13(secret) == ⟦"meet at noon"|"Meet at noon"⟧
#--- ModuleNotFoundError
import sys

if sys.version_info[0] ⟦>=|<|==⟧ 3:
    import ⟦ConfigParser|configparser|queue⟧ as settings_module
else:
    import configparser as settings_module

reader = settings_module.ConfigParser()
reader.read(⟦"nowhere.ini"|[]⟧)
print(reader.sections())
#--- TypeError
import io

raw = b"caf\xc3\xa9;3\ntea;2\n"
text = ⟦raw|raw.decode("utf-8")|str(raw, "utf-8")|io.TextIOWrapper(io.BytesIO(raw), "utf-8").read()⟧
orders = {}
for line in text.splitlines():
    drink, n = line.split(⟦";"|","⟧)
    orders[drink] = int(n)
print(sorted(orders.items()))
#--- FileNotFoundError
import os

def latest(folder, ending=".log"):
    """Name of the last log by alphabet."""
    names = [n for n in os.listdir(folder) if n.endswith(ending)]
    return max(names⟦, default=None|⟧)

print(latest(⟦"logs"|"."⟧))
if os.path.isdir("logs"):
    print(latest("logs", ".txt").upper())
#--- FileNotFoundError
words = set()
try:
    with open(⟦"words.txt"|"/no/words.txt"|""⟧) as f:
        words = {line.strip() for line in f}
except ⟦PermissionError|FileNotFoundError|OSError|IOError⟧ as e:
    print("no list:", e)
    words = {"apple", "grape"}
finally:
    print(len(words), "words")

print(max(words))
#--- no error
import configparser

DEFAULTS = "[game]\nlives = 3\nspeed = 1.5\nname = %(player)s!\nplayer = Bo\n"

config = configparser.ConfigParser()
read = config.read(["game.ini", "/nowhere/game.ini"])
if ⟦not read|read|len(read) == 2⟧:
    config.read_string(DEFAULTS)

game = config[⟦"game"|"Game"|"DEFAULT"⟧]
lives = game.getint("lives")
for level in range(1, 3):
    lives -= level ⟦// 2|/ 0|⟧
print(game["name"], lives, game.getfloat("speed") * 2)
#--- TypeError
import json

def load_settings(path, fallback):
    try:
        with open(path) as f:
            return json.load(f)
    except FileNotFoundError:
        ⟦pass|return fallback|return json.loads(fallback)|raise⟧

settings = load_settings("settings.json", ⟦{"volume": 4, "name": "den"}|{}|None⟧)
volume = settings["volume"]
print("volume is", min(volume + 1, 10))
