#--- no error
"""Energy bills of a terrace of houses."""


def read_meters(blob):
    meters = {}
    for record in blob.split():
        house, _, values = record.partition(":")
        meters[int(house)] = [int(v) for v in values.split("/")]
    ⟦return |⟧meters


def used(meters):
    """Last reading minus first, house by house."""
    for house, readings in meters.items():
        yield house, readings[-1] - readings[0]


BLOB = "1:400/455/520 3:120/⟦180|18O|⟧ 5:90⟦|/|/150⟧"

meters = read_meters(BLOB)
usage = dict(used(meters))
thrifty = min(usage, key=lambda h: usage⟦[h]|.get(h)|(h)⟧)
print("house", thrifty, "used", usage[thrifty])
print(sum(usage.values()) / len(usage))
#--- TypeError
class Team:
    def __init__(self, name, points=None):
        self.name = name
        self.points = points


def play(home, away, score):
    h, a = (int(x) for x in score.split(":"))
    if h == a:
        home.points += 1
        away.points += 1
    ⟦elif|else if⟧ h > a:
        home.points += 3
    else:
        away.points += 3


reds, blues, greens = Team("Reds", 0), Team("Blues", 0), Team("Greens"⟦|, 0|, False⟧)
fixtures = [(reds, blues, "2:1"), (blues, greens, "⟦1:1|3:0|1-1⟧"), (greens, reds, "0:4")]
for home, away, score in fixtures:
    play(home, away, score)
for team in sorted([reds, blues], key=lambda t: t.points):
    print(team.name, team.points)
#--- no error
import operator

RULES = [
    ("age", operator.ge, 18),
    ("height", operator.lt, ⟦200|"200"|None⟧),
    ("name", operator.ne, ""),
]


def problems(record):
    found = []
    for field, compare, limit in RULES:
        if field not in record:
            found.append(f"{field} is missing")
        elif not compare(record[field], limit):
            found.append(f"{field} is wrong: {record[field]!r}")
    return found


visitors = [
    {"name": "Ivo", "age": 20, "height": 181},
    {"name": "", "age": ⟦17|"17"|18.0⟧, "height": 165},
    {"name": "Lux", "age": 44⟦|, "height": 190|, "height": -1⟧},
]
for visitor in visitors:
    found = problems(visitor)
    print(visitor["name"] or "(nameless)", "->", "; ".join(found) or "welcome")
    if ⟦found|found is not None⟧:
        print("   first:", found[0].upper())
#--- SyntaxError
def parse(line):
    key, value = line.split("=", 1)
    return key.strip(), value.strip()

SETTINGS = """
name = Old Mill
open = 9-17
⟦class = museum|kind = museum|museum⟧
"""

settings = dict(parse(l) for l in SETTINGS.splitlines() if l)
start, end = settings["open"].split("-")

def describe(⟦class|kind|*kinds|kind=None⟧):
    return f"{settings['name']} is open {int(end) - int(start)} hours"

print(describe("museum"))
print(len(settings))
#--- IndexError
# Bowling: frames of one or two rolls
FRAMES = [[10], [7, 3], [4, 2], [10], [⟦9, 1|9, 0|10, 0⟧]]


def score(frames):
    total = 0
    for i, frame in enumerate(frames):
        total += sum(frame)
        if len(frame) ⟦==|=⟧ 1:
            bonus = [pins for later in frames[i + 1:] for pins in later][:2]
            total += sum(bonus)
        elif ⟦sum(frame) == 10|sum(frame) == 10 and i + 1 < len(frames)⟧:
            total += frames[i + 1][0]
    return total


for end in range(1, len(FRAMES)⟦ + 1|⟧):
    if end in (1, 3, 5):
        print("after", end, "frames:", score(FRAMES[:end]))
#--- no error
from collections import defaultdict

VISITS = """
robin garden 07:10
wren hedge 07:12
robin hedge 07:40
finch garden 08:05
robin pond ⟦08:30|8.30|25:99|⟧
"""

seen = defaultdict(⟦dict|list|set⟧)
for line in VISITS.strip().split("\n"):
    bird, place, clock = line.split()
    hour, minute = map(int, clock.split(":"))
    seen[bird][place] = hour * 60 + minute

travellers = [bird for bird, places in seen.items() if len(places) ⟦>|>=⟧ 1]
print(travellers)
for bird in travellers:
    times = sorted(seen[bird].values())
    print(bird, "first gap", times[1] - times[0])
print("owl" in seen, seen⟦["owl"]|["owl"]["barn"]|.get("owl")⟧)
#--- KeyError
PRICES = {"S": 8, "M": 10, "L": 13}
EXTRAS = {"cheese": 1.5, "olives": 1.0}


def price(order):
    size, *extras = order.split("+")
    cost = PRICES[size]
    for extra in extras:
        cost += EXTRAS[extra⟦|.strip()|.strip().lower()⟧]
    return cost


table = {
    1: ["M+cheese", "S"],
    2: ["L+olives+cheese"]⟦,|⟧
    3: ["⟦M + olives|M+olives|M|M+ham⟧", "S"],
}
for number, orders in table.items():
    if ⟦orders|number < 3⟧:
        print("table", number, "pays", sum(price(o) for o in orders))
#--- no error
def blocks(text):
    """Paragraphs of 'key: value' lines as dicts; a line that is indented goes on."""
    current = {}
    key = None
    for line in text.splitlines():
        if not line.strip():
            if current:
                yield current
            current = {}
        elif line.startswith(" "):
            current[key] += " " + line.strip()
        else:
            key, value = line.split(":", 1)
            current[key] = value⟦.strip()|.strip|⟧
    if current:
        yield current


TEXT = """⟦|  odd start
⟧title: Tea
note: drink
  it hot

title: Ice
⟦note: cold|note cold|  cold⟧
"""
cards = list(blocks(TEXT))
print(len(cards), cards[0]["note"])
print([card["title"] for card in cards])
print(cards[⟦1|-1|2⟧].get("note", "no note"))
#--- AttributeError
import re

LINES = [
    "Flat 3, 12 Elm Road, YO1 7HH",
    "9 High Street, LS2 9JT",
    "⟦The Old Mill, Ripon|The Old Mill, HG4 1AA|⟧",
]
POSTCODE = re.compile(r"[A-Z]{1,2}\d+ \d[A-Z]{2}$")


def area(line):
    found = POSTCODE.search(line)
    ⟦|if not found:
        return "?"
    ⟧code = found.group()
    return "".join(c for c in code.split()[0] if c.isalpha())


⟦counts = {}|pass⟧
for line in LINES:
    where = area(line)
    counts[where] = counts.get(where, 0) + 1
print(counts)
#--- no error
class Inventory:
    _items = ⟦{}|None|()⟧

    def __init__(self, **items):
        self._items = {**self._items, **items}

    def __getitem__(self, name):
        return self._items[name]

    def __contains__(self, name):
        return name in self._items

    def __iter__(self):
        return iter(sorted(self._items))

    ⟦def __len__(self):
        return len(self._items)|def size(self):
        return len(self._items)⟧


camp = Inventory(tent=1, rope=3, ⟦stove=1|tent=2|map=None⟧)
print(list(camp), "rope" in camp)
print(len(camp), camp["rope"], camp⟦["tent"]|["lamp"]|.tent⟧)
heavy = [name for name in camp if name == "stove"]
print(heavy)
#--- ValueError
from ⟦datetime|pydatetime⟧ import datetime

ENTRIES = [
    ("ferry", "2021-08-01 10:15"),
    ("train", "2021-08-01 13:40"),
    ("bus", "⟦2021-08-01|2021-08-01 18:05|2021-08-01 24:05|2021-8-1 18:5⟧"),
]


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def gaps(entries):
    times = [(name, moment(text)) for name, text in entries]
    for (a, start), (b, end) in zip(times, times[1:]):
        yield a, b, (end - start).seconds // 60


print(moment(ENTRIES[0][1]).hour)
for a, b, minutes in gaps(ENTRIES⟦|[:2]|[:1]⟧):
    print(f"{a} to {b}: {minutes} minutes")
#--- no error
import ⟦math|mat⟧

STARS = {
    "Sirius": (8.6, -1.46),
    "Vega": (25.0, 0.03),
    "Spica": (250.0, ⟦0.97|None|"0.97"⟧),
    "X-1": (⟦12.0|0.0|-3|1e3⟧, 9.5),
}


def absolute(distance, apparent):
    parsecs = distance / 3.26
    return apparent - 5 * (math.log10(parsecs) - 1)


bright = {}
for star, facts in STARS.items():
    bright[star] = absolute(⟦*facts|facts|facts[1], facts[0]⟧)

for star in sorted(bright, key=bright.get)[:3]:
    print(f"{star:<8}{bright[star]:6.2f}")
assert len(bright) == len(STARS)
#--- NameError
def group(items, ⟦key|items⟧):
    out = {}
    for item in items:
        out.setdefault(key(item), []).append(item)
    return out

towns = [("Bergen", "NO"), ("Lyon", "FR"), ("Nice", "FR"), ("Oslo", "NO")]
by_land = group(towns, lambda town: town[1])
by_letter = group(towns, lambda town: ⟦name|town|town[0]⟧[0])

for land, members in by_land.items():
    print(land, [name for name, _ in members])
print(len(by_letter))
print(sorted(by_letter)[⟦0|3|4⟧])
#--- no error
from contextlib import ⟦contextmanager|contextmanger|suppress, contextmanager⟧

BALANCES = {"ann": 50, "ben": 20}


@contextmanager
def transaction(table):
    saved = dict(table)
    try:
        yield table
    except ⟦ValueError|KeyError|Exception⟧ as problem:
        table.clear()
        table.update(saved)
        print("rolled back:", problem)


def move(table, source, target, amount):
    table[target] += amount
    table[source] -= amount
    if table[source] < 0:
        raise ValueError(f"{source} has too little")


for source, target, amount in [("ann", "ben", 30), ("ben", "ann", 90), ("ann", "⟦ben|cid⟧", 5)]:
    with transaction(BALANCES) as table⟦:|⟧
        move(table, source, target, amount)
assert sum(BALANCES.values()) == 70
print(BALANCES)
#--- UnboundLocalError
def parse_track(lines):
    title, notes = "", []
    for line in lines:
        if line.startswith("#"):
            title = line[1:].strip()
            continue
        name, _, length = line.partition("*")
        if length:
            beats = float(length)
        notes.append((name, beats))
⟦    |     ⟧return title, notes


SONG = ["# Lullaby", "c⟦|*2|*⟧", "d*1", "e", "c*0.5"]
print(len(SONG) - 1, "notes")
title, notes = parse_track(SONG⟦|[:1]|[2:]⟧)
print(title, sum(beats for _, beats in notes))
#--- no error
def spread(values):
    ⟦return max(values) - min(values)|return max(*values) - min(*values)|print(max(values) - min(values))⟧


def check(name, values, limit=⟦5|"5"|0.5⟧):
    if not values:
        return name, "no data"
    width = spread(values)
    return name, "ok" if width <= limit else "drifts by %d" % width


SENSORS = {"s1": [20, 21, 20], "s2": [19, 30, 22], "s3": [], "s4": [⟦7|7, 7|None|"7", 7⟧]}
report = dict(check(name, values) for name, values in SENSORS.items())
for name in report:
    print(name, report[name])
bad = [name for name, text in report.items() if "drifts" in text]
print⟦("bad:", bad)| "bad:", bad⟧
#--- SyntaxError
from fractions import Fraction

def mix(paints):
    whole = sum(paints.values())
    return {colour: Fraction(parts, whole) for colour, parts in paints.items()}

paints = {"white": 6, "blue": 2, "red": 1}
shares = mix(paints)

for colour, share in shares.items():
    litres = float(share) * 4.5
    ⟦print f"{colour}: {litres}"|print(f"{colour}: {litres}")|print(f"{colour}: {litres:d}")|print(colour ":" litres)⟧

if (rest := 1 - sum(shares.values())) != 0:
    print("rest", rest)
#--- no error
import ⟦textwrap|pytextwrap⟧

POEMS = {
    "Rain": "It falls on roof and road and rail and all of us alike",
    "Snow": "",
    "Wind": ⟦"Who has seen it"|None|["Who", "has"]⟧,
}


def page(title, body, width=⟦24|0|-1|2⟧):
    lines = textwrap.wrap(body, width)
    head = title.upper().center(width, "-")
    return [head] + lines


pages = {title: page(title, body) for title, body in POEMS.items()}
for title, lines in pages.items():
    print("\n".join(lines))
    if len(lines) > 1:
        print("(last word: %s)" % lines[-1].split()[-1])
print(pages["Snow"][⟦0|1|-1⟧])
#--- AssertionError
def allocate(⟦total|total=None⟧, weights):
    """Splits whole pennies by weight; nothing may get lost."""
    whole = sum(weights.values())
    parts = {name: total * w // whole for name, w in weights.items()}
    ⟦|rest = total - sum(parts.values())
    for name in list(parts)[:rest]:
        parts[name] += 1
    ⟧return parts


for total in (90, ⟦100|99|0⟧):
    parts = allocate(total, {"a": 1, "b": 1, "c": 1})
    assert sum(parts.values()) == total, (total, parts)
    print(parts)
#--- no error
class Graph:
    def __init__(⟦self, |⟧edges):
        self.links = {}
        for a, b in edges:
            self.links.setdefault(a, set()).add(b)
            ⟦self.links.setdefault(b, set()).add(a)|pass⟧

    def groups(self):
        left = set(self.links)
        while left:
            todo, group = [left.pop()], set()
            while todo:
                node = todo.pop()
                group.add(node)
                todo.extend(self.links[node] - group)
            left -= group
            yield group


friends = Graph([("Al", "Bo"), ("Bo", "Cy"), ("Di", "Ed")⟦|, ("Fi",)|, "Gy"|, "Gus"⟧])
sizes = sorted(len(g) for g in friends.groups())
print("groups:", sizes)
print(sorted(friends.links["⟦Bo|Cy|Zo⟧"]))
#--- ZeroDivisionError
JUMPS = {
    "Kaya": [5.1, 5.4, "x"],
    "Lena": ["x", "x", ⟦"x"|4.9|0⟧],
    "Mila": [4.8, "x", 5.0],
}


def valid(jumps):
    ⟦return |⟧[j for j in jumps if j != "x"]


def line(name):
    good = valid(JUMPS[name])
    best = max(good, default=0.0)
    ⟦mean = sum(good) / len(good)|mean = sum(good) / max(len(good), 1)|mean = good and sum(good) / len(good) or 0⟧
    return f"{name}: best {best:.1f}, mean {mean:.2f}"


print(len(JUMPS), "athletes")
for name in JUMPS:
    print(line(name))
#--- no error
from itertools import ⟦chain, zip_longest|chain, ziplongest⟧

LEFT = ["Milk 1.20", "Bread 2.50"]
RIGHT = ["Milk 1.20", "Bread 2.70", "Tea ⟦3.10|dear|⟧"]


def split(line):
    name, price = line.split(⟦|" ", 1|" ", 0⟧)
    return name, float(price)


for old, new in zip_longest(LEFT, RIGHT):
    if old == new:
        continue
    if old is None:
        print("+", *split(new))
    else:
        change = split(new)[1] - split(old)[1]
        print("~", split(old)[0], round(change, 2))
names = {split(line)[0] for line in chain(LEFT, RIGHT)}
print(sorted(names, key=⟦len|str.len|None⟧))
#--- RecursionError
class Folder:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent

    ⟦@property
    def path(self):
        if self.parent is None:
            return self.name
        return self.path + "/" + self.name|@property
    def path(self):
        if self.parent is None:
            return self.name
        return self.parent.path + "/" + self.name⟧


root = Folder("root⟦"|'⟧)
music = Folder("music", root)
jazz = Folder("jazz", ⟦music|None|"music"⟧)
print(root.path)
for folder in (root, ⟦jazz|root⟧):
    print(folder.path.count("/"), folder.path)
#--- StopIteration
def chunks(records, size):
⟦    |⟧rows = iter(records)
    while True:
        block = []
        for _ in range(size):
            row = next(rows, None)
            if row is None:
                break
            block.append(row)
        if not block:
            return
        yield block

boxes = chunks(["egg"] * ⟦12|13|18⟧, 6)
labels = ["first", "second"]
for label in labels:
    print(label, len(next(boxes)))
print("spare:", len(next(boxes⟦|, []|, 0⟧)))
#--- IndentationError
TIDES = {"Mon": 5.2, "Tue": 5.9, "Wed": 6.1}

def warn(tides, limit=6):
    """Days with high water."""
    days = []
    for day, height in tides.items():
        if height > limit:
            days.append(day)
        ⟦  else:
            pass|else:
            pass|⟧
    return days

print(warn(TIDES))
if not warn(TIDES, 7):
⟦print("calm")|    print("calm")|    pass⟧
#--- ModuleNotFoundError
"""Turns a recipe card into a dict."""
import re
⟦import yamlish as yaml|import json as yaml|import string as yaml⟧

CARD = """Waffles (serves 4)
- 250 g flour
- 3 eggs
- 1 pinch salt"""

title, *lines = CARD.split("\n")
name, serves = re.match(r"(\w+) \(serves (\d+)\)", title).groups()
recipe = {"name": name, "serves": int(serves), "needs": []}
for line in lines:
    amount, *what = line.lstrip("- ").split()
    recipe["needs"].append((int(amount), " ".join(what)))
print(recipe["needs"][0], yaml.__name__)
#--- TypeError
from datetime import date, timedelta

LEAVE = [("Abe", date(2023, 5, 2), 3), ("Bea", date(2023, 5, 4), ⟦"2"|2|0⟧)]


def away(entries, ⟦day|entries⟧):
    names = []
    for name, start, length in entries:
        if start <= day ⟦< start + timedelta(length)|<= start⟧:
            names.append(name)
    return names


day = date(2023, 5, ⟦4|3|1⟧)
for step in range(2):
    print(day, away(LEAVE, day) or "all here")
    day += timedelta(days=1)
#--- no error
SIZES = ["S", "M", "L", "XL"]


class Shirt:
    def __init__(self, size, colour):
        self.size, self.colour = size, colour

    def __lt__(self, other):
        return SIZES.index(self.size) < SIZES.index(other.size)

    def __eq__(self, other):
        return ⟦isinstance(other, Shirt) and |⟧self.size == other.size

    ⟦__hash__ = None|def __hash__(self):
        return hash(self.size)⟧


rack = [Shirt("L", "red"), Shirt("⟦S|XS|s⟧", "blue"), Shirt("XL", "red")]
rack.sort()
print([s.size for s in rack], max(rack).colour)
print(Shirt("L", "tan") in rack, ⟦"L"|Shirt("M", "tan")⟧ in rack)
colours = {}
for shirt in rack:
    colours.setdefault(⟦shirt.colour|shirt⟧, []).append(shirt.size)
print(len(colours))
#--- ImportError
from math import ⟦square_root|sqrt|isqrt⟧ as root

PLOTS = {"bean field": (40, 25), "meadow": (60, 60), "pond": (9, 4)}

def side_of_square(plot):
    length, width = PLOTS[plot]
    return root(length * width)

for plot in sorted(PLOTS):
⟦    |⟧print(f"{plot:12}{side_of_square(plot):8.2f}")
print(round(side_of_square("⟦pond|pool⟧")))
#--- KeyError
import ⟦json|json2⟧

OLD = json.dumps({1: "one", 2: "two"})
NEW = {3: "three"}

words = json.loads(OLD)
words.update(NEW)
print(len(words), "words")

def say(number):
    return words[⟦number|str(number)|number if number in words else str(number)⟧]

print(say(3))
print(say(⟦2|3|9⟧))
#--- no error
TALLY = {"||||": 4, "|||": 3}
notes = ["Mo ||||", "Tu |||", "We ⟦none|x||||⟧"]

⟦sums|sum⟧ = {}
for note in notes:
    day, marks = note.split()
    try:
        sums[day] = TALLY[marks]
    except KeyError:
        sums[day] = ⟦0|None|""⟧
busiest = max(sums, key=lambda day: sums[day]⟦ or 0|⟧)
print(busiest, sums[busiest])
#--- FileNotFoundError
import csv

COLUMNS = ["date", "kind", "amount"]


def read(source):
    ⟦return |result = ⟧list(csv.DictReader(source, fieldnames=COLUMNS))


rows = read(["2020-01-02,food,12.40", "2020-01-05,rent,600"])
print(rows[1]["kind"])
⟦with open("expenses.csv", newline="") as source:
    rows += read(source)|try:
    rows += read(open("expenses.csv"))
except OSError:
    print("no more")|rows += read("2020-01-06,fun,9".splitlines())⟧
print(sum(float(row["amount"]) for row in rows))
