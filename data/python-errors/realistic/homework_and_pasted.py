#--- TypeError
# Exercise 3: how old will I be?
birth_year = ⟦"1998"|1998|int("1998")⟧
this_year = 2025

print("You were born in", birth_year)
age = this_year - birth_year
if age >= 18:
    print("You are an adult")
else:
    print("You are " + ⟦str(age)|age⟧)
#--- SyntaxError
# homework week 2
marks = [12, 17, 9, 20]
total = 0
for m in marks⟦|:⟧
    total = total + m
average = total / len(marks)
if average >= 10:
    print("passed with", average)
⟦else|elif|else if⟧:
    print("failed")
#--- IndentationError
# print the times table of n
def table(n):
    ⟦for i in range(1, 11):
    print(n, "x", i, "=", n * i)|for i in range(1, 11):
        print(n, "x", i, "=", n * i)|for i in range(1, 11): print(n * i)|for i in range(1, 11)
        print(n * i)⟧

table(⟦7|"7"|x⟧)
#--- NameError
# shopping list
total = 0
prices = {"bread": 2.5, "milk": 1.2, "cheese": 6}
basket = ["milk", "bread", ⟦"milk"|"Milk"|cheese⟧]
for item in basket:
    total += prices[item]
print("Total:", ⟦Total|total|totals⟧)
print("Items:", len(basket))
#--- SyntaxError
name = "Tariq"
score = 88
⟦print "Well done", name|print("Well done", name)|print ("Well done"), name|print("Well done" name)⟧
if score > 90:
    grade = "A"
elif score > 80:
    grade = "B"
print("grade: %s" % grade)
#--- NameError
# written for an old course
def halves(numbers):
    out = []
    for i in ⟦xrange|range⟧(len(numbers)):
        out.append(numbers[i] / 2)
    return out

ages = {"sam": 30, "eve": 24}
print(halves([3, 5]))
for who, age in ages.⟦items|iteritems⟧():
    print(who + ":", age)
#--- AttributeError
class Phonebook:
    def __init__(self):
        self.numbers = {}

    def add(self, name, number):
        self.numbers[name] = number

    def knows(self, name):
        return self.numbers.⟦has_key(name)|get(name)|__contains__(name)|keys(name)⟧

book = Phonebook()
book.add("Uma", ⟦"555-01"|None⟧)
if book.knows("Uma"):
    print("yes")
print(book.numbers[⟦"Uma"|"Ума"⟧])
#--- NameError
def safe_int(text):
    try:
        return int(text)
    except ⟦ValueError, e|ValueError as e|(ValueError, TypeError)|ValueError or e⟧:
        return 0

print(safe_int("12") + safe_int("x"))
print(safe_int(⟦None|"5"⟧))
#--- TypeError
# Find the biggest number in the list
def biggest(numbers):
    big = ⟦None|0|numbers[0]|-1⟧
    for n in numbers:
        if n > big:
            big = n
    return big

print("Testing...")
print(biggest([4, 9, 2]))
print(biggest([⟦-5, -1|-5, "1"|⟧]))
#--- no error
# Exercise 5: vowels
word = "programming"
vowels = 0
for letter in word:
    if letter == "a" or ⟦"e"|letter == "e"|word[20]⟧ or letter == "o":
        vowels = vowels + 1
print("There are", vowels, "vowels in", word)
if vowels == ⟦11|2|"11"⟧:
    print("strange: every letter counted")
assert vowels ⟦>=|<⟧ 2
#--- IndexError
# sum of neighbours
numbers = [3, 8, 1, 6]
sums = []
i = 0
while i ⟦<|<=⟧ len(numbers)⟦| - 1⟧:
    sums.append(numbers[i] + numbers[i + 1])
    i ⟦+= 1|+= 2|+= 3⟧
print(sums)
#--- UnboundLocalError
counter = 0

def press():
    ⟦|global counter|counter = 0⟧
    counter = counter + 1
    print("pressed", counter)

def show():
    print("now", counter)

show()
press()
press()
show()
#--- TypeError
def add_item(item, shelf=[]):
    shelf.append(item)
    ⟦|return shelf|return list(shelf)|return sorted(shelf)⟧

first = add_item("book")
second = add_item(⟦"pen"|3⟧)
print(first, second)
print("on the shelf:", len(second))
#--- ValueError
# read the sizes that the user typed
typed = "12 7 ⟦x|3| |3.5⟧ 8"
sizes = typed.split(⟦|" "⟧)
smallest = 1000
for s in sizes:
    if int(s) < smallest:
        smallest = int(s)
print("smallest size is", smallest)
#--- ZeroDivisionError
# average of the even numbers in the list
nums = [7, 3, ⟦9|8|0|"4"⟧, 1]
total = 0
count = 0
for n in nums:
    if n % 2 == 0:
        total += n
        count += 1
print("found", count)
average = total / count
print("average is", average)
#--- RecursionError
# recursion homework: sum the digits
def digit_sum(n):
    if n ⟦==|<|<=⟧ 0:
        return ⟦n|0|""⟧
    return n % 10 + digit_sum(n ⟦/|//⟧ 10 - 0.1)

print(digit_sum(0))
print(digit_sum(407))
#--- RecursionError
def power(base, exp):
    """base to the exp, without **"""
    if exp == 0:
        return 1
    if ⟦exp == 1|exp < 0|exp < 1⟧:
        return ⟦base|1 / power(base, -exp)⟧
    return base * power(base, exp - 1)

print(power(2, 5))
print(power(5, 0))
print(power(2, ⟦-1|3|0.5⟧))
#--- SyntaxError
students = [
    {"name": "Mo", "marks": [3, 4]},
    {"name": "Jan", "marks": [5]⟦|}⟧,
    {"name": "Li", "marks": []},
]
for s in students:
    n = len(s["marks"])
    mean = sum(s["marks"]) / n if n else 0
    print(s["name"], mean)
#--- AttributeError
# remove the spaces and sort the letters
text = "my dear aunt sally"
letters = text.replace(" ", "")⟦|.split("y")⟧
letters.⟦sort()|upper()|count("a")|index("z")⟧
print(letters)
#--- AttributeError
fruits = ["fig", "kiwi", "plum"]
fruits = fruits⟦.append("pear")| + ["pear"]|.copy()|.sort()⟧
print("we have fruits")
if "⟦kiwi|lime⟧" in ["kiwi", "plum"]:
    fruits.remove("kiwi")
print(fruits)
#--- KeyError
# count letters
text = "banana"
counts = {}
for ch in text:
    ⟦counts[ch] += 1|counts[ch] = counts.get(ch, 0) + 1|counts.setdefault(ch, 0)|counts[ch] = 1|counts.get(ch) + 1⟧
for ch in counts:
    print(ch, counts[ch])
#--- NameError
# guess the number, with given guesses
secret = 42
guesses = [10, 60, ⟦43|42⟧]
for g in guesses:
    if g < secret:
        print("too low")
    elif g > secret:
        print("too high")
    else:
        ⟦winner = g|winner: int|pass⟧
        break
print("you found", winner)
#--- TypeError
class Dog:
    def __init__(self, name):
        self.name = name
    def bark(⟦|self|self, times=2|this⟧):
        return "woof"
    def rename(self, new):
        self.name = new

d = Dog(⟦"Rex"|5⟧)
d.rename("Max")
print(d.name)
print(d.bark())
#--- AttributeError
class Rectangle:
    def __init__(self, w, h):
        ⟦w = w|self.w = w|self.width = w⟧
        self.h = h

    def area(self):
        return self.w * self.h

    def is_square(self):
        return self.h == self.h

boxes = [Rectangle(2, 3), Rectangle(4, ⟦4|None|"4"⟧)]
print([b.is_square() for b in boxes])
biggest = max(b.area() for b in boxes)
print(biggest)
#--- TypeError
class Student:
    school = "Hill Road"
    def ⟦_init_|__init__|init⟧(self, name, marks):
        self.name = name
        self.marks = marks
    def average(self):
        return sum(self.marks) / len(self.marks)

print(Student.school)
s = Student(⟦"Ravi", [6, 8]|"Ravi"|*["Ravi", []]⟧)
print(s.average())
#--- SyntaxError
total = 0
for i in range(5):
    total += i
    if total > 6:
        print("over six at", i)
        ⟦return total|break|continue|quit_now = total⟧
print("total", total)
#--- SyntaxError
# tickets
age = 70
if age < 4:
    price = 0
elif age ⟦=> 65|>= 65|> 65 and < 90|> 65 < 90⟧:
    price = 5
else:
    price = 9
print("price:", price, "pounds")
#--- NameError
# area of a circle
import math
def area(r):
    result = ⟦pi|math.pi|math.Pi|3.14⟧ * r ** 2
    return result

for r in (1, 2, ⟦3|"3"⟧):
    print("radius", r, "area", round(area(r), 2))
#--- no error
# does the word hide in the grid?
grid = ["tca", "oau", "ptx"]
def column(g, i):
    return "".join(row[i] for row in g)

words = {"cat": False, "top": False}
for i in range(⟦3|len(grid)|4⟧):
    for word in words:
        if word == column(grid, i):
            words[word] = True
            ⟦|print(word)|break|del words[word]; break⟧
print(words)
assert words["top"] and words[⟦"cat"|"dog"⟧]
#--- IndexError
# print every second letter pair
word = "keyboard⟦s|⟧"
for i in range(0, len(word), 2):
    print(word[i] ⟦+ word[i + 1]|+ word[i:i + 1]|- word[i]⟧)
