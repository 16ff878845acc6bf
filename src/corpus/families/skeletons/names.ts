import { skeletons } from '../../kits/skeletons/skeletons';

/** Names misspelled, unquoted or not yet bound. */
export const families = [
  skeletons('name-error/misspelled', String.raw`
$v = $n
print(⟦$v|$(typo:v)|$(up:v)⟧)
---
$sv = "$w"
print("$label" + ⟦$sv|$(typo:sv)|"$sv"|$w⟧)
---
print(⟦"$w"|$w|'$w'⟧)
---
print("$label", ⟦$w|"$w"|$n⟧)
---
$sv = ⟦"$P"|$P⟧
print("Hello " + $sv)
---
$lst = [$ints~k]
print(⟨sum|len|max⟩(⟦$lst|$(typo:lst)⟧))
---
$lst = [$ints~k]
for $e in ⟦$lst|$(typo:lst)⟧:
    print(⟦$e|$(typo:e)⟧)
---
$iv = $n
$iv2 = $n2
$iv3 = ⟦$iv|$(typo:iv)⟧ ⟨+|-|*⟩ ⟦$iv2|$(typo:iv2)⟧
print(⟦$iv3|$(typo:iv3)⟧)
---
def $fn($arg):
    return ⟦$arg|$(typo:arg)⟧ ⟨+|*|-⟩ $d

print(⟦$fn|$(typo:fn)⟧($n))
---
def $fn($arg, $arg2):
    $iv = $arg + ⟦$arg2|$(typo:arg2)|$arg3⟧
    return ⟦$iv|$(typo:iv)⟧

print($fn($n, $n2))
---
⟦print|Print|pritn|prnt|PRINT|printf|echo|println|puts⟧("$sent")
---
$lst = [$ints~3]
print(⟦len|Len|lenght|length|count|size|sum|Sum|max|maximum|avg|sorted|reversed⟧($lst))
---
$v = ⟦True|true|TRUE|False|false|None|null|none|nil|NULL|undefined⟧
print($v)
---
$v = ⟦True|true|False|false⟧
if $v:
    print("$w")
---
if $n > $n2 ⟦and|or⟧ ⟦True|true|False|false⟧:
    print("$w")
---
$dv = {"$w": ⟦True|true|None|null|$n⟧}
print($dv)
---
$dv = {⟦"$w"|$w⟧: $n, "$w2": $n2}
print($dv[⟦"$w2"|$w2⟧])
---
$lst = [⟦"$w"|$w⟧, "$w2"]
print($lst)
---
$iv = ⟦int|Int|integer|str|string|float|String|INT⟧("$n")
print($iv)
---
for $i in ⟦range|Range|xrange|rang⟧($d):
    print($i)
---
$iv = $n
if ⟦$iv|$(typo:iv)⟧ > $n2:
    print("$w")
else:
    print(⟦"$w2"|$w2⟧)
---
$sv = "$P"
print(f"Hello {⟦$sv|$(typo:sv)|$sv2|"$sv"⟧}")
---
$iv = $n
print(⟦f|⟧"$label{⟦$iv|$(typo:iv)|$iv2⟧}")
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    def $meth(self):
        return ⟦self.|⟧$attr

print($cls($n).$meth())
---
class $cls:
    def __init__(self, $attr):
        self.$attr = ⟦$attr|$(typo:attr)|$attr2⟧

$obj = ⟦$cls|$(typo:cls)⟧($n)
print($obj.$attr)
---
class $cls:
    $attr = $n

    def $meth(self):
        return ⟦self.$attr|$attr|$cls.$attr⟧

print($cls().$meth())
---
class $cls⟦|(Base)|(object)|(Exception)⟧:
    pass

print($cls().__class__.__name__)
---
try:
    print($n / $d)
except ⟦ZeroDivisionError|ZeroDivisonError|ValueError⟧:
    print("$w")
---
try:
    $iv = int("⟦$n|$w⟧")
except ⟦ValueError|Valueerror|TypeError|ValueErr⟧:
    print("$w2")
---
raise ⟦ValueError|Error|TypeError|KeyError|ValueErorr|IndexError|RuntimeException|NameError⟧("$sent")
---
$iv = $n
$iv ⟦+=|=|-=⟧ 1
⟦$iv2 += 1|$iv2 = 1|$iv += 1⟧
print($iv)
---
$iv ⟦+= 1|= 1⟧
print($iv)
---
$lst⟦.append($n)| = [$n]| += [$n]⟧
---
$iv = ⟦0|$iv + 1|$d⟧
for $i in range($d):
    $iv ⟦+=|=⟧ $i
---
$iv = 0
while $iv < ⟦$d|$iv2⟧:
    $iv += 1
print($iv)
---
$lst = [$e ** 2 for ⟦$e|$e2⟧ in range($d)]
print($lst)
---
print([⟦$e|$e2⟧ for $e in "$w" if $e ⟨!=|==⟩ "a"])
---
$lst = [$ints~3]
print(list(map(lambda $arg: ⟦$arg|$arg2⟧ * 2, $lst)))
---
$fn = lambda $arg: $arg + ⟦$d|$arg2|$arg⟧
print($fn($n))
---
print(⟦type|typeof|Type⟧($n))
---
$iv = abs(⟦-$n|- $n|$iv⟧)
---
def $fn($arg: ⟦int|integer|str|Int|float|string⟧) -> ⟦int|None|List⟧:
    return $arg

print($fn($n))
---
$lst = ⟦list|List|array|tuple|vector⟧([$ints~3])
print($lst)
---
assert ⟦len|length⟧("$w") ⟦==|!=|>⟧ $(len:w)
---
return_value = $n
print(⟦return_value|returnvalue|return_val⟧)
---
$(up:iv) = $n
print(⟦$(up:iv)|$iv⟧)
---
$iv = int("$n")
if $iv ⟦> $n2|< $n2⟧:
    $sv = "$w"
print(⟦$iv|$sv⟧)
---
$iv = $n; ⟦print($iv)|print($iv2)|$iv2 = $iv|print($iv + $iv2)⟧
---
print(⟦$d ** 2|$d * x|len(x)|$d + $d2⟧)
---
if ⟦x|$d|$iv⟧ > $d2:
    print("$w")
`),
];
