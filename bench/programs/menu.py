class Dish:
    def __init__(self, name, price):
        self.name = name
        self.price = price

    def label(self):
        return self.name + ": " + str(self.price)


dishes = [Dish("soup", 4), Dish("stew", 9)]
total = 0
for dish in dishes:
    print(dish.label())
    total += dish.cost
if total > 10:
    print("more than ten")
print(total)
