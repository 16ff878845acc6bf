#--- no error
"""Tide tables: pure functions, no input or output."""
from __future__ import annotations

import math
from typing import Sequence

PERIOD = 12.42


def height(hour: float, mean: float = 3.0, swing: float = 1.5) -> float:
    """Height of the water in metres."""
    return mean + swing * math.cos(2 * math.pi * hour / ⟦PERIOD|PERIODS|0⟧)


def highs(hours: Sequence[⟦float|number⟧], limit: float) -> list[float]:
    return [h for h in hours if height(h) >= limit]


def table(day: int) -> str:
    rows = (f"{h:02d}:00  {height(day * 24 + h):.2f}" for h in range(0, 24, 6))
    return "\n".join(rows)


class Tide:
    def __init__(self, place: str, mean: float) -> None:
        self.place = place
        self.mean = mean
⟦|
print(table(0))|
print(Tide("Brest").place)⟧
#--- no error
import re

_HEX = re.compile(r"#?([0-9a-f]{6})", re.I⟦|GNORE|GNORECASE⟧)


def parse(colour):
    match = _HEX.fullmatch(colour)
    if not match:
        raise ValueError(f"no colour: {colour}")
    digits = match.group(1)
    return tuple(int(digits[i:i + 2], 16) for i in (0, 2, 4))


def mix(a, b, share=0.5):
    return tuple(round(x * (1 - share) + y * share) for x, y in zip(a, b))


def to_hex(rgb):
    return "#" + "".join("%02x" % part for part in rgb)


BLACK = parse(⟦"#000000"|"black"|"000000"|"#000"⟧)
WHITE = parse("ffffff")
GREY = mix(BLACK, WHITE⟦|, "half"|, 0.3⟧)
#--- no error
class Account:
    interest = 0.02

    def __init__(self, owner, balance=0):
        self.owner = owner
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    @classmethod
    def from_text(cls, text):
        owner, amount = text.split(":")
        return cls(owner, ⟦float(amount)|amount⟧)

    @staticmethod
    def is_valid(amount):
        return amount > 0

    def deposit(self, amount):
        if not self.is_valid(amount):
            raise ValueError("amount")
        self._balance += amount


accounts = [Account.from_text(t) for t in ("ann:20", ⟦"bob:3.5"|"bob"|"bob:"⟧)]
accounts[0].deposit(5)
⟦|accounts[1].balance = 7|accounts[1].deposit(0)|Account.interest = "low"⟧
#--- no error
def default_handler(event):
    print("unhandled:", event)


class Bus:
    """Events by name."""

    def __init__(self):
        self.handlers = {}

    def on(self, name):
        def add(handler):
            self.handlers.setdefault(name, []).append(handler)
            return handler
        return add

    def emit(self, name, **data):
        for handler in self.handlers.get(name, [default_handler]):
            handler(⟦data|**data|name, data⟧)


bus = Bus()


@bus.on("login")
def welcome(event):
    return event[⟦"user"|"name"|0⟧]


bus.emit("logout", user="kit")
⟦bus.emit("login", user="kit")||bus.emit("login")⟧
#--- no error
# settings for the nightly build
NAME = "nightly"
HOUR, MINUTE = 2, 30
TARGETS = [
    "docs",
    "tests"⟦,||;⟧
    "package",
]
RETRIES = {target: 1 for target in TARGETS}
RETRIES["tests"⟦|, 0⟧] += 3
MAIL = f"{NAME}@build.example"
START = HOUR * 60 + MINUTE
#--- no error
import logging
import os
from typing import Mapping, Any

log = logging.getLogger(__name__)


class ConfigError(Exception):
    pass


def from_env(environ: Mapping[str, str] = os.⟦environ|environs⟧) -> dict[str, Any]:
    """Reads BOT_* variables."""
    found = {}
    for key, value in environ.items():
        if key.startswith("BOT_"):
            found[key[4:].lower()] = value
    return found


def require(config: dict, *names: str) -> None:
    missing = [n for n in names if n not in config]
    if missing:
        raise ConfigError(", ".join(missing))


config = from_env({"BOT_TOKEN": "abc", "BOT_ROOM": "7", "HOME": "/"})
try:
    require(config, "token", "owner")
except ⟦ConfigError|Exception|(KeyError, ConfigError)⟧ as e:
    log.debug("missing %s", e)
room = int(config[⟦"room"|"token"|"home"⟧])
#--- no error
from functools import singledispatch


@singledispatch
def render(value):
    return str(value)


@render.register
def _(value: ⟦list|set|List⟧):
    return "<" + " ".join(render(v) for v in value) + ">"


@render.register(⟦dict|str|"dict"⟧)
def _(value):
    return "{" + ", ".join(f"{k}={render(v)}" for k, v in value.items()) + "}"


print(render({"a": [1, 2], "b": {"c": None}}))
#--- no error
"""Roman numerals both ways"""
PAIRS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
         (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def to_roman(n):
    if ⟦not 0 < n < 4000|n < 0⟧:
        raise ValueError(n)
    out = ""
    for value, sign in PAIRS:
        count, n = divmod(n, value)
        out += sign * count
    return out


def from_roman(text):
    total = 0
    for value, sign in PAIRS:
        while text.startswith(sign):
            total += value
            text = text[len(sign):]
    return total


for year in (1066, 1999, ⟦2024|0|"2024"⟧):
    assert from_roman(to_roman(year)) == year
print(to_roman(⟦49|4.5|-1⟧))
#--- no error
from collections.abc import Sequence


class Ring(Sequence):
    def __init__(self, *items):
        self._items = items

    def __len__(self):
        return len(self._items)

    def ⟦__getitem__|__getitems__|get⟧(self, i):
        return self._items[i % ⟦len(self)|len(self._items)⟧]


ring = Ring("n", "e", "s", "w")
print(ring[5], ring[-1], ring.index(⟦"s"|"w"⟧))
empty = Ring()
print(len(empty), ⟦"n" in ring|bool(empty)|empty[0]⟧)
#--- no error
import contextlib
import io
import unittest


def shout(text, times=1):
    print((text.upper() + "!") * times)


class ShoutTest(unittest.TestCase):
    def capture(self, *args):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            shout(*args)
        return out.getvalue()

    def test_once(self):
        self.assertEqual(self.capture("hi"), ⟦"HI!\n"|"HI!"⟧)

    def test_type(self):
        with self.assertRaises(⟦AttributeError|TypeError⟧):
            self.capture(3)


suite = unittest.defaultTestLoader.loadTestsFromTestCase(ShoutTest)
outcome = unittest.TestResult()
suite.run(outcome)
print(outcome.testsRun, len(outcome.failures))
shout(⟦"end"|7⟧, 2)
#--- no error
def test_sort_is_stable():
    rows = [("b", 1), ("a", 1), ("c", 0)]
    rows.sort(key=lambda r: r[1])
    assert [r[0] for r in rows] == ["c", ⟦"b", "a"|"a", "b"⟧]


def test_strip():
    assert "..x.".strip(".") == "x"
    assert "..x.".⟦lstrip|rstrip⟧(".") == "x."


def test_float():
    assert 0.1 + 0.2 != 0.3


if __name__ == "__main__":
    tests = [f for name, f in sorted(globals().items()) if name.startswith("test")]
    for test in tests:
        test()
    print(f"{len(tests)} tests")
#--- no error
def pytest_style(values):
    """Runs every check, collects the names of those that fail."""
    failed = []
    for name, check in values.items():
        try:
            check()
        except ⟦AssertionError|Exception|ValueError⟧:
            failed.append(name)
    return failed


def bad():
    assert sorted("cab") == "abc"


def good():
    assert sorted("cab") == list("abc")


def odd():
    ⟦assert (1 == 2, "never seen")|assert 1 == 2, "seen"|{}["x"]|pass⟧


print(pytest_style({"bad": bad, "good": good, "odd": odd}))
#--- no error
import argparse, logging

LEVELS = {0: logging.WARNING, 1: logging.INFO, 2: logging.DEBUG}

def main(argv=None):
    p = argparse.ArgumentParser()
    p.add_argument("-v", action=⟦"count"|"store_true"|"append_const", const=1⟧, default=0, dest="loud")
    p.add_argument("items", nargs="*")
    a = p.parse_args(argv)
    level = LEVELS⟦[a.loud]|.get(a.loud, logging.DEBUG)⟧
    logging.basicConfig(level=level)
    logging.debug("items: %s", a.items)
    return {i: len(i) for i in a.items}

if __name__ == "__main__":
    print(main([⟦"-vv"|"-vvv"|"-v"⟧, "pear", "fig"])[⟦"fig"|"plum"⟧])
#--- no error
# flashcards
cards = [("Hund", "dog"), ("Katze", "cat"), ("Maus", "mouse")]
answers = ["dog", "cow", "mouse"]

wrong = []
for (german, english), answer in zip(cards, answers⟦|[:2]⟧):
    if answer ⟦!=|==⟧ english:
        wrong.append((german, english))

print(f"{len(cards) - len(wrong)} of {len(cards)} right")
german, english = wrong[⟦0|-1|1⟧]
print(f"learn: {german} = {english⟦|:>8|:d⟧}")
#--- no error
import math, random
random.seed(11)

def throw():
    return random.random(), random.random()

def estimate(n):
    inside = 0
    for _ in range(n):
        x, y = throw()
        if math.hypot(x, y) <= 1:
            inside += 1
    return 4 * inside / n

guess = estimate(⟦2000|0|2e3|"2000"⟧)
print("roughly three" if 2 < guess < 4 else "odd")
assert ⟦0 <= guess <= 4|guess > 4⟧
#--- no error
import string

class Columns(string.Formatter):
    """Fields that are missing become dashes."""
    def get_value(self, key, args, kwargs):
        if isinstance(key, str):
            return kwargs⟦.get(key, "-")|[key]⟧
        return args[key]

row = Columns()
print(row.format("{0} {town:>8} {zip}", "Ms Roe", town="Ely"))
print(row.format("{town}⟦| {0}| {size}⟧", town=⟦"Rye"|None⟧))
#--- no error
# convert a playlist file (pasted lines) into seconds
lines = """\
3:05 Open Road
12:00 Long Night
0:48 Intro""".split("\n")

def seconds(stamp):
    parts = [int(p) for p in stamp.split(":")]
    total = 0
    for p in parts:
        total = total * 60 + p
    return total

songs = {}
for line in lines:
    stamp, title = line.split(⟦maxsplit=1|" ", 1|" "⟧)
    songs[title] = seconds(stamp)
shortest = min(songs, key=⟦songs.get|len|songs⟧)
print(shortest, songs[⟦"Intro"|"intro"|shortest⟧], sum(songs.values()))
#--- no error
from typing import Iterator


def walk(tree: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[str, int]]:
    for name, node in tree.items():
        if isinstance(node, dict):
            yield from walk(node, path + ⟦(name,)|(name)|[name]⟧)
        else:
            yield "/".join(path + (name,)), node


disk = {"etc": {"hosts": 120, "ssl": {"key": ⟦64|None|"64"⟧}}, "boot": 900}
sizes = ⟦dict(walk(disk))|dict(walk({}))|walk(disk)⟧
for path in sorted(sizes):
    print(path)
print(sum(sizes[p] for p in sizes if ⟦p.startswith("etc")|p == "boot"⟧))
#--- no error
def once(function):
    """Later calls give the first result again."""
    result = []

    def wrapper(*args, **kwargs):
        if not result:
            result.append(function(*args, **kwargs))
        return result[0]
    return wrapper


@once
def connect(host, port=⟦80|None⟧):
    return {"host": host.lower(), "port": port + 1}


print(connect("ALPHA"⟦|, 99⟧)["host"])
print(connect(⟦"beta"|None|5|⟧)["port"])
