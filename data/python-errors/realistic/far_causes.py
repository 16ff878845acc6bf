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
import functools

@functools.lru_cache(None)
def ways(stairs):
    if stairs ⟦== 0|<= 0|< 2⟧:
        return 1
    return ways(stairs - 1) + ways(stairs - 2)

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
