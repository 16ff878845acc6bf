import math


class Part:
    def __init__(self, name, weight, price):
        self.name = name
        self.weight = weight
        self.price = price

    def cost(self, count):
        return self.price * count


class Order:
    def __init__(self, customer):
        self.customer = customer
        self.lines = []
        self.discount = 0

    def add(self, part, count=1):
        self.lines.append((part, count))
        return self

    def weight(self):
        total = 0
        for part, count in self.lines:
            total += part.weight * count
        return total

    def total(self):
        total = 0
        for part, count in self.lines:
            total += part.cost(count)
        return total - self.discount


def boxes(order, size):
    return math.ceil(order.weight() / size)


def postage(order):
    count = boxes(order, 5)
    if count > 3:
        return 20
    return count * 4


bolt = Part("bolt", 0.1, 0.25)
frame = Part("frame", 4.5, 80)
wheel = Part("wheel", 1.8, 35)

first = Order("Ada").add(frame).add(wheel, 2)
second = Order("Lin").add(bolt, 40)
second.discount = "5"

for order in [first, second]:
    print(order.customer, boxes(order, 5), postage(order))
    print(order.total())
