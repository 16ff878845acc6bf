import { skeletons } from '../../kits/skeletons/skeletons';

/** Attributes, methods and constructors of classes. */
export const families = [
  skeletons('attribute-error/classes', String.raw`
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

$obj = $cls(⟨$n|"$w"⟩)
print($obj.⟦$attr|$attr2|$(typo:attr)|$(cap:attr)|__class__⟧)
---
class $cls:
    def __init__(self, $attr, $attr2):
        self.$attr = $attr
        ⟦self.|⟧$attr2 = $attr2

$obj = $cls("$w", $n)
print($obj.$attr2)
---
class $cls:
    def $meth(self):
        ⟨return "$w"|print("$w")|return $n⟩

$obj = $cls()
$obj.⟦$meth|$meth2|$(typo:meth)⟧()
---
class $cls:
    pass

$obj = $cls()
$obj.$attr = $n
print($obj.⟦$attr|$attr2|$(typo:attr)⟧)
---
class $cls:
    $attr = $n

print(⟦$cls.$attr|$cls.$attr2|$cls().$attr|$cls().$attr2⟧)
---
class $cls:
    def __init__(self):
        self.⟦|_|__⟧$attr = $n

$obj = $cls()
print($obj.⟦|_|__⟧$attr)
---
class $cls:
    def __init__(self):
        self.$attr = ⟦[]|0|""|{}|None⟧

    def $meth(self, $arg):
        self.$attr.append($arg)

$obj = $cls()
$obj.$meth($n)
---
class $cls:
    def $meth(self, $arg):
        self.$attr ⟦=|+=⟧ $arg

$obj = $cls()
$obj.$meth($n)
print($obj.$attr)
---
class $cls:
    def ⟦__init__|_init_|init|__int__⟧(self⟨, $attr=$n|⟩):
        self.$attr = $n2

$obj = $cls()
print($obj.$attr)
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    ⟦@property
    |⟧def $meth(self):
        return self.$attr * $d

$obj = $cls($n)
print($obj.$meth⟦|()⟧ + $d2)
---
class $cls:
    def __init__(self):
        self.$attr = $n

class $cls2($cls):
    def __init__(self):
        ⟦super().__init__()|pass|self.$attr2 = $n2|$cls.__init__(self)⟧

print($cls2().$attr)
---
class $cls:
    def $meth(self):
        return "$w"

class $cls2⟦($cls)|⟧:
    def $meth2(self):
        return "$w2"

print($cls2().$meth())
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    @property
    def $meth(self):
        return self._$meth if hasattr(self, "_$meth") else 0

$obj = $cls($n)
$obj.⟦$attr|$meth⟧ = $n2
print($obj.$attr)
---
class $cls:
    __slots__ = ("$attr", "$attr2")

$obj = $cls()
$obj.⟦$attr|$attr3⟧ = $n
print($obj.⟦$attr|$attr2⟧)
---
class $cls:
    def __init__(self):
        self.$attr = $n

$obj = $cls()
print(getattr($obj, "⟦$attr|$attr2⟧"⟦|, None⟧))
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

$obj = $cls($n)
del $obj.⟦$attr|$attr2⟧
---
class $cls:
    def $meth(⟦self|⟧):
        print("$w")

$obj = $cls()
$obj.$meth()
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    def $meth(self⟦|, $arg⟧):
        return self.$attr

$obj = $cls("$w")
print($obj.$meth(⟦|$n⟧))
---
class $cls:
    def __init__(self, $attr⟦, $attr2|⟧):
        self.$attr = $attr

$obj = $cls($n⟦, "$w"|⟧)
print($obj.$attr)
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

$obj = $cls⟦("$w")|()|⟧
print($obj.$attr)
---
class $cls:
    def __init__(self, $attr=⟨$n|"$w"|0⟩):
        ⟦self.|⟧$attr ⟦= |== ⟧$attr

print($cls().$attr)
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

class $cls2($cls):
    def __init__(self, $attr, $attr2):
        super().__init__(⟦$attr|$attr, $attr2|⟧)
        self.$attr2 = $attr2

$obj = $cls2("$w", $n)
print($obj.$attr)
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr
⟦
    def __⟨add__(self, other):
        return $cls(self.$attr + other.$attr)|lt__(self, other):
        return self.$attr < other.$attr⟩
|⟧
⟨$obj = $cls($n) + $cls($n2)
print($obj.$attr)|print($cls($n) < $cls($n2))⟩
---
class $cls:
    def __init__(self, $lst):
        self.$lst = $lst
⟦
    def __⟨len__(self):
        return len(self.$lst)|getitem__(self, $i):
        return self.$lst[$i]⟩
|⟧
$obj = $cls([$ints~3])
print(⟨len($obj)|$obj[0]⟩)
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    def __str__(self):
        return ⟦self.$attr|str(self.$attr)|f"{self.$attr}"|"$label" + self.$attr⟧

print($cls(⟨$n|"$w"⟩))
`),
];
