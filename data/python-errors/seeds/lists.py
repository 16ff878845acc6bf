# Lists, tuples, slicing, sorting and comprehensions.

#--- IndexError
fruits = ["apple", "banana", "cherry"]
print(fruits[3])
#--- no error
fruits = ["apple", "banana", "cherry"]
fruits.append("mango")
print(fruits[-1])
#--- no error
fruits = ["apple", "banana" "cherry"]
print(len(fruits))
#--- SyntaxError
fruits = ["apple", "banana", "cherry"
print(fruits)
#--- AttributeError
numbers = [1, 2, 3]
numbers.add(4)
print(numbers)
#--- no error
numbers = [1, 2, 3, 4, 5]
evens = [n for n in numbers if n % 2 == 0]
print(evens)
#--- SyntaxError
numbers = [1, 2, 3, 4, 5]
squares = [n ** 2 for n in numbers
print(squares)
#--- TypeError
numbers = [1, 2, "3", 4]
print(sum(numbers))
#--- no error
numbers = [4, 1, 3]
numbers.sort()
print(numbers)
#--- TypeError
numbers = [4, 1, 3].sort()
print(numbers[0])
#--- TypeError
mixed = [3, "two", 1]
mixed.sort()
#--- no error
mixed = [3, "two", 1]
mixed.sort(key=str)
print(mixed)
#--- IndexError
nums = [10, 20, 30]
for i in range(len(nums) + 1):
    print(nums[i])
#--- no error
nums = [10, 20, 30]
for i in range(len(nums)):
    print(i, nums[i])
#--- no error
nums = [10, 20, 30]
for i, n in enumerate(nums, start=1):
    print(f"{i}. {n}")
#--- TypeError
nums = [10, 20, 30]
for i, n in nums:
    print(i, n)
#--- ValueError
lst = [1, 2, 3]
lst.remove(5)
print(lst)
#--- no error
lst = [1, 2, 3]
if 5 in lst:
    lst.remove(5)
print(lst)
#--- IndexError
stack = []
stack.append(1)
stack.append(2)
print(stack.pop())
print(stack.pop())
print(stack.pop())
#--- no error
stack = [1, 2]
while stack:
    print(stack.pop())
#--- TypeError
a = [1, 2, 3]
a += 4
print(a)
#--- no error
a = [1, 2, 3]
a += [4]
print(a)
#--- TypeError
a = [1, 2, 3]
b = a + (4, 5)
print(b)
#--- TypeError
point = (3, 4)
point[0] = 5
#--- no error
point = (3, 4)
x, y = point
print((x ** 2 + y ** 2) ** 0.5)
#--- ValueError
point = (3, 4)
x, y, z = point
#--- AttributeError
point = (1, 2)
point.append(3)
#--- no error
colors = ("red", "green", "blue")
print(colors.index("green"))
print(colors.count("red"))
#--- no error
matrix = [[1, 2], [3, 4]]
for row in matrix:
    print(*row)
#--- IndexError
matrix = [[1, 2], [3, 4]]
print(matrix[0][2])
#--- TypeError
matrix = [[1, 2], [3, 4]]
print(matrix[0, 1])
#--- no error
matrix = [[1, 2, 3], [4, 5, 6]]
transposed = list(zip(*matrix))
print(transposed)
#--- no error
grid = [[0] * 3 for _ in range(3)]
grid[1][1] = "X"
for row in grid:
    print(row)
#--- IndexError
grid = []
grid[0] = 1
#--- IndexError
grid = []
grid[0][0] = 1
#--- no error
data = [5, 3, 8, 1]
print(sorted(data, reverse=True)[:2])
#--- IndexError
data = [5, 3, 8, 1]
print(sorted(data)[4])
#--- no error
data = [("Tom", 20), ("Ann", 18)]
data.sort(key=lambda p: p[1])
print(data)
#--- IndexError
data = [("Tom", 20), ("Ann", 18)]
data.sort(key=lambda p: p[2])
print(data)
#--- ValueError
people = [("Tom", 20), ("Ann",)]
for name, age in people:
    print(name, age)
#--- TypeError
x = [1, 2, 3]
print(x["0"])
#--- TypeError
x = [1, 2, 3]
print(x[1.0])
#--- IndexError
x = [1, 2, 3]
print(x[len(x)])
#--- TypeError
x = [1, 2, 3]
print(x(0))
#--- no error
x = [1, 2, 3]
print(x[len(x) - 1])
#--- IndexError
x = [1,2,3]
print(x[-4])
#--- no error
x = [1,2,3]
print(x[5:])
#--- no error
x = list(range(10))
del x[3]
print(x[::2])
#--- IndexError
x = list(range(3))
del x[3]
#--- TypeError
items = ["a", "b"]
items.insert(1)
#--- no error
items = ["a", "b"]
items.insert(1, "c")
print(items)
#--- TypeError
items = ["pen", "book"]
items.extend(["cup"])
print("Items: " + items)
#--- no error
items = ["pen", "book"]
print("Items: " + ", ".join(items))
#--- no error
nested = [1, [2, [3, 4]]]
print(nested[1][1][0])
#--- TypeError
nested = [1, [2, [3, 4]]]
print(nested[0][1])
#--- no error
names = ["zoe", "adam", "Bill"]
print(sorted(names, key=str.lower))
#--- NameError
names = ["zoe", "adam", "Bill"]
print(sorted(names, key=lower))
#--- no error
words = ["tree", "sky", "moon"]
lengths = [len(w) for w in words]
longest = words[lengths.index(max(lengths))]
print(longest)
#--- no error
words = ["tree", "sky", "moon"]
lengths = list(map(len, words))
print(lengths)
#--- TypeError
words = ["tree", "sky", 7]
print([len(w) for w in words])
#--- no error
a = [1, 2, 3]
b = [4, 5, 6]
c = [x * y for x, y in zip(a, b)]
print(c)
#--- IndexError
a = [1, 2, 3]
b = [4, 5]
for i in range(len(a)):
    print(a[i] + b[i])
#--- TypeError
a = [1, 2, 3]
print(a * 2)
print(a * a)
#--- TypeError
a = [1, 2, 3]
print(a - 1)
#--- no error
even = list(filter(lambda n: n % 2 == 0, range(10)))
print(even)
#--- TypeError
even = filter(lambda n: n % 2 == 0, range(10))
print(even[0])
#--- TypeError
doubled = map(lambda n: n * 2, [1, 2, 3])
print(len(doubled))
#--- no error
r = range(5)
print(r[2], list(r))
#--- TypeError
r = range(5)
r[2] = 7
#--- TypeError
total = 0
for row in [[1, 2], [3, 4], 5]:
    for v in row:
        total += v
print(total)
#--- no error
flat = [v for row in [[1, 2], [3]] for v in row]
print(flat)
#--- no error
letters = list("hello")
letters.reverse()
print("".join(letters))
#--- TypeError
letters = list("hello")
print("".join(reversed(letters)))
print(reversed(letters)[0])
#--- no error
seq = [1, 1, 2, 3, 5, 8]
print([b - a for a, b in zip(seq, seq[1:])])
#--- ZeroDivisionError
lst = [3, 0, 2]
print([10 / n for n in lst])
#--- no error
lst = [3, 0, 2]
print([10 / n for n in lst if n])
#--- no error
print(any(n > 5 for n in [1, 2, 9]), all([True, 1, "x"]))
#--- no error
lst = [1, 2, 3, 4, 5, 6]
chunks = [lst[i:i+2] for i in range(0, len(lst), 2)]
print(chunks)
#--- ValueError
lst = [1, 2, 3]
print(lst.index(4))
#--- IndexError
lst = [1, 2, 3]
lst.pop(3)
#--- no error
lst = [1, 2, 3]
print(lst.pop(0), lst)
#--- SyntaxError
lst = [1, 2, 3]
for x in lst:
    print(x
#--- SyntaxError
lst = [1, 2, 3
for x in lst:
    print(x)
#--- SyntaxError
lst = [1; 2; 3]
print(lst)
#--- SyntaxError
lst = [1, 2, 3)
#--- IndexError
copy = [1, 2, 3].copy()
copy.clear()
print(copy[0])
#--- TypeError
list = [1, 2, 3]
other = list(range(3))
#--- TypeError
sum = 0
for n in [1, 2, 3]:
    sum = sum + n
print(sum([4, 5]))
#--- TypeError
str = "hello"
n = 5
print("n is " + str(n))
