/** Hand-written programs: assertions, missing files, exhausted iterators, imports and endless recursion. */
export const seeds = String.raw`
#--- ModuleNotFoundError
import JSON
#--- ModuleNotFoundError
import date
#--- ModuleNotFoundError
import dateime
#--- ModuleNotFoundError
import itertool
#--- ModuleNotFoundError
import regex
#--- ModuleNotFoundError
import mathh as m
#--- RecursionError
def depth(n):
    return 1 + depth(n)
print(depth(0))
#--- no error
def depth(n):
    return 1 + depth(n - 1) if n > 0 else 0
print(depth(5))
#--- RecursionError
def depth(n):
    return 1 + depth(n - 1) if n != 0 else 0
print(depth(5.5))
#--- RecursionError
def a():
    b()
def b():
    c()
def c():
    a()
a()
#--- no error
def a():
    b()
def b():
    c()
def c():
    print("end")
a()
#--- RecursionError
def ask(question):
    print(question)
    return ask(question)
ask("Are we there yet?")
#--- no error
def search(lst, x, i=0):
    if lst[i] == x:
        return i
    return search(lst, x, i + 1)
print(search([4, 5, 6], 6))
#--- IndexError
def search(lst, x, i=0):
    if lst[i] == x:
        return i
    return search(lst, x, i + 1)
print(search([4, 5, 6], 7))
#--- RecursionError
def search(lst, x, i=0):
    if lst[i] == x:
        return i
    return search(lst, x, i)
print(search([4, 5, 6], 6))
#--- no error
def gcd(a, b):
    return a if b == 0 else gcd(b, a % b)
print(gcd(54, 24))
#--- RecursionError
def gcd(a, b):
    return a if b == 0 else gcd(a, b)
print(gcd(54, 24))
#--- RecursionError
def gcd(a, b):
    if a == b:
        return a
    if a > b:
        return gcd(a - b, b)
    return gcd(a, b - a)
print(gcd(12, 18), gcd(12, 0))
#--- no error
def is_pal(s):
    if len(s) < 2:
        return True
    return s[0] == s[-1] and is_pal(s[1:-1])
print(is_pal("racecar"))
#--- RecursionError
def is_pal(s):
    return s[0] == s[-1] and is_pal(s)
print(is_pal("racecar"))
#--- IndexError
def is_pal(s):
    return s[0] == s[-1] and is_pal(s[1:-1])
print(is_pal("racecar"))
#--- RecursionError
def count_down(n):
    if n == 0:
        print("Go!")
    print(n)
    count_down(n - 1)
count_down(3)
#--- no error
def count_down(n):
    if n == 0:
        print("Go!")
        return
    print(n)
    count_down(n - 1)
count_down(3)
#--- RecursionError
def count_down(n):
    if n == 0:
        print("Go!")
        return
    count_down(n - 2)
count_down(3)
#--- RecursionError
class Person:
    def __init__(self, name):
        self.name = name
    def get_name(self):
        return self.get_name()
print(Person("Al").get_name())
#--- no error
class Person:
    def __init__(self, name):
        self.name = name
    def get_name(self):
        return self.name
print(Person("Al").get_name())
#--- TypeError
class Person:
    def __init__(self, name):
        self.get_name = name
    def get_name(self):
        return self.name
print(Person("Al").get_name())
#--- RecursionError
class Node:
    def __init__(self, n):
        self.child = Node(n - 1)
Node(3)
#--- no error
class Node:
    def __init__(self, n):
        self.child = Node(n - 1) if n > 0 else None
print(Node(3).child.child.child.child)
#--- RecursionError
def power(x, n):
    if n == 1:
        return x
    return x * power(x, n - 1)
print(power(2, 0))
#--- no error
def power(x, n):
    if n == 1:
        return x
    return x * power(x, n - 1)
print(power(2, 5))
#--- no error
def total(n):
    return 0 if n < 0 else n + total(n - 1)
print(total(100))
#--- RecursionError
def total(n):
    return 0 if n < 0 else n + total(n - 1)
print(total(100000))
#--- no error
def fibo(n):
    if n == 1 or n == 2:
        return 1
    return fibo(n - 1) + fibo(n - 2)
print(fibo(7))
#--- RecursionError
def fibo(n):
    if n == 1:
        return 1
    return fibo(n - 1) + fibo(n - 2)
print(fibo(7))
#--- UnboundLocalError
total = 0
for i in range(3):
    total += i
def show():
    print("total", total)
    total = 0
show()
#--- UnboundLocalError
best = 0
def record(score):
    if score > best:
        best = score
record(10)
#--- no error
best = 0
def record(score):
    global best
    if score > best:
        best = score
record(10)
print(best)
#--- no error
cache = {}
def lookup(k):
    if k not in cache:
        cache[k] = len(k)
    return cache[k]
print(lookup("abc"))
#--- UnboundLocalError
cache = {}
def lookup(k):
    if k not in cache:
        cache = {}
    return cache[k]
print(lookup("abc"))
#--- UnboundLocalError
msg = "hi"
def shout():
    msg = msg.upper()
    return msg
print(shout())
#--- no error
msg = "hi"
def shout():
    loud = msg.upper()
    return loud
print(shout())
#--- no error
i = 5
def nxt():
    i += 1
    return i
print(i)
#--- UnboundLocalError
def sign(n):
    if n > 0:
        s = "+"
    if n < 0:
        s = "-"
    return s
print(sign(0))
#--- no error
def sign(n):
    if n > 0:
        s = "+"
    if n < 0:
        s = "-"
    return s
print(sign(-4))
#--- UnboundLocalError
def ticket(age):
    if age < 12:
        price = 5
    elif age < 65:
        price = 10
    print("Price:", price)
ticket(70)
#--- no error
def ticket(age):
    if age < 12:
        price = 5
    elif age < 65:
        price = 10
    else:
        price = 7
    print("Price:", price)
ticket(70)
`;
