import { skeletons } from '../../kits/skeletons/skeletons';

/** Recursion through methods, properties and well-known algorithms. */
export const families = [
  skeletons('recursion-error/classes', String.raw`
class $cls:
    def __init__(self):
        ⟦self.$attr = $cls()|self.$attr = $n|self.$attr = $cls|pass⟧

$obj = $cls()
---
class $cls:
    def $meth(self):
        return self.⟦$meth|$meth2⟧()

    def $meth2(self):
        return ⟦$n|self.$meth()⟧

⟦print($cls().$meth())|$obj = $cls()⟧
---
class $cls:
    def $meth(self):
        return "$w"

class $cls2($cls):
    def $meth(self):
        return ⟦self|super()⟧.$meth() + "$w2"

print($cls2().$meth())
---
def $fn($arg, depth=0):
    if depth ⟦> $d|== $d|< 0⟧:
        return depth
    return $fn($arg, depth⟦ + 1|⟧)

print($fn("$w"))
---
def power(base, exp):
    if exp == 0:
        return 1
    return base * power(base, exp ⟦- 1|+ 1|// 2⟧)

print(power($d, ⟦$d2|-1|0⟧))
---
def gcd(a, b):
    if b == 0:
        return a
    return gcd(⟦b, a % b|a, b|b, a|a % b, b⟧)

print(gcd($n, $n2))
---
def $fn(n):
    if n < 10:
        return n
    return n % 10 + $fn(n ⟦// 10|% 10 + 10|/ 1⟧)

print($fn(⟦$n|$d⟧))
---
def collatz(n, steps=0):
    if n == 1:
        return steps
    if n % 2 == 0:
        return collatz(n // 2, steps + 1)
    return collatz(⟦3 * n + 1|n + 2|n⟧, steps + 1)

print(collatz(⟦$d|1|8⟧))
---
def flatten(lst):
    out = []
    for x in lst:
        if isinstance(x, list):
            out += flatten(⟦x|lst⟧)
        else:
            out.append(x)
    return out

print(flatten([$d, ⟦[$d2, $d3]|$d2⟧]))
---
def $fn(n):
    print(n)
    if n > 0:
        $fn(n ⟦- 1|+ 1|⟧)

$fn(⟦$d|0|-$d⟧)
---
def $fn(n):
    try:
        return $fn(n + 1)
    except ⟦RecursionError|ValueError|IndexError⟧:
        return ⟨"too deep"|"$w"|-1⟩

print($fn(0))
---
import sys
def $fn(n):
    return 0 if n == 0 else 1 + $fn(n - 1)

print($fn(⟦$n|$d|100000|50000⟧))
---
def $fn($arg):
    if $arg in ($d, $d2):
        return True
    return $fn($arg ⟦- 1|+ 1⟧)

print($fn(⟦$d|$(d+2)|0⟧))
---
def $fn(tree):
    if tree is None:
        return 0
    return 1 + $fn(tree⟦["next"]|⟧)

print($fn({"value": $n, "next": ⟦None|{"value": $n2, "next": None}⟧}))
---
def $fn($arg):
    def $fn2():
        return ⟦$fn($arg)|$arg|$fn2()⟧
    return $fn2()

print($fn($n))
---
def walk(i):
    ⟦if i >= len(names):
        return
    |if i > len(names):
        return
    |⟧print(names[i])
    walk(i + 1)

names = ["$P", "$P2"]
walk(0)
---
def climb(n):
    if n == 1:
        return 1
    ⟦if n == 2:
        return 2
    |⟧return climb(n - 1) + climb(n - 2)

print(climb(⟦$d|1|2⟧))
---
def hanoi(n, a, b, c):
    ⟦if n == 0:
        return 0
    |⟧return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)

print(hanoi(⟦3|4|2⟧, "A", "B", "C"))
---
def binary(n):
    if n ⟦<= 1|== 1|< 0⟧:
        return str(n)
    return binary(n // 2) + str(n % 2)

print(binary(⟦$n|0|1⟧))
---
def search(lst, x, lo, hi):
    if lo > hi:
        return -1
    mid = (lo + hi) // 2
    if lst[mid] == x:
        return mid
    if lst[mid] < x:
        return search(lst, x, mid⟦ + 1|⟧, hi)
    return search(lst, x, lo, mid⟦ - 1|⟧)

print(search([1, 3, 5, 7], ⟦7|2|1|9⟧, 0, 3))
`, 28),
];
