#--- no error
from collections import Counter

words = "the cat and the dog and the bird".split(⟦|","⟧)
tally = Counter(words)

top, second = tally.most_common(⟦2|1|3⟧)
print("most frequent:", top[0])
print("times:", top[⟦1|0|2⟧] + second[1])
print("fox:", tally[⟦"fox"|"the"⟧])
#--- KeyError
from collections import defaultdict, OrderedDict

by_letter = ⟦dict()|defaultdict(list)|OrderedDict()|{}⟧
for city in ⟦["Leeds", "London", "Bath"]|[]|("York",)⟧:
    by_letter[city[0]].append(city)

for letter in sorted(by_letter):
    print(letter, by_letter[letter])
#--- no error
from collections import namedtuple

Reading = namedtuple("Reading", ⟦"station celsius hour"|"station celsius"|["station", "celsius", "hour"]|"station class hour"⟧)

morning = Reading("Kew", 11.5, 7)
noon = morning._replace(celsius=17.0, hour=⟦12|"noon"⟧)

difference = noon.celsius - morning.celsius
print(f"{difference:.1f} degrees in {noon.hour - morning.hour} hours")
station, *_ = noon
print(station.upper())
#--- AttributeError
from collections import namedtuple

Point = namedtuple("Point", "x y")
p = Point(3, 4)
print(p.x ** 2 + p.y ** 2)

⟦p.x = 10|p = Point(10, 4)|p = p._replace(x=10)|p = p.replace(x=10)⟧
print(p)
#--- no error
from collections import deque

history = deque(maxlen=⟦3|4|0⟧)
for command in ["ls", "cd src", "make", "make test"]:
    history.append(command)

print("last:", history[-1])
print("oldest kept:", history[⟦0|2|3⟧])
history.rotate(1)
history.⟦popleft|pop|popright⟧()
print(len(history))
#--- no error
from collections import ChainMap

defaults = {"colour": "blue", "size": 10}
user = {"size": ⟦12|"12"|None⟧}
settings = ChainMap(user, defaults)

print(settings["colour"])
half = settings["size"] / 2
settings["colour"] = "red"
print(half, user[⟦"colour"|"size"|"shape"⟧], defaults["colour"])
del settings[⟦"colour"|"size"⟧]
#--- AttributeError
import re

LOG = """\
10:02 INFO started
10:03 WARN disk 91%
10:07 INFO stopped
"""

pattern = re.compile(r"^(\d+):(\d+) (\w+) (.*)$"⟦|, re.MULTILINE⟧)
for line in LOG.splitlines():
    hour, minute, level, text = pattern.match(line).groups()
    print(level, int(hour) * 60 + int(minute), text)

disk = re.search(r"disk (\d+)⟦ percent|%|⟧", LOG)
print("disk at", disk.group(⟦1|0|2⟧))
#--- no error
import re

def camel_to_snake(name: str) -> str:
    """parseHttpReply -> parse_http_reply"""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()

def snake_to_camel(name: str) -> str:
    head, *tail = name.split(⟦"_"|""|"-"⟧)
    return head + "".join(part.⟦capitalize()|title()|capitalise()⟧ for part in tail)

for sample in ("parseHttpReply", "id", "rowCount"):
    there = camel_to_snake(sample)
    back = snake_to_camel(there)
    print(sample, there, back)
    assert back == sample
#--- no error
import re

text = "Call 020-7946 or 0161-496, not 12-3."
numbers = re.findall(r"\b0\d+-\d+\b", text)
print(numbers)

areas = [n.split("-")[⟦0|1|2⟧] for n in numbers]
longest = max(areas, key=len)
print(longest, ⟦int(longest)|len(longest)|longest + 1⟧)

m = re.match(r"(?P<verb>\w+) (?P<area>\d+)", text)
print(m.group(⟦"verb"|"area"|1⟧), m[⟦2|0|"area"⟧])
#--- KeyError
from string import Template

letter = Template("Dear $name,\nyour $item costs £$price.\n")
values = {"name": "Mrs Hale", "item": "kettle"}

if ⟦False|True⟧:
    values["price"] = 24

text = letter.⟦substitute|safe_substitute⟧(values)
print(text)
print(text.count("\n"))
#--- no error
import string

def is_pangram(sentence):
    letters = set(sentence.lower())
    return letters >= set(string.⟦ascii_lowercase|lowercase|digits⟧)

sentence = "Sphinx of black quartz, judge my vow"
table = str.maketrans("", "", string.punctuation)
print(is_pangram(sentence.translate(table)))
print(sentence.translate(⟦table|string.punctuation⟧).split()[⟦-1|6|7⟧])
#--- no error
import textwrap

story = (
    "In a small harbour town the lighthouse keeper counted ships, "
    "and every evening she wrote the number on the wall."
)
width = ⟦30|0|200⟧
lines = textwrap.wrap(story, width)
print(lines[⟦0|-1|20⟧])
print(textwrap.shorten(story, ⟦40|"40"⟧, placeholder="..."))
print(textwrap.indent("\n".join(lines), "> "))
#--- ValueError
from pathlib import PurePosixPath

root = PurePosixPath("/srv/www")
pages = ["/srv/www/index.html", "/srv/www/news/june.md", ⟦"/var/www/about.md"|"/srv/www"|"/srv/www/../etc"⟧]

for page in map(PurePosixPath, pages):
    relative = page.relative_to(root)
    print(relative.parent, relative.stem, page.suffix⟦|()⟧)
#--- no error
from pathlib import Path

base = Path("project")
files = [base / "src" / "main.py", base / "README", base / "data.tar.gz"]

for f in files:
    print(f.name, f.suffix or "(none)", len(f.parts))

archive = files[⟦2|1|-1⟧]
print(archive.with_suffix(⟦".zip"|"zip"|""⟧))
print(archive.parent ⟦/|+⟧ "copy")
if archive.exists():
    print(archive.read_text())
#--- no error
import os.path

paths = ["/home/ida/notes.txt", "/home/ida/photos/lake.jpeg", "/home/kim/todo"]

print(os.path.commonpath(paths⟦| + ["etc"]| + ["/etc"]⟧))
for p in paths:
    folder, name = os.path.split(p)
    stem, ext = os.path.⟦splitext|split|basename⟧(name)
    print(folder, stem, ext⟦| or "-"|.lower()⟧)
print(os.path.join("a", "b", ⟦"c.txt"|"/c.txt"|None|3⟧))
#--- FileNotFoundError
import os
import os.path

def size_of(name, default=None):
    if ⟦default is not None|not os.path.exists(name)|name⟧ and not os.path.isfile(name):
        return default
    return os.path.getsize(name)

print(size_of("missing.bin", 0))
print(size_of(⟦"missing.bin"|"/"|os.getcwd()⟧))
#--- no error
import json

text = '{"name": "Rex", "age": 4, "tags": ["brown", null], "owner": ⟦{"name": "Ana"}|null|"Ana"⟧}'
dog = json.loads(text)

print(dog["owner"]["name"])
dog["age"] += 1
dog["tags"].append(⟦True|{1}|(1, 2)|b"x"⟧)
again = json.loads(json.dumps(dog))
print(again["tags"][⟦2|1|3⟧])
#--- TypeError
import json
from datetime import date

record = {"id": 7, "day": date(2023, 5, 4), "total": 19.5}

def encode(value):
    if isinstance(value, ⟦date|str⟧):
        return value.isoformat()
    raise TypeError(f"cannot encode {type(value).__name__}")

print(json.dumps(record["total"]))
print(json.dumps(record⟦|, default=encode|, default=str⟧))
#--- KeyError
import csv
import io

data = """name,price,stock
apple,0.40,12
melon,2.10,3
"""

reader = csv.DictReader(io.StringIO(data)⟦, delimiter=";"|, delimiter=","|, fieldnames=["name", "price", "stock"]⟧)
total = 0
for row in reader:
    total += float(row["price"]) * int(row["stock"])
print(f"{total:.2f}")
#--- no error
import csv, io

rows = [["city", "people"], ["Lyon", 520], ["Nice", 340]]
out = io.StringIO()
writer = csv.writer(out)
writer.⟦writerows|writerow|writelines⟧(rows)

out.seek(0)
back = list(csv.reader(out))
print(back)
header, *body = back
most = max(body, key=lambda row: ⟦int(row[1])|row[1]|row[2]⟧)
print(most[0], ⟦most[1]|int(most[1]) * 1000|most[1] + 1⟧)
#--- no error
import configparser

parser = configparser.ConfigParser()
parser.read_string("""
[server]
host = localhost
port = ⟦8080|eighty|⟧

[paths]
logs = /tmp/logs
""")

server = parser[⟦"server"|"paths"|"client"⟧]
print(server.get("host", "none"), server.getint("port", 80))
print(parser.getboolean("server", "debug", fallback=⟦False|None⟧))
#--- TypeError
import configparser

config = configparser.ConfigParser()
config["mail"] = {"sender": "ops@example.org", "retries": ⟦3|"3"⟧, "delay": "1.5"}
mail = config["mail"]
pause = mail["delay"] * ⟦mail["retries"]|2|int(mail["retries"])⟧
print("pause in all:", pause)
#--- no error
import argparse

def build_parser():
    parser = argparse.ArgumentParser(prog="grow")
    parser.add_argument("plant")
    parser.add_argument("--weeks", ⟦type=int, |⟧default=4)
    parser.add_argument("-v", "--verbose", action="store_true")
    return parser

args = build_parser().parse_args(["basil"⟦, "--weeks", "6"|, "--weeks", "12"|, "-v"⟧])
days = args.weeks + 7 * 1
if args.⟦verbose|loud⟧:
    print("parsed", args)
print(args.plant, days)
#--- AttributeError
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--out-file", ⟦default="a.txt"|dest="outfile", default="a.txt"⟧)
parser.add_argument("--count", type=int, default=1)

options = parser.parse_args(["--count", "3"])
for i in range(options.count):
    print(i, options.⟦outfile|out_file|count⟧)
#--- no error
import logging

logging.basicConfig(level=⟦logging.INFO|"INFO"|"LOUD"|logging.ERROR⟧, format="%(levelname)s %(message)s")
log = logging.getLogger("oven")

def heat(degrees):
    log.info("heating to %d", ⟦degrees|"hot"⟧)
    if degrees > 250:
        log.⟦warning|warn|caution⟧("too hot: %s", degrees)
        degrees = 250
    return degrees

print(heat(180) + heat(300))
#--- no error
import logging

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())

def parse(line):
    try:
        key, value = line.split("=")
    except ValueError:
        log.exception("bad line %r", line)
        ⟦return None|raise|return⟧
    return key.strip(), int(value)

print(parse("a = 1"))
print(parse(⟦"b"|"b = x"|"b = 2 = 3"⟧))
#--- StopIteration
import itertools

def batches(items, size):
    it = iter(items)
    while chunk := list(itertools.islice(it, size)):
        yield chunk

stops = batches(["Oak St", "Mill", "Quay", "Church", "Park"], ⟦3|2|1⟧)
first = next(stops)
second = next(stops)
print(first, second)
third = next(stops⟦|, []⟧)
print(third)
#--- no error
from itertools import groupby, chain, zip_longest

catch = [("cod", 3), ("cod", 5), ("hake", 2), ("cod", 1)]
weights = {}
for fish, group in groupby(catch, key=lambda pair: pair[0]):
    weights[fish] = ⟦weights.get(fish, 0)|weights[fish]|0⟧ + sum(kg for _, kg in group)
print(weights)

flat = list(chain⟦.from_iterable|⟧(catch))
print(flat[⟦::2|0|-1⟧])
for a, b in zip_longest("ab", [1]⟦|, fillvalue=0⟧):
    print(a, b)
#--- TypeError
from functools import reduce
from operator import mul, add

def product(numbers):
    return reduce(mul, numbers⟦|, 1⟧)

print(product([2, 3, 4]))
print(reduce(add, [[1], [2, 3]]))
rest = [n for n in (1, 3, 5) if n % 2 == ⟦0|1⟧]
print(product(rest))
#--- no error
import functools

@functools.lru_cache⟦(maxsize=None)||(maxsize=0)⟧
def paths(rows, cols):
    if rows == ⟦1|0⟧ or cols == 1:
        return 1
    return paths(rows - 1, cols) + paths(rows, cols - 1)

print(paths(6, 6))
print(paths.cache_info().⟦hits|hit⟧ >= 0)
print(paths(⟦3|[3]|2⟧, 2))
#--- TypeError
from functools import partial

def price(net, vat, discount=0):
    return net * (1 + vat) - discount

uk = partial(price, vat=0.2)
de = partial(price, ⟦0.19|vat=0.19⟧)

for net in (10, 25.5):
    print(round(uk(net, discount=1), 2))
    print(round(de(⟦net=net|net|vat=net⟧), 2))
#--- no error
from functools import cached_property, total_ordering

@total_ordering
class Version:
    def __init__(self, text):
        self.text = text

    @cached_property
    def parts(self):
        return tuple(int(p) for p in self.text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def ⟦__lt__|__gt__|lower⟧(self, other):
        return self.parts < other.parts

old, new = Version("1.9"), Version(⟦"1.10"|"1.10b"|"2"⟧)
print(old.parts, old.parts⟦|()⟧)
print(max(old, new).text)
#--- TypeError
from operator import itemgetter, attrgetter

staff = [
    {"name": "Bea", "desk": 4},
    {"name": "Olu", "desk": ⟦None|1|4⟧},
    {"name": "Cy", "desk": 2},
]

print([p["name"] for p in sorted(staff, key=itemgetter("name"))])
print([p["desk"] for p in staff])
by_desk = sorted(staff, key=itemgetter("desk"⟦|, "name"⟧))
print(by_desk[0]["name"])
#--- no error
import operator

OPS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.⟦truediv|floordiv|div⟧}

def rpn(expression):
    stack = []
    for token in expression.split():
        if token in OPS:
            right = stack.pop()
            left = stack.pop()
            stack.append(OPS[token](left, right))
        else:
            stack.append(float(token))
    return stack.pop()

print(rpn("3 4 + 2 *"))
print(rpn(⟦"9 3 /"|"9 0 /"|"9 /"|"9 three /"⟧))
#--- no error
import statistics as st

heights = [171, 168, 180, 175, 168]
print(st.mean(heights), st.median(heights), st.⟦mode|modes|multimode⟧(heights))

def z_score(value, sample):
    return (value - st.mean(sample)) / st.pstdev(sample)

print(round(z_score(180, heights), 2))
same = [⟦160, 170|165, 165|"165", 170⟧]
print(round(z_score(165, same), 2))
#--- ValueError
import math

def triangle_area(a, b, c):
    s = (a + b + c) / 2
    return math.sqrt(s * (s - a) * (s - b) * (s - c))

sides = [(3, 4, 5), (7, 8, 9), ⟦(2, 3, 9)|(2, 3, 5)|(2, 3, 4, 5)⟧]
areas = []
for trio in sides:
    areas.append(triangle_area(*trio))
print([round(a, 2) for a in areas])
print(math.isclose(areas[0], 6))
#--- no error
import math

n = ⟦12|-12|12.5|0⟧
print(math.floor(n), math.ceil(n), math.fabs(n))
print(math.gcd(int(n), 18))
if n ⟦>|>=⟧ 0:
    print(round(math.log10(n), 3))
print(math.factorial(⟦abs(int(n))|n|int(n)⟧))
#--- no error
import random

random.seed(42)
deck = [rank + suit for suit in "SH" for rank in "A23"]
random.shuffle(deck)
hand = random.sample(deck, ⟦4|6|7⟧)
print(len(hand), set(hand) <= set(deck))

shuffled = ⟦deck|random.shuffle(deck)|sorted(deck)⟧
print(shuffled[0] in deck)
print(random.choice(⟦hand|hand[4:]|hand[9:]⟧) in deck)
#--- no error
import copy

original = {"name": "grid", "cells": [[0, 0], [0, 0]]}
shallow = copy.copy(original)
deep = copy.⟦deepcopy|copy⟧(original)

original["cells"][0][1] = 5
shallow["name"] = "other"
⟦original["cells"].append([9])|del original["cells"]|original["cells"] = None⟧

assert shallow["cells"][0][1] == 5
assert deep["cells"] == [[0, 0], [0, 0]]
print(len(original["cells"]))
#--- IndexError
from bisect import bisect_left, bisect_right, insort

limits = [60, 70, 80, 90]
grades = "FDCB⟦|A⟧"

def grade(score):
    return grades[⟦bisect_right|bisect_left⟧(limits, score)]

print(grade(59), grade(60), grade(85))
insort(limits, 65)
limits.remove(65)
print(grade(⟦90|89|"90"⟧))
#--- no error
import heapq

tasks = [(3, "sweep"), (1, "cook"), (2, "shop")]
heapq.heapify(tasks)
heapq.heappush(tasks, (⟦1|"1"|0⟧, "eat"))

done = []
while ⟦tasks|True|len(tasks) > 1⟧:
    priority, task = heapq.heappop(tasks)
    done.append(task)
print(done)
print(heapq.nlargest(2, [5, 1, 9]), done[⟦3|0|-4⟧])
#--- TypeError
import heapq

class Job:
    def __init__(self, name):
        self.name = name
⟦|
    def __lt__(self, other):
        return self.name < other.name
⟧
queue = []
heapq.heappush(queue, (2, Job("backup")))
heapq.heappush(queue, (⟦2|1⟧, Job("report")))
order = [heapq.heappop(queue)[1].name for _ in range(⟦2|3⟧)]
print(order)
#--- no error
import struct

header = struct.Struct("<4sHH")
packed = header.pack(⟦b"IMG0"|b"IM"|"IMG0".encode()⟧, 640, 480)
print(len(packed), packed[:2])

magic, width, height = header.unpack(packed)
text = magic.⟦decode|encode⟧("ascii")
print(text⟦.rstrip("\0")|.rstrip(b"\0")|⟧, width * height)
#--- TypeError
import base64
import hashlib

def token(user, secret):
    raw = f"{user}:{secret}"⟦|.encode()|.encode("utf-8")⟧
    digest = hashlib.sha256(raw).hexdigest()
    return base64.b64encode(digest[:6].encode()).decode()

a = token("ida", "pw1")
b = token("ida", ⟦"pw1"|"pw2"⟧)
print(len(a), a == b)
assert a == b
#--- ValueError
import hashlib

def checksum(data, algorithm="md5"):
    h = hashlib.new(algorithm)
    for start in range(0, len(data), 4):
        h.update(data[start:start + 4])
    return h.hexdigest()

payload = b"some bytes of a file"
for name in ("sha1", "md5", ⟦"md6"|"sha256"⟧):
    print(name, checksum(payload, name)[:8])
assert checksum(payload) == checksum(payload, ⟦"md5"|"sha1"⟧)
#--- TypeError
from datetime import datetime, timedelta

start = datetime(2022, 3, 30, 22, 15)
shift = timedelta(hours=8, minutes=30)
pause = ⟦30|timedelta(minutes=30)|timedelta(0)⟧

end = start + shift
print("ends", end.strftime("%d %B %H:%M"))
print("paid", shift - pause)
print((end - start).total_seconds() / 3600)
#--- no error
from datetime import date

def due(day, months):
    month = day.month - 1 + months
    year = day.year + month // 12
    month = month % 12 ⟦+ 1||+ 2⟧
    return day.replace(year=year, month=month)

loan = date(2021, 11, ⟦5|30|31⟧)
for i in range(4):
    print(due(loan, i))
print((due(loan, 3) - loan).days, loan.⟦weekday()|isoweekday()|weekday⟧ + 1)
#--- ValueError
from datetime import datetime

formats = ["%Y-%m-%d", "%d.%m.%Y"⟦|, "%d %b %Y"⟧]

def parse(text):
    for fmt in formats:
        try:
            return datetime.strptime(text, fmt).date()
        except ⟦ValueError|TypeError|Exception⟧:
            pass
    raise ValueError(f"no known date: {text!r}")

print(parse("2020-01-31"))
print(parse("01.02.2020"))
print(parse("3 Mar 2020"))
#--- no error
import calendar

print(calendar.isleap(2024), calendar.leapdays(2000, 2020))
weeks = calendar.monthcalendar(2023, 2)
fridays = [week[calendar.FRIDAY] for week in weeks if week[⟦calendar.FRIDAY|7|-1⟧]]
print(len(fridays))
print(fridays[⟦-1|3|4⟧])
first, days = calendar.monthrange(2023, 2)
print(calendar.day_name[first], days)
print(calendar.month_name[⟦12|13|0⟧])
#--- no error
import uuid

NAMESPACE = uuid.UUID("12345678123456781234567812345678⟦|9|"[:31] + "⟧")

def item_id(name):
    return uuid.uuid5(NAMESPACE, name)

chair = item_id("chair")
assert chair == item_id("chair")
print(chair.version, len(chair.hex), len(⟦str(chair)|chair|chair.bytes⟧))
#--- FileNotFoundError
from contextlib import suppress

settings = {}
with suppress(⟦KeyError|FileNotFoundError|OSError|KeyError, OSError⟧):
    del settings["theme"]
    settings["theme"] = "dark"

with suppress(⟦KeyError|FileNotFoundError|OSError|ValueError⟧):
    with open("theme.ini") as f:
        settings["raw"] = f.read()
print(settings)
#--- no error
from contextlib import contextmanager

@contextmanager
def tag(name, out):
    out.append(f"<{name}>")
    ⟦yield|yield out|return⟧
    out.append(f"</{name}>")

page = []
with tag("ul", page) as inner:
    for fruit in ("fig", "plum"):
        with tag("li", page):
            page.append(fruit)
⟦print|inner.append|assert not⟧(len(page) == 0)
print("".join(page))
#--- no error
import contextlib, io

buffer = io.StringIO()
with contextlib.redirect_stdout(buffer):
    print("hidden", 1⟦|/0|%0⟧)

text = buffer.⟦getvalue|read|value⟧()
with contextlib.ExitStack() as stack:
    stack.callback(print, "closing")
    stack.enter_context(contextlib.⟦closing(buffer)|suppress(ValueError)⟧)
print(text.split()[⟦-2|1⟧:])
print(⟦text|buffer.getvalue()⟧)
#--- no error
from typing import NamedTuple, Optional

class Move(NamedTuple):
    piece: str
    target: ⟦str|Square⟧
    takes: Optional[str] = None

def notation(move: Move) -> str:
    sign = "x" if move.takes else ""
    return move.piece + sign + move.target

print(notation(Move("N", "f3")))
print(notation(Move("B", ⟦"e5"|5⟧, takes="N")))
print(notation(Move("R"⟦, "a1"|⟧)))
#--- ValueError
from dataclasses import dataclass, field

@dataclass
class Basket:
    owner: str
    items: list = ⟦[]|field(default_factory=list)|None|()⟧

    def add(self, item):
        self.items.append(item)
        return self

b = Basket("Zoe").add("tea")
c = Basket("Ali")
print(b.items, c.items)
#--- no error
from dataclasses import dataclass, asdict, replace, astuple

@dataclass(order=⟦True|False⟧)
class Peak:
    height: int
    name: str = "?"⟦|
    region: str⟧

    def __post_init__(self):
        if self.height < 0:
            raise ValueError("height")

peaks = [Peak(4478, "Matterhorn"), Peak(4634, "Dufour"), Peak(3970)]
print(max(peaks).name, sorted(peaks)[0])
print(asdict(peaks[0])[⟦"name"|"Name"|"height"⟧])
print(replace(peaks[2], height=⟦3971|-1|"3971"⟧))
#--- no error
from enum import Enum, auto, unique

class Light(Enum):
    RED = auto()
    GREEN = auto()
    AMBER = ⟦auto()|2|3⟧

def following(light):
    members = list(Light)
    return members[(members.index(light) + 1)⟦ % len(members)|⟧]

print(following(Light.AMBER).name)
print(Light[⟦"RED"|"red"|"AMBER"⟧].value, Light(⟦2|3|4⟧))
#--- no error
from fractions import Fraction
from decimal import Decimal

third = Fraction(1, ⟦3|0|"3"|3.0⟧)
print(third + Fraction("1/6"), float(third))
price = Decimal("19.99")
print(price * 3, price * ⟦2|Decimal("0.5")|0.5|third⟧)
print(sum([third] * 3) == 1)
