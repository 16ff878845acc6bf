import { skeletons } from '../../kits/skeletons/skeletons';

/** Containers indexed, iterated, compared or changed in ways their type does not allow. */
export const families = [
  skeletons('type-error/containers', String.raw`
$dv = {}
$dv[⟦[$d, $d2]|($d, $d2)|{$d}|"$w"|frozenset([$d])⟧] = "$w2"
print($dv)
---
$v = {⟦[$d]|($d,)|$d|{}|"$w"⟧, $n}
print(len($v))
---
$v = set()
$v.add(⟦($d, $d2)|[$d, $d2]|"$w"|{"$w": $d}⟧)
print($v)
---
print(set([⟦[$d, $d2]|($d, $d2)|$d⟧, ⟦[$d3]|($d3,)|$d3⟧]))
---
$dv = {⟦[$d, $d2]|($d, $d2)|"$w"⟧: "$w2"}
---
$sv = "$w"
⟦$sv[0] = "x"|$sv = "x" + $sv[1:]|$sv = "x"⟧
print($sv)
---
$tup = ⟦($ints~3)|[$ints~3]⟧
$tup[$z] = $n
print($tup)
---
$tup = ($n, $n2)
⟦del $tup[0]|del $tup|$tup = $tup[1:]⟧
---
$iv = ⟦$n|"$n"|[$n]⟧
print($iv[0])
---
$iv = ⟦$n$d|"$n$d"⟧
for $e in $iv:
    print($e)
---
for $i in ⟦range($d)|$d|[$d]|"$d"⟧:
    print($i)
---
for $i in range(⟦len([$ints~2])|[$ints~2]|$d|$f|"$d"|int($f)⟧):
    print($i)
---
$lst = [$ints~k]
for $i in ⟦range(len($lst))|len($lst)|range($lst)|enumerate($lst)|$lst⟧:
    print($i)
---
$lst = ["$w", "$w2"]
print($lst[⟦0|"0"|0.0|-1|True|None|0:1⟧])
---
$lst = [$ints~4]
print($lst[⟦1:2|1, 2|"1"|1|1.5⟧])
---
$lst = [$ints~4]
$iv = len($lst) ⟦//|/⟧ 2
print($lst[$iv])
---
print(⟦"$w"|["$w"]|$n⟧[⟦0|"$w"⟧])
---
$v = {$ints~3}
print(⟦$v[0]|list($v)[0]|len($v)|min($v)⟧)
---
$v = ⟦zip|list⟧(⟨"$w", "$w2"|[$ints~2]⟩)
print($v[0])
---
$v = ⟦map(str, [$ints~2])|list(map(str, [$ints~2]))|[str($e) for $e in [$ints~2]]⟧
print(⟨len($v)|$v[1]|$v[0]⟩)
---
$v = (⟨$e * 2|$e⟩ for $e in range($d))
print(⟦len($v)|sum($v)|$v[0]|list($v)⟧)
---
$dv = {"$w": $n, "$w2": $n2}
print($dv.⟦keys()[0]|keys()|values()[0]|items()⟧)
---
print("⟨, |-| |⟩".join([⟦"$d", "$d2"|$d, $d2|str($d), str($d2)|"$w", $d⟧]))
---
$lst = [$ints~k]
print("⟨, |-| |⟩".join(⟦$lst|str($e) for $e in $lst|map(str, $lst)|[$e for $e in $lst]⟧))
---
$lst = ["$w", "$w2"⟦|, $n|, None⟧]
print(" ".join($lst))
---
print(sorted([$n, ⟦"$w"|$n2|None⟧, $n3]))
---
$lst = [⟦"$n"|$n⟧, $n2, $n3]
⟨$lst.sort()
print($lst)|print(max($lst))|print(min($lst))⟩
---
$iv = ⟦"$n"|$n⟧
if $iv ⟨>|<|>=⟩ $n2:
    print("$w")⟨
else:
    print("$w2")|⟩
---
print($n ⟦<|==|!=⟧ ⟦"$n2"|$n2⟧)
---
print([$ints~2] ⟦<|==⟧ ⟦[$ints~2]|$n|($ints~2)⟧)
---
while ⟦"$d"|$d⟧ > $n:
    break
---
$dv = {"$w": $n, "$w2": ⟦$n2|"$n2"|None⟧}
print(max($dv.values()))
---
$lst = [{"$w": $n}, {"$w": ⟦$n2|"$w2"⟧}]
print(sorted($lst, key=lambda $e: $e["$w"]))
---
$lst = [{"$w": $n}, {"$w": $n2}]
print(sorted($lst⟦, key=lambda $e: $e["$w"]|⟧))
---
$dv = {"$w": {"$w2": ⟦$n|[$n]|"$w3"⟧}}
print($dv["$w"]["$w2"][0])
---
$dv = {"$w": ⟦[]|0|None|""⟧}
$dv["$w"]⟨.append($n)| += [$n]|[0:0] = [$n]⟩
---
$iv, $iv2 = ⟦$n, $n2|$n|[$n, $n2]|None⟧
print($iv)
---
$v = [*⟦$ints~1|[$ints~2]|"$w"|None⟧]
print($v)
---
for $i, $e in ⟦enumerate(["$w", "$w2"])|[$d, $d2]|zip("$w", "$w2")|[($d, "$w")]⟧:
    print($i, $e)
---
print({**{"$w": $n}, **⟦{"$w2": $n2}|["$w2"]|None|dict($arg=$n)⟧})
---
$lst = [[$ints~2], ⟦[$ints2~2]|$n⟧]
for $e in $lst:
    print($e[0])
---
$lst = [⟦"$w", "$w2"|$n, $n2|"$w", $n⟧]
print([len($e) for $e in $lst])
---
$lst = [$n, $n2, ⟦$n3|"$n3"|None⟧]
$lst2 = [$e * 2 ⟨+ $d|- $d2|/ 2⟩ for $e in $lst]
print($lst2)
---
print(len(⟦$lst := [$ints~2]|iter([$ints~2])|range($d)⟧))
`),
];
