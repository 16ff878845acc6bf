/** Hand-written programs: shops, schools, games, banks, weather and other small projects. */
export const seeds = String.raw`
#--- no error
hp = {"hero": 20, "orc": 12}
damage = {"hero": 5, "orc": 3}
turn = 0
while hp["hero"] > 0 and hp["orc"] > 0:
    attacker, target = ("hero", "orc") if turn % 2 == 0 else ("orc", "hero")
    hp[target] -= damage[attacker]
    turn += 1
print(turn, hp)
#--- no error
class Hero:
    def __init__(self, name, hp=10):
        self.name = name
        self.hp = hp

    def is_alive(self):
        return self.hp > 0

h = Hero("Conan")
h.hp -= 15
print(h.name, "alive:", h.is_alive())
#--- AttributeError
class Hero:
    def __init__(self, name, hp=10):
        self.name = name
        self.hp = hp

    def attack(self, other):
        other.hp -= 3

Hero("Conan").attack("Orc")
#--- no error
class Hero:
    def __init__(self, name):
        self.name = name
        self.items = []
    def take(self, item):
        self.items.append(item)
        return self
h = Hero("Link").take("sword").take("map")
print(h.items)
#--- AttributeError
class Hero:
    def __init__(self, name):
        self.name = name
        self.items = []
    def take(self, item):
        self.items.append(item)
h = Hero("Link").take("sword").take("map")
print(h.items)
#--- no error
word = "python"
guessed = {"p", "o"}
print(" ".join(c if c in guessed else "_" for c in word))
#--- no error
word = "python"
guessed = ["p", "o"]
display = ["_"] * len(word)
for i, c in enumerate(word):
    if c in guessed:
        display[i] = c
print("".join(display))
#--- IndexError
word = "python"
guessed = ["p", "o"]
display = []
for i, c in enumerate(word):
    if c in guessed:
        display[i] = c
print("".join(display))
#--- no error
questions = [("2+2", "4"), ("3*3", "9")]
answers = ["4", "8"]
score = 0
for (q, right), given in zip(questions, answers):
    if given == right:
        score += 1
print(f"{score}/{len(questions)}")
#--- no error
position = [0, 0]
for move in "RRUL":
    if move == "R": position[0] += 1
    elif move == "L": position[0] -= 1
    elif move == "U": position[1] += 1
print(position)
#--- TypeError
position = (0, 0)
for move in "RRUL":
    if move == "R": position[0] += 1
print(position)
#--- no error
moves = {"N": (0, 1), "S": (0, -1), "E": (1, 0)}
x = y = 0
for step in "NNES":
    dx, dy = moves[step]
    x, y = x + dx, y + dy
print(x, y)
#--- KeyError
moves = {"N": (0, 1), "S": (0, -1), "E": (1, 0)}
x = y = 0
for step in "NNEW":
    dx, dy = moves[step]
    x, y = x + dx, y + dy
print(x, y)
#--- no error
todo = []
def add(task, done=False):
    todo.append({"task": task, "done": done})
add("wash car")
add("buy milk", True)
for t in todo:
    print("[x]" if t["done"] else "[ ]", t["task"])
#--- IndexError
todo = []
def add(task, done=False):
    todo.append({"task": task, "done": done})
add("wash car")
print(todo[1]["task"])
#--- ValueError
todo = ["wash", "cook"]
todo.remove("clean")
print(todo)
#--- no error
contacts = []
contacts.append({"name": "Sue", "phone": "123"})
found = [c for c in contacts if c["name"] == "Sue"]
print(found[0]["phone"])
#--- IndexError
contacts = []
contacts.append({"name": "Sue", "phone": "123"})
found = [c for c in contacts if c["name"] == "Joe"]
print(found[0]["phone"])
#--- no error
movies = [{"title": "Up", "year": 2009}, {"title": "Jaws", "year": 1975}]
movies.sort(key=lambda m: m["year"])
print([m["title"] for m in movies])
#--- TypeError
movies = [{"title": "Up", "year": 2009}, {"title": "Jaws", "year": "1975"}]
movies.sort(key=lambda m: m["year"])
print([m["title"] for m in movies])
#--- KeyError
movies = [{"title": "Up", "year": 2009}, {"title": "Jaws"}]
movies.sort(key=lambda m: m["year"])
#--- TypeError
movies = [{"title": "Up", "year": 2009}, {"title": "Jaws", "year": 1975}]
movies.sort(key="year")
#--- AttributeError
movies = [{"title": "Up", "year": 2009}, {"title": "Jaws", "year": 1975}]
for movie in movies:
    print(movie.title)
#--- no error
class Library:
    def __init__(self):
        self.books = {}
    def add(self, isbn, title):
        self.books[isbn] = title
    def find(self, isbn):
        return self.books[isbn]
lib = Library()
lib.add(1, "Dune")
print(lib.find(1))
#--- KeyError
class Library:
    def __init__(self):
        self.books = {}
    def add(self, isbn, title):
        self.books[isbn] = title
    def find(self, isbn):
        return self.books[isbn]
lib = Library()
lib.add(1, "Dune")
print(lib.find("1"))
#--- AssertionError
class Parking:
    def __init__(self, size):
        self.size = size
        self.cars = []
    def park(self, plate):
        assert len(self.cars) < self.size, "full"
        self.cars.append(plate)
p = Parking(1)
p.park("AB1")
p.park("CD2")
#--- no error
class Parking:
    def __init__(self, size):
        self.size = size
        self.cars = []
    def park(self, plate):
        assert len(self.cars) < self.size, "full"
        self.cars.append(plate)
p = Parking(2)
p.park("AB1")
p.park("CD2")
print(p.cars)
#--- no error
class Vending:
    slots = {"A1": ("cola", 1.5), "A2": ("chips", 1.0)}
    def buy(self, code, money):
        name, price = self.slots[code]
        if money < price:
            raise ValueError("not enough money")
        return name, money - price
print(Vending().buy("A1", 2))
#--- KeyError
class Vending:
    slots = {"A1": ("cola", 1.5), "A2": ("chips", 1.0)}
    def buy(self, code, money):
        name, price = self.slots[code]
        if money < price:
            raise ValueError("not enough money")
        return name, money - price
print(Vending().buy("B1", 2))
#--- ValueError
class Vending:
    slots = {"A1": ("cola", 1.5), "A2": ("chips", 1.0)}
    def buy(self, code, money):
        name, price = self.slots[code]
        if money < price:
            raise ValueError("not enough money")
        return name, money - price
print(Vending().buy("A1", 1))
#--- no error
class Elevator:
    def __init__(self, floors):
        self.floors = floors
        self.at = 0
    def go(self, floor):
        if not 0 <= floor < self.floors:
            raise ValueError(f"no floor {floor}")
        self.at = floor
e = Elevator(5)
e.go(3)
print(e.at)
#--- ZeroDivisionError
distance = 150
time = 0
speed = distance / time
print("Speed:", speed)
#--- no error
distance = 150
time = 2.5
speed = distance / time
print(f"Speed: {speed} km/h")
#--- ZeroDivisionError
def bmi(weight, height):
    return weight / height ** 2
print(round(bmi(70, 1.75), 1))
print(round(bmi(70, 0), 1))
#--- no error
def bmi(weight, height):
    return weight / height ** 2
value = bmi(70, 1.75)
if value < 18.5:
    print("underweight")
elif value < 25:
    print("normal")
else:
    print("overweight")
#--- TypeError
def bmi(weight, height):
    return weight / height ^ 2
print(bmi(70, 1.75))
#--- no error
votes = ["ann", "bob", "ann", "cid", "ann"]
tally = {}
for v in votes:
    tally[v] = tally.get(v, 0) + 1
winner = max(tally, key=tally.get)
print(winner, tally[winner])
#--- KeyError
votes = ["ann", "bob", "ann"]
tally = {}
for v in votes:
    tally[v] = tally[v] + 1
print(tally)
#--- ValueError
votes = {}
winner = max(votes, key=votes.get)
print(winner)
#--- no error
speeds = [52, 61, 48]
limit = 50
fines = {s: (s - limit) * 10 for s in speeds if s > limit}
print(fines)
#--- ZeroDivisionError
people = 0
pizzas = 3
slices = pizzas * 8
print("Slices each:", slices // people)
`;
