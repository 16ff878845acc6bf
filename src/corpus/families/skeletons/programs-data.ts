import { skeletons } from '../../kits/skeletons/skeletons';

/** Small whole programs over lists, dictionaries and text, each of which can go wrong in several ways. */
export const families = [
  skeletons('programs/data', String.raw`
$dv = {"$w": $n, "$w2": $n2, "$w3": ⟦!$n3|"$n3"|None⟧}
$iv = 0
for $e in ⟦!$dv|$dv.items()|$(typo:dv)⟧:
    $iv += $dv[⟦!$e|"$w4"|"$e"⟧]
print("$label" + ⟦!str($iv)|$iv⟧)
---
$lst = [$ints~k]
$iv = 0
for $e in $lst:
    ⟦!$iv += $e|$iv + $e|$iv += str($e)|$iv2 += $e⟧
$iv3 = $iv / ⟦!len($lst)|0|len([])|$lst⟧
print(⟦!f"$label{$iv3}"|"$label" + $iv3|$(typo:iv3)⟧)
---
$lst = ["$P", "$P2", "$P3"]
$lst2 = [$n, $n2, $n3]
$dv = dict(zip($lst, $lst2))
for $e in $lst:
    print($e, $dv[⟦!$e|$e.lower()|0⟧]⟦!| + "$w"| / 0⟧)
print($dv⟦!.get("$P4")|["$P4"]|.$P⟧)
---
$lst = [
    {"name": "$w", "price": $n, "qty": $d},
    {"name": "$w2", "price": $n2, "qty": ⟦!$d2|"$d2"|0⟧},
]
total = 0
for $e in $lst:
    total += $e["price"] ⟦!*|/|//⟧ $e["⟦!qty|quantity|Qty⟧"]
print("Total:", ⟦!total|totals|total.amount|round(total, 2)⟧)
---
def $fn($lst):
    ⟦!total = 0
    |⟧for $e in $lst:
        total += $e
    return total / ⟦!len($lst)|len(lst2)|(len($lst) - $(k))⟧

$lst2 = [$ints~k]
print("Average:", $fn($lst2))⟦!|
print("Average:", $fn([]))|
print("Average: " + $fn($lst2))|
print("Average:", $fn())⟧
---
$sv = "$sent~5"
$lst = $sv.⟦!split()|split(",")|tokens()⟧
$dv = {}
for $e in $lst:
    ⟦!if $e not in $dv:
        $dv[$e] = 0
    |⟧$dv[$e] += ⟦!1|"1"⟧
print(⟦!$dv|$dv["zebra"]|$dv.most_common()|max($dv, key=$dv.get)⟧)
---
from collections import Counter, defaultdict

$v = Counter(⟦!"$w"|["$w", "$w2"]|$n⟧)
$dv = ⟦!defaultdict(list)|{}|defaultdict(int)⟧
for $e, $iv in $v⟦!.items()|⟧:
    $dv[$iv].append($e)
print(dict($dv))
---
$lst = [[$ints~3], [$ints2~3], [$ints3~⟦!3|2⟧]]
$iv = 0
for $i in range(⟦!3|4|len($lst)⟧):
    $iv += $lst[$i][⟦!$i|2|3|"$i"⟧]
print("Trace:", $iv)
---
$lst = "$n,$n2,⟦!$n3|$w|$f|⟧".split(",")
$lst2 = []
for $e in $lst:
    $lst2.⟦!append|add|push⟧(⟦!int($e)|$e|float($e)⟧)
print(sum($lst2))
---
$sv = "$w=$n;$w2=$n2⟦!|;$w3|;⟧"
$dv = {}
for part in $sv.split(";"):
    key, value = part.split("=")
    $dv[key] = ⟦!int(value)|value⟧
print($dv["⟦!$w|$w3|$w2⟧"] ⟦!+|/|-⟧ $d)
---
$lst = [($d, "$w"), ($d2, "$w2"), (⟦!$d3|"$d3"|None⟧, "$w3")]
$lst⟦!.sort()|= sorted($lst)|= $lst.sort()⟧
for $i, $e in $lst:
    print($i, $e⟦!.upper()|.uper()|[0]|[20]⟧)
---
matrix = [[$d, $d2], [$d3, $d4]]
result = [[0, 0], [0, 0]]
for i in range(⟦!2|3⟧):
    for j in range(⟦!2|3⟧):
        result[⟦!j|i + 1|i⟧][i] = matrix[i][j] ⟦!* 2|+ "1"|/ 0|** 2⟧
print(result)
---
$dv = {"$P": {"age": $n, "city": "$(cap:w)"}, "$P2": {"age": $n2⟦!, "city": "$(cap:w2)"|⟧}}
for $e⟦!, info|⟧ in $dv.items():
    print($e, info["⟦!age|Age|name⟧"], info["city"]⟦!|.upper()|.name⟧)
---
$lst = list(range(1, $d + 2))
squares = [$e ** 2 for $e in $lst ⟦!if $e % 2|if $e > 100|⟧]
print(squares[⟦!0|-1|50⟧])
print(⟦!max(squares)|squares.max()|max(squares, key=len)|Max(squares)⟧)
---
$v = set([$ints~k])
$v.⟦!add($n)|append($n)|discard($n)|remove(-1)⟧
$v2 = ⟦!{$d, $d2}|[$d, $d2]|{}⟧
print($v ⟦!&|+|-⟧ $v2)
---
$lst = ["$w", "$w2", "$w3"]
for $i in range(len($lst)⟦!| + 1| - 1⟧):
    print(⟦!$i + 1|$i + "1"|str($i + 1)⟧, $lst[$i]⟦!.title()|.titel()|⟧)
print($lst.index("⟦!$w|$w4⟧"))
---
stack = []
for ch in "⟦!(())|())(|[]|()⟧":
    if ch == "(":
        stack.⟦!append|push⟧(ch)
    else:
        stack.pop(⟦!|0⟧)
⟦!print(len(stack))|assert not stack|assert stack, "empty"|print(stack[0])⟧
---
queue = [$ints~k]
while ⟦!queue|True|len(queue) > 1⟧:
    $e = queue.pop(⟦!0|1|⟧)
    print($e⟦!| / $d| + "$w"⟧)
---
$lst = [$ints~3]
$lst2 = [$e * 2 for $e in $lst]
a, b⟦!, c|, *c|⟧ = $lst2
print(a + b⟦! + c| + d|⟧)
---
students = {"$P": [$n, $n2], "$P2": [⟦!$n3|⟧]}
for name, marks in students.items():
    avg = sum(marks) / len(marks)
    print(f"{name}: {avg⟦!:.1f|:d|⟧}")
⟦!|print(students["$P3"])
|assert avg > $n
|print(names)⟧
`, 30),
];
