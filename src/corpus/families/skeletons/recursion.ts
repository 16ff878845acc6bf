import { skeletons } from '../../kits/skeletons/skeletons';

/** Recursion that ends, or does not. */
export const families = [
  skeletons('recursion-error/functions', String.raw`
def $fn($arg):
    return $fn(⟦$arg|$arg - 1|$arg + 1⟧)⟦ if $arg > 0 else 0|⟧

print($fn($d))
---
def $fn():
    ⟦return $fn()|$fn()|return $fn|pass|print("$w")⟧

$fn()
---
def $fn():
    print("$w")⟦
    $fn()|
$fn()⟧

⟦$fn()|pass⟧
---
def $fn(n):
    ⟦if n ⟨==|<=⟩ ⟨0|1⟩:
        return 1
    |⟧return n * $fn(n - 1)

print($fn($d))
---
def factorial(n):
    if n == ⟦0|1|10⟧:
        return 1
    return n * factorial(n ⟦- 1|+ 1|- 2⟧)

print(factorial(⟨$d|5|10⟩))
---
def factorial(n):
    return 1 if n ⟦== 0|<= 1|> 100⟧ else n * factorial(⟦n - 1|n⟧)

print(factorial(⟦$d|-1|0⟧))
---
def fib(n):
    if n ⟦<= 1|== 1|< 2|== 0⟧:
        return n
    return fib(n - 1) + fib(n - 2)

print(fib(⟦$d|0|1⟧))
---
def fib(n):
    ⟦if n < 2:
        return n
    |⟧return fib(n - 1) + fib(n - 2)

⟦print(fib($d))|fib|print("$w")⟧
---
def $fn($arg):
    if $arg ⟦==|<=|>|!=⟧ 0:
        return 0
    return $arg + $fn($arg - ⟦1|2⟧)

print($fn(⟦$d|$(d+1)|0⟧))
---
def $fn($arg):
    if $arg ⟦>|>=|<⟧ ⟨$n|100⟩:
        return $arg
    return $fn($arg ⟦* 2|+ $d|- 1⟧)

print($fn(⟦$d2|0⟧))
---
def countdown(n):
    ⟦if n == 0:
        print("⟨Liftoff!|done⟩")
        return
    |⟧print(n)
    countdown(n - 1)

countdown(⟦$d|-1|0⟧)
---
def $fn($lst):
    ⟦if not $lst:
        return 0
    |⟧return ⟦$lst[0]|1⟧ + $fn($lst[1:])

print($fn([$ints~k]))
---
def $fn($lst):
    if len($lst) == ⟦0|1⟧:
        return 0
    return $lst[0] + $fn($lst⟦[1:]|⟧)

print($fn([⟦$ints~3|⟧]))
---
def $fn($arg):
    if ⟦len($arg) <= 1|$arg == ""|len($arg) == 1|not $arg⟧:
        return $arg
    return $fn($arg[1:]) + $arg[0]

print($fn("⟦$w|⟧"))
---
def $fn($arg):
    return $fn2($arg ⟨- 1|+ 1⟩)

def $fn2($arg):
    return ⟦$fn($arg)|$arg|$arg * $d⟧

print($fn($n))
---
def is_even(n):
    ⟦if n == 0:
        return True
    |⟧return is_odd(n - 1)

def is_odd(n):
    if n == 0:
        return False
    return is_even(n - 1)

print(is_even(⟦$d|-$d|$n⟧))
---
$fn = lambda $arg: ⟦$fn($arg)|$arg|$fn($arg - 1) if $arg else 0|$fn($arg + 1)⟧
print($fn($d))
---
$fn = lambda n: 1 if n ⟦== 0|< 0|<= 1⟧ else n * $fn(n - ⟦1|2⟧)
print($fn($d))
`, 40),
];
