#--- no error
"""Small helpers for working with text files of notes."""
import os
import re
from typing import ⟦Iterator|Iterators⟧

NOTE = re.compile(r"^\[(?P<day>[\d-]+)\]\s+(?P<text>.+)$")


def read_lines(path: str) -> Iterator[str]:
    """Yield lines without their ends."""
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            yield line.⟦rstrip|rstripp⟧("\n")


def notes(path: str) -> dict[str, list[str]]:
    found = {}
    for line in read_lines(path):
        match = NOTE.match(line)
        if match ⟦is not None|= None⟧:
            found.setdefault(match["day"], []).append(match["text"])
    return found


def default_path() -> str:
    return os.path.join(os.path.expanduser("~"), "notes.txt")
⟦|
print(next(read_lines("notes.txt")))|
lines = read_lines("notes.txt")⟧
#--- no error
import functools


class ValidationError(ValueError):
    pass


def required(value):
    if value in (None, ""):
        raise ValidationError("a value is needed")
    return value


def between(low, high):
    def check(value):
        if not low <= value <= high:
            raise ValidationError(f"{value} is not in {low}..{high}")
        return value
    ⟦return check||return check()⟧


def every(*checks):
    return lambda value: functools.reduce(lambda v, c: c(v), checks, value)


RULES = {
    "name": required,
    "age": every(required, ⟦between(0, 150)|between(0)|between⟧),
    "email": every(required, str.⟦lower|Lower⟧),
}
#--- no error
from typing import Optional, Dict


class Client:
    """Talks to a shop; the transport is handed in."""

    def __init__(self, transport, base: str = "/v1") -> None:
        self.transport = transport
        self.base = base

    def get(self, path: str, params: Optional[Dict[str, str]] = None) -> dict:
        return self.transport("GET", self.base + path, params or {})

    def orders(self, user: int) -> ⟦List[dict]|"List[dict]"|list[dict]|Dict[str, dict]⟧:
        reply: ⟦Reply|dict⟧ = self.get(f"/users/{user}/orders")
        return reply["orders"]

    def cancel(self, order: int) -> None:
        self.transport("DELETE", f"{self.base}/orders/{order}", {})
#--- no error
⟦from __future__ import annotations|import annotations|⟧
from dataclasses import dataclass


@dataclass
class Node:
    value: int
    left: Node | None = None
    right: Node | None = None

    def insert(self, value: int) -> Node:
        side = "left" if value < self.value else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Node(value))
        else:
            child.insert(value)
        return self


def depth(node: Optional[Node]) -> int:
    return 0 if node is None else 1 + max(depth(node.left), depth(node.right))
#--- no error
import json
import os

DEFAULTS = {"host": "localhost", "port": 5432, "debug": False}


def load_config(path, defaults=DEFAULTS):
    config = dict(defaults)
    ⟦if os.path.exists(path):|if path:|if not os.path.isdir(path):⟧
        with open(path) as fp:
            config.update(json.load(fp))
    return config


def main():
    config = load_config(⟦"app.json"|""⟧)
    url = "db://{host}:{port}".format(**⟦config|{"host": "x"}|config["debug"]⟧)
    print(url)


if __name__ == ⟦"__main__"|"main"⟧:
    main()
#--- no error
__all__ = ["slugify", "initials"]

_REPLACE = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


def _plain(text):
    return "".join(_REPLACE.get(c, c) for c in text.lower())


def slugify(text, sep="-"):
    words = "".join(c if c.isalnum() else " " for c in _plain(text)).split()
    return sep.join(words)


def initials(name):
    return "".join(w[0].upper() for w in name.split()⟦| if w⟧)


if __name__ == "__main__":
    print(slugify("Schöne Grüße aus Köln!"))
    print(initials(⟦"ada king lovelace"|""|"  "⟧))
    print(⟦initials|_initials|__all__[0]⟧("x y"))
#--- TypeError
import argparse


def parse_args(argv):
    parser = argparse.ArgumentParser(description="Mix paint")
    parser.add_argument("colours", nargs="+")
    parser.add_argument("--litres"⟦|, type=float|, type=float, default=1|, default=2⟧)
    return parser.parse_args(argv)


def main(argv=None):
    args = parse_args(argv)
    share = args.litres / len(args.colours)
    for colour in args.colours:
        print(f"{share:.2f} l {colour}")


if __name__ == "__main__":
    main(["red", "white"⟦, "--litres", "3"|⟧])
#--- FileNotFoundError
import csv
from pathlib import Path

HERE = Path("data")


def read_table(name):
    with ⟦(HERE / name).open(newline="")|open(name)|name⟧ as f:
        return list(csv.DictReader(f))


def main():
    rows = []
    for name in [⟦"north.csv", "south.csv"||⟧]:
        rows.extend(read_table(name))
    by_region = {}
    for row in rows:
        by_region.setdefault(row["region"], 0)
        by_region[row["region"]] += float(row["sales"])
    for region, sales in sorted(by_region.items()):
        print(f"{region:<10}{sales:>12.2f}")


⟦main()|main|if False:
    main()⟧
#--- no error
# units.py: conversions between units of length
FACTORS = {
    "mm": 0.001,
    "cm": 0.01,
    "m": ⟦1.0|0|"1.0"⟧,
    "km": 1000.0,
    "in": 0.0254,
    "ft": 0.3048,
}


class UnitError(Exception):
    """Raised for an unknown unit."""


def convert(value, source, target):
    try:
        return value * FACTORS[source] / FACTORS[target]
    except ⟦KeyError|IndexError|LookupError⟧ as exc:
        raise UnitError(f"unknown unit {exc}") from None


def _demo():
    print(convert(3, "km", "m"))
    print(round(convert(6, "ft", "cm"), 1))
    try:
        convert(1, ⟦"mile"|"mm"⟧, "m")
    except UnitError as e:
        print(e)


_demo()
#--- SyntaxError
import os
import sys


class Settings:
    prefix = "APP_"

    def __init__(self, environ=None):
        self.environ = environ or os.environ

    def get(self, name, default=None):
        return self.environ.get(self.prefix + name⟦|.upper()⟧, default)

    def flag(self, name):
        value = self.get(name, "no"⟦|)⟧
        return value.lower() in ("1", "yes", "true")

    def number(self, name, default=0):
        return int(self.get(name, default))


settings = Settings({"APP_DEBUG": "yes", "APP_WORKERS": "4"})
#--- no error
from typing import Callable, TypeVar, Generic

T = TypeVar("T")


class Lazy(Generic[T]):
    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._done = False

    def get(self) -> T:
        if not self._done:
            self._value = self._make()
            self._done = ⟦True|False⟧
        return self._value


def broken() -> int:
    return ⟦1 / 0|int("x")|undefined_name⟧


numbers: Lazy[list] = Lazy(lambda: [1, 2, 3])
bad: Lazy[int] = Lazy(⟦broken|broken()|lambda: broken()⟧)
print(sum(numbers.get()), len(numbers.get()))
#--- no error
"""A registry of exporters, filled by a decorator."""

EXPORTERS = {}


def exporter(kind):
    def register(function):
        EXPORTERS[kind] = function
        ⟦return function||return kind⟧
    return register


@exporter("txt")
def as_text(rows):
    return "\n".join("\t".join(map(str, row)) for row in rows)


@exporter⟦("html")||("md")⟧
def as_html(rows):
    cells = "".join(f"<td>{c}</td>" for row in rows for c in row)
    return f"<table>{cells}</table>"


def export(rows, kind="txt"):
    return EXPORTERS[kind](rows)


if __name__ == "__main__":
    print(export([("a", 1), ("b", 2)], kind=⟦"txt"|"pdf"|"html"⟧))
    print(⟦len(EXPORTERS)|as_text([[1]])|EXPORTERS[0]⟧)
#--- ModuleNotFoundError
"""Convert temperatures from a feed."""
import ⟦urlib.parse|urllib.parse|urllib2|urllib.parser⟧

BASE = "https://weather.example/api"


def url_for(town, unit="c"):
    query = urllib.parse.urlencode({"q": town, "unit": unit})
    return f"{BASE}?{query}"


def to_fahrenheit(c):
    return c * 9 / 5 + 32


if __name__ == "__main__":
    print(url_for("São Paulo"))
    print(to_fahrenheit(⟦21.5|"21.5"⟧))
#--- no error
import time


class Cache:
    """Keeps values until a limit is reached."""

    def __init__(self, limit=10, clock=time.monotonic):
        self.limit = limit
        self.clock = clock
        self._items = {}

    def put(self, key, value):
        if len(self._items) >= self.limit:
            oldest = min(self._items, key=lambda k: self._items[k][⟦1|2⟧])
            del self._items[oldest]
        self._items[key] = (value, self.clock())

    def get(self, key):
        return self._items[key][0]

    ⟦@property||@staticmethod⟧
    def size(self):
        return len(self._items)


cache = Cache(limit=⟦10|1|0⟧)
#--- TypeError
class Matrix:
    def __init__(self, rows):
        self.rows = rows
        self.shape = (len(rows), len(rows[0]))

    def __matmul__(self, other):
        cols = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in cols] for r in self.rows])

    def transpose(⟦|self|cls⟧):
        return Matrix([list(r) for r in zip(*self.rows)])

    def __repr__(self):
        return f"Matrix({self.rows})"


def main():
    m = Matrix([[1, 2], [3, 4]])
    print(m @ m)
    print(m.transpose())


if __name__ == "__main__":
    main()
#--- no error
def main(argv):
    if len(argv) < 2:
        print("usage: count WORD...")
        return 2
    words = argv[1:]
    width = max(⟦map(len, words)|words|[]⟧)
    for word in sorted(set(words)):
        print(word.ljust(width), words.count(word))
    return 0


if __name__ == "__main__":
    status = main([⟦"count", "tea", "tea", "milk"|"count"|⟧])
    if status:
        print("failed with", status)
    print("ok" if status ⟦==|is|=⟧ 0 else "not ok")
#--- no error
import logging
from logging import ⟦handlers|handler⟧

LOGGER_NAME = "relay"


def setup(level=⟦logging.INFO|logging.VERBOSE|"INFO"⟧, keep=100):
    """Log into memory, flush on errors."""
    logger = logging.getLogger(LOGGER_NAME)
    logger.setLevel(level)
    target = logging.StreamHandler()
    memory = handlers.MemoryHandler(keep, logging.ERROR, target)
    logger.addHandler(memory)
    return logger


def child(name):
    return logging.getLogger(f"{LOGGER_NAME}.{name}")
#--- TypeError
import math


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    @property
    def length(self):
        return math.hypot(self.x, self.y)

    def unit(self):
        n = self.length
        return Vector(self.x / n, self.y / n)

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y)


def main():
    path = [Vector(3, 4), Vector(⟦0, 1|0, 0|"0", 1⟧)]
    total = sum(path⟦|, Vector(0, 0)|, 0⟧)
    print(total.length)
    print([v.unit().x for v in path])


if __name__ == ⟦"__main__"|"__Main__"⟧:
    main()
#--- IndentationError
import sqlite3


def connect(path=":memory:"):
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE IF NOT EXISTS song (title TEXT, seconds INTEGER)")
    return db


def add(db, title, seconds):
    ⟦"""Store one song."""
  |"""Store one song."""
    |# Store one song.
    |⟧db.execute("INSERT INTO song VALUES (?, ?)", (title, seconds))


def total(db):
    (seconds,) = db.execute("SELECT SUM(seconds) FROM song").fetchone()
    return seconds ⟦or|+⟧ 0


def listing(db):
    return [title for title, in db.execute("SELECT title FROM song ORDER BY title")]
#--- no error
from abc import ABC, abstractmethod


class Storage(ABC):
    @abstractmethod
    def load(self, key): ...

    @abstractmethod
    def save(self, key, value): ...


class MemoryStorage(Storage):
    def __init__(self):
        self.data = {}

    def load(self, key):
        return self.data[key]

    def ⟦save|store|Save⟧(self, key, value):
        self.data[key] = value


class NullStorage(Storage):
    def load(self, key):
        return None


def open_storage(kind):
    return {"memory": MemoryStorage, "null": NullStorage}[kind]()


store = open_storage(⟦"memory"|"null"|"disk"⟧)
store.save("a", [1])
print(store.load(⟦"a"|"b"⟧))
#--- no error
import sys
from typing import Final, Literal

LIMIT: Final = 3
Mode = Literal["fast", "safe"]


def run(steps: int, mode: ⟦Mode|mode|"Mode"⟧ = "safe") -> int:
    done: int = 0
    while done < steps:
        done += 1 if mode == "safe" else 2
    return done


def report(n: int, out=⟦sys.stdout|sys.stdou|print⟧) -> None:
    out.write(f"{n} steps\n")


def main() -> None:
    report(run(⟦LIMIT|"3"|-1⟧))
    report(run(5, mode="fast"))


main()
#--- UnboundLocalError
"""Keeps score of a quiz."""

points = 0
answers = {"capital of Peru": "lima", "7 x 8": "56"}


def ask(question, reply):
    ⟦|global points|nonlocal points⟧
    if answers[question] == reply.strip().lower():
        ⟦points += 1|print("right")|points = 1⟧
    return points


def main():
    ask("capital of Peru", ⟦" Lima "|"Quito"⟧)
    ask("7 x 8", "54")
    print("score", points)


if __name__ == "__main__":
    main()
#--- no error
import platform
import shutil
import string

try:
    import ⟦numpy_missing|math⟧ as np
except ⟦ImportError|ModuleNotFoundError|NameError⟧:
    np = None

HAS_NUMPY = np is not None
ALPHABET = string.ascii_uppercase


def mean(values):
    if HAS_NUMPY:
        return np.mean(values)
    return sum(values) / len(values)


def columns():
    return shutil.get_terminal_size().columns


def system():
    return platform.system() or "unknown"


letters = ALPHABET⟦[:5]|[5]|[26]⟧
#--- ImportError
from collections import ⟦Mapping|abc|OrderedDict⟧
from operator import itemgetter


def flatten(tree, prefix=""):
    """{'a': {'b': 1}} -> {'a.b': 1}"""
    flat = {}
    for key, value in tree.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict):
            flat.update(flatten(value, name))
        else:
            flat[name] = value
    return flat


def report(tree):
    for name, value in sorted(flatten(tree).items(), key=itemgetter(⟦1|0|2⟧)):
        print(name, "=", value)


report({"x": {"y": 2, "z": {"w": 1}}, "v": ⟦3|"3"|{}⟧})
#--- no error
"""Read-only views of a library catalogue."""
from collections import defaultdict


class Catalogue:
    def __init__(self, books):
        self._by_isbn = {b["isbn"]: b for b in books}
        self._by_author = defaultdict(list)
        for b in books:
            self._by_author[b[⟦"author"|"writer"⟧]].append(b["isbn"])

    def __getitem__(self, isbn):
        return self._by_isbn[isbn]

    def __contains__(self, isbn):
        return isbn in self._by_isbn

    def by(self, author):
        return [self[i]["title"] for i in self._by_author⟦[author]|.get(author)|.get(author, ())⟧]


BOOKS = [
    {"isbn": 11, "author": "Lem", "title": "Solaris"},
    {"isbn": 12, "author": "Lem", "title": "Eden"},
]
shelf = Catalogue(⟦BOOKS|BOOKS[:1]|[]⟧)
print(shelf.by("Lem"), shelf.by("Poe"))
print(12 in shelf and shelf[12]["title"])
#--- no error
import re
from functools import wraps

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}")


def nullable(check):
    @wraps(check)
    def wrapper(value⟦, *args|⟧):
        if value is None:
            return True
        return check(value⟦, *args|⟧)
    return wrapper


@nullable
def is_email(value):
    return EMAIL.fullmatch(value) is not None


@nullable
def has_length(value, low=0, high=100):
    return low <= len(value) <= high


def is_postcode(value):
    return len(value) == 5 and value.isdigit()


SCHEMA = {"mail": is_email, "code": is_postcode, "name": has_length}
#--- KeyError
SCHEMA = {"name": str, "age": int, "tags": list}


def validate(record, schema=SCHEMA):
    errors = []
    for field, kind in schema.items():
        value = record⟦[field]|.get(field)|.get(field, kind())⟧
        if not isinstance(value, kind):
            errors.append(f"{field} should be {kind.__name__}, not {value!r}")
    for field in record.keys() - schema.keys():
        errors.append(f"{field} is not known")
    return errors


good = {"name": "Ida", "age": 8, "tags": []}
print(validate(good))
print(validate({**good, ⟦"age": "8"|"age": True|8: "age"⟧}))
print(validate({"name": "Jo", ⟦"age": 3|"tags": (), "age": 1⟧}))
#--- no error
class Table:
    """Text table with right-aligned numbers."""

    def __init__(self, *headers):
        self.headers = headers
        self.rows = []

    def row(self, *cells):
        if len(cells) != len(self.headers):
            raise ValueError(f"{len(cells)} cells for {len(self.headers)} columns")
        self.rows.append(cells)
        ⟦return self||return self.rows⟧

    def __str__(self):
        lines = [self.headers, *self.rows]
        widths = [max(len(str(c)) for c in column) for column in zip(*lines)]
        return "\n".join(
            " ".join(str(c).rjust(w) for c, w in zip(line, widths)) for line in lines
        )


table = Table("river", "km"⟦|, "country"⟧)
table.row("Tagus", 1007).row("Ebro", ⟦930|None|""⟧)
print(table)
#--- no error
import os


class Feature:
    """Descriptor of a switch that an environment variable turns on."""

    def __set_name__(self, owner, name):
        self.variable = f"{owner.__name__}_{name}".upper()

    def __get__(self, instance, owner):
        return os.environ.get(self.variable, "0") ⟦== "1"|= "1"|is 1⟧

    def __set__(self, instance, value):
        raise AttributeError("switches are set from outside")


class Shop:
    gift_cards = Feature()
    returns = Feature()

    def options(self):
        return [n for n in ("gift_cards", "returns") if getattr(self, n)]


print(Shop().options())
⟦|Shop().returns = True|Shop.returns = True|Shop().sale = True⟧
#--- AttributeError
import string
from dataclasses import dataclass, field


@dataclass
class Lexer:
    source: str
    position: int = 0
    tokens: list = field(default_factory=list)

    def number(self):
        start = self.position
        while self.position < len(self.source) and self.source[self.position] in string.digits:
            self.position += 1
        self.tokens.append(int(self.source[start:self.position]))

    def run(self):
        while self.position < len(self.source):
            c = self.source[self.position]
            if c in ⟦string.digits|string.hexdigits⟧:
                self.number()
            elif c in ⟦string.whitespaces|string.whitespace|" "⟧:
                self.position += 1
            else:
                self.tokens.append(c)
                self.position += 1
        return self.tokens


print(Lexer(⟦"12 + 7"|"127"|"1a"⟧).run())
#--- no error
import argparse
import json


def cmd_add(args):
    return {"sum": sum(args.numbers)}


def cmd_join(args):
    return {"text": args.sep.join(args.words)}


def main(argv):
    parser = argparse.ArgumentParser(prog="tool")
    sub = parser.add_subparsers(dest="command")
    add = sub.add_parser("add")
    add.add_argument("numbers", nargs="*", type=⟦float|str|int⟧)
    join = sub.add_parser("join")
    join.add_argument("words", nargs="+")
    join.add_argument(⟦"--sep"|"--separator"⟧, default="-")
    add.set_defaults(run=cmd_add)
    join.set_defaults(run=cmd_join)
    args = parser.parse_args(argv)
    print(json.dumps(args.run(args)))


main(["add", "1", "2"])
main([⟦"join", "a", "b"|"add"|⟧])
#--- FileNotFoundError
"""wc: count lines and words of files"""
import sys
from pathlib import Path


def count(path):
    text = Path(path).read_text()
    return len(text.splitlines()), len(text.split())


def main(paths):
    total = 0
    for path in paths:
        ⟦lines, words = count(path)|if not Path(path).exists():
            continue
        lines, words = count(path)|lines, words = len(path), 1|words = count(path)⟧
        print(f"{lines:6} {words:6} {path}")
        total += words
    return total


if __name__ == "__main__":
    names = ⟦["a.txt", "b.txt"]|sys.argv[1:]|[]⟧
    print(main(names), "words")
#--- TypeError
import sys

GREETINGS = {"en": "Hello", "fr": "Bonjour", "es": "Hola"}


def greet(name, language="en", *, loud=False):
    text = f"{GREETINGS[language]}, {name}"
    return text.upper() if loud else text


def main(out=sys.stdout):
    for language in GREETINGS:
        print(greet("Zara", language), file=out)
    print(greet("Yann", "fr", ⟦True|loud=True|loud=1|load=True⟧), file=out)
    print(greet(⟦"Xi", "zh"|"Xi"⟧), file=out)


if __name__ == "__main__":
    main()
#--- no error
class Retry(Exception):
    pass


def fetch(url, table):
    if url not in table:
        raise Retry(url)
    return table[url]


class Crawler:
    def __init__(self, table, start="/"):
        self.table = table
        self.todo = [start]
        self.seen = set()
        self.broken = []

    def run(self):
        while self.todo:
            url = self.todo.⟦pop()|pop(0)|remove("/")⟧
            if url in self.seen:
                continue
            self.seen.⟦add|append⟧(url)
            try:
                self.todo += fetch(url, self.table)
            except Retry as e:
                self.broken.append(⟦e.args[0]|e|e.args[1]|e.url⟧)
        return len(self.seen)


site = {"/": ["/a", "/b"], "/a": ["/"], "/b": [⟦"/c"|"/a"|"b"⟧]}
crawler = Crawler(site)
print(crawler.run(), sorted(map(str, crawler.broken)))
#--- no error
from enum import Flag, IntEnum


class Level(IntEnum):
    LOW = 1
    MID = 2
    HIGH = ⟦3|2⟧


class Access(Flag):
    READ = 1
    WRITE = 2
    ALL = READ ^ WRITE


LIMITS = {Level.LOW: Access.READ, Level.MID: Access.READ, Level.HIGH: Access.ALL}


def allowed(level: Level, wanted: Access) -> bool:
    return wanted in LIMITS⟦[level]|.get(level, Access.READ)⟧


print(allowed(Level.HIGH, Access.WRITE), allowed(Level(⟦1|4|"1"⟧), Access.WRITE))
print(allowed(⟦2|5⟧, Access.READ), Level.LOW < Level.HIGH)
#--- AttributeError
class Config(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except ⟦KeyError|AttributeError|LookupError⟧:
            ⟦raise AttributeError(name) from None|return None|raise⟧


config = Config(host="db1", port=5432)
print(config.host, config.port + 1)
print(hasattr(config, ⟦"user"|"host"⟧))
user = config.user
print(user ⟦or|and⟧ "nobody")
#--- no error
from operator import attrgetter
import itertools as it


class Song:
    def __init__(self, title, artist, plays=0):
        self.title, self.artist, self.plays = title, artist, plays

    def __repr__(self):
        return f"Song({self.title!r})"


def charts(songs, n=2):
    result = {}
    key = attrgetter(⟦"artist"|"singer"|"plays"⟧)
    for artist, group in it.groupby(sorted(songs, key=key), key):
        best = sorted(group, key=lambda s: ⟦-s.plays|s.plays|s⟧)
        result[artist] = best[:n]
    return result


library = [Song("Rain", "Ayo", 7), Song("Sun", "Ayo", ⟦9|"9"|None⟧), Song("Ice", "Bjo")]
for artist, best in charts(library).items():
    print(artist, best)
#--- SyntaxError
"""Geometry helpers."""


def distance(a, b):
    return sum((x - y) ** 2 for x, y in zip(a, b)) ** 0.5


def centroid(points):
    n = len(points)
    return tuple(sum(axis) / n for axis in zip(*points))


def bounding_box(points):
    xs, ys = zip(*points)
    return {
        "left": min(xs),
        "right": max(xs)⟦|,|, **{}⟧
        "top": max(ys),
        "bottom": min(ys),
    }


def scale(points, k=⟦1|1.0|k⟧):
    return [(x * k, y * k) for x, y in points]
#--- SyntaxError
import asyncio


class Queue:
    def __init__(self):
        self.items = []

    ⟦def|async def⟧ take(self):
        while not self.items:
            await asyncio.sleep(0)
        return self.items.pop(0)

    async def give(self, item):
        ⟦await asyncio.sleep(0)|asyncio.sleep|pass⟧
        self.items.append(item)


async def main():
    queue = Queue()
    await queue.give("parcel")
    print(await queue.take())


asyncio.run(main())
#--- no error
import asyncio


async def brew(kind, minutes):
    await asyncio.sleep(0)
    return f"{kind} after {minutes} min"


async def main(orders):
    jobs = [⟦brew(k, m)|brew(k)|await brew(k, m)⟧ for k, m in orders]
    return await asyncio.gather(*jobs)


orders = [("green", 2), ("mint", ⟦5|"5"⟧)]
teas = ⟦asyncio.run(main(orders))|asyncio.run(main([]))|asyncio.run(main)⟧
for tea in teas:
    print(tea.capitalize())
#--- IndentationError
class Timer:
    """Counts ticks."""

    def __init__(self, ticks=0):
        self.ticks = ticks

    def tick(self, n=1):
        if n < 0:
⟦        raise ValueError(n)|            raise ValueError(n)|            pass⟧
        self.ticks += n
        return self

    def reset(self):
        self.ticks = 0


def main():
    t = Timer()
    print(t.tick().tick(⟦4|-4|"4"⟧).ticks)


main()
#--- no error
# money.py
from decimal import Decimal, ROUND_HALF_UP

CENT = Decimal("0.01")


def money(value):
    """Decimal with two places; floats are refused."""
    if isinstance(value, float):
        raise TypeError("no floats, please")
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)


def split_bill(total, people):
    share = (money(total) / people).quantize(CENT)
    rest = money(total) - share * people
    return [share + rest] + [share] * (people - 1)


bill = split_bill(⟦"100"|100|100.0⟧, ⟦3|0.5|[]⟧)
print(*bill)
assert sum(bill) == money(100)
#--- no error
import heapq
from typing import Any


class Scheduler:
    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Any]] = []
        self._n = 0

    def at(self, time: int, action: Any, *args: Any) -> None:
        heapq.heappush(self._heap, (time, ⟦self._n, |⟧(action, args)))
        self._n += 1

    def run(self) -> int:
        now = 0
        while self._heap:
            now, *_, (action, args) = heapq.heappop(self._heap)
            action(*args)
        return now


log: list[str] = []
s = Scheduler()
s.at(5, log.append, "tea")
s.at(2, log.append, "wake")
s.at(⟦5|2|7⟧, ⟦log.extend|log.insert|log.clear⟧, ["work"])
print(s.run(), log)
