# Shops, schools, games, banks, weather and other small projects.

#--- no error
cart = {"apple": 3, "milk": 1}
prices = {"apple": 0.5, "milk": 1.25}
total = sum(prices[item] * n for item, n in cart.items())
print(f"Total: {total:.2f}")
#--- KeyError
cart = {"apple": 3, "milk": 1, "bread": 2}
prices = {"apple": 0.5, "milk": 1.25}
total = sum(prices[item] * n for item, n in cart.items())
print(f"Total: {total:.2f}")
#--- no error
cart = [("apple", 3, 0.5), ("milk", 1, 1.25)]
for name, qty, price in cart:
    print(f"{name:<8}{qty:>3}{qty * price:>8.2f}")
#--- ValueError
cart = [("apple", 3, 0.5), ("milk", 1)]
for name, qty, price in cart:
    print(f"{name:<8}{qty:>3}{qty * price:>8.2f}")
#--- no error
def apply_discount(price, percent):
    return round(price * (1 - percent / 100), 2)

for p in [10, 25.5, 99]:
    print(apply_discount(p, 20))
#--- TypeError
def apply_discount(price, percent):
    return round(price * (1 - percent / 100), 2)

for p in [10, "25.5", 99]:
    print(apply_discount(p, 20))
#--- no error
TAX = 0.2
subtotal = 80
tax = subtotal * TAX
total = subtotal + tax
print("Subtotal:", subtotal)
print("Tax:", tax)
print("Total:", total)
#--- TypeError
TAX = "20%"
subtotal = 80
tax = subtotal * TAX
total = subtotal + tax
print("Total:", total)
#--- no error
stock = {"pen": 10, "book": 0}
def buy(item, n):
    if stock[item] < n:
        return "not enough"
    stock[item] -= n
    return "ok"
print(buy("pen", 3), buy("book", 1))
#--- KeyError
stock = {"pen": 10, "book": 0}
def buy(item, n):
    if stock[item] < n:
        return "not enough"
    stock[item] -= n
    return "ok"
print(buy("pencil", 3))
#--- no error
grades = {"Ann": [90, 80], "Bob": [70, 75]}
for student, marks in grades.items():
    print(student, sum(marks) / len(marks))
#--- ZeroDivisionError
grades = {"Ann": [90, 80], "Bob": []}
for student, marks in grades.items():
    print(student, sum(marks) / len(marks))
#--- TypeError
grades = {"Ann": [90, 80], "Bob": [70, 75]}
for student, marks in grades.items():
    print(student + ": " + sum(marks) / len(marks))
#--- no error
def letter(score):
    if score >= 90:
        return "A"
    elif score >= 80:
        return "B"
    elif score >= 70:
        return "C"
    return "F"
for s in (95, 83, 40):
    print(letter(s))
#--- UnboundLocalError
def letter(score):
    if score >= 90:
        grade = "A"
    elif score >= 80:
        grade = "B"
    elif score >= 70:
        grade = "C"
    return grade
for s in (95, 83, 40):
    print(letter(s))
#--- no error
marks = [56, 78, 91, 34]
passed = [m for m in marks if m >= 50]
print(f"{len(passed)} of {len(marks)} passed")
print("Best:", max(marks), "Worst:", min(marks))
#--- TypeError
marks = [56, 78, None, 34]
passed = [m for m in marks if m >= 50]
print(f"{len(passed)} of {len(marks)} passed")
#--- TypeError
marks = ["56", "78", "91"]
print("Average:", sum(marks) / len(marks))
#--- no error
students = ["Zed", "Amy", "Kim"]
scores = [70, 95, 88]
ranking = sorted(zip(scores, students), reverse=True)
for place, (score, name) in enumerate(ranking, 1):
    print(place, name, score)
#--- IndexError
students = ["Zed", "Amy", "Kim"]
scores = [70, 95]
for i in range(len(students)):
    print(students[i], scores[i])
#--- no error
temps = [22.5, 19.0, 24.1, 18.3]
avg = sum(temps) / len(temps)
above = [t for t in temps if t > avg]
print(round(avg, 1), above)
#--- no error
temps = {"mon": 22, "tue": 19}
hottest = max(temps, key=temps.get)
print(hottest, temps[hottest])
#--- TypeError
temps = {"mon": 22, "tue": 19}
hottest = max(temps, key=temps.get())
print(hottest, temps[hottest])
#--- no error
def c_to_f(c):
    return c * 9 / 5 + 32

for c in range(0, 101, 25):
    print(c, "C =", c_to_f(c), "F")
#--- TypeError
def c_to_f(c):
    return c * 9 / 5 + 32

temp = "25"
print(c_to_f(temp))
#--- TypeError
def c_to_f(c):
    return c * 9 / 5 + 32
print(c_to_f(25) + " degrees")
#--- no error
rain = [0, 3.2, 0, 12.5, 1.1]
wet_days = 0
for r in rain:
    if r > 0:
        wet_days += 1
print("Wet days:", wet_days, "Total:", sum(rain))
#--- no error
weather = {"city": "Oslo", "temp": -3, "wind": {"speed": 12}}
print(f"{weather['city']}: {weather['temp']}°C, wind {weather['wind']['speed']} km/h")
#--- KeyError
weather = {"city": "Oslo", "temp": -3, "wind": {"speed": 12}}
print(f"{weather['city']}: {weather['wind']['direction']}")
#--- TypeError
weather = {"city": "Oslo", "temp": -3}
if weather["temp"] < "0":
    print("freezing")
#--- no error
balance = 100
for amount in [20, -50, 30]:
    balance += amount
    print("Balance:", balance)
assert balance == 100
#--- TypeError
balance = 100
for amount in [20, -50, "30"]:
    balance += amount
    print("Balance:", balance)
#--- no error
accounts = {"A1": 500, "B2": 20}
def transfer(src, dst, amount):
    if accounts[src] < amount:
        raise ValueError("insufficient funds")
    accounts[src] -= amount
    accounts[dst] += amount
transfer("A1", "B2", 100)
print(accounts)
#--- ValueError
accounts = {"A1": 500, "B2": 20}
def transfer(src, dst, amount):
    if accounts[src] < amount:
        raise ValueError("insufficient funds")
    accounts[src] -= amount
    accounts[dst] += amount
transfer("B2", "A1", 100)
#--- KeyError
accounts = {"A1": 500, "B2": 20}
def transfer(src, dst, amount):
    accounts[src] -= amount
    accounts[dst] += amount
transfer("A1", "C3", 100)
#--- no error
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        return self.balance
a = Account("Lee")
print(a.deposit(50), a.deposit(25))
#--- ValueError
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
a = Account("Lee")
a.deposit(0)
#--- no error
class Account:
    rate = 0.05
    def __init__(self, balance):
        self.balance = balance
    def interest(self):
        return self.balance * self.rate
print(Account(200).interest())
#--- NameError
class Savings(Account):
    def interest(self):
        return self.balance * 0.05
print(Savings(200).interest())
#--- no error
principal = 1000
rate = 5
for year in range(1, 4):
    principal *= 1 + rate / 100
    print(f"Year {year}: {principal:.2f}")
#--- no error
secret = 7
for guess in [3, 9, 7]:
    if guess < secret:
        print("Too low")
    elif guess > secret:
        print("Too high")
    else:
        print("Correct!")
        break
#--- TypeError
secret = 7
for guess in ["3", "9", "7"]:
    if guess < secret:
        print("Too low")
    else:
        print("Too high")
#--- no error
choices = ["rock", "paper", "scissors"]
wins = {"rock": "scissors", "paper": "rock", "scissors": "paper"}
p1, p2 = "rock", "scissors"
if wins[p1] == p2:
    print("player 1 wins")
#--- KeyError
choices = ["rock", "paper", "scissors"]
wins = {"rock": "scissors", "paper": "rock", "scissors": "paper"}
p1, p2 = "Rock", "scissors"
if wins[p1] == p2:
    print("player 1 wins")
#--- no error
board = [" "] * 9
board[4] = "X"
board[0] = "O"
for r in range(0, 9, 3):
    print("|".join(board[r:r + 3]))
#--- IndexError
board = [" "] * 9
board[9] = "X"
print(board)
#--- ValueError
board = [["-"] * 3 for _ in range(3)]
def place(row, col, mark):
    if board[row][col] != "-":
        raise ValueError("taken")
    board[row][col] = mark
place(0, 0, "X")
place(0, 0, "O")
#--- IndexError
board = [["-"] * 3 for _ in range(3)]
def place(row, col, mark):
    if board[row][col] != "-":
        raise ValueError("taken")
    board[row][col] = mark
place(0, 0, "X")
place(1, 3, "O")
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
#--- no error
people = 5
pizzas = 3
slices = pizzas * 8
print("Slices each:", slices // people, "left over:", slices % people)
#--- no error
seconds = 3725
h, rest = divmod(seconds, 3600)
m, s = divmod(rest, 60)
print(f"{h:02}:{m:02}:{s:02}")
#--- TypeError
seconds = "3725"
h, rest = divmod(seconds, 3600)
print(h)
#--- ZeroDivisionError
print(divmod(10, 0))
#--- no error
a, b, c = 1, -3, 2
d = b ** 2 - 4 * a * c
x1 = (-b + d ** 0.5) / (2 * a)
x2 = (-b - d ** 0.5) / (2 * a)
print(x1, x2)
#--- ZeroDivisionError
a, b, c = 0, -3, 2
d = b ** 2 - 4 * a * c
x1 = (-b + d ** 0.5) / (2 * a)
print(x1)
#--- ValueError
import math
a, b, c = 1, 2, 5
d = b ** 2 - 4 * a * c
print(math.sqrt(d))
#--- no error
def calculator(a, op, b):
    if op == "+": return a + b
    if op == "-": return a - b
    if op == "*": return a * b
    if op == "/": return a / b
    raise ValueError(f"unknown operator {op}")
print(calculator(6, "/", 3), calculator(2, "*", 4))
#--- ValueError
def calculator(a, op, b):
    if op == "+": return a + b
    if op == "/": return a / b
    raise ValueError(f"unknown operator {op}")
print(calculator(6, "%", 3))
#--- ZeroDivisionError
def calculator(a, op, b):
    if op == "+": return a + b
    if op == "/": return a / b
    raise ValueError(f"unknown operator {op}")
print(calculator(6, "/", 0))
#--- no error
expr = "3 4 + 2 *"
stack = []
for tok in expr.split():
    if tok in "+*":
        b, a = stack.pop(), stack.pop()
        stack.append(a + b if tok == "+" else a * b)
    else:
        stack.append(int(tok))
print(stack[0])
#--- IndexError
expr = "3 + *"
stack = []
for tok in expr.split():
    if tok in "+*":
        b, a = stack.pop(), stack.pop()
        stack.append(a + b if tok == "+" else a * b)
    else:
        stack.append(int(tok))
print(stack[0])
#--- no error
def fahrenheit(temps):
    return {city: round(t * 1.8 + 32) for city, t in temps.items()}
print(fahrenheit({"Rome": 30, "Oslo": 12}))
#--- AttributeError
def fahrenheit(temps):
    return {city: round(t * 1.8 + 32) for city, t in temps.items()}
print(fahrenheit([("Rome", 30), ("Oslo", 12)]))
#--- no error
def timer(func):
    def wrapper(*args):
        print("start", func.__name__)
        result = func(*args)
        print("end")
        return result
    return wrapper

@timer
def add(a, b):
    return a + b
print(add(1, 2))
#--- TypeError
def timer(func):
    def wrapper():
        print("start", func.__name__)
        return func()
    return wrapper

@timer
def add(a, b):
    return a + b
print(add(1, 2))
#--- TypeError
def timer(func):
    def wrapper(*args):
        return func(*args)

@timer
def add(a, b):
    return a + b
print(add(1, 2))
#--- NameError
@timer
def add(a, b):
    return a + b
print(add(1, 2))
#--- no error
def repeat(n):
    def deco(f):
        def inner(*a):
            for _ in range(n):
                f(*a)
        return inner
    return deco
@repeat(2)
def hi(name):
    print("hi", name)
hi("Bo")
#--- no error
def repeat(n):
    def deco(f):
        def inner(*a):
            for _ in range(n):
                f(*a)
        return inner
    return deco
@repeat
def hi(name):
    print("hi", name)
hi("Bo")
#--- no error
def compose(f, g):
    return lambda x: f(g(x))
inc_then_double = compose(lambda x: x * 2, lambda x: x + 1)
print(inc_then_double(5))
#--- no error
funcs = [lambda: i for i in range(3)]
print([f() for f in funcs])
#--- no error
pipeline = [str.strip, str.lower, len]
value = "  Hello "
for step in pipeline:
    value = step(value)
print(value)
#--- TypeError
pipeline = [str.strip, len, str.lower]
value = "  Hello "
for step in pipeline:
    value = step(value)
print(value)
#--- no error
commands = {"hi": lambda: "hello", "bye": lambda: "goodbye"}
for c in ["hi", "bye"]:
    print(commands[c]())
#--- KeyError
commands = {"hi": lambda: "hello", "bye": lambda: "goodbye"}
for c in ["hi", "quit"]:
    print(commands[c]())
#--- no error
matrix = [[1, 2], [3, 4]]
det = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]
print("det =", det)
inverse = [[matrix[1][1] / det, -matrix[0][1] / det], [-matrix[1][0] / det, matrix[0][0] / det]]
print(inverse)
#--- ZeroDivisionError
matrix = [[1, 2], [2, 4]]
det = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]
inverse = [[matrix[1][1] / det, -matrix[0][1] / det], [-matrix[1][0] / det, matrix[0][0] / det]]
print(inverse)
#--- no error
alive = {(0, 0), (0, 1), (1, 0)}
def neighbours(x, y):
    return sum((x + dx, y + dy) in alive for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
print(neighbours(0, 0))
#--- no error
import random
random.seed(42)
heads = sum(random.choice([True, False]) for _ in range(100))
print(0 <= heads <= 100)
#--- no error
from collections import deque
queue = deque(["Ann", "Bob", "Cid"])
queue.rotate(-1)
print(list(queue))
served = queue.popleft()
print(served)
#--- IndexError
from collections import deque
queue = deque(["Ann"])
while True:
    print("serving", queue.popleft())
#--- no error
from dataclasses import dataclass, field

@dataclass(order=True)
class Task:
    priority: int
    name: str = field(compare=False)

tasks = [Task(2, "wash"), Task(1, "cook")]
print(min(tasks).name)
#--- TypeError
from dataclasses import dataclass

@dataclass
class Task:
    priority: int
    name: str

tasks = [Task(2, "wash"), Task(1, "cook")]
print(min(tasks).name)
#--- no error
from dataclasses import dataclass

@dataclass
class Vec:
    x: float
    y: float
    def length(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

print(Vec(3, 4).length())
#--- no error
from enum import Enum

class Light(Enum):
    RED = "stop"
    GREEN = "go"

light = Light.RED
if light is Light.RED:
    print(light.value)
#--- no error
from itertools import groupby
data = [("fruit", "apple"), ("fruit", "pear"), ("veg", "leek")]
for kind, items in groupby(data, key=lambda p: p[0]):
    print(kind, [name for _, name in items])
#--- no error
from functools import reduce
orders = [{"total": 5}, {"total": 7.5}]
print(reduce(lambda acc, o: acc + o["total"], orders, 0))
#--- TypeError
from functools import reduce
orders = [{"total": 5}, {"total": 7.5}]
print(reduce(lambda acc, o: acc + o["total"], orders))
#--- no error
from datetime import date
birthdays = {"Ann": date(2000, 5, 1), "Bob": date(1998, 12, 24)}
for who, when in sorted(birthdays.items(), key=lambda p: p[1]):
    print(who, when.isoformat())
#--- no error
import json
orders = json.loads('[{"id": 1, "items": ["pen"]}, {"id": 2, "items": []}]')
for order in orders:
    print(order["id"], len(order["items"]))
#--- IndexError
import json
orders = json.loads('[{"id": 1, "items": ["pen"]}, {"id": 2, "items": []}]')
for order in orders:
    print(order["id"], order["items"][0])
#--- KeyError
import json
orders = json.loads('[{"id": 1, "items": ["pen"]}, {"id": 2}]')
for order in orders:
    print(order["id"], order["items"])
#--- no error
import re
text = "Order #12 and order #7"
ids = [int(n) for n in re.findall(r"#(\d+)", text)]
print(sum(ids))
#--- no error
import re
pattern = re.compile(r"^[\w.]+@\w+\.\w+$")
for mail in ["a@b.co", "nope"]:
    print(mail, bool(pattern.match(mail)))
#--- AttributeError
import re
pattern = re.compile(r"^(\w+)@(\w+)\.\w+$")
for mail in ["a@b.co", "nope"]:
    print(pattern.match(mail).group(1))
