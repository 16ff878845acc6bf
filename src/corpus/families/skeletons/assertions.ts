import { skeletons } from '../../kits/skeletons/skeletons';

/** Assertions that hold, or do not. */
export const families = [
  skeletons('assertion-error/checks', String.raw`
assert $d + $d2 == ⟦$(d+d2)|$(d+d2+1)|$n⟧
---
assert $n ⟦>|<|==|!=|>=|<=⟧ ⟦$n2|$n⟧⟦|, "$sent~3"⟧
---
$iv = $n
assert $iv ⟦>|<|==|!=|>=⟧ ⟦$n2|0|$n⟧⟨|, "$iv is wrong"|, f"got {$iv}"|, "$sent~3"⟩
print(⟨$iv|"$w"⟩)
---
assert ⟦True|False|None|1|0|""|"$w"|[]|[$n]|not $n|not 0⟧⟨|, "$w"⟩
---
assert ⟦1 == 1|1 == 2|1 == 1.0|"1" == 1|1 is not None|None⟧
---
assert (⟦$n == $n2|$n == $n|False⟧⟦|, "$w"⟧)
---
$lst = [$ints~k]
assert len($lst) == ⟦$(k)|$(k+1)|$(k-1)|0⟧
---
$lst = [$ints~k]
assert ⟨sum($lst)|max($lst)|min($lst)⟩ ⟦>|<⟧ $n, "$w"
---
$lst = [⟦|$n|$ints~3⟧]
assert $lst, "⟨list is empty|no $w|empty⟩"
---
assert $n in [⟦$n|$n2|"$n"⟧, $n3]
---
assert "⟦$w|$w2|$(cap:w)⟧" in ["$w", "$w3"]
---
assert "⟦$w|$(cap:w)|$(up:w)|$w2⟧"⟦|.lower()⟧ == "$w"
---
assert len("$w") ⟦==|>|<⟧ ⟦$(len:w)|$(len:w-1)|$(len:w+1)⟧
---
assert "$w".⟦isdigit|isalpha|islower|isupper|istitle⟧()
---
assert isinstance(⟦$n|"$n"|$f|None⟧, ⟦int|str|float⟧)
---
assert $n % ⟦2|$d|10⟧ == ⟦0|1⟧, "⟨odd|not divisible|$w⟩"
---
def $fn($arg):
    assert $arg ⟦>|>=|!=⟧ 0⟨|, "$arg must be positive"⟩
    return $arg * $d

print($fn(⟦$n|-$n|0⟧))
---
def $fn($arg, $arg2):
    return $arg ⟦+|-|*⟧ $arg2

assert $fn($d, $d2) == ⟦$(d+d2)|$(d*d2)|$(d-d2)⟧
---
def $fn($arg):
    return $arg ⟦* 2|+ 2|** 2⟧

assert $fn(2) == 4
assert $fn(3) == ⟦6|5|9⟧
print("⟨all tests passed|ok|$w⟩")
---
def $fn($lst):
    assert len($lst) > ⟦0|1|2⟧, "not enough $w"
    return sum($lst) / len($lst)

print($fn([⟦|$n|$ints~3⟧]))
---
def $fn($arg):
    assert isinstance($arg, ⟦int|str⟧), "$w"
    return $arg

$fn(⟦$n|"$n"⟧)
---
class $cls:
    def __init__(self, $attr):
        assert $attr ⟦>|<|>=⟧ ⟨0|$d⟩, "$w"
        self.$attr = $attr

$obj = $cls(⟦$n|-$n|0|$d⟧)
---
class $cls:
    def __init__(self):
        self.$attr = $n

    def $meth(self, $arg):
        self.$attr -= $arg
        assert self.$attr >= 0

$obj = $cls()
$obj.$meth(⟦$n2|$n|$d⟧)
---
for $e in [$n, $n2, ⟦$n3|-$n3|0⟧]:
    assert $e ⟨> 0|>= 0|!= 0⟩, $e
---
for $i in range($d):
    assert $i ⟦<|<=|!=⟧ ⟦$d|$(d-1)|$d2⟧
---
$iv = 0
for $i in range(⟦$d|$d2⟧):
    $iv += ⟦1|2⟧
assert $iv == $d
---
assert ⟨all|any⟩($e ⟦>|<⟧ $n for $e in [$ints~k])
---
assert sorted([$n, $n2, $n3]) == [⟦$n, $n2, $n3|$n3, $n2, $n|$n2, $n, $n3⟧]
---
assert [$d, $d2] ⟦==|!=|is not⟧ ⟦[$d, $d2]|[$d2, $d]|($d, $d2)⟧
---
$lst = [3, 1, 2]
$lst⟦.sort()|.reverse()|.append(0)⟧
assert $lst == [1, 2, 3]
---
$dv = {"$w": $n}
assert ⟦"$w" in $dv|"$w2" in $dv|$dv["$w"] == $n2|$dv["$w2"] == $n|$dv.get("$w2") is None⟧
---
assert 0.1 + ⟦0.2 == 0.3|0.1 == 0.2|0.2 != 0.3|0.2 > 0.3⟧
---
assert round($f) ⟦==|>=|<=⟧ int($f)
---
assert "$w"[⟦::-1|:|0:3⟧] == "$w"
---
assert ⟦"racecar"|"$w"|"level"|"noon"⟧ == ⟦"racecar"|"$w"|"level"|"noon"⟧[::-1], "not a palindrome"
---
assert int("$n") ⟦==|is not|!=⟧ ⟦$n|"$n"|$n2⟧
---
try:
    assert $n ⟦>|<|==⟧ $n2, "$w"
except ⟦AssertionError|ValueError|TypeError⟧⟨| as e⟩:
    print("$w2")
---
assert $d ⟦>|<⟧ $d2
assert $d ⟦!=|==⟧ $d3
print("$w")
---
if $n ⟦>|<⟧ $n2:
    assert False⟨, "⟨unreachable|$w⟩"|⟩
else:
    print("$w")
---
if not ⟦True|False|$n > $n2⟧:
    raise AssertionError⟨("$w")|⟩
---
raise ⟦AssertionError|ValueError|KeyError|TypeError⟧("⟨expected $n, got $n2|$sent~3⟩")
---
$v = ⟦None|$n|[]|""⟧
assert $v is ⟦not |⟧None⟨|, "$v is missing"⟩
---
$iv, $iv2 = $d, $d2
$iv, $iv2 = ⟦$iv2, $iv|$iv, $iv2|$iv + $iv2, $iv⟧
assert $iv == $d2⟨ and $iv2 == $d|⟩
---
total = sum(range(⟦$(d+1)|$d⟧))
assert total == $d * ($d + 1) // 2
---
expected = ⟦"$w $w2"|"$w$w2"|"$w-$w2"⟧
actual = "⟨ |-|⟩".join(["$w", "$w2"])
assert actual == expected
---
assert abs(⟦-$n|$n⟧) == ⟦$n|-$n⟧
---
assert len(set([$d, $d2, $d])) == ⟦2|3|1⟧
---
def is_even(n):
    return n % 2 ⟦== 0|== 1|!= 0⟧

assert is_even(⟦$n|4|7|10⟧)
---
def is_leap(y):
    return y % 4 == 0 ⟦and (y % 100 != 0 or y % 400 == 0)|and y % 100 != 0|⟧

assert is_leap(⟦2000|1900|$y|2024|2023⟧)
---
def $fn($arg):
    """$(cap:cmt)."""
    result = $arg ⟦+|-|*⟧ $d
    assert result > $n, f"result too small: {result}"
    return result

$fn($n2)
---
def test_$fn():
    assert ⟦$d * $d2 == $(d*d2)|$d * $d2 == $(d+d2)|"$w".upper() == "$(up:w)"|"$w".upper() == "$(cap:w)"⟧

⟦test_$fn()|print("$w")⟧
---
temperature = $n
assert ⟦0|10|-10⟧ <= temperature <= ⟦50|100|1000⟧, "out of range"
`),
];
