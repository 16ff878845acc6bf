/** Hand-written programs: functions, arguments, scopes, closures and recursion. */
export const seeds = String.raw`
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
`;
