/** Hand-written programs: assertions, missing files, exhausted iterators, imports and endless recursion. */
export const seeds = String.raw`
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
`;
