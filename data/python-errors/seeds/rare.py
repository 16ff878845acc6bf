# Assertions, missing files, exhausted iterators, imports and endless recursion.

#--- no error
def multiply(a, b):
    return a * b

assert multiply(3, 4) == 12
assert multiply(-1, 5) == -5
print("tests ok")
#--- AssertionError
def multiply(a, b):
    return a + b

assert multiply(2, 2) == 4
assert multiply(3, 4) == 12
print("tests ok")
#--- no error
def divide(a, b):
    assert b != 0, "b must not be zero"
    return a / b
print(divide(6, 3))
#--- AssertionError
def divide(a, b):
    assert b != 0, "b must not be zero"
    return a / b
print(divide(6, 0))
#--- ZeroDivisionError
def divide(a, b):
    assert b == 0, "b must not be zero"
    return a / b
print(divide(6, 0))
#--- AssertionError
def set_age(age):
    assert isinstance(age, int), "age must be int"
    assert 0 <= age < 150
    return age
print(set_age("40"))
#--- AssertionError
def set_age(age):
    assert isinstance(age, int), "age must be int"
    assert 0 <= age < 150
    return age
print(set_age(200))
#--- no error
def set_age(age):
    assert isinstance(age, int), "age must be int"
    assert 0 <= age < 150
    return age
print(set_age(40))
#--- AssertionError
scores = [88, 92, 79]
average = sum(scores) / len(scores)
assert average > 90, f"average too low: {average}"
#--- no error
scores = [88, 92, 99]
average = sum(scores) / len(scores)
assert average > 90, f"average too low: {average}"
#--- AssertionError
data = {"id": 7, "tags": []}
assert "id" in data
assert data["tags"], "no tags"
#--- no error
data = {"id": 7, "tags": ["new"]}
assert "id" in data
assert data["tags"], "no tags"
#--- KeyError
data = {"id": 7}
assert data["name"] == "x"
#--- AssertionError
password = "abc"
assert len(password) >= 8, "password too short"
#--- no error
password = "abcdefgh1"
assert len(password) >= 8, "password too short"
assert any(c.isdigit() for c in password)
#--- AssertionError
username = ""
assert username, "username is required"
print("Welcome", username)
#--- no error
nums = [1, 2, 3]
nums.reverse()
assert nums == [3, 2, 1]
#--- AssertionError
nums = [1, 2, 3]
assert nums.reverse() == [3, 2, 1]
#--- IndexError
nums = [1, 2, 3]
assert nums[3] == 4
#--- AssertionError
x = 10
y = 3
assert x / y == 3
#--- no error
x = 10
y = 3
assert x // y == 3 and x % y == 1
#--- AssertionError
assert "Python".lower() == "Python"
#--- no error
assert "Python".lower() == "python", "case"
#--- AssertionError
assert type(3 / 1) == int
#--- AssertionError
assert None
#--- no error
assert True
#--- AssertionError
assert False, "should not get here"
#--- AssertionError
assert not "False"
#--- AssertionError
assert 3 in [1, 2]
#--- TypeError
assert 3 in 3
#--- no error
assert sum([1, 2, 3]) == 6; print("fine")
#--- TypeError
assert "a" + 1 == "a1"
#--- AssertionError
assert round(2.675, 2) == 2.68
#--- NameError
assert undefined_value == 3
#--- AssertionError
for n in [2, 4, 7]:
    assert n % 2 == 0, f"{n} is odd"
#--- no error
for n in [2, 4, 8]:
    assert n % 2 == 0, f"{n} is odd"
#--- AssertionError
class Stack:
    def __init__(self):
        self.items = []
    def pop(self):
        assert self.items, "stack is empty"
        return self.items.pop()
Stack().pop()
#--- no error
class Stack:
    def __init__(self):
        self.items = []
    def push(self, x):
        self.items.append(x)
s = Stack()
s.push(3)
assert s.items == [3]
#--- no error
def fact(n):
    assert n >= 0
    return 1 if n == 0 else n * fact(n - 1)
print(fact(4))
#--- AssertionError
def fact(n):
    assert n >= 0
    return 1 if n == 0 else n * fact(n - 1)
print(fact(-4))
#--- AssertionError
def fact(n):
    assert n > 0
    return n * fact(n - 1)
print(fact(4))
#--- AssertionError
def test_sort():
    result = sorted([3, 1, 2])
    assert result == [1, 3, 2]
test_sort()
#--- no error
def test_sort():
    result = sorted([3, 1, 2])
    assert result == [1, 2, 3]
test_sort()
#--- no error
try:
    assert 2 > 3
except AssertionError:
    print("math works")
#--- no error
try:
    assert 2 > 3
except Exception as e:
    print(repr(e))
#--- AssertionError
try:
    assert 2 > 3
except (TypeError, ValueError):
    print("math works")
#--- AssertionError
items = ["sword"]
assert len(items) == 2, "you need two items"
#--- TypeError
items = ["sword"]
assert len(items == 1), "you need one item"
#--- AssertionError
balance = 100
withdrawal = 120
assert withdrawal <= balance, "not enough money"
balance -= withdrawal
#--- no error
balance = 100
withdrawal = 80
assert withdrawal <= balance, "not enough money"
balance -= withdrawal
print(balance)
#--- FileNotFoundError
with open("students.csv") as f:
    header = f.readline()
    rows = [line.split(",") for line in f]
print(len(rows))
#--- FileNotFoundError
def count_lines(path):
    with open(path) as f:
        return len(f.readlines())
print(count_lines("poem.txt"))
#--- no error
def count_lines(path):
    try:
        with open(path) as f:
            return len(f.readlines())
    except FileNotFoundError:
        return 0
print(count_lines("poem.txt"))
#--- FileNotFoundError
def count_lines(path):
    try:
        with open(path) as f:
            return len(f.readlines())
    except PermissionError:
        return 0
print(count_lines("poem.txt"))
#--- FileNotFoundError
def read_config(name="config.json"):
    import json
    return json.load(open(name))
cfg = read_config()
#--- no error
def read_config(name="config.json"):
    import json
    return json.load(open(name))
print("defined")
#--- FileNotFoundError
files = ["jan.txt", "feb.txt"]
total = 0
for name in files:
    total += len(open(name).read())
print(total)
#--- no error
files = ["jan.txt", "feb.txt"]
for name in files:
    try:
        print(open(name).read())
    except FileNotFoundError:
        print(name, "is missing")
#--- no error
files = []
for name in files:
    print(open(name).read())
#--- FileNotFoundError
import os
size = os.path.getsize("backup.zip")
print(size)
#--- no error
import os
path = "backup.zip"
size = os.path.getsize(path) if os.path.isfile(path) else 0
print(size)
#--- FileNotFoundError
import os
os.rename("draft.txt", "final.txt")
#--- FileNotFoundError
import os
os.rmdir("empty_folder")
#--- FileNotFoundError
import os
os.chdir("projects")
#--- no error
import os
print(os.path.basename("/home/me/a.txt"))
#--- no error
import os
print(os.path.splitext("photo.jpg")[1])
#--- IndexError
import os
print(os.path.splitext("photo.jpg")[2])
#--- FileNotFoundError
import shutil
shutil.copy("a.txt", "b.txt")
#--- FileNotFoundError
import csv
with open("people.csv", newline="") as f:
    reader = csv.DictReader(f)
    for row in reader:
        print(row["name"])
#--- FileNotFoundError
from pathlib import Path
for line in Path("todo.txt").read_text().splitlines():
    print(line)
#--- no error
from pathlib import Path
p = Path("todo.txt")
if p.exists():
    print(p.read_text())
else:
    print("nothing to do")
#--- no error
from pathlib import Path
p = Path("data") / "raw" / "x.csv"
print(p.name, p.parent)
#--- FileNotFoundError
log = open("server.log", mode="r")
errors = [l for l in log if "ERROR" in l]
log.close()
#--- FileNotFoundError
open("missing.txt", "r").close()
#--- FileNotFoundError
open("")
#--- no error
try:
    open("missing.txt")
except FileNotFoundError as e:
    print("Cannot open:", e.filename)
finally:
    print("finished")
#--- FileNotFoundError
try:
    open("missing.txt")
finally:
    print("finished")
#--- FileNotFoundError
lines = open("input.txt").readlines()
numbers = [int(x) for x in lines]
#--- no error
lines = ["1\n", "2\n"]
numbers = [int(x) for x in lines]
print(sum(numbers))
#--- FileNotFoundError
image = open("logo.png", "rb").read()
#--- FileNotFoundError
raise FileNotFoundError("no such config")
#--- StopIteration
def gen_squares(n):
    for i in range(n):
        yield i * i
sq = gen_squares(2)
print(next(sq))
print(next(sq))
print(next(sq))
#--- no error
def gen_squares(n):
    for i in range(n):
        yield i * i
sq = gen_squares(3)
print(next(sq))
print(next(sq))
print(next(sq))
#--- StopIteration
def gen_squares(n):
    for i in range(n):
        yield i * i
sq = gen_squares(0)
first = next(sq)
#--- no error
def fib_gen():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
g = fib_gen()
print([next(g) for _ in range(8)])
#--- StopIteration
def fib_gen():
    a, b = 0, 1
    while a < 5:
        yield a
        a, b = b, a + b
g = fib_gen()
for _ in range(8):
    print(next(g))
#--- StopIteration
def first_match(items, pred):
    return next(x for x in items if pred(x))
print(first_match([1, 3, 5], lambda x: x % 2 == 0))
#--- no error
def first_match(items, pred):
    return next(x for x in items if pred(x))
print(first_match([1, 4, 5], lambda x: x % 2 == 0))
#--- no error
def first_match(items, pred):
    return next((x for x in items if pred(x)), None)
print(first_match([1, 3, 5], lambda x: x % 2 == 0))
#--- StopIteration
names = iter(["Ann", "Bob"])
a = next(names)
b = next(names)
c = next(names)
#--- no error
names = iter(["Ann", "Bob"])
a, b = names
print(a, b)
#--- no error
names = iter(["Ann", "Bob"])
for n in names:
    print(n, next(names))
#--- StopIteration
names = iter(["Ann", "Bob", "Cid"])
for n in names:
    print(n, next(names))
#--- no error
cards = iter("AKQ")
hand = [next(cards) for _ in range(3)]
print(hand)
#--- StopIteration
cards = iter("AKQ")
hand = []
for _ in range(5):
    hand.append(next(cards))
#--- TypeError
cards = ["A", "K"]
print(next(cards))
#--- no error
d = {"a": 1}
print(next(iter(d)), next(iter(d.values())))
#--- StopIteration
d = {}
print(next(iter(d)))
#--- StopIteration
s = set()
print(next(iter(s)))
#--- no error
s = {5}
print(next(iter(s)))
#--- StopIteration
nums = (n for n in range(5) if n > 10)
print(next(nums))
#--- no error
nums = (n for n in range(5) if n > 3)
print(next(nums))
#--- StopIteration
nums = (n for n in range(5))
total = sum(nums)
print(next(nums))
#--- StopIteration
z = zip([1], ["a"])
print(next(z))
print(next(z))
#--- no error
z = zip([1], ["a"])
print(list(z), list(z))
#--- StopIteration
import itertools
it = itertools.islice(range(100), 2)
next(it)
next(it)
next(it)
#--- no error
import itertools
c = itertools.cycle("ab")
print([next(c) for _ in range(5)])
#--- StopIteration
class Repeat:
    def __init__(self, x, n):
        self.x, self.n = x, n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.x
r = Repeat("hi", 1)
print(next(r), next(r))
#--- no error
class Repeat:
    def __init__(self, x, n):
        self.x, self.n = x, n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.x
for word in Repeat("hi", 2):
    print(word)
#--- TypeError
class Bag:
    def __next__(self):
        return 1
for x in Bag():
    print(x)
#--- ImportError
from math import sqroot
#--- ImportError
from math import Pi
print(Pi)
#--- no error
from math import pi
print(pi * 2)
#--- ImportError
from math import sin, cosine
#--- ImportError
from random import random_int
#--- no error
from random import randint, choice
print(choice(["a"]), randint(1, 1))
#--- ImportError
from datetime import datatime
#--- no error
from datetime import datetime, date
print(date(2024, 1, 1) < date(2024, 6, 1))
#--- ImportError
from collections import defaultDict
#--- no error
from collections import defaultdict
d = defaultdict(int)
d["x"] += 1
print(d["x"], d["y"])
#--- ImportError
from collections import default_dict, Counter
#--- ImportError
from itertools import combination
#--- no error
from itertools import product
print(list(product("ab", [1, 2])))
#--- ImportError
from functools import reduce, compose
#--- ImportError
from os import getcwd, listdirs
#--- ImportError
from os.path import join, exist
#--- no error
from os.path import join, exists
print(join("a", "b"), exists("zzz"))
#--- ImportError
from json import parse
#--- no error
from json import loads, dumps
print(loads(dumps([1, 2])))
#--- ImportError
from re import findall, replace
#--- ImportError
from time import sleep, clock
#--- ImportError
from string import uppercase
#--- no error
from string import ascii_uppercase
print(ascii_uppercase[:3])
#--- ImportError
from statistics import mean, med
#--- ImportError
from typing import Lists
#--- ImportError
from dataclasses import dataclas
#--- ImportError
from copy import clone
#--- ImportError
from sys import exit_code
#--- ImportError
from operator import itemgeter
#--- ImportError
from decimal import decimal
#--- ImportError
from fractions import fraction
#--- ImportError
from heapq import heappush, heap_pop
#--- ImportError
from abc import abstract
#--- ImportError
from threading import Thread, thread
#--- ModuleNotFoundError
import numpy
#--- ModuleNotFoundError
import pandas
print(pandas.__version__)
#--- ModuleNotFoundError
import sklearn.linear_model
#--- ModuleNotFoundError
from django.db import models
#--- ModuleNotFoundError
from PIL import Image
img = Image.open("cat.png")
#--- ModuleNotFoundError
import mymath
print(mymath.add(1, 2))
#--- ModuleNotFoundError
import os.path.join
#--- ModuleNotFoundError
import collections.Counter
#--- ModuleNotFoundError
import Random
#--- ModuleNotFoundError
import JSON
#--- ModuleNotFoundError
import date
#--- ModuleNotFoundError
import dateime
#--- ModuleNotFoundError
import itertool
#--- ModuleNotFoundError
import regex
#--- ModuleNotFoundError
import mathh as m
#--- RecursionError
def depth(n):
    return 1 + depth(n)
print(depth(0))
#--- no error
def depth(n):
    return 1 + depth(n - 1) if n > 0 else 0
print(depth(5))
#--- RecursionError
def depth(n):
    return 1 + depth(n - 1) if n != 0 else 0
print(depth(5.5))
#--- RecursionError
def a():
    b()
def b():
    c()
def c():
    a()
a()
#--- no error
def a():
    b()
def b():
    c()
def c():
    print("end")
a()
#--- RecursionError
def ask(question):
    print(question)
    return ask(question)
ask("Are we there yet?")
#--- no error
def search(lst, x, i=0):
    if lst[i] == x:
        return i
    return search(lst, x, i + 1)
print(search([4, 5, 6], 6))
#--- IndexError
def search(lst, x, i=0):
    if lst[i] == x:
        return i
    return search(lst, x, i + 1)
print(search([4, 5, 6], 7))
#--- RecursionError
def search(lst, x, i=0):
    if lst[i] == x:
        return i
    return search(lst, x, i)
print(search([4, 5, 6], 6))
#--- no error
def gcd(a, b):
    return a if b == 0 else gcd(b, a % b)
print(gcd(54, 24))
#--- RecursionError
def gcd(a, b):
    return a if b == 0 else gcd(a, b)
print(gcd(54, 24))
#--- RecursionError
def gcd(a, b):
    if a == b:
        return a
    if a > b:
        return gcd(a - b, b)
    return gcd(a, b - a)
print(gcd(12, 18), gcd(12, 0))
#--- no error
def is_pal(s):
    if len(s) < 2:
        return True
    return s[0] == s[-1] and is_pal(s[1:-1])
print(is_pal("racecar"))
#--- RecursionError
def is_pal(s):
    return s[0] == s[-1] and is_pal(s)
print(is_pal("racecar"))
#--- IndexError
def is_pal(s):
    return s[0] == s[-1] and is_pal(s[1:-1])
print(is_pal("racecar"))
#--- RecursionError
def count_down(n):
    if n == 0:
        print("Go!")
    print(n)
    count_down(n - 1)
count_down(3)
#--- no error
def count_down(n):
    if n == 0:
        print("Go!")
        return
    print(n)
    count_down(n - 1)
count_down(3)
#--- RecursionError
def count_down(n):
    if n == 0:
        print("Go!")
        return
    count_down(n - 2)
count_down(3)
#--- RecursionError
class Person:
    def __init__(self, name):
        self.name = name
    def get_name(self):
        return self.get_name()
print(Person("Al").get_name())
#--- no error
class Person:
    def __init__(self, name):
        self.name = name
    def get_name(self):
        return self.name
print(Person("Al").get_name())
#--- TypeError
class Person:
    def __init__(self, name):
        self.get_name = name
    def get_name(self):
        return self.name
print(Person("Al").get_name())
#--- RecursionError
class Node:
    def __init__(self, n):
        self.child = Node(n - 1)
Node(3)
#--- no error
class Node:
    def __init__(self, n):
        self.child = Node(n - 1) if n > 0 else None
print(Node(3).child.child.child.child)
#--- RecursionError
def power(x, n):
    if n == 1:
        return x
    return x * power(x, n - 1)
print(power(2, 0))
#--- no error
def power(x, n):
    if n == 1:
        return x
    return x * power(x, n - 1)
print(power(2, 5))
#--- no error
def total(n):
    return 0 if n < 0 else n + total(n - 1)
print(total(100))
#--- RecursionError
def total(n):
    return 0 if n < 0 else n + total(n - 1)
print(total(100000))
#--- no error
def fibo(n):
    if n == 1 or n == 2:
        return 1
    return fibo(n - 1) + fibo(n - 2)
print(fibo(7))
#--- RecursionError
def fibo(n):
    if n == 1:
        return 1
    return fibo(n - 1) + fibo(n - 2)
print(fibo(7))
#--- UnboundLocalError
total = 0
for i in range(3):
    total += i
def show():
    print("total", total)
    total = 0
show()
#--- UnboundLocalError
best = 0
def record(score):
    if score > best:
        best = score
record(10)
#--- no error
best = 0
def record(score):
    global best
    if score > best:
        best = score
record(10)
print(best)
#--- no error
cache = {}
def lookup(k):
    if k not in cache:
        cache[k] = len(k)
    return cache[k]
print(lookup("abc"))
#--- UnboundLocalError
cache = {}
def lookup(k):
    if k not in cache:
        cache = {}
    return cache[k]
print(lookup("abc"))
#--- UnboundLocalError
msg = "hi"
def shout():
    msg = msg.upper()
    return msg
print(shout())
#--- no error
msg = "hi"
def shout():
    loud = msg.upper()
    return loud
print(shout())
#--- no error
i = 5
def nxt():
    i += 1
    return i
print(i)
#--- UnboundLocalError
def sign(n):
    if n > 0:
        s = "+"
    if n < 0:
        s = "-"
    return s
print(sign(0))
#--- no error
def sign(n):
    if n > 0:
        s = "+"
    if n < 0:
        s = "-"
    return s
print(sign(-4))
#--- UnboundLocalError
def ticket(age):
    if age < 12:
        price = 5
    elif age < 65:
        price = 10
    print("Price:", price)
ticket(70)
#--- no error
def ticket(age):
    if age < 12:
        price = 5
    elif age < 65:
        price = 10
    else:
        price = 7
    print("Price:", price)
ticket(70)
