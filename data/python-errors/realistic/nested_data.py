#--- no error
zoo = {
    "savannah": {
        "lions": {"count": 4, "keeper": "Imke"},
        "zebras": {"count": 11, "keeper": "Raj"},
    },
    "arctic": {
        "penguins": {"count": ⟦30|"30"|None⟧, "keeper": "Imke"},
        "bears": ⟦{"count": 2}|{"count": 2, "keeper": "Lu"}|2⟧,
    },
}

headcount = 0
for area, animals in zoo.items():
    for animal, facts in animals.items():
        headcount += facts["count"]
        if facts⟦.get("keeper")|["keeper"]|.keeper⟧ == "Imke":
            print⟦("Imke feeds the", animal)| "Imke feeds the", animal⟧

print(headcount, "animals live here")
#--- KeyError
def lookup(data, path):
    """Follows a dotted path: 'a.b.0' -> data['a']['b'][0]."""
    for step in path.split("."):
        if step.isdigit():
            data = data[⟦step|int(step)⟧]
        else:
            data = data[step]
    return data


⟦game|gam⟧ = {
    "player": {"name": "Zoe", "bag": {"1": "rope", "0": "torch"}},
    "levels": [{"title": "Cave"}, {"title": "Tower"}],
}
print(lookup(game, "player.name"))
print(lookup(game, ⟦"player.bag.2"|"player.bag.0"|"levels.1.title"|"player.name.first"⟧))
#--- no error
def walk(comment, depth=0):
    yield depth, comment["text"]
    for reply in comment⟦.get("replies", [])|["replies"]|.get("replies")⟧:
        ⟦yield from walk(reply, depth + 1)|yield walk(reply, depth + 1)|walk(reply, depth + 1)⟧


thread = {
    "text": "Who has the map?",
    "replies": [
        {"text": "Me", "replies": [{"text": "Great!"}]}⟦,|⟧
        {"text": "Not me"},
    ],
}
for depth, text in walk(thread):
    print("  " * depth + text)
#--- RecursionError
def flatten(thing):
    flat = []
    for part in thing:
        if isinstance(part, (list, tuple⟦, str|⟧)):
            flat.extend(flatten(part))
        else:
            flat.append(part)
    ⟦return |result = ⟧flat


boxes = [1, [2, (3, 4)], [[5]], ⟦"six"|6|[]|""⟧]
print(flatten(boxes[:3]))
print(flatten(boxes))
#--- TypeError
orchestra = {
    "strings": [("violin", 12), ("viola", 8)]⟦,|⟧
    "brass": [("horn", 4), ⟦("tuba",)|("tuba", 1)|["tuba", 1]⟧],
    "keys": ⟦None|[]|[("harp", 1)]⟧,
}

players = 0
for group in ("strings", "keys"):
    for instrument, number in orchestra[group]:
        players += number
    print(group, players)
#--- no error
house = [
    {"room": "kitchen", "windows": 2, "items": ["stove", "table"]},
    {"room": "attic", "windows": 0, "items": []},
    {"room": "study", "windows": 1, "items": ["desk", "lamp", "shelf"]},
]

find = {h["room"]: h for h in house}
find["attic"]["items"].append(⟦"chest"|["chest"]|None⟧)
find⟦["study"]|["hall"]|.get("study")|.get("hall")⟧["items"].remove("lamp")

for h in house:
⟦    |     ⟧first = h["items"][0]
    print(h["room"].title(), "-", first.⟦upper|isupper|uppercase⟧())
#--- IndexError
seating = [["Ann", "Bert"], ["Cleo"], [⟦|"Dora"⟧]]

def front_row(plan):
    return [table[0] for table in plan]

def swap(plan, a, b):
    plan[a][0], plan[b][0] = plan[b][0], plan[a][0]

swap(seating, 0, 1)
print(seating)
swap(seating, ⟦1, 2|0, 0|1, 3⟧)
print(front_row(seating⟦|[:2]⟧))
#--- no error
import copy

recipe = {"name": "pie", "steps": ["roll", "bake"], "oven": {"temp": 180}}
variant = copy.⟦deepcopy|copy|clone⟧(recipe)
variant["steps"].insert(1, "fill")
variant["oven"]["temp"] += ⟦20|"20"⟧

print(⟦recipe|recip⟧["steps"], recipe["oven"])
print(variant["steps"][⟦-1|3|2⟧])
assert recipe["oven"]["temp"] == 180, "the original has changed"
#--- AttributeError
class Node:
    def __init__(⟦self|self=None⟧, name, *children):
        self.name = name
        self.children = children

    def depth(self):
        if not self.children:
            return 1
        return 1 + max(child.depth() for child in self.children)


org = Node("Board",
           Node("Sales", Node("Retail")),
           Node("Works", Node("Mill"), ⟦"Yard"|Node("Yard")⟧))
print(org.children[0].depth())
print(org⟦.depth()|.name|.children[1].name⟧)
#--- no error
ways = {"A": {"B": 4, "C": 1}, "B": {"D": 1}, "C": {"B": 2, "D": 5}⟦, "D": {}|⟧}


def shortest(ways, start):
    best = {start: 0}
    todo = [start]
    while todo:
        here = todo.pop(⟦0||here⟧)
        for there, cost in ways[here].items():
            way = best[here] + cost
            if way < best.get(there, ⟦float("inf")|None|99⟧):
                best[there] = way
                todo.append(there)
    return best


print(shortest(ways, "A")⟦["D"]|["E"]|.get("E")⟧)
#--- ValueError
layers = [[1, 2, 3], [4, 5, 6], [7, 8⟦|, 9⟧]]

⟦transposed = []|pass⟧
for ⟦a, b, c|a, b, *c|row⟧ in layers:
    transposed.append((a, b, c))

print(transposed)
#--- SyntaxError
config = {
    "window": {"width": 640, "height": 480},
    "theme": {"dark": True⟦|}|},⟧
    "plugins": ["spell", "git"],
}

area = config["window"]["width"] * config["window"]["height"]
if config["theme"]["dark"]:
    print("dark", area)
print(len(config["plugins"]), "plugins")
#--- no error
def merge(⟦base|base=None⟧, extra):
    out = dict(base)
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(out.get(key), dict):
            out[key] = merge(out[key], value)
        else:
            out[key] = value
    return out


defaults = {"font": {"size": 12, "bold": False}, "lang": "en"}
user = {"font": ⟦{"size": 14}|14|{}|None⟧, "zoom": 1.5}
final = merge(defaults, ⟦user|{}|[user]⟧)
print(final["lang"], final["font"]["size"])
if final.get("zoom"⟦, 1|⟧) > 1:
    print("zoomed")
#--- NameError
museum = {"floor 1": ["vase", "mask"], "floor 2": ["sword"], "floor 3": []}

where = {}
for floor, pieces in museum.items():
    for piece in pieces:
        where[piece] = floor
    ⟦del pieces|pieces = len(pieces)|pass⟧

print(where["mask"])
print("last floor:", ⟦pieces|floor|piece⟧)
#--- no error
chessboard = [["."] * 8 for _ in range(8)]
for square, piece in {"e1": "K", "d8": "q", "⟦a1|i1|a9|1a⟧": "R"}.items():
    column = "abcdefgh".index(square[0]⟦)|⟧
    row = 8 - int(square[1])
    chessboard[row][column] = piece

kings = sum(line.count("K") for line in chessboard)
print(kings, "king")
for line in chessboard[⟦:1|0|::7⟧]:
    print("".join(line))
#--- UnboundLocalError
def find_owner(registry, plate):
    for country, cars in registry.items():
        if plate in cars:
            owner = cars[plate⟦]|}⟧
            ⟦|return owner, country⟧
    return owner, ⟦country|registry⟧


registry = {"SE": {"ABC12": "Nyström"}, "FI": {"XYZ-9": "Mäki"}}
print(find_owner(registry, "XYZ-9"))
print(find_owner(registry, ⟦"QQQ-1"|"ABC12"⟧))
#--- no error
classes = {
    "7a": {"Finn": {"maths": 2, "art": 1}, "Gus": {"maths": 4, "art": 3}},
    "7b": {"Hedy": {"maths": ⟦1|0|"1"⟧, "art": 2}⟦|, "Ivy": {}|, "Ivy": None⟧},
}


def mean(subject):
    marks = [
        report[subject]
        for pupils in classes.values()
        for report in pupils.values()
        ⟦if report|if subject in report|⟧
    ]
    return round(sum(marks) / len(marks), 2)


print(mean("maths"), mean("⟦art|sport⟧"))
#--- AssertionError
tiers = [[0] * 3] * 2⟦|  # two rows of three|and []⟧
tiers[0][1] = 5

⟦assert tiers[1][1] == 0, "the rows are one and the same"|assert tiers[1][1] == 5|assert tiers[0] is not None⟧
print(tiers)
#--- no error
scene = {"type": "group", "children": [
    {"type": "circle", "r": 2},
    {"type": "rect", "w": 3, "h": ⟦4|None|-4⟧},
    {"type": "group", "children": [{"type": "⟦circle|Circle|group⟧", "r": 1}]},
]}


def area(shape):
⟦    |     ⟧handlers = {
        "circle": lambda s: 3.14 * s["r"] ** 2,
        "rect": lambda s: s["w"] * s["h"],
        "group": lambda s: sum(area(c) for c in s["children"]),
    }
    return handlers[shape["type"]](⟦shape|scene⟧)


print("%.2f" % area(scene))
#--- KeyError
import json

⟦feed|fed⟧ = json.loads("""
[{"id": 1, "author": {"nick": "pan"}, "likes": 4},
 {"id": 2, "author": {"nick": "puk"}},
 {"id": 3, "author": ⟦{"nick": "pan"}|null⟧, "likes": 9}]
""")

likes = {}
for post in feed:
    nick = post["author"]["nick"]
    likes[nick] = likes.get(nick, 0) + post⟦["likes"]|.get("likes", 0)|.get("likes")⟧
print(likes)
#--- no error
def rotate(layout):
    """Turns a list of equal rows a quarter to the right."""
⟦    |   ⟧return [list(row) for row in zip(*layout[::-1])]


shape = [[1, 0, 0], ⟦[1, 1, 1]|[1, 1]|"111"|111⟧]
turned = rotate(shape)
print(len(turned), "rows now")
print(turned[⟦1|2|-1⟧], rotate(rotate(turned))[0])
#--- IndentationError
tree = {"value": 8, "left": {"value": 3, "left": None, "right": None}, "right": None}

def total(node):
    if node is None:
⟦|        ⟧return 0
    return node["value"] + total(node["left"]) + total(node["right"])

print(total(tree))
#--- no error
team = {"lead": "Sana", "members": ("Theo", "Uma"), "budget": {"used": 40, "of": ⟦100|0|"100"⟧}}

⟦match = |match: dict = |class_ = ⟧{"who": team["lead"], "share": None}
used, whole = team["budget"].values()
share = used / whole
lead, (first, second) = team["lead"], team⟦["members"]|["lead"]|["members"][::-1]⟧
print(f"{lead} leads {first} and {second}, {share:.0%} used")
#--- SyntaxError
passengers = {"car 1": [12, 30, 7], "car 2": [25, 18]}

fullest, most = None, 0
for car, counts in passengers.items():
    for stop, count in enumerate(counts):
        if count > most:
            fullest, most = ⟦f"{car} at stop {stop"|f"{car} at stop {stop}"|f"{car} at stop {stop!r}"|f"{car] at stop"⟧, count
print(fullest, most)
#--- no error
from collections.abc import Mapping⟦|, Seq|, Sequence⟧


def shape(value):
    if isinstance(value, Mapping)⟦:|⟧
        return {k: shape(v) for k, v in value.items()}
    if isinstance(value, ⟦list|[list]|(list, tuple)⟧):
        return [shape(value[0])] ⟦if value else []|⟧
    return type(value).__name__


doc = {"id": 7, "tags": [], "size": {"w": 1.5, "h": 2}, "rows": [[1], [2]]}
print(shape(doc))
#--- TypeError
inventory = {
    "warehouse": {"chairs": 14, "tables": 3},
    "shop": {"chairs": 2, "mirrors": 1},
}
moves = [("chairs", 5), ("tables", ⟦"1"|1⟧), ("mirrors", 0)]

for what, amount in moves:
⟦    |⟧here = inventory["warehouse"].setdefault(what, 0)
    if here < amount:
        print("not enough", what)
        continue
    inventory["warehouse"][what] -= amount
    inventory["shop"][what] = inventory["shop"].get(what, 0) + amount

print(inventory["shop"])
#--- no error
events = [
    {"at": 3, "kind": "score", "data": {"team": "home", "points": 2}},
    {"at": 5, "kind": "foul", "data": {"player": 11}},
    {"at": 9, "kind": "score", "data": {⟦"team": "away", |⟧"points": 3}},
    {"at": 12, "kind": "⟦pause|score⟧"},
]

board = {"home": 0, "away": 0}
fouls = []
for event in events:
    if event["kind"] == "score":
        board[event["data"]["team"]] += event["data"]["points"]
    ⟦elif|else if⟧ event["kind"] == "foul":
        fouls.append(event["data"][⟦"player"|"team"⟧])
print(board, fouls)
#--- ZeroDivisionError
shops = {"Bath": {"mon": 12, "tue": 0}, "York": {⟦|"mon": 4⟧}}

for town, days in shops.items():
    visitors = list(days.values())
    mean = sum(visitors) / len(visitors)
    print(town, mean, max(visitors⟦|, default=0⟧))
#--- no error
family = {"Olga": ["Pavel", "Rita"], "Pavel": ["Sasha"], "Rita": [], "Sasha": [⟦|"Tanya"|"Olga"⟧]}


def descendants(name):
    children = family[name]
    ⟦return |result = ⟧len(children) + sum(descendants(c) for c in children)


def parent_of(child):
    return next(⟦(p for p in family if child in family[p]), None|p for p in family if child in family[p]⟧)


print(descendants("Olga"))
print(parent_of("Sasha"), parent_of(⟦"Olga"|"Rita"⟧))
#--- AttributeError
measurements = {"north": [3.1, 2.9], "south": [4.0]}

def add(station, value):
    values = measurements.get(station⟦|, []⟧)
    values.append(value)
    ⟦|measurements[station] = values⟧

add("south", 4.2)
add(⟦"east"|"north"⟧, 3.3)
print(measurements)
#--- ModuleNotFoundError
from ⟦colections|collections⟧ import Counter

letters = Counter()
for row in [["a", "b"], ["a", "c"], ["c", "a⟦"|⟧]]:
    letters.update(row)
print(letters.most_common(1)[0][0])
