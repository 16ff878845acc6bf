import { skeletons } from '../../kits/skeletons/skeletons';

/** Small classes as people write them, each of which can go wrong in several ways. */
export const families = [
  skeletons('programs/classes', String.raw`
class $cls:
    def __init__(self, $attr, $attr2=⟦!0|None|"0"⟧):
        self.$attr = $attr
        self.$attr2 = $attr2

    def $meth(self, amount):
        ⟦!self.$attr2 += amount|$attr2 += amount|self.$attr3 += amount⟧
        return self.$attr2

$obj = $cls(⟦!"$w"|⟧)
print($obj.⟦!$meth($n)|$meth()|$(typo:meth)($n)|$meth("$n")|$meth⟧)
---
class Account:
    def __init__(self, balance):
        self.balance = balance

    def withdraw(self, amount):
        if amount ⟦!>|<⟧ self.balance:
            raise ⟦!ValueError|TypeError|KeyError⟧("⟨Insufficient funds|not enough|$w⟩")
        self.balance -= amount

$obj = Account(⟦!$n|"$n"|⟧)
$obj.withdraw(⟦!$d|$n2|1000⟧)
print(⟦!$obj.balance|balance|$obj.amount|$obj.balance / 0⟧)
---
class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        ⟦!self.items.append(item)|items.append(item)|self.item.append(item)⟧

    def pop(self):
        return self.items.pop()

s = Stack()
s.push($n)
print(s.pop())⟦!|
print(s.pop())|
print(s.peek())|
s.push()⟧
---
class $cls:
    def __init__(self, name):
        self.name = ⟦!name|Name|nam⟧

    def speak(self):
        return self.name + ⟦!" says $w"|$d|says⟧

class $cls2(⟦!$cls|$cls3|⟧):
    def speak(self):
        return ⟦!super().speak()|super().talk()|super.speak()|self.speak()⟧ + "!"

print($cls2("$P").speak())
---
class Node:
    def __init__(self, value):
        self.value = value
        self.next = None

head = Node($d)
head.next = ⟦!Node($d2)|None|Node|$d2⟧
cur = head
while cur⟦!| is not None|.next⟧:
    print(cur.value)
    cur = cur.⟦!next|nxt⟧
⟦!|print(cur.value)⟧
---
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.⟦!x|z⟧, self.y + other.y)

p = Point($d, $d2) + ⟦!Point($d3, $d4)|$d3|(1, 2)⟧
⟦!print(p.x, p.y)|print(p[0])|print(p.x, y)|assert p.x == $d|print(p + p)⟧
---
from dataclasses import dataclass

@dataclass
class $cls:
    name: str
    price: float = ⟦!0.0|[]|None⟧

lst = [$cls("$w", $f), $cls("$w2"⟦!, $f2|, "$f2"|⟧)]
print(sum(p.⟦!price|cost|name⟧ for p in lst))
---
class Counter:
    total = 0

    def __init__(self):
        ⟦!Counter.total|total|self.count⟧ += 1

    @⟦!classmethod|staticmethod⟧
    def report(cls):
        return f"{cls.total} $w"

Counter()
print(⟦!Counter.report()|Counter.reports()|report()|Counter().total⟧)
---
class Temperature:
    def __init__(self, celsius):
        if celsius < ⟦!-273.15|100⟧:
            raise ValueError("too cold")
        self._celsius = celsius

    @property
    def fahrenheit(self):
        return self.⟦!_celsius|celsius|fahrenheit⟧ * 9 / ⟦!5|0⟧ + 32

t = Temperature(⟦!$n|-300|"$n"⟧)
print(t.fahrenheit⟦!|()⟧)
---
class Inventory:
    def __init__(self):
        self.stock = {}

    def add(self, item, qty):
        self.stock[item] = ⟦!self.stock.get(item, 0)|self.stock[item]|stock.get(item, 0)⟧ + qty

    def remove(self, item):
        ⟦!del self.stock[item]|self.stock.pop(item, None)|self.stock.remove(item)⟧

inv = Inventory()
inv.add("$w", ⟦!$n|"$n"⟧)
inv.remove("⟦!$w|$w2⟧")
---
class Shape:
    def area(self):
        raise NotImplementedError

class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2⟦! * 1| / 0| + "m"⟧

print(⟦!Square($d).area()|Square.area()|Square().area()|area(Square($d))⟧)
---
class Team:
    def __init__(self, *players):
        self.players = ⟦!list(players)|players|None⟧

    def __len__(self):
        return len(self.players)

    def add(self, player):
        self.players.append(player)

t = Team("$P", "$P2")
t.add(⟦!"$P3"|$P3⟧)
print(⟦!len(t)|t[0]|t.players[5]|t.length⟧)
---
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, pos):
        r, c = pos
        return self.rows[r][c]

m = Matrix([[$d, $d2], [$d3, $d4]])
print(m[⟦!0, 1|0|2, 0|0, 1, 2|1, 1⟧])
---
class Countdown:
    def __init__(self, start):
        self.n = start

    def __iter__(self):
        return ⟦!self|None⟧

    def __next__(self):
        if self.n ⟦!<= 0|== 0⟧:
            raise StopIteration
        self.n -= 1
        return self.n

print(⟦!list(Countdown($d))|next(Countdown(0))|next(Countdown($d))|sum(Countdown("$d"))⟧ if ⟦!True|False⟧ else 0)
`, 22),
];
