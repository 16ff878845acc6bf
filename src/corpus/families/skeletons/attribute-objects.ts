import { skeletons } from '../../kits/skeletons/skeletons';

/** Attributes of objects of many kinds: data classes, named tuples, enumerations, functions. */
export const families = [
  skeletons('attribute-error/objects', String.raw`
class $cls:
    @⟦staticmethod|classmethod⟧
    def $meth($arg):
        return ⟨$arg * 2|$arg + $d⟩

print($cls.$meth($n))
---
class $cls:
    def $meth(self):
        return ⟦self.|⟧$meth2()

    def $meth2(self):
        return $n

print($cls().$meth())
---
from dataclasses import dataclass

@dataclass
class $cls:
    $attr: str
    $attr2: int⟦ = 0|⟧

$obj = $cls("$w"⟦, $n|⟧)
print($obj.⟦$attr2|$attr3⟧)
---
from collections import namedtuple

$cls = namedtuple("$cls", ["$attr", "$attr2"])
$obj = $cls($n, $n2)
⟦print($obj.$attr)|print($obj.$attr3)|$obj.$attr = $d|print($obj[1])|print($obj[2])⟧
---
from abc import ABC, abstractmethod

class $cls(ABC):
    ⟦@abstractmethod
    |⟧def $meth(self):
        pass

$obj = $cls()
---
from enum import Enum

class $cls(Enum):
    $(up:attr) = 1
    $(up:attr2) = 2

print($cls⟦.$(up:attr)|.$(up:attr3)|["$(up:attr2)"]|["$(up:attr3)"]|(1)|(3)⟧)
---
class $cls:
    def __init__(self):
        self.$lst = []

    def $meth(self, $arg):
        self.$lst.⟦append|add|push⟧($arg)
        return ⟦self|self.$lst|None⟧

$cls().$meth($n).$meth($n2)
---
class $cls:
    count = 0

    def __init__(self):
        ⟦$cls.|self.|⟧count += 1

$obj = $cls()
print($cls.count)
---
class $cls:
    def __enter__(self):
        return ⟦self|None⟧
⟦
    def __exit__(self, *args):
        pass
|⟧
with $cls() as $obj:
    print($obj.__class__)
---
def $fn():
    return $n

print($fn.⟦__name__|$attr|__doc__|name⟧)
---
def $fn():
    $fn.$attr += 1
    return $fn.$attr

⟦$fn.$attr = 0|$iv = 0⟧
print($fn())
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

$lst = [$cls($n), $cls($n2)⟦|, $n3|, None⟧]
for $e in $lst:
    print($e.$attr)
---
class $cls:
    def __init__(self, $attr, $attr2):
        self.$attr, self.$attr2 = $attr, $attr2

$lst = [$cls("$w", $n), $cls("$w2", $n2)]
print(⟨sum|max|min⟩($e.⟦$attr2|$attr|$attr3⟧ for $e in $lst))
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    def $meth(self, $arg):
        self.$attr += $arg

$obj = $cls(⟦$n|"$n"|[]⟧)
$obj.$meth($n2)
print($obj.$attr)
`),
];
