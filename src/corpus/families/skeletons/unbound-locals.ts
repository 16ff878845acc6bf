import { skeletons } from '../../kits/skeletons/skeletons';

/** Local variables read before they are bound. */
export const families = [
  skeletons('unbound-local-error/assignment', String.raw`
$iv = ⟨0|$n⟩

def $fn():
    ⟦global $iv
    |⟧$iv ⟦+=|=⟧ ⟨1|$d⟩
    ⟨print($iv)|return $iv⟩

$fn()
---
$iv = $n

def $fn():
    print($iv)
    ⟦$iv = $n2|$iv2 = $n2|global_$iv = $n2⟧

⟦$fn()|print($iv)⟧
---
$iv = $n
def $fn():
    $iv⟦ = $iv + $d|2 = $iv + $d| = $d|: int = $d⟧
    return ⟦$iv|$d⟧
print($fn())
---
def $fn():
    $iv = 0
    def $fn2():
        ⟦nonlocal $iv
        |⟧$iv += 1
        return $iv
    return $fn2⟦()|⟧

⟨print($fn())|$v = $fn()⟩
---
def $fn():
    $iv = $n
    def $fn2():
        ⟦nonlocal|global⟧ $iv
        $iv += $d
    $fn2()
    return $iv

print($fn())
---
def $fn($arg):
    if $arg ⟦>|<|==|>=⟧ ⟨$n|0⟩:
        $iv = $d
    ⟦|else:
        $iv = 0
    ⟧return $iv

print($fn($n2))
---
def $fn($arg):
    if $arg > 90:
        $sv = "⟨A|$w⟩"
    elif $arg > 50:
        $sv = "⟨B|$w2⟩"
    return $sv

print($fn(⟦95|60|20|90|50|51⟧))
---
def $fn($lst):
    for $e in $lst:
        $iv = $e
    return ⟦$iv|$e|$lst⟧

print($fn([⟦$ints~3|⟧]))
---
def $fn($arg):
    for $i in range($arg):
        $iv = $i * $d
    return $iv

print($fn(⟦$d2|0|-$d|1⟧))
---
def $fn($lst):
    for $e in $lst:
        if $e ⟦> $n|== "$w"|< 0|% 2 == 0⟧:
            $v = $e
            break
    return $v

print($fn([⟨$ints~k⟩]))
---
def $fn($arg):
    while $arg > ⟦$d|$n|0⟧:
        $iv = $arg
        $arg -= 1
    return $iv

print($fn($d2))
---
def $fn():
    ⟦$iv = 0
    |⟧for $i in range($d):
        $iv += $i
    return $iv

print($fn())
---
def $fn($lst):
    ⟦$iv = 0
    |⟧for $e in $lst:
        ⟨$iv += $e|$iv = $iv + $e|$iv *= $e⟩
    return $iv

print($fn([⟦$ints~k|⟧]))
---
def $fn():
    $lst⟦.append($n)| += [$n]| = [$n]⟧
    return $lst

$lst = []
print($fn())
---
$dv = {"$w": $n}

def $fn():
    $dv⟦["$w"] = $n2| = {}|["$w"] += 1⟧
    ⟨return $dv|print(len($dv))⟩

$fn()
---
$dv = {"$w": $n}

def $fn():
    print($dv["$w"])
    ⟦$dv = {}|$dv["$w2"] = 0|return $dv⟧

$fn()
`, 30),
];
