# Imports and the standard library.

#--- no error
import math
print(math.sqrt(16))
#--- NameError
print(math.sqrt(16))
#--- NameError
import math
print(sqrt(16))
#--- no error
from math import sqrt
print(sqrt(16))
#--- NameError
from math import sqrt
print(math.sqrt(16))
#--- ModuleNotFoundError
import Math
print(Math.sqrt(16))
#--- ModuleNotFoundError
import maths
print(maths.pi)
#--- AttributeError
import math
print(math.squareroot(16))
#--- ImportError
from math import squareroot
print(squareroot(16))
#--- ImportError
from math import square_root
#--- ValueError
import math
print(math.sqrt(-1))
#--- TypeError
import math
print(math.sqrt("16"))
#--- TypeError
import math
print(math.pi())
#--- no error
import math
r = 3
print("Area:", round(math.pi * r ** 2, 2))
#--- ValueError
import math
print(math.factorial(-3))
#--- no error
import math
print(math.factorial(5), math.gcd(12, 18), math.ceil(2.1))
#--- ValueError
import math
print(math.log(0))
#--- NameError
import math as m
print(math.floor(2.7))
#--- no error
import math as m
print(m.floor(2.7))
#--- no error
import random
random.seed(1)
print(random.randint(1, 6) <= 6)
#--- TypeError
import random
print(random.randint(1))
#--- IndexError
import random
print(random.choice([]))
#--- no error
import random
colors = ["red", "blue"]
print(random.choice(colors) in colors)
#--- ValueError
import random
print(random.randint(10, 1))
#--- ImportError
from random import randInt
print(randInt(1, 6))
#--- no error
from random import randint
rolls = [randint(1, 6) for _ in range(5)]
print(len(rolls))
#--- NameError
from random import randint
print(random.choice([1, 2]))
#--- no error
import random
deck = list(range(52))
random.shuffle(deck)
hand = random.sample(deck, 5)
print(len(set(hand)))
#--- ValueError
import random
print(random.sample([1, 2, 3], 5))
#--- TypeError
import random
nums = random.shuffle([1, 2, 3])
print(nums[0])
#--- ModuleNotFoundError
import numpy as np
a = np.array([1, 2, 3])
print(a.mean())
#--- ModuleNotFoundError
import pandas as pd
df = pd.read_csv("sales.csv")
print(df.head())
#--- ModuleNotFoundError
import requests
r = requests.get("https://example.com")
print(r.status_code)
#--- ModuleNotFoundError
import matplotlib.pyplot as plt
plt.plot([1, 2, 3])
plt.show()
#--- ModuleNotFoundError
from bs4 import BeautifulSoup
#--- ModuleNotFoundError
from flask import Flask
app = Flask(__name__)
#--- ModuleNotFoundError
import pygame
pygame.init()
#--- no error
try:
    import numpy as np
except ImportError:
    np = None
print("done")
#--- no error
try:
    import simplejson as json
except ModuleNotFoundError:
    import json
print(json.dumps([1, 2]))
#--- ModuleNotFoundError
from helpers import clean_text
print(clean_text(" hi "))
#--- ModuleNotFoundError
import my_utils
my_utils.run()
#--- ModuleNotFoundError
import utils
#--- no error
from datetime import date
d = date(2024, 2, 29)
print(d.year, d.strftime("%d/%m/%Y"))
#--- ValueError
from datetime import date
d = date(2023, 2, 29)
print(d)
#--- ValueError
import datetime
d = datetime.date(2024, 13, 1)
#--- no error
from datetime import datetime
d = datetime.strptime("2024-01-15", "%Y-%m-%d")
print(d.month)
#--- ValueError
from datetime import datetime
d = datetime.strptime("15/01/2024", "%Y-%m-%d")
print(d.month)
#--- AttributeError
import datetime
now = datetime.now()
#--- no error
import datetime
d = datetime.datetime(2024, 5, 17)
print(d.weekday())
#--- no error
from datetime import date, timedelta
d = date(2024, 1, 31) + timedelta(days=1)
print(d)
#--- TypeError
from datetime import date
d = date(2024, 1, 31) + 1
print(d)
#--- no error
from datetime import date
days = date(2024, 12, 25) - date(2024, 11, 1)
print(days.days)
#--- TypeError
from datetime import date
days = date(2024, 12, 25) - "2024-11-01"
#--- ImportError
from datetime import Date
#--- ImportError
from time import Sleep
#--- no error
import json
data = json.loads('{"name": "Ana", "age": 31}')
print(data["name"])
#--- KeyError
import json
data = json.loads('{"name": "Ana", "age": 31}')
print(data["city"])
#--- AttributeError
import json
data = json.loads('{"name": "Ana", "age": 31}')
print(data.name)
#--- TypeError
import json
data = json.loads({"name": "Ana"})
#--- no error
import json
print(json.dumps({"a": [1, 2], "b": None}, indent=2))
#--- TypeError
import json
print(json.dumps({1, 2, 3}))
#--- FileNotFoundError
import json
with open("settings.json") as f:
    settings = json.load(f)
print(settings["theme"])
#--- TypeError
import json
text = json.dumps({"x": 1})
print(text["x"])
#--- ImportError
from json import load_string
#--- no error
import re
m = re.search(r"\d+", "room 42")
print(m.group())
#--- AttributeError
import re
m = re.search(r"\d+", "no digits")
print(m.group())
#--- no error
import re
m = re.search(r"\d+", "no digits")
if m:
    print(m.group())
else:
    print("nothing")
#--- no error
import re
print(re.findall(r"[aeiou]", "programming"))
#--- IndexError
import re
m = re.match(r"(\w+)@(\w+)", "joe@mail")
print(m.group(3))
#--- no error
import re
m = re.match(r"(\w+)@(\w+)", "joe@mail")
print(m.group(1), m.group(2))
#--- no error
import re
print(re.sub(r"\s+", " ", "a   b    c"))
#--- AttributeError
import re
print(re.findal("a", "banana"))
#--- no error
import os
print(os.path.join("data", "file.txt"))
#--- FileNotFoundError
import os
for name in os.listdir("my_folder"):
    print(name)
#--- FileNotFoundError
import os
os.remove("old_report.txt")
#--- no error
import os
if os.path.exists("notes.txt"):
    os.remove("notes.txt")
print("clean")
#--- KeyError
import os
print(os.environ["MY_SECRET_KEY"])
#--- no error
import os
print(os.environ.get("MY_SECRET_KEY", "not set"))
#--- AttributeError
import os
print(os.path.exist("x"))
#--- ImportError
from os import paths
#--- ModuleNotFoundError
import os.pth
#--- IndexError
import sys
print(sys.argv[5])
#--- no error
import sys
print(len(sys.argv) > 100)
#--- AttributeError
import sys
print(sys.maxint)
#--- ImportError
from sys import argument
#--- no error
import string
print(string.ascii_lowercase[:5])
#--- AttributeError
import string
print(string.letters)
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
#--- ImportError
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
