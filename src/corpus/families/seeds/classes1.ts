/** Hand-written programs: classes, inheritance, properties, dataclasses and enums. */
export const seeds = String.raw`
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
`;
