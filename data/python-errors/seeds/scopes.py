# Local and global names, layout slips, typing slips.

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
#--- no error
for i in range(3):
    last = i
print(last, i)
#--- NameError
for i in []:
    last = i
print(last)
#--- NameError
if False:
    y = 1
print(y)
#--- no error
if True:
    y = 1
print(y)
#--- NameError
[k for k in range(3)]
print(k)
#--- no error
squares = [k * k for k in range(3)]
print(squares)
#--- no error
def f(x):
    x = x + 1
x = 1
f(x)
print(x)
#--- NameError
total = total + 1
#--- NameError
count += 1
#--- no error
count = 0
count += 1
print(count)
#--- NameError
print(result)
result = 5
#--- no error
result = 5
print(result)
#--- NameError
Print("hello")
#--- NameError
pritn("hello")
#--- NameError
prnt("hi")
#--- NameError
print(hello)
#--- SyntaxError
print(Hello World)
#--- NameError
user_name = "Kim"
print(username)
#--- NameError
userName = "Kim"
print(username)
#--- no error
firstName = "Kim"
lastName = "Lee"
print(firstName + " " + lastName)
#--- NameError
x = 10
y = 20
print(z)
#--- NameError
x = 10
y = 20
z = x + Y
#--- NameError
numbers = [1, 2, 3]
for number in number:
    print(number)
#--- NameError
numbers = [1, 2, 3]
for number in numbers:
    print(numbr)
#--- NameError
length = lenght([1, 2])
#--- NameError
total = summ([1, 2])
#--- NameError
num = input_number + 5
#--- NameError
if x > 3:
    print("x is big")
#--- no error
x = 4
if x > 3:
    print("x is big")
else:
    print("x is small")
#--- SyntaxError
x = 4
if x > 3:
    print("x is big")
else
    print("x is small")
#--- SyntaxError
x = 4
if x > 3:
    print("x is big")
    else:
    print("x is small")
#--- IndentationError
x = 4
if x > 3:
        print("a")
    print("b")
#--- IndentationError
x = 4
if x > 3:
    print("a")
      print("b")
#--- IndentationError
    x = 4
print(x)
#--- IndentationError
 print("hello")
#--- IndentationError
print("a")
  print("b")
#--- IndentationError
def f():
    return 1
   print(2)
#--- IndentationError
def f():
# nothing here yet
f()
#--- no error
def f():
    # nothing here yet
    pass
f()
#--- IndentationError
for i in range(3):
print(i)
#--- IndentationError
while True:
break
#--- no error
while True:
    break
print("out")
#--- IndentationError
for x in [1, 2]:
    for y in [3]:
    print(x, y)
#--- no error
for x in [1, 2]:
    for y in [3]:
        print(x, y)
#--- IndentationError
try:
x = 1
except:
    pass
#--- IndentationError
class A:
pass
#--- no error
class A:
    pass
print(A)
#--- IndentationError
def f(a):
    if a:
    return 1
print(f(1))
#--- no error
def f(a):
    if a:
        return 1
    return 0
print(f(1))
#--- no error
def f(a):
    total = 0
    for x in a:
        total += x
        return total
print(f([1, 2]))
#--- IndentationError
def f(a):
    total = 0
    for x in a:
        total += x
     return total
print(f([1, 2]))
#--- SyntaxError
break
#--- SyntaxError
continue
#--- no error
for i in range(3):
    pass
else:
    print("finished")
#--- SyntaxError
if 5 > 3 print("yes")
#--- no error
if 5 > 3: print("yes")
#--- SyntaxError
if (5 > 3:
    print("yes")
#--- SyntaxError
x = 5 if True else
#--- SyntaxError
x = 5 if True
#--- no error
x = 5 if True else 6
print(x)
#--- NameError
x == 5
print(x)
#--- SyntaxError
5 = x
#--- SyntaxError
x + 1 = 6
#--- SyntaxError
"a" = 1
#--- SyntaxError
x = 07
#--- no error
x = 1_000_000
print(x)
#--- no error
x = 1,000,000
print(x)
#--- SyntaxError
2x = 5
#--- SyntaxError
my-var = 5
#--- SyntaxError
my var = 5
#--- SyntaxError
class = "Math"
#--- SyntaxError
def = 3
#--- SyntaxError
import = 5
#--- SyntaxError
for = 1
#--- SyntaxError
None = 0
#--- SyntaxError
True = 0
#--- TypeError
print = 5
print("hi")
#--- SyntaxError
lambda = 4
#--- SyntaxError
from = "home"
#--- SyntaxError
x = (1, 2
y = 3
#--- SyntaxError
x = [1, 2
y = 3
#--- SyntaxError
x = {"a": 1
y = 3
#--- SyntaxError
x = "abc
y = 3
#--- SyntaxError
x = 'abc"
#--- SyntaxError
x = """abc
y = 3
#--- no error
x = """abc
def"""
print(len(x))
#--- SyntaxError
print('don't')
#--- no error
print('don\'t')
#--- SyntaxError
print("She said "hi"")
#--- no error
print('She said "hi"')
#--- SyntaxError
path = "C:\Users\bob"
#--- no error
path = r"C:\Users\bob"
print(path)
#--- no error
print("a" "b")
#--- no error
print("a", "b" "c")
#--- SyntaxError
print("a" b)
#--- SyntaxError
print(1 2)
#--- SyntaxError
print((1 + 2) * 3))
#--- SyntaxError
print(((1 + 2) * 3)
#--- SyntaxError
print(f"{x")
#--- SyntaxError
print(f"{}")
#--- no error
x = 3
print(f"{x}")
print(f"{x!r} {x:>5}|")
#--- NameError
x = 3
print(f"{y}")
#--- no error
x = 3
print("{x}")
#--- ValueError
x = "3"
print(f"{x:d}")
#--- no error
x = 3
print(f"{x:d} {x:.3f} {x:05}")
#--- SyntaxError
print("a" + )
#--- no error
x = + 5
print(x)
#--- SyntaxError
x = * 5
#--- SyntaxError
x = 5 +
#--- SyntaxError
x =
#--- no error
x = 3;
y = 4;
print(x, y)
#--- SyntaxError
int x = 5
#--- SyntaxError
var x = 5
#--- SyntaxError
x := 5
#--- no error
if (n := len("abc")) > 2:
    print(n)
#--- SyntaxError
x = 5 // this is a comment
#--- SyntaxError
/* comment */
x = 1
#--- no error
# just a comment
#--- no error
pass
#--- no error
...
#--- no error
"""docstring only"""
#--- SyntaxError
do:
    x = 1
while x < 5
#--- SyntaxError
switch x:
    case 1:
        print("one")
#--- no error
x = 1
match x:
    case 1:
        print("one")
    case _:
        print("other")
#--- SyntaxError
x = 1
if x == 1 {
    print("one")
}
#--- SyntaxError
if x == 1 then:
    print("one")
#--- SyntaxError
x = 5
if x > 3 && x < 10:
    print("between")
#--- no error
x = 5
if x > 3 and x < 10:
    print("between")
#--- no error
x = 5
if 3 < x < 10:
    print("between")
#--- SyntaxError
x = 5
if x > 3 and < 10:
    print("between")
#--- no error
x = 5
if not x == 5:
    print("no")
#--- SyntaxError
x = 5
if !(x == 5):
    print("no")
#--- SyntaxError
x = 5
if x <> 5:
    print("no")
#--- SyntaxError
x = 5
if x =! 5:
    print("no")
#--- SyntaxError
x = 5
if x => 5:
    print("yes")
#--- no error
x = 5
if x == 5 or 6:
    print("yes")
#--- no error
x = 5
x =+ 1
print(x)
#--- no error
x = 5
++x
print(x)
#--- SyntaxError
def f(x, x):
    return x
#--- SyntaxError
def f(1):
    return 1
#--- SyntaxError
def f("name"):
    print(name)
#--- SyntaxError
def (x):
    return x
#--- no error
def f(x) -> int:
    return x * 2
print(f(2))
#--- IndentationError
def f(x): int
    return x * 2
#--- SyntaxError
function f(x):
    return x
#--- SyntaxError
def f{x}:
    return x
#--- SyntaxError
define f(x):
    return x
#--- SyntaxError
f(x=1, 2)
#--- SyntaxError
print("a", sep="-", "b")
#--- no error
print("a", "b", sep="-", end="!\n")
#--- TypeError
print("a", seperator="-")
#--- NameError
del undefined_name
#--- NameError
x = [1, 2, 3]
del x
print(x)
#--- no error
exec("y = 5")
print(y)
#--- SyntaxError
eval("1 +")
#--- no error
print(eval("2 * 3"))
#--- NameError
eval("foo")
#--- no error
async def f():
    return 1
print(f.__name__)
#--- SyntaxError
await f()
#--- SyntaxError
yield 5
#--- no error
print(__name__ == "__main__")
#--- NameError
if __name__ == "__main__":
    main()
#--- no error
def main():
    print("hi")
if __name__ == "__main__":
    main()
#--- SyntaxError
def main():
    print("hi")
if __name__ = "__main__":
    main()
#--- NameError
def main():
    print("hi")
if name == "__main__":
    main()
