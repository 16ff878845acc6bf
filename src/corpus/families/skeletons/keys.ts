import { skeletons } from '../../kits/skeletons/skeletons';

/** Keys in mappings that are or are not there. */
export const families = [
  skeletons('key-error/keys', String.raw`
$dv = {"$w": $n, "$w2": $n2}
print($dv["⟦$w|$w2|$w3|$(cap:w)|$(typo:w2)⟧"])
---
$dv = {$pairs~k}
print($dv["⟦$w|$w2⟧"])
$dv["$w"] = $n
---
$dv = {"$P": $n, "$P2": $n2}
$sv = "⟦$P|$P2|$P3⟧"
print($sv, $dv[$sv])
---
$dv = {"$w": $n}
print($dv⟦["$w2"]|["$w"]|.get("$w2")|.get("$w2", 0)|.setdefault("$w2", 0)⟧)
---
$dv = {}
$dv["$w"] ⟦=|+=⟧ ⟨1|$n⟩
print($dv)
---
$dv = ⟦{}|{"$w": 0}|defaultdict(int)|dict($w=$d)⟧
$dv["$w"] += 1
---
$dv = {}
for $e in "$w":
    $dv[$e] = $dv⟦[$e]|.get($e, 0)⟧ + 1
print($dv)
---
$dv = {}
for $e in ["$w", "$w2", "$w"]:
    ⟦if $e not in $dv:
        $dv[$e] = 0
    |⟧$dv[$e] += 1
print($dv)
---
from collections import ⟦defaultdict|OrderedDict|Counter⟧
$dv = ⟦defaultdict(int)|OrderedDict()|Counter()|{}|dict()⟧
$dv["$w"] += 1
print($dv["$w"])
---
from collections import Counter
$v = ⟦Counter("$w")|dict(Counter("$w"))|{}⟧
print($v["⟦z|a|e|q⟧"])
---
from collections import defaultdict
$dv = ⟦defaultdict(list)|{}⟧
$dv["$w"].append($n)
print($dv)
---
$dv = {⟦1|"1"⟧: "$w", ⟦2|"2"⟧: "$w2"}
print($dv[⟦1|2|3|"1"|0⟧])
---
$dv = {$d: "$w", $n: "$w2"}
print($dv[⟦$d|$n|$d2|"$d"|0⟧])
---
$dv = {"$w": $n}
print($dv[⟦"$w"|0|"$n"|$n⟧])
---
$dv = {"$w": $n, "$w2": $n2}
del $dv["⟦$w|$w2|$w3⟧"]
print($dv)
---
$dv = {"$w": $n, "$w2": $n2}
$dv.pop("⟦$w|$w3⟧"⟦|, None⟧)
print($dv)
---
$dv = {"$w": $n}
del $dv["$w"]
⟦print($dv["$w"])|print($dv)|$dv["$w"] = $n2|del $dv["$w"]⟧
---
$dv = {⟦|"$w": $n⟧}
$dv.popitem()
---
$dv = {"$P": {"$w": $n, "$w2": $n2}}
print($dv["⟦$P|$P2⟧"]["⟦$w|$w2|$w3⟧"])
---
$dv = {"$w": {"$w2": $n}}
print($dv⟦["$w"]["$w2"]|["$w2"]|["$w2"]["$w"]|["$w"]|.get("$w3", {})|.get("$w3", {})["$w2"]⟧)
---
$lst = [{"name": "$P", "$w": $n}, {"name": "$P2"⟦, "$w": $n2|, "$w2": $n2⟧}]
for $e in $lst:
    print($e["name"], $e["$w"])
---
$lst = [{"$w": $n}, {"⟦$w|$w2⟧": $n2}]
print(sum($e["$w"] for $e in $lst))
---
$lst = ["$w", "$w2", "⟦$w3|$w4⟧"]
$dv = {"$w": $n, "$w2": $n2, "$w3": $n3}
for $e in $lst:
    print($dv[$e])
---
$dv = {$pairs~2}
for $e in ⟦$dv|$dv.keys()|$dv.values()|range(2)|list($dv)⟧:
    print($dv[$e])
---
$v = {$ints~k}
$v.⟦remove|discard⟧(⟦$n|1|10|$d⟧)
print($v)
---
$v = {"$w", "$w2"}
$v.remove("⟦$w|$w3|$w2|$(cap:w)⟧")
---
$v = set(⟦|[$ints~2]⟧)
$v.pop()
---
$v = {"$w": $n}
print("{⟦$w|$w2⟧}".format(**$v))
---
print("{⟦$w|0|$w2|⟧}".format($w="$w3"))
---
print("%(⟦$w|$w2⟧)s" % {"$w": ⟨$n|"$w3"⟩})
---
def $fn($dv, $arg):
    return $dv⟦[$arg]|.get($arg)⟧

print($fn({"$w": $n}, "⟦$w|$w2⟧"))
---
def $fn($arg):
    $dv = {"$w": "$w3", "$w2": "$w4"}
    return $dv[$arg]

print($fn("⟦$w|$w2|$w3|$w4⟧"))
---
def $fn($arg):
    $dv = {"+": $d + $d2, "-": $d - $d2, "*": $d * $d2}
    return $dv[$arg]

print($fn("⟦+|-|*|/|%|x⟧"))
---
def $fn(**kwargs):
    return kwargs["⟦$arg|$arg2⟧"]

print($fn($arg=$n⟦|, $arg2=$n2⟧))
---
class $cls:
    def __init__(self):
        self.$dv = {}

    def $meth(self, key, value):
        self.$dv[⟦key|value⟧] = value

$obj = $cls()
$obj.$meth("$w", $n)
print($obj.$dv[⟦"$w"|"$w2"|$n⟧])
---
class $cls:
    $dv = {"$w": $n}

    def __getitem__(self, key):
        return self.$dv[key]

print($cls()["⟦$w|$w2⟧"])
---
if "⟦$w|$w2⟧" ⟦in|not in⟧ {"$w": $n}:
    print({"$w": $n}["⟦$w|$w2⟧"])
---
$dv = {"$w": $n}
if "$w2" ⟦in|not in⟧ $dv:
    print($dv["$w2"])
else:
    print("$w3")
---
try:
    $iv = {"$w": $n}["⟦$w|$w2⟧"]
except ⟦KeyError|IndexError|ValueError|AttributeError|LookupError⟧:
    $iv = 0
print($iv)
---
import os
print(os.environ⟦["$(up:w)_KEY"]|.get("$(up:w)_KEY")|.get("$(up:w)_KEY", "$w2")⟧)
---
$dv = dict(zip(["$w", "$w2"], [$n⟦, $n2|⟧]))
print($dv["$w2"])
---
$dv = {$e: $e ** 2 for $e in range(⟦$d|$d2⟧)}
print($dv[⟦$d|0|$d2|1|$(d-1)⟧])
---
$dv = {"$w"⟦|.upper()|.title()⟧: $n}
print($dv["$w"])
---
$sv = "⟦$w|$(cap:w)|$(up:w)⟧"
$dv = {"$w": $n}
print($dv[$sv⟦|.lower()⟧])
---
$dv = {"$w": $n, "$w2": $n2}
$dv2 = {$e: $v for $e, $v in $dv.items() if $v ⟦>|<|!=⟧ $n}
print($dv2["⟦$w|$w2⟧"])
---
$dv = {("$w", $d): $n}
print($dv[⟦"$w", $d|"$w"|("$w", $d2)|("$w", $d)|"$w", "$d"⟧])
---
$dv = {True: "$w", ⟨"$w3": $n|False: "$w2"⟩}
print($dv[⟦1|0|2|True|"True"⟧])
---
import json
$dv = json.loads('{"$w": $n, "$d": "$w2"}')
print($dv[⟦"$w"|"$d"|$d|"$w2"⟧])
---
$dv = {"$w": $n}
$dv2 = $dv⟦|.copy()⟧
$dv2["$w2"] = $n2
print($dv["⟦$w2|$w⟧"])
---
$dv = {"$w": $n}
$dv.⟦update({"$w2": $n2})|clear()|setdefault("$w2", $n2)|pop("$w")⟧
print($dv["⟦$w|$w2⟧"])
---
$dv = {"$w": $n}
for $e in ("$w", "⟦$w|$w2⟧"):
    print($dv.pop($e⟦|, 0⟧))
---
roman = {"I": 1, "V": 5, "X": 10, "L": 50}
total = 0
for ch in "⟦XVI|XIC|LXI|xiv|VIM|LIX⟧"⟦|.upper()⟧:
    total += roman[ch]
print(total)
---
morse = {"s": "...", "o": "---", "e": "."}
print(" ".join(morse⟦[c]|.get(c, "?")⟧ for c in "⟦sos|SOS|so|nose|see⟧"))
---
graph = {"A": ["B", "C"], "B": ["⟦D|C⟧"], "C": []}
for node in graph["A"]:
    for other in graph[node]:
        print(graph⟦[other]|.get(other)⟧)
`),
];
