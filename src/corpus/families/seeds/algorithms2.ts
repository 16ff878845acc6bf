/** Hand-written programs: classic exercises and algorithms. */
export const seeds = String.raw`
#--- no error
def two_sum(nums, target):
    seen = {}
    for i, n in enumerate(nums):
        if target - n in seen:
            return [seen[target - n], i]
        seen[n] = i
print(two_sum([2, 7, 11, 15], 9))
#--- TypeError
def two_sum(nums, target):
    seen = {}
    for i, n in enumerate(nums):
        if target - n in seen:
            return [seen[target - n], i]
        seen[n] = i
i, j = two_sum([2, 7, 11, 15], 100)
#--- TypeError
def two_sum(nums, target):
    seen = {}
    for i, n in nums:
        seen[n] = i
two_sum([2, 7, 11, 15], 9)
#--- no error
def balanced(s):
    stack = []
    pairs = {")": "(", "]": "["}
    for c in s:
        if c in "([":
            stack.append(c)
        elif stack.pop() != pairs[c]:
            return False
    return not stack
print(balanced("([])"))
#--- IndexError
def balanced(s):
    stack = []
    pairs = {")": "(", "]": "["}
    for c in s:
        if c in "([":
            stack.append(c)
        elif stack.pop() != pairs[c]:
            return False
    return not stack
print(balanced("())"))
#--- KeyError
def balanced(s):
    stack = []
    pairs = {")": "(", "]": "["}
    for c in s:
        if c in "([":
            stack.append(c)
        elif stack.pop() != pairs[c]:
            return False
    return not stack
print(balanced("(x)"))
#--- no error
def merge(a, b):
    out = []
    while a and b:
        out.append(a.pop(0) if a[0] < b[0] else b.pop(0))
    return out + a + b
print(merge([1, 4], [2, 3]))
#--- IndexError
def merge(a, b):
    out = []
    while a or b:
        out.append(a.pop(0) if a[0] < b[0] else b.pop(0))
    return out
print(merge([1, 4], [2, 3]))
#--- no error
graph = {"A": ["B", "C"], "B": ["D"], "C": [], "D": []}
def dfs(node, seen):
    if node in seen: return
    seen.append(node)
    for n in graph[node]:
        dfs(n, seen)
order = []
dfs("A", order)
print(order)
#--- KeyError
graph = {"A": ["B", "C"], "B": ["D"], "C": []}
def dfs(node):
    print(node)
    for n in graph[node]:
        dfs(n)
dfs("A")
#--- RecursionError
graph = {"A": ["B"], "B": ["A"]}
def dfs(node):
    for n in graph[node]:
        dfs(n)
dfs("A")
#--- no error
tree = {"v": 1, "left": {"v": 2, "left": None, "right": None}, "right": None}
def total(t):
    if t is None: return 0
    return t["v"] + total(t["left"]) + total(t["right"])
print(total(tree))
#--- TypeError
tree = {"v": 1, "left": {"v": 2, "left": None, "right": None}, "right": None}
def total(t):
    return t["v"] + total(t["left"]) + total(t["right"])
print(total(tree))
#--- no error
def matmul(a, b):
    return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
print(matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]))
#--- no error
A = [[1, 2], [3, 4]]
B = [[5, 6], [7, 8]]
C = [[A[i][j] + B[i][j] for j in range(2)] for i in range(2)]
print(C)
#--- IndexError
A = [[1, 2], [3, 4]]
B = [[5, 6]]
C = [[A[i][j] + B[i][j] for j in range(2)] for i in range(2)]
print(C)
#--- no error
m = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
trace = 0
for i in range(3):
    trace += m[i][i]
print(trace)
#--- IndexError
m = [[1, 2, 3], [4, 5, 6]]
trace = 0
for i in range(3):
    trace += m[i][i]
print(trace)
#--- NameError
def lcm(a, b):
    return a * b // gcd(a, b)
print(lcm(4, 6))
#--- no error
from math import gcd
def lcm(a, b):
    return a * b // gcd(a, b)
print(lcm(4, 6))
#--- no error
def perfect(n):
    return sum(i for i in range(1, n) if n % i == 0) == n
print([n for n in range(2, 500) if perfect(n)])
#--- no error
def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
print(leap(2000), leap(1900))
#--- SyntaxError
def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0
print(leap(2000))
#--- TypeError
year = "2000"
if year % 4 == 0:
    print("leap")
#--- no error
sieve = [True] * 30
for i in range(2, 30):
    if sieve[i]:
        for j in range(i * i, 30, i):
            sieve[j] = False
print([i for i in range(2, 30) if sieve[i]])
#--- IndexError
sieve = [True] * 30
for i in range(2, 30):
    for j in range(i * i, 31, i):
        sieve[j] = False
#--- no error
def anagram(a, b):
    return sorted(a) == sorted(b)
print(anagram("listen", "silent"))
#--- AttributeError
def anagram(a, b):
    return a.sort() == b.sort()
print(anagram("listen", "silent"))
#--- no error
def rle(s):
    out = []
    i = 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out.append(s[i] + str(j - i))
        i = j
    return "".join(out)
print(rle("aaabb"))
#--- no error
def longest_run(xs):
    best = run = 1
    for i in range(1, len(xs)):
        run = run + 1 if xs[i] == xs[i-1] else 1
        best = max(best, run)
    return best
print(longest_run([1, 1, 2, 2, 2]))
#--- IndexError
def second_largest(nums):
    return sorted(set(nums))[-2]
print(second_largest([4, 4, 4]))
#--- no error
def second_largest(nums):
    return sorted(set(nums))[-2]
print(second_largest([4, 9, 7]))
#--- no error
def rotate(lst, k):
    k %= len(lst)
    return lst[-k:] + lst[:-k]
print(rotate([1, 2, 3, 4], 1))
#--- ZeroDivisionError
def rotate(lst, k):
    k %= len(lst)
    return lst[-k:] + lst[:-k]
print(rotate([], 1))
#--- no error
def mean(xs): return sum(xs) / len(xs)
def variance(xs):
    m = mean(xs)
    return sum((x - m) ** 2 for x in xs) / len(xs)
print(variance([2, 4, 4, 6]))
#--- ZeroDivisionError
def variance(xs):
    m = sum(xs) / len(xs)
    return sum((x - m) ** 2 for x in xs) / (len(xs) - 1)
print(variance([5]))
#--- no error
def digits(n):
    if n < 10:
        return [n]
    return digits(n // 10) + [n % 10]
print(digits(4096))
#--- RecursionError
def digits(n):
    return digits(n // 10) + [n % 10]
print(digits(4096))
#--- no error
x = 10
guess = x / 2
for _ in range(20):
    guess = (guess + x / guess) / 2
print(round(guess, 4))
#--- ZeroDivisionError
x = 0
guess = x / 2
for _ in range(20):
    guess = (guess + x / guess) / 2
print(guess)
#--- no error
coins = [25, 10, 5, 1]
amount = 67
used = []
for c in coins:
    while amount >= c:
        amount -= c
        used.append(c)
print(used)
#--- ZeroDivisionError
coins = [25, 10, 5, 0]
amount = 67
for c in coins:
    print(amount // c)
    amount = amount % c
`;
