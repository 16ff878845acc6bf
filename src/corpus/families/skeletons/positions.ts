import { skeletons } from '../../kits/skeletons/skeletons';

/** Positions in sequences that are or are not there. */
export const families = [
  skeletons('index-error/positions', String.raw`
$lst = [$ints~k]
print($lst[⟦$in|$out|$any|-1|$(k)|$(k-1)⟧])
---
$lst = [$ints~k]
print($lst[⟦-$(k)|-$(k+1)|-1|-$d|$(k)⟧])
---
$lst = [$strs~k]
⟨print("$label" + $lst[⟦$in|$out⟧])|print($lst[⟦$(k-1)|$(k)⟧].upper())|$sv = $lst[⟦$any|$z⟧]⟩
---
$iv = ⟦$in|$out|$any⟧
$lst = [$ints~k]
print($lst[$iv])
---
print([$ints~k][⟦$in|$out|$any⟧])
---
print("$w"[⟦$d|0|$(len:w)|$(len:w-1)|-$(len:w)|-$(len:w+1)|-1⟧])
---
$sv = "$w"
print($sv[⟦$(len:w)|$(len:w-1)|$d|-1|10|$(len:w):|2:50⟧])
---
$sv = "$w"
print($sv[len($sv)⟦| - 1| // 2| + 1⟧])
---
$lst = [$ints~k]
print($lst[len($lst)⟦| - 1| - 2| // 2⟧])
---
$tup = ($ints~k)
print($tup[⟦$in|$out|$any⟧])
---
$tup = ($n, $n2⟦|, $n3⟧)
⟨$iv, $iv2 = $tup[0], $tup[2]|print($tup[2])|print($tup[0] + $tup[2])⟩
---
$lst = [⟦|$n|$ints~2⟧]
print($lst[⟦0|1|-1⟧])
---
$lst = []
$lst⟦[0] = $n|.append($n)|[:] = [$n]|.insert($d, $n)⟧
print($lst)
---
$lst = [$ints~k]
$lst[⟦$in|$out|-1⟧] ⟨=|+=⟩ $n
print($lst)
---
$lst = [$ints~k]
⟦$lst[$(k)] = $n|$lst[$(k-1)] = $n|$lst.append($n)|$lst[$(k):] = [$n]⟧
---
$lst = ⟦[]|[$n]|[$ints~2]⟧
$lst.pop(⟨|0|-1⟩)
---
$lst = [$ints~k]
$lst.pop(⟦$in|$out|$any|⟧)
print($lst)
---
$lst = [$ints~2]
$lst.pop()
$lst.pop()
⟦$lst.pop()|print($lst)|$lst.append($n)|print($lst[0])⟧
---
$lst = [$ints~k]
for ⟨_|$i⟩ in range(⟦$(k)|$(k+1)|$(k-1)⟧):
    $lst.pop()
print(len($lst))
---
$lst = [$ints~k]
del $lst[⟦$in|$out|-1⟧]
print($lst)
---
$lst = [$ints~k]
for $i in range(len($lst)⟦| + 1| - 1⟧):
    print($lst[$i])
---
$lst = [$ints~k]
for $i in range(len($lst)⟦| - 1⟧):
    ⟨print($lst[$i] + $lst[$i + 1])|if $lst[$i] > $lst[$i + 1]:
        print("$w")|print($lst[$i + 1] - $lst[$i])⟩
---
$lst = [$ints~k]
for $i in range(⟦$(k)|$(k+1)|$(k+2)|$(k-1)⟧):
    print($lst[$i]⟨ * 2|⟩)
---
$lst = [$ints~k]
for $i in range(⟦0|1⟧, len($lst)⟦| + 1⟧):
    print($lst[$i ⟦- 1|⟧])
---
$lst = [$ints~k]
$i = 0
while $i ⟦<|<=⟧ len($lst):
    print($lst[$i])
    $i += 1
---
$lst = [$ints~k]
$i = ⟦0|1⟧
while $i <⟦|=⟧ $(k):
    $lst[$i⟦| - 1⟧] += $d
    $i += 1
print($lst)
---
$lst = [$ints~k]
for $e in $lst:
    print(⟦$e|$lst[$e]|$lst[0]⟧)
---
$sv = "$w"
for $i in range(len($sv)⟦| + 1⟧):
    print($sv[$i])
---
$sv = "$w"
for $i in range(⟦$(len:w)|$(len:w+1)|10|$d⟧):
    print($sv[$i⟦|:⟧])
---
$iv = len("$w") ⟦- 1|+ 0⟧
while $iv >= 0:
    print("$w"[$iv])
    $iv -= 1
---
$lst = [[$ints~2], [$ints2~2]]
print($lst[⟦0|1|2⟧][⟦0|1|2⟧])
---
$lst = [[$ints~3], [$ints2~⟦3|2⟧]]
for $i in range(⟦2|3⟧):
    for $i2 in range(⟦3|2⟧):
        print($lst[$i][$i2])
---
$lst = [[0] * ⟦$d|2⟧ for _ in range(⟦$d2|3⟧)]
$lst[⟦1|$d2⟧][⟦1|$d⟧] = $n
print($lst)
---
$lst = [$d] * ⟦$d2|0|3⟧
print($lst[⟦0|2|$d2⟧])
---
$lst = list(range(⟦$d|5|10⟧))
print($lst[⟦$d|4|$d2|5|9|10⟧])
---
print(range($d)[⟦$d|0|$d2|-1⟧])
---
$lst = "$sent~k".split()
print($lst[⟦$in|$out|$any⟧])
---
$sv = "$P⟦ $P2|⟧"
print($sv.split()[⟦1|0|-1|2⟧])
---
$sv = "⟦$w:$n|$w,$n|$w=$n|$w⟧"
$lst = $sv.split("⟦:|,|=⟧")
print($lst[1])
---
$iv, $iv2 = "$y-$d-$d2".split("⟨-|-⟩")[⟦0|1|2|3⟧], "$w"
---
$lst = [$e for $e in [$ints~k] if $e ⟦>|<|%|==⟧ ⟨$n|$d|2⟩]
print($lst[0])
---
$lst = list(filter(lambda $arg: $arg ⟦>|<|!=⟧ $n, [$ints~k]))
print($lst[⟨0|-1⟩])
---
$lst = [$ints~k]
$lst2 = $lst[⟦1:|$(k):|:1|$(k-1):|$d:|:-1⟧]
print($lst2[0])
---
$lst = [$ints~k]
$lst.⟦clear()|copy()|remove($lst[0])|reverse()|pop()⟧
print($lst[⟨0|-1|$in⟩])
---
$lst = [$ints~k]
$lst2 = [$ints2~⟦k|2⟧]
for $i in range(len(⟦$lst|$lst2⟧)):
    print($lst[$i] + $lst2[$i])
---
def $fn($lst):
    return $lst[⟦0|-1|1|2⟧]

print($fn([⟦|$n|$n, $n2|$ints~3⟧]))
---
def $fn($lst⟨, $i|, $arg⟩):
    return $lst[⟨$arg|$i⟩]

print($fn([$ints~k], ⟦$in|$out⟧))
---
def $fn($lst):
    if ⟦not $lst|len($lst) == 0|$lst is None|len($lst) > 9⟧:
        return None
    return $lst[0]

print($fn([⟦|$n⟧]))
---
def $fn($lst):
    $iv = $lst[0]
    for $e in $lst:
        if $e ⟨>|<⟩ $iv:
            $iv = $e
    return $iv

print($fn([⟦$ints~k|⟧]))
---
class $cls:
    def __init__(self):
        self.$lst = []

    def pop(self):
        ⟦if not self.$lst:
            return None
        |⟧return self.$lst.pop()

$obj = $cls()
print($obj.pop())
---
class $cls:
    def __init__(self, $lst):
        self.$lst = $lst

    def $meth(self, $i):
        return self.$lst[$i]

$obj = $cls([$strs~k])
print($obj.$meth(⟦$in|$out|$any⟧))
---
try:
    print([$ints~k][⟦$in|$out⟧])
except ⟦IndexError|KeyError|ValueError|LookupError⟧:
    print("$w")
---
print("{} {⟦}|1}|0}⟧".format("$w"⟦|, "$w2"⟧))
---
print("⟦{0} {1}|{} {}|{0} {2}|{1} {0}|{} {} {}⟧".format("$w", $n))
---
import sys
print(sys.argv⟦|[5]|[99]|[0:1]⟧)
---
from collections import deque
$v = deque([⟦|$n|$ints~2⟧])
⟨print($v.popleft())|$v.pop()⟩
---
import random
print(random.choice(⟦[$ints~3]|[]|"$w"|""|[$n]⟧))
---
$tup = "$w", $n
print($tup[⟦0|1|2|-2|-3⟧])
---
$lst = [("$w", $n), ("$w2", $n2)]
for $e in $lst:
    print($e[⟦0|1|2⟧])
---
$lst = [("$w", $n), ("$w2",⟦ $n2|⟧)]
print([$e[1] for $e in $lst])
---
print([$strs~k].index("$w")⟦|[0]⟧ if ⟦False|True⟧ else [$ints~2][⟦1|2⟧])
---
$lst = [$ints~k]
$lst.⟦remove($lst[⟦0|$(k)⟧])|insert($(k+5), $n)|pop($(k))⟧
---
$iv = 0
for $i in range(⟦$(k)|$(k+1)⟧):
    $iv += [$ints~k][$i]
print($iv)
---
$lst = [$ints~k]
$lst[⟦0|$(k-1)|$(k)⟧], $lst[⟦1|0⟧] = $lst[⟦0|1⟧], $n
---
months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
print(months[⟦11|12|0|$d|-12|-13⟧])
---
days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
$iv = ⟦6|7|$d|-7|-8⟧
print(days[$iv⟦| - 1| % 7⟧])
---
print(ord("$w"[⟦0|-1|$(len:w)⟧]))
---
def fib(n):
    seq = [0, 1]
    for i in range(⟦2|0⟧, n):
        seq.append(seq[i - 1] + seq[i - 2])
    return seq[⟦n|n - 1|-1⟧]

print(fib($d))
---
matrix = [[$ints~2], [$ints2~2]]
size = ⟦2|3|len(matrix)⟧
total = 0
for i in range(size):
    total += matrix[i][⟦i|1|0|2⟧]
print(total)
`),
];
