#--- no error
inventory = {
    "bolts": {"quantity": 120, "price": 0.15},
    "nuts": {"quantity": 300, "price": 0.08},
    "washers": {"quantity": 0, "price": 0.05},
}


def restock(items, name, amount):
    if name not in items:
        raise KeyError(f"no such item: {name}")
    items[name]["quantity"] += amount


def total_value(items):
    return sum(item["quantity"] * item["price"] for item in items.values())


restock(inventory, "washers", 50)
missing = [name for name, item in inventory.items() if item["quantity"] == 0]
print(f"Total value: {total_value(inventory):.2f}")
print("Out of stock:", missing or "nothing")
#--- no error
class Account:
    """A bank account that keeps its history."""

    interest_rate = 0.02

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("insufficient funds")
        self.balance -= amount
        self.history.append(("withdraw", amount))
        return amount

    def add_interest(self):
        self.deposit(self.balance * self.interest_rate)


account = Account("Marta", 100)
account.deposit(50)
account.withdraw(30)
account.add_interest()
for kind, amount in account.history:
    print(f"{kind:>10}: {amount:8.2f}")
print(account.owner, round(account.balance, 2))
#--- ValueError
class Wallet:
    def __init__(self, cash):
        self.cash = cash

    def spend(self, amount):
        if amount > self.cash:
            raise ValueError(f"cannot spend {amount}, only {self.cash} left")
        self.cash -= amount
        return self.cash


wallet = Wallet(40)
purchases = [12, 9, 25]
for price in purchases:
    print("left:", wallet.spend(price))
#--- no error
import csv
import io

RAW = """name,department,salary
Ines,Sales,4200
Tom,IT,5100
Yuki,Sales,3900
Lars,IT,4800
"""


def read_rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def average_by_department(rows):
    groups = {}
    for row in rows:
        groups.setdefault(row["department"], []).append(int(row["salary"]))
    return {name: sum(values) / len(values) for name, values in groups.items()}


rows = read_rows(RAW)
for department, average in sorted(average_by_department(rows).items()):
    print(f"{department}: {average:.0f}")
#--- ValueError
import csv
import io

data = "id;weight\n1;12.5\n2;13,1\n3;11.9\n"
weights = []
for row in csv.DictReader(io.StringIO(data), delimiter=";"):
    weights.append(float(row["weight"]))

print("mean:", sum(weights) / len(weights))
#--- KeyError
students = [
    {"name": "Ada", "grades": [1, 2, 1]},
    {"name": "Bela", "grades": [3, 2]},
    {"name": "Cem", "marks": [2, 2, 3]},
]

# print the average of each student
for student in students:
    grades = student["grades"]
    average = sum(grades) / len(grades)
    print(student["name"], round(average, 1))
#--- no error
from dataclasses import dataclass, field
from typing import List


@dataclass
class Line:
    product: str
    quantity: int
    unit_price: float

    @property
    def total(self) -> float:
        return self.quantity * self.unit_price


@dataclass
class Invoice:
    number: int
    lines: List[Line] = field(default_factory=list)

    def add(self, product: str, quantity: int, unit_price: float) -> None:
        self.lines.append(Line(product, quantity, unit_price))

    def total(self, tax: float = 0.19) -> float:
        net = sum(line.total for line in self.lines)
        return net * (1 + tax)


invoice = Invoice(1001)
invoice.add("desk", 1, 250.0)
invoice.add("chair", 4, 79.5)
print(f"Invoice {invoice.number}: {invoice.total():.2f}")
print(max(invoice.lines, key=lambda line: line.total).product)
#--- TypeError
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int
    label: str = ""


points = [Point(1, 2), Point(3, 4, "corner"), Point(5)]
print(sum(p.x for p in points))
#--- no error
import json

text = '{"users": [{"id": 1, "name": "eva", "tags": ["admin"]}, {"id": 2, "name": "jon", "tags": []}]}'


def load_users(raw):
    document = json.loads(raw)
    return {user["id"]: user for user in document["users"]}


def has_tag(user, tag):
    return tag in user.get("tags", [])


users = load_users(text)
for user_id, user in users.items():
    role = "administrator" if has_tag(user, "admin") else "guest"
    print(user_id, user["name"].title(), role)

print(json.dumps(list(users.values()), indent=2)[:40])
#--- ValueError
import json

settings = "{'theme': 'dark', 'size': 12}"


def parse(text):
    """Return the settings as a dictionary."""
    return json.loads(text)


config = parse(settings)
print(config["theme"])
#--- no error
stock = [("apples", 4, 1.2), ("pears", 0, 1.5), ("plums", 11, 0.4)]

print("Item       Qty   Price")
print("-" * 22)
for name, quantity, price in stock:
    flag = "*" if quantity == 0 else " "
    print(f"{name:<10} {quantity:>3} {price:>7.2f}{flag}")

total = 0
for _, quantity, price in stock:
    total += quantity * price
print("Total:", round(total, 2))
#--- ValueError
orders = [
    ("A17", "2024-03-01", 3),
    ("A18", "2024-03-02", 1),
    ("A19", "2024-03-04"),
]

count_by_day = {}
for order_id, day, count in orders:
    count_by_day[day] = count_by_day.get(day, 0) + count

print(count_by_day)
#--- no error
from collections import Counter, defaultdict

votes = [
    ("north", "Kim"), ("north", "Lee"), ("south", "Kim"),
    ("south", "Kim"), ("east", "Lee"), ("east", "Roy"),
]

by_region = defaultdict(Counter)
for region, candidate in votes:
    by_region[region][candidate] += 1

for region, counter in by_region.items():
    winner, number = counter.most_common(1)[0]
    print(f"{region}: {winner} with {number} vote(s)")

overall = Counter(candidate for _, candidate in votes)
print(overall.most_common())
#--- IndexError
from collections import Counter

answers = []
counts = Counter(answers)
best = counts.most_common(1)[0]
print("Most popular answer:", best[0])
#--- AttributeError
class Employee:
    def __init__(self, name, manager=None):
        self.name = name
        self.manager = manager


boss = Employee("Olga")
worker = Employee("Piet", boss)

for person in (worker, boss):
    # the boss has no manager
    print(person.name, "reports to", person.manager.name)
#--- no error
class Employee:
    def __init__(self, name, manager=None):
        self.name = name
        self.manager = manager

    def chain(self):
        names = []
        current = self
        while current is not None:
            names.append(current.name)
            current = current.manager
        return names


boss = Employee("Olga")
lead = Employee("Sam", boss)
worker = Employee("Piet", lead)
print(" -> ".join(worker.chain()))
#--- TypeError
def apply_discount(prices, percent):
    discounted = []
    for price in prices:
        discounted.append(price - price * percent / 100)
    return discounted


basket = [19.99, "5.49", 3.0]
print(apply_discount(basket, 10))
#--- UnboundLocalError
total_sales = 0


def record_sale(amount):
    total_sales += amount
    return total_sales


for amount in (20, 35, 12):
    record_sale(amount)
print("Sales:", total_sales)
#--- no error
total_sales = 0


def record_sale(amount):
    global total_sales
    total_sales += amount
    return total_sales


for amount in (20, 35, 12):
    record_sale(amount)
print("Sales:", total_sales)
#--- UnboundLocalError
def shipping_cost(weight, country):
    if country == "DE":
        base = 4.5
    elif country == "AT":
        base = 6.0
    return base + weight * 0.8


for weight, country in [(2, "DE"), (1.5, "AT"), (3, "US")]:
    print(country, shipping_cost(weight, country))
#--- ZeroDivisionError
class Rating:
    def __init__(self):
        self.stars = []

    def add(self, value):
        if 1 <= value <= 5:
            self.stars.append(value)

    def average(self):
        return sum(self.stars) / len(self.stars)


books = {"Dunes": Rating(), "Tides": Rating()}
books["Dunes"].add(4)
books["Dunes"].add(5)
books["Tides"].add(7)
for title, rating in books.items():
    print(title, rating.average())
#--- ModuleNotFoundError
import datetime
import bank_helpers

today = datetime.date(2024, 5, 17)
rates = bank_helpers.load_rates(today)
print(rates)
#--- AssertionError
def merge_records(first, second):
    merged = dict(first)
    merged.update(second)
    return merged


a = {"id": 1, "name": "x"}
b = {"id": 2}
result = merge_records(a, b)
assert result["name"] == "x"
assert result["id"] == 1, "the first id should win"
print(result)
#--- no error
def validate(record):
    """Return a list of problems found in the record."""
    problems = []
    if not record.get("email") or "@" not in record["email"]:
        problems.append("email")
    if not isinstance(record.get("age"), int) or record["age"] < 0:
        problems.append("age")
    return problems


records = [
    {"email": "a@example.org", "age": 31},
    {"email": "nobody", "age": 20},
    {"age": -4},
]
for number, record in enumerate(records, start=1):
    problems = validate(record)
    print(number, "ok" if not problems else "bad: " + ", ".join(problems))
#--- KeyError
def build_index(rows, key):
    index = {}
    for row in rows:
        index[row[key]] = row
    return index


rows = [
    {"sku": "X1", "qty": 4},
    {"sku": "X2", "qty": 9},
]
index = build_index(rows, "sku")
for wanted in ["X2", "X1", "X3"]:
    print(wanted, index[wanted]["qty"])
#--- no error
class Library:
    def __init__(self):
        self._books = {}
        self._loans = {}

    def add(self, isbn, title):
        self._books[isbn] = title

    def lend(self, isbn, reader):
        if isbn in self._loans:
            return False
        self._loans[isbn] = reader
        return True

    def give_back(self, isbn):
        return self._loans.pop(isbn, None)

    def __len__(self):
        return len(self._books) - len(self._loans)


library = Library()
library.add("111", "Rivers")
library.add("222", "Stones")
print(library.lend("111", "Nora"))
print(library.lend("111", "Ole"))
print(library.give_back("111"), library.give_back("999"))
print(len(library))
