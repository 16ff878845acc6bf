#--- no error
customers = {101: "Odell", 102: "Parr", ⟦103: "Quist"|"103": "Quist"⟧}
purchases = [
    (101, "lamp", 40),
    (103, "desk⟦"|⟧, 120),
    (101, "rug", 75),
]


def report(purchases, customers):
    sums = {}
    for who, what, price in purchases:
        name = customers[who]
        sums[name] = sums.get(name, 0) + price
    return sorted(sums.items(), key=lambda item: ⟦-item[1]|item[1]|-item⟧)


for name, spent in report(purchases, ⟦customers|customers.copy()|list(customers)⟧):
    print(name.ljust(10, "."), spent)
#--- KeyError
from ⟦collections|collections2⟧ import Counter, defaultdict

catches = [("pike", "lake"), ("perch", "river"), ("perch", "lake"), ("eel", "river")]

table = ⟦{}|defaultdict(Counter)|defaultdict(dict)|Counter()⟧
for fish, water in catches:
    table[water][fish] += 1

for water, fishes in table.items():
    print(water, dict(fishes))
#--- no error
employees = [
    dict(name="Thea", team="ops", salary=3100),
    dict(name="Udo", team="dev", salary=4200),
    dict(name="Vic", team="dev", ⟦salary=3900|sallary=3900|salary="3900"⟧),
]
teams = {"ops": "Operations", "dev": "Development"⟦, "hr": "People"|⟧}

print(f"{'team':<14}{'n':>3}{'mean':>9}")
for code, title in teams.items():
⟦    |     ⟧pay = [e["salary"] for e in employees if e["team"] == code]
    if ⟦pay|len(pay) > 0|pay is not None⟧:
        print(f"{title:<14}{len(pay):>3}{sum(pay) / len(pay):>9.1f}")
#--- TypeError
# counts how often two ingredients meet in a recipe
from itertools import combinations

recipes = {
    "scones": {"flour", "milk", "butter"}⟦,|⟧
    "crepes": {"flour", "milk", "egg"},
    "omelette": {"egg", "butter"},
}

pairs = {}
for ingredients in recipes.values():
    for pair in combinations(sorted(ingredients), 2):
        pair = ⟦list(pair)|tuple(pair)|frozenset(pair)|set(pair)⟧
        pairs[pair] = pairs.get(pair, 0) + 1

top = max(pairs, key=pairs.get)
print(sorted(top), pairs[top])
#--- no error
class Table:
    def __init__(self, *columns):
        self.columns = columns
        self.rows = []

    def insert(⟦self, *values|*values⟧):
        if len(values) != len(self.columns):
            raise ValueError("wrong number of values")
        self.rows.append(dict(zip(self.columns, values)))

    def where(self, **wanted):
        ⟦return |result = ⟧[r for r in self.rows if all(r[k] == v for k, v in wanted.items())]


rivers = Table("name", "country", "km")
rivers.insert("Loire", "FR", 1006)
rivers.insert("Ebro", "ES"⟦, 930|⟧)
rivers.insert("Rhône", "FR", 812)
french = rivers.where(country="FR"⟦|, km=812|, length=812⟧)
print(len(french), max(r["km"] for r in french))
#--- IndexError
results = [("Kerr", 9.81), ("Lund", 9.95), ("Moss", 10.02)]
medals = ["gold", "silver"⟦|, "bronze"|, "bronze", "tin"⟧]

⟦ceremony = {}|pass⟧
for place in range(len(⟦results|medals|results[:2]⟧)):
    name, time = results[place]
    ceremony[medals[place]] = f"{name} ({time:.2f} s)"

for medal, who in ceremony.items():
    print(medal, who)
#--- no error
def index_by(rows, column):
    """A dict from the column's value to the rows that hold it."""
    index = {}
    for row in rows:
        index.setdefault(row[column], []).append(row)
    return index


def join(left, right, column):
    index = index_by(right, column)
    for row in left:
        for match in index.get(row[column], []):
            yield {**row, **match}


songs = [{"album": 1, "title": "Dawn"}, {"album": 2, "title": "Dusk"}, {"album": ⟦9|[1]|1.0⟧, "title": "Noon"}]
albums = [{"album": 1, "band": "Owls"}, {"album": 2, "band": "Foxes"}⟦]|}⟧

joined = list(join(songs, albums, ⟦"album"|"title"|"band"⟧))
print([f"{r['band']}: {r['title']}" for r in joined])
print(joined[⟦1|2|-1⟧]["band"])
#--- AttributeError
temps = {"Jan": [-3, 1, 0], "Apr": [9, 11, 8], "Jul": [22, 25, 21]}

summary = {month: (min(v), max(v)) for month, v in temps.items()}
ranges = {}
for month, span in ⟦summary.iteritems()|summary.items()|list(summary.items())|enumerate(summary)⟧:
    low, high = span
    ranges[month] = high - low
print(ranges)
#--- ValueError
data = {"A": (3, 4), "B": (6, 8), "C": (5, 12⟦, 13|⟧)}

lengths = {}
for name in data:
    x, y = data[name]
    lengths[name] = (x ** 2 + y ** 2) ** 0.5

longest = max(lengths, key=lengths.get)
print("longest vector:", longest, lengths[longest])
#--- no error
from collections import namedtuple

Reading = namedtuple("Reading", ⟦"place hour value"|["place", "hour", "value"]|"place hour"|"place class value"⟧)
readings = [Reading("roof", 6, 4.5), Reading("cellar", 6, 11.0), Reading("roof", 12, 9.0)]

rise = {}
for ⟦reading|readin⟧ in readings:
    low, high = rise.get(reading.place, (reading.value, reading.value))
    rise[reading.place] = (min(low, reading.value), max(high, reading.value))

for place, (low, high) in rise.items():
    print(place, high - low)
later = readings[1].⟦_replace(hour=18)|replace(hour=18)|_replace(time=18)⟧
print(later)
#--- NameError
def tally(ballots):
    counts = {}
    for ballot in ballots:
        for rank, candidate in enumerate(ballot):
            points = 3 - rank
            counts[candidate] = counts.get(candidate, 0) + points
    return counts


ballots = [["Ash", "Bo", "Cleo"], ["Bo", "Cleo", "Ash"], ["Bo", "Ash", "Cleo"]]
result = tally(ballots)
⟦best|"best"⟧ = max(result, key=result.get)
if result[best] > ⟦6|8|7⟧:
    print("clear win for", best, "with", ⟦counts|result⟧[best])
else:
    print("second round")
#--- no error
⟦grid|grids⟧ = {(r, c): 0 for r in range(3) for c in range(3)}
moves = [(0, 0), (1, 1), (2, 2), ⟦(0, 1)|(0, 3)|[0, 1]|(True, 1)⟧]
for number, spot in enumerate(moves, 1):
    grid[spot] ⟦+=|=⟧ number

rows = {}
for (r, c), number in grid.items():
    rows.setdefault(r, []).append(number)
assert sum(map(sum, rows.values())) == 10
print(rows)
#--- SyntaxError
lunches = [
    ("soup", 3.5, True),
    ("pasta", 6.0, True),
    ("steak", 14.0, False),
]

veggie = [name for name, price, meatless in lunches if meatless]
cheap = {name: price for name, price, _ in lunches if price < 10⟦]|}⟧
print(veggie, cheap)
print(set(veggie) ⟦&|and|-⟧ set(cheap))
#--- no error
import ⟦operator|operato⟧
from functools import ⟦reduce|reduces|partial, reduce⟧

baskets = [{"apple": 2, "pear": 1}, {"apple": 1}, ⟦{"fig": 5}|{}|[("fig", 5)]|None⟧]

def merge(a, b):
    out = dict(a)
    for fruit, n in b.items():
        out[fruit] = operator.add(out.get(fruit, 0), n)
    return out

total = reduce(merge, baskets⟦, {}|⟧)
print(total)
print("pieces:", sum(total.values()))
#--- AssertionError
SCHEDULE = {
    "Hall A": [(9, 10), (10, 12), (13, 15)],
    "Hall B": [(9, 11), (⟦10|11⟧, 12)],
}


def overlaps(slots):
    ordered = sorted(slots)
    return [(a, b) for a, b in zip(ordered, ordered[1:]) if a[1] ⟦>|>=⟧ b[0]]


for hall in SCHEDULE:
    ⟦clashes|clashess⟧ = overlaps(SCHEDULE[hall])
    assert not clashes, f"{hall}: {clashes}"
    print(hall, "is fine")
#--- no error
words = "the cat and the dog and the hen".split()
first_seen = {}
for position, word in enumerate(words):
    if word ⟦not in|not⟧ first_seen:
        first_seen[word] = position

repeated = sorted({w for w in words if words.count(w) > 1})
print(repeated, [first_seen[w] for w in repeated])
print(repeated[⟦0|2|-1⟧], first_seen⟦["dog"]|["cow"]|.get("cow")|("dog")⟧)
#--- TypeError
temperatures = {"mon": 21, "tue": 23, "wed": ⟦"24"|24|24.5⟧, "thu": 19}

def hottest(data):
    day_found, best = None, -100
    for day, degrees in data.items():
        if degrees > best:
            day_found, best = day, degrees
    return day_found

print("hottest day:", hottest(temperatures))
#--- no error
from ⟦types|Types⟧ import SimpleNamespace as Row

planets = [
    Row(name="Mercury", moons=0, ring=False),
    Row(name="Mars", moons=2⟦, ring=False|⟧),
    Row(name="Saturn", moons=⟦146|"146"|None⟧, ring=True),
]

with_ring = [p.name for p in planets if p.ring]
by_moons = sorted(planets, key=lambda p: p.moons)
print(with_ring, [p.name for p in by_moons])
if by_moons[0].moons == 0 ⟦or|and⟧ by_moons[0].orbit > 1:
    print("moonless")
#--- AttributeError
class Ledger:
    """Keeps amounts under names."""

    def __init__(self):
        ⟦entries = {}|self.entries = {}|self.entries = []⟧

    def book(self, name, amount):
        self.entries.setdefault(name, []).append(amount)

    def balance(self, name):
        return sum(self.entries.get(name, [])⟦)|⟧


ledger = Ledger()
ledger.book("rent", -700)
ledger.book("pay", 2100)
ledger.book("rent", -15)
print(ledger.balance("rent"), ledger.balance("gifts"))
#--- IndexError
history = {"alice": ["login", "logout"], "bob": ["login"], "carl": ⟦[]|["login"]|[""]|""⟧}

still_on = []
for user, events in history.items():
    if events[-1] == "login"⟦:|⟧
        still_on.append(user)
print("online:", ", ".join(still_on) or "nobody")
#--- no error
def pivot(rows):
    out = {}
    for region, quarter, amount in rows:
        out.setdefault(region, {})[quarter] = amount
    return out


SALES = [("N", "Q1", 10), ("N", "Q2", 12), ("S", "Q1", 7), ("S", "⟦Q2|Q3|Q1⟧", 9)]
for region, quarters in pivot(SALES).items():
    change = quarters⟦["Q2"]|.get("Q2", 0)|.get("Q2")⟧ - quarters["Q1"]
    print("%s: %+d⟦"|'⟧ % (region, change))
#--- KeyError
edges = ["a-b", "b-c", "c-d"]
parent = {}
for edge in edges:
    left, right = edge.split("-")
    parent[right] = left


def path(node):
    steps = [node]
    while ⟦node != "root"|node in parent|node != "a"⟧:
        node = parent[node]
        steps.append(node⟦)|⟧
    return steps[::-1]


print(" / ".join(path(⟦"d"|"b"⟧)))
#--- no error
inventory = {"bolt": 40, "nut": 55, "washer": ⟦0|3⟧}

⟦for part in list(inventory)|for part in inventory|for part in inventory.copy()|for part, n in inventory.items()⟧:
    if inventory[part] == 100:
        del inventory[part]

empty = [part for part, n in inventory.items() if not n]
for part in empty:
    inventory.⟦pop(part)|remove(part)|pop(part, None)⟧
print(len(inventory), inventory[⟦"nut"|"screw"⟧])
#--- ImportError
from collections import ⟦OrderedDictionary|OrderedDict⟧, ChainMap

defaults = {"size": "A4", "colour": False}
chosen = OrderedDictionary = dict(colour=True)
merged = ChainMap(chosen, defaults)
print(merged["size"], merged["colour"])
#--- no error
from heapq import nlargest⟦, nsmallest|, smallest|⟧

goals = [("Ito", 12), ("Jaye", 31), ("Khan", 22), ("Lee", 31)]

⟦best|Best⟧ = nlargest(2, goals, key=lambda g: g[1])
worst = ⟦nsmallest|max⟧(1, goals, key=lambda g: g[1])[0]
print([name for name, _ in best], worst[⟦0|1|2⟧])
#--- UnboundLocalError
students = [("Xan", 54), ("Yma", 71), ("Zed", 38)]

def honours(limit):
    for name, mark in students:
        if ⟦mark|MARK⟧ >= limit:
            top = name
            ⟦break|continue|pass⟧
    return f"{top} made it"

print(honours(50))
print(honours(⟦90|70|71⟧))
#--- no error
a = {"x": 1, "y": [1, 2]}
b = dict(a, z=⟦3|a⟧)
b["y"].append(9)
del b["x"]

print(a["x"], a["y"], sorted(b))
c = {**b, **a}
assert c["y"] is a["y"]
assert len(c) == ⟦3|2|len(b) + 1⟧
print(a.get("z"), c[⟦"z"|"x"|"w"⟧])
#--- SyntaxError
staff = {"Gwen": "cook", "Hal": "waiter", "Iris": "cook"}
jobs = {}

for name, job in staff.items()⟦|:⟧
    jobs.setdefault(job, set()).add(name)

if "cook" in jobs:
    print(len(jobs["cook"]), "cooks")
#--- no error
shifts = [("Mon", "early", "Tove"), ("Mon", "late", "Uwe"), ("Tue", "early", ⟦"Tove"|None|""⟧)]

⟦plan = {}|pass⟧
for day, part, person in shifts:
    plan[day, part] = person

hours = {}
for (day, part), person in plan.items():
    if person ⟦is not None|!= "Uwe"⟧:
        hours[person.lower()] = hours.get(person.lower(), 0) + 8
print(hours, plan⟦["Mon", "late"]|["Mon"]["late"]|.get(("Tue", "late"))⟧)
#--- RecursionError
folders = {
    "home": {"music": {"jazz": 40, "folk": 25}, "notes": 3},
    "tmp": 12,
}


def size(node):
    if ⟦node is dict|isinstance(node, dict)|type(node) == dict⟧:
        return sum(size(child) for child in node.values())
    ⟦return size(node)|return node⟧


print(size(folders["home"]))
⟦print|    print⟧(size(folders))
#--- ZeroDivisionError
games = {"won": 0, "lost": 0, "drawn": 0}
log = ⟦""|"WWL"|"?"|"D"⟧
names = {"W": "won", "L": "lost", "D": "drawn"}
for letter ⟦in|of⟧ log:
    games[names[letter]] += 1
played = sum(games.values())
print(f"won {games['won'] / played:.0%} of {played}")
