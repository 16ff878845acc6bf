#--- no error
SENSOR_LOG = [
    "t=0 temp=19.5 hum=40",
    "t=60 temp=20.1 hum=⟦41|n/a|⟧",
    "t=120 temp=20.4 ⟦hum=43|hum 43|hum=43=⟧",
]


def fields(line):
    ⟦return |⟧dict(pair.split("=") for pair in line.split())


rows = [fields(line) for line in SENSOR_LOG]
warmest = max(rows, key=lambda row: float(row["temp"]))
print("warmest at second", int(warmest["t"]))
damp = [row for row in rows if row["hum"] ⟦>= "41"|>= 41⟧]
print(len(damp), "damp readings")
print(sum(int(row["hum"]) for row in rows) / len(rows))
#--- FileNotFoundError
import json


def load(path, fallback=None):
    try⟦:|⟧
        with open(path) as handle:
            return json.load(handle)
    except ⟦ValueError|(ValueError, OSError)|FileNotFoundError|PermissionError⟧:
        return fallback or {}


settings = load(⟦"settings.json"|"missing/settings.json"⟧, {"volume": 7})
print("volume is", settings⟦["volume"]|.get("volume")|.volume⟧)
#--- AttributeError
csv_text = """id,bird,count
1,robin,4
2,wren,2
3,heron,1"""

lines = csv_text.splitlines()
head = lines[0].split(",")
records = []
for line in lines[1:]:
    cells = line.split(",")
    records.append(⟦cells|dict(zip(head, cells))⟧)

total = 0
for record in records:
    for key, cell in record.items():
        if key ⟦==|=⟧ "count":
            total += int(cell)
print(total, "birds")
#--- no error
import ⟦configparser|configparser2⟧

INI = """
[printer]
name = hall
copies = ⟦2|two|2.5⟧
duplex = yes

⟦[scanner]|[Scanner]|[DEFAULT]⟧
dpi = 300
"""

config = configparser.ConfigParser()
config.read_string(INI)
copies = config.getint("printer", "copies")
if config.getboolean("printer", "duplex"):
    copies = copies / 2
print(config["printer"]["name"], copies)
print(config⟦["scanner"]|.get("scanner", "dpi")|["scanner"]["dpi"]|["scaner"]⟧)
#--- IndexError
access = """\
GET /index.html 200
GET /logo.png 200
POST /login
GET /about 404"""

by_status = {}
for entry in access.splitlines():
    words = entry.split()
    ⟦status = words[2]|status = words[2] if len(words) > 2 else "?"|status = words[-1]⟧
    by_status.setdefault(status, []).append(words[1])

for status in sorted(by_status):
    print(status, len(by_status[status]))
#--- no error
def duration(text):
    """'1h20m' -> minutes"""
    hours, minutes = 0, 0
    if "h" in text:
        hours, text = text.split("h"⟦, 1|, 2|⟧)
    if text.endswith("m"):
        minutes = text⟦[:-1]|.strip("m")|[-1]⟧
    return int(hours) * 60 + int(minutes)


films = {"Alien": "1h57m", "Short": "14m", "Opera": ⟦"3h"|"3H"|"3h05m"|180⟧}
for name, length in films.items():
    print(f"{name}: {duration(length)} min")
#--- NameError
HEADER = "station;line;opened"
ROWS = ["Bank;Northern;1900", "Angel;Northern;1901", "Oval;Northern;1890"]

def table(rows):
    names = HEADER.split(";")
    return [dict(zip(names, row.split(";"))) for row in rows]

def oldest(stations):
⟦    |⟧first = stations[0]
    for station in stations[1:]:
        if int(station["opened"]) < int(first["opened"]):
            ⟦frist|first⟧ = station
    return first

stations = table(ROWS)
print(oldest(stations)["station"])
print(⟦frist|first|stations[0]⟧["line"])
#--- no error
from datetime import datetime

STAMPS = ["2021-06-01 08:00", "2021-06-01 08:45", "2021-06-0⟦2|31|⟧ 07:15"]
FORMAT = "%Y-%m-%d %H:%M⟦|:%S⟧"

parsed = [datetime.strptime(s, FORMAT) for s in STAMPS⟦]|⟧
for before, after in zip(parsed, parsed[1:]):
    gap = after - before
    print(gap.⟦total_seconds()|seconds|total_minutes()⟧, "seconds")
print(parsed[0].strftime("%d.%m."), max(parsed) > min(parsed))
#--- KeyError
import json

MESSAGE = """
{"user": {"name": "Nils", "tags": ["admin", "beta"]},
 "items": [{"sku": "x1", "qty": 2}, {"sku": "x9"⟦|, "qty": 0|, "qty": null⟧}]}
"""

data = json.loads(MESSAGE)
print("Order of", data["user"]["name⟦"|⟧])
if "admin" in data["user"]["tags"]:
    print("(no limit)")
pieces = 0
for item in data["items"]:
    pieces += item["qty"]
print(pieces, "pieces")
#--- no error
"""Reads a shopping list written by hand: '3x apples', 'bread', '2x milk'."""


def read(entry):
    amount, sep, name = entry.partition("x ")
    if not sep:
        return entry.strip(), 1
    return name.strip(), int(amount)


NOTE = "3x apples, bread, 2x milk, ⟦1x box|x box|10x boxes|fox fur⟧"
wanted = {}
for entry in NOTE.split(","):
    name, amount = read(⟦entry|entry.split()|NOTE⟧)
    wanted[name] = wanted.get(name, 0) + amount
for name in sorted(wanted, key=len):
    print(⟦wanted|WANTED⟧[name], name)
#--- SyntaxError
REPORT = "ok;ok;fail;ok;skip"
counts = {"ok": 0, "fail": 0, "skip": 0}

for state in REPORT.split(";"):
    if state == "ok":
        counts["ok"] += 1
    ⟦else if|elif|if⟧ state == "fail":
        counts["fail"] += 1
    else:
        counts["skip"] += 1

print(f"{counts['ok']} of {sum(counts.values())} passed")
#--- ValueError
def read_levels(text):
    levels = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line⟦|  or "=" not in line⟧:
            continue
        name, value = line.split("=")
        levels[name.strip()] = float(value)
    return levels

SOUND = """
bass = 0.4   # deep
treble = 0.9
mute
gain = 1.5
"""
mixer = read_levels(SOUND)
assert ⟦"gain"|"echo"⟧ in mixer
print(mixer["treble"] - mixer["bass"])
#--- no error
import re

ENTRY = re.compile(r"(?P<day>\d\d)\.(?P<month>\d\d)\. (?P<what>.+)")
diary = ["03.01. snow", "14.01. first lambs", "⟦02.02. thaw|2.2. thaw|02.02.thaw⟧"]

months = {}
for line in ⟦diary|diarys⟧:
    found = ENTRY.match(line)
    ⟦months.setdefault(found["month"], []).append(found["what"])|if found:
        months.setdefault(found["month"], []).append(found["what"])⟧

print(len(months), "months")
print(months["01"][⟦1|2|-1⟧])
#--- TypeError
import csv
import io

source = io.StringIO("player,goals\nMia,4\nNoor,7\nOli,2\n")
goals = 0
best = None
for row in csv.DictReader(source):
    goals += ⟦row["goals"]|int(row["goals"])⟧
    if best is None or row["goals"] > best["goals"]:
        best = row
print(best["player"], "scored most of", goals)
#--- no error
def lines_of(blob):
    for ⟦raw|lambda⟧ in blob.split(b"\n"):
        yield raw.decode(⟦"utf-8"|"latin-1"|utf8⟧)


blob = ⟦"crème\nflan".encode("utf-8")|b"creme\nflan"|"crème\nflan"|"crème\nflan".decode("utf-8")⟧
menu = {}
for number, dish in enumerate(lines_of(blob), start=1):
    menu[number] = dish.title()
print(menu⟦[2]|[0]|.get(0)⟧)
#--- UnboundLocalError
JOURNAL = """deposit 50
withdraw 20
deposit 5"""

balance = 100


def replay(journal):
    ⟦|global balance⟧
    for entry in journal.splitlines():
        action, amount = entry.split()
        if action == "deposit":
            balance += int(amount)
        else:
            balance -= int(amount)
    return balance


print⟦("before", balance)| "before", balance⟧
print("after", replay(⟦JOURNAL|""⟧))
#--- no error
TEMPLATE = "{greeting}, {name}! You owe {amount:.2f} pounds⟦.| by {day}.| {}.⟧"

debtors = [
    {"name": "Ruth", "amount": 12.5}⟦,|⟧
    {"name": "Sol", "amount": ⟦3|"3"|None|1e3⟧},
]

letters = []
for debtor in debtors:
    letters.append(TEMPLATE.format(greeting="Dear", ⟦**debtor|*debtor⟧))
print("\n".join(letters))
#--- AssertionError
def checksum(digits):
    return sum(int(d) * w for d, w in zip(digits, [3, 1] * len(digits))) % 10


def parse_label(label):
    code, _, check = label.rpartition("-")
    assert checksum(code) == int(check), label
    return code


labels = ["1234-⟦0|2|8⟧", "777-⟦5|9⟧"]
codes = []
for label in labels:
    codes.append(parse_label(label))
print(codes)
#--- no error
from io import StringIO

page = StringIO("alpha\nbeta\n\ngamma\n")
blocks = [[]]
for line in page:
    word = line.strip()
    if word:
        blocks[⟦-1|1|0⟧].append(word)
    else⟦:|⟧
        blocks.append([])

page.⟦seek(0)|close()⟧
print(blocks, page.readline().strip())
first, second = blocks
print(first[0], second[⟦0|1|-1⟧])
#--- ModuleNotFoundError
⟦import jsn as json|import json|import json as j⟧

text = '[["oak", 21.5], ["elm", 18.0], ["yew", 9.25]]'
trees = dict(json.loads(text))
⟦tall = | tall = ⟧[name for name, height in trees.items() if height > 15]
print(json.dumps({"tall": tall}))
#--- no error
# tide table: place, then pairs of time and height
raw = """
Dover   0412:6.1 1638:5.9
Hull    0105:7.0 1320:⟦6.8|6,8|⟧
Whitby  ⟦0930:4.4|none|0930⟧
"""
tides = {}
for ⟦line|lin⟧ in filter(None, raw.split("\n")):
    place, *pairs = line.split()
    tides[place] = {t: float(h) for t, h in (p.split(":") for p in pairs)}

for place in tides:
    top = max(tides[place].values())
    print("%-8s%.1f m" % ⟦(place, top)|[place, top]⟧)
#--- IndentationError
import textwrap

notes = """
    - water plants
    - feed cat
"""
for entry in textwrap.dedent(notes).splitlines():
    if entry.startswith("-"):
        task = entry[2:]
      ⟦|  ⟧print(task.capitalize())
print("done")
#--- TypeError
def mask(record, *hidden):
    copy = dict(record)
    for ⟦key|in⟧ in hidden:
        if key in copy:
            copy[key] = "*" * len(copy[key])
    return copy

user = {"login": "ebba", "password": "hunter", "pin": ⟦4711|"4711"⟧}
print(mask(user, "password"))
print(mask(user, ⟦"pin"|"puk"|*["login"]⟧))
#--- no error
ROMAN_MONTHS = "I II III IV V VI VII VIII IX X XI XII⟦"|⟧.split()


def to_iso(stamp):
    day, month, year = stamp.split(".")
    number = ROMAN_MONTHS.index(⟦month|month.upper()|month.lower()⟧) + 1
    return f"{year}-{number:02}-{⟦int(day)|day⟧:02}"


for stamp in ("5.IX.1987", "24.XII.2001", "⟦1.V.2010|1.IIX.2010|1.V.10|1-V-2010⟧"):
    print(to_iso(stamp))
#--- ValueError
SEP = "|"
rows = """\
Kolkata|IN|14.8
Quito|EC|1.9
Dhaka|BD|10.2
""".splitlines()

cities = {}
for row in rows:
    city, code, people = row.split(⟦","|SEP|SEP, 1|SEP + "IN"⟧)
    cities[code] = (city, float(people))

print(sorted(cities))
#--- no error
def apply_edits(text, edits):
    """Edits are 'line:old>new' strings; a bad edit is noted, not applied."""
    lines = text.split("/")
⟦    problems = []|    pass⟧
    for edit in edits:
        try:
            number, change = edit.split(":")
            old, new = change.split(">")
            index = int(number)
            lines[index] = lines[index].replace(old, new)
        except ValueError:
            problems.append(edit)
    return lines, problems


poem = "roses are red/violets are blue/sugar is sweet"
lines, problems = apply_edits(poem, ["0:red>white", "1:blue", "x:a>b", "⟦2|3|-3⟧:sweet>sour"])
print(lines)
print("skipped", problems[⟦1|2⟧])
#--- AttributeError
bookings = {
    "room 1": ["09:00", "10:30"],
    "room 2": [],
    "room 3": ("13:00",),
}

def book(room, time):
    taken = bookings.get(room, ⟦None|[]⟧)
    if ⟦time|tim⟧ in taken:
        return "taken"
    taken.append(time)
    return "booked"

print(book("room 2", "11:00"))
print(book(⟦"room 3"|"room 4"|"room 1"⟧, ⟦"14:00"|"13:00"⟧))
#--- SyntaxError
names = ["Åsa", "Per", "Ulla"]
ages = [31, 45, 28]

def oldest(names, ages):
    pairs = list(zip(ages, names))
    pairs.sort()
    return pairs[-1][1]

⟦return oldest(names, ages)|print oldest(names, ages)|print(oldest(names, ages))|oldest(names ages)⟧
#--- no error
version_log = ["1.4.0 fix login", "1.10.2 new icons", "1.9.1 faster start"]

def key(line):
    number = line.split()[0]
    return ⟦tuple(map(int, number.split(".")))|number|float(number)|map(int, number.split("."))⟧

ordered = sorted(version_log, key=key)
for line in ordered:
    version, _, note = line.partition(" ")
    print(version.rjust(8), note⟦)|⟧
print("latest:", ordered[-1].split(⟦maxsplit=1|" ", 1|1⟧)[0])
#--- StopIteration
def sections(lines):
    rows = iter(lines)
    title = next(rows)
⟦    |  ⟧found = []
    while title != "END":
        body = next(rows)
        found.append((title, body))
        title = next(rows)
    return found

DOC = ["Intro", "hello", "Method", "we count"⟦|, "END"|, "END", "more"|, "Notes"⟧]
for title, body in sections(DOC):
    print(title.upper(), "-", body)
