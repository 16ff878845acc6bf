# Classes, inheritance, properties, dataclasses and enums.

#--- no error
class Dog:
    def __init__(self, name):
        self.name = name

    def bark(self):
        print(self.name + " says woof")

d = Dog("Rex")
d.bark()
#--- TypeError
class Dog:
    def __init__(self, name):
        self.name = name

    def bark(self):
        print(self.name + " says woof")

d = Dog()
d.bark()
#--- AttributeError
class Dog:
    def __init__(self, name):
        self.name = name

d = Dog("Rex")
print(d.age)
#--- TypeError
class Dog:
    def __init__(self, name):
        self.name = name
    def bark():
        print("woof")

Dog("Rex").bark()
#--- AttributeError
class Dog:
    def __init__(self, name):
        name = name

    def speak(self):
        return self.name

print(Dog("Rex").speak())
#--- SyntaxError
class Dog
    def bark(self):
        print("woof")
#--- NameError
class Dog:
    def bark(self):
        print("woof")

d = dog()
d.bark()
#--- IndentationError
class Dog:
def bark(self):
    print("woof")
#--- no error
class Animal:
    def speak(self):
        return "..."

class Cat(Animal):
    def speak(self):
        return "Meow"

for a in [Animal(), Cat()]:
    print(a.speak())
#--- AttributeError
class Animal:
    def __init__(self, name):
        self.name = name

class Cat(Animal):
    def __init__(self, name, color):
        self.color = color

c = Cat("Tom", "grey")
print(c.name)
#--- no error
class Animal:
    def __init__(self, name):
        self.name = name

class Cat(Animal):
    def __init__(self, name, color):
        super().__init__(name)
        self.color = color

c = Cat("Tom", "grey")
print(c.name, c.color)
#--- TypeError
class Animal:
    def __init__(self, name):
        self.name = name

class Cat(Animal):
    def __init__(self, name, color):
        super().__init__()
        self.color = color

Cat("Tom", "grey")
#--- ValueError
class BankAccount:
    def __init__(self, balance=0):
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("Insufficient funds")
        self.balance -= amount

acc = BankAccount(100)
acc.withdraw(150)
#--- no error
class BankAccount:
    def __init__(self, balance=0):
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("Insufficient funds")
        self.balance -= amount

acc = BankAccount(100)
acc.withdraw(50)
print(acc.balance)
#--- UnboundLocalError
class BankAccount:
    def __init__(self):
        self.balance = 0
    def deposit(self, amount):
        balance += amount

acc = BankAccount()
acc.deposit(50)
#--- TypeError
class BankAccount:
    def __init__(self):
        self.balance = 0
    def deposit(self, amount):
        self.balance += amount

acc = BankAccount()
acc.deposit("50")
#--- AttributeError
class BankAccount:
    def __init__(self):
        self.balance = 0
acc = BankAccount()
acc.deposit(50)
print(acc.balance)
#--- NameError
class Circle:
    pi = 3.14159
    def __init__(self, r):
        self.r = r
    def area(self):
        return pi * self.r ** 2
print(Circle(2).area())
#--- no error
class Circle:
    pi = 3.14159
    def __init__(self, r):
        self.r = r
    def area(self):
        return self.pi * self.r ** 2
print(Circle(2).area())
#--- no error
class Rectangle:
    def __init__(self, w, h):
        self.w, self.h = w, h

    @property
    def area(self):
        return self.w * self.h

r = Rectangle(3, 4)
print(r.area)
#--- TypeError
class Rectangle:
    def __init__(self, w, h):
        self.w, self.h = w, h

    @property
    def area(self):
        return self.w * self.h

r = Rectangle(3, 4)
print(r.area())
#--- AttributeError
class Rectangle:
    def __init__(self, w, h):
        self.w, self.h = w, h

    @property
    def area(self):
        return self.w * self.h

r = Rectangle(3, 4)
r.area = 10
#--- ValueError
class Temperature:
    def __init__(self, c):
        self._c = c
    @property
    def c(self):
        return self._c
    @c.setter
    def c(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._c = value
t = Temperature(20)
t.c = -300
#--- RecursionError
class Temperature:
    def __init__(self, celsius):
        self.celsius = celsius
    @property
    def celsius(self):
        return self.celsius
    @celsius.setter
    def celsius(self, v):
        self.celsius = v
t = Temperature(20)
#--- AttributeError
class Node:
    def __init__(self, value):
        self.value = value
        self.next = None

n = Node(1)
print(n.next.value)
#--- no error
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

head = Node(1, Node(2, Node(3)))
while head:
    print(head.value)
    head = head.next
#--- IndexError
class Stack:
    def __init__(self):
        self.items = []
    def push(self, x):
        self.items.append(x)
    def pop(self):
        return self.items.pop()
s = Stack()
s.push(1)
s.pop()
s.pop()
#--- NameError
class Stack:
    def __init__(self):
        self.items = []
    def push(self, x):
        items.append(x)
s = Stack()
s.push(1)
#--- no error
class Queue:
    def __init__(self):
        self.q = []
    def enqueue(self, x): self.q.append(x)
    def dequeue(self): return self.q.pop(0)
q = Queue()
q.enqueue("a")
print(q.dequeue())
#--- TypeError
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

print(Point(1, 2) + Point(3, 4))
#--- no error
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, o):
        return Point(self.x + o.x, self.y + o.y)
    def __repr__(self):
        return f"Point({self.x}, {self.y})"

print(Point(1, 2) + Point(3, 4))
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
