/** Hand-written programs: short everyday snippets, mostly correct, as in questions and tutorials. */
export const seeds = String.raw`
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
`;
