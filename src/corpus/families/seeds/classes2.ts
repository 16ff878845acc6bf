/** Hand-written programs: classes, inheritance, properties, dataclasses and enums. */
export const seeds = String.raw`
#--- TypeError
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
pts = [Point(2, 1), Point(1, 5)]
pts.sort()
#--- no error
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
pts = [Point(2, 1), Point(1, 5)]
pts.sort(key=lambda p: p.x)
print(pts[0].y)
#--- no error
from dataclasses import dataclass

@dataclass
class Item:
    name: str
    price: float
    qty: int = 1

print(Item("pen", 1.5))
#--- TypeError
from dataclasses import dataclass

@dataclass
class Item:
    name: str
    price: float

print(Item("pen"))
#--- NameError
@dataclass
class Item:
    name: str
    price: float
print(Item("pen", 2))
#--- ValueError
from dataclasses import dataclass

@dataclass
class Cart:
    items: list = []
c = Cart()
#--- no error
from dataclasses import dataclass, field

@dataclass
class Cart:
    items: list = field(default_factory=list)
c = Cart()
c.items.append("x")
print(c)
#--- TypeError
from dataclasses import dataclass
@dataclass
class P:
    x: int = 0
    y: int
p = P(1, 2)
#--- no error
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
print(Color.RED.name, Color(2))
#--- AttributeError
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
print(Color.BLUE)
#--- ValueError
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
print(Color(3))
#--- KeyError
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
print(Color["BLUE"])
#--- no error
class Counter:
    count = 0
    def __init__(self):
        Counter.count += 1
Counter()
Counter()
print(Counter.count)
#--- UnboundLocalError
class Counter:
    count = 0
    def __init__(self):
        count += 1
Counter()
#--- no error
class Shape:
    def area(self):
        raise NotImplementedError

class Square(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
print(Square(3).area())
#--- TypeError
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
s = Shape()
#--- ZeroDivisionError
class Student:
    def __init__(self, name, grades):
        self.name = name
        self.grades = grades
    def avg(self):
        return sum(self.grades) / len(self.grades)

print(Student("Eva", []).avg())
#--- no error
class Student:
    def __init__(self, name, grades):
        self.name = name
        self.grades = grades
    def avg(self):
        return sum(self.grades) / len(self.grades)

print(Student("Eva", [5, 4]).avg)
#--- TypeError
class Student:
    school = "MIT"
    def __str__(self):
        return 5
print(Student())
#--- AttributeError
class A:
    def __init__(self):
        self.__secret = 42
a = A()
print(a.__secret)
#--- no error
class A:
    def __init__(self):
        self.__secret = 42
a = A()
print(a._A__secret)
#--- no error
class A:
    @staticmethod
    def hi(name):
        return "hi " + name
print(A.hi("x"))
#--- TypeError
class A:
    @classmethod
    def make(cls):
        return cls()
    def run(self):
        return 1
print(A.make().run())
print(A.run())
#--- AttributeError
class A:
    __slots__ = ("x",)
a = A()
a.x = 1
a.y = 2
#--- KeyError
class Bag:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
b = Bag()
b["x"] = 1
print(b["y"])
#--- TypeError
class Bag:
    pass
b = Bag()
b["x"] = 1
#--- ValueError
class Bag:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
print(len(Bag(3)))
print(len(Bag(-3)))
#--- no error
class Player:
    def __init__(self, hp):
        self.hp = hp
    def hit(self, dmg):
        self.hp -= dmg
        return self.hp > 0
p = Player(10)
print(p.hit(3), p.hp)
#--- SyntaxError
class Player:
    def __init__(self, hp):
        self.hp = hp
    def hit(self, dmg)
        self.hp -= dmg
p = Player(10)
#--- TypeError
class Player:
    def __init__(self, hp):
        self.hp = hp
p = Player(hp="10")
p.hp -= 1
#--- RecursionError
class Parent:
    def hello(self):
        return self.hello()
Parent().hello()
#--- RecursionError
class Magic:
    def __getattr__(self, name):
        return self.value
m = Magic()
m.x
`;
