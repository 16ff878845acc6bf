#--- no error
d = {"a": 1, "b": ⟦2|"2"|None⟧}
d.update(c=3)
print(sum(d.values()))
#--- KeyError
phone = {"Mum": "0171", "Dad": "0172"}
for name in ("Mum", "Dad", ⟦"Gran"|"Mum"⟧):
    print(name + ":", phone⟦[name]|.get(name, "?")|.get(name)⟧)
#--- SyntaxError
pairs = [(1, "one"), (2, "two")⟦|]⟧
print(dict(pairs)[2])
#--- TypeError
s = {1, 2, 3}
s.add(⟦[4, 5]|(4, 5)|"45"|{4, 5}⟧)
print(len(s))
#--- no error
rows = ["x=1", "y=2"⟦|, "z"|, "z=3=4"⟧]
print({k: int(v) for k, v in (r.split("=") for r in rows)})
#--- AttributeError
t = (3, 1, 2)
⟦t.sort()|t = sorted(t)|list(t).sort()|t.count(1)⟧
print(t[0])
#--- no error
inv = {"axe": 1}
inv["rope"] = inv.pop("⟦axe|saw⟧") + 1
assert inv == {"rope": ⟦2|1⟧}
print("axe" in inv, inv.get("saw"))
#--- IndexError
queue = ["Al", "Bea"]
while ⟦True|queue|len(queue) > 1⟧:
    print("next:", queue.pop(0))
#--- NameError
total = 0
for n in [4, 8, 15]:
    totl⟦ = total + n|⟧
print(⟦totl - ttl|totl|total⟧)
#--- no error
import json
print(json.loads('{"n": [1, 2⟦, 3|, null|, NaN⟧]}')["n"]⟦[-1]|[2:]|.n⟧)
#--- ValueError
first, second = ⟦"a,b,c".split(",")|"a,b,c".split(",", 1)|"ab"|{"a": 1, "b": 2}⟧
print(second, first)
#--- no error
m = [[1, 2], [3, 4]]
m[0], m[1] = m[1], m[0]
m[⟦0|2|-2⟧].append(5)
print(m, sum(m⟦[0]|[0][0]|, []⟧))
#--- ZeroDivisionError
wins, games = 0, ⟦0|3⟧
print("rate", ⟦wins / games|games and wins / games|wins / (games or 1)⟧)
#--- no error
from collections import deque
last = deque(maxlen=⟦2|0|-1⟧)
for n in range(5):
    last.append(n)
print(last[⟦0|1|2⟧])
#--- IndentationError
colours = {"red": 1, "blue": 2}
for c in colours:
⟦|    ⟧print(c, colours[c])
print("end")
#--- no error
def first_key(d):
    return next(iter(d)⟦, None|⟧)

print(first_key({"k": 1}), first_key({}))
#--- AssertionError
codes = ["a1", "b2", "a1"]
assert len(codes) == len(⟦set(codes)|list(codes)⟧), "double code"
print("all codes differ")
#--- TypeError
class Bag(dict):
    def weight(⟦|self⟧):
        return 3

print(Bag(x=1)["x"], Bag().weight())
#--- no error
a = dict.fromkeys("abc", ⟦0|[]|None⟧)
a["b"] += ⟦2|[2]⟧
print(a)
#--- SyntaxError
menu = {"soup": 4}
if "soup" in menu
    print("we have soup for", menu["soup"])
else:
    print("no soup")
#--- no error
for i, (k, v) in enumerate({"p": 1, "q": 2}⟦.items()||.values()⟧):
    print(i, k, v)
#--- NameError
if False:
    import json
text = '[1, 2]'
print(len(text))
print(⟦json.loads(text)|len(text) and text|False and json.loads(text)⟧)
#--- no error
x = [1, 2, 3]
y = x⟦[:]||.copy|.copy()⟧
y.append(4)
assert len(x) == 3
print(y)
#--- UnboundLocalError
counter = {"hits": 0}
hits = 0

def visit():
    counter["hits"] += 1
    ⟦hits += 1|hits = counter["hits"]|global hits; hits += 1⟧
    return hits

print(visit(), visit())
#--- StopIteration
it = iter({"one": 1, "two": 2})
print(next(it), next(it)⟦, next(it)||, next(it, "end")⟧)
#--- no error
from decimal import Decimal
price = Decimal("9.90") * ⟦2|2.0|"2"|True⟧
print(f"{price:⟦.2f|>10|d|,⟧}")
#--- ModuleNotFoundError
import ⟦datetimes|datetime⟧ as d

print((d.date(2020, 3, 1) - d.date(2020, 2, 1)).days)
#--- no error
try:
    age = {"Mo": 7}⟦["Mi"]|["Mo"]|.Mi⟧
except KeyError:
    age = 0
print("age", age + 1)
#--- RecursionError
def size(d):
    return 1 + sum(size(v) for v in d⟦.values()|⟧)

loop = {}
loop["self"] = ⟦loop|{}|dict(loop)⟧
print(size(loop))
#--- FileNotFoundError
lines = ⟦open("stock.csv").read().splitlines()|"nail;3".splitlines()|[]⟧
for line in lines:
    name, count = line.split(";")
    print(name, int(count))
#--- SyntaxError
student = {"name": "Eli", "grade": 2}
print("Name: {name}, grade: {grade}".format(**student))
print(f"Name: {student['name']}, grade: {⟦|student['grade']|student⟧}")
#--- no error
print(sorted([3, 10, ⟦2|"2"|2.5|True⟧], key=⟦str|len|int⟧))
