class Tree:
    def __init__(self, kind, age):
        self.kind = kind
        self.age = age
        self.apples = []

    def grow(self, years):
        self.age += years

    def pick(self):
        if not self.apples:
            return None
        return self.apples.pop()


class Orchard:
    def __init__(self):
        self.trees = []

    def plant(self, kind):
        tree = Tree(kind, 0)
        self.trees.append(tree)
        return tree

    def harvest(self):
        basket = []
        for tree in self.trees:
            apple = tree.pick()
            basket.append(apple.upper())
        return basket


orchard = Orchard()
orchard.plant("pear")
print(orchard.harvest())
