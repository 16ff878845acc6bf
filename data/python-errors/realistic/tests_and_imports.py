#--- AssertionError
def is_palindrome(text):
    cleaned = [c for c in text⟦|.lower()|.casefold()⟧ if c.isalpha()]
    return cleaned == cleaned[::-1]


def test_plain_word():
    assert is_palindrome("level")


def test_sentence():
    assert is_palindrome(⟦"Was it a cat I saw?"|"was it a cat i saw"|"never even"⟧)


def test_no():
    assert not is_palindrome("python")


for test in (test_plain_word, test_sentence, test_no):
    test()
    print(test.__name__, "passed")
#--- no error
import unittest


def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


class LeapTest(unittest.TestCase):
    def test_century(self):
        self.assertFalse(leap(⟦1900|2000|"1900"⟧))

    def test_common(self):
        self.assertTrue(leap(2024))
        self.⟦assertEqual|assertEquals|assertSame⟧(leap(2023), False)


if __name__ == "__main__":
    unittest.main(exit=False, argv=["leap"])
    print(leap(⟦2000|"2000"|None⟧))
#--- AssertionError
import unittest


class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        return self.items.pop(⟦0||-1⟧)


case = unittest.TestCase()
s = Stack()
s.push("a")
s.push("b")
case.assertEqual(len(s.items), 2)
case.assertEqual(s.pop(), "b")
with case.assertRaises(⟦IndexError|KeyError|LookupError⟧):
    s.pop()
    s.pop()
#--- no error
import unittest
from unittest import mock


class Lamp:
    def __init__(self, switch):
        self.switch = switch

    def toggle(self):
        return self.switch.set(not self.switch.get())


class LampTest(unittest.TestCase):
    def setUp(self):
        self.switch = mock.Mock()
        self.switch.get.return_value = False

    def test_toggle(self):
        Lamp(self.switch).toggle()
        self.switch.set.assert_called_once_with(⟦True|False|1⟧)


result = unittest.TextTestRunner(verbosity=0).run(
    unittest.defaultTestLoader.loadTestsFromTestCase(LampTest))
print(result.testsRun, ⟦result.wasSuccessful()|result.passed|len(result.failures)⟧)
assert result.testsRun == ⟦1|2⟧
#--- ImportError
import math
from itertools import ⟦pairwize|pairwise|pairs⟧


def lengths(points):
    for (x1, y1), (x2, y2) in pairwise(points):
        yield math.hypot(x2 - x1, y2 - y1)


def test_square():
    square = [(0, 0), (0, 2), (2, 2), (2, 0)]
    assert list(lengths(square)) == [2.0] * ⟦3|4⟧


test_square()
print("done")
#--- ModuleNotFoundError
def test_reads_yaml():
    ⟦import yamll|import json as yamll|from json import loads|try: import yamll
    except ImportError: return⟧
    data = yamll.loads('{"a": 1}')
    assert data["a"] == 1


def test_sum():
    assert sum([1, 2]) == 3


for name, value in list(globals().items()):
    if name.startswith(⟦"test_"|"test_s"|"tests"⟧):
        value()
        print(name, "ok")
#--- no error
def export(rows, kind):
    if kind == "json":
        import json
        return json.dumps(rows)
    if kind == "xml":
        import ⟦xlm.etree|xml.etree|lxml_etree⟧
        return "<rows/>"
    if kind == "xlsx":
        from ⟦openpyxxl|json⟧ import Workbook
        return Workbook()
    raise ValueError(kind)


table = [["a", 1], ["b", 2]]
print(export(table, "json"))
for kind in ⟦()|["xlsx"]|["xml"]|["pdf"]⟧:
    print(kind, export(table, kind))
#--- no error
# test_cart.py
import pprint

cart = {"lines": [{"sku": "A1", "n": 2, "price": 3.5}, {"sku": "B7", "n": 1, "price": ⟦8.0|8|"8"⟧}]}


def total(cart):
    return sum(line["n"] * line["price"] for line in cart["lines"])


def remove(cart, sku):
    cart["lines"] = [line for line in cart["lines"] if line["sku"] != sku]


assert total(cart) == 15, "total before"
remove(cart, ⟦"A1"|"a1"|"B7"⟧)
assert len(cart["lines"]) == 1
assert total(cart) ⟦>|==|<⟧ 7.0, total(cart)
pprint.pprint(cart)
#--- AssertionError
def rounded_share(part, whole):
    """Percentage, 0 for an empty whole."""
    ⟦|if whole == 0: return 0|if not part: return 0⟧
    return round(100 * part / whole)


cases = [
    ((1, 4), 25),
    ((2, 3), ⟦66|67⟧),
    ((0, 9), 0),
    ((0, 0), 0),
]
for arguments, expected in cases:
    got = rounded_share(*arguments)
    assert got == expected, f"{arguments}: {got} is not {expected}"
print(len(cases), "cases passed")
#--- no error
class FakeClock:
    def __init__(self, now=0):
        self.now = now

    def sleep(self, seconds):
        self.now += seconds


def retry(action, clock, tries=3):
    for attempt in range(1, tries + 1):
        try:
            return action(attempt)
        except ⟦ConnectionError|OSError|Exception⟧:
            clock.sleep(2 ** attempt)
    ⟦return None|raise ValueError("gave up")⟧


def flaky(attempt):
    if attempt < ⟦3|9⟧:
        raise ConnectionError("busy")
    return "reply"


def test_retry():
    clock = FakeClock()
    reply = retry(flaky, clock)
    assert reply == "reply"
    assert clock.now == 6


⟦|test_retry()
⟧print(retry(flaky, FakeClock(), tries=⟦2|3|0⟧))
#--- AttributeError
import unittest


class PriceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rates = {"EUR": 1.1, "GBP": 1.3}

    def convert(self, amount, code):
        return amount * self.rates[code]

    def test_pounds(self):
        self.assertAlmostEqual(self.convert(10, "GBP"), 13)


suite = PriceTest()
⟦|PriceTest.setUpClass()|suite.setUp()|suite.rates = {}|suite.rates = {"GBP": 1.2}⟧
suite.test_pounds()
print("one test done")
#--- SyntaxError
def add_tax(net, rate):
    return net * (1 + rate)


def test_add_tax():
    assert add_tax(100, 0.5) ⟦=|==|<⟧ 150


def test_zero():
    assert add_tax(0, 0.2) == 0
    assert add_tax(10, 0) == 10⟦|, "no tax"|.1⟧


test_add_tax()
test_zero()
#--- no error
import contextlib


@contextlib.contextmanager
def raises(kind):
    try:
        yield
    except kind as error:
        print("as expected:", error)
    else:
        raise AssertionError(f"{kind.__name__} did not come")


def parse_age(text):
    age = int(text)
    if age < 0:
        raise ValueError("negative")
    return age


with raises(ValueError):
    parse_age("-3")
with raises(⟦ValueError|TypeError|(TypeError, ValueError)⟧):
    parse_age(⟦"ten"|None|"10"⟧)
assert parse_age(" 7 ") == 7
#--- ImportError
from math import sqrt, pi, ⟦square|pow|e, floor as square⟧
from datetime import date

def ring(inner, outer):
    return pi * (square(outer, 2) - square(inner, 2))

def when():
    return date(2020, 2, 2).isoformat()

print(when(), round(ring(1, 2), 2)⟦|) if False else print("-"⟧)
#--- ModuleNotFoundError
try:
    import ⟦simplejsonn|json|jsonlib⟧ as json
except ⟦ValueError|ImportError|ModuleNotFoundError⟧:
    json = None

def dump(value):
    return json.dumps(value) if json ⟦is not None|!= 0⟧ else repr(value)

print(dump({"a": [1, 2]}))
#--- no error
import importlib

WANTED = ["json", "csv", ⟦"colorsys"|"colours"|""⟧]
loaded, missing = {}, []
for name in WANTED:
    try:
        loaded[name] = importlib.import_module(name)
    except ⟦ImportError|ModuleNotFoundError|AttributeError⟧ as e:
        missing.append(e.name)

print(sorted(loaded), missing)
if "colorsys" in loaded:
    red = loaded["colorsys"].⟦rgb_to_hsv|rgb2hsv⟧(1, 0, 0)
    print(red[0])
#--- AttributeError
import os
import string
import datetime

def stamp(text, day=⟦datetime.date(2021, 1, 1)|datetime(2021, 1, 1)|None⟧):
    return f"{day.isoformat()} {text}"

def clean(name):
    allowed = string.letters + string.digits⟦| if hasattr(string, "letters") else "abc"⟧
    return "".join(c for c in name if c in allowed)

print(os.path.basename("/tmp/x.log"))
print(stamp("saved"))
print(clean("a b_c"))
#--- ModuleNotFoundError
import os.path
import ⟦Random|random⟧
from collections import ⟦Counter|counter⟧

random.seed(5)
dice = Counter(random.randint(1, 6) for _ in range(60))
for face in range(1, 7):
    print(face, "*" * dice[face])
assert sum(dice.values()) == 60
#--- NameError
from math import ⟦sin, cos|*|sin, cos, radians⟧

def polar(r, degrees):
    angle = radians(degrees)
    return r * cos(angle), r * sin(angle)

compass = {"N": 90, "E": 0, "S": 270, "W": 180}
for name, degrees in ⟦compass.items()|{}.items()|[("E",)]⟧:
    x, y = polar(1, degrees)
    print(name, round(x, 3), round(y, 3))
#--- AttributeError
import math
math = ⟦{"algebra": 71, "geometry": 64}|math|5⟧

def circle(r):
    ⟦return|import math; return|yield⟧ 2 * math.pi * r

subjects = ["physics", "art"]
print(len(subjects))
print(circle(2))
#--- no error
from types import SimpleNamespace

def fake_response(status=200, body="{}"):
    return SimpleNamespace(status=status, text=body, ok=status < 400)

class Api:
    def __init__(self, fetch):
        self.fetch = fetch
    def user(self, uid):
        reply = self.fetch(f"/user/{uid}")
        if not reply.ok:
            raise ⟦LookupError|KeyError⟧(reply.status)
        return reply.⟦text|json|body⟧

def test_missing():
    api = Api(lambda path: fake_response(⟦404|200⟧))
    try:
        api.user(3)
    except LookupError as e:
        assert e.args == (404,)
    else:
        assert False, "should fail"

test_missing()
print(Api(lambda p: fake_response(body=p)).user(1))
#--- AssertionError
import doctest

def middle(items):
    """
    >>> middle([1, 2, 3])
    2
    >>> middle("abcd")
    'c'
    """
    return items[len(items) // 2⟦ - 1|⟧]

outcome = doctest.testmod()
assert outcome.failed == ⟦0|2⟧, outcome
print("all", outcome.attempted, "examples hold")
#--- IndentationError
import unittest

class WordTest(unittest.TestCase):
    words = ["moon", "sun"]

    def test_count(self):
        self.assertEqual(len(self.words), 2)

  ⟦def|  def|  async def⟧ test_long(self):
        longest = max(self.words, key=len)
        self.assertEqual(longest, "moon")

print(WordTest.words)
#--- no error
def check(condition, message):
    if not condition:
        failures.append(message)

def test_search():
    names = ["Ito", "Bo", "Cy"]
    check(names.index("Bo") == 1, "index")
    check("Di" not in names, "in")
    check(names.⟦count|index|find⟧("Di") == 0, "count")

failures = []
test_search()
check(1 == 2, "numbers")
print(f"{len(failures)} failed: {failures}")
assert len(failures) == ⟦1|0|2⟧
#--- NameError
def normalise(vector):
    length = sum(x * x for x in vector) ** 0.5
    return [x / length for x in vector]

def test_length():
    v = normalise([3, 4])
    assert abs(sum(x * x for x in v) - 1) < 1e-9

def test_zero():
    try:
        ⟦normalize|normalise⟧([0, 0])
    except ⟦ZeroDivisionError|NameError|Exception⟧:
        print("zero vector refused")

test_length()
test_zero()
⟦print("ok")|test_lenght()⟧
#--- TypeError
import unittest

class Account:
    def __init__(self, balance=0):
        self.balance = balance
    def pay(⟦amount|self, amount|self, amount, *rest⟧):
        if amount > self.balance:
            raise ValueError("not enough")
        self.balance -= amount

a = Account(⟦50|10|"50"⟧)
check = unittest.TestCase()
check.assertRaises(ValueError, a.pay, 80)
a.pay(20)
check.assertEqual(a.balance, 30)
