#--- no error
"""Weights of rowers, as the scale wrote them."""

SCALE = "Ann 64.2; Bea 71.0; Cia ⟦58.9|58,9|⟧; Dot 66.4"


def crew(text):
    rowers = {}
    for entry in text.split(";"):
        name, weight = entry.split()
        rowers[name] = float(weight)
    return rowers


def pairs(rowers):
    names = sorted(rowers, key=rowers.get)
    while len(names) > ⟦1|0⟧:
        light = names.pop(0)
        ⟦heavy = |  heavy = ⟧names.pop()
        yield light, heavy


rowers = crew(SCALE)
boats = ⟦list(pairs(rowers))|pairs(rowers)|[p for p in pairs(rowers)]⟧
print(len(boats), "boats")
for one, two in boats:
    print(f"{one} + {two}: {rowers[one] + rowers[two]:.1f} kg")
#--- SyntaxError
# Attendance of a choir, one letter a week
attendance = {
    "soprano": {"Ada": "ppap", "Bo": "pppp"},
    "alto": {"Cy": "aapp"⟦, "Di" "papp"|, "Di": "papp"|, "Di": papp|⟧},
}

def missed(weeks):
    return weeks.count("a")

for voice in attendance:
    worst = None
    for singer, weeks in attendance[voice].items():
        if worst is None or missed(weeks) > missed(attendance[voice][worst]):
            worst = singer
    print(voice, worst, missed(attendance[voice][worst]))

weeks = "".join(w for part in attendance.values() for w in part.values())
print(weeks.count("p") / len(weeks))
#--- IndentationError
def overdue(loans, today):
    late = []
    for reader, books in loans.items():
        for title, due in books:
            if due < today:
                late.append((reader, title, today - due))
    return late

def fines(loans, today, per_day=5):
    out = {}
    for reader, title, days in overdue(loans, today):
⟦      if reader not in out:
        out[reader] = 0
     out[reader] += days * per_day|        if reader not in out:
            out[reader] = 0
        out[reader] += days * per_day|        out[reader] = days * per_day⟧
    return out

loans = {"Mr Abe": [("Kim", 12), ("She", 30)], "Ms Orr": [("Emma", 8)]}
print(fines(loans, 20))
#--- no error
class Clinic:
    beds = ⟦2|0|"2"⟧

    def __init__(⟦self|⟧):
        self.patients = []
        self.waiting = []

    def admit(self, name):
        if len(self.patients) < self.beds:
            self.patients.append(name)
        else:
            self.waiting.append(name)

    def discharge(self, name):
        self.patients.remove(name)
        ⟦if self.waiting:|if self.waiting is not None:⟧
            self.admit(self.waiting.pop(0))


clinic = Clinic()
for name in ["Pia", "Quin", "Rolf"]:
    clinic.admit(name)
clinic.discharge("⟦Pia|Rolf|Sam⟧")
clinic.discharge("Quin")
print(clinic.patients, clinic.waiting)
clinic.discharge(clinic.patients[0])
print("empty:", not clinic.patients)
#--- KeyError
MORSE = {"a": ".-", "e": ".", "n": "-.", "s": "...", "t": "-"⟦|, "o": "---"⟧}
BACK = {code: letter for letter, code in MORSE.items()}


def send(word):
    return " ".join(MORSE[letter] for letter in word⟦|.lower()⟧)


def receive(signal):
    return "".join(BACK[code] for code in signal.split(" "))


messages = ["tea", "nest", "⟦note|ants|Sat⟧"]
air = [⟦]|}⟧
for message in messages:
    air.append(send(message))
print(air)
print([receive(signal) for signal in air])
assert receive("- .") == "te"
#--- no error
from string import Template⟦|, templates|, capwords⟧

LETTER = Template("Dear $name,\nyour $thing costs $$${price}.")
orders = [
    {"name": "Li", "thing": "kite", "price": 12},
    {"name": "Mo", "thing": "drum"⟦, "price": 40|⟧},
]

done = []
for order in orders:
    text = LETTER.⟦substitute|safe_substitute|replace⟧(order)
    head, body = text.split("\n")
    done.append(head)
    print(body)

assert len(done) == len(orders)
print(done[⟦-1|1|2⟧].removeprefix("Dear "))
#--- NameError
def load_marks():
    return {
        "Geo": [("Ulf", 3), ("Vera", 1)],
        "Bio": [("Ulf", 2), ("Vera", 2), ("Wes", 5)],
    }


def per_pupil(marks):
    ⟦result|results⟧ = {}
    for subject, entries in marks.items():
        for pupil, mark in entries:
            results.setdefault(pupil, {})[subject] = mark
    return results


def missing(results, subjects):
    for pupil in results:
        gaps = [s for s in subjects if s not in results[pupil]]
        if gaps:
            yield pupil, gaps


marks = load_marks()
print(len(marks), "subjects")
results = ⟦per_pupil(marks)|per_pupil({"Geo": []})|{}⟧
for pupil, gaps in missing(results, marks)⟦:|⟧
    print(pupil, "lacks", *gaps)
#--- no error
from collections import OrderedDict


class Cache:
    def __init__(⟦self, |⟧size):
        self.size = size
        self.data = ⟦OrderedDict()|dict()|{}⟧
        self.hits = self.misses = 0

    def get(self, key, compute):
        if key in self.data:
            self.hits += 1
            self.data.move_to_end(key)
            return self.data[key]
        self.misses += 1
        value = compute(key)
        self.data[key] = value
        if len(self.data) > self.size:
            self.data.popitem(last=False)
        return value


cache = Cache(⟦2|0|-1⟧)
for n in (4, 5, ⟦4|6|"4"⟧, 6, 4):
    print(n, cache.get(n, lambda k: k * k))
print("hit rate", cache.hits / (cache.hits + cache.misses))
#--- AttributeError
class Contact:
    def __init__(⟦self, |⟧name, *, mail=None, phone=None):
        self.name = name
        self.mail = mail
        self.phone = phone

    def domain(self):
        return self.mail.split("@")[1]


def by_domain(contacts):
    groups = {}
    for contact in contacts:
        ⟦|if contact.mail is None: continue⟧
        groups.setdefault(contact.domain(), []).append(contact.name)
    return groups


people = [
    Contact("Etta", mail="etta@lake.example"),
    Contact("Femi", phone="555 01"⟦|, mail="femi@sea.example"|, mail="femi"⟧),
    Contact("Gert", mail="gert@lake.example"),
]
print(people[1].phone or "no phone")
for domain, names in by_domain(people).items():
    print(domain, names)
#--- no error
def roman(n):
    table = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    out = ""
    for value, sign in table:
        while n >= value:
            out += sign
            n -= value
    ⟦return |result = ⟧out


chapters = ["Dawn", "Noon", "Dusk", ⟦"Night"|4|None⟧]
index = {}
for number, title in enumerate(chapters, start=⟦1|-5|"1"|9⟧):
    index[title] = roman(number)

width = max(len(numeral) for numeral in index.values())
for title in chapters:
    print(index[title].rjust(width), title + ".")
print(index⟦["Noon"]|["noon"]|.get("noon")⟧)
#--- ImportError
from decimal import Decimal, ⟦InvalidNumber|InvalidOperation⟧
from statistics import mean

entries = ["12.50", "7,80", "free", "3"]
prices, rejected = [], []
for entry in entries:
    try:
        prices.append(Decimal(entry.replace(",", ".")))
    except ⟦InvalidNumber|InvalidOperation|Exception⟧:
        rejected.append(entry⟦)|⟧

print(mean(prices), rejected)
#--- no error
def transitions(log):
    """Counts how often one state follows another."""
    counts = {}
    previous = None
    for state in log:
        if previous is not None:
            row = counts.setdefault(previous, {})
            row[state] = row.get(state, 0) + 1
        previous = state
    ⟦return |result = ⟧counts


def chance(counts, a, b):
    row = counts⟦.get(a, {})|[a]|.get(a)⟧
    whole = sum(row.values())
    return row.get(b, 0) / whole ⟦if whole else 0.0|⟧


weather = "sun sun rain sun fog rain rain".split()
table = transitions(weather)
print(table["sun"])
for a, b in [("sun", "rain"), ("rain", "sun"), (⟦"fog"|"snow"|["fog"]⟧, "rain")]:
    print(f"{a} -> {b}: {chance(table, a, b):.2f}")
#--- RecursionError
CONTAINS = {
    "suitcase": ["shoes", "washbag"],
    "washbag": ["soap", "brush"],
    "shoes": [],
    "soap": [],
    "brush": [⟦"washbag"|"bristle"|⟧],
    "bristle": [],
}


def weight(thing, weights):
    own = weights.get(thing, 10)
    ⟦return |⟧own + sum(weight(inner, weights) for inner in CONTAINS[thing])


weights = {"suitcase": 2500, "shoes": 800, "soap": ⟦90|"90"⟧}
print(weight("shoes", weights))
for bag in (⟦"washbag", "suitcase"|"shoes", "soap"⟧):
    print(bag, weight(bag, weights))
#--- no error
import itertools

TRAINS = [
    ("06:12", "Ulm", 2),
    ("06:40", "Bonn", 5),
    ("07:05", "Ulm", ⟦1|None|"1"⟧),
    ("07:30", "Kiel", 0),
]

delayed = itertools.takewhile(lambda t: t[2] ⟦> 0|>= 0⟧, TRAINS)
names = [town for _, town, _ in delayed]
print(names)

hours = {}
for hour, group in itertools.groupby(TRAINS, key=lambda t: t[0]⟦[:2]|.split(":")[0]|[0:2:3]⟧):
    hours[hour] = len(list(group))
print(hours⟦["06"]|.get("06")|["0"]|[6]⟧)
print(sum(late for *_, late in TRAINS), "minutes in all")
#--- TypeError
class Recipe:
    def __init__(self, title, serves, **ingredients):
        self.title = title
        self.serves = serves
        self.ingredients = ingredients

    def scaled(self, guests):
        factor = guests / self.serves
        return {name: amount * factor for name, amount in self.ingredients.items()}

    def shopping(self, pantry, guests):
        needed = self.scaled(guests)
        return sorted(name for name in needed if pantry.get(name, 0) < needed[name])


stew = Recipe("Stew", 4, carrots=3, onions=2, beef=0.8)
soup = Recipe("Soup", ⟦"4"|4⟧, leeks=2, potatoes=5)
pantry = {"carrots": 10, "onions": 1, ⟦"leeks": 3|"leeks": None⟧}
for recipe in [stew, soup⟦|][:1⟧]:
    print(recipe.title, recipe.shopping(pantry, 6))
#--- no error
QUIZ = [
    ("Capital of Norway?", ["Bergen", "Oslo", "Tromsø"], 1),
    ("Largest planet?", ["Mars", "Venus", "Jupiter"], 2),
    ("Legs of a spider?", ["6", "8"], ⟦1|2|-1⟧),
]


def mark(answers):
    right = 0
⟦    |⟧for (question, options, correct), given in zip(QUIZ, answers):
        if given == "":
            continue
        if options[correct] == options[⟦int(given)|given⟧]:
            right += 1
    return right


sheets = {"Eda": ["1", "2", "0"], "Fay": ["1", "", "1"], "Geo": ⟦["0", "1"]|["0", "9"]|"01"|"0b"|None⟧}
results = {name: mark(sheet) for name, sheet in sheets.items()}
print(results)
print(max(results.values()) / len(QUIZ))
#--- IndexError
def read_table(text):
    lines = text.strip().split("\n")
    header = [h.strip() for h in lines[0].split("|")]
    body = []
    for line in lines[⟦1|2⟧:]:
        body.append([c.strip() for c in line.split("|")])
    return header, body


def column(⟦table|table=None⟧, name):
    header, body = table
    place = header.index(name)
    return [row[place] for row in body]


TEXT = """
tree | height | age
-----+--------+----
oak  | 21     | 150
elm  | 18     | 90
"""
table = read_table(TEXT)
print(column(table, "tree"))
heights = [int(h) for h in column(table, "⟦height|tree|width⟧")]
print(max(heights))
#--- no error
seats = {"A": ["x", None, None], "B": [None, "x", "x"], "C": ["x", "x", "x"]}


def first_free(row⟦|, *|, start⟧):
    try:
        return seats[row].index(None)
    except ValueError:
        return ⟦None|-1⟧


tickets = []
for row, guest in [("A", "Nia"), ("C", "Oda"), ("B", "Per"), ("⟦A|D|C⟧", "Quy")]:
    seat = first_free(row)
    if ⟦seat is None|not seat|seat == -1⟧:
        print("no seat for", guest)
        continue
    seats[row][seat] = guest
    tickets.append(f"{row}{seat + 1}")

print(tickets, tickets⟦[1]|[2]|[-1]⟧)
#--- UnboundLocalError
LIMIT = 3
warnings = []

def check(readings):
    high = []
    for r in readings:
        if r > ⟦LIMIT|limit|3⟧:
            high.append(r)
    if high:
        warnings.append(max(high))
    ⟦LIMIT = max(readings)|limit = max(readings)|top = max(readings)⟧
    return len(high)

⟦daily|dailys⟧ = {"mon": [1, 2], "tue": [4, 6], "wed": [2, 9]}
for day in daily:
    print(day, check(daily[day]))
print(warnings, LIMIT)
#--- no error
from dataclasses import dataclass, ⟦replace|Replace|fields, replace⟧


@dataclass(frozen=True)
class Move:
    piece: str
    start: str
    end: str = ""

    def text(self):
        return f"{self.piece}{self.start}-{self.end}"


opening = [Move("P", "e2", "e4"), Move("N", "g1"⟦, "f3"|⟧)]
mirror = []
for move in opening:
    end = move.end and move.end[0] + str(9 - int(move.end[⟦1|-1|0⟧]))
    try:
        move.end = end
    except AttributeError:
        mirror.append(replace(move, end=end⟦|, color="b"⟧))

print([m.text() for m in mirror])
print(mirror[0] == Move("P", "e2", "e5"), hash(mirror[0]) == hash(opening[0]))
#--- ModuleNotFoundError
from collections import Counter
⟦import numpi|import math|import statistics⟧

LAPS = {"kart 1": [62.1, 60.8, 61.0], "kart 2": [63.0, 59.9]}

fastest = {}
for kart, times in LAPS.items()⟦:|⟧
    fastest[kart] = min(times)
pole = min(fastest, key=fastest.get)
medals = Counter(kart for kart in fastest if fastest[kart] < 61)
print(pole, dict(medals))
#--- ValueError
def parse_range(text):
    """'3-6' -> 3, 4, 5, 6"""
    low, high = text.split("-")
    return range(int(low), int(high) + 1)


def pages(text):
    found = set()
    for part in text.split(","):
        ⟦found.update(parse_range(part))|found.update(parse_range(part) if "-" in part else [int(part)])⟧
    ⟦return |result = ⟧sorted(found)


jobs = {"cover": "1-1", "notes": "4-6,9-10", "index": "⟦12|12-14|12-|2-4,3-5⟧"}
sheets = 0
for job, text in jobs.items():
    found = pages(text)
    sheets += (len(found) + 1) // 2
    print(job, found[0], "to", found[-1])
print(sheets, "sheets")
#--- no error
class Thermostat⟦:|⟧
    """Remembers its readings; `target` is checked when set."""

    def __init__(self, target):
        self.target = target
        self.readings = []

    @property
    def target(self):
        return self._target

    ⟦@target.setter|@property|@target.getter⟧
    def target(self, value):
        if not 5 <= value <= 30:
            raise ValueError(f"{value} degrees?")
        self._target = value

    def log(self, *values):
        self.readings.extend(values)
        return sum(v < self.target for v in self.readings)


hall = Thermostat(⟦19|"19"|31⟧)
print(hall.log(18.5, 19.5), "too cold")
hall.target = ⟦21|4|30⟧
print(hall.log(), "too cold now")
#--- SyntaxError
orders = [
    ("mug", 2, 7.5),
    ("cap", 1, 12.0),
    ("pen", 10, 0.9),
]

def line_total(order):
    name, count, price = order
    return count * price

def receipt(orders):
    width = max(len(name) for name, *_ in orders)
    for order in orders:
        ⟦print(f"{order[0]:<{width}} {line_total(order):>7.2f)")|print(f"{order[0]:<{width}} {line_total(order):>7.2f}")|print("%-*s %7.2f" % (width, order[0], line_total(order)))|print(order[0], line_total(order)))⟧
    return sum(map(line_total, orders))

print("total", receipt(orders))
#--- StopIteration
import csv

DATA = ["name,sport", "Ines,judo", "Jan,golf"⟦|, "Kit,polo"⟧]

reader = csv.reader(DATA)
⟦header|"header"⟧ = next(reader)
print("columns:", len(header))

def pairs(reader):
    while True:
        one = next(reader⟦|, None⟧)
        if one is None:
            return
        yield one

⟦players = [next(reader) for _ in range(3)]|players = list(reader)|players = [row for row in reader][:3]⟧
for player in players:
    print(dict(zip(header, player)))
#--- no error
ROOMS = {"101": 2, "102": 1, "201": 4}
guests = [("Abt", 3), ("Behn", 1), ("Cors", 2), ("Dorn", ⟦1|5|"1"⟧)]

free = dict(ROOMS)
assigned, refused = {}, []
for name, persons in sorted(guests, key=lambda g: -g[1]):
    fitting = [room for room, beds in free.items() if beds >= persons]
    if not fitting:
        refused.append(name)
        continue
    room = min(fitting, key=⟦free.get|ROOMS.__getitem__|free⟧)
    assigned[name] = room
    ⟦del free[room]|free.pop(room, None)|free[room] = 0⟧

print(assigned, refused)
try:
    print(refused[0], "sleeps elsewhere")
except IndexError:
    print("all found a room:", len(assigned) == ⟦len(guests)|len(guest)⟧)
#--- AssertionError
class Version:
    def __init__(self, text):
        self.parts = ⟦text.split(".")|[int(p) for p in text.split(".")]|tuple(map(int, text.split(".")))⟧

    def __lt__(self, other):
        return self.parts < other.parts

    def __repr__(self):
        ⟦return |result = ⟧".".join(str(p) for p in self.parts)


releases = [Version(t) for t in ("1.9", "1.10", "0.3")]
ordered = sorted(releases)
print(ordered)
assert repr(ordered[-1]) == "1.10", f"newest is {ordered[-1]}"
assert repr(min(releases)) == "0.3"
#--- NameError
def read_pairs(text):
    return [line.split(": ") for line in text.splitlines() if line]

GLOSSARY = """
Hund: dog
Katze: cat
Pferd: horse
"""

words = dict(read_pairs(GLOSSARY))
def translate(sentence):
    known, unknown = [], []
    for word in sentence.split()⟦:|⟧
        if word in words:
            known.append(words[word])
        else:
            ⟦unknwon|unknown⟧.append(word)
    return known, unknown

print(translate("Hund Katze"))
print(translate("Pferd ⟦Kuh|Hund|⟧"))
#--- no error
from enum import Enum, ⟦auto|automatic⟧


class State(Enum):
    OPEN = auto()
    PAID = auto()
    SENT = auto()


FOLLOWS = {State.OPEN: State.PAID, State.PAID: State.SENT}


def advance(order):
    order["state"] = FOLLOWS⟦[order["state"]]|.get(order["state"], State.SENT)⟧
    return order


orders = [{"no": 1, "state": State.OPEN}, {"no": 2, "state": State.⟦PAID|SENT|PAYED⟧}]
for order in orders:
    advance(order)
print([o["state"].name for o in orders])
print(State["⟦SENT|sent⟧"].value, State(⟦3|4|2⟧))
#--- FileNotFoundError
from ⟦pathlib|pathlibs⟧ import Path

FOLDER = Path("reports")
names = ["jan", "feb"]


def amounts(path):
    return [int(line) for line in path.read_text().splitlines()]


summary = {}
for name in names:
    path = FOLDER / f"{name}.txt"
    ⟦summary[name] = sum(amounts(path))|summary[name] = sum(amounts(path)) if path.exists() else 0|summary[name] = len(path.stem)⟧

print(summary, path.suffix)
