# Classic exercises and algorithms.

#--- no error
def is_prime(n):
    if n < 2:
        return False
    for i in range(2, int(n ** 0.5) + 1):
        if n % i == 0:
            return False
    return True
print([n for n in range(20) if is_prime(n)])
#--- ZeroDivisionError
def is_prime(n):
    for i in range(n):
        if n % i == 0:
            return False
    return True
print(is_prime(7))
#--- SyntaxError
def is_prime(n):
    if n < 2
        return False
    return all(n % i for i in range(2, n))
print(is_prime(11))
#--- no error
def bubble_sort(arr):
    n = len(arr)
    for i in range(n):
        for j in range(n - i - 1):
            if arr[j] > arr[j + 1]:
                arr[j], arr[j + 1] = arr[j + 1], arr[j]
    return arr
print(bubble_sort([5, 2, 9, 1]))
#--- IndexError
def bubble_sort(arr):
    n = len(arr)
    for i in range(n):
        for j in range(n):
            if arr[j] > arr[j + 1]:
                arr[j], arr[j + 1] = arr[j + 1], arr[j]
    return arr
print(bubble_sort([5, 2, 9, 1]))
#--- no error
def binary_search(arr, target):
    low, high = 0, len(arr) - 1
    while low <= high:
        mid = (low + high) // 2
        if arr[mid] == target:
            return mid
        elif arr[mid] < target:
            low = mid + 1
        else:
            high = mid - 1
    return -1
print(binary_search([1, 3, 5, 7], 5))
#--- TypeError
def binary_search(arr, target):
    low, high = 0, len(arr) - 1
    while low <= high:
        mid = (low + high) / 2
        if arr[mid] == target:
            return mid
        low = mid + 1
    return -1
print(binary_search([1, 3, 5, 7], 5))
#--- RecursionError
def binary_search(arr, x, lo, hi):
    mid = (lo + hi) // 2
    if arr[mid] == x: return mid
    if arr[mid] < x: return binary_search(arr, x, mid, hi)
    return binary_search(arr, x, lo, mid)
print(binary_search([1, 3, 5], 4, 0, 2))
#--- no error
def quicksort(a):
    if len(a) <= 1:
        return a
    p = a[0]
    return quicksort([x for x in a[1:] if x < p]) + [p] + quicksort([x for x in a[1:] if x >= p])
print(quicksort([3, 6, 1, 8]))
#--- IndexError
def quicksort(a):
    p = a[0]
    return quicksort([x for x in a[1:] if x < p]) + [p] + quicksort([x for x in a[1:] if x >= p])
print(quicksort([3, 6, 1, 8]))
#--- RecursionError
def quicksort(a):
    if len(a) <= 1:
        return a
    p = a[0]
    return quicksort([x for x in a if x < p]) + [p] + quicksort([x for x in a if x >= p])
print(quicksort([3, 6, 1, 8]))
#--- no error
a, b = 0, 1
while a < 50:
    print(a, end=" ")
    a, b = b, a + b
#--- no error
fibs = [0, 1]
for i in range(2, 10):
    fibs.append(fibs[i - 1] + fibs[i - 2])
print(fibs)
#--- IndexError
fibs = []
for i in range(10):
    fibs.append(fibs[i - 1] + fibs[i - 2])
print(fibs)
#--- IndexError
fibs = [0, 1]
for i in range(2, 10):
    fibs[i] = fibs[i - 1] + fibs[i - 2]
print(fibs)
#--- no error
for i in range(1, 16):
    if i % 15 == 0:
        print("FizzBuzz")
    elif i % 3 == 0:
        print("Fizz")
    elif i % 5 == 0:
        print("Buzz")
    else:
        print(i)
#--- SyntaxError
for i in range(1, 16):
    if i % 15 == 0:
        print("FizzBuzz")
    elseif i % 3 == 0:
        print("Fizz")
    else:
        print(i)
#--- no error
for i in range(1, 16):
    print("Fizz" * (i % 3 == 0) + "Buzz" * (i % 5 == 0) or i)
#--- no error
for i in range(1, 6):
    print("*" * i)
#--- TypeError
for i in range(1, 6):
    print("*" + i)
#--- no error
n = 5
for i in range(n):
    print(" " * (n - i - 1) + "*" * (2 * i + 1))
#--- no error
num = 12321
if str(num) == str(num)[::-1]:
    print("palindrome")
#--- TypeError
num = 12321
if num == num[::-1]:
    print("palindrome")
#--- no error
def is_palindrome(s):
    s = s.lower().replace(" ", "")
    return s == s[::-1]
print(is_palindrome("Never odd or even"))
#--- TypeError
def is_palindrome(n):
    return n == n[::-1]
print(is_palindrome(121))
#--- no error
n = 1234
total = 0
while n > 0:
    total += n % 10
    n //= 10
print(total)
#--- TypeError
n = 1234
total = 0
for digit in n:
    total += digit
print(total)
#--- TypeError
n = 1234
total = 0
for digit in str(n):
    total += digit
print(total)
#--- no error
print(sum(int(d) for d in str(9875)))
#--- no error
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
print(collatz(27))
#--- RecursionError
def collatz(n):
    if n % 2 == 0:
        return collatz(n // 2)
    return collatz(3 * n + 1)
print(collatz(6))
#--- no error
def hanoi(n, a, b, c):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(4, "A", "B", "C"))
#--- RecursionError
def hanoi(n, a, b, c):
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(4, "A", "B", "C"))
#--- no error
def power(b, e):
    if e == 0:
        return 1
    return b * power(b, e - 1)
print(power(2, 10))
#--- RecursionError
def power(b, e):
    if e == 0:
        return 1
    return b * power(b, e - 1)
print(power(2, -1))
#--- RecursionError
def power(b, e):
    if e == 0:
        return 1
    return b * power(b, e - 1)
print(power(2, 0.5))
#--- no error
def permutations(s):
    if len(s) == 1:
        return [s]
    out = []
    for i, c in enumerate(s):
        for p in permutations(s[:i] + s[i+1:]):
            out.append(c + p)
    return out
print(permutations("abc"))
#--- no error
def count_vowels(text):
    count = 0
    for c in text:
        if c.lower() in "aeiou":
            count += 1
    return count
print(count_vowels("Programming"))
#--- UnboundLocalError
def count_vowels(text):
    for c in text:
        if c.lower() in "aeiou":
            count += 1
    return count
print(count_vowels("Programming"))
#--- TypeError
def count_vowels(text):
    return sum(1 for c in text if c in "aeiou")
print(count_vowels(["a", "b"]), count_vowels(5))
#--- no error
def caesar(text, shift):
    out = ""
    for ch in text:
        out += chr((ord(ch) - 97 + shift) % 26 + 97)
    return out
print(caesar("hello", 3))
#--- TypeError
def caesar(text, shift):
    out = ""
    for ch in text:
        out += (ord(ch) - 97 + shift) % 26 + 97
    return out
print(caesar("hello", 3))
#--- TypeError
print(ord("ab"))
#--- no error
print(ord("a"), chr(98))
#--- TypeError
print(chr("98"))
#--- ValueError
print(chr(-1))
#--- no error
def to_binary(n):
    if n == 0:
        return ""
    return to_binary(n // 2) + str(n % 2)
print(to_binary(10))
#--- RecursionError
def to_binary(n):
    if n == 0:
        return ""
    return to_binary(n / 2) + n % 2
print(to_binary(10))
#--- no error
print(bin(10)[2:], int("1010", 2), hex(255))
#--- TypeError
print(bin("10"))
#--- no error
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, 256 >> 2)
#--- ValueError
print(1 << -1)
#--- TypeError
print(5.0 & 3)
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
