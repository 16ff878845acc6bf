/** Hand-written programs: short everyday snippets, mostly correct, as in questions and tutorials. */
export const seeds = String.raw`
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
`;
