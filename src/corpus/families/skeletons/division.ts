import { skeletons } from '../../kits/skeletons/skeletons';

/** Divisions, some by zero. */
export const families = [
  skeletons('zero-division-error/division', String.raw`
print($n ⟨/|//|%⟩ ⟦0|$d|$d2⟧)
---
$iv = ⟦0|$d|0.0⟧
print($n ⟨/|//|%⟩ $iv)
---
$iv = $n
$iv2 = ⟦0|$d⟧
⟨$iv3 = $iv / $iv2
print($iv3)|print($iv / $iv2)|print("$label", $iv % $iv2)|print(f"$label{$iv // $iv2}")⟩
---
$n / ($d - ⟦$d|$d2|0⟧)
---
print($n ⟨/|//⟩ ($d ⟦-|+|*⟧ ⟦$d|$d2|0⟧))
---
print(⟦0 / $d|$d / 0|0 // $d|$d // 0|0 * $d⟧)
---
print($n ⟨/|//|%⟩ int("⟦0|$d⟧"))
---
print($f / ⟦0|0.0|$f2|$d⟧)
---
print(⟦0|$d|0.0⟧ ** ⟦-1|2|0⟧)
---
print(divmod($n, ⟦0|$d⟧))
---
def $fn($arg, $arg2):
    return $arg ⟨/|//|%⟩ $arg2

print($fn($n, ⟦0|$d⟧))
---
def $fn($arg, $arg2):
    return ⟦$arg / $arg2|$arg2 / $arg⟧

⟨print($fn(0, $d))|print($fn($d, 0))⟩
---
def $fn($arg, $arg2):
    if $arg2 ⟦== 0|> $n|is None|< 0⟧:
        return ⟨None|0|"error"⟩
    return $arg / $arg2

print($fn($n2, ⟦0|$d⟧))
---
def $fn($lst):
    return sum($lst) / len($lst)

print($fn([⟦$ints~k|⟧]))
---
$lst = [⟦$ints~k|⟧]
$iv = sum($lst) ⟦/ len($lst)|/ (len($lst) - 1)|// (len($lst) + 1)⟧
print($iv)
---
$lst = []
⟦$lst.append($n)
|⟧print("Average:", sum($lst) / len($lst))
---
$lst = [$e for $e in [$ints~k] if $e ⟦> $n|< 0|> 0|% 2 == 0⟧]
print(sum($lst) / len($lst))
---
$iv = 0
$iv2 = 0
for $e in [⟦$ints~3|⟧]:
    $iv += $e
    $iv2 ⟦+= 1|+= 0⟧
print($iv / $iv2)
---
for $i in range(⟦0|1|-1⟧, $(d+1)):
    print($n ⟨/|//|%⟩ $i)
---
for $i in range($d, ⟦0|-1|-2⟧, -1):
    print($n / $i)
---
for $e in [$d, $d2, ⟦0|$d3⟧]:
    print(⟦$n / $e|$e / $n⟧)
---
print([$n ⟨/|//|%⟩ $e for $e in [$d, ⟦0|$d2⟧, $d3]⟦| if $e != 0⟧])
---
print([$n // $e for $e in range(⟦0|1⟧, $d)])
---
$iv = ⟦$d|0⟧
while $iv >⟦|=⟧ 0:
    print($n ⟨//|/⟩ $iv)
    $iv -= 1
---
$iv = $d
⟦$iv -= $d|$iv -= $d2|$iv += $d|$iv *= 0|$iv = $iv % 1⟧
print($n / $iv)
---
$iv = $n % ⟦2|$d|1⟧
print($n2 / $iv)
---
$iv = $n // ⟦$(n+1)|$d|$n⟧
print($n2 ⟨%|/|//⟩ $iv)
---
print($n / len(⟦"$w"|""|[]|[$ints~2]|{}⟧))
---
print($n % ("$sent".count("⟦z|e|the|q|a⟧")))
---
print($n ⟨/|%⟩ "$w".find("⟦$w|z|e⟧"))
---
print($n / ⟦True|False|$d⟧)
---
print($n / ($d ⟦==|!=|>|<⟧ $d2))
---
$dv = {"$w": $n, "$w2": ⟦0|$n2⟧}
print($dv["⟦$w|$w2⟧"] / $dv["⟦$w|$w2⟧"])
---
$dv = {"$w": ($n, ⟦0|$d⟧), "$w2": ($n2, $d2)}
for $e, (a, b) in $dv.items():
    print($e, a / b)
---
$tup = ($n, ⟦0|$d⟧)
print($tup[⟦0|1⟧] // $tup[⟦1|0⟧])
---
from fractions import Fraction
print(Fraction($d, ⟦0|$d2⟧))
---
import math
print(math.⟦fmod|pow|gcd⟧($n, ⟦0|$d⟧))
---
class $cls:
    def __init__(self, $attr, $attr2):
        self.$attr = $attr
        self.$attr2 = $attr2

    def $meth(self):
        return self.$attr / self.$attr2

print($cls($n, ⟦0|$d⟧).$meth())
---
class $cls:
    $attr = ⟦0|$d⟧

    def $meth(self, $arg):
        return $arg ⟨/|//|%⟩ self.$attr

$obj = $cls()
⟦print($obj.$meth($n))|$obj.$attr = $d2
print($obj.$meth($n))|$obj.$attr = 0
print($obj.$meth($n))⟧
---
class $cls:
    def __init__(self):
        self.total, self.count = 0, 0

    def add(self, value):
        self.total += value
        self.count += 1

    def average(self):
        return self.total / self.count

$obj = $cls()
⟦$obj.add($n)
|⟧print($obj.average())
---
try:
    print($n / ⟦0|$d⟧)
except ⟦ZeroDivisionError|ValueError|ArithmeticError|TypeError|Exception⟧:
    print("⟨cannot divide|$w⟩")
---
try:
    $iv = $n / ⟦0|$d⟧
except ZeroDivisionError:
    ⟦$iv = 0|raise|print("$w")|raise ValueError("$w")|$iv = $n / 0⟧
---
try:
    $iv = $n / ⟦0|$d⟧
⟦except ZeroDivisionError:
    print("$w")
|⟧finally:
    print("$w2")
---
try:
    $iv = $n // $d
except ZeroDivisionError:
    print("$w")
else:
    print($iv // ⟦0|$d2⟧)
---
$iv = ⟦0|$d⟧
print($n / $iv if $iv ⟦!= 0|== 0|is not None|>= 0⟧ else 0)
---
$iv = ⟦0|$d⟧
print($iv ⟦and|or⟧ $n / $iv)
---
$iv = ⟦0|$d⟧
if $iv ⟦!= 0|== 0|>= 0⟧⟦| and $n / $iv > 1⟧:
    print($n / $iv)
---
$fn = lambda $arg, $arg2=⟦0|$d|1⟧: $arg / $arg2
print($fn($n⟦|, $d2|, 0⟧))
---
print(list(map(lambda $arg: $n / $arg, [$d, ⟦0|$d2|-$d2⟧])))
---
def $fn($arg, $arg2):
    return ($arg - $arg2) / $arg2 * 100

print(f"$label{$fn($n, ⟦0|$n2⟧):.1f}%")
---
def $fn($arg):
    return 1 / $arg + (⟦$fn($arg - 1) if $arg > 1 else 0|$fn($arg - 1) if $arg > 0 else 0⟧)

print($fn($d))
---
def gcd(a, b):
    while ⟦b|b > 0|a|True⟧:
        a, b = b, a % b
    return a

print(gcd($n, $n2))
---
def is_prime(n):
    for i in range(⟦2|0|1⟧, n):
        if n % i == 0:
            return False
    return True

print(is_prime($n))
---
weight, height = $n, ⟦1.$d|0|0.0⟧
bmi = weight / height ** 2
print(bmi)
---
distance = $n
time = ⟦$d|0⟧
speed = distance / time
print("Speed:", speed⟦|, "km/h"⟧)
---
$iv = ⟦$n|0⟧
$iv %= ⟦$d|0⟧
print($iv)
---
$iv = $n
$iv ⟦/=|//=|%=|*=⟧ ⟦0|$d⟧
print($iv)
---
$iv = $iv2 = ⟦0|$d⟧
print(($iv + $n) / $iv2)
---
a, b = $d, $d2
print($n / (a ⟦-|+|*|//⟧ b))
---
x1, y1 = $d, $d2
x2, y2 = ⟦$d|$d3⟧, $d4
print((y2 - y1) / (x2 - x1))
---
print(round($n / ⟦$d|0⟧, 2))
---
print(sum($e / ⟦$d|0|($e - $d)⟧ for $e in [⟦$d|$d2⟧, $n]))
---
assert $n / ⟦$d|0⟧ > 0
print("$w")
---
$iv = $n
while ⟦True|$iv > 0|$iv⟧:
    $iv = $iv // 10
    if ⟦$iv == 0|$n // $iv > 99⟧:
        break
print($iv)
`),
];
