/** Hand-written programs: imports and the standard library. */
export const seeds = String.raw`
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
`;
