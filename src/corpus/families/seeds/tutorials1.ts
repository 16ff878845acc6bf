/** Hand-written programs: commented, typed, docstringed and modern Python, as in tutorials and pull requests. */
export const seeds = String.raw`
#--- no error
# Program to check if a number is positive
num = 7

if num > 0:
    print("Positive number")
elif num == 0:
    print("Zero")
else:
    print("Negative number")
#--- TypeError
# Program to check if a number is positive
num = "7"

if num > 0:
    print("Positive number")
elif num == 0:
    print("Zero")
#--- no error
# Add two numbers
num1 = 1.5
num2 = 6.3

# Display the sum
print('The sum of {0} and {1} is {2}'.format(num1, num2, num1 + num2))
#--- IndexError
# Add two numbers
num1 = 1.5
num2 = 6.3

# Display the sum
print('The sum of {0} and {1} is {2}'.format(num1, num2))
#--- no error
# Swap variables
x = 5
y = 10
temp = x
x = y
y = temp
print('x:', x, 'y:', y)
#--- no error
# multiplication table
num = 12
for i in range(1, 11):
    print(num, 'x', i, '=', num * i)
#--- TypeError
# multiplication table
num = 12
for i in range(1, 11):
    print(num + ' x ' + i + ' = ' + num * i)
#--- no error
# sum of natural numbers
num = 16
if num < 0:
    print("Enter a positive number")
else:
    sum = 0
    while num > 0:
        sum += num
        num -= 1
    print("The sum is", sum)
#--- no error
def compute_hcf(x, y):
    """Return the highest common factor."""
    smaller = min(x, y)
    for i in range(1, smaller + 1):
        if x % i == 0 and y % i == 0:
            hcf = i
    return hcf

print("HCF is", compute_hcf(54, 24))
#--- UnboundLocalError
def compute_hcf(x, y):
    """Return the highest common factor."""
    smaller = min(x, y)
    for i in range(1, smaller + 1):
        if x % i == 0 and y % i == 0:
            hcf = i
    return hcf

print("HCF is", compute_hcf(54, 0))
#--- ZeroDivisionError
def compute_hcf(x, y):
    """Return the highest common factor."""
    smaller = min(x, y)
    for i in range(smaller + 1):
        if x % i == 0 and y % i == 0:
            hcf = i
    return hcf

print("HCF is", compute_hcf(54, 24))
#--- no error
def greet(name: str, times: int = 1) -> str:
    """Greet someone."""
    return " ".join(["Hello " + name] * times)

print(greet("Ada", times=2))
#--- TypeError
def greet(name: str, times: int = 1) -> str:
    """Greet someone."""
    return " ".join(["Hello " + name] * times)

print(greet("Ada", times="2"))
#--- TypeError
def greet(name: str, times: int = 1) -> str:
    """Greet someone."""
    return " ".join(["Hello " + name] * times)

print(greet("Ada", count=2))
#--- SyntaxError
def greet(name: str, times: int = 1) -> str:
    """Greet someone.""
    return " ".join(["Hello " + name] * times)

print(greet("Ada"))
#--- no error
def greet(name: String) -> None:
    print("Hello", name)
#--- no error
from __future__ import annotations

def total(values: list[int]) -> int:
    return sum(values)

print(total([1, 2, 3]))
#--- TypeError
from typing import Optional

def find(name: str, people: dict[str, int]) -> Optional[int]:
    return people.get(name)

age = find("Zoe", {"Bob": 3})
print(age + 1)
#--- no error
from typing import Optional

def find(name: str, people: dict[str, int]) -> Optional[int]:
    return people.get(name)

age = find("Bob", {"Bob": 3})
if age is not None:
    print(age + 1)
#--- no error
MAX_ITEMS = 3
items: list[str] = []
for word in "one two three four".split():
    if len(items) >= MAX_ITEMS:
        break
    items.append(word)
print(items)
#--- no error
PI = 3.14
def circleArea(radius):
    return PI * radius * radius
def circlePerimeter(radius):
    return 2 * PI * radius
print(circleArea(2), circlePerimeter(2))
#--- TypeError
PI = 3.14
def circleArea(radius):
    return PI * radius * radius
print(circleArea("2"))
#--- NameError
PI = 3.14
def circleArea(radius):
    return pi * radius * radius
print(circleArea(2))
#--- no error
def celsiusToFahrenheit(c):
    f = c * 1.8 + 32
    return f
result = celsiusToFahrenheit(100)
print("Result: " + str(result))
#--- NameError
def celsiusToFahrenheit(c):
    f = c * 1.8 + 32
    return f
result = celsiustoFahrenheit(100)
print("Result: " + str(result))
#--- NameError
def celsiusToFahrenheit(c):
    f = c * 1.8 + 32
celsiusToFahrenheit(100)
print("Result: " + str(f))
#--- no error
def main():
    numbers = [5, 2, 8]
    print("Sorted:", sorted(numbers))
    print("Largest:", max(numbers))


if __name__ == "__main__":
    main()
#--- NameError
def main():
    numbers = [5, 2, 8]
    print("Sorted:", sorted(numbers))
    print("Largest:", max(number))


if __name__ == "__main__":
    main()
#--- ValueError
def main():
    numbers = []
    print("Largest:", max(numbers))


if __name__ == "__main__":
    main()
#--- TypeError
def main(args):
    print(args)


if __name__ == "__main__":
    main()
#--- no error
if (data := [1, 2, 3]) and len(data) > 2:
    print(f"{len(data)=}")
#--- no error
data = {"kind": "circle", "r": 2}
match data:
    case {"kind": "circle", "r": r}:
        print("circle", r)
    case {"kind": "square"}:
        print("square")
    case _:
        print("unknown")
#--- NameError
data = {"kind": "circle"}
match data:
    case {"kind": "circle", "r": r}:
        print("circle", r)
print(r)
#--- no error
command = "go north"
match command.split():
    case ["go", direction]:
        print("Going", direction)
    case ["quit"]:
        print("Bye")
#--- SyntaxError
command = "go north"
match command.split()
    case ["go", direction]:
        print("Going", direction)
#--- no error
head, *middle, tail = [1, 2, 3, 4, 5]
print(head, middle, tail)
#--- ValueError
head, *middle, tail = [1]
print(head)
#--- no error
a, (b, c) = 1, (2, 3)
print(a + b + c)
#--- TypeError
a, (b, c) = 1, 2
print(a)
#--- no error
numbers = (1, 2, 3)
print(*numbers, sep=", ")
#--- no error
def point(x, y, z=0):
    return (x, y, z)
coords = [1, 2]
print(point(*coords))
#--- TypeError
def point(x, y, z=0):
    return (x, y, z)
coords = [1, 2, 3, 4]
print(point(*coords))
#--- no error
def point(x, y, z=0):
    return (x, y, z)
opts = {"x": 1, "y": 2}
print(point(**opts))
#--- TypeError
def point(x, y, z=0):
    return (x, y, z)
opts = {"x": 1, "w": 2}
print(point(**opts))
#--- TypeError
def point(x, y, /, z=0):
    return (x, y, z)
print(point(x=1, y=2))
#--- no error
primes = [n for n in range(2, 30) if all(n % d for d in range(2, n))]
print(primes)
#--- ZeroDivisionError
primes = [n for n in range(2, 30) if all(n % d for d in range(n))]
print(primes)
`;
