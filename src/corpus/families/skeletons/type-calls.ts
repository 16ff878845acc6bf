import { skeletons } from '../../kits/skeletons/skeletons';

/** Calls with the wrong arguments, or of what cannot be called. */
export const families = [
  skeletons('type-error/calls', String.raw`
def $fn($arg, $arg2):
    ⟨return $arg + $arg2|print($arg, $arg2)⟩

$fn(⟦$n|$n, $n2|$n, $n2, $n3⟧)
---
def $fn($arg):
    return ⟨$arg * 2|$arg ** 2|$arg + $d|[$arg]⟩

print($fn(⟦$n|$n, $n2|⟧))
---
def $fn():
    print("$sent")

$fn(⟦|$n|"$w"⟧)
---
def $fn($arg, $arg2=⟨$d|"$w"|None⟩):
    return $arg, $arg2

print($fn(⟦$n|$n, $n2|$arg2=$n|$n, $arg=$n2|$n, arg=$n2⟧))
---
def $fn($arg⟦|, *args|=$d⟧):
    return ⟨$arg|str($arg)⟩

$fn(⟨$n, $n2|"$w", "$w2"⟩)
---
def $fn(**kwargs):
    return kwargs

print($fn(⟦$arg=$n|$n|**{"$arg": $n}|{"$arg": $n}⟧))
---
$iv = $n
print(⟦$iv()|$iv|str($iv)|$iv($d)⟧)
---
$lst = [$ints~k]
print($lst⟦[0]|(0)|[-1]⟧)
---
$sv = "$w"
print($sv⟦()|.upper()|[0]⟧)
---
$dv = {"$w": $n}
print($dv⟦["$w"]|("$w")|.get("$w")⟧)
---
print(⟦len|max|sum|str|abs⟧($n))
---
print(len(⟦"$n"|$n|[$n]|str($n)|$f⟧))
---
⟨list|sum|max|str|len⟩ = [$ints~3]
$v = ⟦list("$w")|sum([$d, $d2])|max($d, $d2)|str($n)|len("$w")⟧
print($v)
---
print = ⟦"$w"|print⟧
print("$w2")
---
print(⟦$d ($d2 + $d3)|$d * ($d2 + $d3)|$d + ($d2 * $d3)⟧)
---
def $fn():
    return ⟦$n|lambda: $n|"$w"|len⟧

print($fn()())
---
$fn = lambda $arg, $arg2: $arg + $arg2
print($fn($d⟦, $d2|⟧))
---
print(⟦round("$f")|round($f)|round($f, 1)|round(float("$f"))⟧)
---
print(abs(⟦-$n|"-$n"|int("-$n")⟧))
---
print(max(⟦$n, $n2|$n|"$w", $n|[$n, $n2]|"$w"⟧))
---
print(pow($d⟦, $d2|⟧))
---
print(int("$d", ⟦base=10|base="10"|10⟧))
---
$v = list(map(⟦int|len|str⟧, [$d, $d2]))
print($v)
---
print(list(map(int⟦, ["$d", "$d2"]|⟧)))
---
print(isinstance($n⟦, int|⟧))
---
print(isinstance("$w", ⟦str|"str"|(str, int)|[str]⟧))
---
def $fn($arg, $arg2):
    print($arg, $arg2)

$dv = {"$arg": $n, "⟦$arg2|$w⟧": $n2}
$fn(**$dv)
---
def $fn($arg, $arg2, $arg3):
    return $arg + $arg2 + $arg3

$tup = ($d, $d2⟦, $d3|⟧)
print($fn(⟦*$tup|$tup⟧))
---
print("$w".upper(⟦|"$w2"⟧))
---
print("$w".replace("$w2"⟦, "$w3"|⟧))
---
print("$w".startswith(⟦"$w"|$d|["$w"]|("$w", "$w2")⟧))
---
$lst = [$ints~k]
$lst.append(⟦$n|$n, $n2|[$n, $n2]|⟧)
print($lst)
---
$lst = [$ints~k]
$lst.insert(⟦0, $n|$n⟧)
print($lst)
---
$lst = [$ints~k]
$lst.extend(⟦[$n]|$n|($n,)|"$n"⟧)
print($lst)
---
$dv = dict(⟦$arg=$n|$n|[("$w", $n)]|[$n]⟧)
print($dv)
---
print(sorted([$ints~3], ⟦reverse=True|True|key=lambda $e: -$e|key=len⟧))
---
print("$w", "$w2", ⟦sep|seperator|end⟧="⟨-|, |⟩")
---
import math
print(math.⟦sqrt|floor⟧(⟦$n|"$n"|$n, $d|⟧))
---
print(enumerate(⟦"$w"|$n|[]⟧))
---
import functools
print(functools.reduce(lambda $arg, $arg2: $arg + $arg2, [$d, ⟦"$d2"|$d2⟧]))
---
from datetime import date
print(date($y, ⟦$d|"$d"⟧, 1⟦|, 1⟧).year)
---
print(⟦range|list⟧($d)⟦[0]|(0)⟧)
---
def $fn($arg, /, $arg2):
    return $arg * $arg2

print($fn(⟦$d, $d2|$arg=$d, $arg2=$d2|$d, $arg2=$d2⟧))
---
def $fn(*, $arg):
    return $arg

print($fn(⟦$arg=$n|$n⟧))
---
class $cls:
    pass

$obj = ⟦$cls|$cls()⟧
print(⟦$obj()|$obj|type($obj)⟧)
`),
];
