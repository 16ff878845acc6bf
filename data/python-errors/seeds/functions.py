# Functions, arguments, scopes, closures and recursion.

#--- no error
def greet(name):
    return "Hello, " + name

print(greet("Sam"))
#--- TypeError
def greet(name):
    return "Hello, " + name

print(greet())
#--- TypeError
def greet(name):
    return "Hello, " + name

print(greet(42))
#--- SyntaxError
def greet(name)
    print("Hello", name)
greet("Sam")
#--- IndentationError
def greet(name):
print("Hello", name)
greet("Sam")
#--- NameError
def greet(name):
    print("Hello", nme)

greet("Sam")
#--- no error
def greet(name):
    print("Hello", nme)
#--- NameError
greet("Sam")
def greet(name):
    print("Hello", name)
#--- TypeError
def add(a, b):
    a + b

print(add(1, 2) * 2)
#--- no error
def add(a, b):
    return a + b

print(add(1, 2) * 2)
#--- TypeError
def add(a, b):
    return a + b

print(add(1, 2, 3))
#--- no error
def add(a, b=10):
    return a + b
print(add(5), add(5, 6), add(b=1, a=2))
#--- SyntaxError
def add(a=10, b):
    return a + b
#--- TypeError
def power(base, exp=2):
    return base ** exp
print(power(exp=3))
#--- TypeError
def power(base, exp=2):
    return base ** exp
print(power(3, exponent=3))
#--- no error
def total(*args):
    return sum(args)
print(total(1, 2, 3))
#--- TypeError
def total(*args):
    return sum(args)
print(total([1, 2, 3]))
#--- no error
def show(**kwargs):
    for k, v in kwargs.items():
        print(k, v)
show(a=1, b=2)
#--- KeyError
def show(**kwargs):
    print(kwargs["title"])
show(name="x")
#--- TypeError
def show(*, title):
    print(title)
show("x")
#--- UnboundLocalError
counter = 0
def increment():
    counter += 1
increment()
print(counter)
#--- no error
counter = 0
def increment():
    global counter
    counter += 1
increment()
print(counter)
#--- no error
counter = 0
def increment():
    counter = 1
    return counter
increment()
print(counter)
#--- UnboundLocalError
x = 10
def show():
    print(x)
    x = 20
show()
#--- no error
x = 10
def show():
    print(x)
show()
#--- UnboundLocalError
def outer():
    count = 0
    def inner():
        count += 1
        return count
    return inner

f = outer()
print(f())
#--- no error
def outer():
    count = 0
    def inner():
        nonlocal count
        count += 1
        return count
    return inner

f = outer()
print(f(), f())
#--- UnboundLocalError
def check(n):
    if n > 0:
        result = "positive"
    return result

print(check(-5))
#--- no error
def check(n):
    if n > 0:
        result = "positive"
    else:
        result = "not positive"
    return result
print(check(-5))
#--- no error
def check(n):
    if n > 0:
        result = "positive"
    return result

print(check(5))
#--- no error
def factorial(n):
    if n == 0:
        return 1
    return n * factorial(n - 1)

print(factorial(5))
#--- RecursionError
def factorial(n):
    return n * factorial(n - 1)

print(factorial(5))
#--- RecursionError
def factorial(n):
    if n == 1:
        return 1
    return n * factorial(n - 1)

print(factorial(0))
#--- RecursionError
def factorial(n):
    if n == 0:
        return 1
    return n * factorial(n)
print(factorial(3))
#--- no error
def fib(n):
    if n <= 1:
        return n
    return fib(n - 1) + fib(n - 2)
print([fib(i) for i in range(10)])
#--- RecursionError
def fib(n):
    return fib(n - 1) + fib(n - 2)
print(fib(10))
#--- SyntaxError
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2
print(fib(10))
#--- RecursionError
def countdown(n):
    print(n)
    countdown(n - 1)

countdown(3)
#--- no error
def countdown(n):
    if n < 0:
        return
    print(n)
    countdown(n - 1)

countdown(3)
#--- no error
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(48, 18))
#--- no error
def gcd(a, b):
    if b == 0:
        return a
    return gcd(b, a % b)
print(gcd(48, 18))
#--- ZeroDivisionError
def gcd(a, b):
    return gcd(b, a % b)
print(gcd(48, 18))
#--- RecursionError
def is_even(n):
    if n == 0:
        return True
    return is_odd(n - 1)

def is_odd(n):
    return is_even(n - 1)
print(is_even(7))
#--- TypeError
def is_even(n): return n % 2 == 0
print(is_even("4"))
#--- ZeroDivisionError
def divide(a, b):
    return a / b

print(divide(10, 2))
print(divide(5, 0))
#--- no error
def divide(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        return None

print(divide(5, 0))
#--- ZeroDivisionError
def average(nums):
    return sum(nums) / len(nums)
print(average([]))
#--- no error
def average(nums):
    if not nums:
        return 0
    return sum(nums) / len(nums)
print(average([]))
#--- no error
def average(*nums):
    return sum(nums) / len(nums)
print(average(4, 5, 9))
#--- no error
square = lambda x: x * x
print(square(4))
#--- TypeError
square = lambda x: x * x
print(square(4, 5))
#--- SyntaxError
square = lambda x: return x * x
print(square(4))
#--- TypeError
square = lambda x: x * x
print(square("4"))
#--- no error
def make_adder(n):
    def adder(x):
        return x + n
    return adder
add5 = make_adder(5)
print(add5(3))
#--- TypeError
def make_adder(n):
    def adder(x):
        return x + n
add5 = make_adder(5)
print(add5(3))
#--- no error
def append_to(item, target=[]):
    target.append(item)
    return target
append_to(1)
print(append_to(2))
#--- no error
def get_max(lst):
    biggest = lst[0]
    for v in lst:
        if v > biggest:
            biggest = v
    return biggest
print(get_max([3, 8, 2]))
#--- IndexError
def get_max(lst):
    biggest = lst[0]
    for v in lst:
        if v > biggest:
            biggest = v
    return biggest
print(get_max([]))
#--- UnboundLocalError
def get_max(lst):
    for v in lst:
        if v > biggest:
            biggest = v
    return biggest
print(get_max([3, 8, 2]))
#--- no error
def split_name(full):
    first, last = full.split(" ")
    return first, last
print(split_name("Ada Lovelace"))
#--- ValueError
def split_name(full):
    first, last = full.split(" ")
    return first, last
print(split_name("Madonna"))
#--- no error
def stats(values):
    return min(values), max(values)
low, high = stats([4, 9, 1])
print(low, high)
#--- ValueError
def stats(values):
    return min(values), max(values)
low, high, mean = stats([4, 9, 1])
#--- TypeError
def area(w, h):
    return w * h
print("Area: " + area(3, 4))
#--- no error
def area(w, h):
    return w * h
print("Area: " + str(area(3, 4)))
#--- SyntaxError
def area(w, h):
    return w * h
print("Area:", area(3 4))
#--- AttributeError
def say_hi():
    print("hi")
say_hi().upper()
#--- no error
def say_hi():
    print("hi")
say_hi
#--- NameError
def compute():
    val = 3
    return val
compute()
print(val)
#--- TypeError
def apply(f, x):
    return f(x)
print(apply(abs, -3))
print(apply("abs", -3))
#--- no error
def apply_twice(f, x):
    return f(f(x))
print(apply_twice(lambda s: s + "!", "hey"))
#--- no error
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
print(ack(2, 2))
#--- no error
def flatten(lst):
    out = []
    for x in lst:
        if isinstance(x, list):
            out.extend(flatten(x))
        else:
            out.append(x)
    return out
print(flatten([1, [2, [3]]]))
#--- TypeError
def flatten(lst):
    out = []
    for x in lst:
        out.extend(flatten(x))
    return out
print(flatten([1, [2, [3]]]))
#--- RecursionError
def reverse(s):
    return reverse(s[1:]) + s[0]
print(reverse("hello"))
#--- no error
def reverse(s):
    if s == "":
        return s
    return reverse(s[1:]) + s[0]
print(reverse("hello"))
#--- IndexError
def sum_list(l):
    return l[0] + sum_list(l[1:])
print(sum_list([1, 2, 3]))
#--- no error
def sum_list(l):
    if not l: return 0
    return l[0] + sum_list(l[1:])
print(sum_list([1, 2, 3]))
#--- IndentationError
def hello():
return "hello"
print(hello())
#--- IndentationError
def f(x):
    y = x + 1
     return y
print(f(1))
#--- IndentationError
def f(x):
    y = x + 1
  return y
print(f(1))
#--- no error
def f():
    pass
x = f()
print(x is None)
#--- TypeError
def f(x):
    return x[0]
print(f(5))
#--- no error
def f(x): return x.strip().lower()
print(f("  ABC "))
#--- AttributeError
def f(x): return x.strip().lower()
print(f(None))
#--- SyntaxError
return 5
#--- TypeError
def f():
    yield 1
print(f() + 1)
