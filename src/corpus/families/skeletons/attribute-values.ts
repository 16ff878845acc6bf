import { skeletons } from '../../kits/skeletons/skeletons';

/** Attributes and methods that built-in values do or do not have. */
export const families = [
  skeletons('attribute-error/builtin-types', String.raw`
$sv = "$w"
$sv.⟦append("$w2")|upper()|push("$w2")|strip()|add("$w2")|length|reverse()|title()|sort()|find("$w2")⟧
---
print("$w".⟦upper|uppercase|capitalize|toUpperCase|lower|trim|strip|len|reverse|title|contains|tolower⟧())
---
$lst = [$ints~k]
$lst.⟦append|push|add|insert_last|extend_one|Append|appned⟧($n)
print($lst)
---
$lst = ["$w", "$w2"]
print($lst.⟦length|size()|count("$w")|len()|index("$w")|__len__()|copy()⟧)
---
$lst = [$ints~k]
$lst.⟦sort()|sorted()|reverse()|reversed()|clear()|empty()|delete(0)|pop(0)|shuffle()⟧
---
$lst = ["$w", "$w2"]
print($lst.⟦join(" ")|index("$w")|split(",")|upper()|copy()⟧)
---
$dv = {"$w": $n, "$w2": $n2}
print($dv.⟦keys|values|items|has_key|length|get_all|iteritems|sort|key⟧())
---
$dv = {"$w": $n, "$w2": $n2}
for $e in $dv.⟦keys|values|items|iteritems|key|value|itmes⟧():
    print($e)
---
$dv = {"$w": $n}
$dv.⟦add|update|append|insert|push⟧({"$w2": $n2})
print($dv)
---
$dv = {"$w": $n}
print($dv⟦.$w|["$w"]|.get("$w")|.$w2⟧)
---
$dv = ⟦{}|[]|set()|()|""⟧
$dv.append($n)
---
$v = ⟦{}|[]|set()|()⟧
$v.add($n)
print($v)
---
$v = ⟦[]|{}|set()|None⟧
$v.update({⟨"$w": $n|"$w2": $n2⟩})
---
$v = {$ints~3}
$v.⟦add|append|push|remove_all|insert⟧($n)
---
$tup = ⟦($ints~3)|[$ints~3]⟧
$tup.⟦append|count|remove⟧(⟨$n|1⟩)⟨
print($tup)|⟩
---
$tup = ($n, $n2)
print($tup.⟦index($n)|count($n)|sort()|reverse()|append($n)⟧)
---
$iv = $n
print($iv.⟦upper()|bit_length()|append($d)|length|real|split()|is_integer|__class__|value⟧)
---
$iv = ⟦$n|"$n"|[$n]|$f⟧
print($iv.⟦upper()|split()|strip()|lower()⟧)
---
$iv = ⟦$n|"$n"⟧
print($iv.⟨isdigit()|zfill(5)|replace("1", "2")|startswith("$d")⟩)
---
$iv = $n
$iv.append($d) if ⟦False|True|$iv > $n|$iv == $n⟧ else print($iv)
---
print(⟦$f|$n|"$n"⟧.is_integer())
---
$sv = ⟦"$P $w"|["$P", "$w"]|None|$n|("$P", "$w")⟧
print($sv.split())
---
$lst = "⟨$w,$w2|$w $w2 $w3⟩"⟦.split(",")|⟧
⟨$lst.append("$w4")
print($lst)|print($lst.index("$w"))|$lst.sort()⟩
---
for $e in [⟦"$w", "$w2"|"$w", $n|"$w", None|"$w", ["$w2"]⟧]:
    print($e.upper())
---
print([$e.⟦upper|uper|title|size⟧() for $e in ["$w", "$w2"]])
---
print([$e.lower() for $e in ["$(cap:w)", ⟦"$(up:w2)"|$n⟧]])
---
$lst = [$ints~k]
for $e in $lst:
    print(⟦$e.bit_length()|$e.upper()|str($e).upper()|$e.strip()|$e⟧)
---
$v = open
print($v.⟦__name__|name|__doc__|path⟧)
---
$v = range($d)
print($v.⟦start|begin|stop|end|step|length|append($d)|count($d2)|index(0)⟧)
---
$v = ⟦iter|list|tuple⟧([$ints~3])
print($v.⟦index|count|next⟧($d) if ⟦True|False⟧ else $v)
---
print("$w $w2".split().⟦sort()|index("$w")|upper()|pop()|strip()⟧)
---
$dv = {"$w": ⟦[$ints~2]|"$w2"|$n|{}⟧}
$dv["$w"].append($n)
print($dv)
---
$dv = {"$w": ⟦"$w2"|$n|None⟧}
print($dv["$w"].upper())
---
$dv = {"$w": "$w2"}
print($dv.get("⟦$w|$w3|$(cap:w)⟧"⟦|, "$w4"⟧).upper())
---
print((lambda $arg: $arg.⟦strip|stripe|split⟧())(⟦" $w "|$n⟧))
---
$v = b"$w"
print($v.⟦decode()|encode()|upper()|format()⟧)
---
$sv = "$w"
print($sv.⟦decode|encode⟧("utf-8"))
---
print(len("$w")⟦|.upper()|.real|.size⟧)
---
$lst = [[$ints~2], [$ints2~2]]
print($lst⟦[0]|[0][0]|⟧.⟨append($n)|copy()|pop()⟩)
---
$sv = "$sent"
print($sv.⟦count|Count|replaceAll|index|find_all|rfind⟧("⟨e|a| ⟩"⟦|, "x"⟧))
`),
  skeletons('attribute-error/none', String.raw`
$v = None
print($v⟦.⟨upper()|append($n)|$attr|split()|items()|$meth()⟩|| is None| == 0⟧)
---
def $fn($arg):
    if $arg ⟦>|<|==|>=⟧ $n:
        return "$w"

print($fn($n2).upper())
---
def $fn($arg):
    ⟦print|return⟧(⟨f"$label{$arg}"|"$w " + $arg|$arg⟩)

$sv = $fn("$P")
print($sv.⟨upper|lower|strip|split⟩())
---
$lst = [$ints~k]
$lst = $lst.⟦append($n)|copy()|sort()|reverse()|extend([$n])⟧
$lst.append($n2)
---
$lst = [$ints~k]
$lst.⟦sort()|copy()|append($n)⟧.⟦reverse()|append($n2)|index($n)|__class__⟧
---
import re
$v = re.match(r"⟦\d+|\w+|[a-z]+⟧", "⟨$w|$w$n|$n $w⟩")
print($v.group())
---
import re
$v = re.search("⟦$w|$w3|$n⟧", "$w $w2")
print($v.⟦group(0)|start()|end()|text⟧)
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr
        self.next = None

$obj = $cls($n)
⟦#x |$obj.next = $cls($n2)
⟧print($obj.next.$attr)
---
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

$obj = Node($d, Node($d2⟦|, Node($d3)⟧))
print($obj.next⟦.next|⟧.value)
---
def $fn($arg, $dv):
    for $e in $dv:
        if $e == $arg:
            return $e

print($fn("⟦$w|$w3⟧", ["$w", "$w2"]).title())
---
$dv = {"$P": "$w", "$P2": "$w2"}
$sv = $dv.get("⟦$P|$P3⟧")
print($sv.capitalize())
---
def $fn():
    $lst = [$ints~k]
    ⟦|return $lst⟧
    $lst.sort()
⟦|    return $lst⟧

$fn().append($n)
---
$v = ⟦"$w"|None⟧
if ⟦$v|$v is None|True|$v is not None⟧:
    print($v.upper())
---
$v = None
for $e in [$ints~k]:
    if $e ⟦>|<⟧ $n:
        $v = str($e)
print($v.zfill(4))
`),
  skeletons('attribute-error/modules', String.raw`
import math
print(math.⟦sqrt|square|pi_value|floor|round|root|power|factorial|ceil|abs⟧($d))
---
import math
print(math.⟦pi|PI|Pi|e|E|inf⟧)
---
import random
⟨$iv = |⟩random.⟦randint(1, $n)|random_int(1, $n)|rand()|random()|choice([$ints~3])|pick([$ints~3])|uniform(0, 1)⟧
---
import ⟦string|math|os|sys⟧
print(⟦string|math|os|sys⟧.⟦ascii_lowercase|letters|digits|pi|sep|maxsize⟧)
---
import datetime
print(datetime.⟦datetime.now()|now()|date.today()|today()|date($y, 1, $d)⟧.year)
---
from datetime import datetime
print(datetime.⟦now()|datetime.now()|strptime("$y-0$d-01", "%Y-%m-%d")|parse("$y")⟧.⟦year|years|month|weekday()⟧)
---
import json
print(json.⟦dumps|stringify|dump_string|encode⟧({"$w": $n}))
---
import json
$dv = json.loads('{"$w": $n}')
print($dv⟦["$w"]|["$w2"]|.$w|.get("$w2")⟧)
---
import os
print(os.⟦path.join("$w", "$w2")|join("$w", "$w2")|path.basename("$w.txt")|path.exist("$w")|path.exists("$w")⟧)
---
import time
$iv = time.⟦time|now|clock|perf_counter⟧()
---
import collections
$v = collections.⟦Counter|counter|OrderedDict|Deque|deque|defaultdict|ordereddict⟧()
print(len($v))
---
from collections import deque
$v = deque([$ints~3])
$v.⟦appendleft($n)|popleft()|prepend($n)|push($n)|append($n)|dequeue()|pop()|rotate(1)⟧
print($v)
---
import ⟦math|cmath|numbers|statistics⟧
print(⟦math|statistics⟧.⟦sqrt($d)|mean([$ints~3])⟧)
---
import statistics
print(statistics.⟦mean|average|median|avg|stdev⟧([$ints~3]))
---
import itertools
print(list(itertools.⟦chain|concat|product|combine|zip_longest⟧([$ints~2], [$ints2~2])))
---
import functools
print(functools.⟦reduce|Reduce|partial|fold⟧(lambda a, b: a + b, [$ints~3]))
---
import sys
print(sys.⟦version_info|versions|maxsize|maxint|argv|path⟧)
---
import string
print(string.⟦ascii_letters|alphabet|digits|ascii_uppercase|upper|lowercase|punctuation⟧)
---
import re
print(re.⟦findall|find_all|findAll|split|search_all⟧(r"\d", "$n"))
---
import math as ⟦m|math⟧
print(⟦m|math⟧.⟨sqrt($n)|floor($f)|pi⟩)
---
import copy
$lst = [$ints~2]
print(copy.⟦copy|deepcopy|deep_copy|clone⟧($lst))
---
from ⟦math|random|string⟧ import ⟦sqrt|pi|floor⟧
print(⟦sqrt($n)|pi|floor($f)⟧)
---
import heapq
$lst = [$ints~3]
heapq.⟦heappush($lst, $n)|push($lst, $n)|heapify($lst)|heap($lst)⟧
---
from pathlib import Path
print(Path("$w.txt").⟦suffix|extension|name|stem|filename|exists()⟧)
`),
];
