#--- StopIteration
def csv_records(lines):
    rows = (line.split(",") for line in lines)
    header = next(rows)
    for row in rows:
        yield dict(zip(header, row))


people = csv_records(["name,town", "Ada,Bonn"⟦|, "Max,Graz"|, ""⟧])
first = next(people)
print(first["name"])
second = next(people⟦|, {"town": "none"}⟧)
print(second[⟦"town"|"name"⟧])
#--- StopIteration
class Countdown:
    def __init__(self, start):
        self.n = start

    def __iter__(self):
        return ⟦self|iter([9])|Countdown(self.n)⟧

    def __next__(self):
        if self.n <= ⟦0|-1⟧:
            raise StopIteration
        self.n -= 1
        return self.n + 1


clock = Countdown(3)
for tick in clock:
    print(tick)
print("last call:", next(clock))
#--- StopIteration
import csv, io

text = "id;name\n⟦|1;ham\n|\n⟧"
reader = csv.reader(io.StringIO(text), delimiter=";")
columns = next(reader)
width = len(columns)
try:
    first = next(reader)
except ⟦IndexError|StopIteration|Exception⟧:
    first = ["0", "-"]
print(width, first[⟦1|-1|2⟧])
#--- StopIteration
config = {"primary": None, "backup": ⟦None|"b.example"|""⟧, "local": ""}

def pick(hosts):
    chosen = next(name for name, host in hosts.items() if host⟦| is not None| == ""⟧)
    return chosen

for name in sorted(config):
    print(name, config[name] or "-")
print("using", pick(config))
#--- UnboundLocalError
def parse(lines):
    for line in lines:
        if line.startswith("#"):
            continue
        ⟦if "=" in line:|if line:|if line[0] == "t":⟧
            key, value = line.split("=", 1)
    return key.strip(), value.strip()

print(parse(["# comment", "tone = low"]))
print(parse([⟦"# only a comment"|"k=v"|"loud"⟧, "# end"]))
#--- UnboundLocalError
rate = 0.2

def gross(net, kind="full"):
    if kind == "none":
        rate = 0
    ⟦|else: rate = 0.1|elif kind == "full": rate = 0.2⟧
    return net * (1 + rate)

print(gross(100, ⟦"full"|"none"|"half"⟧))
print(gross(40, "none"))
#--- UnboundLocalError
def winner(scores):
    best = 0
    for player, points in scores.items():
        if points > best:
            best, name = points, player
    return name

rounds = [
    {"Lena": 3, "Omar": 7},
    {"Lena": ⟦0|1|-2|None⟧, "Omar": 0},
]
for r in rounds⟦|[:1]⟧:
    print(winner(r))
#--- UnboundLocalError
import os

def log_path(name):
    folder = os.path.join("var", name)
    ⟦if os.path.isdir("/nowhere"):
        import os.path|if False:
        import json|import os⟧
    return folder + ".log"

for service in ("mail", "web"):
    print(log_path(service))
#--- RecursionError
class Settings:
    def __init__(self, values):
        ⟦self.values = values|self.__dict__["values"] = values|object.__setattr__(self, "values", values)⟧

    def __getattr__(self, name):
        return self.values[name]

    def __setattr__(self, name, value):
        if name == "locked":
            raise TypeError("read only")
        ⟦self.name = value|self.values[name] = value|self.__dict__[name] = value⟧


s = Settings({"theme": "dark"})
print("made")
print(s.theme)
#--- RecursionError
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees

    @property
    def degrees(self):
        return self.⟦degrees|_degrees⟧

    @degrees.setter
    def degrees(self, value):
        if value < -273.15:
            raise ValueError("too cold")
        self._degrees = value


readings = [Celsius(d) for d in (21.5, 3, ⟦-40|-300⟧)]
print(len(readings))
print(min(r.⟦degrees|_degrees⟧ for r in readings))
#--- RecursionError
TREE = {"root": ["a", "b"], "a": ["c"], "b": [], "c": ⟦["a"]|[]|["b"]|["d"]⟧}


def depth(node):
    children = TREE⟦[node]|.get(node, [])⟧
    return 1 + max((depth(child) for child in children), default=0)


print("b:", depth("b"))
print("root:", depth("root"))
#--- RecursionError
def ways(stairs, known={}):
    if stairs ⟦== 0|<= 0|< 2⟧:
        return 1
    if stairs not in known:
        known[stairs] = ways(stairs - 1) + ways(stairs - 2)
    return known[stairs]

print([ways(n) for n in range(⟦6|1|0⟧)])
#--- ZeroDivisionError
def ratio(a, b):
    """a : b in lowest terms"""
    x, y = a, b
    while y:
        x, y = y, x % y
    return a // x, b // x

screens = {"phone": (1080, 1920), "square": (500, 500), "none": ⟦(0, 0)|(0, 1)|(0,)⟧}
for name, (w, h) in screens.items():
    print(name, ratio(w, h⟦| or 1⟧))
#--- ZeroDivisionError
import statistics

def variation(sample):
    return statistics.stdev(sample) / statistics.mean(sample)

lab = {"iron": [2.1, 2.3, 2.2], "drift": [-1, 0, ⟦1|2⟧], "zinc": [4, 4, 4]}
results = {}
for name, sample in lab.items():
    if ⟦len(sample) > 1|sum(sample)|name != "drift"⟧:
        results[name] = round(variation(sample), 3)
print(results)
print(results[⟦"iron"|"drift"⟧])
#--- ZeroDivisionError
class Trip:
    def __init__(self, km, litres=⟦0|5|None⟧):
        self.km = km
        self.litres = litres

    def use(self):
        return 100 * self.litres / self.km

    def range_with(self, tank):
        return tank / self.use() * 100


trips = [Trip(100, 6), Trip(240)]
print(trips[0].range_with(50))
print([round(t.range_with(40)) for t in trips⟦| if t.litres⟧])
#--- ZeroDivisionError
readings = ["12:3", "9:0", "4:2"]
speeds = []
for entry in readings:
    try:
        distance, hours = map(int, entry.split(":"))
        speeds.append(distance / hours)
    except ⟦ValueError|ZeroDivisionError|ArithmeticError|(ValueError, TypeError)⟧ as problem:
        print("skipped", entry, problem)
print(len(speeds), "speeds")
print(speeds[⟦1|2⟧])
#--- IndexError
def parse_row(row):
    cells = [c.strip() for c in row.split(⟦";"|","⟧)]
    return {"plant": cells[0], "height": float(cells[1]), "pot": cells[2⟦|:⟧]}

garden = """mint; 20; clay
basil; 15; ⟦plastic|⟧
thyme; 12"""

for row in garden.⟦splitlines()|split("\n\n")|split(" ")⟧:
    print(parse_row(row))
#--- IndexError
board = [list("..x"), list(".o."), list("x..")]

def neighbours(r, c):
    found = []
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            if dr == dc == 0:
                continue
            ⟦if r + dr >= 0 and c + dc >= 0:|if 0 <= r + dr < 3 and 0 <= c + dc < 3:|if r + dr < 3 and c + dc < 3:⟧
                found.append(board[r + dr][c + dc])
    return found

print(neighbours(1, 1))
print(neighbours(⟦2, 2|0, 0|5, 5⟧).count("o"))
#--- IndexError
import sys

def main(argv):
    options = [a for a in argv if a.startswith("-")]
    files = [a for a in argv⟦[1:]|⟧ if not a.startswith("-")]
    if "--help" in options:
        print("usage: show FILE")
        ⟦return|print()⟧
    name = files[0]
    print("showing", name.upper())

main(["show", "a.txt"])
main(["show", ⟦"--version"|"--help"|"b.txt"⟧])
#--- KeyError
PLANETS = {
    "mercury": {"moons": 0, "radius": 2440},
    "mars": {"moons": 2, "radius": 3390},
    "saturn": {"moons": 146, ⟦"rings": True|"radius": 58232⟧},
}

def bigger(a, b):
    return max((a, b), key=lambda p: PLANETS[p⟦|.lower()⟧]["radius"])

print(bigger("mars", "mercury"))
print(sum(p["moons"] for p in PLANETS.values()))
print(bigger(⟦"mars", "saturn"|"mars", "mars"|"Mars", "mercury"⟧))
#--- KeyError
prices = {"S": 9, "M": 11, "L": 13}
order = [("M", 2), ("S", 1), ⟦("XL", 1)|("L", 0)|("L", "1")|("L",)⟧]

message = "Your {size} shirts: {cost} kr"
for size, count in order:
    line = message.format(size=size, cost=prices[size] * count)
    print(line)
print("{0} lines for {⟦1|2|name⟧}".format(len(order), "you"))
#--- KeyError
import json

reply = json.loads("""
{"page": 1, "results": [
    {"id": 3, "title": "Dune", "rating": {"stars": 4}},
    {"id": 8, "title": "Emma"⟦|, "rating": {"stars": 5}|, "rating": null⟧}
]}
""")

def stars(result):
    return result["rating"]["stars"]

good = []
for result in reply[⟦"results"|"items"⟧]:
    if ⟦result["id"] > 0|"rating" in result|result.get("rating")⟧ and stars(result) >= 4:
        good.append(result["title"])
print(good)
#--- KeyError
stock = {"nails": 100, "screws": 40}
removed = stock.pop(⟦"screws"|"nails"|"bolts", 0⟧)
print("removed", removed)

for name in ("nails", "screws"):
    amount = stock⟦[name]|.get(name, 0)|.pop(name)⟧
    print(name, amount // 2)
#--- ValueError
def parse_time(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)

timetable = ["08:15", "09:40", ⟦"10:05:30"|"10:05"|"1005"|"10:5"⟧, "noon"]
minutes = []
for entry in timetable⟦[:3]|[:2]|⟧:
    minutes.append(parse_time(entry))
gaps = [b - a for a, b in zip(minutes, minutes[1:])]
print(gaps, max(gaps))
#--- ValueError
queue = ["Abe", "Bea", "Cal"]

def serve(name):
    place = queue.index(name)
    queue.remove(name)
    return place

print(serve("Bea"))
print(serve(⟦"Bea"|"Cal"|queue[0]|"bea"⟧))
if ⟦queue|not queue|len(queue) > 3⟧:
    queue.remove(⟦"Abe"|"Dan"⟧)
print(queue)
#--- ValueError
coordinates = {
    "Oslo": (59.9, 10.8),
    "Lima": (-12.0, -77.0),
    "Quito": ⟦(-0.2, -78.5, 2850)|(-0.2, -78.5)|[-0.2, -78.5]|-0.2⟧,
}
south = []
for city, position in coordinates.items():
    lat, lon⟦|, *_⟧ = position
    if lat < 0:
        south.append(city)
print(south)
#--- ValueError
from datetime import date

births = [(1990, 5, 31), (2001, 12, 2), (1999, ⟦2, 29|2, 28|0, 5|"2", 5⟧)]

def age_on(birth, day):
    had_birthday = (day.month, day.day) >= (birth.month, birth.day)
    return day.year - birth.year - (not had_birthday)

today = date(2024, 6, 1)
ages = []
for parts in births:
    ages.append(age_on(date(*parts), today))
print(ages, sum(ages) / len(ages))
#--- SyntaxError
def invite(guest, meal="soup"⟦, table|, table=1|, *, table=2|, guest⟧):
    """One line of the seating plan."""
    return f"{guest} eats {meal} at {table}"

plan = [invite("Ros"), invite("Tom", ⟦meal="pie"|food="pie"⟧)]
for line in plan:
    print(line)
#--- SyntaxError
recipe = {"flour": 250, "sugar": 80, "eggs": 2}
servings = 4
for name, amount in recipe.items():
    per = amount / servings
    print(f"{name:<8}{⟦per:.1f|per!r:.3|per:.1d|per:|⟧}⟦"|⟧)
print(f"{servings} servings, {len(recipe)} things"⟦|)⟧
#--- SyntaxError
import re

class = ⟦"mammal"|"bird"⟧
animals = {"bat": "mammal", "wren": "bird"}

def kind(name):
    return animals.get(name, "?")

for name in animals:
    print(name, kind(name), re.sub("[aeiou]", "", name))
#--- SyntaxError
def lookup(table, key):
    if (⟦table[key] := 3|found := table.get(key)|found = table.get(key)|found := table[key]⟧) is not None:
        return found
    return "-"

capitals = {"Peru": "Lima", "Kenya": "Nairobi"}
print(lookup(capitals, "Peru"))
print(lookup(capitals, ⟦"Chad"|"Kenya"|[]⟧))
#--- SyntaxError
stations = ["Ash", "Elm", "Oak"]
minutes = [0, 7, 12]

for ⟦(i, "name")|i, name|(i, name)|name⟧ in enumerate(stations):
    print(i, name, minutes[i])

start, *middle, end = stations
⟦middle|[start]|start|f(end)⟧ = minutes
print(middle, end)
#--- IndentationError
# copied out of a chat
def moon_weight(kg):
     return kg * 0.165
⟦ |⟧things = {"dog": 20, "car": 1200}
for thing, kg in things.items():
    print(thing, round(moon_weight(kg), 1))
  ⟦# heavy things only|print("-")⟧
heavy = [t for t in things if things[t] > 100]
#--- IndentationError
import collections

def tally(votes):
    count = collections.Counter()
    for vote in votes:
        if vote not in ("", None):
            count[vote] += 1
        ⟦else:
        count["invalid"] += 1|else:
            count["invalid"] += 1|else: count["invalid"] += 1|elif True: pass⟧
    return count

votes = ["red", "blue", "", "red", ⟦None|["red"]⟧]
print(tally(votes).most_common(1)[0])
#--- AttributeError
class Inventory:
    def __init__(self, **stock):
        self.stock = stock

    def take(self, item, n=1):
        if self.stock.get(item, 0) < n:
            ⟦return None|raise KeyError(item)|return self⟧
        self.stock[item] -= n
        return self

inv = Inventory(rope=2, torch=⟦1|3|"1"⟧)
inv.take("rope").take("torch")
print(inv.stock)
print(inv.take("torch").stock["rope"])
#--- AttributeError
import xml.etree.ElementTree as ET

doc = ET.fromstring("""
<menu>
  <dish price="8"><name>Dal</name></dish>
  <dish price="11">⟦<title>Pho</title>|<name>Pho</name>|<name/>⟧</dish>
</menu>""")

costs = {}
for dish in doc.findall(⟦"dish"|"meal"|".//dish[1]"⟧):
    name = dish.find("name").text
    costs[name] = int(dish.get("price"))
    print(name, costs[name])
print(sum(costs.values()))
#--- AttributeError
from datetime import datetime, timedelta
import time

def week_later(moment):
    return moment + timedelta(⟦7|weeks=1|"7"⟧)

meeting = datetime(2024, 4, 9, 15, 0)
later = week_later(meeting)
print(later.day, later.month)
if later.weekday() == ⟦1|0⟧:
    print(later.date().⟦hour|year|isoformat()⟧)
#--- no error
from pathlib import PurePath
from fnmatch import fnmatch

RULES = [("*.py", "code"), ("*.md", "text"), ("test_*", "test"), ⟦("*", "other")|("*.txt", "other")|("*",)⟧]

def sort_files(names):
    boxes = {kind: [] for pattern, *_, kind in RULES}
    for name in names:
        for pattern, kind in RULES⟦|[:3]⟧:
            if fnmatch(name, pattern):
                boxes[kind].append(PurePath(name).stem)
                break
    return boxes

boxes = sort_files(["a.py", "test_a", "LICENCE"])
print(boxes[⟦"other"|"text"|"docs"⟧])
assert sum(map(len, boxes.values())) == 3
#--- no error
import itertools, operator

deposits = [100, -30, ⟦45|"45"|-90⟧, -60]
balances = list(itertools.accumulate(deposits, operator.add, initial=0))
overdrawn = list(itertools.dropwhile(lambda b: b >= 0, balances))
if ⟦overdrawn|balances|not overdrawn⟧:
    print("first minus:", overdrawn[0])
print(balances[⟦-1|4|5⟧], max(balances))
#--- no error
def chunk(seq, size):
    return [seq[i:i + size] for i in range(0, len(seq), size)]

def decode(bits):
    letters = []
    for group in chunk(bits, 5):
        letters.append(chr(ord("a") + int(group, ⟦2|1|8⟧)))
    return "".join(letters)

message = "00010" "00000" "⟦10011|1001|0002|⟧"
print(decode(message))
assert decode(message)⟦.startswith("ca")|[2] == "t"⟧
#--- no error
class Meta(type):
    registry = {}

    def __new__(mcls, name, bases, body):
        cls = super().__new__(mcls, name, bases, body)
        if bases:
            mcls.registry[body⟦["code"]|.get("code", name)⟧] = cls
        return cls


class Command(metaclass=Meta):
    def run(self): raise NotImplementedError


class Hello(Command):
    ⟦code = "hi"|kode = "hi"|code: str⟧

    def run(self):
        return "hello"


print(sorted(Meta.registry))
print(Meta.registry[⟦"hi"|"Hi"⟧]().run())
#--- TypeError
import bisect

class Timeline:
    def __init__(self):
        self.events = []

    def add(self, year, what):
        bisect.insort(self.events, (year, what))

    def before(self, year):
        return self.events[:bisect.bisect(self.events, (year,))]

t = Timeline()
t.add(1969, "moon")
t.add(1903, "flight")
t.add(1969, ⟦None|"concert"|""⟧)
print(t.before(⟦1950|"1950"⟧))
#--- TypeError
def compose(*functions):
    def run(value):
        for f in reversed(functions):
            value = f(value)
        return value
    return run

clean = compose(str.upper, str.strip⟦()|⟧)
sizes = compose(sum, ⟦list|sorted|len⟧, map)
print(clean("  tea "))
#--- KeyError
from collections import Counter

class Recipe:
    def __init__(self, name, *parts):
        self.name = name
        self.parts = Counter(⟦parts|dict(parts)|[p for p, _ in parts]⟧)
    def scaled(self, k):
        return {p: n * k for p, n in self.parts.items()}

cake = Recipe("cake", ("egg", 3), ("flour", 200))
big = cake.scaled(2)
print(len(big))
print(⟦"more: " + big["egg"]|big.get("egg")|sorted(big)[0] + " first"⟧)
#--- TypeError
import math

def mean_angle(degrees):
    xs = [math.cos(math.radians(d)) for d in degrees]
    ys = [math.sin(math.radians(d)) for d in degrees]
    return math.degrees(math.atan2(sum(ys), sum(xs)))

winds = {"mon": [350, 10], "tue": (90, 100), "wed": ⟦45|[45]|[]|["45"]⟧}
for day, angles in winds.items():
    if ⟦angles|day != "wed"|isinstance(angles, (list, tuple))⟧:
        print(day, round(mean_angle(angles)))
#--- TypeError
class Money:
    def __init__(self, pence):
        self.pence = pence

    def __add__(self, other):
        return Money(self.pence + other.pence)
⟦|
    def __radd__(self, other):
        return self if other == 0 else NotImplemented
|
    def __iadd__(self, other):
        return self + other
⟧
    def __str__(self):
        return f"£{self.pence / 100:.2f}"

till = [Money(250), Money(⟦99|0⟧), Money(1)]
print(till[0] + till[1])
print(sum(till))
#--- TypeError
def log(message, *, level="info", tags=()):
    return f"[{level}] {message} {' '.join(tags)}"

entries = [
    {"message": "start"},
    {"message": "slow", "level": "warn", "tags": ["db"]},
    {"message": "stop", ⟦"colour": "red"|"level": None|"tags": "db"|"tags": [1]⟧},
]
for e in entries:
    print(log(**e)⟦| if len(e) < 2 else e["message"]⟧)
#--- NameError
from dataclasses import dataclass

@dataclass
class Ship:
    name: str
    speed: float = 0.0

def race(ships, hours):
    return sorted(ships, key=lambda s: -s.speed * ⟦hour|hours|1⟧)

fleet = [Ship("Gull", 9.5), Ship("Tern", ⟦12|"12"⟧)]
order = race(⟦fleet|[]|fleet[:1]⟧, 3)
print([s.name for s in order])
#--- NameError
def outer(limit):
    def check(n):
        if n > limit:
            return "over"
        elif n == limit:
            return ⟦maximum|"maximum"|limit⟧
        return "under"
    return check

check = outer(10)
print(check(4), check(22))
for n in range(8, ⟦11|10⟧):
    print(n, check(n))
#--- NameError
class Game:
    players = ["north", "south"]
    ⟦first = players[0]
    seats = {p: len(players) for p in players}|first = players[0]
    seats = {p: len(p) for p in players}|seats = dict.fromkeys(players, 2)
    first = None|seats = players⟧

    def turn(self, n):
        return self.players[n % 2]

print(Game().turn(3))
print(len(Game.seats), Game.⟦first|players⟧)
#--- NameError
import functools

def memo(f):
    cache = {}
    @functools.wraps(f)
    def wrapper(*args):
        if args not in cache:
            cache[args] = f(*args)
        return ⟦cach|cache⟧[args]
    return wrapper

@memo
def area(w, h):
    return w * h

print(area.__name__)
⟦print(area(2, 5))|area|print(area(2, [5]))⟧
#--- AssertionError
class Thermostat:
    def __init__(self, target, slack=1):
        self.target, self.slack, self.heating = target, slack, False

    def update(self, now):
        if now < self.target - self.slack:
            self.heating = True
        elif now ⟦>|>=⟧ self.target + self.slack:
            self.heating = False
        return self.heating

t = Thermostat(20)
states = [t.update(x) for x in (20, 18, 20, ⟦21|22|"21"⟧)]
print(states)
assert states == [False, True, True, False], "wrong states"
#--- AssertionError
def rotate(matrix):
    return [list(row) for row in zip(*matrix⟦[::-1]|⟧)]

picture = [[1, 2], [3, 4], [5, 6]]
turned = rotate(picture)
assert turned[0] == ⟦[1, 3, 5]|[5, 3, 1]⟧
again = rotate(rotate(rotate(turned)))
assert again == picture
print(turned[⟦1|2⟧])
#--- AssertionError
import copy

def simulate(start, steps):
    state = ⟦start|copy.deepcopy(start)|copy.copy(start)|dict(start, pond=list(start["pond"]))⟧
    for _ in range(steps):
        state["pond"].append(len(state["pond"]))
    return state

begin = {"pond": [0], "rain": False}
after = simulate(begin, ⟦3|0|"3"⟧)
print(after["pond"])
assert begin["pond"] == [0], "the start was changed"
#--- ModuleNotFoundError
"""Report on rainfall, with a chart where one can be drawn."""
from statistics import mean

def chart(values):
    from ⟦matplotlibb|math⟧ import ⟦#p pyplot|floor⟧
    return pyplot.bar(range(len(values)), values)

def report(values, draw=⟦True|False⟧):
    lines = [f"mean {mean(values):.1f}", f"most {max(values)}"]
    if draw:
        chart(values)
    return lines

print(*report([3, 0, 12.5]), sep="\n")
#--- ImportError
from collections import deque
from datetime import datetime
⟦from itertools import izip|from itertools import chain|izip = zip⟧

def interleave(a, b):
    out = deque()
    for x, y in ⟦zip|izip⟧(a, b):
        out.extend((x, y))
    return "".join(out)

print(interleave("ace", "bdf"), datetime.min.year)
#--- ImportError
import os
try:
    from os import ⟦getcwdu|getcwd⟧ as here
except ⟦ModuleNotFoundError|ImportError|AttributeError⟧:
    def here():
        return "/"

path = os.path.join(here(), "data", "..")
print(os.path.isabs(path), os.path.basename(path))
