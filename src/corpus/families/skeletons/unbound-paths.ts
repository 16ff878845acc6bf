import { skeletons } from '../../kits/skeletons/skeletons';

/** Locals bound on some paths only, or shadowing what is outside. */
export const families = [
  skeletons('unbound-local-error/paths', String.raw`
def $fn():
    try:
        $iv = int("⟦$n|$w⟧")
    except ValueError:
        print("$w2")
    return $iv

⟨print($fn())|$fn()⟩
---
def $fn($arg):
    try:
        $iv = $n / $arg
    except ⟦ZeroDivisionError|TypeError⟧:
        ⟦pass|$iv = 0|return None|print("$w")⟧
    return $iv

print($fn(⟦0|$d⟧))
---
def $fn():
    try:
        raise ValueError("$w")
    except ValueError as e:
        ⟦pass|$v = e|return e⟧
    return ⟦e|$n⟧

print($fn())
---
def $fn():
    ⟦len|max|str|sum|list⟧ = ⟨$n|[$ints~2]⟩
    return len("$w")

print($fn())
---
def $fn($arg):
    $iv = ⟦len|sum|max|int⟧($arg)
    ⟦len|sum|max|$iv2⟧ = $iv
    return $iv

print($fn([$ints~k]))
---
def $fn():
    print($iv)

def $fn2():
    print($iv)
    $iv = $n

$iv = $n2
⟦$fn|$fn2⟧()
---
def $fn():
    ⟦#x |print($iv)
    ⟧$iv = $n
    print($iv)

$fn()
---
def $fn():
    $iv = $n
    del $iv
    return ⟦$iv|$n2⟧

print($fn())
---
def $fn($arg):
    ⟦$arg2 = $d
    |⟧$arg = $arg + $arg2
    ⟦|$arg2 = 0
    ⟧return $arg

print($fn($n))
---
class $cls:
    def __init__(self):
        self.$attr = 0

    def $meth(self):
        ⟦self.|⟧$attr += 1
        return self.$attr

print($cls().$meth())
---
class $cls:
    $attr = $n

    def $meth(self):
        $iv = ⟦self.$attr|$attr|$iv⟧
        return $iv

print($cls().$meth())
---
import ⟨math|random⟩ as $v

def $fn():
    $iv = $v.⟨__name__⟩
    ⟦$v = $iv|$iv2 = $iv|global $v2⟧
    return $iv

print($fn())
---
def $fn($arg):
    match $arg:
        case ⟦$d|$d2⟧:
            $sv = "$w"
        case ⟦$d3|_⟧:
            $sv = "$w2"
    return $sv

print($fn(⟨$d|$d3⟩))
---
def $fn($arg):
    with_$iv = $arg
    if ⟦with_$iv|not with_$iv|True|False⟧:
        $iv = $d
    print($iv)

$fn(⟦$n|0|""|"$w"⟧)
---
$iv = $n

def $fn($arg):
    if $arg:
        $iv = $d
    return $iv

print($fn(⟦True|False⟧))
---
$iv, $iv2 = $n, $n2

def $fn():
    ⟦global $iv, $iv2|global $iv|pass⟧
    $iv, $iv2 = $iv2, $iv

$fn()
print($iv)
---
$iv = 0
⟦def $fn():
    $iv += 1
    return $iv

$fn()|for $i in range($d):
    $iv += 1|def $fn($iv):
    $iv += 1
    return $iv

$fn($iv)⟧
print($iv)
---
$iv = $n

def $fn($arg):
    $iv⟦2|⟧ = $arg * $iv
    return $iv⟦2|⟧

print($fn($d))
---
def $fn():
    return [$e for $e in $lst]
    ⟦$lst = []|pass⟧

$lst = [$ints~2]
print($fn())
---
def $fn():
    $iv = $n
    if $iv ⟦>|<⟧ $n2:
        $sv = "$w"
    print(⟦$sv|$iv⟧)

$fn()
---
def $fn():
    import math
    return math.pi

def $fn2():
    ⟦import math
    |⟧return math.⟨sqrt($n)|pi⟩

print(⟦$fn|$fn2⟧())
---
$lst = [$ints~3]

def $fn():
    ⟦$lst.append($n)|$lst += [$n]|$lst = $lst + [$n]|$lst[0] += $n|$lst2 = $lst + [$n]⟧
    return len($lst)

print($fn())
`, 32),
];
