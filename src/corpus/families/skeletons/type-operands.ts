import { skeletons } from '../../kits/skeletons/skeletons';

/** Operands and results of the wrong type. */
export const families = [
  skeletons('type-error/operands', String.raw`
print("$label" + ⟦$n|"$n"|str($n)|$f⟧)
---
print(⟦$n|"$n"⟧ + "$n2")
---
$iv = ⟦$n|"$n"⟧
print("$label" + $iv)
---
$iv = ⟦"$n"|$n⟧
print($iv + $n2)
---
$sv = "$w"
$iv = $n
print($sv ⟦+|*|%|,⟧ $iv)
---
$iv = $n
$iv2 = ⟦"$n2"|$n2|int("$n2")|None⟧
⟨$iv3 = $iv ⟦+|*|-⟧ $iv2|print($iv ⟦+|*|-⟧ $iv2)⟩
---
"$n" ⟦+|*|-|/⟧ $d
---
$d ⟦*|+|-⟧ "$w"
---
print("$w" ⟦+|*|-⟧ "$w2")
---
$lst = [$ints~k]
$lst ⟦+= [$n]|+= $n|+= ($n,)|+= "$n"⟧
print($lst)
---
$lst = [$ints~k]
print($lst + ⟦[$n]|$n|"$w"|($n,)⟧)
---
$sv = "$w"
$sv ⟦+= $n|+= "$n"|+= str($n)|*= $d⟧
print($sv)
---
def $fn($arg, $arg2):
    return $arg ⟨+|-|*⟩ $arg2

print($fn($n, ⟦$n2|"$n2"|None⟧))
---
$iv = 0
for $e in [$n, $n2, ⟦"$n3"|$n3|None⟧]:
    $iv += $e
print($iv)
---
sum([$n, $n2, ⟦"$w"|$n3|"$d"⟧])
---
print(sum([⟦"$d", "$d2"|$d, $d2|$d, None⟧]))
---
$lst = ["$n", "$n2", "$n3"]
print(sum(⟦$lst|int($e) for $e in $lst|map(int, $lst)⟧))
---
$sv = "$P"
$iv = $n
print(⟦"$label" + $sv + " " + $iv|"$label" + $sv + " " + str($iv)|"$label", $sv, $iv|f"$label{$sv} {$iv}"⟧)
---
print(⟦"$n"|$n|int("$n")⟧ ⟨/|//|-⟩ $d)
---
print(⟦-"$n"|-$n|not "$n"|+"$n"⟧)
---
$dv = {"$w": $n, "$w2": ⟦"$n2"|$n2⟧}
print($dv["$w"] + $dv["$w2"])
---
print([$ints~3] ⟦*|+|-|/⟧ ⟨$d|[$d2]⟩)
---
$dv = {"$w": $n}
$dv2 = {"$w2": $n2}
print($dv ⟦+|==|!=⟧ $dv2)
---
print(⟦None|0|""⟧ + ⟨$d|"$w"⟩)
---
print("$w" in ⟦$n|"$w2"|["$w"]|None⟧)
---
print($n in ⟦"$n$n2"|[$n, $n2]|{$n}⟧)
---
$iv = ⟨$n|$f⟩
$sv = "$(cap:w): " + ⟦str($iv)|$iv|repr($iv)⟧ + "⟨ units|%|!| km⟩"
---
$sv = "$P is " + ⟦$d + $d2|str($d + $d2)|"$d" + "$d2"⟧ + " years old"
print($sv)
---
$lst = []
for $i in range($d):
    $lst.append("$w" + ⟦str($i)|$i⟧)
print($lst)
---
print("%⟦d|s⟧ $w" % "$w2")
---
print("⟦%s and %s|%s⟧" % ("$w", "$w2"⟦|, "$w3"⟧))
---
print("%s has %d $w" % ⟦("$P", $n)|"$P"|("$P",)|("$P", "$n")⟧)
---
print(f"{⟦"$n" + $d|"$n" * $d|$n + $d⟧}".strip())
`),
  skeletons('type-error/none-results', String.raw`
$lst = [$ints~k]
$v = ⟦$lst.sort()|sorted($lst)⟧
print($v[0])
---
$lst = [$ints~k]
$lst = ⟦$lst.append($n)|$lst + [$n]⟧
print(len($lst))
---
$lst = [$ints~k]
$lst ⟦= $lst.reverse()|.reverse()⟧
for $e in $lst:
    print($e)
---
def $fn($arg):
    ⟦print|return⟧⟨ ($arg * $d)|($arg + $d)⟩

⟨$iv = $fn($n) + $d2
print($iv)|print($fn($n) + $d2)|print($fn($n) * $d2)⟩
---
def $fn($arg):
    if $arg > ⟦$n|0⟧:
        return $arg

print($fn($n) ⟨+|-|*⟩ $d)
---
print(len(⟦[$ints~3].reverse()|[$ints~3]|print("$w")|"$w"⟧))
---
$dv = {"$w": $n}
$iv = $dv.get("⟦$w|$w2⟧"⟦|, 0⟧)
print($iv + $d)
---
import random
$lst = [$ints~4]
$v = ⟦random.shuffle($lst)|random.choice([$lst])|random.sample($lst, 2)⟧
print($v[0])
---
$v = print("$w")
print(⟦$v|$v + "$w2"|$v[0]|str($v)⟧)
---
$lst = ["$w", "$w2"]
print("⟨$w3|, ⟩".join(⟦$lst|$lst.append("$w4")|$lst + ["$w4"]|$lst.extend(["$w4"])⟧))
---
def $fn($lst):
    $iv = 0
    for $e in $lst:
        $iv += $e
⟦|    return $iv⟧

print($fn([$ints~k]) / $d)
---
$sv = ⟦None|"$w"|$n⟧
print(len($sv))
---
$lst = ⟦None|[]|[$ints~2]⟧
for $e in $lst:
    print($e)
---
$iv = int(⟦None|"$n"|$f|[$n]⟧)
print($iv)
---
import re
$v = re.⟦match|search⟧(r"\d+", "⟨$w |⟩$n $w2")
print($v[0])
---
def $fn($arg):
    $arg.append($n)
    ⟦return|return $arg|pass⟧

$lst = $fn([$ints~2])
print($lst[0])
`),
];
