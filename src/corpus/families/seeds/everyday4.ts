/** Hand-written programs: short everyday snippets, mostly correct, as in questions and tutorials. */
export const seeds = String.raw`
#--- TypeError
class A(object):
    def __init__(self):
        self.items = []
    def add(self, item):
        self.items.append(item)
a = A
a.add(1)
#--- NameError
class A(object):
    items = []
    def add(self, item):
        items.append(item)
A().add(1)
`;
