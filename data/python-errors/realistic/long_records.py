#--- no error
"""A small booking system for a campsite."""
from datetime import date, timedelta

PITCHES = {"river": 2, "forest": 3, ⟦"meadow": 1|"meadow": 0⟧}
BOOKINGS = []


class Full(Exception):
    pass


def nights(start, end):
    day = start
    while day < end:
        yield day
        day += timedelta(days=1)


def free(area, day):
    return PITCHES[area] - BOOKINGS.count((area, day))


def book(guest, area, start, length=⟦1|None⟧):
    end = start + timedelta(days=length)
    if any(free(area, day) ⟦< 1|<= 1|< "1"⟧ for day in nights(start, end)):
        raise Full(f"{area} is full")
    for day in nights(start, end):
        BOOKINGS.append((area, day))
    return end


requests = [("Kerr", "meadow", 3), ("Lind", "meadow", 1), ("Moe", "⟦forest|Forest⟧", 2)]
for guest, area, length in requests:
    try:
        until = book(guest, area, date(2023, 8, 1), length)
        print(guest, "stays until", until⟦.isoformat()||.date()⟧)
    except Full as full:
        print(guest, "must go:", full)
#--- AttributeError
class Pupil:
    def __init__(self, name, form):
        self.name = name
        self.form = form
        self.marks = {}

    def add_mark(self, subject, mark):
        if not 1 <= mark <= 6:
            raise ValueError(f"mark {mark} is out of range")
        self.marks.setdefault(subject, []).append(mark)

    def mean(self, subject):
        marks = self.marks.get(subject)
        if marks is None:
            return None
        return sum(marks) / len(marks)


class Register:
    def __init__(self):
        self.pupils = {}

    def enrol(self, name, form):
        ⟦pupil = Pupil(name, form)|pupil = self.pupils.get(name) or Pupil(name, form)⟧
        self.pupils[name] = pupil
        ⟦|return pupil⟧

    def form(self, form):
        return [p for p in self.pupils.values() if p.form == form]


register = Register()
anja = register.enrol("Anja", "8c")
register.enrol("Bosse", "8c")
register.pupils["Bosse"].add_mark("music", ⟦2|7⟧)
anja.add_mark("music", 1)
for ⟦pupil|lambda⟧ in register.form("8c"):
    print(pupil.name, pupil.mean("music"), pupil.mean("art"))
#--- ValueError
RAW = """
# id ; kind   ; watts ; hours
1 ; lamp    ; 12    ; 5
2 ; heater  ; 2000  ; 1.5
3 ; radio   ; 8     ; ⟦2,5|2.5|⟧
4 ; charger ; 10    ; 8
"""


def rows(text):
    for number, line in enumerate(text.split("\n")):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        yield number, [cell.strip() for cell in line.split(";")]


def devices(text):
⟦    found = []|    pass⟧
    for number, cells in rows(text):
        ident, kind, watts, hours = cells
        found.append({
            "id": int(ident),
            "kind": kind,
            "kwh": int(watts) * float(hours) / 1000,
            "line": number,
        })
    return found


def main():
    items = ⟦devices(RAW)|devices(RAW.split("3 ;")[0])⟧
    items.sort(key=lambda item: item["kwh"], reverse=True)
    for item in items:
        print(f"{item['kind']:<10}{item['kwh']:.2f} kWh")
    print("sum", round(sum(item["kwh"] for item in items), 3))


⟦if __name__ == "__main__":|if __name__ == "main":|if True:⟧
    main()
#--- no error
from collections import Counter, defaultdict
import string

LYRICS = """
Row, row, row your boat,
Gently down the stream;
Merrily, merrily, merrily, merrily,
Life is but a dream.
"""


def clean(word):
    return word.strip(string.punctuation).lower()


lines = [line for line in LYRICS.splitlines() if line⟦.strip()||.isalpha()⟧]
words_per_line = [[clean(w) for w in line.split()] for line in lines]

counts = Counter(word for words in words_per_line for word in words)
lengths = defaultdict(set)
for word in counts:
    lengths[len(word)].add(word)

where = {}
for number, words in enumerate(words_per_line, start=1):
    for word in words:
        where.setdefault(word, ⟦[]).append|set()).add|set()).append⟧(number)

print(counts.most_common(2))
print(max(lengths), sorted(lengths[max(lengths)]))
print("row:", where["row"], "dream:", where["⟦dream|dreams⟧"])
longest = max(counts, key=lambda w: (len(w), w))
assert counts[longest] > ⟦1|4⟧
print(longest.center(20⟦, "*"|, "**"|, ""⟧))
#--- KeyError
ROUTES = {
    "12": ["Harbour", "Market", "School", "Hill"],
    "40": ["Market", "Station", "Airport"]⟦,|⟧
    "N7": ["Station", "Hill"],
}
TIMES = {
    ("Harbour", "Market"): 6,
    ("Market", "School"): 4,
    ("School", "Hill"): 7,
    ("Market", "Station"): 3,
    ("Station", "Airport"): 18,
}


def leg_time(a, b):
    ⟦if (a, b) in TIMES:
        return TIMES[a, b]
    return TIMES[b, a]|return TIMES.get((a, b)) or TIMES.get((b, a), 5)⟧


def ride(route, start, stop):
    stops = ROUTES[route]
    i, j = stops.index(start), stops.index(stop)
    part = stops[min(i, j):max(i, j) + 1]
    return sum(leg_time(a, b) for a, b in zip(part, part[1:]))


print("Harbour to School:", ride("12", "Harbour", "School"))
print("Airport to Market:", ride("40", "Airport", ⟦"Market"|"Hill"⟧))
total = 0
for name, stops in ROUTES.items():
    total += ride(name, stops[0], stops[-1])
print("all routes:", total)
#--- no error
class Matrix:
    """Rows of numbers with the fewest of checks."""

    def __init__(self, rows):
        widths = {len(row) for row in rows}
        if len(widths) != 1:
            raise ValueError("ragged rows")
        self.rows = [⟦list(row)|row|tuple(row)⟧ for row in rows]

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    def __matmul__(self, other):
        n, inner = self.shape
        inner2, m = other.shape
        assert inner == inner2, f"{self.shape} @ {other.shape}"
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, col)) for col in columns] for row in self.rows])


prices = Matrix([[2, 5], [3, 4]⟦|, [1]|, [1, 1]⟧])
basket = Matrix([[10], [1]⟦|, [7]⟧])
cost = prices @ basket
print(cost.shape⟦|()|[0]⟧, cost.rows)
print(cost.rows[⟦0|-1|5⟧][0])
#--- TypeError
from dataclasses import dataclass


@dataclass⟦(order=True)||(frozen=True)⟧
class Parcel:
    weight: float
    code: str
    fragile: bool = False

    def price(self):
        base = 3.9 if self.weight <= 2 else 6.5
        return base + (1.5 if self.fragile else 0)


def load(van, parcels, limit):
    loaded = 0
    for parcel in sorted(parcels):
        if loaded + parcel.weight > limit:
            van["left"].append(parcel.code)
            continue
        loaded ⟦+=|=+=⟧ parcel.weight
        van["parcels"].append(parcel.code)
    return loaded


van = {"parcels": [], "left": []}
parcels = [
    Parcel(4.0, "K7"),
    Parcel(1.2, "A3", fragile=True),
    Parcel(⟦"2.5"|2.5|4.0⟧, "Z9"),
]
print(len(parcels), "parcels wait")
print(load(van, parcels⟦|[:2]⟧, limit=6))
print(van, round(parcels[1].price(), 2))
#--- no error
import json
from collections import OrderedDict

DOC = """{
  "title": "Trip",
  "days": [
    {"place": "Lyon", "km": 120, "hotel": {"name": "Sud", "stars": 3}},
    {"place": "Nice", "km": 470, "hotel": null},
    {"place": "Pisa", "km": ⟦350|"350"|3.5e2⟧, "hotel": {"name": "Arno"}}
  ]
}"""


def hotel_line(day):
    hotel = day["hotel"]
    if ⟦hotel is None|not hotel|hotel == "null"⟧:
        return "camping"
    stars = hotel⟦.get("stars", 0)|["stars"]|.get("stars")⟧
    return hotel["name"] + " " + "*" * stars


trip = json.loads(DOC, object_pairs_hook=⟦OrderedDict|dict|list⟧)
km = 0
for number, day in enumerate(trip["days"], start=1):
    km += day["km"]
    print(f"{number}. {day['place']:<6} {hotel_line(day)}")
print(trip["title"], km, "km")
back = json.dumps(trip["days"][0], sort_keys=True)
print(json.loads(back) == trip["days"][0])
#--- IndexError
def parse_board(text):
    ⟦return |⟧[list(line) for line in text.strip().splitlines()]


def neighbours(board, row, col):
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            if dr or dc:
                r, c = row + dr, col + dc
                if 0 <= r ⟦<=|<⟧ len(board) and 0 <= c < len(board[0]):
                    yield board[r][c]


def hints(board):
    out = []
    for r, line in enumerate(board):
        row = ""
        for c, cell in enumerate(line):
            if cell == "*":
                row += "*"
            else:
                row += str(sum(n == "*" for n in neighbours(board, r, c)))
        out.append(row)
    return out


FIELD = """
..*.
*...
⟦....|..|*..*⟧
"""
board = parse_board(FIELD)
print(len(board), "rows")
for line in hints(board):
    print(line)
#--- no error
import re
from decimal import Decimal

RECEIPT = """
2 x Bread        1.80
1 x Jam          3.25
Voucher         -1.00
3 x Apple        0.40
"""
ITEM = re.compile(r"(\d+) x (\w+)\s+(⟦-?\d+\.\d\d|\d+⟧)")


def lines(text):
    for line in text.strip().splitlines():
        match = ITEM.⟦match|fullmatch|search⟧(line)
        if match is None:
            name, amount = line.split()
            yield name, 1, Decimal(amount)
        else:
            count, name, price = match.groups()
            yield name, int(count), Decimal(price)


total = Decimal(⟦0|"0.00"|0.5⟧)
seen = set()
for name, count, price in lines(RECEIPT):
    assert name not in seen, name
    seen.add(name)
    total += count * price
print("TOTAL", total)
if total != Decimal("⟦7.05|7.0⟧"):
    print("changed")
print(sorted(seen)[⟦0|3|4⟧])
#--- UnboundLocalError
PATIENTS = [
    {"name": "Rex", "kind": "dog", "kg": 24, "dose": None},
    {"name": "Mimi", "kind": "cat", "kg": 4, "dose": None},
    {"name": "Coco", "kind": "⟦parrot|cat⟧", "kg": 0.4, "dose": None},
]


def dose_for(patient):
    """Milligrams of the medicine, by kind and weight."""
    if patient["kind"] == "dog":
        per_kg = 2.0
    elif patient["kind"] == "cat":
        per_kg = 1.5
    ⟦elif|else if⟧ patient["kg"] > 50:
        raise ValueError("too heavy for this table")
    ⟦|else:
        per_kg = 0.5⟧
    return per_kg * patient["kg"]


def fill_in(patients):
    for patient in patients:
        patient["dose"] = dose_for(patient)
    return patients


for patient in fill_in(PATIENTS⟦|[:2]⟧):
    print("%(name)s gets %(dose).1f mg" % patient)
#--- SyntaxError
class Score:
    def __init__(self, home, away):
        self.home = home
        self.away = away

    def winner(self):
        if self.home > self.away:
            return 1
        if self.home < self.away:
            return 2
        return 0


season = [
    ("Owls", "Crows", Score(2, 1)),
    ("Crows", "Larks", Score(0, 0)),
    ("Larks", "Owls", Score(1, 3)),
]

table = {}
for home, away, score in season:
    for team in (home, away):
        table.setdefault(team, 0)
    result = score.winner()
    if result == 0:
        table[home] += 1
        table[away] += 1
    ⟦elseif|elif|else if|else:
        pass
    if⟧ result == 1:
        table[home] += 3
    else:
        table[away] += 3

for team in sorted(table, key=table.get, reverse=True):
    print(f"{team:<8}{table[team]:>3}")
#--- no error
def tokenise(source):
    """'a = 3 + b' -> ['a', '=', '3', '+', 'b']"""
    ⟦return |⟧source.split()


def value(token, variables):
    if token.lstrip("-").isdigit():
        return int(token)
    return variables[token]


def run(program):
    variables = {}
    operations = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a // b,
    }
    for line in program:
        name, equals, *terms = tokenise(line)
        if equals != "=":
            raise ValueError("no assignment: " + line)
        result = value(terms[0], variables)
        for sign, token in zip(terms[1::2], terms[2::2]):
            result = operations[sign](result, value(token, variables))
        variables[name] = result
    return variables


PROGRAM = [
    "a = 7",
    "b = a * 2 ⟦+|%|/⟧ 4",
    "⟦c = b - a|c = b - d|c == b|c =|c⟧",
    "d = c / ⟦2|0|zero⟧",
]
print(run(PROGRAM))
#--- NameError
BIRDS = {
    "robin": {"weight": 18, "song": True}⟦,|⟧
    "heron": {"weight": 1500, "song": False},
    "wren": {"weight": 9, "song": True},
}


def lightest(birds):
    best = None
    for name, facts in birds.items():
        if best is None or facts["weight"] < birds[best]["weight"]:
            best = name
    return best


def singers(birds):
    return [name for name in birds if birds[name]["song"]]


def report(birds):
    print("lightest:", lightest(birds))
    names = singers(birds)
    if len(names) ⟦> 1|> 2⟧:
        print("singers:", ", ".join(⟦name|names|sorted(names)⟧))
    else:
        print("singer:", names[0])


report(BIRDS)
report({"crow": {"weight": 500, "song": ⟦True|False⟧}})
#--- no error
from abc import ABC, abstractmethod


class Converter(ABC):
    @abstractmethod
    def read(self, text):
        """Turns a line into a dict."""


class Semicolons(Converter):
    def __init__(self, *names):
        self.names = names

    def ⟦read|reads⟧(self, text):
        return dict(zip(self.names, text.split(";")))


class Pairs(Converter):
    def read(self, text):
        return dict(part.split("=") for part in text.split("⟦&|;⟧"))


def load(lines, converter):
    records = []
    for line in lines:
        record = converter.read(line)
        record["age"] = int(record["age"])
        records.append(record)
    return records


people = load(["Ove;59", "Siri;⟦34|x|⟧"], Semicolons("name", "age"⟦|, "town"⟧))
people += load(["name=Kaj&age=8"], Pairs())
print(max(people, key=lambda p: p["age"])["name"])
#--- AssertionError
def encode(text):
    out = []
    last, run = "", 0
    for letter in text:
        if letter ⟦==|=⟧ last:
            run += 1
        else:
            if run:
                out.append((last, run))
            last, run = letter, 1
    ⟦|if run:
        out.append((last, run))⟧
    return out


def decode(pairs):
    return "".join(letter * run for letter, run in pairs)


rows = ["aaab", "xyz", ⟦""|"b"|"zz"⟧]
packed = {}
for row in rows:
    packed[row] = encode(row)
    print(row or "(empty)", len(packed[row]))
for row, pairs in packed.items():
    assert decode(pairs) == row
print("ratio", sum(map(len, packed.values())))
#--- no error
import functools

CALLS = {"n": 0}


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        CALLS["⟦n|m⟧"] += 1
        return function(*args, **kwargs)
    ⟦return wrapper|return function|wrapper⟧


@counted
def postage(weight, country="home", *, express=False):
    table = {"home": [(1, 3), (5, 6)], "abroad": [(1, 9), (5, 17)]}
    for limit, price in table[country]:
        if weight <= limit:
            return price * (2 if express else 1)
    raise LookupError("too heavy")


jobs = [(0.5,), (3, "abroad"), (⟦2|9⟧, "home")]
total = 0
for job in jobs:
    try:
        total += postage(*job⟦|, express=True|, True⟧)
    except LookupError as problem:
        print(problem, postage.__name__)
print(total, CALLS)
#--- ZeroDivisionError
ELECTION = {
    "North": {"Green": 410, "Blue": 390, "spoilt": 12},
    "South": {"Green": 200, "Blue": 610, "spoilt": 3},
    "Post": {"Green": 0, "Blue": 0, "spoilt": ⟦0|7⟧},
}


def totals(districts):
    parties = {}
    for result in districts.values():
        for party, votes in result.items():
            if party ⟦==|=⟧ "spoilt":
                continue
            parties[party] = parties.get(party, 0) + votes
    return parties


def spoilt_share(result):
    ⟦all_votes = sum(result.values())|all_votes = sum(result.values()) or 1⟧
    return result["spoilt"] / all_votes


overall = totals(ELECTION)
print("winner:", max(overall, key=overall.get))
worst = max(ELECTION, key=lambda d: spoilt_share(⟦ELECTION[d]|overall⟧))
print("most spoilt:", worst)
#--- no error
class Stack:
    def __init__(self):
        self._items = []

    def push(self, item):
        self._items.append(item)

    def pop(self):
        if ⟦not self._items|self._items is None⟧:
            raise LookupError("stack is empty")
        return self._items.pop()

    def __len__(self):
        ⟦return |result = ⟧len(self._items)

    def __bool__(self):
        return bool(self._items)


PAIRS = {")": "(", "]": "[", "}": "{"}


def balanced(text):
    stack = Stack()
    for sign in text:
        if sign in PAIRS.values():
            stack.push(sign)
        elif sign in PAIRS:
            try:
                opened = stack.pop()
            except ⟦LookupError|Exception|(LookupError, KeyError)⟧:
                return False
            if opened != PAIRS[sign]:
                return False
    return len(stack) == 0


for text in ("f(a[0])", "(]", "{[", "⟦())|()()⟧"):
    print(text, balanced(text))
assert not balanced("((")
#--- FileNotFoundError
import os

DEFAULTS = {"lang": "en", "width": "80"}


def parse(lines):
    found = {}
    for line in lines:
        key, sep, value = line.partition(":")
        if sep:
            found[key.strip()] = value.strip()
    return found


def load(path, must_exist=False):
    settings = dict(DEFAULTS)
    ⟦if must_exist or os.path.exists(path):|if os.path.exists(path):⟧
        with open(path) as file:
            settings.update(parse(file))
    ⟦return |result = ⟧settings


first = load("app.conf")
print(first["lang"], int(first["width"]) // 2)
second = load("user.conf", must_exist=⟦True|False|0⟧)
print(second["⟦width|height⟧"])
#--- no error
class Book:
    count = 0

    def __init__(self, title, year, tags=()):
        self.title = title
        self.year = year
        self.tags = set(tags)
        ⟦Book.count|self.count|count⟧ += 1

    def older_than(self, year):
        return self.year < year


class Catalogue:
    def __init__(self, books):
        self.books = list(books)

    def tagged(self, tag):
        return [b for b in self.books if tag in b.tags]

    def decades(self):
        out = {}
        for book in self.books:
            decade = book.year // 10 * 10
            out.setdefault(decade, []).append(book.title)
        return out


books = [
    Book("Reeds", 1987, ["poems"]),
    Book("Kilns", ⟦2003|"2003"|0⟧, ["craft", "clay"]),
    Book("Tides", 1981⟦|, "sea"|, None⟧),
]
catalogue = Catalogue(books)
print([b.title for b in catalogue.tagged("clay")])
print(catalogue.decades()[⟦1980|1990|2000⟧])
print(sum(b.older_than(1990) for b in books), "old of", Book.count)
#--- SyntaxError
PRODUCTS = {
    "p1": {"name": "Kettle", "price": 29.0, "stock": 4},
    "p2": {"name": "Toaster", "price": 35.5, "stock": 0},
    "p3": {"name": "Mixer", "price": 49.9, "stock": 7},
}


def available(products):
    for key, product in products.items():
        if product["stock"] > 0:
            yield key


def cheapest(products):
    keys = list(available(products))
    if not keys:
        return None
    return min(keys, key=lambda k: products[k]["price"])


def sell(products, key, amount=1):
    product = products[key]
    ⟦if product["stock"] => amount:|if product["stock"] >= amount:|if product["stock"] > = amount:|if not product["stock"] < amount:⟧
        product["stock"] -= amount
        return amount * product["price"]
    raise ValueError("only " + str(product["stock"]) + " left")


income = 0
for key, amount in [("p1", 2), (cheapest(PRODUCTS), 1), ("p3", ⟦3|8⟧)]:
    income += sell(PRODUCTS, key, amount)
    print(PRODUCTS[key]["name"], "sold")
print("income", income)
#--- TypeError
from ⟦datetime|datetimes⟧ import timedelta


def to_delta(text):
    minutes, seconds = text.split(":")
    return timedelta(minutes=int(minutes), seconds=int(seconds))


class Album:
    def __init__(self, title):
        self.title = title
        self.tracks = []

    def add(self, name, length):
        self.tracks.append((name, to_delta(length)))

    def longest(self):
        return max(self.tracks, key=lambda t: t[1])[0]

    def length(self):
        return sum((t[1] for t in self.tracks)⟦|, timedelta()|, timedelta(0)⟧)


album = Album("Low Water")
album.add("Gulls", "3:12")
album.add("Mud", "⟦4:05|4.05|4:65⟧")
album.add("Spring Tide", "11:40")

print(album.title, "has", len(album.tracks), "tracks")
print("longest:", album.longest())
print("length:", album.length())
if album.length() > timedelta(minutes=20⟦|, hour=1⟧):
    print("a long one")
#--- no error
import re

SCRIPT = """
PUT flour 500
PUT eggs 4
TAKE flour 200
⟦LIST|LIST flour|list⟧
TAKE eggs ⟦4|5|all⟧
LIST
"""


class Store:
    def __init__(self):
        self.goods = {}
        self.output = []

    def do_put(self, name, amount):
        self.goods[name] = self.goods.get(name, 0) + int(amount)

    def do_take(self, name, amount):
        if self.goods[name] < int(amount):
            raise ValueError("too little " + name)
        self.goods[name] -= int(amount)
        if not self.goods[name]:
            del self.goods[name]

    def do_list(self):
        self.output.append(dict(self.goods))

    def run(self, script):
        for line in script.strip().splitlines():
            command, *arguments = line.split()
            method = getattr(self, "do_" + command⟦.lower()||.upper()⟧)
            method(*arguments)
        ⟦return|  return⟧ self.output


first, last = Store().run(SCRIPT)
print(first, last)
print(re.sub(r"\W+", " ", str(last)))
#--- IndexError
WORDS = {"en": ["one", "two", "three"], "sv": ["ett", "två", "tre"], "nl": ["een", "twee"⟦|, "drie"⟧]}


class Teacher:
    def __init__(self, language):
        self.language = language
        self.right = 0
        self.asked = 0

    def ask(⟦self, |⟧number, answer):
        self.asked += 1
        if WORDS[self.language][number - 1] == answer:
            self.right += 1
            return True
        return False

    def score(self):
        return f"{self.language}: {100 * self.right // self.asked} %"


answers = [("sv", 2, "två"), ("en", 3, "tree"), ("nl", ⟦3|2|0⟧, "drie"), ("sv", 1, "en")]
teachers = {}
for language, number, answer in answers:
    if language not in teachers:
        teachers[language] = Teacher(language)
    good = teachers[language].ask(number, answer)
    print(language, number, "right" if good else "wrong")

for teacher in teachers.values():
    print(teacher.score())
#--- no error
from collections import namedtuple, deque

Job = namedtuple("Job", "name needs", defaults=[()])
JOBS = [
    Job("paint", ("plaster", "wire")),
    Job("plaster", ("walls",)),
    Job("wire", ("walls"⟦,|⟧)),
    Job("walls"⟦|, ("paint",)|, ("roof",)⟧),
]


def plan(jobs):
    waiting = {job.name: set(job.needs) for job in jobs}
    ready = deque(name for name, needs in waiting.items() if not needs)
    order = [⟦]|}⟧
    while ready:
        name = ready.popleft()
        order.append(name)
        del waiting[name]
        for other, needs in waiting.items():
            if name in needs:
                needs.⟦remove|discard|pop⟧(name)
                if not needs:
                    ready.append(other)
    if waiting:
        raise ValueError(f"cannot start {sorted(waiting)}")
    return order


order = plan(JOBS)
for day, name in enumerate(order, start=1):
    print(f"day {day}: {name}")
assert order.index("paint") > order.index("wire")
#--- AttributeError
class Sensor:
    def __init__(self, name):
        self.name = name
        self.values = []

    def feed(self, value):
        self.values.append(value)
        ⟦|return self⟧

    def mean(self):
        return sum(self.values) / len(self.values)


class Station:
    def __init__(self, *names):
        self.sensors = {name: Sensor(name) for name in names}

    def feed(self, line):
        name, *values = line.split()
        for value in values:
            self.sensors[name].feed(float(value))

    def hottest(⟦self|⟧):
        return max(self.sensors.values(), key=⟦Sensor.mean|lambda s: s.mean()⟧)


station = Station("roof", "yard")
station.feed("roof 14.5 15.0")
station.feed("yard ⟦12.5 13.1|12.5|x⟧")
print("hottest:", station.hottest().name)

extra = Sensor("hall")
extra.feed(18.0).feed(18.4)
print(round(extra.mean(), 1))
#--- no error
import json


class Note:
    def __init__(self, text, stars=0, done=False):
        self.text = text
        self.stars = stars
        self.done = done


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, Note):
            return ⟦vars(value)|value.__dict__|value|str(value)⟧
        if isinstance(value, set):
            return sorted(value)
        return super().default(value)


def revive(record):
    if "text" in record:
        return Note(**record)
    return record


notes = {"owner": "Lis", "tags": {"home", "urgent"⟦|, 3⟧}, "notes": [Note("call Bo", 2), Note("pay rent", ⟦5|{1, 2}|1j⟧)]}
text = json.dumps(notes, ⟦cls=Encoder|default=vars|indent=1⟧)
back = json.loads(text, object_hook=revive)
print(back["owner"], back["tags"])
first = back["notes"][0]
print(first.text, first.stars, first.done)
#--- NameError
LEVELS = {
    1: ["#####", "#@.o#", "#####"],
    2: ["######", "#@..o#", "#.#..#", "######"],
}


def find(level, ⟦sign|level⟧):
    for y, line in enumerate(LEVELS[level]):
        x = line.find(sign)
        if x >= 0:
            return x, y
    return None


def free_cells(level):
    return sum(line.count(".") for line in LEVELS[level])


def distance(level):
    x1, y1 = find(level, "@")
    x2, y2 = find(level, "⟦o|O|.⟧")
    return abs(x1 - x2) + abs(y1 - ⟦y|y2⟧)


print("levels:", len(LEVELS))
for level in LEVELS:
    free = free_cells(level)
    if free ⟦> 2|> 9⟧:
        print(level, "needs at least", distance(level), "steps")
    else:
        print(level, "is easy")
#--- ValueError
from collections import defaultdict

TEXT = """
Helsinki-Vantaa,HEL,60.3
Keflavik,KEF,64.0
Sumburgh,LSI,⟦59° 52'|59.9|-⟧
Barra,BRR,57.0
"""


def airports(text):
    for line in text.strip().splitlines():
        name, code, latitude = line.split(",")
        if len(code) != 3:
            raise ValueError("bad code " + code)
        yield {"name": name, "code": code, "lat": latitude}


def by_letter(records):
    index = defaultdict(list)
    for record in records:
        index[record["code"][0]].append(record⟦)|⟧
    return index


records = list(airports(TEXT))
index = by_letter(records)
print(sorted(index))
for letter in "HK":
    print(letter, [r["name"] for r in index[letter]])
try:
    north = [r["code"] for r in records⟦|[:2]⟧ if float(r["lat"]) > 60]
except ⟦TypeError|ValueError|KeyError⟧:
    north = []
print("north of 60:", north)
#--- no error
def simplify(schedule):
    """Joins the blocks of one day that touch each other."""
    out = {}
    for day, blocks in schedule.items():
        joined = []
        for start, end in sorted(blocks):
            assert start ⟦<|<=|>⟧ end, f"{day}: {start} to {end}"
            if joined and joined[-1][1] >= start:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append(⟦[start, end]|(start, end)|{start, end}⟧)
        out[day] = joined
    return out


def hours(blocks):
    return sum(end - start for start, end in blocks)


WEEK = {
    "Mon": [(14, 16), (8, 10), (10, 12)],
    "Tue": [(9, ⟦11|9|"11"⟧)],
    "Wed": [],
}
simple = simplify(WEEK)
for day, blocks in simple.items():
    print(day, len(blocks), "blocks,", hours(blocks), "hours")
longest = max(simple, key=lambda day: hours(simple[day]))
print(longest, simple[longest][⟦0|1|2⟧])
#--- IndentationError
class Polls:
    """Answers of several rounds."""

    def __init__(self, question, options):
        self.question = question
        self.votes = dict.fromkeys(options, 0)

    def vote(self, option):
        if option not in self.votes:
            raise ValueError(option)
        self.votes[option] += 1

⟦   def leader(self):
        best = max(self.votes.values())
        return [o for o, n in self.votes.items() if n == best]|    def leader(self):
        best = max(self.votes.values())
        return [o for o, n in self.votes.items() if n == best]|    def leader(self):
    best = max(self.votes.values())
        return best⟧

    def share(self, option):
        return self.votes[option] / sum(self.votes.values())


lunch = Polls("Lunch?", ["pizza", "curry", "salad"])
for voice in "pizza curry pizza ⟦salad|soup⟧".split():
    lunch.vote(voice)
print(lunch.question, lunch.leader())
for option in lunch.votes:
    print(f"{option:<6}{lunch.share(option):.0%}")
#--- no error
from functools import ⟦total_ordering|total_order|total_ordering, cache⟧


@total_ordering
class Length:
    METRES = {"m": 1, "cm": 0.01, "ft": 0.3048, ⟦"in": 0.0254|"inch": 0.0254⟧}

    def __init__(self, amount, unit="m"):
        self.metres = amount * self.METRES[unit]

    @classmethod
    def parse(cls, text):
        amount, unit = text.split()
        return ⟦cls(float(amount), unit)|cls(amount, unit)|cls(float(amount))⟧

    def __eq__(self, other):
        return self.metres == other.metres

    def __lt__(self, other):
        return self.metres < other.metres

    def __truediv__(self, other):
        return self.metres / other.metres


rope = Length.parse("12 m")
pieces = [Length.parse(t) for t in ("3 ft", "80 cm", "10 in")]
print(min(pieces).metres, max(pieces) <= rope)
print(int(rope / ⟦min(pieces)|Length(0)|2⟧), "short pieces")
assert Length(100, "cm") == Length(1)
#--- AssertionError
def parse(text):
⟦    out = {}|    pass⟧
    for line in text.strip().splitlines():
        key, value = line.split("=")
        out[key] = int(value)
    return out


def dump(table):
    return "\n".join(f"{k}={v}" for k, v in sorted(table.items()))


def difference(old, new):
    changes = {}
    for key in old.keys() | new.keys():
        if old.get(key) != new.get(key):
            changes[key] = old.get(key), new.get(key)
    return changes


OLD = "apples=3\npears=5\nplums=0"
NEW = "apples=3\npears=4⟦|\nplums=0|\nplums=1⟧"

assert dump(parse(OLD)) == OLD
changes = difference(parse(OLD), parse(NEW))
for fruit in sorted(changes):
    before, after = changes[fruit]
    print(fruit, before, "->", after)
assert ⟦all(after is not None for _, after in changes.values())|len(changes) < 3|changes⟧, "a fruit has gone"
print(len(changes), "changes")
