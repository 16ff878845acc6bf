/** Hand-written programs: imports and the standard library. */
export const seeds = String.raw`
#--- no error
from string import ascii_letters, digits
print(len(ascii_letters + digits))
#--- ImportError
from string import alphabet
#--- no error
from collections import deque
q = deque([1, 2, 3])
q.appendleft(0)
print(q.popleft(), q)
#--- IndexError
from collections import deque
q = deque()
q.popleft()
#--- ImportError
from collections import dequeue
#--- ImportError
from collections import Dictionary
d = Dictionary()
#--- ImportError
from collections import counter
print(counter("hello"))
#--- ImportError
from collections import Mapping
#--- no error
from collections import namedtuple
Point = namedtuple("Point", ["x", "y"])
p = Point(1, 2)
print(p.x + p.y)
#--- AttributeError
from collections import namedtuple
Point = namedtuple("Point", "x y")
p = Point(1, 2)
p.x = 5
#--- TypeError
from collections import namedtuple
Point = namedtuple("Point", "x y")
print(Point(1))
#--- no error
from collections import OrderedDict
d = OrderedDict()
d["b"] = 1
d["a"] = 2
print(list(d))
#--- NameError
collections.Counter("abc")
#--- no error
import collections
print(collections.Counter("aab").most_common(1)[0][0])
#--- no error
from itertools import permutations
print(len(list(permutations("abc"))))
#--- ImportError
from itertools import permutation
#--- ImportError
from itertools import izip
for a, b in izip([1], [2]):
    print(a, b)
#--- no error
import itertools
for a, b in itertools.combinations([1, 2, 3], 2):
    print(a * b)
#--- TypeError
import itertools
print(itertools.chain([1], [2])[0])
#--- no error
from itertools import count
c = count(5)
print(next(c), next(c))
#--- no error
from functools import reduce
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]))
#--- NameError
print(reduce(lambda a, b: a + b, [1, 2, 3]))
#--- TypeError
from functools import reduce
print(reduce(lambda a, b: a + b, []))
#--- no error
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50))
#--- TypeError
from functools import lru_cache

@lru_cache(maxsize=None)
def total(nums):
    return sum(nums)
print(total([1, 2]))
#--- ImportError
from functools import memoize
#--- no error
from functools import partial
double = partial(lambda a, b: a * b, 2)
print(double(8))
#--- no error
import statistics
print(statistics.mean([1, 2, 3, 4]))
#--- AttributeError
import statistics
print(statistics.average([1, 2, 3]))
#--- ImportError
from statistics import average
#--- no error
from statistics import median, mode
print(median([3, 1, 2]), mode("aab"))
#--- no error
import copy
a = [[1], [2]]
b = copy.deepcopy(a)
b[0].append(9)
print(a)
#--- NameError
a = [[1], [2]]
b = copy.deepcopy(a)
#--- ImportError
from copy import deep_copy
#--- no error
from decimal import Decimal
print(Decimal("0.1") + Decimal("0.2"))
#--- TypeError
from decimal import Decimal
print(Decimal("0.1") + 0.2)
#--- no error
from fractions import Fraction
print(Fraction(1, 3) + Fraction(1, 6))
#--- ZeroDivisionError
from fractions import Fraction
print(Fraction(1, 0))
#--- no error
import heapq
h = [5, 1, 4]
heapq.heapify(h)
print(heapq.heappop(h))
#--- IndexError
import heapq
h = []
heapq.heappop(h)
#--- no error
import bisect
a = [1, 3, 5]
bisect.insort(a, 4)
print(a)
#--- no error
from typing import List
def f(xs: List[int]) -> int:
    return sum(xs)
print(f([1, 2]))
#--- no error
def f(xs: List[int]) -> int:
    return xs
#--- ImportError
from typing import list
#--- no error
from pathlib import Path
print(Path("a/b/c.txt").suffix)
#--- FileNotFoundError
from pathlib import Path
text = Path("readme.md").read_text()
#--- ImportError
from pathlib import path
#--- no error
import time
start = time.time()
print(time.time() - start < 100)
#--- FileNotFoundError
import csv
with open("data.csv") as f:
    for row in csv.reader(f):
        print(row)
#--- no error
import csv, io
rows = list(csv.DictReader(io.StringIO("a,b\n1,2")))
print(rows[0]["a"])
#--- KeyError
import csv, io
rows = list(csv.DictReader(io.StringIO("a,b\n1,2")))
print(rows[0]["c"])
#--- no error
import calendar
print(calendar.isleap(2024))
#--- no error
import textwrap
print(textwrap.shorten("hello big world", width=10))
#--- no error
import operator
ops = {"+": operator.add, "-": operator.sub}
print(ops["+"](2, 3))
#--- KeyError
import operator
ops = {"+": operator.add, "-": operator.sub}
print(ops["*"](2, 3))
#--- ModuleNotFoundError
import urllib2
#--- no error
import queue
q = queue.Queue()
q.put(1)
print(q.get())
#--- ModuleNotFoundError
import Queue
#--- ImportError
from enum import enum
#--- ImportError
from dataclasses import data_class
#--- ModuleNotFoundError
import collection
#--- ModuleNotFoundError
import jason
#--- ModuleNotFoundError
import randon
print(randon.randint(1, 3))
#--- no error
from math import *
print(floor(sqrt(17)))
#--- ImportError
from math import pi, e, tau, phi
#--- ModuleNotFoundError
import math, random, strings
#--- no error
import datetime as dt
print(dt.timedelta(hours=25))
#--- IndexError
from . import config
#--- RecursionError
import sys
sys.setrecursionlimit(500)
def f(n): return f(n + 1)
f(0)
#--- SyntaxError
improt math
#--- SyntaxError
import math from sqrt
#--- SyntaxError
from math import
#--- ModuleNotFoundError
import math.sqrt
#--- ImportError
from random import choice, shufle
`;
