/** Hand-written programs: assertions, missing files, exhausted iterators, imports and endless recursion. */
export const seeds = String.raw`
#--- no error
def multiply(a, b):
    return a * b

assert multiply(3, 4) == 12
assert multiply(-1, 5) == -5
print("tests ok")
#--- AssertionError
def multiply(a, b):
    return a + b

assert multiply(2, 2) == 4
assert multiply(3, 4) == 12
print("tests ok")
#--- no error
def divide(a, b):
    assert b != 0, "b must not be zero"
    return a / b
print(divide(6, 3))
#--- AssertionError
def divide(a, b):
    assert b != 0, "b must not be zero"
    return a / b
print(divide(6, 0))
#--- ZeroDivisionError
def divide(a, b):
    assert b == 0, "b must not be zero"
    return a / b
print(divide(6, 0))
#--- AssertionError
def set_age(age):
    assert isinstance(age, int), "age must be int"
    assert 0 <= age < 150
    return age
print(set_age("40"))
#--- AssertionError
def set_age(age):
    assert isinstance(age, int), "age must be int"
    assert 0 <= age < 150
    return age
print(set_age(200))
#--- no error
def set_age(age):
    assert isinstance(age, int), "age must be int"
    assert 0 <= age < 150
    return age
print(set_age(40))
#--- AssertionError
scores = [88, 92, 79]
average = sum(scores) / len(scores)
assert average > 90, f"average too low: {average}"
#--- no error
scores = [88, 92, 99]
average = sum(scores) / len(scores)
assert average > 90, f"average too low: {average}"
#--- AssertionError
data = {"id": 7, "tags": []}
assert "id" in data
assert data["tags"], "no tags"
#--- no error
data = {"id": 7, "tags": ["new"]}
assert "id" in data
assert data["tags"], "no tags"
#--- KeyError
data = {"id": 7}
assert data["name"] == "x"
#--- AssertionError
password = "abc"
assert len(password) >= 8, "password too short"
#--- no error
password = "abcdefgh1"
assert len(password) >= 8, "password too short"
assert any(c.isdigit() for c in password)
#--- AssertionError
username = ""
assert username, "username is required"
print("Welcome", username)
#--- no error
nums = [1, 2, 3]
nums.reverse()
assert nums == [3, 2, 1]
#--- AssertionError
nums = [1, 2, 3]
assert nums.reverse() == [3, 2, 1]
#--- IndexError
nums = [1, 2, 3]
assert nums[3] == 4
#--- AssertionError
x = 10
y = 3
assert x / y == 3
#--- no error
x = 10
y = 3
assert x // y == 3 and x % y == 1
#--- AssertionError
assert "Python".lower() == "Python"
#--- no error
assert "Python".lower() == "python", "case"
#--- AssertionError
assert type(3 / 1) == int
#--- AssertionError
assert None
#--- no error
assert True
#--- AssertionError
assert False, "should not get here"
#--- AssertionError
assert not "False"
#--- AssertionError
assert 3 in [1, 2]
#--- TypeError
assert 3 in 3
#--- no error
assert sum([1, 2, 3]) == 6; print("fine")
#--- TypeError
assert "a" + 1 == "a1"
#--- AssertionError
assert round(2.675, 2) == 2.68
#--- NameError
assert undefined_value == 3
#--- AssertionError
for n in [2, 4, 7]:
    assert n % 2 == 0, f"{n} is odd"
#--- no error
for n in [2, 4, 8]:
    assert n % 2 == 0, f"{n} is odd"
#--- AssertionError
class Stack:
    def __init__(self):
        self.items = []
    def pop(self):
        assert self.items, "stack is empty"
        return self.items.pop()
Stack().pop()
#--- no error
class Stack:
    def __init__(self):
        self.items = []
    def push(self, x):
        self.items.append(x)
s = Stack()
s.push(3)
assert s.items == [3]
#--- no error
def fact(n):
    assert n >= 0
    return 1 if n == 0 else n * fact(n - 1)
print(fact(4))
#--- AssertionError
def fact(n):
    assert n >= 0
    return 1 if n == 0 else n * fact(n - 1)
print(fact(-4))
#--- AssertionError
def fact(n):
    assert n > 0
    return n * fact(n - 1)
print(fact(4))
#--- AssertionError
def test_sort():
    result = sorted([3, 1, 2])
    assert result == [1, 3, 2]
test_sort()
#--- no error
def test_sort():
    result = sorted([3, 1, 2])
    assert result == [1, 2, 3]
test_sort()
#--- no error
try:
    assert 2 > 3
except AssertionError:
    print("math works")
#--- no error
try:
    assert 2 > 3
except Exception as e:
    print(repr(e))
#--- AssertionError
try:
    assert 2 > 3
except (TypeError, ValueError):
    print("math works")
#--- AssertionError
items = ["sword"]
assert len(items) == 2, "you need two items"
#--- TypeError
items = ["sword"]
assert len(items == 1), "you need one item"
#--- AssertionError
balance = 100
withdrawal = 120
assert withdrawal <= balance, "not enough money"
balance -= withdrawal
#--- no error
balance = 100
withdrawal = 80
assert withdrawal <= balance, "not enough money"
balance -= withdrawal
print(balance)
#--- FileNotFoundError
with open("students.csv") as f:
    header = f.readline()
    rows = [line.split(",") for line in f]
print(len(rows))
#--- FileNotFoundError
def count_lines(path):
    with open(path) as f:
        return len(f.readlines())
print(count_lines("poem.txt"))
#--- no error
def count_lines(path):
    try:
        with open(path) as f:
            return len(f.readlines())
    except FileNotFoundError:
        return 0
print(count_lines("poem.txt"))
#--- FileNotFoundError
def count_lines(path):
    try:
        with open(path) as f:
            return len(f.readlines())
    except PermissionError:
        return 0
print(count_lines("poem.txt"))
#--- FileNotFoundError
def read_config(name="config.json"):
    import json
    return json.load(open(name))
cfg = read_config()
#--- no error
def read_config(name="config.json"):
    import json
    return json.load(open(name))
print("defined")
#--- FileNotFoundError
files = ["jan.txt", "feb.txt"]
total = 0
for name in files:
    total += len(open(name).read())
print(total)
#--- no error
files = ["jan.txt", "feb.txt"]
for name in files:
    try:
        print(open(name).read())
    except FileNotFoundError:
        print(name, "is missing")
#--- no error
files = []
for name in files:
    print(open(name).read())
#--- FileNotFoundError
import os
size = os.path.getsize("backup.zip")
print(size)
#--- no error
import os
path = "backup.zip"
size = os.path.getsize(path) if os.path.isfile(path) else 0
print(size)
#--- FileNotFoundError
import os
os.rename("draft.txt", "final.txt")
#--- FileNotFoundError
import os
os.rmdir("empty_folder")
#--- FileNotFoundError
import os
os.chdir("projects")
#--- no error
import os
print(os.path.basename("/home/me/a.txt"))
#--- no error
import os
print(os.path.splitext("photo.jpg")[1])
#--- IndexError
import os
print(os.path.splitext("photo.jpg")[2])
#--- FileNotFoundError
import shutil
shutil.copy("a.txt", "b.txt")
#--- FileNotFoundError
import csv
with open("people.csv", newline="") as f:
    reader = csv.DictReader(f)
    for row in reader:
        print(row["name"])
#--- FileNotFoundError
from pathlib import Path
for line in Path("todo.txt").read_text().splitlines():
    print(line)
`;
