#--- no error
from datetime import date, timedelta

BIRTHDAYS = {"Ana": (14, 2), "Bob": (29, 7), "Cleo": (3, 11)}


def next_birthday(day, month, today):
    candidate = date(today.year, month, day)
    if candidate < today:
        candidate = candidate.replace(year=today.year + 1)
    return candidate


today = date(2024, 5, 20)
for name, (day, month) in BIRTHDAYS.items():
    when = next_birthday(day, month, today)
    print(f"{name}: in {(when - today).days} days, on a {when:%A}")

week = [today + timedelta(days=i) for i in range(7)]
print([d.day for d in week if d.weekday() < 5])
#--- ValueError
from datetime import datetime

stamps = ["2024-03-01 08:30", "2024-03-02 09:15", "03/03/2024 10:00"]
parsed = []
for stamp in stamps:
    parsed.append(datetime.strptime(stamp, "%Y-%m-%d %H:%M"))

print("first:", min(parsed))
#--- TypeError
from datetime import date, datetime

deadline = date(2024, 12, 31)
now = datetime(2024, 12, 1, 12, 0)

if now > deadline:
    print("too late")
else:
    print("days left:", (deadline - now).days)
#--- no error
import random

random.seed(7)


def roll(count, sides=6):
    return [random.randint(1, sides) for _ in range(count)]


def histogram(rolls):
    bars = {}
    for value in rolls:
        bars[value] = bars.get(value, 0) + 1
    return bars


rolls = roll(50)
for value, count in sorted(histogram(rolls).items()):
    print(value, "#" * count)
assert sum(histogram(rolls).values()) == 50
print(min(rolls) >= 1 and max(rolls) <= 6)
#--- ImportError
from random import randint, shufle

cards = list(range(1, 11))
shufle(cards)
hand = cards[:randint(2, 4)]
print(hand)
#--- ModuleNotFoundError
import jsonn
import os

path = "settings.json"
if os.path.exists(path):
    with open(path) as f:
        settings = jsonn.load(f)
else:
    settings = {"volume": 5}
print(settings)
#--- no error
import itertools
import operator

prices = [3, 5, 2, 8]
running = list(itertools.accumulate(prices))
print(running, running[-1] == sum(prices))

combos = [pair for pair in itertools.combinations(prices, 2) if sum(pair) > 9]
print(combos)

product = 1
for price in prices:
    product = operator.mul(product, price)
print(product)

names = itertools.cycle(["red", "green"])
print([next(names) for _ in range(5)])
#--- StopIteration
def read_header(lines):
    iterator = iter(lines)
    title = next(iterator)
    author = next(iterator)
    year = next(iterator)
    return {"title": title, "author": author, "year": int(year)}


print(read_header(["Dunes", "K. Hale", "1998"]))
print(read_header(["Tides", "P. Orr"]))
#--- StopIteration
users = [
    {"name": "kai", "active": False},
    {"name": "liv", "active": False},
]


def first_active(people):
    return next(person for person in people if person["active"])


found = first_active(users)
print("first active user:", found["name"])
#--- no error
def countdown(start):
    """Yield numbers down to zero; a sent value changes the step."""
    step = 1
    while start >= 0:
        sent = yield start
        if sent:
            step = sent
        start -= step


numbers = countdown(10)
print(next(numbers))
print(numbers.send(3))
print(next(numbers))
print(list(numbers))
print(next(numbers, "finished"))
#--- no error
import sys


def celsius_to_fahrenheit(value):
    return value * 9 / 5 + 32


def main(arguments):
    values = [float(text) for text in arguments] or [0.0, 37.0, 100.0]
    for value in values:
        print(f"{value:6.1f} C = {celsius_to_fahrenheit(value):6.1f} F")
    return 0


if __name__ == "__main__":
    main(sys.argv[1:])
#--- IndexError
import sys


def main():
    name = sys.argv[1]
    times = int(sys.argv[2])
    for _ in range(times):
        print("Hello,", name)


if __name__ == "__main__":
    main()
#--- no error
class Robot:
    MOVES = {"N": (0, 1), "S": (0, -1), "E": (1, 0), "W": (-1, 0)}

    def __init__(self):
        self.x = self.y = 0
        self.trail = [(0, 0)]

    def run(self, commands):
        for command in commands:
            dx, dy = self.MOVES.get(command, (0, 0))
            self.x += dx
            self.y += dy
            self.trail.append((self.x, self.y))


robot = Robot()
robot.run("NNE?WS")
print(robot.x, robot.y, len(robot.trail))
crossed = len(robot.trail) != len(set(robot.trail))
print("crossed its own path" if crossed else "straight")
#--- KeyError
MOVES = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}


def walk(position, commands):
    x, y = position
    for command in commands:
        dx, dy = MOVES[command]
        x, y = x + dx, y + dy
    return x, y


print(walk((0, 0), ["up", "up", "left"]))
print(walk((2, 2), "down right jump".split()))
#--- no error
tasks = [
    {"title": "write", "priority": 2, "done": False},
    {"title": "test", "priority": 1, "done": True},
    {"title": "ship", "priority": 3, "done": False},
]

open_tasks = [task for task in tasks if not task["done"]]
open_tasks.sort(key=lambda task: task["priority"], reverse=True)
for task in open_tasks:
    print(f"[{task['priority']}] {task['title']}")

done = sum(task["done"] for task in tasks)
print(f"{done / len(tasks):.0%} done")
#--- TypeError
tasks = {"write": 2, "test": None, "ship": 3}

ordered = sorted(tasks.items(), key=lambda item: item[1])
for title, priority in ordered:
    print(priority, title)
#--- TypeError
def schedule(start, *sessions, pause=5):
    minute = start
    for length in sessions:
        yield minute
        minute += length + pause


times = list(schedule(540, 45, 60, 30, break_=10))
print([f"{t // 60:02}:{t % 60:02}" for t in times])
#--- no error
def schedule(start, *sessions, pause=5):
    minute = start
    for length in sessions:
        yield minute
        minute += length + pause


times = list(schedule(540, 45, 60, 30, pause=10))
print([f"{t // 60:02}:{t % 60:02}" for t in times])
#--- TypeError
list = [4, 1, 3]
print(max(list), min(list))

pairs = zip(list, ["a", "b", "c"])
table = list(pairs)
print(table)
#--- ZeroDivisionError
readings = {"mon": [3, 4], "tue": [], "wed": [5]}


def mean(values):
    total = 0
    count = 0
    for value in values:
        total += value
        count += 1
    return total / count


for day in readings:
    print(day, mean(readings[day]))
#--- no error
readings = {"mon": [3, 4], "tue": [], "wed": [5]}


def mean(values):
    try:
        return sum(values) / len(values)
    except ZeroDivisionError:
        return None


for day in readings:
    print(day, mean(readings[day]))
#--- FileNotFoundError
import os
import json

DEFAULTS = {"colour": "blue", "size": 10}


def load(path):
    with open(path) as f:
        loaded = json.load(f)
    return {**DEFAULTS, **loaded}


folder = "profiles"
print(os.path.join(folder, "user.json"))
print(load(os.path.join(folder, "user.json")))
#--- no error
import logging

logging.basicConfig(level=logging.WARNING)
log = logging.getLogger("orders")


def process(order):
    log.info("processing %s", order)
    try:
        return order["amount"] * order["price"]
    except KeyError as missing:
        log.warning("order without %s", missing)
        return 0


orders = [{"amount": 2, "price": 9.5}, {"amount": 1}]
print(sum(process(order) for order in orders))
#--- AssertionError
def normalise(weights):
    total = sum(weights)
    return [round(w / total, 2) for w in weights]


shares = normalise([1, 1, 1])
print(shares)
assert len(shares) == 3
assert sum(shares) == 1, "shares must add up"
#--- UnboundLocalError
def find_user(users, wanted):
    for user in users:
        if user["id"] == wanted:
            result = user
            break
    return result


users = [{"id": 1, "name": "ann"}, {"id": 2, "name": "ben"}]
print(find_user(users, 2)["name"])
print(find_user(users, 3)["name"])
#--- NameError
def main():
    budget = 500
    costs = [120, 80.5, 99]
    remaining = budget - sum(costs)
    print("remaining:", remaining)


main()
if remaining < 0:
    print("over budget")
#--- SyntaxError
ages = {"Ed": 31, "Flo": 28 "Gus": 45}

for name, age in ages.items():
    if age > 30:
        print(name, "is over thirty")
#--- SyntaxError
def classify(score):
    if score >= 90:
        return "A"
    else if score >= 75:
        return "B"
    return "C"


print([classify(s) for s in (95, 80, 40)])
#--- SyntaxError
total = 0
for price in [4, 8, 15]:
    total += price
print "Total:", total
#--- IndentationError
for attempt in range(3):
    if attempt == 1:
        print("second")
      else:
        print("other")
print("finished")
#--- AttributeError
shopping = ("milk", "eggs", "flour")
extra = ["sugar", "salt"]

for item in extra:
    shopping.append(item)

print(len(shopping), "items")
