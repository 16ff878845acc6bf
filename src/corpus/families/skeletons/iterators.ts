import { skeletons } from '../../kits/skeletons/skeletons';

/** Iterators that end. */
export const families = [
  skeletons('stop-iteration/iterators', String.raw`
$v = iter([⟦|$n|$ints~2⟧])
print(next($v⟦|, None⟧))
---
print(next(iter(⟦[]|[$ints~2]|""|"$w"|{}|range(0)|range($d)|()⟧)⟦|, ⟨None|0|"$w"⟩⟧))
---
$v = iter([$ints~k])
for ⟨_|$i⟩ in range(⟦$(k)|$(k+1)|$(k-1)⟧):
    ⟨next($v)|print(next($v))⟩
---
$v = iter([$ints~2])
print(next($v))
print(next($v))
⟦print(next($v))|print(next($v, "$w"))|print("$w")|print(list($v))⟧
---
$lst = [$strs~⟦1|2|3⟧]
$v = iter($lst)
next($v)
next($v)
---
$v = iter("$w")
for $i in range(⟦$(len:w)|$(len:w+1)|$d⟧):
    print(next($v))
---
def $fn():
    yield $n
    ⟦yield $n2|⟧

$v = $fn()
print(next($v))
print(next($v))
---
def $fn():
    yield $n
    ⟦return|yield $n2|yield⟧

$v = $fn()
next($v)
⟦next($v)|print(list($v))|print(next($v, None))⟧
---
def $fn($arg):
    for $i in range($arg):
        yield $i ⟨* $d|+ 1|** 2⟩

$v = $fn(⟦0|1|2|$d⟧)
⟨print(next($v))
print(next($v))|next($v); next($v)
print(next($v))|print(next($v))|print(next($v), next($v))⟩
---
def $fn($arg):
    while $arg > 0:
        yield $arg
        $arg -= 1

$v = $fn(⟦$z|1|$d⟧)
for $e in ⟦range(2)|$v|range(1)⟧:
    print(next($v))
---
$v = ($e ** 2 for $e in range(⟦$z|$d⟧))
print(next($v))
⟦|$v.__next__()⟧
---
$v = ($e for $e in [$ints~k] if $e ⟦>|<|==|!=⟧ ⟨$n|$d⟩)
print(next($v⟦|, None⟧))
---
print(next($e for $e in [$ints~3] if $e ⟨> $n|% 2 == ⟦0|1⟧|== $d⟩))
---
$sv = next(($e for $e in [$strs~3] if $e.startswith("⟦$w|a|s|b⟧"))⟦|, None⟧)
print($sv)
---
def $fn($lst, $arg):
    return next($e for $e in $lst if $e == $arg)

print($fn(["$w", "$w2"], "⟦$w|$w2|$w3⟧"))
---
$lst = [{"name": "$P", "age": $n}, {"name": "$P2", "age": $n2}]
$obj = next($e for $e in $lst if $e["name"] == "⟦$P|$P2|$P3⟧")
print($obj["age"])
---
$v = ($e for $e in [$ints~k])
⟦print(sum($v))|$iv = $n|list($v)|next($v)|for $e in $v: pass⟧
print(next($v⟨|⟩))
---
$v = zip([$ints~⟦1|2|3⟧], "$w")
next($v)
print(next($v))
---
$v = map(⟨str|int|abs⟩, [⟦$ints~2|$n|⟧])
print(next($v))
⟦|print(next($v))⟧
---
$v = enumerate([⟦$strs~2|"$w"⟧])
$i, $e = next($v)
⟦$i, $e = next($v)
|⟧print($e)
---
$v = filter(lambda $arg: $arg ⟦>|<⟧ $n, [$ints~k])
print(next($v))
---
$v = reversed([⟦|$n|$ints~3⟧])
print(next($v))
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    def __iter__(self):
        return self

    def __next__(self):
        if self.$attr <= 0:
            raise StopIteration
        self.$attr -= 1
        return self.$attr

print(⟦next($cls(⟦$d|0⟧))|list($cls($d))|sum($cls(0))⟧)
---
$v = iter([$ints~2])
try:
    while True:
        print(next($v))
except ⟦StopIteration|IndexError|ValueError|Exception⟧:
    print("$w")
---
$v = iter([$ints~2])
while True:
    $e = next($v⟦, None|⟧)
    if $e is None:
        break
---
raise ⟦StopIteration|ValueError("$w")|StopIteration("$w")|IndexError("$w")|KeyError("$w")⟧
---
def $fn():
    raise ⟦StopIteration|KeyError("$w")|ValueError⟧

⟦$fn()|print($fn)⟧
---
$dv = {⟦|"$w": $n⟧}
print(next(iter($dv⟨|.items()|.values()⟩)))
---
import itertools
$v = itertools.⟦cycle|chain|islice⟧([$ints~2]⟦|, 1⟧)
for $i in range(⟦2|5|1⟧):
    next($v)
---
import itertools
$v = itertools.⟦count()|repeat($d, 2)|islice([$ints~3], 2)|count(5)⟧
next($v)
next($v)
print(next($v))
---
def $fn():
    $arg = yield $n
    print($arg)

$v = $fn()
next($v)
⟦$v.send("$w")|$v.close()|print("$w")|next($v)⟧
---
def countdown(n):
    while n > 0:
        yield n
        n -= 1

c = countdown(⟦3|2|4⟧)
print(next(c), next(c), next(c))
---
$v = iter(range(⟦$d|2|3|0⟧))
$iv = next($v) + next($v)⟦| + next($v)⟧
print($iv)
---
def $fn($lst):
    $v = iter($lst)
    $iv = next($v⟦|, 0⟧)
    for $e in $v:
        $iv = max($iv, $e)
    return $iv

print($fn([⟦$ints~3|⟧]))
---
for $e in iter([$ints~k]):
    ⟦pass|print($e)|next(iter([]))|next(iter([$e]))⟧
---
header, *rows = ["$w,$w2", "$n,$n2"]
lines = iter(rows)
print(next(lines))
⟦print(next(lines))|print(header)|print(next(lines, "$w3"))⟧
---
$v = iter([iter([$n]), iter([⟦|$n2⟧])])
for $e in $v:
    print(next($e))
`, 60),
];
