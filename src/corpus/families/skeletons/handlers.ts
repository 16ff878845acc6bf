import { skeletons } from '../../kits/skeletons/skeletons';

/** Errors raised, caught, missed, or never reached. */
export const families = [
  skeletons('control-flow/handlers', String.raw`
try:
    ⟨$iv = int("$w")|$iv = [$ints~2][$d]|$iv = {"$w": $n}["$w2"]|$iv = $n / 0|$iv = "$w" + $n|$iv = None.$attr|$iv = $v|assert $n < 0⟩
except ⟦ValueError|IndexError|KeyError|ZeroDivisionError|TypeError|AttributeError|NameError|Exception⟧:
    print("$w3")
---
try:
    ⟨$iv = int("$w")|$iv = [$ints~2][$d]|$iv = {"$w": $n}["$w2"]|$iv = $n / 0|$iv = "$w" + $n|$iv = $v⟩
except (⟦ValueError|IndexError|KeyError⟧, ⟦ZeroDivisionError|TypeError|NameError⟧)⟨| as e⟩:
    print(⟨"$w3"|$n⟩)
---
try:
    ⟨int("$w")|[$ints~2][$d]|{"$w": $n}["$w2"]|$n / 0|"$w" + $n|$v⟩
except⟦ ValueError| KeyError| TypeError|⟧:
    ⟦pass|raise|print("$w2")|print($v2)|raise ValueError("$w2")⟧
---
try:
    raise ⟦ValueError|TypeError|KeyError|IndexError|ZeroDivisionError|StopIteration|AssertionError⟧("$w")
except ⟦ValueError|LookupError|ArithmeticError|Exception|TypeError⟧ as e:
    print("$w2"⟨, e|⟩)
---
try:
    $iv = ⟨int("$w")|$n / 0|[][0]|{}["$w"]⟩
⟦except ⟨ValueError|Exception⟩:
    print("$w2")
|⟧finally:
    print("$w3")
---
try:
    $iv = int("⟦$n|$w⟧")
except ValueError:
    $iv = ⟦0|$d|None⟧
print(⟨$n2 / $iv|$iv + $n2⟩)
---
try:
    $iv = int("$n")
except ValueError:
    print("$w")
else:
    ⟦$iv / 0|print($iv)|$iv + "$w2"|$iv.$attr|[][$iv]|$v⟧
---
try:
    $iv = $n / ⟦0|$d⟧
except ZeroDivisionError:
    $iv = ⟦$n / 0|0|None|$v|int("$w")⟧
print("$w2")
---
try:
    try:
        ⟨int("$w")|$n / 0|{}["$w"]⟩
    except ⟦ValueError|ZeroDivisionError|KeyError⟧:
        print("$w2")
except ⟦ValueError|ZeroDivisionError|KeyError⟧:
    print("$w3")
---
def $fn($arg):
    try:
        return ⟨int($arg)|$n / $arg|[$ints~3][$arg]|$arg + 1⟩
    except ⟦ValueError|ZeroDivisionError|IndexError|TypeError⟧:
        return ⟨None|0|-1⟩

print($fn(⟦"$w"|0|"$n"|$n2|$d⟧))
---
def $fn():
    try:
        return $n / 0
    finally:
        ⟦return $d|print("$w")|pass⟧

print($fn())
---
for $e in ["$n", "$w", ⟦"$n2"|None|$n2⟧]:
    try:
        print(int($e))
    except ⟦ValueError|TypeError|Exception|(ValueError, TypeError)⟧:
        print("$w2")
---
def $fn($arg):
    if $arg ⟦>|<|==⟧ $n:
        raise ⟦ValueError|TypeError|KeyError|IndexError⟧("$sent~3")
    return $arg

try:
    $fn($n2)
except ⟦ValueError|TypeError⟧:
    print("$w")
---
class $(cap:w)Error(⟦Exception|ValueError|KeyError|TypeError|IndexError⟧):
    pass

try:
    raise $(cap:w)Error("$w2")
except ⟦$(cap:w)Error|ValueError|KeyError|Exception⟧:
    print("$w3")
---
def $fn():
    ⟦return "$w"
    |⟧⟨return $n / 0|return int("$w2")|return $v|return [][0]|raise ValueError("$w2")|return {}["$w2"]⟩

print($fn())
---
if ⟦True|False|$n > $n2|$n < $n2⟧:
    print("$w")
else:
    ⟨print($n / 0)|print("$w2" + $n)|print([$ints~2][5])|int("$w2")|print($v)|{}["$w2"]|None.$attr|assert False⟩
---
if $n ⟦>|<⟧ $n2 ⟦and|or⟧ ⟨$d / 0 > 1|int("$w") > 0|[][0]|"$w" > 1|$v|{}["$w"]⟩:
    print("$w2")
---
$iv = $n ⟦or|and⟧ ⟨1 / 0|int("$w")|[][0]|len($d)|$v.$attr|{}["$w"]⟩
---
print("$w" if ⟦True|False|$n|0|""⟧ else ⟨1 / 0|int("$w2")|[][0]|$v|"$w2" + 1|{}["$w2"]⟩)
---
while ⟦False|True|0|$n > $n2⟧:
    ⟨print($n / 0)|$iv = int("$w")|print([][0])|print("$w" + 1)|print($v)|{}["$w"]⟩
    break
---
for $e in ⟦[]|[$d]|range(0)|""|"$w"|range($d)⟧:
    ⟨print($n / 0)|int("$w2")|print([][0])|"$w2" + 1|print($v)|raise ValueError("$w2")⟩
---
for $i in range($d):
    if $i == ⟦$d|$(d-1)|0|$n⟧:
        ⟨print($n / 0)|raise ValueError("$w")|print([][$i])|print($i + "$w")|{}[$i]|raise KeyError($i)|break⟩
---
def $fn():
    ⟨return $n / 0|return int("$w")|return [][0]|return "$w" + 1|return $v|raise ValueError|return None.$attr⟩

⟦$fn()|$fn|print("$w2")|print($fn.__name__)|$v2 = $fn⟧
---
$fn = lambda: ⟨1 / 0|int("$w")|[][0]|"$w" + 1|$v|{}["$w"]|None.$attr⟩
⟦$fn()|print(callable($fn))|$lst = [$fn]|$lst = [$fn()]⟧
---
class $cls:
    def $meth(self):
        ⟨return 1 / 0|return int("$w")|return self.$attr|return [][0]|return $attr|raise ValueError("$w")⟩

$obj = $cls()
⟦$obj.$meth()|print("$w2")|$obj.$meth⟧
---
$v = (⟨1 / $e|int($e)|$e + "$w"|[][$e]⟩ for $e in [$d, 0, $d2])
⟦print("$w2")|print(list($v))|next($v)⟧
---
$lst = [⟨$n / $e|[$ints~3][$e]|100 // ($e - 1)⟩ for $e in (⟦1, 2|0, 1|2, 3|2, 0⟧)]
print($lst)
---
⟦# |⟧print(⟨$n / 0|int("$w")|[$ints~2][9]|"$w" + $n|$v|{"$w": 1}["$w2"]|len($n)|None.$attr⟩)
print("$w3")
---
"""
⟨$n / 0|int("$w")|"$w" + $n|$v⟩
"""
⟦print("$w2")|print($n / 0)|print("$w2" + $n2)|print(len($n3))⟧
---
print("⟨$n / 0|int('$w')|[][0]|undefined_name|raise ValueError⟩")⟦|
print($n / 0)|
int("$w")|
print([][0])⟧
---
raise ⟦ValueError|TypeError|KeyError|IndexError|NameError|AttributeError|ZeroDivisionError|RecursionError|ImportError|FileNotFoundError|StopIteration|AssertionError⟧⟨("$sent~3")|("$w")||()⟩
---
def $fn($arg):
    raise ⟦TypeError|ValueError|IndexError|KeyError|AttributeError|ImportError⟧(f"bad $w: {$arg}")

⟦$fn($n)|$fn|try:
    $fn($n)
except Exception as e:
    print(e)⟧
---
$v = ⟦ValueError|TypeError|KeyError|IndexError⟧("$w")
⟦raise $v|print($v)|print(repr($v))⟧
---
import sys
if $n ⟦>|<⟧ $n2:
    ⟨raise ValueError("$w")|raise KeyError("$w")|raise TypeError("$w")|raise IndexError⟩
print("$w2")
---
from contextlib import suppress

with suppress(⟦KeyError|ValueError|ZeroDivisionError⟧):
    ⟨int("$w")|{}["$w"]|1 / 0⟩
print("$w2")
---
try:
    import ⟦math|$(w)lib|json|numpyy⟧
except ⟦ImportError|ModuleNotFoundError|ValueError⟧:
    print("$w2")
---
def $fn($arg):
    match $arg:
        case ⟦$d|"$w"⟧:
            return "$w2"
        case _:
            raise ⟦ValueError|TypeError|KeyError⟧($arg)

print($fn(⟨$d|"$w"⟩))
---
$dv = {"$w": lambda: $n, "$w2": lambda: ⟨1 / 0|int("$w3")|[][0]|$v⟩}
print($dv["⟦$w|$w2|$w4⟧"]())
---
$iv = $n
if $iv ⟨>|<⟩ ⟦$n2|$n⟧:
    $lst = [$ints~2]
else:
    $lst = ⟦[]|None|"$w"|$d⟧
print($lst[0])
---
retries = ⟦0|1|3⟧
while retries ⟨> 0|⟩:
    retries -= 1
    if retries == ⟦0|1|5⟧:
        raise ⟨ValueError|KeyError|TypeError⟩("$w")
print("$w2")
---
$iv = $n
del $iv
try:
    print($iv)
except ⟦NameError|UnboundLocalError|AttributeError⟧:
    ⟦print("$w")|$iv = 0|raise⟧
`),
];
