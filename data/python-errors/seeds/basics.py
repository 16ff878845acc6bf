# Strings, numbers, printing and types, as beginners type them.

#--- no error
name = "Alice"
age = 30
print("My name is " + name + " and I am " + str(age))
#--- TypeError
age = 25
print("You are " + age + " years old")
#--- TypeError
x = 5
y = "10"
print(x + y)
#--- no error
x = 5
y = "10"
print(x + int(y))
#--- ValueError
num = int("12.5")
print(num)
#--- no error
num = float("12.5")
print(num * 2)
#--- no error
print("Hello, World!")
#--- SyntaxError
print("Hello, World!)
#--- SyntaxError
print "Hello, World!"
#--- SyntaxError
print("hello"
#--- SyntaxError
message = 'It's a nice day'
print(message)
#--- no error
message = "It's a nice day"
print(message.upper())
#--- no error
first = "Ada"
last = "Lovelace"
full = first + " " + last
print(full.title(), len(full))
#--- TypeError
temp = 36.6
print("Temperature: " + temp)
#--- no error
temp = 36.6
print("Temperature: %.1f" % temp)
#--- TypeError
print("Total: %d" % "12")
#--- no error
print("Total: %d items" % 12)
#--- TypeError
print("%s is %d years old" % ("Bob"))
#--- IndexError
print("{} and {}".format("salt"))
#--- no error
print("{} and {}".format("salt", "pepper"))
#--- no error
print("{name} likes {food}".format(name="Eve", food="pizza"))
#--- KeyError
print("{name} likes {food}".format(name="Eve"))
#--- no error
price = 19.99
qty = 3
total = price * qty
print(f"Total: {total:.2f}")
#--- ValueError
price = "19.99"
print(f"Price: {price:.2f}")
#--- IndexError
word = "python"
print(word[0], word[-1], word[10])
#--- no error
word = "python"
print(word[::-1])
print(word[1:4])
#--- TypeError
s = "hello"
s[0] = "J"
print(s)
#--- no error
s = "hello"
s = "J" + s[1:]
print(s)
#--- ZeroDivisionError
a = 10
b = 0
print(a / b)
#--- no error
a = 10
b = 3
print(a // b, a % b, a ** b)
#--- ZeroDivisionError
count = 0
total = 150
average = total / count
print("Average:", average)
#--- no error
scores = [90, 85, 77]
average = sum(scores) / len(scores)
print("Average:", average)
#--- ZeroDivisionError
scores = []
average = sum(scores) / len(scores)
print("Average:", average)
#--- SyntaxError
x = 10
if x > 5
    print("big")
#--- IndentationError
x = 10
if x > 5:
print("big")
#--- no error
x = 10
if x > 5:
    print("big")
else:
    print("small")
#--- SyntaxError
x = 10
if x = 5:
    print("five")
#--- IndentationError
x = 7
if x % 2 == 0:
    print("even")
  else:
    print("odd")
#--- IndentationError
x = 3
  y = 4
print(x + y)
#--- NameError
my_var = 42
print(my_Var)
#--- NameError
total = 0
for i in range(5):
    totl += i
print(total)
#--- no error
total = 0
for i in range(1, 11):
    total += i
print(total)
#--- SyntaxError
for i in range(10)
    print(i)
#--- TypeError
for i in 10:
    print(i)
#--- TypeError
for i in range("5"):
    print(i)
#--- TypeError
for i in len([1, 2, 3]):
    print(i)
#--- no error
n = 5
while n > 0:
    print(n)
    n -= 1
print("Liftoff!")
#--- SyntaxError
n = 5
while n > 0:
    print(n)
    n--
#--- SyntaxError
i = 0
while i < 3:
    print(i)
    i++
print("done")
#--- no error
a, b = 1, 2
a, b = b, a
print(a, b)
#--- ValueError
a, b = 1, 2, 3
print(a, b)
#--- ValueError
a, b, c = "hi"
print(a)
#--- ValueError
x, y, z = 1, 2
#--- no error
first, *rest = [1, 2, 3, 4]
print(first, rest)
#--- no error
print(type(5), type("5"), type(5.0))
#--- TypeError
print(len(12345))
#--- no error
print(len(str(12345)))
#--- ValueError
print(int("abc"))
#--- no error
print(int("0x1f", 16), int("101", 2))
#--- ValueError
print(int("2", 2))
#--- no error
print(round(3.14159, 2))
print(abs(-7), max(3, 9, 2), min(4, 1))
#--- ValueError
print(max([]))
#--- TypeError
print(max(5))
#--- no error
print(min([3, 1, 2]), sum([1, 2, 3]))
#--- TypeError
print(sum(["a", "b"]))
#--- no error
print("ha" * 3)
#--- TypeError
print("ha" * "3")
#--- TypeError
print("ha" * 2.0)
#--- TypeError
print("5" - 2)
#--- no error
print(5 + True)
#--- TypeError
print("abc" < 5)
#--- no error
print("apple" < "banana")
#--- NameError
is_raining = true
if is_raining:
    print("Take an umbrella")
#--- no error
is_raining = True
if is_raining:
    print("Take an umbrella")
#--- TypeError
value = None
print(value + 1)
#--- AttributeError
value = None
print(value.upper())
#--- NameError
value = null
print(value)
#--- TypeError
result = print("hi")
print(result + "!")
#--- IndexError
text = "the quick brown fox"
words = text.split()
print(len(words))
print(words[4])
#--- no error
text = "the quick brown fox"
words = text.split()
for w in words:
    print(w.capitalize(), end=" ")
print()
#--- no error
text = "a,b,c"
print(text.split(",")[1])
#--- no error
text = "banana"
print(text.count("a"), text.find("z"), text.index("n"))
#--- ValueError
text = "banana"
print(text.index("z"))
#--- AttributeError
text = "banana"
print(text.length())
#--- AttributeError
text = "banana"
print(text.contains("an"))
#--- no error
text = "banana"
print("an" in text)
#--- AttributeError
text = "banana"
text.append("s")
#--- AttributeError
text = "banana"
print(text.push("s"))
#--- no error
print(",".join(["a", "b", "c"]))
#--- TypeError
print(",".join([1, 2, 3]))
#--- no error
print(", ".join(str(n) for n in [1, 2, 3]))
#--- AttributeError
print(["a", "b"].join("-"))
#--- no error
email = "user@example.com"
user, domain = email.split("@")
print(user)
print(domain)
#--- ValueError
email = "user.example.com"
user, domain = email.split("@")
print(user)
