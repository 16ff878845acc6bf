import { skeletons } from '../../kits/skeletons/skeletons';

/** Recursion through properties and special methods, which takes the interpreter's own stack: drawn rarely. */
export const families = [
  skeletons('recursion-error/special-methods', String.raw`
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    @property
    def $meth(self):
        return self.⟦$meth|$attr⟧

print($cls($n).$meth)
---
class $cls:
    @property
    def $attr(self):
        return self.⟦_|⟧$attr

    @$attr.setter
    def $attr(self, value):
        self.⟦_|⟧$attr = value

$obj = $cls()
$obj.$attr = $n
print($obj.$attr)
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    @property
    def $attr(self):
        return self._$attr

    @$attr.setter
    def $attr(self, value):
        self.⟦$attr|_$attr⟧ = value

print($cls($n).$attr)
---
class $cls:
    def __getattr__(self, name):
        return ⟦self.$attr|$n|name|self.__dict__[name]⟧

print($cls().$attr2)
---
class $cls:
    def __init__(self):
        self.$attr = $n

    def __getattribute__(self, name):
        return ⟦self.__dict__[name]|object.__getattribute__(self, name)|super().__getattribute__(name)⟧

print($cls().$attr)
---
class $cls:
    def __setattr__(self, name, value):
        ⟦self.name = value|super().__setattr__(name, value)|self.__dict__[name] = value|pass⟧

$obj = $cls()
$obj.$attr = $n
---
class $cls:
    def __⟨repr|str⟩__(self):
        return ⟦str(self)|"$w"|repr(self)|type(self).__name__⟧

print($cls())
---
class $cls:
    def __len__(self):
        return len(⟦self|"$w"|[]⟧)

print(len($cls()))
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    def __eq__(self, other):
        return ⟦self == other|self.$attr == other.$attr|self is other⟧

print($cls($n) == $cls($n))
---
class $cls:
    def __init__(self, $attr):
        self.$attr = $attr

    def __add__(self, other):
        return ⟦self + other|$cls(self.$attr + other.$attr)|self.$attr + other.$attr⟧

$obj = $cls($n) + $cls($n2)
`, 10),
];
