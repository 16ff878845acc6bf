import { skeletons } from '../../kits/skeletons/skeletons';

/** Names bound in some scope, on some path, or not at all. */
export const families = [
  skeletons('name-error/scope', String.raw`
⟦$iv = $n
print($iv)|print($iv)
$iv = $n⟧
---
⟦#x |print($fn($n))
⟧def $fn($arg):
    return $arg * $d

print($fn($n2))
---
def $fn():
    return $fn2() + $d

⟦#x |print($fn())

⟧def $fn2():
    return $n

print($fn())
---
$iv = $n
del ⟦$iv|$iv2⟧
⟦print($iv)|print("$w")|$iv = $d⟧
---
$lst = [$ints~k]
del $lst⟦|[0]|[:]⟧
print($lst)
---
def $fn():
    $iv = $n
    ⟦return $iv|print($iv)⟧

$fn()
print(⟦"$w"|$iv|$fn()⟧)
---
def $fn():
    ⟦global $iv
    |⟧$iv = $n

$fn()
print($iv)
---
def $fn():
    ⟦global $iv
    |⟧$iv = $n

⟦$fn()|$fn⟧
print(⟦$iv|$n2⟧)
---
for $i in ⟦range($d)|range(0)|[]|"$w"|""⟧:
    $iv = $i
print($iv)
---
for $e in [⟨$ints~2|⟩]:
    pass
print(⟦$e|"$w"⟧)
---
$lst = [$e for $e in range($d)]
print(⟦$lst|$e⟧)
---
$v = {$e: len($e) for $e in ["$w", "$w2"]}
print(⟦len($v)|$e⟧)
---
if ⟦$n > $n2|$n < $n2|True|False|$n == $n⟧:
    $sv = "$w"
print($sv)
---
$iv = $n
if $iv ⟦>|<|==|!=⟧ ⟦$n|$n2|0⟧:
    $sv = "$w"
⟦|else:
    $sv = "$w2"
⟧print($sv)
---
$sv = "⟦$w|$w2⟧"
if $sv == "$w":
    $iv = $n
elif $sv == "$w3":
    $iv = $n2
print($iv)
---
if ⟦False|True|0|1|""|[]|"$w"|None⟧:
    print($v)
---
⟦import math
|⟧print(math.⟨sqrt($n)|pi|floor($f)|factorial($d)⟩)
---
⟦import math|from math import sqrt|from math import *⟧
print(⟦math.sqrt($n)|sqrt($n)⟧)
---
⟦import random
|⟧$iv = random.⟨randint(1, $n)|choice([$ints~3])|random()⟩
---
⟦import random|from random import randint|from random import *⟧
print(⟦random.randint(1, $d)|randint(1, $d)⟧ > 0)
---
⟦import ⟨os|sys|time|json|datetime|string|re|random⟩
|⟧print(⟨os.sep|sys.maxsize|time.time() > 0|json.dumps([$n])|datetime.date.today().year > 0|string.digits|re.findall("a", "$w")|random.random() < 2⟩)
---
⟦from collections import ⟨Counter|defaultdict|deque⟩
|import collections
|⟧$v = ⟨Counter("$w")|defaultdict(int)|deque([$ints~2])⟩
print(len($v))
---
⟦from datetime import datetime|import datetime⟧
print(⟦datetime.datetime|datetime⟧($y, $d, $d2))
---
⟦from datetime import timedelta|from datetime import date⟧
print(⟨timedelta(days=$d)|date($y, 1, 1)⟩)
---
⟦import numpy as np|import math as np|⟧
print(np.⟨sqrt|floor⟩($n))
---
⟦from functools import reduce
|⟧print(reduce(lambda a, b: a ⟨+|*⟩ b, [$ints~k]))
---
import math⟦| as m⟧
print(⟦math|m⟧.sqrt($n))
---
try:
    $iv = int("⟦$w|$n⟧")
except ValueError⟦ as e|⟧:
    print(⟦e|"$w2"⟧)
---
try:
    $iv = ⟦$n / $d|$n / 0⟧
except ZeroDivisionError as e:
    print("$w")
print(⟦$iv|e|"$w2"⟧)
---
try:
    print(⟦$v|$n|undefined_variable⟧)
except NameError:
    print("$w")
---
try:
    print($v)
except ⟦NameError|KeyError|Exception|TypeError|(NameError, ValueError)⟧:
    print("$w")
---
def $fn($arg):
    return $arg + ⟦$iv|$d|$arg⟧

print($fn($n))
---
def $fn($arg):
    return $arg + $iv

⟦#x $iv = $d
|⟧print($fn($n))⟦#x |
$iv = $d⟧
---
def $fn():
    print(⟦$v|"$w"⟧)

⟦$fn()|print("$w2")⟧
---
class $cls:
    def $meth(self):
        return $n

⟦$cls().$meth()|$meth()|$obj.$meth()⟧
---
$obj = $cls(⟨$n|⟩) if ⟦False|True|$n < 0⟧ else $n2
---
print(⟦$n|$v⟧ if $n ⟦>|<⟧ $n2 else ⟦$n2|$v⟧)
---
$iv = $n ⟦or|and⟧ $v
---
print($d ⟦>|<⟧ $(d+1) ⟦and|or⟧ $v)
---
while ⟦False|True|$d > $(d+1)⟧:
    print($v)
    break
---
def $fn($arg=⟦$d|$iv|None⟧):
    print($arg)

$fn($n)
---
def $fn():
    def $fn2():
        return $n
    return $fn2()

print(⟦$fn|$fn2⟧())
---
class $cls:
    $attr = $n
    $attr2 = ⟦$attr|$cls.$attr|self.$attr|$n2⟧

print($cls.$attr2)
---
$lst = [$ints~3]
for $i in range(len($lst)):
    print($lst[⟦$i|$i2|0⟧])
---
for $i, $e in enumerate(["$w", "$w2"]):
    print(⟦$i, $e|$i2, $e|$e, $e2⟧)
---
print("{} $w".format(⟦$n|$v|"$w2"⟧))
---
if __name__ == "__main__":
    ⟦main()|print("$w")⟧
---
⟦def main():
    print("$w")

|⟧if __name__ ⟦==|!=⟧ "__main__":
    main()
---
print(__⟦name|file_name|doc⟧__)
---
$v = lambda: ⟦$iv|$n⟧
⟦$v()|$v|print($v())⟧
`),
];
