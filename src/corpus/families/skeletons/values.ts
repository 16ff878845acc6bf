import { skeletons } from '../../kits/skeletons/skeletons';

/** Values of the right type that do not do. */
export const families = [
  skeletons('value-error/values', String.raw`
$iv = int("⟦$n|$w|$f|-$n|$n$w||  $n |$n,$n2|12a|0x1F|$(d)_000⟧")
---
print(int("⟦$n|$w|$f|⟧"))
---
print(int(⟦"$f"|$f|float("$f")|"$n"⟧))
---
$sv = "⟦$n|$w|$n.$d|$n ⟨km|kg|%⟩|+$n| $n⟧"
$iv = int($sv)
print($iv + $d)
---
print(float("⟦$f|$w|$n|$f.$d|1e$d|nan|inf|$n,$d|USD $n|$f%⟧"))
---
print(int("⟦$n|ff|1010|102|$w⟧", ⟦2|16|8|10|36⟧))
---
print(int("⟦10|12|7|101|8|ff⟧", ⟨base=|⟩⟦2|8|16|1⟧))
---
$lst = ["$n", "$n2", "⟦$n3|$w|$f|⟧"]
print([int($e) for $e in $lst])
---
$lst = "$n⟦,|, |;| ⟧$n2".split("⟦,| |;⟧")
print(sum(int($e) for $e in $lst))
---
print(sum(map(int, "⟦$n|$n$w|$n.$d|$y⟧")))
---
for $e in ["$n", "⟦$n2|$w⟧"]:
    print(int($e⟦|.strip()⟧))
---
$iv, $iv2 = ⟦$n, $n2|$n, $n2, $n3|[$n]|[$n, $n2]|"$d$d2"|($n,)⟧
print($iv)
---
$iv, $iv2⟦|, $iv3⟧ = [$n, $n2⟦|, $n3⟧]
---
$iv, $iv2 = "⟦$w $w2|$w|$w $w2 $w3|$w-$w2⟧".split()
print($iv)
---
$sv, $sv2 = "$P⟦ |,⟧$P2".split("⟦ |,⟧")
---
$iv, ⟦*|⟧$v = [$ints~⟦2|3|4⟧]
print($v)
---
for $i, $e in [(⟨$d, $d2⟩), ($d3, $d4⟦|, $n⟧)]:
    print($i + $e)
---
$dv = {"$w": $n, "$w2": $n2}
for $e, $v in $dv⟦.items()|⟧:
    print($e, $v)
---
for $i, $e in ⟦enumerate(["$w", "$w2"])|["$w", "$w2"]|zip([1, 2], "$w")|{"$w": 1}.items()⟧:
    print($i, $e)
---
def $fn():
    return $n, $n2⟦|, $n3⟧

$iv, $iv2⟦|, $iv3⟧ = $fn()
print($iv)
---
($iv, $iv2), $iv3 = ($d, $d2⟦|, $d3⟧), $n
---
$lst = [$strs~k]
$lst.remove("⟦$w|$w2⟧") if ⟦"$w" in $lst|True⟧ else None
print($lst)
---
$lst = ["$w", "$w2"]
⟨$lst.remove("⟦$w|$w3|$w2|$(cap:w)|$(typo:w)⟧")|print($lst.index("⟦$w|$w3|$w2|$(cap:w)|$(typo:w)⟧"))⟩
---
$lst = ["$w", "$w2"]
$lst.remove("⟦$w|$w3|$w2|$(cap:w)⟧")
print($lst)
---
$lst = ["$w", "$w2"]
print($lst.index("⟦$w|$w3|$w2|$(typo:w)⟧"⟦|, 1⟧))
---
$lst = [$n, $n2, $n3]
$lst.remove(⟦$n|$n2|$d|"$n"|0⟧)
⟦|$lst.remove($n)
⟧print($lst)
---
print([$n, $n2].index(⟦$n|$n2|$n3|"$n"⟧))
---
print("$w".⟦index|find|rfind|rindex|count⟧("⟦a|e|z|$w|x⟧"))
---
$sv = "$sent"
print($sv.⟦index|find⟧("⟦$w|the|e|to|q⟧"))
---
($n, $n2).index(⟦$n|$n2|$d⟧)
---
import math
print(math.sqrt(⟦$n|-$n|0|$n - $n2|abs(-$n)⟧))
---
import math
print(math.log(⟦$n|0|-$d|$f|1⟧))
---
import math
print(math.⟦factorial|sqrt|floor|log|exp⟧(⟦-$d|$d|$d2⟧))
---
from math import sqrt
def $fn($arg, $arg2, $arg3):
    return sqrt($arg2 ** 2 - 4 * $arg * $arg3)

print($fn(⟦1|$d⟧, ⟦2|$d2|10|0⟧, ⟦1|$d3⟧))
---
print(chr(⟦$n|-$n|97|-1|1114112|65⟧))
---
print(⟨max|min⟩(⟦[$ints~3]|[]|""|"$w"|()|{}⟧⟦|, default=0⟧))
---
$lst = [⟦$ints~k|⟧]
print(⟨max|min⟩($lst))
---
$lst = [$e for $e in [$ints~k] if $e ⟦>|<|!=⟧ $n]
print(⟨max|min⟩($lst⟨|, key=lambda $arg: -$arg⟩))
---
$dv = ⟦{}|{"$w": $n}|{"$w": []}⟧
print(max($dv⟦.values()|⟧))
---
print(list(range($d, $n, ⟦1|0|2|$d2|-1⟧)))
---
print([$ints~k][::⟦1|0|-1|2⟧])
---
print("$w".split(⟦"a"|""|" "|None|","⟧))
---
print(list(zip([$ints~2], [$ints2~⟦2|3⟧]⟦|, strict=True⟧)))
---
print(round(⟦float("nan")|$f|float("inf")⟧))
---
int(⟦float("nan")|$f|float("$n")⟧)
---
from datetime import datetime
print(datetime.strptime("⟦$y-0$d-1$d2|$d/$d2/$y|$w|$y-1$d-01|$y-02-30⟧", "⟦%Y-%m-%d|%d/%m/%Y⟧").year)
---
from datetime import date
print(date($y, ⟦$d|13|0|12|1$d⟧, ⟦$d2|30|31|32|29⟧))
---
import datetime
$v = datetime.date(⟦$y|0|10000⟧, ⟦2|4|1⟧, ⟦28|30|31|$d⟧)
---
from datetime import time
print(time(⟦$d|24|23|25⟧, ⟦$n|59|60|0⟧))
---
import random
print(random.randint(⟦1, $n|$n, 0|0, 0|$d, $(d+1)|$(d+1), $d⟧) < 0)
---
import random
print(len(random.sample([$ints~k], ⟦$(k)|$(k+1)|1|$d⟧)))
---
raise ⟦ValueError|TypeError|KeyError|IndexError|AttributeError|NameError|ZeroDivisionError⟧("$sent")
---
def $fn($arg):
    if $arg ⟦<|>|==|>=⟧ ⟦0|$n|$d⟧:
        raise ⟦ValueError|TypeError⟧("$sent~3")
    return $arg

print($fn(⟦$n|-$n|0⟧))
---
class $cls:
    def __init__(self, $attr):
        if $attr < ⟦0|$n⟧:
            raise ValueError("$attr ⟨must be positive|is too small|cannot be negative⟩")
        self.$attr = $attr

$obj = $cls(⟦$n2|-$n2|0⟧)
print($obj.$attr)
---
def $fn($arg, $arg2):
    if $arg2 > $arg:
        raise ValueError("⟨Insufficient funds|Not enough $w|too big⟩")
    return $arg - $arg2

print($fn($n, ⟦$n2|$d|$n⟧))
---
def $fn($arg):
    if not isinstance($arg, ⟦int|str⟧):
        raise TypeError("$sent~3")
    if $arg ⟦==|!=⟧ $d:
        raise ValueError("$w")
    return $arg

$fn(⟦$d|"$w2"|$n⟧)
---
def $fn($arg):
    if $arg not in [$strs~3⟦|, "$w"⟧]:
        raise ValueError(f"unknown $w2: {$arg}")
    print($arg)

$fn("$w")
---
try:
    $iv = int("⟦$w|$n⟧")
except ⟦ValueError|TypeError|KeyError|Exception|(TypeError, ValueError)⟧:
    ⟦$iv = 0|raise|pass⟧
print(⟨$n|"$w2"⟩)
---
try:
    int("⟦$w|$n⟧")
except ValueError as e:
    raise ⟦TypeError|KeyError|ValueError⟧("$w2") from e
---
$sv = "⟦$n|$w|$f|-$n| |$n$d⟧"
if $sv.⟦isdigit|isalpha|isnumeric|isalnum⟧():
    print(int($sv))
else:
    print("$w2")
---
$lst = "$n $n2 ⟦$n3|$w|⟧".split(⟦|" "⟧)
print([int($e) for $e in $lst])
---
print("{:⟦d|.2f|s|>10|z⟧}".format(⟦$n|"$w"|$f⟧))
---
print(f"{⟦$f|$n|"$w"⟧:⟦.2f|d|>8|5⟧}")
---
print("⟦{}|{|{{}}|}⟧ $w".format("$w2"))
---
$iv = $n
print(f"{$iv:⟦d|.1f|s|,|x|q|03d⟧}")
---
print(bytes([$d, ⟦$n|300|255|256|-1⟧]))
---
print(complex("⟦$d+$(d2)j|$w|$d|$d + $(d2)j⟧"))
---
print(pow($d, ⟦-1|2|$d2⟧, ⟦$n|0|2|1⟧))
---
$lst = [$ints~2]
$lst[⟦::2|0:1|:⟧] = [$ints2~⟦1|2|3⟧]
print($lst)
---
from enum import Enum
class $cls(Enum):
    $(up:attr) = $d
    $(up:attr2) = "$w"
print($cls(⟦$d|"$w"|$n|"$w2"⟧).name)
---
import statistics
print(statistics.mean([$ints~k]) ⟦if $n > $d else 0|+ int("$w")|+ int("$n")|/ 2⟧)
---
print("$w".⟦encode|center⟧(⟦"utf-8"|$n⟧))
---
print("⟦$w|caf\u00e9|na\u00efve⟧".encode("⟦ascii|utf-8|latin-1⟧").hex()[:⟦0|4⟧])
---
$lst = [($n, "$w"), ($n2, "$w2"⟦|, $n3⟧)]
for $iv, $sv in $lst:
    print($sv, $iv)
---
$tup = ($ints~⟦3|2|4⟧)
⟨a, b, c = $tup|x, y, z = $tup|first, second, third = $tup⟩
---
print(list("$w").index("$w"[⟦0|-1⟧]⟦|.upper()⟧))
---
def $fn($arg):
    return int($arg) * $d

for $e in ("$n", "⟦$n2|$w|$f⟧"):
    print($fn($e))
---
$sv = "$y-0$d-$n"
$iv, $iv2, $iv3 = $sv.split("⟦-|/⟧"⟦|, 1⟧)
print($iv)
---
$dv = {"$w": "⟦$n|$w2|⟧"}
print(int($dv["$w"])⟨ + $d|⟩)
---
print(ord(⟦"a"|"$w"|""|"$d"|$d⟧))
---
age = int("⟦$n|twenty|$f|ten|$d⟧")
if age ⟨>=|>⟩ 18:
    print("adult")
`),
];
