# Dictionaries, sets and counting.

#--- KeyError
person = {"name": "Alice", "age": 30}
print(person["email"])
#--- no error
person = {"name": "Alice", "age": 30}
print(person.get("email", "n/a"))
#--- AttributeError
person = {"name": "Alice", "age": 30}
print(person.name)
#--- SyntaxError
person = {"name": "Alice" "age": 30}
print(person)
#--- SyntaxError
person = {"name": "Alice", "age": 30
print(person["name"])
#--- no error
person = {"name": "Alice", "age": 30}
person["age"] += 1
for key, value in person.items():
    print(key, "->", value)
#--- ValueError
person = {"name": "Alice", "age": 30}
for key, value in person:
    print(key, value)
#--- TypeError
person = {"name": "Alice", "age": 30}
print("Age: " + person["age"])
#--- NameError
person = {name: "Alice", age: 30}
print(person)
#--- KeyError
prices = {"apple": 1.2, "pear": 0.8}
basket = ["apple", "pear", "plum"]
total = 0
for item in basket:
    total += prices[item]
print(total)
#--- no error
prices = {"apple": 1.2, "pear": 0.8}
basket = ["apple", "pear", "apple"]
print(sum(prices[i] for i in basket))
#--- KeyError
counts = {}
for ch in "mississippi":
    counts[ch] += 1
print(counts)
#--- no error
counts = {}
for ch in "mississippi":
    counts[ch] = counts.get(ch, 0) + 1
print(counts)
#--- no error
counts = {}
for ch in "mississippi":
    if ch not in counts:
        counts[ch] = 0
    counts[ch] += 1
print(sorted(counts.items()))
#--- no error
from collections import Counter
c = Counter("abracadabra")
print(c.most_common(2))
print(c["z"])
#--- no error
from collections import defaultdict
groups = defaultdict(list)
for w in ["ant", "bee", "ape"]:
    groups[w[0]].append(w)
print(dict(groups))
#--- KeyError
groups = {}
for w in ["ant", "bee", "ape"]:
    groups[w[0]].append(w)
print(groups)
#--- no error
groups = {}
for w in ["ant", "bee", "ape"]:
    groups.setdefault(w[0], []).append(w)
print(groups)
#--- KeyError
d = {"a": 1, "b": 2}
del d["c"]
#--- KeyError
d = {"a": 1, "b": 2}
d.pop("c")
#--- no error
d = {"a": 1, "b": 2}
d.pop("c", None)
print(d)
#--- no error
d = {"a": 1, "b": 2}
for k in d:
    if d[k] == 1:
        print(k)
#--- KeyError
d = {"a": 1, "b": 2}
print(d[0])
#--- TypeError
d = {"a": 1, "b": 2}
print(d.keys()[0])
#--- no error
d = {"a": 1, "b": 2}
print(list(d.keys())[0])
#--- AttributeError
d = {"a": 1, "b": 2}
print(d.has_key("a"))
#--- no error
d = {"a": 1, "b": 2}
if "a" in d:
    print("found")
#--- KeyError
d = {1: "one", 2: "two"}
print(d["1"])
#--- no error
d = {1: "one", 2: "two"}
print(d[int("1")])
#--- TypeError
d = {[1, 2]: "list"}
print(d)
#--- no error
d = {(1, 2): "tuple"}
print(d[1, 2])
#--- no error
d = dict(a=1, b=2)
d.update({"c": 3})
print(max(d, key=d.get))
#--- AttributeError
d = dict(a=1, b=2)
d.append(("c", 3))
#--- no error
inverse = {v: k for k, v in {"x": 10, "y": 20}.items()}
print(inverse[10])
#--- ValueError
inverse = {v: k for k, v in {"x": 10, "y": 20}}
print(inverse)
#--- KeyError
inventory = {"sword": 1, "potion": 5}
item = "shield"
if inventory[item] > 0:
    print("You have a", item)
#--- no error
inventory = {"sword": 1, "potion": 5}
item = "potion"
if item in inventory and inventory[item] > 0:
    inventory[item] -= 1
    print("You used a", item)
#--- no error
users = {"bob": {"age": 22, "city": "Rome"}}
print(users["bob"]["city"])
#--- KeyError
users = {"bob": {"age": 22, "city": "Rome"}}
print(users["bob"]["phone"])
#--- KeyError
users = {"bob": {"age": 22, "city": "Rome"}}
print(users["alice"]["age"])
#--- KeyError
users = [{"name": "Bob", "age": 22}, {"name": "Ann"}]
for u in users:
    print(u["name"], u["age"])
#--- no error
users = [{"name": "Bob", "age": 22}, {"name": "Ann", "age": 31}]
oldest = max(users, key=lambda u: u["age"])
print(oldest["name"])
#--- TypeError
users = [{"name": "Bob", "age": 22}, {"name": "Ann", "age": 31}]
print(users["name"])
#--- no error
s = {1, 2, 3}
s.add(3)
print(len(s))
#--- AttributeError
s = {1, 2, 3}
s.append(4)
#--- TypeError
s = {1, 2, 3}
print(s[0])
#--- KeyError
s = {1, 2, 3}
s.remove(9)
#--- no error
s = {1, 2, 3}
s.discard(9)
print(s)
#--- AttributeError
s = {}
s.add(1)
#--- TypeError
s = set()
s.add([1, 2])
#--- no error
s = set()
s.add((1, 2))
print(s)
#--- no error
a = {1, 2, 3}
b = {2, 3, 4}
print(a & b, a | b, a - b, a ^ b)
#--- TypeError
a = {1, 2, 3}
b = [2, 3, 4]
print(a & b)
#--- no error
a = {1, 2, 3}
b = [2, 3, 4]
print(a.intersection(b))
#--- TypeError
a = {1, 2}
a += {3}
print(a)
#--- no error
unique = list(set([3, 1, 3, 2, 1]))
unique.sort()
print(unique)
#--- no error
d = {"x": 1}
for k in d:
    d[k + "y"] = 2
    break
print(d)
#--- KeyError
phonebook = {
    "Anna": "555-1234",
    "Ben": "555-5678",
}
name = "Carl"
print(f"{name}'s number is {phonebook[name]}")
#--- no error
phonebook = {
    "Anna": "555-1234",
    "Ben": "555-5678",
}
for name in sorted(phonebook):
    print(f"{name:<10}{phonebook[name]}")
#--- SyntaxError
phonebook = {
    "Anna": "555-1234"
    "Ben": "555-5678"
}
print(phonebook)
#--- KeyError
capitals = {"France": "Paris", "Italy": "Rome"}
capitals["Spain"] = "Madrid"
print(capitals["spain"])
#--- no error
capitals = {"France": "Paris", "Italy": "Rome"}
try:
    print(capitals["Spain"])
except KeyError:
    print("unknown country")
#--- KeyError
capitals = {"France": "Paris", "Italy": "Rome"}
try:
    print(capitals["Spain"])
except IndexError:
    print("unknown country")
#--- no error
text = "one fish two fish red fish"
freq = {}
for w in text.split():
    freq[w] = freq.get(w, 0) + 1
top = sorted(freq, key=freq.get, reverse=True)
print(top[0], freq[top[0]])
#--- TypeError
text = "one fish two fish red fish"
freq = {}
for w in text.split():
    freq[w] = freq.get(w) + 1
print(freq)
#--- no error
merged = {**{"a": 1}, **{"b": 2}}
print(merged)
#--- TypeError
merged = {"a": 1} + {"b": 2}
print(merged)
#--- no error
merged = {"a": 1} | {"b": 2}
print(merged)
#--- no error
config = {"debug": True, "port": 8080}
debug, port = config.values()
print(port + 1)
#--- KeyError
config = {"debug": True, "port": 8080}
print(config["host"] or "localhost")
#--- no error
roman = {"I": 1, "V": 5, "X": 10}
print(sum(roman[c] for c in "XVI"))
#--- KeyError
roman = {"I": 1, "V": 5, "X": 10}
print(sum(roman[c] for c in "XLI"))
#--- TypeError
menu = {"tea": 2.5, "coffee": 3}
order = ["tea", "coffee"]
bill = 0
for o in order:
    bill += menu(o)
print(bill)
#--- no error
menu = {"tea": 2.5, "coffee": 3}
print(f"Tea costs {menu["tea"]}")
#--- no error
menu = {"tea": 2.5, "coffee": 3}
print(f"Tea costs {menu['tea']:.2f}")
#--- AttributeError
d = {"a": 1}
d.a = 2
#--- IndexError
d = {'k': [1, 2]}
d['k'].append(3)
print(d['k'][3])
#--- TypeError
d = {'k': None}
print(d['k'][0])
#--- TypeError
d = {'k': None}
for v in d['k']:
    print(v)
