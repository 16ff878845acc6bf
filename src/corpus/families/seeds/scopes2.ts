/** Hand-written programs: local and global names, layout slips, typing slips. */
export const seeds = String.raw`
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
`;
