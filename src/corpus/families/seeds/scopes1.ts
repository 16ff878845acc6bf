/** Hand-written programs: local and global names, layout slips, typing slips. */
export const seeds = String.raw`
#--- UnboundLocalError
score = 0
def add_points(points):
    score = score + points
    return score
print(add_points(10))
#--- no error
score = 0
def add_points(points):
    global score
    score = score + points
    return score
print(add_points(10))
#--- no error
score = 0
def add_points(score, points):
    score = score + points
    return score
print(add_points(score, 10))
#--- UnboundLocalError
lives = 3

def lose_life():
    lives -= 1
    print("Lives left:", lives)

lose_life()
#--- no error
lives = 3

def lose_life():
    print("Lives left:", lives)

lose_life()
#--- no error
lives = 3

def lose_life():
    lives -= 1
    print("Lives left:", lives)
#--- UnboundLocalError
def main():
    print(message)
    message = "hello"
main()
#--- no error
def main():
    message = "hello"
    print(message)
main()
#--- UnboundLocalError
def get_discount(price):
    if price > 100:
        discount = 10
    elif price > 50:
        discount = 5
    return price - discount
print(get_discount(20))
#--- no error
def get_discount(price):
    if price > 100:
        discount = 10
    elif price > 50:
        discount = 5
    else:
        discount = 0
    return price - discount
print(get_discount(20))
#--- no error
def get_discount(price):
    if price > 100:
        discount = 10
    elif price > 50:
        discount = 5
    return price - discount
print(get_discount(60))
#--- UnboundLocalError
def find(items, target):
    for i in range(len(items)):
        if items[i] == target:
            index = i
    return index
print(find([1, 2, 3], 4))
#--- no error
def find(items, target):
    for i in range(len(items)):
        if items[i] == target:
            index = i
    return index
print(find([1, 2, 3], 2))
#--- no error
def find(items, target):
    index = -1
    for i in range(len(items)):
        if items[i] == target:
            index = i
    return index
print(find([1, 2, 3], 4))
#--- UnboundLocalError
def last(items):
    for item in items:
        pass
    return item
print(last([]))
#--- no error
def last(items):
    for item in items:
        pass
    return item
print(last([1, 2]))
#--- UnboundLocalError
def total(prices):
    for p in prices:
        sum += p
    return sum
print(total([1, 2]))
#--- no error
def total(prices):
    sum = 0
    for p in prices:
        sum += p
    return sum
print(total([1, 2]))
#--- UnboundLocalError
def longest(words):
    for w in words:
        if len(w) > len(best):
            best = w
    return best
print(longest(["a", "bbb"]))
#--- no error
def longest(words):
    best = ""
    for w in words:
        if len(w) > len(best):
            best = w
    return best
print(longest(["a", "bbb"]))
#--- no error
names = ["a"]
def add(name):
    names.append(name)
add("b")
print(names)
#--- UnboundLocalError
names = ["a"]
def add(name):
    names += [name]
add("b")
print(names)
#--- UnboundLocalError
names = ["a"]
def add(name):
    names = names + [name]
add("b")
#--- UnboundLocalError
total = 5
def show():
    del total
show()
#--- UnboundLocalError
def f():
    x = 1
    del x
    print(x)
f()
#--- UnboundLocalError
def f():
    try:
        value = int("x")
    except ValueError:
        print("bad")
    return value
f()
#--- no error
def f():
    try:
        value = int("x")
    except ValueError:
        value = 0
    return value
print(f())
#--- FileNotFoundError
def f():
    with open("x.txt") as fh:
        data = fh.read()
    return data
f()
#--- UnboundLocalError
def f(flag):
    if flag:
        import math
    return math.pi
f(False)
#--- no error
def f(flag):
    if flag:
        import math
    return math.pi
print(f(True))
#--- UnboundLocalError
def f():
    while False:
        n = 1
    print(n)
f()
#--- UnboundLocalError
def f():
    e = 5
    try:
        1 / 0
    except ZeroDivisionError as e:
        pass
    print(e)
f()
#--- no error
def max(a, b):
    if a > b:
        return a
    return b
print(max(1, 2))
#--- UnboundLocalError
def greet():
    name = name.upper()
    print(name)
name = "bob"
greet()
#--- no error
def greet(name):
    name = name.upper()
    print(name)
name = "bob"
greet(name)
#--- UnboundLocalError
def outer():
    x = 1
    def inner():
        print(x)
        x = 2
    inner()
outer()
#--- NameError
def outer():
    x = 1
    def inner():
        print(x)
    inner()
outer()
print(x)
#--- no error
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
c = counter()
c()
print(c())
#--- UnboundLocalError
def counter():
    n = 0
    def step():
        n += 1
        return n
    return step
c = counter()
print(c())
#--- SyntaxError
nonlocal x
#--- SyntaxError
x = 5
def f():
    nonlocal x
    x = 6
f()
#--- SyntaxError
def f():
    print(x)
    global x
x = 1
#--- no error
def f():
    global brand_new
    brand_new = 7
f()
print(brand_new)
#--- NameError
def f():
    brand_new = 7
f()
print(brand_new)
`;
