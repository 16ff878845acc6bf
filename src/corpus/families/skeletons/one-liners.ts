import { skeletons } from '../../kits/skeletons/skeletons';

/** One or two lines typed to see what happens. */
export const families = [
  skeletons('one-liners/expressions', String.raw`
$n ⟨/|//|%⟩ ⟦0|$d⟧
---
⟦None|1|"a"|[]|$f⟧ ⟨+|*|-⟩ ⟦1|"b"|[2]|None|$d⟧
---
⟦[]|[$ints~k]|{}|""|"$w"|()⟧[⟦0|-1|$d⟧]
---
⟦[]|[$d]|{$d}|set()|{}⟧.pop()
---
⟦{}|{"$w": $n}|[]|"$w"⟧["$w"]
---
⟦int|float|str|len|list|bool|abs|chr|ord|iter⟧(⟦"$w"|"$n"|$n|[]|None|"a"⟧)
---
print(⟦int|float|str|len|list|sum|max|sorted|tuple|set⟧(⟦"$w"|"$n"|$n|[$ints~2]|[]|["$w", $d]|None⟧))
---
"$w".⟦upper|foo|split|push|isdigit|append|items|keys|format⟧()
---
[$ints~3].⟦append(4)|add(4)|pop(7)|pop()|index(99)|index(1)|remove(99)|upper()|sort()|count(2)⟧
---
{"$w": $n}.⟦keys()|add("$w2")|pop("$w2")|pop("$w")|get("$w2")|append(1)|items()|sort()⟧
---
($ints~3).⟦index(99)|append(4)|count(1)|sort()⟧
---
⟦$v|"$v"|$n|print|None⟧
---
⟦$fn|print|len|str⟧(⟦|"$w"|$n⟧)
---
$v⟦ = $n|()|.append($n)| += 1| = []⟧
---
assert ⟦True|False|1 == 2|1 == 1|"a" == "A"|not []|[]|None|3 > 2|2 > 3⟧
---
raise ⟦ValueError|TypeError("$w")|KeyError("$w")|IndexError|StopIteration|AssertionError|NameError("$w")|$(cap:w)⟧
---
next(iter(⟦[]|[$n]|""|"$w"|$n|range(0)⟧))
---
print(next(⟦iter([])|[$ints~2]|iter([$n])|($e for $e in [])|($e for $e in [$d])|range(3)⟧))
---
max(⟦[]|[$ints~2]|$n|""|"$w"|$d, "$w"|$d, $d2⟧)
---
sorted(⟦[$d, "$w"]|[$ints~2]|$n|"$w"|[None, 1]|["b", "a"]⟧)
---
sum(⟦["a", "b"]|[$ints~2]|$n|"$w"|[]|[$d, None]|{$d: $d2}⟧)
---
len(⟦$n|"$w"|[]|None|{$d}|5.0|range($d)⟧)
---
for ⟨i|$e|c|_⟩ in ⟦$n|range($n)|"$w"|None|[]|$f|range("$d")|range($f)⟧: ⟨pass|print($d)⟩
---
a, b = ⟦1, 2|1|[1]|(1, 2, 3)|"ab"|"abc"|{1: 2}|None⟧
---
$e = ⟦[1, 2, 3]|(1, 2, 3)|"abc"|{0: 1}|5⟧; $e[0] = 9
---
$e = ⟦[1, 2]|{1: 2}|(1, 2)|"ab"⟧; del $e[⟦0|1|2⟧]
---
$e = ⟦5|"5"|[5]|None⟧; print($e ⟦+ 1|* 2|[0]|.foo|> 3|()⟧)
---
"$w" ⟦+|*|in|==|<⟧ ⟦$n|"$w2"|[1]|None⟧
---
$n ⟦+|*|in|==|<⟧ ⟦$n2|"$w2"|[1]|None⟧
---
print("$w" ⟦+ "$w2"|- "$w2"|* $d|/ $d|% $d|+ $d|, $d|* "$w2"⟧)
---
print([$ints~2] ⟦+ [$d]|+ $d|* $d|- [1]|* [2]|+ (1,)|+ "$w"⟧)
---
lambda $e: $e⟦ + y| / 0|()⟧
---
(lambda $e: $e ⟦+ 1|+ y|/ 0|[0]|.a⟧)($n)
---
(lambda⟦ $e| $e, y| *a|⟧: ⟨$d|0⟩)($n)
---
[$e ⟦for $e in|for y in⟧ ⟦range(3)|3|[]|"abc"⟧]
---
[⟦1 / $e|int($e)|$e.upper()|[1, 2][$e]|$e + 1⟧ for $e in [⟦1, 0|1, 2|"a"|"1", 2⟧]]
---
{⟦$e: $e|[$e]: $e|($e,): $e⟧ for $e in ⟦range(2)|[[1]]|"ab"|2⟧}
---
dict(⟦[(1, 2)]|[1, 2]|a=1|"ab"|["ab", "cd"]|5|[(1, 2, 3)]|[]⟧)
---
set(⟦[1, 2]|[[1]]|5|"abc"|[(1, 2)]|[{}]⟧)
---
{⟦1|[]|{}|()|"a"|[1]|(1, [])⟧: $n}
---
"⟦{}|{} {}|{0}|{1}|{a}|{|%s|%d⟧".format(⟦$n|"$w"⟧)
---
"⟦%d|%s|%s %s|%f|no⟧" % ⟦$n|"$w"|($d, $d2)|(1,)⟧
---
int(⟦"$n"|"$f"|$f|"$w"|" $n "|""|None|"0b1"|[]|True⟧⟦|, 2|, 16|, 1⟧)
---
float(⟦"$f"|"$w"|"$n"|""|None|"inf"|[1]|"1,5"⟧)
---
import math; math.⟦sqrt(-1)|sqrt(4)|squareroot(4)|log(0)|sqrt("4")|factorial(-1)|pi()|floor(2.5)⟧
---
def f(⟦|$e|$e, y|$e=1|*$e⟧): return ⟨$n|0⟩
f(⟦|$d|$d, $d2|z=1⟧)
---
def f(): ⟦return f()|return 1|f()|return $e|return f|raise ValueError|return 1 / 0⟧
f()
---
def f($e): return $e ⟦/ 0|+ 1|[0]|.y|()|+ z|if $e else f($e)|and f($e)⟧
print(f(⟦0|1|"a"|[1]⟧))
---
class $cls:
    ⟦pass|$attr = 1|def $attr(self): return 1|def __init__(self, $attr): self.$attr = $attr|$attr = $attr2⟧
$cls(⟦|1⟧)⟦.$attr|.$attr2|.$attr()|⟧
---
print(⟦Hello|"Hello"|'Hello'|hello_world|"Hello" + 1|"Hello" + "1"|Hello()⟧)
---
⟦global_var|$n|"$w"⟧ ⟨+ 1|* 2⟩
---
if ⟦$n|$e|"a" > 1|[] < 1|not $e|1 / 0|0 and $e|1 or $e⟧: print("$w")
---
while ⟦False|0|$e|None > 0|1 / 0|""|[][0]⟧: break
---
try: ⟨1 / 0|$e|int("a")|[][0]|{}["a"]|None.$attr|"a" + 1⟩
except⟦ ZeroDivisionError| NameError| ValueError| IndexError| KeyError| AttributeError| TypeError| Exception|⟧: ⟦pass|raise|1 / 0|print("$w")⟧
---
with ⟦open|$n|"$w"⟧: pass
---
del ⟦$e|print|$v⟧
---
$e = ⟦1|"1"|[1]|None|1.0⟧; $e.⟦real|upper()|append(2)|is_integer()|bit_length()|y⟧
---
print(⟦round|abs|min|pow|divmod|sum|hex|bin⟧(⟦$f|"$f"|[$f]|$n|$n, 0|$n, $d⟧))
---
list(⟦range($d)|map(int, ["1", "a"])|map(int, ["1", "2"])|zip([1], 2)|zip([1], "a")|filter(None, 5)|reversed("abc")|reversed({1, 2})|enumerate(5)⟧)
---
all(⟦[1, 0]|5|$e > 0 for $e in [1, "a"]|$e > 0 for $e in [0, "a"]|[]|$e for $e in "abc"⟧)
---
" ".join(⟦["a", "b"]|[1, 2]|"abc"|5|["a", 1]|map(str, [1, 2])|[]|{"a": 1}|None⟧)
---
range(⟦$d|$f|"$d"|$d, $d2|$d, $d2, 0|⟧)
---
isinstance(⟦1|"a"|[]⟧, ⟦int|"int"|(int, str)|[int]|1|str⟧)
---
"$w"⟦[0]|["0"]|[0.0]|[100]|[:100]|(0)|.0⟧
---
chr(⟦$n|-1|"a"|97|1.5|2000000⟧)
---
ord(⟦"a"|"ab"|""|97|"1"|None⟧)
---
a = b = ⟦[]|0|None|"$w"|{}⟧; a⟦.append(1)| += 1|[0]|["k"]⟧
---
*a, b = ⟦[1, 2]|[]|5|"ab"|[1]⟧
---
$e: int = ⟦"$w"|$n|y⟧; print($e⟦| + 1|[0]⟧)
---
print(f"{⟦1 / 0|$n|$e|[1][5]|"a".b|int("a")|"a"⟧}")
---
print("{⟦1 / 0|$e|int('a')⟧}")
`, 50),
];
