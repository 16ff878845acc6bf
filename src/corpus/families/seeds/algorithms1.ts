/** Hand-written programs: classic exercises and algorithms. */
export const seeds = String.raw`
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
`;
