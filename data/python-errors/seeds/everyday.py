# Short everyday snippets, mostly correct, as in questions and tutorials.

#--- no error
x = 5
print(x)
#--- no error
print(2 + 3 * 4)
#--- no error
print((2 + 3) * 4 / 2)
#--- no error
print(10 % 3, -7 // 2, 2 ** 8)
#--- no error
x = 3
x += 2
x *= 4
print(x)
#--- no error
name = 'Sam'
age = 20
print(name, 'is', age)
#--- TypeError
name = 'Sam'
age = 20
print(name + ' is ' + age)
#--- no error
name = 'Sam'
age = 20
print('%s is %d' % (name, age))
#--- no error
width = 7
height = 2.5
area = width * height
print("Area is " + str(area))
#--- no error
nums = [3, 6, 9]
print(nums[0] + nums[1] + nums[2])
#--- no error
nums = [3, 6, 9]
nums[1] = 60
nums.append(12)
print(nums, len(nums))
#--- IndexError
nums = [3, 6, 9]
nums[3] = 12
#--- no error
a = [1, 2]
b = a
b.append(3)
print(a)
#--- no error
a = [1, 2]
b = a[:]
b.append(3)
print(a == b)
#--- no error
total = 0
numbers = [4, 8, 15]
for n in numbers:
    total = total + n
print("sum:", total)
#--- TypeError
total = 0
numbers = [4, 8, "15"]
for n in numbers:
    total = total + n
print("sum:", total)
#--- TypeError
total = ""
numbers = [4, 8, 15]
for n in numbers:
    total = total + n
#--- no error
i = 1
while i <= 5:
    print(i * i)
    i += 1
#--- no error
i = 10
while i > 0:
    i -= 3
    if i % 2 == 0:
        continue
    print(i)
#--- no error
for i in range(10, 0, -2):
    print(i, end=" ")
#--- no error
for i in range(1, 4):
    for j in range(1, 4):
        print(i * j, end="\t")
    print()
#--- TypeError
for i in range(0, 1, 0.1):
    print(i)
#--- ValueError
for i in range(3, 0, 0):
    print(i)
#--- no error
for letter in "abc":
    print(letter.upper())
#--- no error
for key in {"a": 1}:
    print(key)
#--- no error
for a, b in [(1, 2), (3, 4)]:
    print(a + b)
#--- ValueError
for a, b in [(1, 2), (3, 4, 5)]:
    print(a + b)
#--- TypeError
for a, b in [1, 2]:
    print(a + b)
#--- no error
for i in range(5):
    if i == 3:
        break
    print(i)
#--- TypeError
for x in None:
    print(x)
#--- TypeError
for x in 12345:
    print(x)
#--- no error
for x in str(12345):
    print(x)
#--- TypeError
for i in range(2.5):
    print(i)
#--- no error
n = 4
print("even" if n % 2 == 0 else "odd")
#--- no error
a, b = 5, 8
if a > b:
    print("a")
elif a == b:
    print("same")
else:
    print("b")
#--- no error
age = 17
can_vote = age >= 18
print(can_vote, not can_vote)
#--- TypeError
age = "17"
if age >= 18:
    print("adult")
#--- no error
age = "17"
if int(age) >= 18:
    print("adult")
else:
    print("minor")
#--- no error
x = True
y = False
print(x and y, x or y, not x)
#--- no error
x = []
if not x:
    print("empty")
#--- no error
x = None
if x is None:
    print("nothing")
#--- TypeError
x = None
if x > 0:
    print("positive")
#--- TypeError
x = None
print(len(x))
#--- AttributeError
x = 5
print(x.append(6))
#--- TypeError
x = 5
print(x[0])
#--- TypeError
x = 5
x()
#--- no error
x = "5"
print(x * 3, int(x) * 3)
#--- TypeError
x = "5"
y = x + 2
#--- TypeError
x = "5"
y = x ** 2
#--- no error
x = 5
y = "2"
print(x * y)
#--- TypeError
x = 5
y = "2"
print(x / y)
#--- TypeError
x = 5
y = "2"
print(x - y)
#--- no error
x = 1, 2
print(x)
#--- TypeError
x = 1,
print(x + 2)
#--- no error
x = (5)
print(x + 2)
#--- no error
x = [1, 2, 3]
y = [v * 10 for v in x if v > 1]
print(y)
#--- no error
x = [1, 2, 3]
y = {v: v ** 2 for v in x}
print(y[3])
#--- KeyError
x = [1, 2, 3]
y = {v: v ** 2 for v in x}
print(y[4])
#--- no error
x = [1, 2, 3]
x.insert(0, 99)
x.pop()
print(x)
#--- IndexError
x = [1, 2, 3]
print(x.pop(5))
#--- no error
x = ["b", "a"]
x.sort()
print(x[0])
#--- TypeError
x = ["b", "a", None]
x.sort()
#--- TypeError
x = ["b", "a", 3]
print(sorted(x))
#--- no error
x = [3, 1, 2]
x.sort(reverse=True)
print(x)
#--- TypeError
x = [3, 1, 2]
x.sort(lambda a, b: a - b)
#--- AttributeError
x = [3, 1, 2]
print(x.sorted())
#--- no error
x = [3, 1, 2]
print(min(x), max(x), sum(x))
#--- AttributeError
x = [3, 1, 2]
print(x.max())
#--- AttributeError
x = [3, 1, 2]
print(x.length)
#--- AttributeError
x = [3, 1, 2]
print(x.size())
#--- NameError
x = [3, 1, 2]
print(mean(x))
#--- SyntaxError
x = [3, 1, 2]
print(len x)
#--- SyntaxError
x = [3, 1, 2]
print(x[0:2]
#--- no error
x = [3, 1, 2]
print(x[:-1], x[1:], x[::-1])
#--- TypeError
x = [3, 1, 2]
print(x[0][0])
#--- no error
x = [3, 1, 2]
a, b, c = x
print(a + b + c)
#--- ValueError
x = [3, 1, 2]
a, b = x
#--- no error
x = [[1, 2], [3, 4]]
print(x[1][0])
#--- IndexError
x = [[1, 2], [3, 4]]
print(x[2][0])
#--- TypeError
x = [[1, 2], [3, 4]]
print(sum(x))
#--- no error
x = [[1, 2], [3, 4]]
print(sum(sum(r) for r in x))
#--- no error
x = [[1, 2], [3, 4]]
print(sum(x, []))
#--- no error
x = [1, 2] * 2
print(x)
#--- no error
x = [1, 2] + [3]
print(x)
#--- TypeError
x = [1, 2] + 3
#--- TypeError
x = [1, 2] + "3"
#--- no error
x = [1, 2] + list("3")
print(x)
#--- no error
x = [1, 2]
x += "ab"
print(x)
#--- TypeError
x = [1, 2]
x = x.append(3)
print(x[0])
#--- no error
x = [1, 2]
x = x.append(3)
print(x)
#--- AttributeError
x = [1, 2]
x = x.append(3)
x.append(4)
#--- TypeError
x = [1, 2]
x = x.append(3)
for v in x:
    print(v)
#--- no error
x = [1, 2]
print("x is " + str(x))
#--- TypeError
x = [1, 2]
print("x is " + x)
#--- no error
x = {1, 2}
y = {2, 3}
print(x | y, x & y)
#--- TypeError
x = {1, 2}
y = {2, 3}
print(x + y)
#--- TypeError
x = {1, 2}
x[0] = 5
#--- no error
x = {"a": 1}
x["b"] = 2
print(x)
#--- KeyError
x = {"a": 1}
print(x["b"])
#--- no error
x = {"a": 1}
print(x.get("b"))
#--- TypeError
x = {"a": 1}
print(x.get("b") + 1)
#--- no error
x = {"a": 1}
print(x.get("b", 0) + 1)
#--- AttributeError
x = {"a": 1}
print(x.a)
#--- TypeError
x = {"a": 1}
print(x("a"))
#--- TypeError
x = {"a": 1}
print(x["a"]["b"])
#--- no error
x = {"a": {"b": 2}}
print(x["a"]["b"])
#--- IndexError
x = {"a": [1, 2]}
print(x["a"][2])
#--- no error
x = {"a": [1, 2]}
print(x["a"][-1])
#--- SyntaxError
x = {"a" = 1}
#--- SyntaxError
x = {"a": 1, "b"}
#--- no error
x = {"a": 1,
     "b": 2,
}
print(len(x))
#--- no error
x = {"a", 1}
print("a" in x)
#--- KeyError
x = dict()
x["k"] += 1
#--- no error
x = dict()
x["k"] = x.get("k", 0) + 1
print(x)
#--- no error
x = dict(a=1)
for k, v in x.items():
    print(k, v)
#--- AttributeError
x = dict(a=1)
for k, v in x.item():
    print(k, v)
#--- no error
x = dict(a=1)
for k, v in enumerate(x):
    print(k, v)
#--- TypeError
x = dict(a=1)
print(x.keys() + ["b"])
#--- no error
x = dict(a=1)
print(list(x.keys()) + ["b"])
#--- no error
x = (1, 2, 3)
print(x[1], x[-1])
#--- IndexError
x = (1, 2, 3)
print(x[3])
#--- TypeError
x = (1, 2, 3)
x[1] = 5
#--- no error
x = (1, 2, 3)
x += (4,)
print(x)
#--- TypeError
x = (1, 2, 3)
x += 4
#--- AttributeError
x = (1, 2, 3)
x.sort()
#--- no error
x = (1, 2, 3)
print(sorted(x, reverse=True))
#--- TypeError
x = (1, 2, 3)
del x[0]
#--- no error
x = "hello"
print(x[0])
#--- IndexError
x = "hello"
print(x[5])
#--- TypeError
x = "hello"
x[0] = "j"
#--- no error
x = "hello"
print(x.replace("l", "L"))
#--- AttributeError
x = "hello"
print(x.reverse())
#--- no error
x = "hello"
print(x[::-1])
#--- no error
x = "hello"
print(len(x) + 1)
#--- TypeError
x = "hello"
print(len(x) + "1")
#--- no error
x = "hello"
print(x + str(1))
#--- no error
x = "hello"
print(x, 1)
#--- SyntaxError
x = "hello
print(x)
#--- NameError
x = hello
print(x)
#--- SyntaxError
x = 'hello"
print(x)
#--- no error
x = "hello" + 'world'
print(x)
#--- AttributeError
x = "hello", "world"
print(x.upper())
#--- no error
x = "hello world".split()
print(x[1])
#--- AttributeError
x = "hello world".split()
print(x.upper())
#--- IndexError
x = "hello world".split()
print(x[2])
#--- TypeError
x = "1 2 3".split()
print(sum(x))
#--- no error
x = "1 2 3".split()
print(sum(map(int, x)))
#--- ValueError
x = "1 2 three".split()
print(sum(map(int, x)))
#--- no error
x, y = "1 2".split()
print(x + y)
#--- no error
x, y = map(int, "1 2".split())
print(x + y)
#--- ValueError
x, y = map(int, "1 2 3".split())
print(x + y)
#--- ValueError
x, y = map(int, "1,2".split())
print(x + y)
#--- no error
x = input_value = "3"
print(int(x) + int(input_value))
#--- no error
x = float("2.50")
print(f"{x:.1f}")
#--- no error
x = int(3.99)
print(x)
#--- ValueError
x = int("3.99")
print(x)
#--- no error
x = round(2.5)
print(x, round(3.14159, 3))
#--- TypeError
x = round("2.5")
#--- no error
x = abs(-3) + pow(2, 3)
print(x)
#--- TypeError
x = abs("-3")
#--- TypeError
x = max(3, "7")
#--- no error
x = max("apple", "fig", key=len)
print(x)
#--- no error
x = 0.1 + 0.2
print(x == 0.3)
#--- ZeroDivisionError
x = 7 / 0
#--- ZeroDivisionError
x = 7 % 0
#--- ZeroDivisionError
x = 7 // 0.0
#--- no error
x = 0 / 7
print(x)
#--- ZeroDivisionError
x = 10
y = 0
print(x / y)
#--- no error
x = 10
y = 0
if y != 0:
    print(x / y)
else:
    print("cannot divide")
#--- ZeroDivisionError
x = 10
y = 5 - 5
print(x % y)
#--- ZeroDivisionError
x = 10
for y in range(3):
    print(x / y)
#--- no error
x = 10
for y in range(1, 3):
    print(x / y)
#--- ZeroDivisionError
x = 10
for y in [5, 2, 0, 1]:
    print(x // y)
#--- no error
def f(x):
    return x * 2
print(f(4))
#--- no error
def f(x):
    return x * 2
print(f("ab"))
#--- TypeError
def f(x):
    return x * 2
print(f())
#--- TypeError
def f(x):
    return x * 2
print(f(1, 2))
#--- TypeError
def f(x):
    return x / 2
print(f("ab"))
#--- no error
def f(x):
    return x / 2
print(f(5) + f(7))
#--- TypeError
def f(x):
    x * 2
print(f(4) + 1)
#--- TypeError
def f(x):
    print(x * 2)
y = f(4)
print(y + 1)
#--- no error
def f(x):
    print(x * 2)
y = f(4)
print(y)
#--- SyntaxError
def f(x)
    return x
print(f(1))
#--- IndentationError
def f(x):
return x
print(f(1))
#--- SyntaxError
def f(x):
    return x
print(f(1)
#--- NameError
def f(x):
    return y
print(f(1))
#--- NameError
def f(x):
    y = x + 1
f(1)
print(y)
#--- no error
def f(x):
    y = x + 1
    return y
y = f(1)
print(y)
#--- no error
def f(a, b):
    return a, b
x, y = f(1, 2)
print(y, x)
#--- TypeError
def f(a, b):
    return a, b
x, y = f(1)
#--- no error
def f(a, b=[]):
    b.append(a)
    return b
print(f(1), f(2))
#--- no error
def f(*nums):
    return max(nums)
print(f(3, 9, 2))
#--- ValueError
def f(*nums):
    return max(nums)
print(f())
#--- no error
def f(**opts):
    return opts["size"]
print(f(size=3))
#--- KeyError
def f(**opts):
    return opts["size"]
print(f(color="red"))
#--- no error
def f(n):
    if n == 0:
        return 0
    return n + f(n - 1)
print(f(10))
#--- RecursionError
def f(n):
    if n == 0:
        return 0
    return n + f(n - 1)
print(f(-1))
#--- RecursionError
def f(n):
    return n + f(n - 1)
print(f(10))
#--- TypeError
def f(n):
    if n == 0:
        return 0
    n + f(n - 1)
print(f(3) + 1)
#--- TypeError
def f(n):
    if n > 0:
        return n + f(n - 1)
print(f(3))
#--- no error
def f(n):
    if n > 0:
        return f(n - 1)
print(f(3))
#--- RecursionError
def f(n):
    if n > 0:
        return f(n + 1)
print(f(3))
#--- no error
def f():
    f()
#--- RecursionError
def f():
    f()
f()
#--- RecursionError
def f(): return g()
def g(): return f()
f()
#--- no error
def f(): return g()
def g(): return 1
print(f())
#--- NameError
def f(): return g()
f()
#--- no error
f = lambda n: 1 if n == 0 else n * f(n - 1)
print(f(5))
#--- RecursionError
f = lambda n: n * f(n - 1)
print(f(5))
#--- no error
f = lambda x, y: x + y
print(f(1, 2))
#--- TypeError
f = lambda x, y: x + y
print(f(1))
#--- no error
f = lambda: 42
print(f() + 1)
#--- no error
f = lambda x: x.upper()
print(list(map(f, ["a", "b"])))
#--- AttributeError
f = lambda x: x.upper()
print(list(map(f, ["a", 1])))
#--- no error
class A:
    x = 1
a = A()
a.x = 5
print(A.x, a.x)
#--- AttributeError
class A:
    def f(self):
        return self.x
a = A()
print(a.f())
#--- no error
class A:
    def f(self):
        return 1
print(A().f())
#--- TypeError
class A:
    def f(self):
        return 1
print(A.f())
#--- TypeError
class A:
    def f():
        return 1
print(A().f())
#--- NameError
class A:
    def f(self):
        return g()
print(A().f())
#--- no error
class A:
    def f(self):
        return self.g()
    def g(self):
        return 2
print(A().f())
#--- no error
class A:
    def __init__(self, x):
        self.x = x
print(A(3).x)
#--- TypeError
class A:
    def __init__(self, x):
        self.x = x
print(A().x)
#--- AttributeError
class A:
    def __init__(self, x):
        self.x = x
print(A(3).y)
#--- AttributeError
class A:
    def __init__(self, x):
        x = x
print(A(3).x)
#--- TypeError
class A:
    def __init__(x):
        self.x = x
A(3)
#--- TypeError
class A:
    def __init(self, x):
        self.x = x
A(3)
#--- AttributeError
class A:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return self.x == other.x
print(A(1) == A(1))
print(A(1) == 1)
#--- no error
class A:
    def __init__(self, x):
        self.x = x
    def __lt__(self, other):
        return self.x < other.x
print([a.x for a in sorted([A(3), A(1)])])
#--- no error
class A:
    pass
class B(A):
    pass
print(isinstance(B(), A), issubclass(A, B))
#--- AttributeError
class A:
    pass
A.method()
#--- TypeError
class A:
    pass
print(A() + A())
#--- TypeError
class A:
    pass
print(len(A()))
#--- TypeError
class A:
    pass
A()()
#--- no error
class A:
    def __call__(self, n):
        return n + 1
print(A()(4))
#--- NameError
class B(A):
    pass
#--- no error
class A(object):
    def __init__(self):
        self.items = []
    def add(self, item):
        self.items.append(item)
a = A()
a.add(1)
print(a.items)
#--- TypeError
class A(object):
    def __init__(self):
        self.items = []
    def add(self, item):
        self.items.append(item)
a = A
a.add(1)
#--- NameError
class A(object):
    items = []
    def add(self, item):
        items.append(item)
A().add(1)
