/** Hand-written programs: functions, arguments, scopes, closures and recursion. */
export const seeds = String.raw`
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
`;
