#--- no error
stock = {
    "nails": {"count": 400, "price": 0.02},
    "screws": {"count": ⟦250|"250"|0⟧, "price": 0.05},
    "hinges": {"count": 12, ⟦"price"|"cost"⟧: 1.80},
}


def value_of(item):
    entry = stock[item]
    return entry["count"] * entry["price"]


total = 0
for item in ⟦stock|sorted(stock)|stock.items()⟧:
    worth = value_of(item)
    print(f"{item:<10}{worth:>8.2f}")
    total += worth
print("total", round(total, 2))
print("average", total / ⟦len(stock)|stock⟧)
#--- KeyError
def read_shelf(lines):
    shelf = {}
    for line in lines:
        code, title, copies = line.split(";")
        shelf[⟦code|code.strip()⟧] = {"title": title, "copies": int(copies)}
    return shelf


def lend(shelf, code):
    book = shelf[code]
    if book["copies"] == 0:
        return False
    book["copies"] -= 1
    return True


library = read_shelf([
    "A1;The Moonstone;2",
    " B4;Silas Marner;⟦1|0|one⟧",
    "C2;Emma;⟦ 3 |3|⟧",
])
print(lend(library, "A1"))
print(lend(library, ⟦"B4"|"C2"|" B4"⟧))
print(library)
#--- TypeError
grades = {"maths": [1, 2, 2], "art": [3], "sport": ⟦None|[]|[2, 1]⟧}

for ⟦subject|from⟧ in sorted(grades):
    marks = grades[subject]
    print(subject, "has", len(marks), "marks")
    ⟦if marks:|if len(marks) > 0:⟧
        print("  best:", min(marks))
        print("  mean:", sum(marks) / len(marks))
#--- no error
from collections import ⟦defaultdict|defaultdict, Counter|DefaultDict|groupby⟧

timetable = [
    ("Mon", 1, "German"),
    ("Mon", 2, "Physics"),
    ("Tue", 1, "Chemistry"),
    ("Tue", ⟦3|"3"|None⟧, "Music"),
    ("Wed", 2, "German"),
]

by_day = defaultdict(⟦list|set|dict⟧)
for day, lesson, subject in timetable:
    by_day[day].append((lesson, subject))

for day in ("Mon", "Tue", "Wed", ⟦"Thu"|"Tue"⟧):
    first = min(by_day[day], default=None)
    if first is None:
        print(day, "free")
    else:
        print(day, "starts with", first[1], "in lesson", first[0])
#--- SyntaxError
prices = {
    "tea": 2.40,
    "coffee": 3.10⟦|,⟧
    "cocoa": 3.60,
}

order = ["tea", "cocoa", "tea"]
bill = 0
for drink in order:
    bill += prices[drink]

print("To pay: %.2f" % bill)
#--- no error
from decimal import Decimal, ⟦ROUND_HALF_UP|ROUND_HALF_UPP⟧

CENT = Decimal("0.01")


def vat(net, rate=⟦Decimal("0.19")|0.19|"0.19"|Decimal(0.19)⟧):
    ⟦return |⟧(net * rate).quantize(CENT, rounding=ROUND_HALF_UP)


invoice = [("paper", Decimal("4.99"), 3), ("ink", Decimal(⟦"21.50"|21|21.5⟧), 1)]

net_total = sum(price * amount for _, price, amount in invoice)
tax = vat(net_total)
print("net  ", net_total)
print("tax  ", tax)
print("gross", net_total + tax)
#--- IndexError
# seats of a small theatre, row by row
rows = [
    ["free", "taken", "free", "free"],
    ["taken", "taken", "free"⟦|, "free"⟧],
    ["free", "free", "free", "taken"],
]

free_per_column = []
for column in range(⟦len(rows[0])|min(map(len, rows))|3⟧):
    free = 0
    for ⟦row|ro⟧ in rows:
        if row[column] == "free":
            free += 1
    free_per_column.append(free)

print(free_per_column)
#--- no error
from ⟦dataclasses|Dataclasses⟧ import dataclass, field


@dataclass
class Animal:
    name: str
    weight: float
    ⟦visits: list = field(default_factory=list)|visits: list = None|visits: tuple = ()|visits: list = []⟧


def record(animal, day, weight):
    animal.visits.append((day, weight))
    animal.weight = weight


bella = Animal("Bella", 4.2)
rex = Animal("Rex"⟦, 31|, "31"|⟧)
record(bella, "2023-01-05", 4.4)
record(rex, "2023-02-11", 30.2)
record(bella, "2023-03-01", 4.1)

heaviest = max([bella, rex], key=lambda a: a.⟦weight|wieght⟧)
print(heaviest.name, len(heaviest.visits), "visits")
#--- ValueError
log = """\
08:14 gate 3 open
08:20 gate 1 open
08:3x gate 1 closed
08:47 gate 3 closed"""

minutes = []
for ⟦line|lin⟧ in log.split("\n"):
    clock = line.split()[0]
    ⟦hour, minute = clock.split(":")|hour, minute = clock[:2], clock[3:4]⟧
    minutes.append(int(hour) * 60 + int(minute))

gaps = [b - a for a, b in zip(minutes, minutes[1:])]
print(max(gaps), "minutes at most")
#--- AttributeError
def parse_config(text):
    result = {}
    section = None
    for raw ⟦in|of⟧ text.splitlines():
        line = raw.strip()
        if not line or line[0] in "#;":
            continue
        if line.startswith("["):
            section = line.strip("[]")
            result[section] = {}
        else:
            key, _, value = line.partition("=")
            result[section][key.strip()] = value.strip()
    ⟦|return result⟧


TEXT = """
# colours of the map
[water]
fill = blue
[forest]
fill = ⟦green|⟧
edge = brown
"""

config = parse_config(TEXT)
for name, options in config.items():
    print(name, options[⟦"fill"|"edge"⟧])
#--- no error
import json

raw = '{"city": "Leeds", "temps": [11, 14, ⟦9|"9"|null⟧], "windy": ⟦true|false⟧}'
report = json.loads(raw)
⟦lowest = | lowest = ⟧min(report["temps"])
print(f"{report['city']}: lowest {lowest}")
if report[⟦"windy"|"rainy"⟧]:
    print("Take a coat")
#--- NameError
scores = {"Red": 14, "Blue": 9, "Green": 17}

def ranking(table):
    """Names, best first."""
    ⟦return |result = ⟧sorted(table, key=table.get, reverse=True)

def announce(table):
    order = ranking(table)
    for place, name in enumerate(order, start=1):
        print(place, name, ⟦score[name]|scores[name]|table[name]⟧)
    return order[0]

winner = announce(scores)
print("Winner:", winner)
#--- no error
from statistics import mean, median, ⟦stdev|pstdev|deviation⟧

⟦lengths|lengthss⟧ = [21.5, 19.8, 22.1, 20.4]
extra = ⟦[23.0]|[]|23.0|["23.0"]⟧

sample = lengths + extra
print("n     ", len(sample))
print("mean  ", round(mean(sample), 2))
print("median", median(sample))
print("spread", round(stdev(sample), 3))
#--- ZeroDivisionError
votes = {
    "north": {"yes": 120, "no": 80},
    "south": {"yes": 45, "no": 66},
    "island": {"yes": 0, "no": ⟦0|1⟧},
}

shares = {}
for district, result in votes.items():
⟦    |⟧cast = sum(result.values())
    ⟦shares[district] = result["yes"] / cast|shares[district] = result["yes"] / cast if cast else 0.0⟧

for district, share in sorted(shares.items(), key=lambda pair: pair[1]):
    print("%-8s %5.1f %%" % (district, 100 * share))
#--- no error
class Pantry:
    def __init__(self, contents=⟦None|()⟧):
        self.contents = dict(contents or {})

    def add(self, what, grams):
        self.contents[what] = self.contents.get(what⟦, 0|⟧) + grams
        return self

    def take(self, what, grams):
        left = self.contents[what] - grams
        if left < 0:
            raise ValueError("not enough " + what)
        self.contents[what] = left
        ⟦return self|pass⟧


pantry = Pantry()
pantry.add("flour", 1000).add("sugar", 500).add("flour", 250)
pantry.take("flour", ⟦300|1300|1250⟧).take("sugar", 120)
print(pantry.contents)
try:
    pantry.take("salt", 5)
except KeyError as missing:
    print("no", missing)
#--- TypeError
flights = [
    {"no": "BA12", "gate": "C4", "passengers": 180},
    {"no": "LH7", "gate": "A1", "passengers": 96},
    {"no": "AF903", "gate": "B2", "passengers": 210},
]

ordered = sorted(flights⟦|, key=lambda f: f["passengers"]|, key=lambda f: f["no"]|, key=len⟧)
for flight ⟦in|of⟧ ordered:
    print(flight["no"], flight["gate"])
#--- KeyError
capitals = dict(France="Paris", Norway="Oslo", Peru="Lima")
population = {"Paris": 2_100_000, "Oslo": 700_000, ⟦"Cusco"|"Lima"⟧: 430_000}

joined = []
for country, capital in capitals.items():
    joined.append((population⟦[capital]|.get(capital, 0)⟧, country))

joined.sort(reverse=True)
print(joined[0][1], "has the largest capital")
#--- no error
from itertools import groupby

runs = [("Ana", 5.0), ("Ben", 3.2), ("Ana", 7.5), ("Cy", 10.0), ("Ben", ⟦4.1|None|"4.1"⟧)]

runs.sort⟦(key=lambda r: r[0])|()⟧
⟦totals|totalss⟧ = {
    name: sum(distance for _, distance in group)
    for name, group in groupby(runs, key=lambda r: r[0])
}
print(totals)
assert len(totals) == ⟦3|5⟧, "every runner once"
#--- IndentationError
def restock(levels, minimum):
    missing = {}
    for product, amount in levels.items():
        if amount < minimum:
⟦        missing[product] = minimum - amount|            missing[product] = minimum - amount⟧
    return missing


print(restock({"milk": 3, "eggs": 12}, 10))
#--- no error
# Which pupils are in both clubs, and which in neither?
pupils = {"Amy", "Bob", "Cid", "Dee", "Eve"}
chess = {"Amy", "Dee"⟦, "Flo"|⟧}
drama = ⟦{"Dee", "Eve"}|["Dee", "Eve"]|set()⟧

⟦both|Both⟧ = chess & drama
neither = pupils - chess - drama
print("both:", ", ".join(sorted(both)))
print("neither:", ", ".join(sorted(neither)))
strangers = chess - pupils
if strangers:
    print("not enrolled:", strangers.⟦pop()|copy()|first()⟧)
#--- StopIteration
orders = [
    {"id": 7, "state": "paid"},
    {"id": 8, "state": "open"},
    {"id": 11, "state": ⟦"paid"|"sent"⟧},
]


def first_with(state⟦|, default=None⟧):
    ⟦return |result = ⟧next(o for o in orders if o["state"] == state)


print(first_with("open")["id"])
print(first_with("sent")["id"])
#--- no error
import datetime as dt

⟦loans = |  loans = ⟧[
    ("Dune", dt.date(2022, 3, 1)),
    ("Emma", dt.date(2022, 2, ⟦27|29|28⟧)),
    ("Ulysses", dt.date(2022, 3, 10)),
]
today = dt.date(2022, 3, 20)
limit = dt.timedelta(days=⟦14|"14"|14.5⟧)

for title, since in loans:
    late = today - since - limit
    if late > ⟦dt.timedelta(0)|0⟧:
        print(title, "is", late.days, "days late")
    else:
        print(title, "is fine")
#--- ValueError
def split_record(line, width=⟦3|4⟧):
    parts = line.split(",")
    if len(parts) != width:
        raise ValueError(f"expected {width} fields, got {len(parts)}: {line!r}")
    return parts

table = """\
name,height,age
Ira,171,34
Kit,165⟦|,29⟧
Lou,180,41
"""

header, *body = table.splitlines()
columns = split_record(header)
people = []
for line ⟦in|of⟧ body:
    people.append(dict(zip(columns, split_record(line))))

print(max(people, key=lambda p: int(p["height"]))["name"])
#--- no error
matrix = [[4, 0, 2], [1, 5, ⟦3|"3"⟧], [7, 8, 6]]
column_sums = [sum(col) for col in zip(*matrix)]
row_max = [max(row) for row in matrix]
diagonal = [matrix[i][i] for i in range(⟦3|2|4⟧)]
print(column_sums, row_max, diagonal)
assert sum(column_sums) == sum(map(sum, matrix))
#--- AttributeError
members = ("Ines", "Jon", "Kai")
fees = {name: 0 for name in members}

payments = [("Jon", 20), ("Kai", 15), ("Lea", 30), ("Jon", 5)]
for name, amount in payments:
    if name not in members:
        ⟦members.append(name)|members += (name,)|members += name⟧
        fees[name] = 0
    fees[name] ⟦+=|=+=⟧ amount

for name in members:
    print(name, "paid", fees[name])
#--- no error
def convert(value, unit):
    """Any length to metres."""
    factors = {"mm": 0.001, "cm": 0.01, "m": 1, "km": 1000}
    try:
        return ⟦value|VALUE⟧ * factors[unit]
    except ⟦KeyError|ValueError|(KeyError, TypeError)⟧:
        return None


measures = [(250, "cm"), (3, "km"), (12, "furlong"), (7.5, "mm")]
in_metres = [convert(v, u) for v, u in measures]
known = [m for m in in_metres if m is not None]
print(len(known), "of", len(measures), "known")
print("sum", sum(⟦known|in_metres⟧))
#--- UnboundLocalError
⟦points|pointss⟧ = [3, 8, 5]
bonus = 2

def final_score(values):
    total = 0
    for v in values:
        total += v
    ⟦if total > 20:|if total > 10:⟧
        level = "gold"
    elif total > ⟦18|12⟧:
        level = "silver"
    return level, total + bonus

level, score = final_score(points)
print(level, score)
#--- SyntaxError
speeds = {"cheetah": 110, "hare": 70, "snail": 0.05}
fast = []
for animal, speed in speeds.items():
    if speed ⟦=|>=|==⟧ 70:
        fast.append(animal)
print(sorted(fast))
if ⟦not fast|fast is None⟧:
    print("nobody is fast")
#--- no error
from ⟦fractions|pyfractions⟧ import Fraction

recipe = {"butter": Fraction(1, 2), "sugar": Fraction(3, 4), "eggs": ⟦2|Fraction(2)|2.0⟧}
guests, portions = ⟦6|0⟧, ⟦4|0⟧

scale = Fraction(guests, portions)
scaled = {}
for thing, cups in recipe.items():
    scaled[thing] = cups * scale

print(", ".join(f"{thing}: {cups}" for thing, cups in scaled.items()))
print(sum(scaled.values()))
#--- RecursionError
parts = {
    "bike": ["frame", "wheel", "wheel"],
    "wheel": ["rim", "spoke⟦"|'⟧],
    "frame": [⟦"bike"|"tube"|⟧],
}


def count(part):
    inside = parts.get(part, [])
    return 1 + sum(count(p) for p in inside)


for part in ⟦parts|["wheel", "rim"]⟧:
    print(part, count(part))
